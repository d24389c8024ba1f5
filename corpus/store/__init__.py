"""The ArticleStore: one SQLite file with the articles, and what belongs to them. Only this package speaks SQL.

The file is `<data>/pressmark.sqlite`; beside it stand `captures/*.warc.gz`, `index/` and `crawl.lock`.
A method is one transaction: when it returns, what it wrote is on disk; when it raises, or the process dies,
nothing of it is. Any number of threads and processes may use one store.

Every write to an article takes the next sequence, and a row carries only its latest; so a reader that remembers
the last sequence it has read learns all that happened since from `changes`, withdrawals too.

The store itself reads and writes articles. What else it holds is behind an attribute: `frontier`, `walks`, `census`
and `evidence` (addresses), `journal`, `requests`, `runs`, `schedule`, `sources`, `health` and `notices` (crawls),
`authors`, `copies`, `corrections` and `damage` (articles), `receipts`, `saved`, `dossiers`, `bundles` and `audit` (what
readers keep and change), `users`, `sessions` and `tokens` (who may sign in).
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from corpus.model import Article, Change, Outcome, Revision, StoredArticle, Visit
from corpus.records import ArticleRecord
from corpus.store.accounts.sessions import Sessions, Tokens
from corpus.store.accounts.users import Users
from corpus.store.addresses.census import Census
from corpus.store.addresses.evidence import Evidence
from corpus.store.addresses.frontier import Frontier
from corpus.store.addresses.walks import Walks
from corpus.store.articles import filing, importing, in_time, missing_ids, reading
from corpus.store.articles.authors import Authors
from corpus.store.articles.checking import Damage
from corpus.store.articles.compacting import Compacted, compact
from corpus.store.articles.copies import Copies
from corpus.store.articles.correcting import Corrections
from corpus.store.articles.withdrawing import TakenAway, withdraw_by_hand
from corpus.store.crawls import recording, sources
from corpus.store.crawls.health import SourceHealth
from corpus.store.crawls.journal import Journal
from corpus.store.crawls.notices import Notices
from corpus.store.crawls.requests import Requests
from corpus.store.crawls.runs import Runs
from corpus.store.crawls.schedule import Schedule
from corpus.store.crawls.sources import Sources
from corpus.store.desk.audit import AuditLog
from corpus.store.desk.bundles import Bundles
from corpus.store.desk.dossiers import Dossiers
from corpus.store.desk.passages import Passages
from corpus.store.desk.receipts import Receipts
from corpus.store.desk.samples import Samples
from corpus.store.desk.saved import SavedSearches
from corpus.store.file import history
from corpus.store.file.database import Database, State
from corpus.store.values import (
    Alias,
    AuthorCount,
    Head,
    Host,
    ListingStats,
    LoggedVisit,
    Robots,
    SourceStats,
    Teller,
    Times,
    Totals,
)  # fmt: skip

__all__ = [
    "Alias", "ArticleStore", "AuthorCount", "Head", "Host", "ListingStats", "LoggedVisit", "Robots",
    "SourceStats", "Teller", "Times", "Totals",
]  # fmt: skip

FILE = "pressmark.sqlite"  # its name in the data directory


class ArticleStore:
    """The article store of one corpus; open it with `ArticleStore.open`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.authors = Authors(database)
        self.bundles = Bundles(database)
        self.census = Census(database)
        self.copies = Copies(database)
        self.corrections = Corrections(database)
        self.damage = Damage(database)
        self.audit = AuditLog(database)
        self.dossiers = Dossiers(database)
        self.evidence = Evidence(database)
        self.frontier = Frontier(database)
        self.health = SourceHealth(database)
        self.journal = Journal(database)
        self.notices = Notices(database)
        self.passages = Passages(database)
        self.samples = Samples(database)
        self.receipts = Receipts(database)
        self.requests = Requests(database)
        self.runs = Runs(database)
        self.saved = SavedSearches(database)
        self.schedule = Schedule(database)
        self.sessions = Sessions(database)
        self.sources = Sources(database)
        self.tokens = Tokens(database)
        self.users = Users(database)
        self.walks = Walks(database)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> "ArticleStore":
        """Open the store's file, made and brought up to date as needed.

        Raises:
            StoreError: it is not ours, is damaged, was made by a newer version, or (read only) does not exist.
        """
        return cls(Database(path, read_only=read_only))

    def limit_cache(self) -> None:
        """Limit the bytes of the file that this thread's connection, and each one opened from now on, holds."""
        self._database.limit_cache()

    def ease(self) -> None:
        """Give back what this thread's connection holds of the file, and memory that nothing holds, of the process."""
        self._database.ease()

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

    @property
    def state(self) -> State:
        """What changes with every write of any process to the store."""
        return self._database.state

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return self._database.read_only

    # ------------------------------------------------------------ articles, written

    def record(self, visit: Visit) -> Outcome:
        """Store all a visit led to; return its outcome: NEW, CHANGED and UNCHANGED are decided here."""
        return recording.record(self._database, visit)

    def record_many(self, visits: Iterable[Visit]) -> list[Outcome | Exception]:
        """Store visits in one transaction; one that raises an error of ours has it as its answer, the rest is stored.

        Raises:
            StoreError: The store cannot be written; nothing of any visit is stored.
        """
        return recording.record_many(self._database, visits)

    def write(self, article: Article) -> Outcome:
        """Store an article that no visit of ours brought, such as an imported article."""
        counts = self.write_many([article])
        return next(outcome for outcome, count in counts.items() if count)

    def write_many(self, items: Iterable[Article | ArticleRecord | Alias]) -> dict[Outcome, int]:
        """Store articles, records of another store and its merges of authors, 500 to a transaction.

        The time at which a text was fetched decides its place: a text older than the one that stands becomes an earlier
        revision. Return how many articles were NEW, CHANGED and UNCHANGED, and WITHDRAWN if some were left so.
        """
        return importing.write_many(self._database, items)

    def amend_many(self, readings: Iterable[tuple[int, Article]]) -> int:
        """Store better readings of stored responses, all in one transaction; return how many were stored.

        A reading is the sequence that its article had when it was read, and the article. An article that was written or
        withdrawn since stays as it is. The text that stands is replaced, which is no revision; `fetched` stays.
        """
        return filing.amend_many(self._database, readings)

    def withdraw(self, id: int, reason: str, *, at: datetime | None = None) -> bool:
        """Take an article's text away in every revision, keep the fact; False when there is nothing to take."""
        return filing.withdraw(self._database, id, reason, at or datetime.now(UTC))

    def withdraw_by_hand(self, id: int, reason: str, *, at: datetime) -> TakenAway:
        """Take an article's text away for good, as the operator wants it; return what else may hold the text."""
        return withdraw_by_hand(self._database, id, reason, at)

    def set_copy(self, id: int, copy_of: int | None) -> None:
        """Set the leader of an article's copy group; None: the article leads, or has no copies."""
        filing.set_copy(self._database, id, copy_of)

    # ------------------------------------------------------------ articles, read

    @property
    def sequence(self) -> int:
        """The last sequence given; 0 for an empty store."""
        with self._database.reading() as connection:
            return filing.sequence(connection)

    def history(self, sequence: int) -> str | None:
        """Return the token of this store's history up to a sequence; None when the store has not come so far."""
        return history.token(self._database, sequence)

    def changes(
        self, after: int, limit: int, upto: int | None = None, *, revised: bool = False, with_structure: bool = True
    ) -> list[Change]:
        """Return at most `limit` changes with after < sequence <= upto, in order; empty when there are no more.

        Args:
            revised: Only those of articles that have had more than one text, or are withdrawn.
            with_structure: As `articles` has it.
        """
        return reading.changes(self._database, after, limit, upto, revised=revised, with_structure=with_structure)

    def article(self, id: int) -> StoredArticle | None:
        """Return the article with this id; a withdrawn one has `withdrawn` set and no text."""
        return reading.article(self._database, id)

    def articles(self, ids: Iterable[int], *, with_structure: bool = True) -> dict[int, StoredArticle]:
        """Return id -> article in the order given; unknown ids are left out.

        Args:
            with_structure: False for lists of texts: `structure` is None then, and nothing of it is unpacked.
        """
        return reading.articles(self._database, ids, with_structure=with_structure)

    def heads(self, ids: Iterable[int]) -> dict[int, StoredArticle]:
        """Return id -> article without its body, in the order given, for lists: no text is unpacked."""
        return reading.heads(self._database, ids)

    def missing(self, ids: Iterable[int]) -> list[int]:
        """Return the ids that no article has or had: a withdrawn article keeps its id."""
        return missing_ids.missing(self._database, ids)

    def by_mark(self, mark: str) -> StoredArticle | None:
        """Return the article with this pressmark (as `corpus.marks.read_mark` reads it)."""
        return reading.by_mark(self._database, mark)

    def by_url(self, url: str) -> StoredArticle | None:
        """Return the article with this canonical URL."""
        return reading.by_url(self._database, url)

    def unchanged(self, article: Article) -> bool:
        """Tell whether `write(article)` would change nothing."""
        return reading.unchanged(self._database, article)

    def revision_times(self, id: int) -> dict[int, datetime]:
        """Return the number of every text the article has had -> when it was seen, the first one first."""
        return reading.revision_times(self._database, id)

    def revisions(self, id: int, *, numbers: Collection[int] | None = None) -> list[Revision]:
        """Return the texts the article has had, all or some by number, the oldest first, without damaged ones."""
        return reading.revisions(self._database, id, numbers)

    def times(self, id: int) -> Times:
        """Return when the text of an article was last seen again, and when it was last taken away."""
        return in_time.times(self._database, id)

    def newest(self, limit: int) -> list[StoredArticle]:
        """Return the articles published last; an undated one counts from when it was first seen."""
        return reading.newest(self._database, limit)

    def every(self) -> Iterator[StoredArticle]:
        """Walk through all articles that are not withdrawn, by id, in bounded memory."""
        return reading.every(self._database)

    def ids_of(self, source: str, *, after: int = 0) -> list[int]:
        """Return the ids over `after` of a source's articles, withdrawn or not, in their order."""
        return reading.ids_of(self._database, source, after)

    def withdrawn(self) -> Iterator[tuple[StoredArticle, datetime]]:
        """Walk through the withdrawn articles by id, each with when its text was taken away."""
        return reading.withdrawn(self._database)

    # ------------------------------------------------------------ the whole

    def totals(self) -> Totals:
        """Return the figures of the whole corpus."""
        return sources.totals(self._database)

    def compact(self, progress: Callable[[float], object] = lambda share: None) -> Compacted:
        """Pack every text as densely as it goes, and give free room back to the disk; no text and no sequence changes.

        Args:
            progress: Called with the share of the texts that are done.
        """
        return compact(self._database, progress)

    def one_state(self) -> AbstractContextManager[object]:
        """Have all reads of this thread see one state until the block ends, whatever is written meanwhile."""
        return self._database.reading()

    def backup(self, target: Path) -> None:
        """Write a consistent copy of the store to a new file, while others read and write it."""
        self._database.copy_to(target)
