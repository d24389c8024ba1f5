"""What OpenSearch answers with an error -> which error that is, and the sentence for a person."""

from collections.abc import Iterable, Mapping
from typing import Any

from corpus.errors import IndexDamaged, IndexError_, IndexUnreachable

BUSY = (429, 502, 503, 504)  # a full queue, or a cluster without a leader: both pass
GONE = {  # a node that has just gone, as another tells of it with status 500: a copy of what it had is asked next
    "node_not_connected_exception",
    "node_disconnected_exception",
    "node_closed_exception",
    "connect_transport_exception",
    "send_request_transport_exception",
    "receive_timeout_transport_exception",
}
UNHARMED = "nothing is lost, and indexing goes on from where it stopped"


class Refused(Exception):
    """The cluster answered with an error; `kind` is its type, such as index_not_found_exception."""

    def __init__(self, status: int, kind: str, reason: str) -> None:
        self.status, self.kind = status, kind
        super().__init__(f"{kind}: {reason}")


def refused(error: Any) -> Refused:
    """Return what a TransportError of opensearch-py says; of a search, what its shards say."""
    status = error.status_code if isinstance(error.status_code, int) else 0
    info = error.info if isinstance(error.info, dict) else {}
    return error_in(status, info.get("error"), or_else=error.error)


def error_in(status: int, said: Any, *, or_else: object = None) -> Refused:
    """Return what the `error` of an answer says; of a search, what its shards say."""
    said = said if isinstance(said, dict) else {}
    kind, reason = said.get("type"), said.get("reason")
    causes: Iterable[dict[str, Any]] = said.get("root_cause", ())
    deeper = next((one for one in causes if one.get("type")), {})
    if kind == "search_phase_execution_exception" and deeper:
        kind, reason = deeper["type"], deeper.get("reason")
    return Refused(status, str(kind or or_else or "error"), str(reason or or_else or "")[:400])


def passes(error: Refused) -> bool:
    """Is it worth asking again?"""
    return (error.status in BUSY or error.kind in GONE) and not is_full_disk(error)


def is_full_disk(error: Refused) -> bool:
    """Is this the block of a disk that is over its flood stage, which OpenSearch sets and lifts by itself?"""
    return error.kind == "cluster_block_exception" and any(
        words in str(error) for words in ("flood-stage", "read-only-allow-delete", "read-only / allow delete")
    )


def lacks_shards(answer: Mapping[str, Any]) -> bool:
    """Did a shard not answer? One that is on no node is no failure to OpenSearch, and no success."""
    shards = answer.get("_shards", {})
    return bool(shards.get("failed")) or shards.get("successful", 0) < shards.get("total", 0)


def is_over(error: Refused) -> bool:
    """Is a point in time gone, as with the node that held it?"""
    return error.status == 404 and error.kind == "search_context_missing_exception"


def is_swept(error: Refused) -> bool:
    """Did an index go while it was searched? Then no shard is there to say what failed."""
    return error.kind == "search_phase_execution_exception"  # `refused` puts what a shard says in its place


def missing(error: Refused) -> bool:
    """Is an index not there?"""
    return error.status == 404 and error.kind == "index_not_found_exception"


def damaged(name: str, error: Exception) -> IndexDamaged:
    """Return what to raise when a part of the index is not as we made it."""
    return IndexDamaged(f"{name}: {error}")


def in_words(error: Refused, where: str, who: str) -> Exception:
    """Return what to raise for a refusal that asking again does not mend; the refusal itself where we made it.

    Args:
        where: The cluster.
        who: Whose word was refused, such as `the API key`.
    """
    if error.status == 401:
        return IndexUnreachable(f"{where}: {who} is refused: expected one that the cluster knows", passes=False)
    if is_full_disk(error):
        return IndexError_(
            f"{where}: the disk of a node is too full, and OpenSearch lets nobody write: free some space; {UNHARMED}"
        )
    if error.kind == "index_create_block_exception":
        return IndexError_(
            f"{where}: the cluster takes no new index, as when the disks of its nodes are nearly full; {UNHARMED}"
        )
    if error.kind == "validation_exception" and "maximum shards" in str(error):
        return IndexError_(f"{where}: the cluster holds as many shards as it may (cluster.max_shards_per_node)")
    if error.kind == "index_closed_exception":
        return IndexUnreachable(f"{where}: an index is closed: {error}: open it in the cluster", passes=False)
    if error.kind == "cluster_block_exception" and error.status not in BUSY:
        return IndexUnreachable(f"{where}: blocked by who keeps the cluster: {error}", passes=False)
    if error.status == 403:
        return IndexUnreachable(f"{where}: we may not do that: {error}", passes=False)
    if passes(error):
        return IndexUnreachable(f"{where}: the cluster cannot answer now: {error}")
    return error
