"""The values between fetch and store: an exchange, a page, what was read from it, what a listing names."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from corpus.model import Article, Discovered, Hints, LeftOut, value
from corpus.texts import text

if TYPE_CHECKING:
    from http.cookiejar import CookieJar  # which loads half of urllib and email, and no worker has cookies

ELSEWHERE = "elsewhere"  # what names the canonical URL of a page that calls an address of another site its own
MAX_SITEMAP = 50_000_000  # bytes of a sitemap, inflated; what sitemaps.org allows


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds of one exchange.

    Attributes:
        deadline: For the whole of it, from looking up the name to the last byte.
        silence: The longest wait for a connection or for the next bytes.
    """

    deadline: timedelta = timedelta(seconds=60)
    silence: timedelta = timedelta(seconds=20)
    max_bytes: int = 5_000_000
    max_header_bytes: int = 64 * 1024
    max_redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What config entrusts us with for a source: headers and cookies that are sent to its site only.

    Attributes:
        site: The source's own address.
    """

    site: str
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    cookies: "CookieJar | None" = field(default=None, repr=False, compare=False)


@value(kw_only=True)
class Request:
    """What to ask for.

    Attributes:
        etag, last_modified: Validators exactly as received before; the answer may then be 304.
        credentials: What config entrusts us with for the source; crawler/fetching/credentials.py says where it goes.
        page: True for a page to read, which must look like HTML; False for feeds, sitemaps and robots.txt.
        ports, max_bytes: Ports allowed beside the fetcher's, the source's own; another limit, such as a sitemap's.
        cookies: By origin, what the redirects on the way here have set.
    """

    address: str
    etag: str | None = None
    last_modified: str | None = None
    credentials: Credentials | None = None
    page: bool = True
    ports: frozenset[int] = frozenset()
    max_bytes: int | None = None
    cookies: tuple[tuple[str, str], ...] = ()


@value(kw_only=True)
class Response:
    """The answer to a request, whole and inflated.

    Attributes:
        address: What was asked in this exchange; after `Fetcher.fetch` the last hop's.
        redirect: Where a redirect points, absolute; None when the answer is final.
        hops: The redirects on the way here: status and the address it came from.
        charset: Of the Content-Type header, as sent.
        wire_bytes: As transferred, before inflating.
        sent: The request's headers, but none that came from config.
        server: The literal address that answered.
    """

    address: str
    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes = b""
    redirect: str | None = None
    hops: tuple[tuple[int, str], ...] = ()
    wire_bytes: int = 0
    took: timedelta = timedelta()
    sent: tuple[tuple[str, str], ...] = ()
    server: str | None = None

    def header(self, name: str) -> str | None:
        """The first header of that name, in lower case."""
        return next((value for key, value in self.headers if key == name), None)

    @property
    def is_whole(self) -> bool:
        """Whether what was asked for is the body; 203: as a proxy on the way has changed it."""
        return self.status in {200, 203}

    @property
    def etag(self) -> str | None:
        return self.header("etag")

    @property
    def last_modified(self) -> str | None:
        return self.header("last-modified")

    @property
    def content_type(self) -> str | None:
        return self.header("content-type")

    @property
    def charset(self) -> str | None:
        return charset_of(self.content_type)


def charset_of(content_type: str | None) -> str | None:
    """Return the charset a Content-Type header names, as sent; None when it names none."""
    _, _, rest = (content_type or "").lower().partition("charset=")
    return rest.split(";")[0].strip(" \"'") or None


@value(kw_only=True)
class Selectors:
    """Selectors of a source, each overriding what we would find; None: find it ourselves.

    A selector is CSS, or alternatives that each begin with `xpath:`, a line each; the first that finds something holds.

    Attributes:
        replaced: Texts of the markup, and what to put in their place before it is parsed.
        origins: Field -> the rule file it is from; fields of config.toml are not in it.
    """

    headline: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    published: str | None = None
    section: str | None = None
    body: str | None = None
    remove: tuple[str, ...] = ()
    replaced: tuple[tuple[str, str], ...] = ()
    origins: tuple[tuple[str, str], ...] = ()

    def origin(self, field: str) -> str:
        """Return how a reading of a field by its selector is called: "selector", or the rule and its file."""
        file = dict(self.origins).get(field)
        return text("rule {file}", file=file) if file else text("selector")


@value(kw_only=True)
class Page:
    """One response to be read; everything `extract` may look at.

    Attributes:
        url: The canonical key we asked for; `address` the address that answered.
        content, charset: The decoded (inflated) bytes; what the Content-Type header names, as sent, or None.
        fetched: When; aware UTC. Relative dates count back from it.
        hints, language: What a feed or sitemap said of it; the source's configured language.
        boilerplate: Fingerprints of text blocks that recur on this source's pages (crawler/body/boilerplate.py).
        day_first: How this source writes 3/4/2024, as its configuration says; None: as its language does, or unknown.
        named_next, begun: The page that its answer's `Link` header names next; the first of the pages that led to it.
        parts: The further pages of its story, in their order, where several pages tell one.
    """

    url: str
    address: str
    source: str
    content: bytes
    charset: str | None = None
    fetched: datetime
    hints: Hints = Hints()
    selectors: Selectors = Selectors()
    language: str | None = None
    boilerplate: frozenset[int] = frozenset()
    day_first: bool | None = None
    named_next: str | None = None
    begun: str | None = None
    parts: "tuple[Page, ...]" = ()


class PageKind(StrEnum):
    """What a page turned out to be; only ARTICLE is stored and indexed."""

    ARTICLE = "article"
    LISTING = "listing"
    LIVE_BLOG = "live-blog"
    PAYWALL = "paywall"
    CHALLENGE = "challenge"
    SOFT_404 = "soft-404"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that a field could have had: the rule that found it, and why it lost (None: it won)."""

    field: str
    value: str
    rule: str
    lost: str | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """A text block that is not part of the body, and why."""

    text: str
    reason: str


