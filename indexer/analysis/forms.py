"""One leaf of a query, and the vocabulary of an index -> the surface forms it is searched by, most frequent first."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Protocol

from indexer.analysis.levenshtein import within
from indexer.analysis.stems import UNACCENTED, form_keys, sought
from indexer.analysis.text import is_lone_character
from indexer.contract.values import Fuzzy, Pattern, Phrase, TermClause, Word

MAX_FORMS = 512  # searched for one leaf, the most frequent
MAX_SCANNED = 2_000_000  # forms looked at for one leaf; a vocabulary beyond that is scanned in part

_SIGN = r"[^\n]"  # any sign of a word


class Vocabulary(Protocol):
    """The forms of an index. Orders and counts are those of the whole index, all fields together."""

    def frequency(self, form: str) -> int:
        """In how many articles' fields the form stands; 0 when it is not there."""

    def variants(self, form: str) -> Iterable[str]:
        """The forms that share a key with this one (indexer/analysis/stems.py)."""

    def starting(self, prefix: str) -> Sequence[str]:
        """The forms that begin so, sorted; all of them for an empty prefix."""

    def near(self, form: str, distance: int) -> Sequence[str]:
        """The forms within so many edits of this one that begin with the same character, sorted."""


def clause_forms(clause: TermClause, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the forms a leaf is searched by, at most MAX_FORMS; empty when no article can match it.

    For a phrase these are its words, and none of them when the corpus lacks one.
    """
    if isinstance(clause, Phrase):
        words = dict.fromkeys(clause.words)
        return by_frequency(words, vocabulary) if all(map(vocabulary.frequency, words)) else ()
    return by_frequency(_found(clause, vocabulary), vocabulary)


def by_frequency(found: Iterable[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the most frequent of some forms, those not in the vocabulary left out."""
    counted = ((-vocabulary.frequency(form), form) for form in set(found))
    return tuple(form for _, form in sorted(one for one in counted if one[0])[:MAX_FORMS])


def _found(clause: Word | Pattern | Fuzzy, vocabulary: Vocabulary) -> Iterable[str]:
    match clause:
        case Fuzzy(text, distance):
            return vocabulary.near(text, distance)
        case Pattern(text):
            return _matching(text, vocabulary)
        case Word(text) if is_lone_character(text):  # a sign of an unspaced script mostly stands in pairs
            return _matching(f"*{text}*", vocabulary)
    return (clause.text, *vocabulary.variants(clause.text))


def _matching(pattern: str, vocabulary: Vocabulary) -> list[str]:
    candidates = vocabulary.starting(re.split(r"[*?]", pattern, maxsplit=1)[0])[:MAX_SCANNED]
    if pattern.count("*") == 1 and pattern.endswith("*") and "?" not in pattern:
        return list(candidates)
    return re.findall(_expression(pattern), "\n".join(candidates), re.MULTILINE)


def _expression(pattern: str) -> str:
    """The regular expression of a pattern, for words on lines of their own.

    Each star takes as little as it can and never tries again (atomic groups), so that many of them cost no more
    than a few: what stands between two stars may as well stand at its first place.
    """
    parts = pattern.split("*")
    first, *rest = ("".join(_SIGN if sign == "?" else re.escape(sign) for sign in part) for part in parts)
    if not rest:
        return f"^{first}$"
    *between, last = rest
    return f"^{first}{''.join(f'(?>{_SIGN}*?{part})' for part in between)}{_SIGN}*{last}$"


class Lexicon:
    """A vocabulary held in memory."""

    def __init__(self, frequencies: Mapping[str, int], languages: Sequence[str]) -> None:
        self._frequencies = frequencies
        self._sorted = sorted(frequencies)
        self._languages = (UNACCENTED, *languages)
        self._by_key: dict[str, dict[str, list[str]]] | None = None

    def frequency(self, form: str) -> int:
        """In how many articles' fields the form stands; 0 when it is not there."""
        return self._frequencies.get(form, 0)

    def variants(self, form: str) -> Iterable[str]:
        """The forms that share a key with this one (indexer/analysis/stems.py)."""
        if self._by_key is None:
            self._by_key = {language: self._grouped(language) for language in self._languages}
        groups = self._by_key
        return {other for language, key in sought(form, self._languages[1:]) for other in groups[language].get(key, ())}

    def starting(self, prefix: str) -> Sequence[str]:
        """The forms that begin so, sorted; all of them for an empty prefix."""
        if not prefix:
            return self._sorted
        last = prefix[:-1] + chr(min(ord(prefix[-1]) + 1, 0x10FFFF))
        return self._sorted[bisect_left(self._sorted, prefix) : bisect_left(self._sorted, last)]

    def near(self, form: str, distance: int) -> Sequence[str]:
        """The forms within so many edits of this one that begin with the same sign, sorted."""
        return within(distance, form, islice(self.starting(form[:1]), MAX_SCANNED))

    def _grouped(self, language: str) -> dict[str, list[str]]:
        groups: dict[str, list[str]] = {}
        for form, keys in zip(self._sorted, form_keys(self._sorted, language), strict=True):
            for key in keys:
                groups.setdefault(key, []).append(form)
        return groups
