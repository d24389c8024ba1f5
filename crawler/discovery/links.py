"""A link's address -> what it probably leads to: an article, a section page, or nothing we want."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from corpus.characters import UNSPACED
from corpus.model import UrlKind

MAX_DEPTH = 10  # path segments; the deepest article of the development sites has 7
MAX_PARAMETERS = 5
MAX_SEGMENT = 200

_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|tiff?|pdf|docx?|xlsx?|pptx?|odt|epub|zip|gz|tgz|rar|7z|mp[34]|m4[av]|mov|avi|webm|"
    r"ogg|wav|css|js|mjs|json|xml|rss|atom|rdf|ics|csv|txt|woff2?|ttf|exe|dmg|apk|torrent|srt|vtt|map)$",
    re.IGNORECASE,
)
# Path segments of pages that are never a story, in the languages of the sites we have met.
_NEVER = frozenset(
    "login signin sign-in signup sign-up register logout account my-account profile subscribe subscription "
    "subscriptions abo abonnement newsletter newsletters privacy privacy-policy datenschutz impressum imprint "
    "terms terms-of-service terms-of-use cookies cookie-policy contact contact-us kontakt contacto about about-us "
    "ueber-uns advertise mediadaten careers jobs help faq support search suche buscar recherche cart checkout "
    "shop store donate wp-admin wp-login.php wp-json xmlrpc.php cgi-bin feed rss atom sitemap print share email- "
    "this comment comments reply trackback calendar events kalender agenda weather wetter horoscope crossword "
    "sudoku gallery galleries photos".split()
)  # fmt: skip
_LISTS = frozenset(
    "tag tags author authors autor autoren autores category categories kategorie categoria topic topics thema themen "
    "tema temas archive archives archiv archivo page seite pagina user users people contributor contributors "
    "profile section sections rubrik keyword keywords label labels location locations series".split()
)
_DATED = re.compile(r"/(?:19|20)\d\d[/-]?(?:0?[1-9]|1[0-2])(?:[/-]?(?:0?[1-9]|[12]\d|3[01]))?(?=[/-])")
_PERIOD = re.compile(r"/(?:19|20|21)\d\d(?:[/-]\d{1,2}){0,2}/?$")  # an archive; past today, a calendar without end
_ID = re.compile(r"(?:^|[-_.a-z])\d{5,}(?:$|[-_.])|^[a-z]{0,3}\d{4,}$", re.IGNORECASE)
_QUERY_ID = re.compile(r"(?:^|&)(?:p|id|aid|article|articleid|story|storyid|newsid|nid|post|cid)=\d{2,}", re.IGNORECASE)
_PAGE = re.compile(r"/page/(\d{1,5})/?$|[?&](?:page|paged|p|seite|pagina)=(\d{1,4})(?:&|$)", re.IGNORECASE)
_SCRIPT_WITHOUT_SPACES = re.compile(f"[{UNSPACED}]")


@dataclass(frozen=True, slots=True)
class Shape:
    """A URL's parts as the rules below look at them: the decoded path segments, without an empty last one."""

    path: str
    segments: tuple[str, ...]
    query: str


def shape(url: str) -> Shape:
    """Take a URL apart."""
    parts = urlsplit(url)
    segments = tuple(unquote(segment) for segment in parts.path.split("/") if segment)
    return Shape(parts.path, segments, parts.query)


def guess(url: str) -> UrlKind | None:
    """Return what a link on a page of ours leads to: ARTICLE, SECTION, or None when it is nothing we want."""
    form = shape(url)
    if not form.segments:
        return UrlKind.ARTICLE if _QUERY_ID.search(form.query) else None
    if trap(url) or _FILE.search(form.path) or form.segments[-1].lower() in _NEVER:
        return None
    if not _LISTS.isdisjoint(_lower(form.segments[:-1])) or _PAGE.search(url) or _PERIOD.search(form.path):
        return None
    if _looks_like_article(form):
        return UrlKind.ARTICLE
    return UrlKind.SECTION if _looks_like_section(form) else None


def is_listed(url: str) -> bool:
    """Whether a URL that a feed or sitemap names may be an article: all but files, home, lists and account pages."""
    form = shape(url)
    if not form.segments:
        return bool(_QUERY_ID.search(form.query))
    lower = _lower(form.segments)
    if trap(url) or _FILE.search(form.path) or lower[-1] in _NEVER or lower[0] in _LISTS:
        return False
    return len(lower) > 1 or _looks_like_article(form) or len(lower[0]) > 12


def trap(url: str) -> str | None:
    """Return why an address looks like one of endlessly many, in one stable word, or None."""
    form = shape(url)
    if len(form.segments) > MAX_DEPTH:
        return "deep-path"
    if any(len(segment) > MAX_SEGMENT for segment in form.segments):
        return "long-segment"
    if _repeats(form.segments):
        return "repeated-segments"
    return "many-parameters" if len(form.query.split("&")) > MAX_PARAMETERS else None


def pattern(url: str) -> str:
    """Return the URL with what varies within a series taken out: digits, and the values of the query."""
    form = shape(url)
    names = sorted(pair.partition("=")[0] for pair in form.query.split("&")) if form.query else []
    last = "*" if form.segments and _looks_like_article(form) else re.sub(r"\d+", "0", "".join(form.segments[-1:]))
    folder = "/".join(re.sub(r"\d+", "0", segment) for segment in form.segments[:-1])
    return f"/{folder}/{last}?{'&'.join(names)}"


def page_number(url: str) -> int | None:
    """Return N of .../page/N or ?page=N, or None."""
    found = _PAGE.search(url)
    return int(found[1] or found[2]) if found else None


def _lower(segments: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(segment.lower() for segment in segments)


def _repeats(segments: tuple[str, ...]) -> bool:
    return any(segments.count(segment) > 2 for segment in segments) or any(
        segments[n : n + 2] == segments[n + 2 : n + 4] for n in range(len(segments) - 3)
    )


def _looks_like_article(form: Shape) -> bool:
    last = re.sub(r"\.(?:s?html?|php|aspx?|jsp|cms)$", "", form.segments[-1], flags=re.IGNORECASE)
    if _DATED.search(form.path) or _ID.search(last) or _QUERY_ID.search(form.query):
        return True
    words = [word for word in re.split(r"[-_+ .]+", last) if word]
    if len(words) >= 4 or (len(words) >= 3 and len(last) >= 15):
        return True
    if _SCRIPT_WITHOUT_SPACES.search(last):
        return len(last) >= 6
    return last != form.segments[-1] and len(form.segments) > 1 and len(words) >= 2


def _looks_like_section(form: Shape) -> bool:
    short = all(len(segment) <= 30 and not any(sign.isdigit() for sign in segment) for segment in form.segments)
    return short and len(form.segments) <= 2 and not form.query and form.segments[0].lower() not in _LISTS | _NEVER
