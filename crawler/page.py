"""A fetched page and what was read from it: the values between fetch and store."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from corpus.model import Article, Hints


@dataclass(frozen=True, slots=True, kw_only=True)
class Selectors:
    """CSS selectors of a source's config, each overriding what we would find; None: find it ourselves."""

    headline: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    published: str | None = None
    section: str | None = None
    body: str | None = None
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One response to be read; everything `extract` may look at.

    Attributes:
        url: The canonical key we asked for; `address` the address that answered.
        content: The decoded (inflated) bytes.
        charset: From the Content-Type header, as sent; None when it named none.
        fetched: When; aware UTC. Relative dates count back from it.
        hints: What a feed or sitemap said of it.
        language: The source's configured language.
        boilerplate: Fingerprints of text blocks that recur on this source's pages (crawler/body/boilerplate.py).
        day_first: How this source writes 3/4/2024, as its other pages showed; None: unknown.
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
    """One value a field could have had: the rule that found it, and why it lost (None: it won)."""

    field: str
    value: str
    rule: str
    lost: str | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """A text block that is not part of the body, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What was read from a page.

    Attributes:
        kind, reason: What the page is, and the sign it was told by.
        article: Given for every kind that has text, so that `--explain` can show it; stored only for ARTICLE.
        canonical: The page's own canonical URL, made canonical, when it points to the same site.
        links: Absolute addresses of the page's links, in order, for discovery.
        noindex: The page (or its header) asks not to be indexed.
        blocks: Fingerprints of the page's text blocks, body or not, for crawler/body/boilerplate.py.
        candidates, dropped: Filled only when asked to explain.
    """

    kind: PageKind
    reason: str
    article: Article
    canonical: str | None = None
    links: tuple[str, ...] = ()
    noindex: bool = False
    blocks: tuple[int, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    dropped: tuple[Dropped, ...] = ()
