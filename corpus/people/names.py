"""A printed name -> the folded key a person is known by, such as `ana-perez`.

The key is what URLs, filters and the author facet use. Compatibility forms are unified (NFKC), letters
casefolded, accents dropped from Latin and Greek letters only (a breve makes another letter in Cyrillic), as are
the points of Hebrew and Arabic, which are mostly left out in print. The vowel signs of other scripts are part of
their letters. Everything that is neither letter, mark nor digit becomes one hyphen.
"""

import re
import unicodedata

from corpus.characters import WORD, without_invisible

NONE = "none"  # the filter value for "the page does not say"; no name folds to it (see `fold`)

_BREAK = re.compile(rf"[^{WORD}]+|_+")
_POINTS = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u0652\u0670]")
_SPECIAL = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


def unaccented(text: str) -> str:
    """Drop the accents and strokes of Latin and Greek letters: "Pérez" -> "Perez", "ø" -> "o", but "й" stays."""
    if text.isascii():
        return text
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


def fold(name: str) -> str:
    """Return the key of a name; empty when nothing of it is a letter or digit."""
    shown = without_invisible(unicodedata.normalize("NFKC", name))
    plain = unaccented(_POINTS.sub("", shown).casefold())
    key = _BREAK.sub("-", plain.replace("'", "").replace("’", "").replace(".", " ")).strip("-")
    return "none-" if key == NONE else key
