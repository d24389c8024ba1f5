"""A segment as the table of contents lists it: its file, its size, and which of its documents are deleted."""

import re
import secrets
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np

from indexer.storage.arrays import Array, Mask

SUFFIX = ".columns"
NAME = "MAIN"  # an index's name, where it was given none: Whoosh looks for segments by it
ID = re.compile(r"[0-9a-z]{16}")


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment of a commit.

    Attributes:
        count: The number of documents, deleted documents among them.
        deleted: One bit a document, the first in the highest bit; empty when no document is deleted.
        written: Size and time of its file as the writer left it; None before there is one. Whoever writes to
            the file later changes them.
    """

    count: int
    deleted: bytes = b""
    written: tuple[int, int] | None = None
    id: str = field(default_factory=lambda: secrets.token_hex(8))

    def without(self, documents: Array) -> Self:
        """Return this segment with some more documents deleted."""
        mask = ~self.live()
        mask[documents] = True
        return replace(self, deleted=np.packbits(mask).tobytes() if mask.any() else b"")

    def live(self) -> Mask:
        """Return which documents are not deleted."""
        if not self.deleted:
            return np.ones(self.count, np.bool_)
        live: Mask = np.unpackbits(np.frombuffer(self.deleted, np.uint8), count=self.count) == 0
        return live

    def live_count(self) -> int:
        """Return the number of documents that are not deleted."""
        return int(self.live().sum())

    def filename(self) -> str:
        """Return the name of the segment's file in the directory of the index."""
        return f"{NAME}_{self.id}{SUFFIX}"