@value(kw_only=True)
class Trimmable:
    """How far the text of an article may lose paragraphs that recur on its source's pages without another reading.

    Attributes:
        letters: As `text_length` counts; with as many or more left, all else is read as it was.
        left_out: Characters of the blocks that this reading left out as recurring.
    """

    letters: int
    left_out: int = 0


@value(kw_only=True)
class StoryPages:
    """The other pages of a story that a page names: of a further page the first one, and the page that comes next.

    Attributes:
        views: Addresses that may show the whole story on one page, the likeliest first.
    """

    first: str | None = None
    next: str | None = None
    views: tuple[str, ...] = ()


@value(kw_only=True)
class Extraction:
    """What was read from a page.

    Attributes:
        kind, reason: What the page is, and the evidence for it.
        article: Given for every kind that has text, so that `--explain` can show it; stored only for ARTICLE.
        canonical: The page's own canonical URL, made canonical, when it points to the same site.
        canonical_by: What names it: `link`, or `og:url`, which counts less; ELSEWHERE: it is of another site.
        noindex: The page (or its header) asks not to be indexed.
        blocks: Fingerprints of the page's text blocks, body or not, for crawler/body/boilerplate.py.
        recurring: Fingerprints of the blocks that were left out of the text because they recur on the source's pages.
        others: The other pages of the story; None: the page names none.
        trimmable: How far the article's text may be trimmed later; None: its page must be read again for that.
        structure_left_out: What is no part of the article's structure: the reason, and how many of that kind.
        candidates, dropped, unread: Only when asked to explain; `unread`: of its metadata, as "130 of 530 meta tags".
    """

    kind: PageKind
    reason: str
    article: Article
    canonical: str | None = None
    canonical_by: str = "link"
    noindex: bool = False
    blocks: tuple[int, ...] = ()
    recurring: tuple[int, ...] = ()
    others: StoryPages | None = None
    trimmable: Trimmable | None = None
    structure_left_out: tuple[tuple[str, int], ...] = ()
    candidates: tuple[Candidate, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def pages(self) -> StoryPages:
        """The other pages of the story; no addresses where the page names none."""
        return self.others or StoryPages()


@value()
class Listing:
    """What a feed, sitemap or section page names.

    Attributes:
        found: URLs in its order, once each.
        next: Address of the page that continues it.
        notes: What was odd about it, as stable words, such as `dtd-ignored` or `lenient`.
        left_out: What it names and is not asked for, each with its reason.
    """

    found: tuple[Discovered, ...] = ()
    next: str | None = None
    notes: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def only_first(most: int, count: int) -> tuple[str, ...]:
    """Return what a listing notes when it names more than are read."""
    return (text("the first {most:,} of {n:,} entries were read", most=most, n=count),) if count > most else ()
