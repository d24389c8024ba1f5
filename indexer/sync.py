"""The changes of the store -> the engine, batch by batch.

The store numbers its writes, and the engine knows the last number that it has committed: the writes between are still
to be indexed. After a kill at any moment, the next run goes on from there.
"""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import tzinfo

from corpus.events import event
from corpus.store import ArticleStore
from indexer.contract.document import document
from indexer.contract.origin import Origin, origin
from indexer.contract.protocol import Batch, SearchEngine

log = logging.getLogger(__name__)

BATCH = 100  # changes; their texts are in memory together


@dataclass(frozen=True, slots=True)
class Synced:
    """The result of an update. `position` is the store's sequence that the index now reflects."""

    indexed: int
    deleted: int
    position: int


def update(
    store: ArticleStore,
    engine: SearchEngine,
    *,
    zone: tzinfo,
    batch: int = BATCH,
    progress: Callable[[float], object] = lambda share: None,
) -> Synced:
    """Bring the index up to the store as it stands now, and return what that took.

    Args:
        progress: Called after each batch read with the share of the way that is done, from 0 to 1.

    Raises:
        IndexLocked: another process is writing the index.
    """
    counted = _Counts()
    began = time.monotonic()
    upto = store.sequence
    position = engine.position
    if position < upto:
        way = upto - position
        read = batches(store, position, upto, zone, batch)
        engine.apply(_counted(read, counted, lambda reached: progress((reached - position) / way)))
        store.ease()
        event(
            log,
            "index updated",
            indexed=counted.indexed,
            deleted=counted.deleted,
            after=position,
            position=upto,
            seconds=time.monotonic() - began,
        )
    return Synced(counted.indexed, counted.deleted, engine.position)


@dataclass(slots=True)
class _Counts:
    indexed: int = 0
    deleted: int = 0


def batches(store: ArticleStore, after: int, upto: int, zone: tzinfo, size: int = BATCH) -> Iterator[Batch]:
    """Yield what was written to the store after one sequence and up to another, as an engine takes it."""
    aliases = store.authors.aliases()
    while changes := store.changes(after, size, upto):
        documents = tuple(document(one.stored, zone=zone, aliases=aliases) for one in changes if one.stored)
        after = changes[-1].sequence
        deleted = tuple(one.id for one in changes if one.stored is None)
        yield Batch(documents, deleted, after, origin(store, after, zone) or Origin())


def _counted(given: Iterator[Batch], counted: _Counts, reached: Callable[[int], object]) -> Iterator[Batch]:
    for batch in given:
        counted.indexed += len(batch.documents)
        counted.deleted += len(batch.deletions)
        yield batch
        reached(batch.position)
