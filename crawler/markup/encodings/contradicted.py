"""A header that names an encoding of Latin letters, and a page that names another one -> which the bytes support.

The page is right where its encoding reads the bytes as words of another script. Latin text read so gives such letters
one by one, and beside small Latin ones. A template's wrong label therefore never overrules a right header.
"""

import unicodedata
from functools import lru_cache
from itertools import groupby

from crawler.markup.encodings.guess import without_markup

# Python's names of the encodings in which a text is Latin. A server's default is among them, and no page's own choice.
LATIN = frozenset({
    "cp1250", "cp1252", "cp1254", "cp1257", "cp1258", "mac-roman",
    *(f"iso8859-{part}" for part in (2, 3, 4, 10, 13, 14, 15, 16)),
})  # fmt: skip
SAMPLE_BYTES = 65_536  # beyond the markup
MIN_LETTERS = 12  # of another script; with fewer, chance may have made them
MIN_IN_WORDS = 0.75  # of those letters; of Vietnamese under a false label a fifth are
LONG = 6  # letters, more than stand in a row beyond ASCII in any Latin word; a longer row may touch a name in Latin
MIN_LETTERS_SHARE = 0.5  # of all beyond ASCII; the rest is punctuation

_LATIN, _OTHER, _NONE = range(3)


def is_supported(content: bytes, encoding: str) -> bool:
    """Return whether a page's bytes are words of another script than Latin in an encoding of Python's name."""
    text = without_markup(content)[:SAMPLE_BYTES].decode(encoding, "replace")
    runs = [(kind, sum(1 for _ in run)) for kind, run in groupby(text, _kind)]
    before = [_NONE, *(kind for kind, _ in runs)]
    after = [*(kind for kind, _ in runs[1:]), _NONE]
    letters = in_words = 0
    for (kind, length), *beside in zip(runs, before, after, strict=False):
        if kind == _OTHER:
            letters += length
            in_words += length if length >= LONG or (length > 1 and _LATIN not in beside) else 0
    beyond = sum(character > "\x7f" for character in text)
    return letters >= max(MIN_LETTERS, beyond * MIN_LETTERS_SHARE) and in_words >= letters * MIN_IN_WORDS


@lru_cache(maxsize=4096)
def _kind(character: str) -> int:
    """Return what a character is: a small Latin letter, a letter or mark of another script, or neither.

    A name in Latin capitals stands in a word of another script, as in "LG는".
    """
    if not character.isalpha() and not unicodedata.category(character).startswith("M"):
        return _NONE
    if character > "\x7f" and "LATIN" not in unicodedata.name(character, ""):
        return _OTHER
    return _LATIN if character.islower() else _NONE
