"""A term clause, and the vocabulary of an index -> the surface forms it is searched by, most frequent first."""

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Protocol

from indexer.analysis.chinese import any_chinese, in_all_writings
from indexer.analysis.folding import folded, folded_ways
from indexer.analysis.levenshtein import within
from indexer.analysis.stems import UNACCENTED, form_keys, sought
from indexer.analysis.text import is_lone_character
from indexer.contract.values import Fuzzy, MultiPhrase, Pattern, Phrase, Reading, TermClause, Word

MAX_FORMS = 512  # searched for one term clause, the most frequent
MAX_PAIRS = 65_536  # of one character of a script written without spaces: more than there are

_CHARACTER = r"[^\n]"  # any character of a word


class Vocabulary(Protocol):
    """The forms of an index. Orders and counts are those of the whole index, all fields together."""

    def frequency(self, form: str) -> int:
        """In how many articles' fields the form stands; 0 when it is not there."""

    def frequencies(self, forms: Collection[str], least: int = 0) -> Mapping[str, int]:
        """As `frequency`, for some forms at once; forms in `least` articles' fields or fewer may be left out."""

    def variants(self, form: str) -> Iterable[str]:
        """The forms that share a key with this one (indexer/analysis/stems.py)."""

    def matching(self, pattern: str, limit: int | None = None) -> Iterable[str]:
        """The forms that match a pattern as they are written or, both folded, as they are spelled.

        All of them, or, where a limit is given, at least so many of the most frequent of them.
        """

    def starting(self, prefix: str) -> Sequence[str]:
        """The forms that begin with a prefix, sorted; all forms for an empty prefix."""

    def folded(self, prefix: str) -> Mapping[str, Sequence[str]]:
        """The folded spellings that begin with a prefix, each with the forms of other spelling that fold to it."""

    def near(self, form: str, distance: int, least: int = 0) -> Sequence[str]:
        """The forms within `distance` edits of a form that begin with the same character, sorted.

        Args:
            least: Those that stand in so many articles' fields or fewer may be left out.
        """


