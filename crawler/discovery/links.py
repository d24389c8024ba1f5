"""A link's address -> what it probably leads to: an article, a section page, or nothing we want, and why not.

The address is weak evidence. It decides which pages are fetched first and how often; the page itself decides
what it is, when it is read (crawler/visiting/reclassifying.py). Only files, pages that serve the reader and traps
are left out by it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from corpus import urls
from corpus.characters import UNSPACED
from corpus.model import Discovered, LeftOut, UrlKind
from corpus.reasons import Reason
from crawler.discovery import path_words as words
from crawler.discovery.archives import is_period, is_year, lies_ahead
from crawler.values import Listing

MAX_DEPTH = 10  # path segments; the deepest article of the development sites has 7
MAX_PARAMETERS = 5
MAX_SEGMENT = 200  # characters
MAX_SECTION_DEPTH = 5  # path segments of a section page
MAX_SECTION_WORD = 40  # characters of a segment of its address; longer ones are headlines
MIN_RANDOM = 9  # characters of an id such as cderllgw84ro

_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|tiff?|pdf|docx?|xlsx?|pptx?|odt|epub|zip|gz|tgz|rar|7z|mp[34]|m4[av]|mov|avi|webm|"
    r"ogg|wav|css|js|mjs|json|xml|rss|atom|rdf|ics|csv|txt|woff2?|ttf|exe|dmg|apk|torrent|srt|vtt|map)$",
    re.IGNORECASE,
)
_PAGE_SUFFIX = re.compile(r"\.(?:s?html?|php\d?|aspx?|jsp|cfm|cms|do|ece|story)$", re.IGNORECASE)
# A day or month, and something after it: 2024/05/06, 2024-05, 20240506, 2024/may/06.
_DATED = re.compile(
    r"/(?:19|20)\d\d(?:[/-]?(?:0?[1-9]|1[0-2])(?:[/-]?(?:0?[1-9]|[12]\d|3[01]))?|/[^\W\d_]{3,12}(?:/\d{1,2})?)(?=[/-])"
)
_YEARED = re.compile(r"/(?:19|20)\d\d/(?=[^/]*[^\W\d_][^/]*$)")  # news/2024/slug
_ID = re.compile(r"(?:^|[-_.a-z])\d{5,}(?:$|[-_.])|^[a-z]{0,3}\d{4,}$|^\d+$", re.IGNORECASE)
_RANDOM = re.compile(r"(?=.*\d)(?=.*[a-z])(?![a-z]+\d{1,4}$)[a-z0-9]+", re.IGNORECASE)
_UNSPACED = re.compile(f"[{UNSPACED}]")


@dataclass(frozen=True, slots=True)
class Shape:
    """A URL's parts as the rules below look at them: the decoded path segments, without empty ones or sessions."""

    path: str
    segments: tuple[str, ...]
    query: str

    @property
    def lower(self) -> tuple[str, ...]:
        """The segments in lower case."""
        return tuple(segment.lower() for segment in self.segments)

    @property
    def parameters(self) -> dict[str, str]:
        """The query's names in lower case and their values."""
        pairs = (pair.partition("=") for pair in self.query.split("&")[: MAX_PARAMETERS + 1] if pair)
        return {name.lower(): value for name, _, value in pairs}


@dataclass(frozen=True, slots=True)
class Guess:
    """What a link leads to; `kind` is None when it is not followed, for `reason`."""

    kind: UrlKind | None
    reason: str | None = None


def shape(url: str) -> Shape:
    """Take a URL apart."""
    return _cached_shape(url) if len(url) <= urls.MAX_CACHED else _shaped(url)


def _shaped(url: str) -> Shape:
    parts = urlsplit(url)
    path = urls.without_session(parts.path)
    segments = tuple(unquote(segment) for segment in path.split("/") if segment)
    return Shape(path, segments, parts.query)


_cached_shape = lru_cache(1_024)(_shaped)  # an address is looked at several times: whether it is a trap, its series ...


