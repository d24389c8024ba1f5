"""What an article is: the values every package shares.

`None` means the page does not say. It is never an error, an empty string, or 1 January 1970.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar, dataclass_transform

from corpus.structure.values import Span
from corpus.texts import message
from corpus.via import Via

AHEAD = timedelta(days=2)  # clocks and time zones differ by less: a date further ahead is in the future


T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value(*, kw_only: bool = False) -> Callable[[type[T]], type[T]]:
    """Make a class one of values that are made by the thousand.

    A frozen dataclass writes each field by way of `object.__setattr__`, which takes three times as long. What would
    write to such a value does not pass `make check`: mypy takes it for frozen.
    """
    return dataclass(unsafe_hash=True, slots=True, kw_only=kw_only)


class Precision(StrEnum):
    """How much of a date the page gave."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"

    @property
    def has_day(self) -> bool:
        """Whether the page gave the day at least, not only the month or the year."""
        return self in {Precision.DAY, Precision.MINUTE}


@value()
class PageDate:
    """A date as a page gives it.

    Attributes:
        at: Aware, UTC. With a precision below MINUTE, midnight UTC at the start of the period.
        precision: What the page gave; "2023/12" is a month; no day is added.
        origin: Where the date was read, such as `json-ld`, `meta`, `time`, `text`, `url`, `feed`, `sitemap`, `import`.
        offset: The page's distance from UTC, when the page gave one; `day` is the day at this distance.
        doubtful: True when day and month may be swapped, or the year is implausible.
    """

    at: datetime
    precision: Precision
    origin: str
    offset: timedelta | None = None
    doubtful: bool = False

    @property
    def day(self) -> date:
        """The day the page itself would print."""
        return (self.at + (self.offset or timedelta())).date()


class AuthorKind(StrEnum):
    """The kind of an author: a person, a desk of the paper ("Editorial Board"), or an agency (Reuters)."""

    PERSON = "person"
    DESK = "desk"
    AGENCY = "agency"


@value()
class Author:
    """A name as printed, and its folded key in the corpus (corpus/people/names.py)."""

    name: str
    key: str
    kind: AuthorKind = AuthorKind.PERSON


@value()
class CaptureRef:
    """Where a raw response is stored: the WARC file's name and the byte offset of its record."""

    file: str
    offset: int


@value(kw_only=True)
class Article:
    """The story as it stands, cleaned.

    Attributes:
        url: Canonical URL, the key of the article.
        source: Name of the source in config.toml (a host when imported).
        byline: The byline as printed, whichever names were read from it.
        authors: In printed order.
        body: Plain text; paragraphs separated by a blank line. Never markup.
        fetched: When this text was first fetched; aware UTC.
        fetched_url: The address that answered, when it is not `url`.
        structure: How the body was set on its page, as spans over it; (): plainly; None: that was not read.
        facts: How each field was found: field name -> rule, such as {"published": "json-ld datePublished"}; and under
            `keywords` the subjects that its feed or sitemap files it under, joined by "; "; under `cut` how much of its
            feed's text is stored, where that was too long.
    """

    url: str
    source: str
    headline: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    authors: tuple[Author, ...] = ()
    dateline: str | None = None
    published: PageDate | None = None
    updated: PageDate | None = None
    language: str | None = None
    section: str | None = None
    body: str = ""
    fetched: datetime
    fetched_url: str | None = None
    capture: CaptureRef | None = None
    structure: tuple[Span, ...] | None = None
    facts: dict[str, str] = field(default_factory=dict, hash=False, compare=False)


