"""The store -> an index made anew, beside the one that serves; swapped in when it is whole."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from itertools import pairwise
from pathlib import Path

from corpus.store import ArticleStore
from indexer.columnar.building import build
from indexer.document import document
from indexer.engine import Batch

READ = 200  # articles read at a time by each process
FEW = 2_000  # changes are not worth a second process


@dataclass(frozen=True, slots=True)
class Share:
    """The changes of a store after one sequence and up to another, read in whatever process it is called."""

    store: Path
    after: int
    upto: int
    zone: tzinfo

    def __call__(self) -> Iterator[Batch]:
        """Yield their documents."""
        with ArticleStore.open(self.store, read_only=True) as store:
            aliases, after = store.aliases(), self.after
            while changes := store.changes(after, READ, self.upto):
                after = changes[-1].sequence
                yield Batch([document(one.filed, zone=self.zone, aliases=aliases) for one in changes if one.filed])


def rebuild(store: ArticleStore, index: Path, *, zone: tzinfo, memory: int, processes: int | None = None) -> int:
    """Build the index of a store anew and return its position; what is written meanwhile is left to an update.

    Args:
        index: The folder of the index. What serves there does so until the new one is whole.
        memory: Bytes for building, of all processes together.
        processes: How many to use; all cores when None.

    Raises:
        IndexLocked: another process is writing the index.
    """
    upto = store.sequence
    count = min(processes or os.cpu_count() or 1, max(1, upto // FEW))
    ends = [upto * at // count for at in range(count + 1)]
    shares = [Share(store.path, after, last, zone) for after, last in pairwise(ends)]
    build(index, shares, upto, memory=memory)
    return upto
