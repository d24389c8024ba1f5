"""A whole index, built beside the one that serves and put in its place by one commit.

The segments of the new index are files of the same directory that no commit knows yet; several processes write them,
each from the pieces of the corpus it takes as it gets to them. A kill on the way leaves files that the next writer
removes.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from pathlib import Path

from corpus.errors import IndexError_, IndexLocked
from corpus.locks import UNNAMED, hold
from indexer.contract.protocol import Batch
from indexer.storage import commits
from indexer.storage.commits import Contents, Publish
from indexer.storage.policy import MOST
from indexer.storage.rebuild_worker import Read, Reader, Shard
from indexer.storage.segment import Segment
from indexer.storage.writing import Writer

MERGE = "a merge of index segments"
MERGE_TIMEOUT = 30.0  # seconds that a writer waits for the commit of a merge: some syncs of a busy disk
NAMING = 1.0  # seconds that a writer waits for a holder to say who it is; it does so as soon as it has the lock
PAUSE = 0.01  # seconds between two looks at the lock


def build(
    directory: Path,
    read: Read,
    pieces: int,
    late: Callable[[], Iterable[Batch]],
    *,
    memory: int,
    reader: Reader | None = None,
    processes: int = 0,
    publish: Publish | None = None,
    progress: Callable[[int], object] = lambda done: None,
) -> Contents:
    """Build an index of the documents of all pieces, put it in place of the old one, merge it to one segment.

    Args:
        directory: Of the index; what serves in it does so until the end.
        read: Reads a piece, numbered from 0. No two pieces have an article in common.
        late: Reads, when all pieces are in, what has changed since; the last batch says position and origin.
        memory: Bytes for all processes together.
        reader: What other processes read a piece with, as `read` does in this process; needed to start any.
        processes: How many to start; 0 does the work in this process.
        publish: Writes the commit for readers of another kind, too.
        progress: Called with the number of pieces read so far, from any thread.

    Raises:
        IndexLocked: another process is writing the index.
        IndexError_: it cannot be written; the old index is as it was.
    """
    with writing(directory, "an index rebuild") as number:
        if reader and processes:
            segments = _in_processes(directory, reader, pieces, memory, processes, progress)
        else:
            segments = _segments(directory, read, pieces, memory, progress)
        writer = Writer(directory, Contents(tuple(segments)), number, memory=memory, publish=publish)
        last = Batch()
        for batch in late():
            writer.add(batch)
            last = batch
        writer.commit(last.position, last.origin)  # from here on it serves
        writer.unite()
        return writer.contents


@contextmanager
def writing(directory: Path, what: str) -> Iterator[int]:
    """Hold the lock of an index and give the number of its last commit; what a failure leaves behind is removed.

    The commit of a merge, which takes a moment, is waited for.

    Raises:
        IndexLocked: another process is writing the index.
        IndexError_: the disk is full, or does not let us write.
    """
    with _held(directory / commits.LOCK, what):
        try:
            yield commits.begun(directory)
        except BaseException as error:
            commits.tidy_leftovers(directory)
            if isinstance(error, OSError) and error.strerror:  # the kernel's word
                raise IndexError_(f"{directory}: {error.strerror}: the index stays as it was") from error
            raise


@contextmanager
def _held(path: Path, what: str) -> Iterator[None]:
    begun = time.monotonic()
    with ExitStack() as stack:
        while True:
            try:
                stack.enter_context(hold(path, what=what, error=IndexLocked))
                break
            except IndexLocked as error:
                if what == MERGE or time.monotonic() - begun > _lock_timeout(str(error)):
                    raise
                time.sleep(PAUSE)
        yield


def _lock_timeout(refusal: str) -> float:
    """How many seconds a writer waits for the holder of the lock, by what the refusal says of it."""
    if MERGE in refusal:
        return MERGE_TIMEOUT
    return NAMING if UNNAMED in refusal else 0.0


def _segments(
    directory: Path, read: Read, pieces: int, memory: int, progress: Callable[[int], object]
) -> list[Segment]:
    writer = Writer(directory, Contents(), -1, memory=memory)
    for piece in range(pieces):
        for batch in read(piece):
            writer.add(batch)
        progress(piece + 1)
    return writer.finished(MOST)


def _in_processes(
    directory: Path, reader: Reader, pieces: int, memory: int, processes: int, progress: Callable[[int], object]
) -> list[Segment]:
    left, most = _Left(pieces, progress), max(1, MOST // processes)
    with ThreadPoolExecutor(processes, "shard") as threads:
        shards = [Shard(directory, reader, memory // processes, most) for _ in range(processes)]
        try:
            runs = [threads.submit(shard.run, left) for shard in shards]
            wait(runs, return_when=FIRST_EXCEPTION)
            return [segment for run in runs if run.done() for segment in run.result()]
        finally:
            for shard in shards:
                shard.stop()


class _Left:
    """The pieces that are not taken yet; threads take them in turn."""

    def __init__(self, pieces: int, progress: Callable[[int], object]) -> None:
        self._pieces: Sequence[int] = range(pieces)
        self._taken = self._done = 0
        self._progress = progress
        self._lock = threading.Lock()

    def __iter__(self) -> Iterator[int]:
        while (piece := self._next()) is not None:
            yield piece
            with self._lock:
                self._done += 1
                done = self._done
            self._progress(done)

    def _next(self) -> int | None:
        with self._lock:
            if self._taken == len(self._pieces):
                return None
            self._taken += 1
            return self._pieces[self._taken - 1]
