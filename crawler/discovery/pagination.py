"""A listing page's links -> the page that continues it: rel=next, the next number, or a link that says "older"."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from corpus import urls
from corpus.patterns import AnyOf
from corpus.tracking import tracks
from crawler.discovery import path_words as words

if TYPE_CHECKING:  # a crawl's main process reads `Link` headers by this module, and no page
    from lxml import etree

    from crawler.discovery.anchors import Anchor, Values

MAX_LINK_HEADER = 8_000  # characters
MAX_LABEL = 40  # characters of a link that says "next"; longer ones are headlines

_WORDS = "|".join(sorted(words.PAGE_WORDS, key=len, reverse=True))
_NUMBERED = re.compile(
    rf"(?P<folder>.*?)/(?:(?:{_WORDS})[-_/.:]?(?P<named>\d{{1,5}})|(?P<bare>\d{{1,4}}))(?:/|\.\w{{2,5}})?/?$",
    re.IGNORECASE,
)
_SUFFIXED = re.compile(
    rf"(?P<folder>.*?)(?:[-_](?:(?:{_WORDS})[-_]?)?|(?<=/index)|(?<=/list)|(?<=/default))(?P<number>\d{{1,4}})\.\w{{2,5}}/?$",
    re.IGNORECASE,
)
_LONG_WORDS = "|".join(word for word in sorted(words.PAGE_WORDS) if len(word) > 2)
_SAYS_PAGE = re.compile(
    rf"/(?:{_LONG_WORDS})[-_/.:]?\d{{1,5}}(?:/|\.\w{{2,5}})?/?(?:[?#]|$)|[?&](?:page|paged|seite|pagina)=\d+",
    re.IGNORECASE,
)
# `</list?start=20>; rel="next"`, with its parameters in any order (RFC 8288).
_LINK_HEADER = re.compile(
    r"<(?P<href>[^<>]{1,2000})>(?:\s*;\s*(?:rel\s*=\s*(?:\"(?P<rel>[^\"]*)\"|(?P<bare>[^\s;,\"]+))"
    r"|[\w*-]+(?:\s*=\s*(?:\"[^\"]*\"|[^\s;,\"<>]+))?))*",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"[^\x00-/:-\x7f]")  # or what is beyond ASCII, as some digits are
_FIRST = re.compile(r"/(?:index|default)(?:\.\w{2,5})?/?$", re.IGNORECASE)
_NEXT_NAME = re.compile(
    r"(?:^|[-_\s])(?:next|older|load-?more|nextpostslink|nav-previous|pagination-next)(?:$|[-_\s])", re.IGNORECASE
)
_NEXT_PARTS = AnyOf("next", "older", "more", "nav-previous")  # one of them is in all that this pattern finds
_NOT_NEXT = re.compile(r"post-?nav|article-?nav|slide|carousel|gallery|swiper|slick", re.IGNORECASE)
_NAMING, _SPOKEN = ("class", "id"), ("aria-label", "title")  # attributes that name a link, and that say where it leads
_says_next = lru_cache(1_024)(words.says_next)  # the menu of a site stands on all of its pages


class Position(NamedTuple):
    """Where a page stands in a list or a story on several pages, as its address says.

    Attributes:
        stem: The address without the number, as `bare` has it.
        number: The page's, or that of its first story.
        is_offset: The number counts stories, not pages.
    """

    stem: str
    number: int
    is_offset: bool = False


def pages_of(address: str, hrefs: Sequence[str]) -> frozenset[str]:
    """Return which links lead to further pages of a listing: of any by their words (/page/7), of this one by number.

    A number alone may as well be an article's: it counts where the next page's number is among the links.
    """
    numbered = _numbered(hrefs)
    spoken = {href for href in numbered if _SAYS_PAGE.search(href)}
    if _numbered_next(address, numbered) is None:
        return frozenset(spoken)
    own = _folder(address)
    return frozenset(spoken | {href for href in numbered if (found := position(href)) and found.stem == own})


def continuation(
    tree: "etree._Element",
    linking: "Sequence[Anchor]",
    values: "Values",
    *,
    start: str,
    address: str,
    hrefs: Sequence[str],
) -> str | None:
    """Return the page after this one, of the same site; None when the page names none.

    Args:
        linking: The page's links as it writes them.
        values: Of its attributes.
        start: What they are relative to.
        address: The page's own address.
        hrefs: Its links, absolute.
    """
    if any("next" in rel.lower() for rel in values.get("rel", ())):
        marked = next(filter(None, _marked_next(tree, linking, start, address)), None)
        if marked is not None:
            return marked
    labelled = list(_labelled_next(linking, start, address)) if _may_say_next(linking, values) else []
    own = _folder(address)
    older = (url for url in labelled if _folder(url) == own)  # pages may be counted down, the newest the highest
    return next(older, None) or _numbered_next(address, _numbered(hrefs)) or next(iter(labelled), None)


def named_next(headers: Iterable[tuple[str, str]], address: str) -> str | None:
    """Return the page that the `Link` header of an answer calls the next one; None when it names none."""
    for name, value in headers:
        if name.lower() == "link":
            for found in _LINK_HEADER.finditer(value[:MAX_LINK_HEADER]):
                if "next" in (found["rel"] or found["bare"] or "").lower().split():
                    return _other(address, found["href"].strip(), address)
    return None


def _numbered(hrefs: Sequence[str]) -> list[str]:
    """The links that may have a number: few of a menu's."""
    return [href for href in hrefs if _DIGIT.search(href)]


def _folder(url: str) -> str:
    """The address of a listing without the number of its page."""
    found = position(url)
    return found.stem if found else bare(url)


