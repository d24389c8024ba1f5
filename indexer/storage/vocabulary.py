"""The vocabulary of an index: the forms of all its segments, their frequencies and their postings."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Self

import numpy as np

from indexer.analysis.folding import folded
from indexer.analysis.forms import clause_forms, pattern_of
from indexer.analysis.levenshtein import within
from indexer.analysis.stems import UNACCENTED, sought
from indexer.contract.values import TermClause
from indexer.storage.arrays import Array, Ints, Mask
from indexer.storage.edit_signatures import likely_near
from indexer.storage.inversion import TEXT_BITS
from indexer.storage.pattern_scan import matching
from indexer.storage.segment_file import OpenSegment
from indexer.storage.term_dictionary import MISSING

CACHED_FORMS = 100_000  # whose frequency is cached
CACHED_VARIANTS = 10_000  # words whose variants are
FREQUENT = 1_000  # of the most frequent forms are held in memory, for corrections of words that are frequent themselves

Terms = list[Ints]  # of each segment, the numbers of some of its terms, sorted


class _Frequent(NamedTuple):
    """Every form that stands in more than `least` articles' fields, sorted, and in how many it stands."""

    least: int
    counts: dict[str, int]


class StoredVocabulary:
    """A Vocabulary (indexer/analysis/forms.py) over segments.

    Args:
        live: Of each segment, which documents are live; None when all are.
    """

    def __init__(self, segments: Sequence[OpenSegment], languages: Sequence[str], live: Sequence[Mask | None]) -> None:
        self._segments = segments
        self._languages = tuple(languages)
        self._live = live
        self._frequencies: dict[str, int] = {}
        self._variants: dict[str, tuple[str, ...]] = {}
        self._frequent: list[_Frequent] = []
        self.still: Callable[[], object] = lambda: None

    def interrupted(self, still: Callable[[], object]) -> Self:
        """Return this vocabulary, its caches shared, that calls `still` every few milliseconds; it may raise."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__, still=still)
        return other

    def clause_forms(self, clause: TermClause) -> tuple[str, ...]:
        """Return the forms a term clause is searched by, most frequent first."""
        return clause_forms(clause, self)

    def postings(self, form: str) -> list[tuple[int, Array, Array]]:
        """Return the form's postings in each segment that has it: the segment's number, texts and frequencies."""
        found = ((number, segment, segment.term(form)) for number, segment in enumerate(self._segments))
        return [(number, *segment.lists.postings(term)) for number, segment, term in found if term != MISSING]

    def terms(self, forms: Iterable[str]) -> Terms:
        """Return the numbers of some forms."""
        forms = tuple(forms)
        found = ([segment.term(form) for form in forms] for segment in self._segments)
        return [np.array(sorted(one for one in own if one != MISSING), np.int64) for own in found]

    def postings_of(self, terms: Terms) -> Iterator[tuple[int, Array, Array]]:
        """Yield the postings of many terms in pieces, in any order: the segment's number, texts and frequencies."""
        for number, (segment, own) in enumerate(zip(self._segments, terms, strict=True)):
            for texts, frequencies in segment.lists.in_pieces(own):
                self.still()
                yield number, texts, frequencies

    def frequency(self, form: str) -> int:
        """In how many live articles' fields the form stands."""
        known = self._frequencies.get(form)
        if known is None:
            self.still()
            known = 0
            for number, segment in enumerate(self._segments):
                term = segment.term(form)
                if term != MISSING:
                    known += self._count(number, term)
            if len(self._frequencies) > CACHED_FORMS:
                self._frequencies.clear()
            self._frequencies[form] = known
        return known

    def frequencies(self, forms: Collection[str], least: int = 0) -> Mapping[str, int]:
        """The same for some forms at once; those that stand in `least` articles' fields or fewer may be left out."""
        if least and least >= (most := self._most()).least:
            return {form: most.counts[form] for form in forms if form in most.counts}
        known = self._frequencies.get  # another thread may empty it meanwhile
        return {form: self.frequency(form) if (count := known(form)) is None else count for form in forms}

    def _most(self) -> "_Frequent":
        """The most frequent forms, found once and shared."""
        if not self._frequent:
            counts = [segment.lists.every_count() for segment in self._segments]
            largest = max(counts, key=len, default=np.empty(0, np.int64))
            least = int(np.partition(largest, -FREQUENT)[-FREQUENT]) if len(largest) > FREQUENT else 0
            found: set[str] = set()
            for segment, own in zip(self._segments, counts, strict=True):
                found.update(segment.words(np.flatnonzero(own > least // len(counts)).tolist()))
            self._frequent.append(_Frequent(least, {form: self.frequency(form) for form in sorted(found)}))
        return self._frequent[0]

    def _count(self, number: int, term: int) -> int:
        """In how many texts of live documents of a segment a term stands."""
        lists, live = self._segments[number].lists, self._live[number]
        return lists.count(term) if live is None else int(np.count_nonzero(live[lists.texts(term) >> TEXT_BITS]))

    def variants(self, form: str) -> Iterable[str]:
        """The forms that share a key with this one (indexer/analysis/stems.py)."""
        known = self._variants.get(form)
        if known is not None:
            return known
        self.still()
        keys = sought(form, self._languages)
        found: dict[str, int] = {}  # each segment names all of its own forms, so the counts are whole
        for number, segment in enumerate(self._segments):
            terms = list({one for language, key in keys for one in segment.variants.sharing(key, language)})
            for variant, term in zip(segment.words(terms), terms, strict=True):
                found[variant] = found.get(variant, 0) + self._count(number, term)
        if len(self._variants) > CACHED_VARIANTS:
            self._variants.clear()
            self._frequencies.clear()
        self._frequencies.update(found)
        self._variants[form] = tuple(found)
        return self._variants[form]

    def starting(self, prefix: str) -> Sequence[str]:
        """The forms that begin so, sorted; all of them for an empty prefix."""
        lists = [segment.starting(prefix) for segment in self._segments]
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

    def near(self, form: str, distance: int, least: int = 0) -> Sequence[str]:
        """The forms within so many edits of this one that begin with the same character, sorted.

        Args:
            least: Those that stand in so many articles' fields or fewer may be left out.
        """
        if not form:
            return []
        if least and least >= (most := self._most()).least:
            return within(distance, form, [one for one in most.counts if one.startswith(form[0])])
        found: set[str] = set()
        for segment in self._segments:
            self.still()
            places = segment.forms.starting(form[:1])
            frequent = segment.lists.more_frequent(places, least // len(self._segments))
            found.update(segment.words(likely_near(form, distance, segment.forms, segment.file, frequent)))
        return within(distance, form, sorted(found))

    def matching(self, pattern: str, limit: int | None = None) -> Iterable[str]:
        """The forms that match a pattern; counted in the arrays, not form by form, where a limit is given."""
        terms = self.pattern_terms(pattern)
        if limit is not None:
            terms = self._most_frequent(terms, limit)
        words = (segment.words(own.tolist()) for segment, own in zip(self._segments, terms, strict=True))
        return set().union(*words)

    def pattern_terms(self, pattern: str) -> Terms:
        """Return the terms that match a pattern as they are written or, both folded, as they are spelled."""
        plain = folded(pattern)
        found = []
        for segment in self._segments:
            own = [matching(pattern, segment.forms, self.still)]
            if plain != pattern:
                own.append(matching(plain, segment.forms, self.still))
            other = segment.variants.spelled(plain, self.still)
            if len(other):
                own.append(other)
            found.append(own[0] if len(own) == 1 else np.unique(np.concatenate(own)))
        return found

    def clause_terms(self, clause: TermClause, forms: Sequence[str]) -> Terms:
        """Return the terms a term clause is searched by, given its forms."""
        pattern = pattern_of(clause)
        if pattern is not None and pattern.find("*") == len(pattern) - 1 and "?" not in pattern:
            every = self.pattern_terms(pattern)  # a run of numbers, which is found at once
            if sum(map(len, every)) <= len(forms):
                return every
        return self.terms(forms)

    def _most_frequent(self, terms: Terms, limit: int) -> Terms:
        """Those of some terms that may be among the most frequent in all segments together."""
        most = [segment.lists.counts(own) for segment, own in zip(self._segments, terms, strict=True)]
        if len(terms) == 1 and self._live[0] is None:
            return [terms[0][np.lexsort((terms[0], -most[0]))[:limit]]]
        least = self._least(most, limit)
        return [own[having >= least] for own, having in zip(terms, most, strict=True)]

    def _least(self, most: list[Ints], limit: int) -> int:
        """How many texts one of the most frequent forms has, at the least, in the segment where it has most of them.

        Args:
            most: Of each segment, the texts of each term, those of deleted documents among them.
        """
        deleted = [0 if live is None else int(np.count_nonzero(~live)) << TEXT_BITS for live in self._live]
        sure = [np.sort(own - less)[-limit] for own, less in zip(most, deleted, strict=True) if len(own) >= limit]
        return -(-max(0, *map(int, sure), 0) // max(1, len(most)))
