"""The store -> a new index, built beside the serving index and swapped in when it is whole."""

import logging
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import Any, Protocol, Self
from zoneinfo import ZoneInfo

from corpus.events import event
from corpus.store import ArticleStore
from indexer.columnar.whoosh.toc import publish
from indexer.contract.origin import Origin, origin
from indexer.contract.protocol import Batch
from indexer.storage.building import build
from indexer.storage.rebuild_worker import Reader, serve
from indexer.sync import batches

log = logging.getLogger(__name__)

READ = 250  # articles in memory at a time, in each process
PIECE = 1_000  # sequences a process takes at a time; small, so that all of them end together
FEW = 2_000  # changes are read before another process has started
LEAST = 64 << 20  # bytes a process needs to write segments worth having


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The result of a rebuild: the articles in the index, and the store's sequence that it reflects."""

    articles: int
    position: int


def rebuild(
    store: ArticleStore,
    index: Path,
    *,
    zone: tzinfo,
    memory: int,
    processes: int | None = None,
    progress: Callable[[float], object] = lambda share: None,
) -> Rebuilt:
    """Rebuild the index of a store. What is written to the store meanwhile is in it, or left to the next update.

    Args:
        index: The folder of the index. The old index serves until the new one is whole.
        memory: Bytes for building, of all processes together.
        processes: How many to use; when None, as many as there are cores and memory for.
        progress: Called with the share of the changes read so far, from any thread.

    Raises:
        IndexLocked: another process is writing the index.
        IndexError_: the disk is full, or does not let us write; the old index is as it was.
    """
    began = time.monotonic()
    upto = store.sequence
    processes = _processes(upto, memory) if processes is None else processes
    pieces, read = -(-upto // PIECE), Pieces(store.path, upto, zone)
    contents = build(
        index,
        read,
        pieces,
        lambda: _late(store, upto, zone),
        memory=memory,
        reader=Reader(__spec__.name, read.values()),
        processes=processes,
        publish=publish,
        progress=lambda done: progress(done / pieces),
    )
    built = Rebuilt(sum(segment.live_count() for segment in contents.segments), contents.position)
    event(
        log,
        "index rebuilt",
        articles=built.articles,
        position=built.position,
        processes=processes,
        seconds=time.monotonic() - began,
    )
    return built


class Rebuildable(Protocol):
    """An engine that rebuilds its index itself."""

    def rebuild(self, batches: Iterable[Batch]) -> int:
        """Make the index of these batches, swap it for the one that answers, and return the position."""

    def __len__(self) -> int:
        """The number of live documents."""


def rebuild_in_cluster(
    store: ArticleStore,
    engine: Rebuildable,
    *,
    zone: tzinfo,
    progress: Callable[[float], object] = lambda share: None,
) -> Rebuilt:
    """Rebuild the index of a store in a cluster; what is written meanwhile is in it, or left to the next update."""
    began = time.monotonic()
    upto = store.sequence

    def read() -> Iterator[Batch]:
        for batch in batches(store, 0, upto, zone):
            yield batch
            progress(batch.position / upto)

    position = engine.rebuild(read())
    built = Rebuilt(len(engine), position)
    took = time.monotonic() - began
    event(log, "index rebuilt", articles=built.articles, position=built.position, seconds=took)
    return built


@dataclass(frozen=True, slots=True)
class Pieces:
    """The changes of a store up to a sequence, a piece at a time, in whatever process they are read."""

    store: Path
    upto: int
    zone: tzinfo

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Return what `values` described, in another process."""
        return cls(Path(values["store"]), values["upto"], ZoneInfo(values["zone"]))

    def values(self) -> dict[str, Any]:
        """Return what describes them to another process. The zone is one with a name, as all configured zones are."""
        return {"store": str(self.store), "upto": self.upto, "zone": str(self.zone)}

    def __call__(self, piece: int) -> Iterator[Batch]:
        """Yield the documents of a piece; its articles that change meanwhile are read later, as late ones."""
        with ArticleStore.open(self.store, read_only=True) as store:
            first = piece * PIECE
            yield from batches(store, first, min(first + PIECE, self.upto), self.zone, READ)


def _late(store: ArticleStore, after: int, zone: tzinfo) -> Iterator[Batch]:
    """Yield the position that the pieces reach, and what was written to the store while they were read."""
    yield Batch(position=after, origin=origin(store, after, zone) or Origin())
    yield from batches(store, after, store.sequence, zone, READ)


def _processes(changes: int, memory: int) -> int:
    if changes <= FEW:
        return 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, memory // LEAST, changes // FEW))


if __name__ == "__main__":
    serve(Pieces.of)
