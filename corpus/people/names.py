"""A printed name -> the folded key a person is known by, such as `ana-perez`.

The key is what URLs, filters and the author facet use. Compatibility forms are unified (NFKC), letters
casefolded, accents dropped from Latin and Greek letters only (a breve makes another letter in Cyrillic), as are
the points of Hebrew and Arabic, which are mostly left out in print. The vowel signs of other scripts are part of
their letters. Everything that is neither letter, mark nor digit becomes one hyphen.
"""

import re
import unicodedata
from functools import lru_cache

from corpus.characters import MARKS, WORD, without_invisible
from corpus.patterns import deferred

NONE = "none"  # the filter value for "the page does not say"; no name folds to it (see `fold`)

_BREAK = deferred(rf"[^{WORD}]+|_+")
_PLAIN_WORD = re.compile(r"\w+")  # a word of a text without marks and underscores; found at a third of the cost
_ASCII_WORD = re.compile("[0-9a-z]+")
_MARKS = frozenset(MARKS)
_ACCENTED = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")  # no ASCII character is changed by what stands before it
_CACHED = 8  # characters of a run whose plain spelling is remembered; longer ones are whole words of other scripts
_FOLDED = 60  # characters of a name whose key is remembered: the rules for names fold each of its words several times
_POINTS = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u0652\u0670]")
_SPECIAL = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


def unaccented(text: str) -> str:
    """Drop the accents and strokes of Latin and Greek letters: "Pérez" -> "Perez", "ø" -> "o", but "й" stays."""
    if text.isascii():
        return text
    return _ACCENTED.sub(lambda run: (_cached_plain if len(run[0]) <= _CACHED else _plain)(run[0]), text)


def _plain(text: str) -> str:
    plain: list[str] = []
    base = ""
    for character in unicodedata.normalize("NFD", text):
        if unicodedata.combining(character):
            if base and unicodedata.name(base, "").startswith(("LATIN", "GREEK")):
                continue
        else:
            base = character
        plain.append(character)
    return unicodedata.normalize("NFC", "".join(plain)).translate(_SPECIAL)


_cached_plain = lru_cache(4096)(_plain)


def fold(name: str) -> str:
    """Return the key of a name; empty when nothing of it is a letter or digit."""
    return (_cached_fold if len(name) <= _FOLDED else _fold)(name)


def has_word_from(key: str, start: str) -> bool:
    """Whether a word of the key begins with `start`, which may go on into the next word; true for an empty `start`."""
    return f"-{start}" in f"-{key}"


def _fold(name: str) -> str:
    if name.isascii() and "_" not in name:
        key = "-".join(_ASCII_WORD.findall(name.lower().replace("'", "")))
        return "none-" if key == NONE else key
    shown = without_invisible(unicodedata.normalize("NFKC", name))
    plain = unaccented(_POINTS.sub("", shown).casefold())
    key = _hyphenated(plain.replace("'", "").replace("’", "").replace(".", " "))
    return "none-" if key == NONE else key


_cached_fold = lru_cache(4096)(_fold)


def _hyphenated(text: str) -> str:
    """Put one hyphen between words, which are runs of letters, marks and digits."""
    if "_" not in text and _MARKS.isdisjoint(text):
        return "-".join(_PLAIN_WORD.findall(text))
    return _BREAK.sub("-", text).strip("-")
