"""The ArticleStore: where articles are kept. Only this package speaks SQL.

It is `<data>/pressmark.sqlite`; beside it stand `captures/*.warc.gz`, `index/` and `crawl.lock`.
Each method is one transaction: when it returns, what it wrote is on disk; when it raises, or the process
dies, nothing of it is. One store may be used from any number of threads and processes.

Every write to an article takes the next sequence, and a row carries only its latest; so whoever keeps the
last sequence they read learns all that happened since from `changes`, withdrawals too.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType

from corpus.model import (
    Article,
    Author,
    Change,
    Discovered,
    FrontierEntry,
    Outcome,
    Revision,
    Run,
    StoredArticle,
    UrlState,
    Visit,
)
from corpus.records import ArticleRecord
from corpus.store.addresses import frontier, losses, walks
from corpus.store.addresses.census import Census
from corpus.store.addresses.evidence import Evidence
from corpus.store.articles import authors, checking, damage, filing, reading, taking
from corpus.store.articles.copies import Copies
from corpus.store.crawls import blocks, journal, recording, stats
from corpus.store.file import history
from corpus.store.file.database import Database
from corpus.store.values import Alias, AuthorCount, Host, ListingStats, LoggedVisit, Robots, SourceStats, Totals

__all__ = [
    "Alias", "ArticleStore", "AuthorCount", "Host", "ListingStats", "LoggedVisit", "Robots", "SourceStats", "Totals",
]  # fmt: skip

FILE = "pressmark.sqlite"  # its name in the data directory


class ArticleStore:
    """The article store of one corpus; open it with `ArticleStore.open`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.copies = Copies(database)
        self.census = Census(database)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> "ArticleStore":
        """Open the store's file, made and brought up to date as needed.

        Raises:
            StoreError: it is not ours, is damaged, was made by a newer version, or (read only) does not exist.
        """
        return cls(Database(path, read_only=read_only))

    def close(self) -> None:
        """Close the connections of every thread."""
        self._database.close()

    def __enter__(self) -> "ArticleStore":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """Where the store's file is."""
        return self._database.path

    # ------------------------------------------------------------ articles, written

    def record(self, visit: Visit) -> Outcome:
        """Store all a visit led to; return its outcome: NEW, CHANGED and UNCHANGED are decided here."""
        return recording.record(self._database, visit)

    def write(self, article: Article) -> Outcome:
        """Store an article that no visit of ours brought, such as an imported one."""
        counts = self.write_many([article])
        return next(outcome for outcome, count in counts.items() if count)

    def write_many(self, items: Iterable[Article | ArticleRecord | Alias]) -> dict[Outcome, int]:
        """Store articles, records of another store and its merges of authors, 500 to a transaction.

        Each text stands where the time it was fetched puts it: one older than the text that stands becomes an earlier
        revision. Return how many articles were NEW, CHANGED and UNCHANGED, and WITHDRAWN if some were left so.
        """
        return taking.write_many(self._database, items)

    def amend_many(self, readings: Iterable[tuple[int, Article]]) -> int:
        """Store better readings of the responses we have, all in one transaction; return how many were.

        Each is the sequence its article had when it was read, and the article: one that was written or withdrawn
        since stays as it is. The text that stands is replaced, which is no revision; `fetched` stays.
        """
        return filing.amend_many(self._database, readings)

    def withdraw(self, id: int, reason: str, *, at: datetime | None = None) -> bool:
        """Take an article's text away in every revision, keep the fact; False when there is nothing to take."""
        return filing.withdraw(self._database, id, reason, at or datetime.now(UTC))

    def set_copy(self, id: int, copy_of: int | None) -> None:
        """Say which article leads the copy group of this one; None: it leads, or has no copies."""
        filing.set_copy(self._database, id, copy_of)

    # ------------------------------------------------------------ articles, read

    @property
    def sequence(self) -> int:
        """The last sequence given; 0 for an empty store."""
        return int(self._database.value("SELECT value FROM meta WHERE key = 'sequence'"))

    def history(self, sequence: int) -> str | None:
        """Return what tells this store's history up to a sequence from any other's; None when it is not there yet."""
        return history.token(self._database, sequence)

    def changes(self, after: int, limit: int, upto: int | None = None) -> list[Change]:
        """Return at most `limit` changes with after < sequence <= upto, in order; empty when there are no more."""
        return reading.changes(self._database, after, limit, upto)

    def article(self, id: int) -> StoredArticle | None:
        """Return the article with this id; a withdrawn one has `withdrawn` set and no text."""
        return reading.article(self._database, id)

    def articles(self, ids: Iterable[int]) -> dict[int, StoredArticle]:
        """Return id -> article in the order given; unknown ids are left out."""
        return reading.articles(self._database, ids)

    def missing(self, ids: Iterable[int]) -> list[int]:
        """Return those of the ids that no article has or had: a withdrawn article keeps its id."""
        return reading.missing(self._database, ids)

    def by_mark(self, mark: str) -> StoredArticle | None:
        """Return the article with this pressmark (as `corpus.marks.read_mark` reads it)."""
        return reading.by_mark(self._database, mark)

    def by_url(self, url: str) -> StoredArticle | None:
        """Return the article with this canonical URL."""
        return reading.by_url(self._database, url)

    def unchanged(self, article: Article) -> bool:
        """Tell whether `write(article)` would change nothing."""
        return reading.unchanged(self._database, article)

    def revisions(self, id: int) -> list[Revision]:
        """Return every text the article has had, the first one first."""
        return reading.revisions(self._database, id)

    def newest(self, limit: int) -> list[StoredArticle]:
        """Return the articles published last; an undated one counts from when it was first seen."""
        return reading.newest(self._database, limit)

    def every(self) -> Iterator[StoredArticle]:
        """Walk through all articles that are not withdrawn, by id, in bounded memory."""
        return reading.every(self._database)

    def withdrawn(self) -> Iterator[tuple[StoredArticle, datetime]]:
        """Walk through the withdrawn articles by id, each with when its text was taken away."""
        return reading.withdrawn(self._database)

    # ------------------------------------------------------------ damage

    def damaged(self) -> dict[int, str]:
        """Return id -> what is wrong with it, of every article found damaged; they are left out everywhere."""
        return reading.damaged(self._database)

    def check(self, *, full: bool) -> Iterator[str]:
        """Yield what is wrong with the file, a sentence each: its pages, and with `full` each article and revision."""
        return checking.check(self._database, full=full)

    def without_text(self, id: int) -> StoredArticle | None:
        """Return what the row of an article says of where it is from, its body left out, damaged or not."""
        return reading.without_text(self._database, id)

    def mend(self, id: int) -> int | None:
        """Give a damaged article the newest of its texts that is whole; return its revision, or None if none is."""
        return damage.mend_from_revision(self._database, id)

    def backup(self, target: Path) -> None:
        """Write a consistent copy of the store to a new file, while others read and write it."""
        self._database.copy_to(target)

    # ------------------------------------------------------------ authors

    def author_labels(self, keys: Collection[str]) -> dict[str, Author]:
        """Return key -> the name printed most often under it; unknown keys are left out."""
        return authors.labels(self._database, keys)

    def authors(self, *, limit: int = 100, offset: int = 0, prefix: str = "") -> list[AuthorCount]:
        """Return authors whose key begins with `prefix`, by key, each with the articles that carry their name."""
        return authors.counted(self._database, limit=limit, offset=offset, prefix=prefix)

    def aliases(self) -> dict[str, str]:
        """Return author key -> the key it counts as."""
        return authors.aliases(self._database)

    def alias_rows(self) -> list[Alias]:
        """Return every alias as it was made, with its evidence."""
        return authors.alias_rows(self._database)

    def merge_authors(self, keys: Iterable[str], into: str, evidence: str, *, at: datetime | None = None) -> int:
        """Make author keys count as `into`; return how many articles got a new sequence for it."""
        return authors.merge(self._database, keys, into, evidence, at or datetime.now(UTC))

    def split_author(self, key: str) -> int:
        """Undo an alias; return how many articles got a new sequence for it."""
        return authors.split(self._database, key)

    # ------------------------------------------------------------ figures

    def totals(self) -> Totals:
        """Return the corpus in one line."""
        return stats.totals(self._database)

    def source_stats(self, now: datetime) -> dict[str, SourceStats]:
        """Return source -> how it does, for every source ever seen."""
        return stats.source_stats(self._database, now)

    def pause_source(self, name: str, since: datetime | None) -> None:
        """Stop a source's crawls, or let them go on (None); `SourceStats.paused` tells."""
        stats.pause_source(self._database, name, since)

    def boilerplate(self, source: str, *, min_pages: int = 3, share: float = 0.3) -> frozenset[int]:
        """Return the text blocks on at least `min_pages` pages and `share` of the source's pages."""
        return blocks.boilerplate(self._database, source, min_pages=min_pages, share=share)

    def keep_boilerplate(self, source: str, found: frozenset[int]) -> None:
        """Make these text blocks those that the source's pages are read without, in crawls and re-readings alike."""
        blocks.keep(self._database, source, found)

    def known_boilerplate(self, source: str) -> frozenset[int]:
        """Return the text blocks that the source's pages are read without; none until some were kept."""
        return blocks.known(self._database, source)

    # ------------------------------------------------------------ frontier

    def add(self, found: Iterable[Discovered], source: str, now: datetime) -> int:
        """Add URLs to the frontier, due now; those it knows keep their state. Return how many were new."""
        with self._database.writing() as connection:
            return frontier.add(connection, found, source, now)

    def lease(
        self,
        now: datetime,
        *,
        limit: int,
        busy_hosts: Collection[str] = (),
        sources: Collection[str] | None = None,
        lease_for: timedelta = timedelta(minutes=10),
        run: int | None = None,
    ) -> list[FrontierEntry]:
        """Take due URLs, oldest due first, at most one per host, none of a busy or paused host.

        A lease ends with `record`, with `release`, or when it expires. A run gets no URL twice, unless a visit was
        recorded with `again`, and then a few times at most; without a run, that is not looked at.
        """
        return frontier.lease(
            self._database, now, limit=limit, busy_hosts=busy_hosts, sources=sources, lease_for=lease_for, run=run
        )

    def lease_one(
        self, url: str, now: datetime, *, lease_for: timedelta = timedelta(minutes=10), run: int | None = None
    ) -> FrontierEntry | None:
        """Take one known URL whenever it is due; None when it is leased, the run asked for it, or its host rests."""
        return frontier.lease_one(self._database, url, now, lease_for=lease_for, run=run)

    def release(self, url: str | None = None) -> int:
        """End a lease without a visit; return how many ended.

        Without a URL, end every lease: for a crawl that holds the lock and finds the leases of one that died.
        """
        return frontier.release(self._database, url)

    def entry(self, url: str) -> FrontierEntry | None:
        """Return what is known of a canonical URL."""
        return frontier.entry(self._database, url)

    @property
    def evidence(self) -> Evidence:
        """What other addresses of a source tell, lead to and claim."""
        return Evidence(self._database)

    def reschedule(self, url: str, due: datetime) -> bool:
        """Make a known URL due at another time, a dropped one too; False when it is not known."""
        return frontier.reschedule(self._database, url, due)

    def feeds(self) -> dict[str, tuple[str, ...]]:
        """Return source -> the addresses of its feeds that were read at their last visit."""
        return frontier.feeds(self._database)

    def ways_in(self, source: str) -> list[ListingStats]:
        """Return the listings of a source, and how many articles each was the first to name; the most first."""
        return walks.ways_in(self._database, source)

    def left_out(self, source: str) -> dict[str, tuple[int, tuple[str, ...]]]:
        """Return reason -> how many addresses of a source were left out for it, and the latest few; the most first."""
        return losses.counts(self._database, source)

    def postpone(self, found: Iterable[Discovered], source: str, now: datetime) -> int:
        """Remember older pages that are not asked for until `resume_walk`; return how many were new."""
        return walks.postpone(self._database, found, source, now)

    def postponed(self) -> dict[str, tuple[str, ...]]:
        """Return source -> the older pages that wait until they are asked for, in the order they were found."""
        return walks.postponed(self._database)

    def resume_walk(self, addresses: Collection[str], source: str, since: datetime, now: datetime) -> int:
        """Walk a source back to a day from now on, and make these postponed pages due; return how many are."""
        return walks.resume(self._database, addresses, source, since, now)

    def backfill_goal(self, source: str) -> datetime | None:
        """Return the day to which a source is walked back; None: as far as config says."""
        return walks.goal(self._database, source)

    def walked(self, source: str, via: str) -> int:
        """Return how many addresses of a source that were found this way are or were asked for."""
        return walks.walked(self._database, source, via)

    def newest_below(self, source: str, parent: str) -> datetime | None:
        """Return when the newest stored article that a listing named was published; None when nothing says so."""
        return walks.newest_below(self._database, source, parent)

    def due_count(self, now: datetime) -> dict[str, int]:
        """Return source -> how many of its URLs are due."""
        return frontier.due_count(self._database, now)

    def next_due(self, sources: Collection[str] | None = None) -> datetime | None:
        """Return when the next waiting URL can be leased; None when none waits."""
        return frontier.next_due(self._database, sources)

    def frontier_stats(self) -> dict[str, dict[UrlState, int]]:
        """Return source -> state -> how many of its URLs are in it."""
        return frontier.stats(self._database)

    # ------------------------------------------------------------ hosts, visits, runs, schedule

    def host(self, host: str) -> Host:
        """Return what is remembered of a host; an empty `Host` when nothing is."""
        return journal.host(self._database, host)

    def pause_host(self, host: str, until: datetime | None) -> None:
        """Lease nothing of this host until then; None ends the rest."""
        journal.pause_host(self._database, host, until)

    def keep_robots(self, host: str, robots: Robots) -> None:
        """Remember a host's robots.txt."""
        journal.keep_robots(self._database, host, robots)

    def visits(self, url: str | None = None, *, limit: int = 50) -> list[LoggedVisit]:
        """Return the latest visits, to one canonical URL or to all, the last one first."""
        return journal.visits(self._database, url, limit)

    def forget_visits(self, before: datetime) -> int:
        """Drop rows of the fetch log older than that; return how many."""
        return journal.forget_visits(self._database, before)

    def start_run(self, *, started: datetime, due: datetime | None = None, trigger: str = "manual") -> int:
        """Open a run's receipt and return its id; a run still open has died and is marked so.

        Visits from over 400 days ago leave the fetch log.
        """
        return journal.start_run(self._database, started, due, trigger)

    def finish_run(self, run: Run) -> None:
        """Close a receipt with the ended, status, counts, bytes and note of `run`."""
        journal.finish_run(self._database, run)

    def runs(self, limit: int = 10) -> list[Run]:
        """Return the latest runs, the last one first."""
        return journal.runs(self._database, limit)

    def due_at(self, job: str) -> datetime | None:
        """Return when a job is due next; None when that was never set."""
        return journal.due_at(self._database, job)

    def set_due(self, job: str, when: datetime | None) -> None:
        """Set when a job is due next; None forgets it."""
        journal.set_due(self._database, job, when)
