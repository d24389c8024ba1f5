"""Postings, a run of whole terms at a time -> the packed arrays of a segment's file.

It takes no more memory for many postings than for few, but for what does not fit the packed numbers.
"""

import numpy as np

from indexer.storage.arrays import Array, ArrayWriter, Ints, Room, compact
from indexer.storage.postings import layout as names
from indexer.storage.postings.layout import LOW_BITS, layout
from indexer.storage.postings.offsets import write_counts
from indexer.storage.postings.packing import (
    CODES_A_BYTE,
    CODES_A_WORD,
    FIT,
    POSITION_BITS,
    RANKED,
    packed_codes,
    packed_nibbles,
)

MAX_BYTE = 255
MOST_FAR = 8  # one position in so many may be far; with more of them whole numbers take less


class PostingWriter:
    """The postings of a segment being written.

    Args:
        postings, positions: How many each term has.
        documents: The documents of the segment.
        wide: The type of the positions, where they are to stand as whole numbers; None packs them.
    """

    def __init__(
        self,
        file: ArrayWriter,
        postings: Ints,
        positions: Ints,
        documents: int,
        *,
        wide: np.dtype[np.unsignedinteger] | None,
    ) -> None:
        self._file = file
        self._layout = layout(postings, documents)
        self._posting_at = np.append(0, np.cumsum(postings, dtype=np.int64))
        write_counts(file, names.POSTINGS, postings)
        write_counts(file, names.POSITIONS, positions)
        all_postings, all_positions = int(self._posting_at[-1]), int(positions.sum(dtype=np.int64))
        self._low = file.reserve(names.LOW, np.dtype(np.uint16), all_postings)
        high = all_postings - int(self._layout.long_before[-1]) if self._layout.blocks > 1 else 0
        self._high = file.reserve(names.HIGH, self._layout.high_type, high)
        codes = file.reserve(names.CODES, np.dtype(np.uint8), -(-all_postings // CODES_A_WORD) * 8)
        self._codes = _Packer(codes, CODES_A_BYTE)
        self._wide = file.reserve(names.WIDE, wide, all_positions) if wide is not None else None
        if self._wide is None:
            self._near = file.reserve(names.NEAR, np.dtype(np.uint8), all_positions)
            self._above = _Packer(file.reserve(names.NEAR_ABOVE, np.dtype(np.uint8), -(-all_positions // 2)), 2)
        self._ends: list[Array] = [np.empty(0, np.uint32)]
        self._more: list[Array] = [np.empty(0, np.uint8)]
        self._apart: list[Array] = [np.empty(0, np.int64)]
        self._over: list[tuple[Array, Array]] = [(np.empty(0, np.int64), np.empty(0, np.uint32))]
        self._far: list[tuple[Array, Array]] = [(np.empty(0, np.int64), np.empty(0, np.uint16))]
        self._done = 0
        self._placed = 0

    def write(self, texts: Array, frequencies: Array, positions: Array) -> None:
        """Write the postings of the next terms."""
        if self._layout.blocks > 1:
            self._write_blocks(texts)
        self._low.write(texts & ((1 << LOW_BITS) - 1))
        apart = np.flatnonzero(frequencies >= FIT)
        self._apart.append(apart + self._done)
        self._more.append(np.minimum(frequencies[apart], MAX_BYTE).astype(np.uint8))
        over = apart[frequencies[apart] > MAX_BYTE]
        self._over.append((over + self._done, (frequencies[over] - MAX_BYTE).astype(np.uint32)))
        self._codes.write(np.minimum(frequencies, FIT).astype(np.uint8) - np.uint8(1))
        self._write_positions(positions)
        self._done += len(texts)
        self._placed += len(positions)

    def _write_blocks(self, texts: Array) -> None:
        """Write the blocks of the texts: their ends for each long term, and the others one by one."""
        blocks, long = self._layout.blocks, self._layout.long
        is_short = np.ones(len(texts), np.bool_)
        first, last = np.searchsorted(self._posting_at[long], (self._done, self._done + len(texts)))
        starts = np.arange(1, blocks + 1, dtype=np.int64) << LOW_BITS
        for term in long[first:last].tolist():
            begin, end = self._posting_at[term : term + 2] - self._done
            self._ends.append(np.searchsorted(texts[begin:end], starts).astype(np.uint32))
            is_short[begin:end] = False
        self._high.write(texts[is_short] >> LOW_BITS)

    def _write_positions(self, positions: Array) -> None:
        if self._wide is not None:
            self._wide.write(positions)
            return
        far = np.flatnonzero(positions >= 1 << POSITION_BITS)
        self._far.append((far + self._placed, (positions[far] >> POSITION_BITS).astype(np.uint16)))
        self._near.write(positions & 255)
        self._above.write((positions >> 8 & 15).astype(np.uint8))

    def close(self) -> None:
        """Write the arrays whose size is known only at the end: codes, and positions that are far or over."""
        self._codes.close(up_to=8)  # they are read as whole words, too
        if self._wide is None:
            self._above.close()
            places, above = (np.concatenate(each) for each in zip(*self._far, strict=True))
            blocks = -(-self._placed >> LOW_BITS)
            ends = np.searchsorted(places, np.arange(1, blocks + 1, dtype=np.int64) << LOW_BITS)
            self._file.add(names.FAR_AT, (places & ((1 << LOW_BITS) - 1)).astype(np.uint16))
            self._file.add(names.FAR_ENDS, compact(ends))
            self._file.add(names.FAR_BY, above.astype(np.uint8) if not len(above) or above.max() <= MAX_BYTE else above)
        self._file.add(names.BLOCK_ENDS, np.concatenate(self._ends))
        self._file.add(names.MORE, np.concatenate(self._more))
        apart = np.concatenate(self._apart)
        ranks = np.searchsorted(apart, np.arange(0, self._done + RANKED, RANKED))
        self._file.add(names.RANK, compact(ranks))
        self._add_pairs(self._over, names.OVER_AT, names.OVER_BY)

    def _add_pairs(self, pairs: list[tuple[Array, Array]], at: str, by: str) -> None:
        self._file.add(at, np.concatenate([one for one, _ in pairs]))
        self._file.add(by, np.concatenate([other for _, other in pairs]))


class _Packer:
    """Small numbers on their way into bytes of several; what does not fill a byte waits for the next."""

    def __init__(self, room: Room, a_byte: int) -> None:
        self._room = room
        self._size = a_byte
        self._waiting = np.empty(0, np.uint8)

    def write(self, values: Array) -> None:
        """Write the next values."""
        values = np.concatenate((self._waiting, values))
        whole = len(values) // self._size * self._size
        self._pack(values[:whole])
        self._waiting = values[whole:]

    def close(self, *, up_to: int = 1) -> None:
        """Write the last byte, and zeros up to a multiple of some bytes."""
        self._pack(self._waiting)
        self._room.write(np.zeros(-self._room.count % up_to, np.uint8))

    def _pack(self, values: Array) -> None:
        self._room.write(packed_nibbles(values) if self._size == 2 else packed_codes(values))


def wide_type(positions: Array) -> np.dtype[np.unsignedinteger] | None:
    """Return the type of positions that are too many far ones to be packed, or None where they are not."""
    far = int(np.count_nonzero(positions >= 1 << POSITION_BITS))
    if far * MOST_FAR <= len(positions):
        return None
    return np.dtype(np.uint16) if int(positions.max()) < 1 << 16 else np.dtype(np.uint32)
