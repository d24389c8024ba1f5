"""A rare or missing word -> the words of the corpus that a person may have meant."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from indexer.analysis.forms import Vocabulary, by_frequency

MIN_LETTERS = 4
RARE = 3  # articles; a word in more of them is a slip of the pen only beside one that is far more frequent
TIMES = 10  # how much more frequent a correction must be than what was typed
TIMES_SHARED = 100  # the same, where more articles than RARE share the typed word
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"  # tried as a first letter; other scripts have too many letters to try


def nearest(text: str, vocabulary: Vocabulary) -> str:
    """Return the frequent form nearest to a word that is rare or missing, or the word itself."""
    if not is_correctable(text):
        return text
    typed = _frequency(text, vocabulary)
    least = typed * (TIMES if typed <= RARE else TIMES_SHARED)
    for found in _near(text, vocabulary, least, far=not typed):
        if found[0] != text and vocabulary.frequency(found[0]) > least:
            return found[0]
    return text


def parted(text: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """Return the two words of a missing word, `flood` and `barrier` of floodbarrier; the most frequent pair."""
    pairs = _pairs(text)
    if not pairs or _frequency(text, vocabulary):
        return None
    counts = vocabulary.frequencies({part for pair in pairs for part in pair})
    known = [(min(counts.get(part, 0) for part in pair), pair) for pair in pairs]
    count, pair = max(known, default=(0, ("", "")))
    return pair if count else None


def joined(one: str, other: str, vocabulary: Vocabulary) -> str | None:
    """Return two neighbours as one word, where the corpus has it and lacks one of them: foot ball is football."""
    whole = one + other
    lacks = not (_frequency(one, vocabulary) and _frequency(other, vocabulary))
    return whole if lacks and len(whole) >= MIN_LETTERS and vocabulary.frequency(whole) else None


def looked_up(texts: Sequence[str]) -> set[str]:
    """Return the forms whose counts corrections of some neighbouring words look up by name.

    An engine that has its vocabulary elsewhere asks for all of them at once. Forms near to a word are not among them.
    """
    found = {form for text in texts if is_correctable(text) for form in _other_beginnings(text)}
    for text in texts:
        found.update(part for pair in _pairs(text) for part in pair)
    return found | {one + other for one, other in pairwise(texts)}


def is_correctable(text: str) -> bool:
    """Is a word long enough, and of letters, so that another may be meant?"""
    return len(text) >= MIN_LETTERS and text.isalpha()


def _pairs(text: str) -> list[tuple[str, str]]:
    """The two words that a word may be made of."""
    if len(text) < 2 * MIN_LETTERS - 1 or not text.isalpha():
        return []
    return [(text[:at], text[at:]) for at in range(MIN_LETTERS - 1, len(text) - MIN_LETTERS + 2)]


def _frequency(text: str, vocabulary: Vocabulary) -> int:
    return sum(vocabulary.frequencies({text, *vocabulary.variants(text)}).values())


def _near(text: str, vocabulary: Vocabulary, least: int, *, far: bool) -> Iterator[tuple[str, ...]]:
    """The forms near to a word that are frequent enough, nearest first, the more frequent first; none is no step."""
    yield from filter(None, [by_frequency(vocabulary.near(text, 1, least), vocabulary, least=least)])
    yield from filter(None, [by_frequency(_other_beginnings(text), vocabulary, least=least)])
    if far:
        yield from filter(None, [by_frequency(vocabulary.near(text, 2, least), vocabulary, least=least)])


def _other_beginnings(text: str) -> set[str]:
    """The words one edit away whose first letter is another: changed, left out, added, or swapped with the next."""
    found = {text[1:], text[1] + text[0] + text[2:]}
    if text.isascii():
        found |= {letter + text[1:] for letter in _ALPHABET} | {letter + text for letter in _ALPHABET}
    return found - {text}
