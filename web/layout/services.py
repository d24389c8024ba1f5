"""The services of the pages: the config, the article store, the search engine, the clock."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from threading import Lock, Thread
from time import monotonic, perf_counter
from typing import TYPE_CHECKING, Any, cast

from flask import Flask, current_app, g

from corpus.config import Config
from corpus.config.following import FollowedConfig
from corpus.errors import PressmarkError
from corpus.events import event
from corpus.store import ArticleStore, Totals
from indexer.contract.protocol import SearchEngine
from indexer.contract.values import Query, Results
from indexer.query.describe import Labels
from indexer.results.present import labels
from indexer.sync import update
from web.layout.exposition import Durations
from web.processes.memory import Numbers
from web.processes.shared import Shared
from web.processes.states import OfState, seen_position

if TYPE_CHECKING:
    from indexer.federation.store import FederatedStore

CACHED = 64  # cached answers; an answer has at most about 50 kB
REMEMBERED = 16  # values that pages made at some cost, for who asks next
COUNTED = 1000  # cached totals
CACHED_VALUES = 100  # values of a facet; an answer with more is too large to cache
FOLLOWED = 500  # changes that an answer waits for to be indexed
FRESH = 5.0  # seconds for which the totals are cached: they are on every page

EXTENSION = "pressmark"
SEARCHES = ("index", "memory", "page", "partial", "failed")  # what answered a search

# What a proxy of Flask stands for, as Flask documents it: each attribute of a proxy takes a microsecond or two, and a
# page would need a hundred.
_app: Callable[[], Flask] = current_app._get_current_object  # type: ignore[attr-defined]  # noqa: SLF001
of_request: Callable[[], Any] = g._get_current_object  # noqa: SLF001

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """A search's results, and how long finding them took the first time, in seconds."""

    results: Results
    took: float


