"""A printed name -> the folded key a person is known by, such as `ana-perez`.

The key is what URLs, filters and the author facet use. Compatibility forms are unified (NFKC), letters
casefolded, accents dropped from Latin and Greek letters only (a breve makes another letter in Cyrillic),
and everything that is neither letter nor digit becomes one hyphen.
"""

import re
import unicodedata

NONE = "none"  # the filter value for "the page does not say"; no name folds to it (see `fold`)

_BREAK = re.compile(r"[^\w]+|_+")
_SPECIAL = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


def unaccented(text: str) -> str:
    """Drop the accents and strokes of Latin and Greek letters: "Pérez" -> "Perez", "ø" -> "o", but "й" stays."""
    if text.isascii():
        return text
    kept: list[str] = []
    base = ""
    for sign in unicodedata.normalize("NFD", text):
        if unicodedata.combining(sign):
            if base and unicodedata.name(base, "").startswith(("LATIN", "GREEK")):
                continue
        else:
            base = sign
        kept.append(sign)
    return unicodedata.normalize("NFC", "".join(kept)).translate(_SPECIAL)


def fold(name: str) -> str:
    """Return the key of a name; empty when nothing of it is a letter or digit."""
    plain = unaccented(unicodedata.normalize("NFKC", name).casefold())
    key = _BREAK.sub("-", plain.replace("'", "").replace("’", "").replace(".", " ")).strip("-")
    return "none-" if key == NONE else key
