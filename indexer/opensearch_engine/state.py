"""The state of a corpus in a cluster: one document that names the indexes that answer, and their position.

One write of it is a commit, and one write swaps in a rebuilt index: names and position never disagree. Each write says
which one it follows, so a writer that was overtaken is refused.
"""

import os
import socket
import time
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Protocol

from corpus.errors import IndexLocked
from indexer.contract.origin import Origin
from indexer.opensearch_engine import mapping
from indexer.opensearch_engine.cluster import Cluster
from indexer.opensearch_engine.documents import first_id
from indexer.opensearch_engine.refusals import Refused, missing

LEASE = 60.0  # seconds that a writer of another machine is waited for after its last commit


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a state document says.

    Attributes:
        articles, words: The indexes that answer; empty when there are none.
        commits: How many commits there were: it tells two states of one position apart.
        versions: What the indexes were made by.
        languages: Whose word forms are known, the most frequent first.
        keyed: The languages whose keys the words have; `languages` are among them.
        measured, averages: Of how many articles the usual length of each text was taken, and what it is.
        machine, home: Where the store is: the name of its machine, and the address of its pages, if it has one.
        writer, until: Who writes, and when the lease ends by that machine's clock; empty when nobody does.
        written: Which write of the document this is, as OpenSearch counts; None before the first.
    """

    articles: str = ""
    words: str = ""
    position: int = 0
    commits: int = 0
    versions: str = mapping.VERSIONS
    origin: Origin = Origin()
    languages: tuple[str, ...] = ()
    keyed: tuple[str, ...] = ()
    measured: int = 0
    averages: dict[str, float] = field(default_factory=dict)
    machine: str = ""
    home: str = ""
    writer: str = ""
    until: float = 0.0
    written: tuple[int, int] | None = None


class Readable(Protocol):
    """Where an engine reads what answers: the state of one store, or of all stores together.

    Attributes:
        first: Where the ids of the one store begin in the cluster; 0: of all stores.
        is_whole: Whether all stores that are asked can answer.
    """

    @property
    def first(self) -> int: ...

    @property
    def is_whole(self) -> bool: ...

    def read(self) -> State:
        """Return the newest state."""

    def doubt(self) -> None:
        """Look again at what is there: an index that a state names was not."""


class States:
    """The state document of one corpus."""

    def __init__(self, cluster: Cluster, store: str, place: str, home: str = "") -> None:
        """Read and write the state of a store.

        Args:
            store: The token of the store.
            place: Its folder, on this machine.
            home: The address of the pages of this machine; empty when they have none.
        """
        self.store = store
        self._cluster, self._home = cluster, home
        self._index = state_index(cluster.settings.prefix, store)
        self._machine = socket.gethostname()
        self._me = f"{self._machine}:{place}"

    @property
    def first(self) -> int:
        """Where the ids of the store begin in the cluster."""
        return first_id(self.store)

    @property
    def is_whole(self) -> bool:
        """True: one store is asked."""
        return True

    def doubt(self) -> None:
        """Do nothing: a state is read again each time."""

    def read(self) -> State:
        """Return the newest state."""
        try:
            found = self._cluster.read("GET", f"/{self._index}/_doc/state")
        except Refused as error:
            if missing(error) or error.status == 404:
                return State()
            raise
        return state_of(found["_source"], (found["_seq_no"], found["_primary_term"]))

    def take(self) -> State:
        """Become the writer; the caller holds the lock of the corpus's folder.

        Raises:
            IndexLocked: a writer of another machine, or of a copy of the store, is at work.
        """
        state = self.read()
        if state.written is None:
            self._make()
        if state.writer and not state.writer.startswith(f"{self._me},") and state.until > time.time():
            raise IndexLocked(f"{self._index}: written by {state.writer}; wait for it to end, or stop it")
        writer = f"{self._me}, pid {os.getpid()}"
        state = replace(state, machine=self._machine, home=self._home)
        return self.write(replace(state, writer=writer, until=time.time() + LEASE))

    def give_back(self, state: State) -> None:
        """Stop being the writer."""
        self.write(replace(state, writer="", until=0.0))

    def write(self, state: State) -> State:
        """Write a state, if nobody wrote one since the state it was made from; return it.

        Raises:
            IndexLocked: another writer came between.
        """
        body: dict[str, Any] = asdict(state)
        del body["written"]
        if state.written is None:
            params: dict[str, Any] = {"op_type": "create"}
        else:
            params = {"if_seq_no": state.written[0], "if_primary_term": state.written[1]}
        try:
            done = self._cluster.write("PUT", f"/{self._index}/_doc/state", body, refresh=True, **params)
        except Refused as error:
            if error.status != 409:
                raise
            now = self.read()
            if now.writer == state.writer and now.commits == state.commits and now.position == state.position:
                return now  # it was written, and the answer was lost
            raise IndexLocked(f"{self._index}: {now.writer or 'another process'} writes it now") from error
        return replace(state, written=(done["_seq_no"], done["_primary_term"]))

    def _make(self) -> None:
        body = mapping.state(self._cluster.settings.replicas)
        try:
            self._cluster.write("PUT", f"/{self._index}", body)
        except Refused as error:
            if error.kind != "resource_already_exists_exception":
                raise


def state_index(prefix: str, store: str) -> str:
    """Return the name of the index that holds the state of a store."""
    return f"{prefix}-{store}-state"


def state_of(held: dict[str, Any], written: tuple[int, int] | None = None) -> State:
    """Return the state that a document says."""
    known = {name: held[name] for name in State.__dataclass_fields__ if name in held}
    origin = known.get("origin", {})  # of another version it may have more
    known["origin"] = Origin(**{name: origin[name] for name in Origin.__dataclass_fields__ if name in origin})
    for name in ("languages", "keyed"):
        known[name] = tuple(known.get(name, ()))
    return State(**{**known, "written": written})
