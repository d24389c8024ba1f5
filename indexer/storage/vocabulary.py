"""The vocabulary of an index: the forms of all its segments, their frequencies and their postings."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np

from indexer.analysis.folding import folded
from indexer.analysis.forms import MAX_FORMS, clause_forms, matching
from indexer.analysis.levenshtein import within
from indexer.analysis.stems import UNACCENTED, sought
from indexer.analysis.text import is_lone_character
from indexer.contract.values import Pattern, TermClause
from indexer.storage.arrays import Array
from indexer.storage.edit_signatures import likely_near
from indexer.storage.segment_file import OpenSegment
from indexer.storage.term_dictionary import MISSING

CACHED_FORMS = 100_000  # whose frequency is cached


class StoredVocabulary:
    """A Vocabulary (indexer/analysis/forms.py) over segments."""

    def __init__(
        self, segments: Sequence[OpenSegment], languages: Sequence[str], live: Callable[[int, Array], int]
    ) -> None:
        self._segments = segments
        self._languages = tuple(languages)
        self._live = live
        self._frequencies: dict[str, int] = {}

    def clause_forms(self, clause: TermClause) -> tuple[str, ...]:
        """Return the forms a term clause is searched by, most frequent first."""
        prefix = self._run(clause)
        if prefix is not None:
            return self._most_frequent(prefix)
        return clause_forms(clause, self)

    def _run(self, clause: TermClause) -> str | None:
        """What all forms of a clause begin with, when they are all that begin so and no folded ones beside them."""
        prefix = plain_prefix(clause)
        if prefix is None or is_lone_character(prefix) or folded(prefix) != prefix or self.folded(prefix):
            return None
        return prefix

    def postings(self, form: str) -> list[tuple[int, Array, Array]]:
        """Return the form's postings in each segment that has it: the segment's number, texts and frequencies."""
        found = ((number, segment, segment.term(form)) for number, segment in enumerate(self._segments))
        return [(number, *segment.postings(term)) for number, segment, term in found if term != MISSING]

    def runs(self, clause: TermClause, *, limit: int | None = MAX_FORMS) -> list[tuple[int, Array, Array]] | None:
        """Return the postings of all forms with a prefix as one run a segment; None: no run, or too many."""
        prefix = self._run(clause)
        if prefix is None:
            return None
        places = [segment.forms.starting(prefix) for segment in self._segments]
        if limit is not None and sum(map(len, places)) > limit:
            return None
        return [
            (number, *segment.postings(own.start, own.stop))
            for number, (segment, own) in enumerate(zip(self._segments, places, strict=True))
            if own
        ]

    def frequency(self, form: str) -> int:
        """In how many live articles' fields the form stands."""
        known = self._frequencies.get(form)
        if known is None:
            known = sum(self._live(number, texts) for number, texts, _ in self.postings(form))
            if len(self._frequencies) > CACHED_FORMS:
                self._frequencies = {}
            self._frequencies[form] = known
        return known

    def frequencies(self, forms: Collection[str]) -> Mapping[str, int]:
        """The same for some forms at once."""
        return {form: self.frequency(form) for form in forms}

    def matching(self, pattern: str) -> Iterable[str]:
        """The forms that match a pattern as they are written or, both folded, as they are spelled."""
        return matching(pattern, self)

    def variants(self, form: str) -> Iterable[str]:
        """The forms that share a key with this one (indexer/analysis/stems.py)."""
        keys = sought(form, self._languages)
        return {
            segment.forms.word(number)
            for segment in self._segments
            for language, key in keys
            for number in segment.variants.sharing(key, language)
        }

    def starting(self, prefix: str) -> Sequence[str]:
        """The forms that begin so, sorted; all of them for an empty prefix."""
        lists = [segment.forms.slice(segment.forms.starting(prefix)) for segment in self._segments]
        return lists[0] if len(lists) == 1 else sorted(set().union(*lists))

    def folded(self, prefix: str) -> Mapping[str, Sequence[str]]:
        """The folded spellings that begin so, each with the forms that are spelled otherwise but folded like it."""
        found: dict[str, dict[str, None]] = {}
        for segment in self._segments:
            for key, number in segment.variants.starting(prefix, UNACCENTED):
                form = segment.forms.word(number)
                if form != key:
                    found.setdefault(key, {})[form] = None
        return {key: list(forms) for key, forms in found.items()}

    def near(self, form: str, distance: int) -> Sequence[str]:
        """The forms within so many edits of this one that begin with the same character, sorted."""
        if not form:
            return []
        likely = (likely_near(form, distance, segment.forms, segment.file) for segment in self._segments)
        return within(distance, form, sorted(set().union(*likely)))

    def _most_frequent(self, prefix: str) -> tuple[str, ...]:
        """The MAX_FORMS most frequent forms that begin so; counted in the arrays, not form by form."""
        counts: dict[str, int] = {}
        numbers = []
        for number, segment in enumerate(self._segments):
            places = segment.forms.starting(prefix)
            forms = segment.forms.slice(places)
            numbers.append(dict(zip(forms, places, strict=True)))
            for form, count in zip(forms, self._counted(number, places), strict=True):
                counts[form] = counts.get(form, 0) + count
        ranked = sorted((-count, form) for form, count in counts.items() if count)
        chosen = tuple(form for _, form in ranked[:MAX_FORMS])
        for segment, own in zip(self._segments, numbers, strict=True):
            segment.remember(chosen, own)
        return chosen

    def _counted(self, number: int, places: range) -> list[int]:
        if not places:
            return []
        segment = self._segments[number]
        ends = np.asarray(segment.posting_at[places.start : places.stop + 1], np.int64)
        counts: list[int] = np.diff(ends).tolist()
        texts = segment.texts[ends[0] : ends[-1]]
        if self._live(number, texts) < len(texts):
            return [self._live(number, texts[a - ends[0] : b - ends[0]]) for a, b in pairwise(ends)]
        return counts


def plain_prefix(clause: TermClause) -> str | None:
    """Return what the forms of a term clause begin with, if that is all it asks of them."""
    if isinstance(clause, Pattern) and clause.text.find("*") == len(clause.text) - 1 and "?" not in clause.text:
        return clause.text[:-1]
    return None