class Services:
    """One corpus as the pages see it. Store and engine are opened at first use and shared by all threads."""

    def __init__(
        self,
        config: Config,
        open_store: Callable[[], ArticleStore],
        open_engine: Callable[[], SearchEngine],
        now: Callable[[], datetime] | None = None,
        shared: Shared | None = None,
    ) -> None:
        self.config = config
        self.shared = shared or Shared()
        self._followed = FollowedConfig(config)
        self.zone = config.zone
        self._open_store = open_store
        self._open_engine = open_engine
        self._now = now or (lambda: datetime.now(UTC))
        self._lock = Lock()
        self._store: ArticleStore | None = None
        self._engine: SearchEngine | None = None
        self._answers: OrderedDict[tuple[int, Query], Answer] = OrderedDict()
        self._counts: OrderedDict[tuple[int, Query], Results] = OrderedDict()
        self._made: OrderedDict[Hashable, Any] = OrderedDict()
        self._slow: dict[str, tuple[float, Any]] = {}
        self._making = Lock()
        self._line: tuple[float, Hashable, Totals] | None = None
        self._of_state = OfState()
        self._searches = Numbers(len(SEARCHES), self.shared.turn())
        self.durations = Durations(turn=self.shared.turn())  # of what the index answered

    def now(self) -> datetime:
        """Return the present moment; aware."""
        return self._now()

    def follow_config(self) -> None:
        """Take over the sources that config.toml names now."""
        self.config = self._followed.now()

    @property
    def store(self) -> ArticleStore:
        """The article store."""
        with self._lock:
            if self._store is None:
                self._store = self._open_store()
            return self._store

    @property
    def engine(self) -> SearchEngine:
        """The search engine; IndexError_ when it cannot be opened now."""
        with self._lock:
            if self._engine is None:
                self._engine = self._open_engine()
            return self._engine

    @property
    def position(self) -> int:
        """The position of the index that a page under way saw at its beginning; caches use it as a key."""
        seen = seen_position()
        return self.engine.position if seen is None else seen

    @cached_property
    def form_secret(self) -> bytes:
        """What signs the forms of the pages; it never changes."""
        return self.store.audit.secret

    @property
    def federation(self) -> "FederatedStore | None":
        """The articles of all stores in a cluster, when these are shown; None: the pages have a store of their own."""
        if self.config.indexer.stores != "all":
            return None
        return cast("FederatedStore", self.store)

    def totals(self) -> Totals:
        """Return the corpus in one line, at most a few seconds old; that it is empty is never said from memory.

        They are counted again only where the store was written to: a million articles take a fifth of a second.
        """
        line = self._line
        if line is not None and line[2].articles:
            if monotonic() - line[0] <= FRESH:
                return line[2]
            if line[1] is not None and line[1] == self.store.state:
                self._line = monotonic(), line[1], line[2]
                return line[2]
        state = self.store.state  # what is written after this look is counted the next time
        line = self._line = monotonic(), state, self.store.totals()
        return line[2]

    def aliases(self) -> Mapping[str, str]:
        """Return author key -> the key the author is known by."""
        return self._of_state.get("aliases", self.store.authors.aliases)

    def desk_revision(self) -> int:
        """Return a number that another state of dossiers and tags does not have."""
        return self._of_state.get("desk", lambda: self.store.dossiers.revision)

    def search(self, query: Query) -> Answer:
        """Answer a query; the same one on the same state of the index is answered from memory."""
        by = "failed"
        try:
            answer, by = self._answer(query)
        finally:
            self.count_search(by)
        return answer

    def count_search(self, by: str) -> None:
        """Count a search by what answered it, one of SEARCHES."""
        self._searches.add(SEARCHES.index(by))

    def searched(self, by: str) -> int:
        """Return how many searches were answered by one of SEARCHES."""
        return int(self._searches.values[SEARCHES.index(by)])

    @property
    def searches(self) -> Mapping[str, int]:
        """The searches that all processes of the server counted since it began, by SEARCHES."""
        return dict(zip(SEARCHES, map(int, self._searches.all()), strict=True))

    def _answer(self, query: Query) -> tuple[Answer, str]:
        """Return the answer, and which of SEARCHES gave it."""
        key = (self.position, query)
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key], "memory"
        started = perf_counter()
        results = self.engine.search(query)
        answer = Answer(results, perf_counter() - started)
        self.durations.add(answer.took)
        with self._lock:
            if not results.partial and query.facet_size <= CACHED_VALUES:
                self._answers[key] = answer
            while len(self._answers) > CACHED:
                self._answers.popitem(last=False)
        return answer, "partial" if results.partial else "index"

    def count(self, query: Query) -> int:
        """Return how many articles a query finds."""
        return self.counted(query).total

    def counted(self, query: Query) -> Results:
        """Return how many articles a query finds, whether that is a part of them, and the index's position alone."""
        query = query._replace(facets=(), interval=None, suggests=False, page=1, per_page=1)
        key = (self.position, query)
        with self._lock:
            if key in self._counts:
                self._counts.move_to_end(key)
                return self._counts[key]
        found = self.engine.search(query)
        results = Results(found.total, (), partial=found.partial, position=found.position)
        with self._lock:
            if not results.partial:
                self._counts[key] = results
            while len(self._counts) > COUNTED:
                self._counts.popitem(last=False)
        return results

    def follow_store(self) -> None:
        """Bring the index up to what was just changed by hand; many changes are followed behind the answer."""
        behind = self.store.sequence - self.engine.position
        if 0 < behind <= FOLLOWED:
            self._follow_store()
        elif behind > 0 and self.engine.position > 0:  # an index that was never made is made by `pressmark index`
            Thread(target=self._follow_store, name="index", daemon=True).start()

    def _follow_store(self) -> None:
        try:
            with self.shared.indexing():  # what another request changed meanwhile is indexed by its own update, next
                update(self.store, self.engine, zone=self.zone)
        except PressmarkError as error:  # another updates it now, or it is being rebuilt: both bring the change
            event(log, "index not updated at once", error=error)

    def remember(self, key: Hashable, value: Any, *, in_all: bool = False) -> None:
        """Hold a value for who asks next; the key names the state it was made of.

        With `in_all`, the other processes of the server have it, too: an answer would differ without it.
        """
        if in_all and self.shared.file_cache is not None:
            self.shared.file_cache.put(key, value)
        with self._lock:
            self._made[key] = value
            self._made.move_to_end(key)
            while len(self._made) > REMEMBERED:
                self._made.popitem(last=False)

    def remembered(self, key: Hashable, *, in_all: bool = False) -> Any:
        """Return the value that was stored under a key, or None; with `in_all`, that of any process."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
        return self.shared.file_cache.get(key) if in_all and self.shared.file_cache is not None else None

    def refreshed(self, name: str, make: Callable[[], Any], *, seconds: float, wait: bool = True) -> Any:
        """Return a value that takes seconds to make; one older than `seconds` is made again after the answer.

        One is made at a time. Where there is none yet the request waits for it; with `wait` False it gets None.
        """
        made = self._slow.get(name)
        if made is None and wait:
            self._make(name, make)
            made = self._slow.get(name)
        elif (made is None or monotonic() - made[0] > seconds) and not self._making.locked():
            Thread(target=self._make_behind, args=(name, make, made), name=name, daemon=True).start()
        return None if made is None else made[1]

    def _make(self, name: str, make: Callable[[], Any], old: tuple[float, Any] | None = None) -> None:
        with self._making:
            if self._slow.get(name) is old:  # or somebody made it meanwhile
                self._slow[name] = (monotonic(), make())

    def _make_behind(self, name: str, make: Callable[[], Any], old: tuple[float, Any] | None) -> None:
        try:
            self._make(name, make, old)
        except PressmarkError as error:  # such as a store that was closed meanwhile; the next request tries again
            event(log, "value not made", name=name, error=error)

    def labels(self, query: Query, results: Results | None = None) -> Labels:
        """Return the names of the values of a search's filters, and of its facets where it was answered."""
        names = self.store.authors.labels
        sources = [each.name for each in self.config.sources]
        return labels(lambda keys: self._of_state.authors(keys, names), query, results, sources=sources)

    def close(self) -> None:
        """Close what was opened."""
        with self._lock:
            if self._engine is not None:
                self._engine.close()
            if self._store is not None:
                self._store.close()
            self._engine = self._store = None


def current_services() -> Services:
    """Return the services of the app that answers this request."""
    found: Services = _app().extensions[EXTENSION]
    return found
