"""The search engine on an OpenSearch cluster.

indexer/contract/protocol.py says what its members promise. A search that falls into the moment of a commit, some
hundredths of a second, may see a part of it; the position it reports is never ahead of what it sees.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from threading import Lock, local
from time import monotonic
from typing import TypeVar

from corpus.errors import IndexDamaged, IndexError_, IndexLocked
from corpus.events import SlowEvent
from corpus.locks import hold
from indexer.contract.facets import FacetName
from indexer.contract.listing import Listing
from indexer.contract.origin import Origin
from indexer.contract.protocol import Batch
from indexer.contract.values import Completion, Explanation, Hit, Match, Query, Results
from indexer.opensearch_engine import mapping
from indexer.opensearch_engine.cluster import Cluster, ClusterSettings
from indexer.opensearch_engine.explaining import explanation
from indexer.opensearch_engine.listing import listing
from indexer.opensearch_engine.refusals import Refused, damaged, is_over, is_swept, missing, passes
from indexer.opensearch_engine.search import answer
from indexer.opensearch_engine.similar import similar
from indexer.opensearch_engine.snapshot import Snapshot
from indexer.opensearch_engine.state import Readable, State, States
from indexer.opensearch_engine.writing import Writer, write
from indexer.query.completion import completions

HANDED = 0.1  # seconds for which the state that a thread has just asked for holds for its next question
SWAPPED = 3  # times an index may be swapped for a new one while a search is under way

log = logging.getLogger(__name__)

Expected = Callable[[int], Origin | None]  # position -> the origin to find there; None: nothing can have come so far
T = TypeVar("T")


class _Handed(local):
    """The state that a thread asked for to know the position, until its next question; and when that was."""

    state: State | None = None
    at = 0.0


class OpenSearchEngine:
    """A SearchEngine in a cluster."""

    def __init__(
        self,
        settings: ClusterSettings,
        store: str,
        path: Path,
        *,
        languages: tuple[str, ...] = (),
        expected: Expected | None = None,
        home: str = "",
        states: Callable[[Cluster], Readable] | None = None,
    ) -> None:
        """Open the index of a store.

        Args:
            settings: Where the cluster is.
            store: Tells the store from all others; the names of its indexes have it.
            path: The folder where a lock keeps the writers of this machine apart.
            languages: Whose word forms are known; those of the articles when it names none.
            expected: What the index must be made of; an index of another store does not answer. Anything when None.
            home: The address of the pages of this machine; empty when they have none.
            states: Makes what tells which indexes answer, where these are not the store's own: then nothing is written.
        """
        self._cluster = Cluster(settings)
        self._base = f"{settings.prefix}-{store}" if store else settings.prefix
        own = States(self._cluster, store, str(path.absolute()), home)
        self._own = own if states is None else None
        self._states: Readable = own if states is None else states(self._cluster)
        self._path = path
        self._languages = languages
        self._expected = expected
        self._lock = Lock()
        self._handed = _Handed()
        self._routings: dict[str, tuple[str, ...]] = {}
        self._snapshot: Snapshot | None = None
        self._damage: IndexDamaged | None = None
        self._serving = 0

    @property
    def position(self) -> int:
        """The last sequence committed; 0 when the index is damaged, so that an update makes it again."""
        try:
            return self._newest(hand_on=True).position
        except IndexDamaged:
            return 0

    @property
    def damage(self) -> IndexDamaged | None:
        """What is wrong with the newest commit, as far as was noticed."""
        return self._damage

    @property
    def outdated(self) -> str | None:
        """Why what answers is to be rebuilt although it is whole, in words; None when it is not."""
        known = self._snapshot
        return known.outdated if known else None

    @property
    def serving(self) -> int:
        """The position of what answered last."""
        return self._serving

    def examine(self) -> None:
        """See that every shard of the index has all its parts, and notice damage."""
        for problem in self.problems():
            self._damage = IndexDamaged(problem)
            raise self._damage

    def apply(self, batches: Iterable[Batch]) -> int:
        """Apply the batches in order, each committed with its position, several together."""
        with hold(self._path / "lock", what="an index update", error=IndexLocked):
            self._apply(batches, rebuild=self._is_to_be_made())
        return self.position

    def rebuild(self, batches: Iterable[Batch]) -> int:
        """Rebuild the index, beside the one that answers, and swap them; return the position."""
        with hold(self._path / "lock", what="an index rebuild", error=IndexLocked):
            self._apply(batches, rebuild=True)
        return self.position

    def delete(self) -> None:
        """Delete all indexes of the store."""
        with hold(self._path / "lock", what="an index deletion", error=IndexLocked):
            names = ",".join(f"{self._base}-{kind}" for kind in ("articles-*", "words-*", "state"))
            found = self._cluster.write(
                "GET", f"/{names}", ignore_unavailable=True, filter_path="*.settings.index.uuid"
            )
            for name in found or ():
                self._cluster.write("DELETE", f"/{name}", ignore_unavailable=True)

    def search(self, query: Query) -> Results:
        """Answer the query; the log has the queries that take over a second."""
        with SlowEvent(log, "slow search", q=query.text) as facts:
            results = self.answered(lambda snapshot: answer(query, snapshot))
            facts.update(total=results.total, partial=results.partial)
        return results

    def listing(self, query: Query) -> Listing:
        """Return all matches in the order of the query, as they stood at one moment; partial if a store is left out."""
        match = Match.ANY if query.match is Match.ANY else Match.ALL
        whole = query._replace(match=match, facets=(), interval=None, folded=False)
        found = self.answered(lambda snapshot: listing(whole, snapshot))
        if found.partial:  # a node may have gone with what it held for us; another has a copy
            found = self.answered(lambda snapshot: listing(whole, snapshot))
        return found if self._states.is_whole else replace(found, partial=True)

    def complete(self, prefix: str, *, limit: int = 8) -> tuple[Completion, ...]:
        """Complete the last word typed."""
        return self.answered(
            lambda snapshot: completions(prefix, snapshot.vocabulary, snapshot.keys(FacetName.AUTHOR), limit)
        )

    def similar(self, id: int, texts: Sequence[str], *, limit: int = 5) -> tuple[Hit, ...]:
        """Return the articles most like this one."""
        return self.answered(lambda snapshot: similar(id, texts, limit, snapshot))

    def explain(self, query: Query, id: int) -> Explanation:
        """Say why the article has the score it has for this query."""
        return self.answered(lambda snapshot: explanation(query, id, snapshot))

    def __len__(self) -> int:
        return self.answered(lambda snapshot: snapshot.articles(), hand_on=True)

    def close(self) -> None:
        """Close the connections."""
        self._cluster.close()

    def problems(self, articles: int | None = None) -> list[str]:
        """Return every problem of the index, a sentence each; none when it is as it was written.

        Args:
            articles: How many articles it must have; None when that is not known.
        """
        state = self._states.read()
        found = []
        for name in filter(None, (*state.articles.split(","), *state.words.split(","))):
            try:
                (one,) = self._cluster.read("GET", f"/_cat/indices/{name}", format="json", h="status,health")
            except Refused as error:
                found.append(f"{name}: missing: the index needs it" if missing(error) else f"{name}: {error}")
                continue
            if one["status"] != "open":
                found.append(f"{name}: it is closed: open it in the cluster")
            elif one["health"] == "red":
                found.append(f"{name}: a part of it is on no node of the cluster: is a node down?")
        if not found and articles is not None and len(self) != articles:
            found.append(f"{state.articles}: has {len(self):,} articles, and the store has {articles:,}")
        return found

    def _apply(self, batches: Iterable[Batch], *, rebuild: bool) -> None:
        self._handed.state = None
        rest = iter(batches)
        first = next(rest, None)
        if first is None:
            return
        if self._own is None:
            raise IndexError_("an index of all stores is written by the machines that have them, and not here")
        try:
            writer = Writer(self._cluster, self._own, self._base, self._languages, rebuild=rebuild)
            write(chain((first,), rest), writer)
        except Refused as error:
            if missing(error):
                raise damaged(self._base, error) from error
            raise IndexError_(f"{self._base}: {error}") from error
        self._damage = None

    def _is_to_be_made(self) -> bool:
        """Is there nothing to build on? Then nothing answers before all of it is there."""
        try:
            snapshot = self._newest()
        except IndexDamaged:
            return True
        return snapshot.is_empty or snapshot.outdated is not None

    def answered(self, question: Callable[[Snapshot], T], *, hand_on: bool = False) -> T:
        """Answer a question by the newest commit; `hand_on`: so is the next one (see `_newest`)."""
        for left in reversed(range(SWAPPED)):
            snapshot = self._newest(hand_on=hand_on)
            try:
                found = question(snapshot)
            except Refused as error:
                if left and (missing(error) or is_over(error) or is_swept(error) or passes(error)):
                    self._states.doubt()
                    continue  # it was swapped for a new one meanwhile, or a node went with what a listing was to show
                if missing(error):
                    self._damage = damaged(self._base, error)
                    raise self._damage from error
                raise IndexError_(f"{self._base}: {error}") from error
            self._serving = snapshot.position
            return found
        raise AssertionError

    def _newest(self, *, hand_on: bool = False) -> Snapshot:
        """Return the snapshot of the newest commit.

        Args:
            hand_on: The next question of this thread, if it comes at once, is of this commit: a page asks for the
                position first, and the state is asked for once.

        Raises:
            IndexDamaged: it is made of another store, or of writes that a restored store no longer has.
        """
        handed = self._handed
        state, handed.state = handed.state, None
        if state is None or hand_on or monotonic() - handed.at > HANDED:
            state = self._states.read()
        if hand_on:
            handed.state, handed.at = state, monotonic()
        with self._lock:
            known = self._snapshot
            if known is None or _answering(known.state) != _answering(state):
                known = self._opened(state)
                self._snapshot, self._damage = known, None
            return known

    def _opened(self, state: State) -> Snapshot:
        outdated = None
        if state.versions != mapping.VERSIONS:
            outdated = "the index was made by another version"
        elif lacking := [one for one in self._languages if one not in state.keyed and state.articles]:
            outdated = f"the index does not know the word forms of {', '.join(lacking)}"
        elif self._expected and state.position:
            origin = self._expected(state.position)
            if origin is None or origin.history != state.origin.history:
                self._damage = IndexDamaged(
                    f"{self._base}: it is made of another store, or of a later state than the store was restored to"
                )
                raise self._damage
            if origin.settings != state.origin.settings:
                outdated = (
                    f"the index was made with {state.origin.settings}, and the configuration says {origin.settings}"
                )
        return Snapshot(self._cluster, state, self._languages, outdated, self._routings, self._states.first)


def _answering(state: State) -> tuple[str, str, int, int]:
    return state.articles, state.words, state.position, state.commits
