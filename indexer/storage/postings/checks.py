"""The packed postings of a segment -> the rules that they break; none when they are as the writer makes them.

Whoever reads postings takes their numbers as places in other arrays, so a file from elsewhere is read by these rules.
"""

from collections.abc import Callable, Iterator

import numpy as np

from indexer.storage.arrays import Array, ArrayFile, Ints
from indexer.storage.postings import layout as names
from indexer.storage.postings.layout import TEXTS
from indexer.storage.postings.packing import CODES_A_BYTE, CODES_A_WORD, FIT, POSITION_BITS, RANKED, unpacked_codes
from indexer.storage.postings.reader import PostingLists
from indexer.storage.postings.writer import MAX_BYTE

Rule = tuple[str, Callable[[], bool]]

MAX_POSITIONS = 1 << 20  # of a text


def shapes(file: ArrayFile, lists: PostingLists, forms: int) -> Iterator[Rule]:
    """Yield the rules of single arrays: lengths, types, and what must rise."""
    ends, places = (np.asarray(at, np.int64) for at in (lists.posting_at, lists.position_at))
    yield "its terms and their postings do not agree", lambda: _offsets(ends, forms)
    yield "its terms and their positions do not agree", lambda: _offsets(places, forms)
    yield "its packed texts differ in number", lambda: _texts_fit(file, lists)
    yield "the blocks of its texts are out of order", lambda: _blocks_fit(file, lists)
    yield "its packed frequencies differ in number", lambda: _frequencies_fit(file, len(lists))
    yield "its packed positions differ in number", lambda: _positions_fit(file, lists)


def contents(lists: PostingLists, forms: int, documents: int, lengths: Array) -> Iterator[Rule]:
    """Yield the rules of what the arrays say together.

    Args:
        lengths: The number of forms of each text.
    """
    ends, places = (np.asarray(at, np.int64) for at in (lists.posting_at, lists.position_at))
    texts, frequencies = lists.postings(0, forms)
    frequencies = frequencies.astype(np.int64)
    yield "a posting is out of range", lambda: int(texts.max(initial=0)) < max(1, documents * TEXTS)
    yield "postings of a term are out of order", lambda: _rising(texts, ends)
    yield (
        "frequencies and lengths do not agree",
        lambda: np.array_equal(np.bincount(texts, frequencies, documents * TEXTS).astype(np.int64), lengths),
    )
    yield (
        "frequencies and positions do not agree",
        lambda: np.array_equal(np.concatenate(([0], np.cumsum(frequencies)))[ends], places),
    )
    yield "a position lies outside its text", lambda: _inside(lists, texts, frequencies, lengths)


def _offsets(ends: Ints, count: int) -> bool:
    return len(ends) == count + 1 and not ends[0] and bool((ends[1:] > ends[:-1]).all())


def _texts_fit(file: ArrayFile, lists: PostingLists) -> bool:
    low, high, count = file[names.LOW], file[names.HIGH], len(lists)
    short = count - int(lists.layout.long_before[-1]) if lists.layout.blocks > 1 else 0
    return (low.dtype, len(low), high.dtype, len(high)) == (np.dtype(np.uint16), count, lists.layout.high_type, short)


def _blocks_fit(file: ArrayFile, lists: PostingLists) -> bool:
    long = lists.layout.long
    ends = file[names.BLOCK_ENDS].reshape(len(long), lists.layout.blocks).astype(np.int64)
    return bool((np.diff(ends, axis=1, prepend=0) >= 0).all()) and np.array_equal(ends[:, -1], lists.counts(long))


def _frequencies_fit(file: ArrayFile, count: int) -> bool:
    codes, more, rank = file[names.CODES], file[names.MORE], file[names.RANK]
    if codes.dtype != np.uint8 or more.dtype != np.uint8 or len(codes) != -(-count // CODES_A_WORD) * 8:
        return False
    if codes[-(-count // CODES_A_BYTE) :].any():
        return False
    apart = np.flatnonzero(unpacked_codes(codes, 0, count) == FIT)
    if len(more) != len(apart) or not _within(more, FIT, MAX_BYTE + 1):
        return False
    over = file[names.OVER_AT].astype(np.int64)
    at = np.searchsorted(apart, over)
    marked = len(over) == 0 or bool((apart.take(at, mode="clip") == over).all() and (more[at] == MAX_BYTE).all())
    return (
        np.array_equal(rank, np.searchsorted(apart, np.arange(0, count + RANKED, RANKED)))
        and marked
        and _pairs(over, file[names.OVER_BY], count, MAX_POSITIONS + 1)
    )


def _positions_fit(file: ArrayFile, lists: PostingLists) -> bool:
    count = lists.position_count
    if lists.is_wide:
        return file[names.WIDE].dtype in (np.uint16, np.uint32) and len(file[names.WIDE]) == count
    near, above = file[names.NEAR], file[names.NEAR_ABOVE]
    types = near.dtype == above.dtype == np.uint8
    fit = types and (len(near), len(above)) == (count, -(-count // 2))
    return fit and _pairs(file[names.FAR_AT], file[names.FAR_BY], count, (MAX_POSITIONS >> POSITION_BITS) + 1)


def _pairs(at: Array, by: Array, count: int, beyond: int) -> bool:
    """Do numbers stand at rising places, each within bounds?"""
    at = at.astype(np.int64)
    return len(at) == len(by) and _within(at, 0, count) and bool((at[1:] > at[:-1]).all()) and _within(by, 1, beyond)


def _within(numbers: Array, least: int, beyond: int) -> bool:
    return not len(numbers) or (int(numbers.min()) >= least and int(numbers.max()) < beyond)


def _rising(texts: Array, ends: Ints) -> bool:
    """Is each posting's text greater than the one's before, but for where a term begins?"""
    falls = np.flatnonzero(texts[1:] <= texts[:-1]) + 1
    return bool(np.isin(falls, ends).all())


def _inside(lists: PostingLists, texts: Array, frequencies: Ints, lengths: Array) -> bool:
    positions = lists.positions(0, lists.position_count)
    return bool((positions < np.repeat(lengths[texts], frequencies)).all())
