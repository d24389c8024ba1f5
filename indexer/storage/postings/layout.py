"""The arrays that hold a segment's postings: their names, and which term's texts are written in which way.

A text's number is parted: 16 bits of it stand in one array, and what is above them (its block of 65,536 texts) either
beside it, or, for a term with many postings, as the places where each block begins among them.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from indexer.storage.arrays import Array, Ints

LOW_BITS = 16
TEXTS = 4  # of a document; a power of two
LONG = 4  # bytes of one block's end: a term has them where they take less than a byte a posting

POSTINGS, POSITIONS = "postings", "positions"  # of each term, by their counts (offsets.py)
LOW, HIGH = "texts.low", "texts.high"
BLOCK_ENDS = "texts.block_ends"
CODES, MORE, RANK = "frequencies.codes", "frequencies.more", "frequencies.rank"
OVER_AT, OVER_BY = "frequencies.over_at", "frequencies.over_by"
NEAR, NEAR_ABOVE = "positions.low", "positions.high"
FAR_AT, FAR_BY, FAR_ENDS = "positions.far_at", "positions.far_by", "positions.far_ends"
WIDE = "positions"


class Layout(NamedTuple):
    """How the texts of a segment are written.

    Attributes:
        blocks: How many blocks of texts the segment has.
        long: The numbers of the terms whose blocks are known by their ends.
        long_before: How many postings of such terms there are before each of them, and in all.
    """

    blocks: int
    long: Ints
    long_before: Ints

    @property
    def high_type(self) -> np.dtype[np.unsignedinteger]:
        """The type of the number of a block."""
        return np.dtype(np.uint8) if self.blocks <= 1 << 8 else np.dtype(np.uint16)


def layout(counts: Array, documents: int) -> Layout:
    """Return the layout of a segment.

    Args:
        counts: The number of postings of each term.
        documents: The number of documents.
    """
    blocks = max(1, -(-documents * TEXTS >> LOW_BITS))
    long = np.flatnonzero(counts > LONG * blocks) if blocks > 1 else np.empty(0, np.int64)
    return Layout(blocks, long, np.append(0, np.cumsum(counts[long], dtype=np.int64)))


def runs(terms: Ints | Sequence[int]) -> Iterator[tuple[int, int]]:
    """Part sorted terms into runs of neighbours, whose postings follow one another: the first, and the end.

    The forms of a word mostly are one run.
    """
    begin = end = int(terms[0])
    for term in map(int, terms):
        if term != end:
            yield begin, end
            begin = term
        end = term + 1
    yield begin, end


def portions(counts: Ints, most: int) -> Iterator[tuple[int, int]]:
    """Part owners into portions that have so many items together at the most, or are one owner: the first, and the end.

    Args:
        counts: How many items each owner has.
    """
    ends = counts.cumsum()
    first = 0
    while first < len(ends):
        before = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(ends.searchsorted(before + most, "right")))
        yield first, last
        first = last
