"""A text in plain letters -> its surface forms, at the speed of a split; other texts are left to text.py.

Most news is ASCII but for its quotation marks and dashes, or has the letters of western Europe besides. Such a text
needs no regular expression: its bytes are translated to lower case and blanks, and split at the blanks. The result is
that of text.py, or None.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from indexer.analysis.joints import JOINTS

_TYPOGRAPHY = re.compile("[\u2018-\u201f\u2010-\u2015\u2026\u00a0\u00a3\u20ac\u2022]")  # no form holds one of these
_BLANK = b" "
_LOWER = bytes(ord(chr(byte).lower()) if byte < 128 and chr(byte).isalnum() else 32 for byte in range(256))
_JOINTS = JOINTS.encode("ascii", "ignore")
_SHAPES = bytes(
    ord("-") if byte in _JOINTS else byte if byte == ord("_") else low for byte, low in enumerate(_LOWER)
)  # _LOWER, but what may join two words is a hyphen, and the underscore is itself
_JOINT = re.compile(rb"-(?<=[0-9a-z_]-)(?:[0-9a-z_]| [a-z]-(?<![0-9a-z_][a-z]- [a-z]-))")
_DOT = re.compile(rb"\.(?<=(?<![A-Za-z0-9])[A-Za-z]\.)(?=[A-Za-z](?![A-Za-z0-9]))")  # within a dotted abbreviation
# Of Latin-1, what is written otherwise in compatibility form or in small letters (\u00df is two letters then), or is
# no letter beside one.
_UNLIKE = bytes((*range(0x80, 0xA0), *b"\xa8\xaa\xad\xaf\xb2\xb3\xb4\xb5\xb8\xb9\xba\xbc\xbd\xbe\xdf"))
_LATIN_LOWER = bytes(ord(chr(byte).lower()) if chr(byte).isalnum() and byte != 0xDF else 32 for byte in range(256))
_LATIN_DOT = re.compile(_DOT.pattern.replace(rb"a-z", rb"a-z\xc0-\xd6\xd8-\xf6\xf8-\xff"))


class PlainWords(NamedTuple):
    """A plain text in small letters.

    Attributes:
        padded: A blank, a byte for each character, which is a blank where that is no letter or digit, and a blank.
        may_join: Whether a sign stands between two letters that may join them: where not, no joined form stands there.
    """

    padded: bytes
    may_join: bool


def plain_forms(text: str) -> list[str] | None:
    """Return the surface forms of a text, or None when it is not plain. Endless words are not cut."""
    letters = _letters(text)
    if letters is not None:
        return _DOT.sub(b"", letters).translate(_LOWER).decode().split()
    latin = _latin(text.replace("\u00df", "ss"))
    return None if latin is None else _LATIN_DOT.sub(b"", latin).translate(_LATIN_LOWER).decode("latin-1").split()


def plain_placed(text: str, places: Sequence[int], longest: int) -> tuple[list[str], list[int]] | None:
    """Return the surface forms of a text, and of each place how many of them begin before it.

    None when the text is not plain, or a form has more than `longest` characters.

    Args:
        places: Where words begin, in the order of the text.
    """
    letters, dot, lower = _letters(text), _DOT, _LOWER
    if letters is None:
        letters, dot, lower = _latin(text), _LATIN_DOT, _LATIN_LOWER
        if letters is None:
            return None
    dots = [found.start() for found in dot.finditer(letters)]
    words = (dot.sub(b"", letters) if dots else letters).translate(lower)
    found = words.decode("latin-1").split()
    if max(map(len, found), default=0) > longest:
        return None
    is_letter = np.frombuffer(_BLANK + words, np.uint8) != ord(_BLANK)
    starts = np.flatnonzero(is_letter[1:] > is_letter[:-1])
    moved = [place - bisect_left(dots, place) for place in places]
    before: list[int] = np.searchsorted(starts, moved).tolist()
    return found, before


def plain_spans(text: str, longest: int) -> list[tuple[str, int, int]] | None:
    """Return the same forms, each with its place [start, end) in the text.

    None for a dotted abbreviation, too, and for a form of more than `longest` characters.
    """
    letters = _letters(text)
    if letters is None or _DOT.search(letters):
        return None
    words = letters.translate(_LOWER)
    is_letter = np.frombuffer(b"".join((_BLANK, words, _BLANK)), np.uint8) != ord(_BLANK)
    edges = np.flatnonzero(is_letter[1:] != is_letter[:-1])
    starts, ends = edges[::2], edges[1::2]
    if int((ends - starts).max(initial=0)) > longest:
        return None
    return list(zip(words.decode().split(), starts.tolist(), ends.tolist(), strict=True))


def plain_words(text: str, longest: int) -> PlainWords | None:
    """Return the words of a plain text; None where `plain_spans` is None."""
    letters = _letters(text)
    if letters is None:
        return None
    shape = letters.translate(_SHAPES)
    may_join = _JOINT.search(shape) is not None
    if may_join and _DOT.search(letters):
        return None
    words = shape.replace(b"-", _BLANK)
    if b"_" in words:
        words = words.replace(b"_", _BLANK)
    passed = _steps(longest).match(words)
    return PlainWords(b" %b " % words, may_join) if passed and len(words) - passed.end() <= longest else None


@cache
def _steps(longest: int) -> re.Pattern[bytes]:
    """From one blank to the last one that a form may reach, as often as there is one."""
    return re.compile(rb"(?s:(?:.{0,%d} )*)" % longest)


def _letters(text: str) -> bytes | None:
    """The bytes of a plain text, one a character."""
    if not text.isascii():
        text = _TYPOGRAPHY.sub("-", text)  # some of them join words
        if not text.isascii():
            return None
    letters = text.encode()
    return None if _has_marked_words(letters) else letters


def _latin(text: str) -> bytes | None:
    """The bytes of a text in Latin-1, one a character; None when one of them is `_UNLIKE` itself in a form."""
    try:
        letters = text.encode("latin-1")
    except UnicodeEncodeError:
        try:
            letters = _TYPOGRAPHY.sub("-", text).encode("latin-1")
        except UnicodeEncodeError:
            return None
    is_unlike = len(letters.translate(None, _UNLIKE)) < len(letters)
    return None if is_unlike or _has_marked_words(letters) else letters


def _has_marked_words(letters: bytes) -> bool:
    """Whether C# and C++ may be among the words; one byte is soon looked for."""
    return b"#" in letters or (b"+" in letters and b"++" in letters)
