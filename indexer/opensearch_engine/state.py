"""The state of a corpus in a cluster: one document that names the indexes that answer, and their position.

One write of it is a commit, and one write swaps in a rebuilt index: names and position never disagree. Each write says
which one it follows, so a writer that was overtaken is refused.
"""

import os
import socket
import time
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from corpus.errors import IndexLocked
from indexer.contract.protocol import Origin
from indexer.opensearch_engine import mapping
from indexer.opensearch_engine.cluster import Cluster
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
    writer: str = ""
    until: float = 0.0
    written: tuple[int, int] | None = None


class States:
    """The state document of one corpus."""

    def __init__(self, cluster: Cluster, base: str, place: str) -> None:
        """Args: base: What the names of the corpus's indexes begin with. place: Its folder, on this machine."""
        self._cluster = cluster
        self._index = f"{base}-state"
        self._me = f"{socket.gethostname()}:{place}"

    def read(self) -> State:
        """Return the newest state."""
        try:
            found = self._cluster.read("GET", f"/{self._index}/_doc/state")
        except Refused as error:
            if missing(error) or error.status == 404:
                return State()
            raise
        return _state(found["_source"], (found["_seq_no"], found["_primary_term"]))

    def take(self) -> State:
        """Become the writer; whoever calls holds the lock of the corpus's folder.

        Raises:
            IndexLocked: a writer of another machine, or of a copy of the store, is at work.
        """
        state = self.read()
        if state.written is None:
            self._make()
        if state.writer and not state.writer.startswith(f"{self._me},") and state.until > time.time():
            raise IndexLocked(f"{self._index}: written by {state.writer}; wait for it to end, or stop it")
        writer = f"{self._me}, pid {os.getpid()}"
        return self.write(replace(state, writer=writer, until=time.time() + LEASE))

    def give_back(self, state: State) -> None:
        """Be the writer no more."""
        self.write(replace(state, writer="", until=0.0))

    def write(self, state: State) -> State:
        """Write the state that follows the one it was made from, and return it.

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


def _state(held: dict[str, Any], written: tuple[int, int]) -> State:
    known = {name: held[name] for name in State.__dataclass_fields__ if name in held}
    known["origin"] = Origin(**known.get("origin", {}))
    for name in ("languages", "keyed"):
        known[name] = tuple(known.get(name, ()))
    return State(**{**known, "written": written})
