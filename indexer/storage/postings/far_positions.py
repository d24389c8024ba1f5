"""The positions of a segment that do not fit twelve bits: where they stand, and what of each is above these bits.

Two bytes say where one stands in its block of 65,536 positions, and four where the far ones of each block end.
"""

import numpy as np

from indexer.storage.arrays import Array, ArrayFile, Ints
from indexer.storage.postings import layout as names
from indexer.storage.postings.layout import LOW_BITS
from indexer.storage.postings.packing import POSITION_BITS


class FarPositions:
    """The far positions of a segment, in order."""

    def __init__(self, file: ArrayFile) -> None:
        self._at, self._by, self._ends = (file[name] for name in (names.FAR_AT, names.FAR_BY, names.FAR_ENDS))

    def __len__(self) -> int:
        return len(self._at)

    def between(self, start: int, end: int) -> tuple[Ints, Array]:
        """Return at which places from one up to another they stand, and what of each is above the other bits."""
        if start >= end:
            return np.empty(0, np.int64), np.empty(0, np.uint32)
        first, last = start >> LOW_BITS, (end - 1) >> LOW_BITS
        edges = np.append(self._ends[first - 1] if first else 0, self._ends[first : last + 1]).astype(np.int64)
        low, high = np.array((start, end - 1)).astype(np.uint16)  # of the array's type, which is copied else
        begin = edges[0] + self._at[edges[0] : edges[1]].searchsorted(low)
        stop = edges[-2] + self._at[edges[-2] : edges[-1]].searchsorted(high, "right")
        edges[0], edges[-1] = begin, stop
        places = (np.arange(first, last + 1, dtype=np.int64) << LOW_BITS).repeat(np.diff(edges))
        places += self._at[begin:stop]
        return places, self._by[begin:stop] << np.uint32(POSITION_BITS)
