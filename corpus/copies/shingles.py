"""A text -> the hashes of its shingles, and the few of them by which its copies are found again.

A shingle is a run of WIDTH words, or of WIDTH_UNSPACED characters where a script sets no spaces. Hashes are stable: the
same on every machine and in every process.
"""

import re
import zlib

import numpy as np
from numpy.typing import NDArray

from corpus.characters import UNSPACED, in_latin
from corpus.copies.writing import in_one_byte, in_one_spelling, in_one_writing

Hashes = NDArray[np.uint64]

WIDTH = 5  # words: a templated sentence with another name in it shares few runs of five
WIDTH_UNSPACED = 12  # characters; a Chinese or Japanese word has about two
SHORT = 240  # shingles; a shorter text has a denser sketch, else too few hashes are left to find the text by
ONE_IN = 24  # of a long text's shingles are in its sketch: sixteen for a story of 400 words
ONE_IN_SHORT = 8
MOST = 24  # hashes of a sketch: of a text that another of twice its length has in it, about seven are found there
LEAST = 8  # of a text of thirty shingles one in eight would be four, and at times none
MOST_CODES = 50_000  # words whose checksums are remembered, some 6 MB
LONGEST_CODED = 40  # characters of such a word

_WORDS = re.compile(r"\w+")
_UNITS = re.compile(rf"[{UNSPACED}]|(?:(?![{UNSPACED}])\w)+")
_ANY_UNSPACED = re.compile(f"[{UNSPACED}]")
_LETTERS = bytes(in_one_byte(byte) if chr(byte).isalnum() or chr(byte) == "_" else 0x20 for byte in range(256))
_SOFT_HYPHEN = b"\xad"
_WEIGHTS = np.random.default_rng(20240506).integers(1, 1 << 63, WIDTH_UNSPACED, np.uint64) | np.uint64(1)


class _Codes(dict[str, int]):
    """Word -> its checksum, once it was looked for: a corpus has few words, many times over."""

    def __missing__(self, word: str) -> int:
        code = zlib.crc32(in_one_spelling(word).encode())
        if len(word) <= LONGEST_CODED:
            self[word] = code
        return code


_codes = _Codes()


def shingles(text: str) -> Hashes:
    """Return the hashes of a text's shingles, sorted, each once; empty for a text shorter than one shingle."""
    text, width = text.casefold(), WIDTH
    latin = in_latin(text)
    if latin is not None:  # what `_WORDS` finds, in half the time
        words = _words_in_latin(latin)
    elif _ANY_UNSPACED.search(text := in_one_writing(text)):
        words = _UNITS.findall(text)
        if sum(len(word) == 1 for word in words) * 2 > len(words):
            width = WIDTH_UNSPACED
    else:
        words = _WORDS.findall(text)
    if len(words) < width:
        return np.empty(0, np.uint64)
    codes = _mixed(np.fromiter(map(_codes.__getitem__, words), np.uint64, len(words)))
    if len(_codes) > MOST_CODES:
        _codes.clear()
    count = len(words) - width + 1
    total = np.zeros(count, np.uint64)
    for at in range(width):
        total += codes[at : at + count] * _WEIGHTS[at]
    return _each_once(_mixed(total))


def _words_in_latin(text: bytes) -> list[str]:
    return text.translate(_LETTERS, _SOFT_HYPHEN).decode("iso8859-1").split()


def sketch(hashes: Hashes) -> list[int]:
    """Return what stands for a text: of its smallest hashes, about one in ONE_IN, the last 32 bits.

    Which hash is small depends on nothing but the shingle, so a text that holds most of another one shares most of its
    sketch, however much longer it is. The first bits of small hashes are alike, the last ones are not.
    """
    limit = np.uint64((1 << 64) // _one_in(len(hashes)))
    return smallest(hashes, min(max(int(np.searchsorted(hashes, limit)), LEAST), MOST))


def smallest(hashes: Hashes, count: int) -> list[int]:
    """Return the last 32 bits of so many of a text's smallest hashes."""
    return hashes[:count].astype(np.uint32).tolist()  # type: ignore[no-any-return]


def checksum(hashes: Hashes) -> int:
    """Return 32 bits that stand for all shingles of a text: another text has others."""
    return zlib.crc32(hashes.tobytes())


def density(shingles: int) -> float:
    """Return the share of a text's shingles that is in its sketch, by how many shingles the text has."""
    return min(max(1 / _one_in(shingles), LEAST / max(shingles, 1)), MOST / max(shingles, 1))


def _one_in(shingles: int) -> int:
    return ONE_IN if shingles > SHORT else ONE_IN_SHORT


def containment(one: Hashes, other: Hashes) -> float:
    """Return which share of the shorter text's shingles stand in the longer text; 0.0 when either has none."""
    shorter = min(len(one), len(other))
    return len(np.intersect1d(one, other, assume_unique=True)) / shorter if shorter else 0.0


def _each_once(hashes: Hashes) -> Hashes:
    """Return hashes sorted, each once; `numpy.unique` takes seven times as long for a text."""
    hashes.sort()
    is_new = np.ones(len(hashes), bool)
    np.not_equal(hashes[1:], hashes[:-1], out=is_new[1:])
    return hashes if is_new.all() else hashes[is_new]


def _mixed(values: Hashes) -> Hashes:
    """Spread the bits of each value over all 64 (the finaliser of splitmix64)."""
    mixed = values + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
