"""The states of all stores in a cluster -> one state that names all their indexes, and which stores are left out, why.

A store whose index cannot answer is left out, so that the others do; who reads the pages is shown which and why.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from time import monotonic
from typing import Any

from corpus.errors import IndexUnreachable
from corpus.events import event
from corpus.texts import text
from indexer.opensearch_engine.cluster import Cluster
from indexer.opensearch_engine.documents import first_id
from indexer.opensearch_engine.mapping import VERSIONS
from indexer.opensearch_engine.state import State, state_index, state_of

log = logging.getLogger(__name__)

MOST_STORES = 1_000  # whose states are read at once
LONGEST_NAMES = 3_500  # characters of the names of all indexes: OpenSearch takes an address of 4,096 bytes
LOOK = 10.0  # seconds between two looks at what is missing, closed or red


@dataclass(frozen=True, slots=True)
class StoreState:
    """A store that indexes into the cluster.

    Attributes:
        store: The token of the store.
        left_out: Why its articles are not searched, in words; None when they are.
        is_namesake: Whether another store of the cluster has the same address or machine.
    """

    store: str
    state: State
    left_out: str | None = None
    is_namesake: bool = False

    @property
    def where(self) -> str:
        """What a person knows the store by: the address of its pages, or its machine; and its token where shared."""
        named = self.state.home or self.state.machine
        if named and self.is_namesake:
            return f"{named} ({self.store})"
        return named or self.store

    @property
    def unsearched(self) -> str | None:
        """A sentence that says that its articles are not searched, and why; None when they are."""
        if not self.left_out:
            return None
        return text("not searched: the articles of {machine}: {why}", machine=self.where, why=self.left_out)


class AllStates:
    """The states of all stores whose indexes have the prefix of the settings."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._prefix = cluster.settings.prefix
        name = re.escape(state_index(self._prefix, "STORE")).replace("STORE", "([0-9a-z]+)")
        self._name = re.compile(name)
        self._looked = -LOOK
        self._there: Mapping[str, Mapping[str, str]] = {}
        self._missing: set[str] = set()
        self._stores: tuple[StoreState, ...] = ()
        self._is_read = False

    @property
    def first(self) -> int:
        """Where the ids of the stores begin: each has its own part of the numbers."""
        return 0

    @property
    def stores(self) -> tuple[StoreState, ...]:
        """The stores as they were when the states were last read, the one that has changed most first."""
        return self._stores

    @property
    def is_whole(self) -> bool:
        """Whether no store was left out when the states were last read."""
        return all(one.left_out is None for one in self._stores)

    @property
    def unsearched(self) -> tuple[str, ...]:
        """A sentence for each store that was left out when the states were last read, or that there is no store."""
        if self._is_read and not self._stores:
            return (self.nothing_indexed,)
        return tuple(filter(None, (one.unsearched for one in self._stores)))

    @property
    def nothing_indexed(self) -> str:
        """The sentence that no machine has indexed an article under the prefix."""
        return text(
            'No machine has indexed an article under prefix = "{prefix}" in this cluster yet.', prefix=self._prefix
        )

    def read(self) -> State:
        """Return what all stores that can answer have together; its position is the sum of theirs.

        Raises:
            IndexUnreachable: no state can be read, or none of the stores can answer.
        """
        stores = self.found()
        answering = [one.state for one in stores if one.left_out is None]
        if stores and not answering:
            first = f"{stores[0].where}: {stores[0].left_out}"
            raise IndexUnreachable(f"{self._cluster.where}: none of {len(stores)} stores can answer: {first}")
        return _together(answering)

    def found(self) -> tuple[StoreState, ...]:
        """Return the stores as they are, those that cannot answer, too."""
        stores = distinguished(list(self._judged(self._read())))
        if [one.left_out for one in stores] != [one.left_out for one in self._stores]:
            for one in stores:
                if one.left_out:
                    event(log, "store left out", level=logging.WARNING, store=one.where, reason=one.left_out)
        self._stores, self._is_read = stores, True
        return stores

    def doubt(self) -> None:
        """Look at once at what is missing: an index that a state names was not there."""
        self._looked = -LOOK

    def _read(self) -> list[tuple[str, State]]:
        """All states, each with the token of its store, the one that has changed most first."""
        body = {"size": MOST_STORES, "query": {"ids": {"values": ["state"]}}}
        found = self._cluster.read("POST", f"/{state_index(self._prefix, '*')}/_search", body)
        states = [
            (named[1], state_of(one["_source"]))
            for one in found["hits"]["hits"]
            if (named := self._name.fullmatch(one["_index"]))
        ]
        if found["_shards"]["failed"]:
            event(log, "state of a store cannot be read", level=logging.WARNING, stores=found["_shards"]["failed"])
        return sorted(states, key=lambda one: (-one[1].position, one[0]))

    def _judged(self, states: Iterable[tuple[str, State]]) -> Iterator[StoreState]:
        states = list(states)
        read = {store for store, _ in states}
        there = self._indexes({name for _, one in states for name in (one.articles, one.words) if name}, read)
        numbers: set[int] = set()
        room = LONGEST_NAMES
        for store, state in states:
            if not state.articles:
                continue  # it has never been indexed
            length = max(len(state.articles), len(state.words)) + 1
            why = _unable(state, there)
            if why is None and first_id(store) in numbers:
                why = text("its articles would have the numbers of another store's")
            if why is None and length > room:
                why = text("more stores than fit in one request; a shorter prefix leaves room for more")
            if why is None:
                numbers.add(first_id(store))
                room -= length
            yield StoreState(store, state, why)
        for store, name in self._unread(there, read).items():
            if there[name]["status"] != "open" or there[name]["health"] == "red":
                yield StoreState(
                    store, State(), text("its state cannot be read: {name} is closed, or on no node", name=name)
                )

    def _unread(self, there: Iterable[str], read: set[str]) -> dict[str, str]:
        """Store -> the index of its state, of those whose state was not found."""
        named = ((name, self._name.fullmatch(name)) for name in there)
        return {found[1]: name for name, found in named if found and found[1] not in read}

    def _indexes(self, wanted: set[str], read: set[str]) -> Mapping[str, Mapping[str, str]]:
        """Index -> its status and health, some seconds old; what is new, or newly silent, is looked for at once."""
        silent = set(self._unread(self._there, read).values())
        if monotonic() - self._looked >= LOOK or (wanted - self._there.keys() | silent) - self._missing:
            given: dict[str, Any] = {"format": "json", "h": "index,status,health"}
            rows = self._cluster.read("GET", f"/_cat/indices/{self._prefix}-*", **given)
            self._there, self._looked = {row["index"]: row for row in rows}, monotonic()
            self._missing = (wanted - self._there.keys()) | set(self._unread(self._there, read).values())
        return self._there


