"""The packed postings of a segment -> the rules that they break; none when they are as the writer makes them.

The reader of postings takes their numbers as places in other arrays, so a file from elsewhere is checked by
these rules.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from indexer.storage.arrays import Array, ArrayFile, Ints
from indexer.storage.postings import layout as names
from indexer.storage.postings.layout import LOW_BITS, TEXTS
from indexer.storage.postings.packing import (
    CODES_A_BYTE,
    CODES_A_WORD,
    FIT,
    POSITION_BITS,
    RANKED,
    apart_in_words,
)
from indexer.storage.postings.reader import PostingLists
from indexer.storage.postings.writer import MAX_BYTE

Rule = tuple[str, Callable[[], bool]]

MAX_POSITIONS = 1 << 20  # of a text
PIECE = 1 << 18  # postings, positions or numbers that are looked at in one go, so that memory does not grow with a file

_BEYOND = "a posting is out of range"
_FALLING = "postings of a term are out of order"
_LENGTHS = "frequencies and lengths do not agree"
_SUMS = "frequencies and positions do not agree"
_OUTSIDE = "a position lies outside its text"


def shapes(file: ArrayFile, lists: PostingLists, forms: int) -> Iterator[Rule]:
    """Yield the rules of single arrays: lengths, types, and what must rise."""
    ends, places = (np.asarray(at, np.int64) for at in (lists.posting_at, lists.position_at))
    yield "its terms and their postings do not agree", lambda: _offsets(ends, forms)
    yield "its terms and their positions do not agree", lambda: _offsets(places, forms)
    yield "its packed texts differ in number", lambda: _texts_fit(file, lists)
    yield "the blocks of its texts are out of order", lambda: _blocks_fit(file, lists)
    yield "its packed frequencies differ in number", lambda: _frequencies_fit(file, lists)
    yield "its packed positions differ in number", lambda: _positions_fit(file, lists)


def contents(lists: PostingLists, documents: int, lengths: Array) -> Iterator[Rule]:
    """Yield the rules of what the arrays say together; all are looked at in one pass over the postings.

    Args:
        lengths: The number of forms of each text.
    """
    broken = _broken(lists, documents * TEXTS, lengths)
    for said in (_BEYOND, _FALLING, _LENGTHS, _SUMS, _OUTSIDE):
        yield said, partial(broken.isdisjoint, (said,))


def _broken(lists: PostingLists, texts_count: int, lengths: Array) -> set[str]:
    """What is broken. Four bytes a text are held, and some pieces; nothing that grows with the postings."""
    if len(lengths) != texts_count:
        return {_LENGTHS, _OUTSIDE}
    ends, places = np.asarray(lists.posting_at), np.asarray(lists.position_at)
    counted = np.zeros(texts_count, np.uint32)
    broken: set[str] = set()
    place, before = 0, -1
    for start in range(0, len(lists), PIECE):
        texts, often = lists.between(start, min(start + PIECE, len(lists)))
        end = start + len(texts)
        first, begin, last = (bisect_left(lists.posting_at, at) for at in (start, start + 1, end))
        rises = texts[1:] > texts[:-1]
        own = ends[begin:last].astype(np.int64) - start  # where a term begins after another
        rises[own - 1] = True
        if not rises.all() or (first == begin and int(texts[0]) <= before):
            broken.add(_FALLING)
        before = int(texts[-1])
        often = often.astype(np.uint32)
        sums = np.append(0, np.cumsum(often, dtype=np.int64))
        stop = last + 1 if end == len(lists) else last
        if not np.array_equal(sums[ends[first:stop].astype(np.int64) - start] + place, places[first:stop]):
            broken.add(_SUMS)
        if int(texts.max()) >= texts_count:
            return broken | {_BEYOND, _LENGTHS, _OUTSIDE}
        np.add.at(counted, texts, often)
        if place + int(sums[-1]) > lists.position_count or not _inside(lists, place, sums, lengths[texts]):
            broken.add(_OUTSIDE)
        place += int(sums[-1])
    # Sums that are too large for four bytes cannot all be equal and have the same total.
    if place != int(lengths.sum(dtype=np.int64)) or not np.array_equal(counted, lengths):
        broken.add(_LENGTHS)
    return broken


def _offsets(ends: Ints, count: int) -> bool:
    return len(ends) == count + 1 and not ends[0] and bool((ends[1:] > ends[:-1]).all())


def _texts_fit(file: ArrayFile, lists: PostingLists) -> bool:
    low, high, count = file[names.LOW], file[names.HIGH], len(lists)
    short = count - int(lists.layout.long_before[-1]) if lists.layout.blocks > 1 else 0
    return (low.dtype, len(low), high.dtype, len(high)) == (np.dtype(np.uint16), count, lists.layout.high_type, short)


def _blocks_fit(file: ArrayFile, lists: PostingLists) -> bool:
    long, blocks = lists.layout.long, lists.layout.blocks
    every = file[names.BLOCK_ENDS].reshape(len(long), blocks)
    rows = max(1, PIECE // blocks)
    for first in range(0, len(long), rows):
        ends = every[first : first + rows].astype(np.int64)
        if (np.diff(ends, axis=1, prepend=0) < 0).any() or (
            ends[:, -1] != lists.counts(long[first : first + rows])
        ).any():
            return False
    return True


def _frequencies_fit(file: ArrayFile, lists: PostingLists) -> bool:
    codes, more, rank, count = file[names.CODES], file[names.MORE], file[names.RANK], len(lists)
    if codes.dtype != np.uint8 or more.dtype != np.uint8 or len(codes) != -(-count // CODES_A_WORD) * 8:
        return False
    if codes[-(-count // CODES_A_BYTE) :].any():
        return False
    words, each, total = codes.view(np.uint64), RANKED // CODES_A_WORD, 0
    if len(rank) != -(-count // RANKED) + 1 or rank[0]:
        return False
    for first in range(0, len(words), PIECE):
        own = words[first : first + PIECE]
        apart = np.cumsum(apart_in_words(own, np.full(len(own), CODES_A_WORD))) + total
        known = apart[each - 1 :: each]
        if not np.array_equal(rank[first // each + 1 :][: len(known)], known):
            return False
        total = int(apart[-1])
    if rank[-1] != total or len(more) != total or not _within(more, FIT, MAX_BYTE + 1):
        return False
    over = file[names.OVER_AT]
    return _pairs(over, file[names.OVER_BY], count, MAX_POSITIONS + 1) and all(
        _are_largest(lists, codes, more, over[first : first + PIECE].astype(np.int64))
        for first in range(0, len(over), PIECE)
    )


def _are_largest(lists: PostingLists, codes: Array, more: Array, places: Ints) -> bool:
    """Do the largest frequencies that fit a byte stand in some places?"""
    shifts = (places % CODES_A_BYTE * 2).astype(np.uint8)
    is_apart = bool((codes[places // CODES_A_BYTE] >> shifts & 3 == FIT - 1).all())
    return is_apart and bool((more[lists.ranks(places)] == MAX_BYTE).all())


def _positions_fit(file: ArrayFile, lists: PostingLists) -> bool:
    count = lists.position_count
    if lists.is_wide:
        return file[names.WIDE].dtype in (np.uint16, np.uint32) and len(file[names.WIDE]) == count
    near, above = file[names.NEAR], file[names.NEAR_ABOVE]
    types = near.dtype == above.dtype == np.uint8
    fit = types and (len(near), len(above)) == (count, -(-count // 2))
    return fit and _far_fit(file, count)


def _far_fit(file: ArrayFile, count: int) -> bool:
    """Do the far positions of each block of 65,536 rise, and stand at places that exist?"""
    at, by, ends = file[names.FAR_AT], file[names.FAR_BY], file[names.FAR_ENDS].astype(np.int64)
    if at.dtype != np.uint16 or len(at) != len(by) or not _within(by, 1, (MAX_POSITIONS >> POSITION_BITS) + 1):
        return False
    whole = len(ends) == -(-count >> LOW_BITS) and (np.diff(ends, prepend=0) >= 0).all()
    if not whole or (int(ends[-1]) if len(ends) else 0) != len(at):
        return False
    rises = at[1:] > at[:-1]
    rises[ends[(ends > 0) & (ends < len(at))] - 1] = True  # where a block begins after another
    last = at[int(ends[-2]) if len(ends) > 1 else 0 :]  # the only ones that may be beyond
    return bool(rises.all()) and _within(last, 0, count - (max(len(ends) - 1, 0) << LOW_BITS))


def _pairs(at: Array, by: Array, count: int, beyond: int) -> bool:
    """Do numbers stand at rising places, each within bounds?"""
    return len(at) == len(by) and _within(at, 0, count) and bool((at[1:] > at[:-1]).all()) and _within(by, 1, beyond)


def _within(numbers: Array, least: int, beyond: int) -> bool:
    return not len(numbers) or (int(numbers.min()) >= least and int(numbers.max()) < beyond)


def _inside(lists: PostingLists, place: int, sums: Ints, lengths: Array) -> bool:
    """Is each position less than its text's length? `sums` says where each posting's begin, from `place` on."""
    first = 0
    while first < len(lengths):
        last = max(first + 1, int(np.searchsorted(sums, sums[first] + PIECE, "right")) - 1)
        positions = lists.positions(place + int(sums[first]), place + int(sums[last]))
        if (np.maximum.reduceat(positions, sums[first:last] - sums[first]) >= lengths[first:last]).any():
            return False
        first = last
    return True