def guess(url: str, *, today: date) -> Guess:
    """Return what a link on a page of the same site leads to.

    Reasons for following no link: `front-page`, `file-type`, `service-page`, `view` (the same page sorted, printed or
    searched), `date-ahead` (an archive of days to come), and those of `trap`.
    """
    return _cached_guess(url, today) if len(url) <= urls.MAX_CACHED else _guessed(url, today)


def _guessed(url: str, today: date) -> Guess:
    form = shape(url)
    reason = trap(url) or _no_page(form, today)
    if reason is not None:
        return Guess(None, reason)
    if looks_like_article(form):
        return Guess(UrlKind.ARTICLE)
    return Guess(UrlKind.SECTION)


_cached_guess = lru_cache(4_096)(_guessed)  # the menu of a site stands on all of its pages


def without_language(url: str) -> str:
    """Return an address without the parameter that says in which language its page is shown."""
    address, _, query = url.partition("?")
    pairs = [pair for pair in query.split("&") if pair.partition("=")[0].lower() not in words.LANGUAGE_PARAMETERS]
    return f"{address}?{'&'.join(pairs)}" if any(pairs) else address


def is_file(url: str) -> bool:
    """Whether an address ends as that of a file that is no page does: a picture, a style sheet, data."""
    return _FILE.search(shape(url).path) is not None


def listed_reason(url: str) -> str | None:
    """Return why a URL that a feed or sitemap names is not asked for, or None. All but files and the front page are."""
    form = shape(url)
    if not form.segments and not form.query:
        return Reason.FRONT_PAGE
    return Reason.FILE_TYPE if is_file(url) else None


def listed(listing: Listing) -> Listing:
    """Leave out of a feed or sitemap what cannot be a page: files and the front page. The rest is asked for."""
    pages: list[Discovered] = []
    left_out = list(listing.left_out)
    for item in listing.found:
        reason = listed_reason(item.url) if item.kind is UrlKind.ARTICLE else None
        if reason is None:
            pages.append(item)
        else:
            left_out.append(as_left_out(item, reason))
    return replace(listing, found=tuple(pages), left_out=tuple(left_out))


def as_left_out(found: Discovered, reason: str) -> LeftOut:
    """Return an address that was found as one that is not asked for."""
    return LeftOut(url=found.url, reason=reason, via=found.via, parent=found.parent)


def may_be_number(url: str) -> bool:
    """Whether an address looks like the archive of a year, by a number that may as well be its page's own."""
    form = shape(url)
    return is_year(form.segments, form.parameters)


def serves_reader(url: str) -> bool:
    """Whether the last word of an address is that of a page about the site: its imprint, its login, its terms."""
    return _last(shape(url)) in words.SERVICE


def trap(url: str) -> str | None:
    """Return why an address looks like one of endlessly many, in one stable word, or None."""
    return _cached_trap(url) if len(url) <= urls.MAX_CACHED else _trap(url)


def _trap(url: str) -> str | None:
    form = shape(url)
    if len(form.segments) > MAX_DEPTH:
        return Reason.DEEP_PATH
    if any(len(segment) > MAX_SEGMENT for segment in form.segments):
        return Reason.LONG_SEGMENT
    if _repeats(form.segments):
        return Reason.REPEATED_SEGMENTS
    if len(form.query.split("&")) <= MAX_PARAMETERS:
        return None
    plain = urls.canonical(url)  # without those that say where a reader came from
    return Reason.MANY_PARAMETERS if plain is None or len(shape(plain).query.split("&")) > MAX_PARAMETERS else None


def pattern(url: str) -> str:
    """Return the URL without what varies in a series: digits, names in a folder of lists, values of the query."""
    return _cached_pattern(url) if len(url) <= urls.MAX_CACHED else _pattern(url)


def _pattern(url: str) -> str:
    form = shape(url)
    names = sorted(pair.partition("=")[0] for pair in form.query.split("&")) if form.query else []
    varies = bool(form.segments) and (looks_like_article(form) or not words.LISTS.isdisjoint(form.lower[-2:-1]))
    last = "*" if varies else re.sub(r"\d+", "0", "".join(form.segments[-1:]))
    folder = "/".join(re.sub(r"\d+", "0", segment) for segment in form.segments[:-1])
    return f"/{folder}/{last}?{'&'.join(names)}"


