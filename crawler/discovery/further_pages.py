"""A page read as an article -> the page on which the same story goes on; of a further page, the story's first one.

The address decides: it is the story's own with the next number. `rel=next` and "next" alone are as often another story.
A number without a word for "page" needs a link that reads as one of a pager, or data that calls it a part. Pagers of
comments, of lists beside the story and of pictures are none of the story's.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from corpus import urls
from corpus.texts import text
from crawler.discovery import path_words as words
from crawler.discovery.pagination import Position, bare, position
from crawler.markup.comments import holds_comments
from crawler.markup.pointers import is_part, label_of
from crawler.text import Caseless

if TYPE_CHECKING:  # a crawl's main process asks it about addresses alone
    from lxml import etree

GOES_ON = "goes_on"  # the fact that says in words where a story goes on, and why that is no part of its text
UNREAD = "unread"  # the fact that names a further page that nobody asked for
OF_FURTHER = (GOES_ON, UNREAD)
MAX_LABEL = 80  # characters; a story on several pages may name them by their headings
MAX_LINKS = 400  # with a number, to addresses like the story's own, of one page
MAX_NUMBER = 99  # of a page; a higher number is an article's

_SAID_BEFORE = "it goes on on a further page, which was not read: "  # in stores that have no `unread`
_ABOVE = 6  # elements around a link whose names are read
_RELATIVE = frozenset("?.0123456789")
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d{1,2}(?!\d)")
_WORDS = "|".join(sorted(words.PAGE_WORDS, key=len, reverse=True))
_PARAMETERS = "|".join(sorted(words.PAGE_PARAMETERS - words.ID_PARAMETERS, key=len, reverse=True))
_SAYS_PAGE = re.compile(
    rf"[/,_-](?:{_WORDS})[-_/.:,]?\d{{1,2}}(?:/|\.\w{{2,5}})?/?(?:[?#]|$)|[?&](?:{_PARAMETERS})=\d{{1,2}}(?:[&#]|$)",
    re.IGNORECASE,
)
_JOINED = re.compile(  # what a list's pages are never called: "story,2", "story,2.html", "story-page-2"
    rf"(?P<stem>.+?)(?:,(?:(?:{_WORDS})[,-]?|[a-z]{{1,2}})?|[-_](?:{_WORDS})[-_]?)(?P<number>\d{{1,2}})(?:\.\w{{2,5}})?/?$",
    re.IGNORECASE,
)
_TAILED = re.compile(r"(?P<stem>.*[^\W\d_])[-_](?P<number>\d{1,2})/?$")  # "story-2": of a list, this is an article
_NAMES_PAGE = re.compile(
    rf"(?:^|\s)(?:{_WORDS}|page|σελίδα|sidan)(?:\s|$)|[页頁]|ページ|페이지|صفحة|صفحه", re.IGNORECASE
)
_OF_LIST = re.compile(
    r"\b(?:older|more|load|previous|newer|mehr|ältere?|plus|anciens?|antiguas?|antigas|anterior\w*|más|mais|ver|vecchi"
    r"|oudere|äldre|ældre|eldre|vanhemmat|starsze|starší|eski|старые|назад)\b|المزيد",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"(?<![a-z])(?:related|sidebar|widget|latest|teasers?|recommend\w*|most-?read|archives?|gallery|galer[iy]\w*|slides?"
    r"|slideshow|slider|carousel|swiper|slick|lightbox|bildergalerie|bilderstrecke|fotostrecke|diaporama|fotogaler\w*)(?![a-z])",
    re.IGNORECASE,
)
_PICTURES = Caseless(
    r"(?<![a-z])(?:galler(?:y|ies)|slideshows?|galer[ií]as?|galerien?|galerie?s?|bildergalerien?|bilderstrecken?|fotostrecken?"
    r"|diaporamas?|fotogaler\w*|fotos|photos|pictures|bilder)(?![a-z])"
)
_IS_BELOW = re.compile(
    r"/\d{1,2}/?$|[?&][^=&]+=\d+$|[_,]\d{1,2}(?:\.\w{2,5})?/?$"
)  # no other story's; "story-2.html" may be
_EDGES = " \t\r\n\xa0›»→>←«‹<….[]()|"


@dataclass(frozen=True, slots=True)
class _Own:
    """What a story's address may be: its stem, and the number of its page.

    Attributes:
        number: 0 where the address has none.
        is_sure: False: the number may be the story's own; a link to page 1 must show that it is a page's.
    """

    stem: str
    number: int
    is_sure: bool


def facts_of_further(following: str | None) -> dict[str, str]:
    """Return that a story goes on on a page that was not read, in words and by its address; empty: it does not."""
    if following is None:
        return {}
    return {GOES_ON: text("it goes on on a further page, which was not read: {url}", url=following), UNREAD: following}


def is_unread(facts: Mapping[str, str]) -> bool:
    """Return whether facts say that a story goes on on a page that nobody asked for."""
    return UNREAD in facts or facts.get(GOES_ON, "").startswith(_SAID_BEFORE)


def without_further(facts: Mapping[str, str]) -> dict[str, str]:
    """Return facts without those of a further page."""
    return {name: fact for name, fact in facts.items() if name not in OF_FURTHER}


def further_pages(
    nodes: "Sequence[etree._Element]",
    hrefs: Sequence[str],
    start: str,
    address: str,
    *,
    canonical: str | None,
    begun: str | None = None,
) -> tuple[str | None, str | None]:
    """Return the addresses of the first and of the next page of the story that a page tells, where it names them.

    Only a further page names the first one.

    Args:
        nodes: The page's elements that may lead there, as `pointers` gives them.
        hrefs: Of each of them, the address that it leads to, as written.
        start: What its links are relative to.
        address: The page's own address.
        canonical: The address that the page says is its own.
        begun: That of the story's first page, where a page before this one named it as the next: then the number in
            its address is a page's.
    """
    path = urlsplit(address)
    if (path.path in {"", "/"} and not path.query) or _PICTURES.is_in(address):
        return None, None
    owns = _highest(own for url in dict.fromkeys(filter(None, (address, canonical, begun))) for own in _owns(url))
    links = list(_links(nodes, hrefs, owns, start=start, address=address))
    if not links and len(owns) < 2:  # nearly all pages; a number in an address makes it two
        return None, None
    sure = [own for own in owns if own.is_sure or any(_is_first(node, url, own) for node, url in links)]
    following = next((url for own in sure for node, url in links if _follows(node, url, own)), None)
    return next(_firsts(sure, links, address, canonical), None), following


def _highest(owns: Iterable[_Own]) -> list[_Own]:
    """Return each stem once, with the highest number: a further page may name the first one as its own address."""
    found: dict[str, _Own] = {}
    for own in owns:
        known = found.setdefault(own.stem, own)
        found[own.stem] = _Own(own.stem, max(own.number, known.number), is_sure=own.is_sure or known.is_sure)
    return list(found.values())


def _firsts(
    owns: Iterable[_Own], links: "Iterable[tuple[etree._Element, str]]", address: str, canonical: str | None
) -> Iterator[str]:
    """Give what may be the first page of a story's further one: where a link leads, or what it says is its own."""
    for own in owns if urls.canonical(address) else ():
        others = [pair for pair in links if own.number and urls.key_of(pair[1]) != urls.key_of(address)]
        leading = [(node, url) for node, url in others if _is_first(node, url, own) or own.number > 1]
        yield from (url for node, url in leading if bare(url) == own.stem and not _stands_beside(node))
        if canonical and own.number > 1 and bare(canonical) == own.stem:
            yield canonical
        yield from (url for node, url in leading if is_first_of(url, own.stem) and not _stands_beside(node))