def distinguished(stores: list[StoreState]) -> tuple[StoreState, ...]:
    """Return the stores, where those of one address or machine say their token, too."""
    names = Counter(one.where for one in stores)
    return tuple(replace(one, is_namesake=names[one.where] > 1) for one in stores)


def _unable(state: State, there: Mapping[str, Mapping[str, str]]) -> str | None:
    """Why a store's indexes cannot answer, in words; None when they can."""
    if state.versions != VERSIONS:
        return text("its index was made by another version of Pressmark")
    rows = [there.get(name) for name in (state.articles, state.words)]
    if None in rows:
        return text("its index is not in the cluster: its machine rebuilds it with the next update")
    if any(row and row["status"] != "open" for row in rows):
        return text("its index is closed")
    if any(row and row["health"] == "red" for row in rows):
        return text("a part of its index is on no node of the cluster")
    return None


def _together(states: list[State]) -> State:
    return State(
        articles=",".join(one.articles for one in states),
        words=",".join(one.words for one in states),
        position=sum(one.position for one in states),
        commits=sum(one.commits for one in states),
        languages=tuple(dict.fromkeys(chain.from_iterable(one.languages for one in states))),
        keyed=tuple(dict.fromkeys(chain.from_iterable(one.keyed for one in states))),
    )
