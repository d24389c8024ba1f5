"""A pattern such as `wo?d*` and a sorted list of words -> the numbers of the words that match it.

The words are looked at as bytes, many at once: first what stands before the first wildcard and behind the last, then
the longest run of letters between them, and only what is left by the expression of the whole pattern.
"""

import re
from collections.abc import Callable

import numpy as np

from indexer.storage.arrays import Array, Ints
from indexer.storage.terms.term_dictionary import Words

_WILD = re.compile(r"[*?]")
_CHARACTER = rb"(?:[\x00-\x09\x0b-\x7f]|[\xc0-\xff][\x80-\xbf]*)"  # of UTF-8, the line feed between words left out
_NONE = np.empty(0, np.int64)
_TOGETHER = 1 << 15  # words looked at together: some milliseconds, so that a limit of time is kept


def matching(pattern: str, words: Words, still: Callable[[], object] = lambda: None) -> Ints:
    """Return the numbers of the words that match a pattern: `*` is any run of characters, `?` one; sorted.

    Args:
        still: Called every few milliseconds of work; what it raises ends the work.
    """
    pieces = _WILD.split(pattern)
    begin = pieces[0]
    numbers = words.starting(begin)
    if not numbers:
        return _NONE
    if pattern == f"{begin}*":
        return np.arange(numbers.start, numbers.stop)
    found = []
    for first in range(numbers.start, numbers.stop, _TOGETHER):
        still()
        found.append(_among(pattern, pieces, words, range(first, min(first + _TOGETHER, numbers.stop))))
    return np.concatenate(found)


def _among(pattern: str, pieces: list[str], words: Words, numbers: range) -> Ints:
    """Those of a run of words that match; what stands between the wildcards of the pattern is given as well."""
    begin, end = pieces[0], pieces[-1] if len(pieces) > 1 else ""
    text = words.encoded(numbers)
    characters = np.frombuffer(text, np.uint8)
    ends = np.flatnonzero(characters == ord("\n"))
    starts = np.concatenate(([0], ends[:-1] + 1))
    left = np.flatnonzero(ends - starts >= sum(len(piece.encode()) for piece in pieces))
    left = _ending(end.encode(), characters, ends, left)
    if pattern != f"{begin}*{end}":
        left = _holding(max(pieces[1:-1], key=len, default=""), text, ends, left)
        left = _fitting(expression(pattern), text, starts, ends, left)
    return numbers.start + left


def _ending(end: bytes, characters: Array, ends: Ints, left: Ints) -> Ints:
    for back, byte in enumerate(reversed(end), 1):
        left = left[characters[ends[left] - back] == byte]
    return left


def _holding(inner: str, text: bytes, ends: Ints, left: Ints) -> Ints:
    """Those words that hold a run of letters; only asked when few will."""
    if not inner or len(left) < len(ends) // 4:
        return left
    found = [match.start() for match in re.finditer(re.escape(inner.encode()), text)]
    holding = np.zeros(len(ends), np.bool_)
    holding[np.searchsorted(ends, np.array(found, np.int64))] = True
    remaining: Ints = left[holding[left]]
    return remaining


def _fitting(whole: re.Pattern[bytes], text: bytes, starts: Ints, ends: Ints, left: Ints) -> Ints:
    if len(left) * 4 > len(ends):  # most of them: in one pass over all
        found = np.searchsorted(starts, np.array([match.start() for match in whole.finditer(text)], np.int64))
        return np.intersect1d(left, found, assume_unique=True)
    spans = zip(starts[left].tolist(), ends[left].tolist(), strict=True)
    fits = [whole.fullmatch(text, *span) is not None for span in spans]
    return left[np.array(fits, np.bool_)]


def expression(pattern: str) -> re.Pattern[bytes]:
    """Return the regular expression of a pattern, for words on lines of their own.

    Each star takes as little as it can and never tries again (atomic groups), so that many of them cost no more
    than a few: what stands between two stars may as well stand at its first place.
    """
    first, *rest = (
        b"".join(_CHARACTER if one == "?" else re.escape(one.encode()) for one in part) for part in pattern.split("*")
    )
    if rest:
        *between, last = rest
        first += b"".join(rb"(?>[^\n]*?" + part + b")" for part in between) + rb"[^\n]*" + last
    return re.compile(b"^" + first + b"$", re.MULTILINE)
