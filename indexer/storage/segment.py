"""A segment as the table of contents lists it: its file, its size, and which of its documents are deleted."""

import os
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from corpus.errors import IndexDamaged, IndexError_
from corpus.runs.limits import limit_reached

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FORMAT = 6  # of the file; an index of another format reads as position 0, and is made again
SUFFIX = ".columns"
NAME = "MAIN"  # an index's name, where it was given none: Whoosh looks for segments by it
ID = re.compile(r"[0-9a-z]{16}")


def stamp(status: os.stat_result) -> tuple[int, int]:
    """Return a stamp that changes with every write to a file, whatever times a program sets."""
    return status.st_size, status.st_ctime_ns


def unopened(path: Path, error: OSError, what: str) -> IndexError_:
    """Return what a file of the index that cannot be opened means: damage, unless a limit of this machine is met."""
    if limit := limit_reached(error):
        return IndexError_(limit)
    return IndexDamaged(f"{path}: {error.strerror}: expected {what}")


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment of a commit.

    Attributes:
        count: The number of documents, deleted documents among them.
        deleted: One bit a document, the first in the highest bit; empty when no document is deleted.
        written: The stamp of its file as the writer left it; None before there is one. Who writes to
            the file later changes them.
        cut: The numbers of the documents of which not all forms are indexed, in order.
    """

    count: int
    deleted: bytes = b""
    written: tuple[int, int] | None = None
    id: str = field(default_factory=lambda: os.urandom(8).hex())
    cut: tuple[int, ...] = ()

    def without(self, documents: "NDArray[Any]") -> Self:
        """Return this segment with some more documents deleted."""
        import numpy as np  # a table of contents is read without it, and it is a third of a start

        mask = ~self.live()
        mask[documents] = True
        return replace(self, deleted=np.packbits(mask).tobytes() if mask.any() else b"")

    def live(self) -> "NDArray[np.bool_]":
        """Return which documents are not deleted."""
        import numpy as np

        if not self.deleted:
            return np.ones(self.count, np.bool_)
        live: NDArray[np.bool_] = np.unpackbits(np.frombuffer(self.deleted, np.uint8), count=self.count) == 0
        return live

    def live_count(self) -> int:
        """Return the number of documents that are not deleted."""
        padding = -self.count % 8  # bits at the end that stand for no document
        return self.count - (int.from_bytes(self.deleted) >> padding).bit_count() if self.deleted else self.count

    def cut_count(self) -> int:
        """Return how many of the documents of `cut` are not deleted."""
        return sum(not (self.deleted and self.deleted[n >> 3] & 0x80 >> (n & 7)) for n in self.cut)

    def filename(self) -> str:
        """Return the name of the segment's file in the directory of the index."""
        return f"{NAME}_{self.id}{SUFFIX}"