def _marked_next(tree: "etree._Element", linking: "Sequence[Anchor]", start: str, address: str) -> Iterator[str | None]:
    parts: Iterable[etree._Element | Anchor] = chain(tree.iter("link"), (each for each in linking if each.tag == "a"))
    for part in parts:
        if (rel := part.get("rel")) and "next" in rel.lower().split():
            yield _other(start, part.get("href"), address)


def _may_say_next(linking: "Sequence[Anchor]", values: "Values") -> bool:
    """Whether any link of a page may say "older", or be named so: most sections of a site have one page."""
    if any(map(_says_next, {each.words for each in linking if len(each.words) <= MAX_LABEL})):
        return True
    if any(words.says_next(" ".join(said.split())) for name in _SPOKEN for said in values.get(name, ())):
        return True
    named = "\n".join(name for attribute in _NAMING for name in values.get(attribute, ()))
    return (not named.isascii() or _NEXT_PARTS.stands_in(named)) and _NEXT_NAME.search(named) is not None


def _labelled_next(linking: "Sequence[Anchor]", start: str, address: str) -> Iterator[str]:
    """Links that say "older", or are named so in their markup. Of two, the one with a word goes first."""
    named: list[str] = []
    is_next: dict[str, bool] = {}  # by the names of a link and what it stands in, which a menu has again and again
    for element, tag, attributes, label, _ in linking:
        if tag != "a" or len(label) > MAX_LABEL:
            continue
        spoken = attributes.get("aria-label") or attributes.get("title") or ""
        if spoken and len(spoken := " ".join(spoken.split())) > MAX_LABEL * 2:
            continue
        above = element.getparent()
        names = _names(attributes) if above is None else f"{_names(attributes)} {_names(above)}"
        if names not in is_next:
            is_next[names] = bool(_NEXT_NAME.search(names))
        is_said = words.says_next(label) or (bool(spoken) and words.says_next(spoken))
        if not (is_said or is_next[names]) or _NOT_NEXT.search(names):
            continue
        if (url := _other(start, attributes.get("href"), address)) is None:
            continue
        if is_said:
            yield url
        else:
            named.append(url)
    yield from named


def _names(part: "Mapping[str, str] | etree._Element") -> str:
    name, own = part.get("class"), part.get("id")
    return f"{name} {own}" if name and own else name or own or ""


def _other(start: str, href: str | None, address: str) -> str | None:
    """The address of a link; None where it leads to no other page of the site."""
    url = urls.join(start, href) if href and not href.startswith("#") else None
    return url if url and urls.is_other_page(url, address) else None


def _numbered_next(address: str, hrefs: Sequence[str]) -> str | None:
    """The link to this listing's address with the next number; a step of more than one for `?start=20`."""
    if not hrefs:
        return None
    here = position(address) or Position(bare(address), 0)
    offsets: list[tuple[int, str]] = []
    for href in hrefs:
        found = position(href)
        if found is None or found.stem != here.stem:
            continue
        if found.is_offset:
            offsets.append((found.number, href))
        elif found.number == max(here.number, 1) + 1 or (
            here.number == 0 and found.number == 1 and _may_follow_first(href)
        ):
            return href
    return min(((number, href) for number, href in offsets if number > here.number), default=(0, None))[1]


def _may_follow_first(href: str) -> bool:
    """Whether `?page=1` may be the second page: some sites count from zero. Else it costs one request."""
    return bool(re.search(r"[?&][^=]*=1(?:&|$)", href))


def position(url: str) -> Position | None:
    """Return where the page of an address stands in its series; None where the address has no number of a page."""
    if not _DIGIT.search(url):  # most addresses of a menu
        return None
    return _cached_position(url) if len(url) <= urls.MAX_CACHED else _positioned(url)


def _positioned(url: str) -> Position | None:
    parts, site = urlsplit(url), urls.authority(url)
    rest, number, is_offset = [], None, False
    for name, value in parse_qsl(parts.query, keep_blank_values=True)[:20]:
        if number is None and words.counts_pages(name, value):
            number, is_offset = int(value), words.plain_parameter(name) in words.OFFSET_PARAMETERS
        elif not tracks(name.lower()):
            rest.append(f"{name}={value}")
    path = unquote(urls.without_session(parts.path))
    query = "?" + "&".join(sorted(rest)) if rest else ""
    if number is not None:
        return Position(site + _stem(path) + query, number, is_offset)
    found = _NUMBERED.fullmatch(path)
    if found and not re.search(r"/(?:19|20)\d\d$|/(?:19|20)\d\d/\d\d?$", found["folder"] if found["bare"] else ""):
        text = found["named"] or found["bare"]
        if found["named"] or len(text) <= 3:
            return Position(site + found["folder"] + query, int(text))
    found = _SUFFIXED.fullmatch(path)
    return Position(site + _stem(found["folder"]) + query, int(found["number"])) if found else None


_cached_position = lru_cache(4_096)(_positioned)  # asked twice of each link, and a menu stands on all pages of a site


def bare(url: str) -> str:
    """Return an address without its ending, as `position` has that of a listing; its query is in order."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True) if parts.query else ()
    rest = sorted(f"{name}={value}" for name, value in pairs if not tracks(name.lower()))
    query = "?" + "&".join(rest) if rest else ""
    return urls.authority(url) + _stem(unquote(urls.without_session(parts.path))) + query


def _stem(path: str) -> str:
    """The path without `index.html` or another ending, and without the last slash."""
    return re.sub(r"\.\w{2,5}$", "", _FIRST.sub("", path)).rstrip("/")