@value()
class StoredArticle:
    """An article in the store.

    Attributes:
        id: The store's number for it; stable, never reused.
        mark: Its pressmark, such as `k7f003` (corpus/marks.py); derived from the canonical URL.
        sequence: The number of its latest change in the store.
        first_seen: When it first entered the store; aware UTC.
        revision: 1 for the first text it had.
        withdrawn: Why its text was taken away, or None. A withdrawn article's body is empty, unless a person said that
            it is no article: then it can come back.
        copy_of: The id of the leading article of its copy group when it is not the leader itself.
        as_read: The article as its page says, where a person corrected it; None: nothing of it was corrected.
        corrected: The fields of `article` that a person corrected (corpus/corrections/values.py).
    """

    id: int
    mark: str
    sequence: int
    first_seen: datetime
    revision: int
    article: Article
    withdrawn: str | None = None
    copy_of: int | None = None
    as_read: Article | None = None
    corrected: tuple[str, ...] = ()

    @property
    def is_dated_ahead(self) -> bool:
        """Whether its page dates it further after its arrival than clocks differ; it then counts from its arrival."""
        published = self.article.published
        return published is not None and published.at > self.first_seen + AHEAD

    @property
    def page_says(self) -> Article:
        """The article as its page says, whatever a person corrected."""
        return self.as_read or self.article


@dataclass(frozen=True, slots=True)
class Revision:
    """A text an article has had: `number` counts from 1, `seen` is when it was first fetched, `structure` as there."""

    number: int
    seen: datetime
    headline: str | None
    standfirst: str | None
    byline: str | None
    body: str
    fingerprint: str
    structure: tuple[Span, ...] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One article's latest write, as the indexer reads it. `stored` is None once the article is withdrawn."""

    sequence: int
    id: int
    stored: StoredArticle | None


class UrlState(StrEnum):
    """Where a URL of the frontier stands."""

    WAITING = "waiting"  # due at some time
    LEASED = "leased"  # being fetched; taken again when the lease expires
    DROPPED = "dropped"  # not asked for again: refused, gone, not an article, or out of scope


class UrlKind(StrEnum):
    """What a URL is expected to be."""

    HOME = "home"
    FEED = "feed"
    SITEMAP = "sitemap"
    SECTION = "section"
    ARTICLE = "article"


FROM_FEED = message("feed content")  # the fact `body` of an article whose text its feed brought, and not its page


@value(kw_only=True)
class Hints:
    """What a feed or sitemap says of an article; the page may not say it.

    Attributes:
        summary: The beginning of what a feed says of a story without a headline: a wall in its place is known by it.
        keywords: The subjects it is filed under; `section` is the first of them.
        text: The whole story as a feed brought it, paragraphs parted by a blank line; None: it brought a summary.
        is_cut: The story is longer than what is stored of it: `text` is its beginning.
    """

    headline: str | None = None
    summary: str | None = None
    authors: tuple[str, ...] = ()
    published: PageDate | None = None
    updated: PageDate | None = None
    language: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    text: str | None = None
    is_cut: bool = False


@value(kw_only=True)
class Discovered:
    """A URL that was found, and how; `parent` is the address of the page, feed or sitemap that named it.

    `key` is the canonical URL, given when it is not that of the address itself.
    """

    url: str
    kind: UrlKind
    via: Via
    parent: str | None = None
    key: str | None = None
    hints: Hints = Hints()


@value(kw_only=True)
class LeftOut:
    """An address that a feed, sitemap or page named and that is not asked for.

    Attributes:
        url: As it was named, made absolute.
        reason: One word of `corpus/reasons.py`, such as `shape`, `out-of-scope`, `series` or `file-type`.
        via, parent: As in `Discovered`; `via` is empty where a digest alone is remembered of the address.
    """

    url: str
    reason: str
    via: str
    parent: str | None = None


@value(kw_only=True)
class FrontierEntry:
    """A URL in the frontier, with what its last visit found.

    Attributes:
        url: Canonical key. `address` is the spelling to fetch.
        due: When to fetch it next; aware UTC.
        attempts: Nights in a row on which it failed.
        turns: How often the run under way has leased it, this time counted.
        etag, last_modified: Validators exactly as received.
        outcome, reason: Of the last visit; None when there was none. See `Visit`.
        changed: When its text last changed.
        text: Digest of the text that its last visit read, stored or not; None: no visit has noted one.
        was_read: It is a list, and one of the visits that are stored read it; said of what is leased alone.
    """

    url: str
    address: str
    source: str
    host: str
    kind: UrlKind
    state: UrlState
    due: datetime
    attempts: int = 0
    turns: int = 0
    etag: str | None = None
    last_modified: str | None = None
    via: str | None = None
    parent: str | None = None
    hints: Hints = Hints()
    first_seen: datetime
    checked: datetime | None = None
    changed: datetime | None = None
    text: int | None = None
    outcome: str | None = None
    reason: str | None = None
    was_read: bool = False