_cached_trap = lru_cache(1_024)(_trap)
_cached_pattern = lru_cache(1_024)(_pattern)


def looks_like_article(form: Shape) -> bool:
    """Whether an address has the form of an article's: a date with a name after it, a number, or a headline's words."""
    if not form.segments:
        return _names_article(form)
    if is_period(form.segments, form.parameters):
        return False
    last = _PAGE_SUFFIX.sub("", form.segments[-1])
    in_list = not words.LISTS.isdisjoint(form.lower[-2:-1])
    if _DATED.search(form.path) or _YEARED.search(unquote(form.path)):
        return True
    if in_list and words.ARCHIVES.isdisjoint(form.lower[-2:-1]):
        return False
    if _ID.search(last) or (len(last) >= MIN_RANDOM and _RANDOM.fullmatch(last)) or _names_article(form):
        return True
    return reads_as_headline(last) or (last != form.segments[-1] and len(form.segments) > 1 and len(_split(last)) >= 2)


def reads_as_headline(last: str) -> bool:
    """Whether the last word of an address, or what a link shows, is as long as a headline."""
    parts = _split(last)
    if len(parts) >= 4 or (len(parts) >= 3 and len(last) >= 15) or len(last) > MAX_SECTION_WORD:
        return True
    return bool(_UNSPACED.search(last)) and len(last) >= 6


def names_headline(url: str) -> bool:
    """Whether the path of an address ends in the words of a headline."""
    form = shape(url)
    return bool(form.segments) and reads_as_headline(_PAGE_SUFFIX.sub("", form.segments[-1]))


def _names_article(form: Shape) -> bool:
    """Whether the query names one article by its number; `p` does so only for the front page's address."""
    return (
        _is_numbered(form)
        and not (form.segments and not words.LISTS.isdisjoint(_split(_last(form))))
        and not _says(form, words.VIEWED_LISTS)
    )


def _is_numbered(form: Shape) -> bool:
    return any(
        name in words.ID_PARAMETERS and bool(re.search(r"\d", value)) and (name != "p" or not form.segments)
        for name, value in form.parameters.items()
    )


def _says(form: Shape, shown: Mapping[str, frozenset[str]]) -> bool:
    """Whether the query says in a word what is shown: `?view=article&id=7` names an article, `?view=grid` none."""
    given = form.parameters
    return any(given.get(name, "").lower() in said for name, said in shown.items())


def _no_page(form: Shape, today: date) -> str | None:
    says_what = _is_numbered(form) and _says(form, words.VIEWED)
    known = says_what or _names_article(form) or words.SECTION_PARAMETERS & form.parameters.keys()
    if not form.segments and not known and not is_period((), form.parameters):
        return Reason.FRONT_PAGE if not form.query or words.PAGE_PARAMETERS & form.parameters.keys() else Reason.VIEW
    if _FILE.search(form.path):
        return Reason.FILE_TYPE
    if _last(form) in words.SERVICE | words.DAILY:
        return Reason.SERVICE_PAGE
    if words.VIEW_PARAMETERS & form.parameters.keys() - (words.VIEWED.keys() if says_what else frozenset()):
        return Reason.VIEW
    if lies_ahead(form.segments, form.parameters, today):
        return Reason.DATE_AHEAD
    return Reason.DEEP_SECTION if len(form.segments) > MAX_SECTION_DEPTH and not looks_like_article(form) else None


def _last(form: Shape) -> str:
    """The last segment in lower case, without `.html` and its like; empty for the front page."""
    return _PAGE_SUFFIX.sub("", form.lower[-1]) if form.segments else ""


def _split(text: str) -> list[str]:
    return [word for word in re.split(r"[-_+ .]+", text) if word]


def _repeats(segments: tuple[str, ...]) -> bool:
    return any(segments.count(segment) > 2 for segment in segments) or any(
        segments[n : n + 2] == segments[n + 2 : n + 4] for n in range(len(segments) - 3)
    )
