"""A text in plain letters -> its surface forms, at the speed of a split; other texts are left to text.py.

Most news is ASCII but for its quotation marks and dashes. Such a text needs no regular expression: its bytes are
translated to lower case and blanks, and split at the blanks. The result is that of text.py, or None.
"""

import re

_TYPOGRAPHY = re.compile("[\u2018-\u201f\u2010-\u2015\u2026\u00a0\u00a3\u20ac\u2022]")  # no form holds one of these
_BLANK = b" "
_LOWER = bytes(ord(chr(byte).lower()) if byte < 128 and chr(byte).isalnum() else 32 for byte in range(256))
_DOT = re.compile(rb"\.(?<=\b[a-z]\.)(?=[a-z]\b)")  # within a dotted abbreviation


def plain_forms(text: str) -> list[str] | None:
    """Return the surface forms of a text, or None when it is not plain. Endless words are not cut."""
    if not text.isascii():
        text = _TYPOGRAPHY.sub(" ", text)
        if not text.isascii():
            return None
    letters = text.encode().lower().replace(b"_", _BLANK)
    if b"#" in letters or b"++" in letters:  # C++ and C# are words
        return None
    return _DOT.sub(b"", letters).translate(_LOWER).decode().split()