def clause_forms(clause: TermClause, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the forms a term clause is searched by, at most MAX_FORMS; empty when no article can match it.

    The forms of a phrase are its words, Chinese ones in all writings; the result is empty when the corpus lacks one.
    """
    if isinstance(clause, Phrase) and not any_chinese(clause.words):
        words = dict.fromkeys(clause.words)
        known = by_frequency(words, vocabulary)
        return known if len(known) == len(words) else ()
    if isinstance(clause, Phrase | MultiPhrase):
        return every_place(*phrase_forms(clause, vocabulary), vocabulary)
    pattern = pattern_of(clause)
    if pattern is not None:
        limit = most_forms(pattern)
        return by_frequency(vocabulary.matching(pattern, limit), vocabulary, limit=limit)
    assert isinstance(clause, Word | Fuzzy)
    return by_frequency(_found(clause, vocabulary), vocabulary)


def pattern_of(clause: TermClause) -> str | None:
    """Return the pattern that a term clause asks for, or None when it asks otherwise."""
    match clause:
        case Pattern(text):
            return text
        case Word(text) if is_lone_character(text):  # it mostly stands in pairs
            return f"*{text}*"
    return None


def most_forms(pattern: str) -> int:
    """Return how many forms are searched for a pattern, at most."""
    return MAX_PAIRS if is_lone_character(pattern.strip("*")) else MAX_FORMS


def every_form(clause: TermClause, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the forms of an excluded term clause: all of a pattern or a fuzzy word, in any order, none cut.

    A cut exclusion would show articles that a person excluded.
    """
    if isinstance(clause, Pattern):
        return tuple(set(vocabulary.matching(clause.text)))
    if isinstance(clause, Fuzzy):
        return tuple(_found(clause, vocabulary))
    return clause_forms(clause, vocabulary)


def is_bounded(reading: Reading) -> bool:
    """Whether a pattern or a fuzzy word, alone or in a phrase, reached the limit of forms: there may be more."""
    clause = reading.clause
    if isinstance(clause, Word | Phrase):
        return False
    parts = zip(clause.parts, reading.places, strict=True) if isinstance(clause, MultiPhrase) else ()
    cut = ((clause, reading.forms), *parts)
    return any(isinstance(one, Pattern | Fuzzy) and len(forms) == MAX_FORMS for one, forms in cut)


def reading(clause: TermClause, vocabulary: Vocabulary) -> Reading:
    """Return how a term clause is searched."""
    forms = clause_forms(clause, vocabulary)
    return (
        Reading(clause, forms, *phrase_forms(clause, vocabulary))
        if isinstance(clause, Phrase | MultiPhrase)
        else Reading(clause, forms)
    )


def phrase_forms(
    clause: Phrase | MultiPhrase, vocabulary: Vocabulary
) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """Return the forms at each place of a phrase, and those of its joined spelling; either may be empty."""
    if isinstance(clause, Phrase):
        if not any_chinese(clause.words):
            return tuple((word,) for word in clause.words), ()
        return tuple(by_frequency(in_all_writings(word), vocabulary) for word in clause.words), ()
    places = tuple(place_forms(part, vocabulary) for part in clause.parts)
    return places, clause_forms(Word(clause.joined), vocabulary) if clause.joined else ()


def place_forms(part: TermClause, vocabulary: Vocabulary, *, is_excluded: bool = False) -> tuple[str, ...]:
    """Return the forms of a part of a phrase; those of a lone character, in all its writings, are one list."""
    find = every_form if is_excluded else clause_forms
    ways = lone_ways(part)
    if len(ways) == 1:
        return find(part, vocabulary)
    return by_frequency(chain.from_iterable(find(way, vocabulary) for way in ways), vocabulary, limit=MAX_PAIRS)


def lone_ways(clause: TermClause) -> tuple[TermClause, ...]:
    """Return a lone character, or the beginning or end of a run with its star, in all writings; another part alone."""
    if not isinstance(clause, Word | Pattern) or not is_lone_character(character := clause.text.strip("*")):
        return (clause,)
    return tuple(replace(clause, text=clause.text.replace(character, one)) for one in in_all_writings(character))


def every_place(places: Sequence[tuple[str, ...]], joined: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the forms at all places of a phrase, unless one has none, and those of its joined spelling."""
    every = [form for place in places for form in place] if all(places) else []
    return by_frequency((*every, *joined), vocabulary, limit=len(every) + len(joined))


def by_frequency(
    found: Iterable[str], vocabulary: Vocabulary, *, limit: int | None = MAX_FORMS, least: int = 0
) -> tuple[str, ...]:
    """Return the most frequent of some forms, those not in the vocabulary left out.

    Args:
        least: Those that stand in so many articles' fields or fewer may be left out.
    """
    return in_order(vocabulary.frequencies(set(found), least))[:limit]


def in_order(counts: Mapping[str, int]) -> tuple[str, ...]:
    """Return the forms that stand anywhere, the most frequent first."""
    found = sorted(counts if all(counts.values()) else [form for form, count in counts.items() if count])
    if len(found) > 1:
        found.sort(key=counts.__getitem__, reverse=True)  # where counts are equal, in the order of the forms
    return tuple(found)


def _found(clause: Word | Fuzzy, vocabulary: Vocabulary) -> Iterable[str]:
    if isinstance(clause, Fuzzy):
        return vocabulary.near(clause.text, clause.distance)
    return (clause.text, *vocabulary.variants(clause.text))


def matching(pattern: str, vocabulary: Vocabulary) -> list[str]:
    """Go through a vocabulary for the forms that match a pattern, as written or, both folded, as spelled."""
    found = _fitting(pattern, vocabulary.starting)
    plain = folded(pattern)
    if plain != pattern:
        found += _fitting(plain, vocabulary.starting)
    spellings = vocabulary.folded(_beginning(plain))
    for spelling in _fitting(plain, lambda _: list(spellings)):
        found += spellings[spelling]
    return found


def _beginning(pattern: str) -> str:
    """What stands before the first wildcard."""
    return re.split(r"[*?]", pattern, maxsplit=1)[0]


def _fitting(pattern: str, starting: Callable[[str], Sequence[str]]) -> list[str]:
    candidates = starting(_beginning(pattern))
    if pattern.count("*") == 1 and pattern.endswith("*") and "?" not in pattern:
        return list(candidates)
    return re.findall(_expression(pattern), "\n".join(candidates), re.MULTILINE) if candidates else []


def _expression(pattern: str) -> str:
    """The regular expression of a pattern, for words on lines of their own.

    A star takes as little as it can and never tries again (atomic groups), so that many stars cost no more than a
    few: the text between two stars may always stand at its first place.
    """
    parts = pattern.split("*")
    first, *rest = ("".join(_CHARACTER if one == "?" else re.escape(one) for one in part) for part in parts)
    if not rest:
        return f"^{first}$"
    *between, last = rest
    return f"^{first}{''.join(f'(?>{_CHARACTER}*?{part})' for part in between)}{_CHARACTER}*{last}$"


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

    def frequencies(self, forms: Collection[str], least: int = 0) -> Mapping[str, int]:  # noqa: ARG002
        """Return form -> frequency for several forms at once."""
        return {form: self.frequency(form) for form in forms}

    def matching(self, pattern: str, limit: int | None = None) -> Iterable[str]:  # noqa: ARG002
        """The forms that match a pattern as they are written or, both folded, as they are spelled; all of them."""
        return matching(pattern, self)

    def variants(self, form: str) -> Iterable[str]:
        """The forms that share a key with this one (indexer/analysis/stems.py)."""
        if self._by_key is None:
            self._by_key = {language: self._grouped(language) for language in self._languages}
        groups = self._by_key
        return {other for language, key in sought(form, self._languages[1:]) for other in groups[language].get(key, ())}

    def starting(self, prefix: str) -> Sequence[str]:
        """The forms that begin with a prefix, sorted; all forms for an empty prefix."""
        if not prefix:
            return self._sorted
        last = prefix[:-1] + chr(min(ord(prefix[-1]) + 1, 0x10FFFF))
        return self._sorted[bisect_left(self._sorted, prefix) : bisect_left(self._sorted, last)]

    def folded(self, prefix: str) -> Mapping[str, Sequence[str]]:
        """The folded spellings that begin with a prefix, each with the forms of other spelling that fold to it."""
        found: dict[str, list[str]] = {}
        for form in self._sorted:
            for key in () if form.isascii() else folded_ways(form):
                if key != form and key.startswith(prefix):
                    found.setdefault(key, []).append(form)
        return found

    def near(self, form: str, distance: int, least: int = 0) -> Sequence[str]:  # noqa: ARG002
        """The forms within `distance` edits of a form that begin with the same character, sorted."""
        return within(distance, form, self.starting(form[:1]))

    def _grouped(self, language: str) -> dict[str, list[str]]:
        groups: dict[str, list[str]] = {}
        for form, keys in zip(self._sorted, form_keys(self._sorted, language), strict=True):
            for key in keys:
                groups.setdefault(key, []).append(form)
        return groups
