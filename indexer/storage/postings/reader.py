"""The packed arrays of a segment -> the texts a term stands in, how often it does, and at which positions."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import numpy as np

from indexer.storage.arrays import Array, ArrayFile, Ints, Pieces, chained
from indexer.storage.kernel import Kernel, Lists
from indexer.storage.postings import layout as names
from indexer.storage.postings.compiled import opened
from indexer.storage.postings.far_positions import FarPositions
from indexer.storage.postings.layout import LOW_BITS, TEXTS, layout, portions, runs
from indexer.storage.postings.offsets import read_offsets
from indexer.storage.postings.packing import (
    CODES_A_BYTE,
    CODES_A_WORD,
    FIT,
    RANKED,
    apart_before,
    apart_in_words,
    unpacked_codes,
    unpacked_nibbles,
)

FEW = 8  # terms are read run by run; more of them together, which is quicker where each has few postings
TOGETHER = 1 << 20  # postings of many terms that are read in one go


class PostingLists:
    """The postings of a segment. Texts are sorted within a term, and positions within a posting.

    Args:
        in_pieces: Read past the mapping, so that what is read once does not stay in memory.

    Attributes:
        posting_at, position_at: Where the postings of each term begin, and its positions, and where the last one's end.
    """

    def __init__(self, file: ArrayFile, documents: int, *, in_pieces: bool = False) -> None:
        self._file = file
        self._get = file.pieces if in_pieces else file.__getitem__
        self._begins = read_offsets(file, names.POSTINGS)
        self.posting_at, self.position_at = self._begins.data, read_offsets(file, names.POSITIONS).data
        self.layout = layout(self.every_count(), documents)
        self._long: list[int] = self.layout.long.tolist()
        self._long_before: list[int] = self.layout.long_before.tolist()
        blocks = self.layout.blocks if self._long else 1  # as the file says: only its block ends show that it is so
        self._block_ends = file[names.BLOCK_ENDS].reshape(len(self._long), blocks)
        self._blocks = np.arange(1, blocks, dtype=np.uint32) << np.uint32(LOW_BITS)
        self._compiled: Lists | None = None
        self._rank = file[names.RANK]
        self._more = file[names.MORE]
        self._over_at, self._over_by = file[names.OVER_AT], file[names.OVER_BY]
        self._low: Array | Pieces = self._get(names.LOW)
        self._high: Array | Pieces = self._get(names.HIGH)
        self._codes: Array | Pieces = self._get(names.CODES)
        self.is_wide = names.WIDE in file
        self._near: Array | Pieces = self._get(names.WIDE if self.is_wide else names.NEAR)
        if not self.is_wide:
            self._above: Array | Pieces = self._get(names.NEAR_ABOVE)
            self._far = FarPositions(file)

    def compiled(self, kernel: Kernel) -> Lists:
        """Return these lists as the kernel reads them."""
        if self._compiled is None:
            self._compiled = opened(
                kernel, self._file, self.posting_at, self.position_at, self.layout, is_wide=self.is_wide
            )
        return self._compiled

    def __len__(self) -> int:
        """The number of postings."""
        return int(self.posting_at[-1])

    @property
    def position_count(self) -> int:
        """The number of positions."""
        return int(self.position_at[-1])

    @property
    def wide(self) -> np.dtype[np.unsignedinteger] | None:
        """The type of the positions where they are whole numbers; None where they are packed."""
        return self._file[names.WIDE].dtype if self.is_wide else None

    def counts(self, terms: Ints) -> Ints:
        """Return how many postings each of some terms has."""
        at = self._begins
        found: Ints = at[terms + 1].astype(np.int64) - at[terms]
        return found

    def every_count(self) -> Ints:
        """Return how many postings each term has."""
        at = self._begins.astype(np.int64)
        found: Ints = at[1:] - at[:-1]
        return found

    def more_frequent(self, terms: range, least: int) -> Ints:
        """Return the terms of a run that have more than `least` postings."""
        at = self._begins[terms.start : terms.stop + 1]
        return terms.start + np.flatnonzero(at[1:] - at[:-1] > least)

    def count(self, term: int) -> int:
        """Return how many postings one term has."""
        return int(self.posting_at[term + 1] - self.posting_at[term])

    def count_of(self, terms: Ints | Sequence[int]) -> int:
        """Return how many postings some terms have together."""
        if len(terms) <= FEW:
            return sum(map(self.count, terms))
        return int(self.counts(np.asarray(terms, np.int64)).sum())

    def texts(self, term: int, last: int | None = None) -> Array:
        """Return the texts of a term, or, with `last`, of each term from `term` up to `last`, term by term."""
        last = term + 1 if last is None else last
        long = bisect_left(self._long, term), bisect_left(self._long, last)
        return self._texts(self.posting_at[term], self.posting_at[last], *long)

    def texts_in(self, term: int, field: int) -> Array:
        """Return the texts of one field that a term with many postings stands in; the others are not made whole."""
        low = self._low[self.posting_at[term] : self.posting_at[term + 1]]
        places = (low & np.uint16(TEXTS - 1) == field).nonzero()[0]
        texts: Array = low[places].astype(np.uint32)
        ends = places.searchsorted(self._block_ends[bisect_left(self._long, term)])
        texts[ends[0] :] |= self._blocks.repeat(ends[1:] - ends[:-1])
        return texts

    def _texts(self, start: int, end: int, first: int, last: int) -> Array:
        """The texts of some postings; those of the long terms from a number up to another are among them."""
        texts: Array = self._low[start:end].astype(np.uint32)
        begin = start
        for number in range(first, last):
            own = self._long[number]
            whole = self.posting_at[own], self.posting_at[own + 1]
            self._add_high(texts, begin - start, whole[0] - start, begin - self._long_before[number])
            begin, ends = max(whole[0], start), self._block_ends[number]
            if whole[0] < start or end < whole[1]:  # a part of the term
                ends = np.clip(ends.astype(np.int64) - (begin - whole[0]), 0, end - begin)
            texts[begin - start + ends[0] : whole[1] - start] |= self._blocks.repeat(ends[1:] - ends[:-1])
            begin = whole[1]
        if self.layout.blocks > 1:
            self._add_high(texts, begin - start, end - start, begin - self._long_before[last])
        return texts

    def _add_high(self, texts: Array, begin: int, end: int, at: int) -> None:
        if begin < end:
            texts[begin:end] |= self._high[at : at + end - begin].astype(np.uint32) << np.uint32(LOW_BITS)

    def frequencies(self, term: int, last: int | None = None) -> Array:
        """Return how often a term stands in each of its texts; of bytes where that is enough."""
        return self._frequencies(self.posting_at[term], self.posting_at[term + 1 if last is None else last])

    def _frequencies(self, start: int, end: int) -> Array:
        packed = self._codes[start // CODES_A_BYTE : -(-end // CODES_A_BYTE)]
        found = unpacked_codes(packed, start % CODES_A_BYTE, end - start)
        apart = (found == FIT).nonzero()[0]
        if len(apart):
            rank = self._apart_before(start)
            found[apart] = self._more[rank : rank + len(apart)]
        return self._with_over(found, start, end)

    def _with_over(self, found: Array, start: int, end: int) -> Array:
        if len(self._over_at):
            first, last = np.searchsorted(self._over_at, (start, end))
            if first < last:
                found = found.astype(np.int64)
                found[self._over_at[first:last] - start] += self._over_by[first:last]
        return found

    def _apart_before(self, start: int) -> int:
        """How many frequencies stand apart before a posting."""
        known = start // RANKED
        packed = self._codes[known * RANKED // CODES_A_BYTE : -(-start // CODES_A_BYTE)]
        return int(self._rank[known]) + apart_before(packed.tobytes(), start - known * RANKED)

    def postings(self, term: int, last: int | None = None) -> tuple[Array, Array]:
        """Return texts and frequencies of a term, or of each term from one up to `last`."""
        return self.texts(term, last), self.frequencies(term, last)

    def between(self, start: int, end: int) -> tuple[Array, Array]:
        """Return texts and frequencies of the postings from one up to another, whatever terms they are of."""
        first, last = bisect_right(self.posting_at, start) - 1, bisect_left(self.posting_at, end)
        long = bisect_left(self._long, first), bisect_left(self._long, last)
        return self._texts(start, end, *long), self._frequencies(start, end)

    def by_block(self, term: int) -> tuple[Array, Array, Ints]:
        """Return the places in blocks of texts where a term stands, how often, and where each block's begin and end.

        Where there are several blocks, the term is a long one.
        """
        low, often = self._low[self.posting_at[term] : self.posting_at[term + 1]], self.frequencies(term)
        edges = np.zeros(self.layout.blocks + 1, np.int64)
        edges[1:] = self._block_ends[bisect_left(self._long, term)] if self.layout.blocks > 1 else len(low)
        return low, often, edges

    def each_block(self, terms: Ints) -> Iterator[Iterator[Array]]:
        """Yield for each block of texts the places in it where terms with many postings stand, term by term."""
        ends = self._block_ends[np.searchsorted(self.layout.long, terms)]
        begins = starts = self._begins[terms].astype(np.int64)
        for block in range(ends.shape[1] if len(terms) else 0):
            stops = starts + ends[:, block]
            yield (self._low[begin:end] for begin, end in zip(begins.tolist(), stops.tolist(), strict=True))
            begins = stops

    def of_many(self, terms: Ints | Sequence[int], *, only_texts: bool = False) -> tuple[Array, Array]:
        """Return texts and frequencies, unless only texts are wanted, of some sorted terms; they come in any order."""
        if len(terms) <= FEW:
            parts = [self.postings(*run) for run in runs(terms)]
            return parts[0] if len(parts) == 1 else chained(parts)
        is_long = np.isin(terms := np.asarray(terms, np.int64), self.layout.long, assume_unique=True)
        long, short = terms[is_long], np.sort(terms[~is_long])
        parts = [self.postings(term) for term in long.tolist()]
        if len(short):
            parts.append(self._of_short(short, only_texts=only_texts))
        return parts[0] if len(parts) == 1 else chained(parts)

    def in_pieces(self, terms: Ints | Sequence[int], *, only_texts: bool = False) -> Iterator[tuple[Array, Array]]:
        """Yield texts and frequencies of many terms, as `of_many` gives them, some terms at a time."""
        if len(terms) == 0:
            return
        first, last = int(terms[0]), int(terms[-1]) + 1
        own = ((first, last),) if last - first == len(terms) else tuple(runs(terms)) if len(terms) <= FEW else ()
        if own and sum(self.posting_at[end] - self.posting_at[begin] for begin, end in own) <= TOGETHER:
            yield from (self.postings(*run) for run in own)
            return
        terms = np.asarray(terms, np.int64)
        for first, last in portions(self.counts(terms), TOGETHER):
            yield self.of_many(terms[first:last], only_texts=only_texts)

    def _of_short(self, terms: Ints, *, only_texts: bool) -> tuple[Array, Array]:
        low, high, codes = (self._file[name] for name in (names.LOW, names.HIGH, names.CODES))
        at = self._begins
        starts = at[terms].astype(np.int64)
        counts = at[terms + 1] - starts
        where = np.repeat(starts - (np.cumsum(counts) - counts), counts)
        where += np.arange(len(where))
        texts = low[where].astype(np.uint32)
        if self.layout.blocks > 1:
            before = self.layout.long_before[np.searchsorted(self.layout.long, terms)]
            texts |= high[where - np.repeat(before, counts)].astype(np.uint32) << np.uint32(LOW_BITS)
        if only_texts:
            return texts, texts
        found = (codes[where // CODES_A_BYTE] >> (where % CODES_A_BYTE * 2).astype(np.uint8) & 3) + np.uint8(1)
        apart = np.flatnonzero(found == FIT)
        if len(apart):
            owner = np.repeat(np.arange(len(terms)), counts)[apart]
            nth = np.arange(len(apart)) - np.searchsorted(owner, owner)
            found[apart] = self._more[self.ranks(starts)[owner] + nth]
        if len(self._over_at):
            at_over = np.searchsorted(self._over_at, where)
            is_over = self._over_at.take(at_over, mode="clip") == where
            found = found.astype(np.int64)
            found[is_over] += self._over_by[at_over[is_over]]
        return texts, found

    def ranks(self, starts: Ints) -> Ints:
        """Return how many frequencies stand apart before each of some postings."""
        numbers = self._file[names.CODES].view(np.uint64)
        known = starts // RANKED
        found: Ints = self._rank[known].astype(np.int64)
        left = starts - known * RANKED
        word = known * (RANKED // CODES_A_WORD)
        for step in range(RANKED // CODES_A_WORD):
            own = np.clip(left - step * CODES_A_WORD, 0, CODES_A_WORD)
            found += apart_in_words(numbers.take(word + step, mode="clip"), own)
        return found

    def positions(self, start: int, end: int) -> Array:
        """Return the positions from one to another, as they follow one another term by term."""
        low = self._near[start:end]
        if self.is_wide:
            return low
        found: Array = unpacked_nibbles(self._above[start // 2 : -(-end // 2)], start % 2, end - start)
        found |= low
        if len(self._far):
            found = found.astype(np.uint32)
            far, above = self._far.between(start, end)
            found[far - start] |= above
        return found

    def positions_at(self, where: Ints) -> Array:
        """Return the positions in some places of that order; `where` is sorted."""
        if self.is_wide:
            wide: Array = self._file[names.WIDE][where]
            return wide
        found: Array = self._file[names.NEAR][where].astype(np.uint32)
        half = self._file[names.NEAR_ABOVE][where >> 1].astype(np.uint32)
        found |= (half >> ((where & 1) << 2).astype(np.uint32) & np.uint32(15)) << np.uint32(8)
        if len(self._far) and len(where):
            far, above = self._far.between(int(where[0]), int(where[-1]) + 1)
            at = np.searchsorted(where, far)
            is_there = where.take(at, mode="clip") == far
            found[at[is_there]] |= above[is_there]
        return found
