"""A pattern such as `wo?d*` and a sorted list of words -> the numbers of the words that match it.

The words are looked at as characters, many at once: first what stands before the first star and after the last, then
one after the other what stands between two stars, each at its first place: if a word matches, it does so too.
"""

import re
from collections.abc import Callable

import numpy as np

from indexer.storage.arrays import Array, Ints, Mask
from indexer.storage.terms.term_dictionary import Words

_WILD = re.compile(r"[*?]")
_END, _ANY = ord("\n"), ord("?")
_NONE = np.empty(0, np.int64)
_TOGETHER = 1 << 15  # words looked at together: some milliseconds, so that a limit of time is kept


def matching(pattern: str, words: Words, checkpoint: Callable[[], object] = lambda: None) -> Ints:
    """Return the numbers of the words that match a pattern: `*` is any run of characters, `?` one; sorted.

    Args:
        checkpoint: Called every few milliseconds of work; what it raises ends the work.
    """
    begin = _WILD.split(pattern, maxsplit=1)[0]
    numbers = words.starting(begin)
    if not numbers:
        return _NONE
    if pattern == f"{begin}*":
        return np.arange(numbers.start, numbers.stop)
    found = []
    for first in range(numbers.start, numbers.stop, _TOGETHER):
        checkpoint()
        found.append(_among(pattern, words, range(first, min(first + _TOGETHER, numbers.stop))))
    return np.concatenate(found)


def _among(pattern: str, words: Words, numbers: range) -> Ints:
    """Those of a run of words that match."""
    text = words.encoded(numbers)
    encoding, kind = "utf-8", "u1"  # a character is a byte, unless one of any kind is sought among others
    if "?" in pattern and not text.isascii():
        encoding, kind = "utf-32-le", "<u4"
        text = text.decode().encode(encoding)
    characters = np.frombuffer(text, kind)
    first, *rest = (np.frombuffer(part.encode(encoding, "surrogatepass"), kind) for part in pattern.split("*"))
    ends = np.flatnonzero(characters == _END)
    starts = np.concatenate(([0], ends[:-1] + 1))
    sizes, least = ends - starts, len(first) + sum(map(len, rest))
    left = np.flatnonzero(sizes >= least if rest else sizes == least)
    left = _fixed(first, characters, starts, left)
    if rest:
        *between, last = rest
        left = _fixed(last, characters, ends - len(last), left)
        at, limit = starts[left] + len(first), ends[left] - len(last)
        for part in between:
            at = _behind(part, characters, at)
            fits = at <= limit
            left, at, limit = left[fits], at[fits], limit[fits]
    return numbers.start + left


def _fixed(part: Array, characters: Array, starts: Ints, left: Ints) -> Ints:
    """Those of some words that have a part of the pattern at a place of their own."""
    for at, one in enumerate(part.tolist()):
        if one != _ANY:
            left = left[characters[starts[left] + at] == one]
    return left


def _behind(part: Array, characters: Array, places: Ints) -> Ints:
    """Where a part of the pattern ends that first begins at or after each of some places; behind all if none does."""
    if not len(places) or (part == _ANY).all():
        return places + len(part)
    begins: Mask = np.ones(len(characters), np.bool_)
    for at, one in enumerate(part.tolist()):
        begins[len(characters) - at :] = False
        if one != _ANY:
            begins[: len(characters) - at] &= characters[at:] == one
    every = np.flatnonzero(begins)
    found: Ints = np.append(every, len(characters)).take(every.searchsorted(places))
    found += len(part)
    return found
