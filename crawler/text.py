"""A text of a page -> without invisible characters; its length in letters; what is unreadable; patterns in it."""

import re
import unicodedata

from corpus.characters import without_invisible

# Ranges of characters that say more than a letter, and the number beyond 1 that a character counts: about as many
# letters as an English translation needs for it.
DENSE = (
    (0x1100, 0x11FF, 1),  # Hangul, single and in syllables
    (0x3040, 0x30FF, 1),  # kana
    (0x3400, 0x4DBF, 2),  # Han
    (0x4E00, 0x9FFF, 2),
    (0xAC00, 0xD7AF, 1),
    (0xF900, 0xFAFF, 2),
    (0x20000, 0x323AF, 2),
)

LABEL = 60  # letters; a line below it that ends without a full stop is no prose
MAX_UNREADABLE = 0.1  # of an article's characters that are controls or stand for what could not be decoded

STOP = re.compile(r"[.!?…。！？؟।][\"'”’»」)]*$")

_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff]")


def _class_of(*extras: int) -> re.Pattern[str]:
    return re.compile("[" + "".join(f"{chr(a)}-{chr(b)}" for a, b, extra in DENSE if extra in extras) + "]")


_ANY_DENSE, _HAN = _class_of(1, 2), _class_of(2)


class Caseless:
    """A pattern that finds small letters and capitals alike.

    A text of ASCII is made small first and searched as it is, in a third of the time that `re.IGNORECASE` takes; the
    pattern must not have capitals of its own, but in classes such as `\\W`.
    """

    def __init__(self, pattern: str) -> None:
        self._small, self._any = re.compile(pattern), re.compile(pattern, re.IGNORECASE)

    def is_in(self, text: str) -> bool:
        """Return whether the pattern is found anywhere in a text."""
        found = self._small.search(text.lower()) if text.isascii() else self._any.search(text)
        return found is not None


def clean(text: str) -> str:
    """Return a text without characters that cannot be seen, white space collapsed, composed (NFC).

    The joiners of Arabic and Indic spelling stay.
    """
    return " ".join(unicodedata.normalize("NFC", without_invisible(text.replace("\u00a0", " "), joiners=True)).split())


def text_length(text: str) -> int:
    """Return how much a text says, in letters of an alphabet: the one measure for every threshold of length.

    A Han character counts 3, a kana or a Korean syllable 2, any other character 1: a story that takes 1,200 letters
    of English takes some 400 Chinese characters.
    """
    if text.isascii():
        return len(text)
    dense = len(_ANY_DENSE.findall(text))
    return len(text) + dense + len(_HAN.findall(text)) if dense else len(text)


def is_label(text: str) -> bool:
    """Return whether a line is too short for prose and ends as no sentence does."""
    return text_length(text) < LABEL and STOP.search(text) is None


def unreadable_share(text: str) -> float:
    """Return the share of a text's characters that are controls or stand for bytes that could not be decoded."""
    return len(_UNREADABLE.findall(text)) / len(text) if text else 0.0