def is_first_of(url: str, stem: str) -> bool:
    """Return whether an address is that of the first page of a story: its stem, with no number or 0 or 1."""
    found = _numbered(urls.key_of(url))
    return bare(url) == stem or (found is not None and found.stem == stem and found.number <= 1)


def is_further(url: str, first: str | None) -> bool:
    """Return whether a page that names `first` as the first page of its story is a further one."""
    return first is not None and not is_first_of(url, bare(first))


def _owns(address: str) -> Iterator[_Own]:
    yield _Own(bare(address), 0, is_sure=True)
    found = _numbered(address)
    if found is not None and found.number <= MAX_NUMBER:
        yield _Own(found.stem, found.number, is_sure=bool(_SAYS_PAGE.search(address)))


def _numbered(address: str) -> Position | None:
    """Where the page of an address stands in its story; None where the address has no number."""
    parts = urlsplit(address)
    path = unquote(parts.path)
    joined = _JOINED.fullmatch(path)
    if joined is None and (found := position(address)) is not None:
        return found
    match = joined or _TAILED.fullmatch(path)
    return Position(bare(parts._replace(path=quote(match["stem"])).geturl()), int(match["number"])) if match else None


def _links(
    nodes: "Sequence[etree._Element]", hrefs: Sequence[str], owns: Collection[_Own], *, start: str, address: str
) -> "Iterator[tuple[etree._Element, str]]":
    """The links that lead to an address like the story's own, with where they lead; none unless one has a number.

    Nearly all pages have none such, and links that share or mail the story have its address in theirs. So elements
    are looked at last, and addresses are taken apart only where a digit stands after what they have of the story's.
    """
    stems = {own.stem for own in owns}
    parts = {_mark(stem) for stem in stems}
    forms = {form for part in parts for form in (part, quote(part, "="), quote(part, "=").lower())}
    near: dict[str, None] = {}
    written = dict.fromkeys(hrefs)  # a card links its page twice or thrice
    for form in forms:
        near |= dict.fromkeys([href for href in written if form in href])
    near |= dict.fromkeys([href for href in written if href[:1] in _RELATIVE])
    host = urls.authority(address)
    here = [href for href in near if _is_of_host(href, host)]
    numbered = (href for href in here if _has_number(href.partition("#")[0], forms) and not holds_comments(href))
    found = {
        href: url for href in islice(numbered, MAX_LINKS) if (url := urls.join(start, href)) and _stem(url) in stems
    }
    if not found and not any(own.number for own in owns):
        return
    found |= {href: url for href in here[:MAX_LINKS] if (url := urls.join(start, href)) and bare(url) in stems}
    for href, node in zip(hrefs, nodes, strict=True):
        if href in found:
            yield node, found[href]


