"""What the store returns besides articles: hosts, visits, counts and health figures."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from corpus.model import Author, CaptureRef, Outcome, Run, UrlKind, value

LEASE = timedelta(minutes=10)  # of an address; no visit lasts longer: delay, redirects and reading included


@dataclass(frozen=True, slots=True)
class Robots:
    """A robots.txt as fetched. `text` is empty and `status` None when the host could not be reached."""

    text: str
    status: int | None
    fetched: datetime


@dataclass(frozen=True, slots=True)
class Host:
    """What the store knows of a host: its rest, its last request, its robots.txt."""

    host: str
    paused_until: datetime | None = None
    last_request: datetime | None = None
    robots: Robots | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedVisit:
    """One row of the fetch log; fields as in `Visit`."""

    url: str
    source: str
    at: datetime
    outcome: Outcome
    reason: str | None
    status: int | None
    bytes: int
    took: timedelta
    final_url: str | None
    run: int | None
    capture: CaptureRef | None


@value()
class Teller:
    """An address whose last answer had a text; `stands`: the text is stored there as an article."""

    url: str
    stands: bool


@dataclass(frozen=True, slots=True)
class Times:
    """What happened to the text of an article, beside its revisions.

    Attributes:
        confirmed: When the text that stands was last seen again; None: not since it was fetched, or withdrawn.
        withdrawn_at: When its text was last taken away; an article may have come back since.
    """

    confirmed: datetime | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AuthorCount:
    """An author under the key they count as, and how many articles carry their name."""

    author: Author
    articles: int


@dataclass(frozen=True, slots=True)
class Alias:
    """Two keys of one person: `key` counts as `canonical`, because of `evidence`."""

    key: str
    canonical: str
    evidence: str
    made: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The corpus in one line. Withdrawn articles are counted in `withdrawn` only."""

    articles: int
    withdrawn: int
    sources: int
    authors: int
    first_published: datetime | None
    last_published: datetime | None
    last_run: Run | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStats:
    """How a source does.

    Attributes:
        new: Articles first seen in the last seven days.
        last_ok: The last visit that was neither refused nor failed.
        failures: Reason's first word -> visits of the last seven days that were refused or failed.
        visits: All visits of the last seven days.
        failed_days: Refused and failed visits of each of them, the day that ends now last; () when there was none.
        without_byline, without_date: Shares of `articles`, 0.0 to 1.0.
        paused: Its user has stopped its crawls.
    """

    name: str
    articles: int = 0
    new: int = 0
    last_ok: datetime | None = None
    failures: dict[str, int] = field(default_factory=dict, hash=False)
    visits: int = 0
    failed_days: tuple[int, ...] = ()
    without_byline: float = 0.0
    without_date: float = 0.0
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Backfill:
    """How far back a source is walked: from `since` to `until`, both included; None: to the newest.

    `set_on` is the day its user asked for it; what is newer than that day is news, and no bound holds for it.
    """

    since: date
    until: date | None = None
    set_on: date | None = None

    def is_too_new(self, first: date, last: date) -> bool:
        """Whether all of these days lie after `until`, and ended before its user asked."""
        return self.until is not None and self.set_on is not None and self.until < first and last < self.set_on


@dataclass(frozen=True, slots=True)
class Due:
    """The addresses of a source that are due, and those of them whose hosts rest: until when, the first of these."""

    addresses: int
    at_rest: int
    rests_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingStats:
    """One listing of a source that was asked for, and how many articles it was the first to name.

    `outcome`, `reason` and `checked` are of its last visit, `via` of how it was found; see `FrontierEntry`.
    """

    address: str
    kind: UrlKind
    via: str | None
    outcome: str
    reason: str | None
    checked: datetime | None
    articles: int


@value()
class Head:
    """When the next URL of a source at one of its hosts can be leased."""

    source: str
    host: str
    due: datetime
