"""A line that begins with two forms of a label -> the same with one: "Autor/in: Ana Pérez" -> "Autor: Ana Pérez"."""

import re

from crawler.bylines.words import AUTHOR_LABELS, lead

# "Autor/in", "Autor/-in", "Autor:innen", "Autor*in", "Author(s)", "Του/Της", "By / Por".
_PAIRED = re.compile(r"([^\W\d_]{2,20})(?:\s?/\s?-?|[*:_]|(\()-?)([^\W\d_]{1,20})(?(2)\))(?=\s?[:：]|\s)")
_SUFFIXES = frozenset("a as e en es in innen ka ne or ra rice s trice".split())


def with_one_label(line: str) -> str:
    """Return a line with the first of the two forms of a label that it begins with; any other line as it is."""
    found = _PAIRED.match(line)
    if found is None or not _leads(found[1]):
        return line
    is_ending = found[3] in _SUFFIXES and found[1].casefold() in AUTHOR_LABELS
    return found[1] + line[found.end() :] if is_ending or ("/" in found[0] and _leads(found[3])) else line


def _leads(word: str) -> bool:
    """Whether a word stands before names, or is the plain form of a label."""
    return lead(f"{word} x") is not None or word.casefold() in AUTHOR_LABELS
