"""A text in plain letters -> its surface forms, at the speed of a split; other texts are left to text.py.

Most news is ASCII but for its quotation marks and dashes. Such a text needs no regular expression: its bytes are
translated to lower case and blanks, and split at the blanks. The result is that of text.py, or None.
"""

import re
from functools import cache

import numpy as np

_TYPOGRAPHY = re.compile("[\u2018-\u201f\u2010-\u2015\u2026\u00a0\u00a3\u20ac\u2022]")  # no form holds one of these
_BLANK = b" "
_LOWER = bytes(ord(chr(byte).lower()) if byte < 128 and chr(byte).isalnum() else 32 for byte in range(256))
_DOT = re.compile(rb"\.(?<=(?<![A-Za-z0-9])[A-Za-z]\.)(?=[A-Za-z](?![A-Za-z0-9]))")  # within a dotted abbreviation


def plain_forms(text: str) -> list[str] | None:
    """Return the surface forms of a text, or None when it is not plain. Endless words are not cut."""
    letters = _letters(text)
    return None if letters is None else _DOT.sub(b"", letters).translate(_LOWER).decode().split()


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


def plain_words(text: str, longest: int) -> str | None:
    """Return a plain text with its letters small and a blank for all else, character by character.

    None where `plain_spans` is None.
    """
    letters = _letters(text)
    if letters is None or _DOT.search(letters):
        return None
    words = letters.translate(_LOWER).decode()
    passed = _steps(longest).match(words)
    return words if passed and len(words) - passed.end() <= longest else None


@cache
def _steps(longest: int) -> re.Pattern[str]:
    """From one blank to the last one that a form may reach, as often as there is one."""
    return re.compile(f"(?s:(?:.{{0,{longest}}} )*+)")


def _letters(text: str) -> bytes | None:
    """The bytes of a plain text, one a character."""
    if not text.isascii():
        text = _TYPOGRAPHY.sub(" ", text)
        if not text.isascii():
            return None
    letters = text.encode()
    if b"#" in letters or (b"+" in letters and b"++" in letters):  # C# and C++ are words; one byte is soon looked for
        return None
    return letters