class Outcome(StrEnum):
    """How one visit to a URL ended."""

    NEW = "new"  # an article the store did not have
    CHANGED = "changed"  # its text, or its authors or dates, differs from what the store had
    UNCHANGED = "unchanged"  # 304, or the same text again
    READ = "read"  # a feed, sitemap or section page was read
    NOT_ARTICLE = "not-article"  # fetched, but a listing, live blog, paywall stub, challenge, soft 404 ...
    REDIRECTED = "redirected"  # it lives under another URL, which is now in the frontier
    WITHDRAWN = "withdrawn"  # gone: 410, or 404 again and again
    REFUSED = "refused"  # robots.txt, noindex, private address, out of scope
    FAILED = "failed"  # timeout, 5xx, too large, truncated, unreadable; tried again later


@value(kw_only=True)
class Visit:
    """The result of a fetch; the store writes it in one transaction.

    Attributes:
        url: The frontier key that was visited.
        outcome: NEW is also given for an article that may turn out changed or unchanged: the store decides
            among NEW, CHANGED and UNCHANGED by the fingerprint, and says so in what it returns.
        reason: One stable word, and a sentence after ": " where there is more to say.
        state, due, attempts: The URL's next state in the frontier; policy is crawler/visiting/frontier.py's.
        again: The same run may ask once more when the URL is due: the host asked for it, or the failure may pass.
        article: The article that was read, if any.
        amends: The page says what it said before; only our reading of it is better. The text is replaced, and that
            is no revision.
        moved: Where the article that stood under this URL lives now; here it is withdrawn.
        kind: What the URL turned out to be when that is another kind than expected; None: as expected.
        found: URLs to add to the frontier; those it knows already keep their state.
        left_out: What a listing named and is not asked for.
        text: Digest of the text of the page, 64 bits, signed; whatever became of it.
        landed: Where its redirects ended, without the query; None: it answered itself.
        claimed: The other URL that the page claims as its own: the visit follows the claim when its outcome is
            REDIRECTED, else refutes it.
        refutes: A URL that several pages claim with different stories; those given up for it are asked again.
        retracts: URLs whose articles this visit showed to be no articles: they are withdrawn for its reason, and
            visited again.
        blocks: Fingerprints of the page's text blocks; the store counts them per source, so that those
            that recur are known as boilerplate (`ArticleStore.sources.boilerplate`).
    """

    url: str
    at: datetime
    outcome: Outcome
    reason: str | None = None
    status: int | None = None
    bytes: int = 0
    took: timedelta = timedelta()
    final_url: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    state: UrlState
    due: datetime
    attempts: int = 0
    again: bool = False
    run: int | None = None
    capture: CaptureRef | None = None
    article: Article | None = None
    amends: bool = False
    moved: str | None = None
    kind: UrlKind | None = None
    found: tuple[Discovered, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    text: int | None = None
    landed: str | None = None
    claimed: str | None = None
    refutes: str | None = None
    retracts: tuple[str, ...] = ()
    blocks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One crawl's receipt.

    `counts` maps source -> outcome -> number; `ended` is None while it runs or when it died. `status` is running,
    ok, partial (of some source nothing could be read), stopped (asked to end), failed (`note` says why), or died:
    killed, as the next run found. `worker_restarts` counts the processes that pages cost it.
    """

    id: int
    started: datetime
    ended: datetime | None = None
    due: datetime | None = None
    trigger: str = "manual"
    status: str = "running"
    counts: dict[str, dict[str, int]] = field(default_factory=dict, hash=False)
    bytes: int = 0
    note: str | None = None
    worker_restarts: int = 0