def _is_of_host(href: str, host: str) -> bool:
    """Whether a link as it is written may lead to a host; beyond ASCII a host has another spelling."""
    start = href[: len(host) + 12]
    return "//" not in href[:8] or not start.isascii() or host in start.lower()


def _has_number(href: str, forms: Iterable[str]) -> bool:
    """Whether a digit stands after what a link has of the story's address, or anywhere in it beside a query's."""
    for form in forms:
        before, _, behind = href.partition(form)
        if _DIGIT.search(before + behind if href[:1] in _RELATIVE or "=" in form else behind):
            return True
    return False


def _stem(url: str) -> str | None:
    found = _numbered(urls.key_of(url))
    return found.stem if found else None


def _mark(stem: str) -> str:
    """What every link to a page of a stem has, unless it is written as a relative one."""
    path, _, query = stem.partition("?")
    return max(query.split("&"), key=len) if query else path.rpartition("/")[2] or "/"


def _follows(node: "etree._Element", url: str, own: _Own) -> bool:
    found = _numbered(urls.key_of(url))
    if found is None or found.stem != own.stem:
        return False
    label = label_of(node)
    is_next = found.number > own.number if found.is_offset else found.number == max(own.number, 1) + 1
    if not is_next and not (found.number == 1 and own.number == 0 and _is_second(label, url)):
        return False
    return _is_of_pager(node, url, label, None if found.is_offset else found.number) and not _stands_beside(node)


def _is_second(label: str, url: str) -> bool:
    """Whether `?page=1` is the second page of a site that counts from zero."""
    return "=1" in url and (label.strip(_EDGES) == "2" or (words.says_next(label) and not _OF_LIST.search(label)))


def _is_of_pager(node: "etree._Element", url: str, label: str, number: int | None) -> bool:
    """Whether a link reads as one to a further page; the less its address says, the more its words must."""
    if len(label) > MAX_LABEL or _OF_LIST.search(label) or holds_comments(label):
        return False
    plain = label.strip(_EDGES)
    if plain.isdecimal():
        return number is None or int(plain) in {number, number + 1}
    if is_part(node) or (node.tag == "option" and number is not None and _begins_with(plain, number)):
        return True
    if _NAMES_PAGE.search(label):
        return True
    if _SAYS_PAGE.search(url):
        return True
    is_below = _IS_BELOW.search(url) is not None
    is_next = "next" in (node.get("rel") or "").lower().split()
    return is_below and (is_next or words.says_next(label))


def _begins_with(label: str, number: int) -> bool:
    """Whether an option begins with the number of its page: "2. The second day"."""
    found = _NUMBER.match(label)
    return found is not None and int(found[0]) in {number, number + 1}


def _is_first(node: "etree._Element", url: str, own: _Own) -> bool:
    """Whether a link leads to the first page, and says so."""
    if label_of(node).strip(_EDGES) != "1":
        return False
    return is_first_of(url, own.stem)


def _stands_beside(node: "etree._Element") -> bool:
    """Whether a link is of comments, of pictures, or of a list beside the story."""
    for each in (node, *islice(node.iterancestors(), _ABOVE)):
        if each.tag in {"body", "html"}:
            return False
        names = " ".join(filter(None, (each.get("class"), each.get("id"))))
        if each.tag in {"aside", "footer"} or (names and (_BESIDE.search(names) or holds_comments(names))):
            return True
    return False
