"""A text of a page -> without invisible characters; its length in letters; what is unreadable; patterns in it."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import compress, islice
from operator import not_

from corpus.characters import STOPS, in_latin, without_invisible
from corpus.patterns import deferred, has_seeker, made_plain, needed, seeker

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

_STOPS = frozenset(STOPS)
CLOSING = "\"'”’»」』)）]“‘«›‹״》〉】"  # may stand after a full stop; German closes with “, Danish with «

_UNSTOPPED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
_ENDS_UNSTOPPED = re.compile(rf"[{_UNSTOPPED}][^{_UNSTOPPED}]{{0,30}}$")  # or with a number or a foreign name after

_CONTROLS = bytes({*range(0x20), *range(0x7F, 0xA0)} - {*b"\t\n\r"})
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff]")


def _class_of(*extras: int) -> re.Pattern[str]:
    return deferred("[" + "".join(f"{chr(a)}-{chr(b)}" for a, b, extra in DENSE if extra in extras) + "]")


_ANY_DENSE, _HAN = _class_of(1, 2), _class_of(2)
# All that is dense and more, in two ranges: European letters and punctuation are passed over in half the time.
_MAY_BE_DENSE = re.compile("[^\x00-\u10ff\u1200-\u303f]")
_OF_UNSTOPPED = deferred(f"[{_UNSTOPPED}]")
_REMEMBERED = 1_000  # characters of a text whose length is remembered: each text of a page is measured some times
_MOST = 1_000  # such texts


class Caseless:
    """A pattern that finds small letters and capitals alike, as `re.IGNORECASE` does, in a third of its time or less.

    A text is made small first and searched as it is; where the kernel is installed, only if it has one of the words
    that the pattern needs. The pattern must not have capitals of its own, but in classes such as `\\W`. What is found
    stands at its place, in small letters.
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._written = re.sub("[ςσ]", "[ςσ]", made_plain(pattern))
        self._small = deferred(self._written)

    def is_in(self, text: str) -> bool:
        """Return whether the pattern is found anywhere in a text."""
        return self.search(text) is not None

    def search(self, text: str) -> re.Match[str] | None:
        """As of a compiled pattern."""
        return self._small.search(_small(text)) if self.may_be_in(text) else None

    @cached_property
    def may_be_in(self) -> Callable[[str], bool]:
        """Return whether the pattern may be found in a text, or in a part of it: one of its words is there."""
        words = needed(self._written) if has_seeker() else None
        return (seeker(words) if words is not None else None) or _always

    def among(self, texts: Sequence[str], numbers: Sequence[int]) -> Sequence[int]:
        """Return the texts' numbers if the pattern may be found in one of them, else none; they are read as one."""
        return numbers if self.may_be_in("\n".join(map(texts.__getitem__, numbers))) else ()

    def match(self, text: str) -> re.Match[str] | None:
        """As of a compiled pattern."""
        return self._small.match(_small(text)) if self.may_be_in(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """As of a compiled pattern."""
        return self._small.fullmatch(_small(text)) if self.may_be_in(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As of a compiled pattern."""
        return self._small.finditer(_small(text)) if self.may_be_in(text) else iter(())


class AnyCaseless:
    """Some such patterns, of which one is found: each is tried only on texts that have one of its own words."""

    def __init__(self, *patterns: str) -> None:
        self.patterns = patterns
        self._each = tuple(map(Caseless, patterns))
        self._whole = Caseless("|".join(patterns))

    def among(self, texts: Sequence[str], numbers: Sequence[int]) -> Sequence[int]:
        """As of one such pattern."""
        return self._whole.among(texts, numbers)

    def is_in(self, text: str) -> bool:
        """Return whether one of the patterns is found anywhere in a text."""
        return self._whole.may_be_in(text) and any(each.is_in(text) for each in self._each)


def _small(text: str) -> str:
    return text.lower() if text.isascii() else made_plain(text).lower()


def _always(_: str) -> bool:
    return True


def clean(text: str) -> str:
    """Return a text without characters that cannot be seen, white space collapsed, composed (NFC).

    The joiners of Arabic and Indic spelling stay.
    """
    if text.isascii():
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", without_invisible(text.replace("\u00a0", " "), joiners=True)).split())


def text_length(text: str) -> int:
    """Return how much a text says, in letters of an alphabet: the one measure for every threshold of length.

    A Han character counts 3, a kana or a Korean syllable 2, any other character 1: a story that takes 1,200 letters
    of English takes some 400 Chinese characters.
    """
    if text.isascii():
        return len(text)
    if (known := _lengths.get(text)) is None:
        known = _length(text)
        remember_lengths((text,), (known,))
    return known


def total_length(texts: Sequence[str]) -> int:
    """Return how much some texts say together."""
    whole = "".join(texts)
    return len(whole) if whole.isascii() else sum(map(text_length, texts))


def remember_lengths(texts: Iterable[str], lengths: Iterable[int]) -> None:
    """Remember how much some texts say, as it was counted of all blocks of a page at once."""
    if len(_lengths) > _MOST:
        _lengths.clear()
    texts = [*islice(texts, _MOST)]
    pairs = compress(zip(texts, lengths, strict=False), map(not_, map(str.isascii, texts)))
    _lengths.update([pair for pair in pairs if len(pair[0]) <= _REMEMBERED])


def _length(text: str) -> int:
    if (len(text) > _REMEMBERED and in_latin(text) is not None) or not _MAY_BE_DENSE.search(text):
        return len(text)
    return len(text) + len(_ANY_DENSE.findall(text)) + len(_HAN.findall(text))


_lengths: dict[str, int] = {}


def ends_sentence(text: str) -> bool:
    """Return whether a line ends with a full stop or the like, quotation marks and brackets after it or none."""
    return text.rstrip(CLOSING)[-1:] in _STOPS


def needs_no_stop(text: str) -> bool:
    """Return whether a line ends in a script whose sentences need no full stop: Thai, Lao, Khmer or Burmese."""
    return _ENDS_UNSTOPPED.search(text) is not None


def sets_no_stops(text: str) -> bool:
    """Return whether most letters of a text are of such a script."""
    return not text.isascii() and 2 * len(_OF_UNSTOPPED.findall(text)) > len(text)


def is_label(text: str) -> bool:
    """Return whether a line is too short for prose and ends as no sentence does."""
    return text_length(text) < LABEL and not ends_sentence(text)


def unreadable_share(text: str) -> float:
    """Return the share of a text's characters that are controls or stand for bytes that could not be decoded."""
    if not text:
        return 0.0
    latin = in_latin(text)  # in which what cannot be read is counted in a tenth of the time
    found = len(_UNREADABLE.findall(text)) if latin is None else len(latin) - len(latin.translate(None, _CONTROLS))
    return found / len(text)
