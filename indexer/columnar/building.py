"""A whole index, built beside the one that serves and put in its place by one commit.

The segments of the new index are files of the same directory that no commit knows yet; several processes write them,
each from a share of the documents. A kill on the way leaves files that the next writer removes.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from corpus.errors import IndexLocked
from corpus.locks import hold
from indexer.columnar import commits
from indexer.columnar.commits import Contents
from indexer.columnar.policy import MOST
from indexer.columnar.segment import ColumnarSegment
from indexer.columnar.writing import Writer
from indexer.engine import Batch

Share = Callable[[], Iterable[Batch]]  # picklable when there is more than one


def build(directory: Path, shares: Sequence[Share], position: int, *, memory: int) -> None:
    """Build the index of the documents of all shares, and swap it in.

    Args:
        directory: Of the index; what serves in it does so until the end.
        shares: Each is read by a process of its own; no two of them have an article in common.
        position: The store's sequence that the shares together reflect.
        memory: Bytes for all processes together.

    Raises:
        IndexLocked: another process is writing the index.
    """
    directory.mkdir(parents=True, exist_ok=True)
    with hold(directory / commits.LOCK, what="an index rebuild", error=IndexLocked):
        number = commits.generation(directory)
        try:
            segments = _built(directory, shares, memory)
            commits.write(directory, number + 1, Contents(segments, position))
            commits.tidy(directory, number + 1, segments)
        except BaseException:
            commits.tidy_leftovers(directory, number)
            raise


def _built(directory: Path, shares: Sequence[Share], memory: int) -> list[ColumnarSegment]:
    most = max(1, MOST // len(shares))
    if len(shares) == 1:
        return _share(directory, shares[0], memory, most)
    with ProcessPoolExecutor(len(shares), mp_context=get_context("spawn")) as processes:
        parts = [processes.submit(_share, directory, share, memory // len(shares), most) for share in shares]
        return [segment for part in parts for segment in part.result()]


def _share(directory: Path, share: Share, memory: int, most: int) -> list[ColumnarSegment]:
    writer = Writer(directory, Contents(), -1, memory=memory)
    for batch in share():
        writer.add(batch)
    return writer.finished(most)
