"""The vocabulary of an index: the forms of all its segments, their frequencies and their postings."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Self

import numpy as np

from indexer.analysis.forms import MAX_FORMS, clause_forms, most_forms, pattern_of
from indexer.analysis.levenshtein import within
from indexer.analysis.stems import UNACCENTED, sought
from indexer.contract.values import Fuzzy, TermClause, Word
from indexer.storage.arrays import Array, Ints, Mask
from indexer.storage.inversion import TEXT_BITS
from indexer.storage.kernel import Kernel, Kin
from indexer.storage.segment_file import OpenSegment
from indexer.storage.terms.compiled import CompiledForms
from indexer.storage.terms.edit_signatures import likely_near
from indexer.storage.terms.found_forms import Searched, Terms, together
from indexer.storage.terms.frequent_terms import FrequentTerms
from indexer.storage.terms.term_dictionary import MISSING

CACHED_FORMS = 100_000  # whose frequency is cached
CACHED_WORDS = 10_000  # bare words whose forms are
CACHED_PATTERNS = 16  # whose terms are
CACHED_TERMS = 1_000_000  # of all these patterns together, eight bytes each; a query may name a pattern several times


class StoredVocabulary:
    """A Vocabulary (indexer/analysis/forms.py) over segments.

    Args:
        live: Of each segment, which documents are live; None when all are.
        kernel: What finds the forms of a word; Python when None.
    """

    def __init__(
        self,
        segments: Sequence[OpenSegment],
        languages: Sequence[str],
        live: Sequence[Mask | None],
        kernel: Kernel | None = None,
    ) -> None:
        self._segments = segments
        self._kernel = kernel
        self._languages = tuple(languages)
        self._live = live
        self._frequencies: dict[str, int] = {}
        self._words: dict[str, Searched] = {}
        self._patterns: dict[str, list[Ints]] = {}
        self.checkpoint: Callable[[], object] = lambda: None

    def interrupted(self, checkpoint: Callable[[], object]) -> Self:
        """Return this vocabulary, with the same caches, that calls `checkpoint` every few milliseconds."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__, checkpoint=checkpoint)
        return other

    def bare(self, text: str, checkpoint: Callable[[], object]) -> Searched | None:
        """Return what a bare word is searched by, whatever its field; None for one character, or too many forms."""
        if len(text) < 2:
            return None
        word = self._words.get(text) or self._word(text, checkpoint)
        return word if len(word.counts) <= MAX_FORMS else None

    def searched(self, clause: TermClause) -> Searched:
        """Return what a term clause is searched by."""
        pattern = pattern_of(clause)
        if pattern is None and isinstance(clause, Word | Fuzzy):
            word = self._word(clause.text) if isinstance(clause, Word) else self._fuzzy(clause)
            if len(word.counts) <= MAX_FORMS:
                return word
        if pattern is not None and len(self._segments) == 1 and self._live[0] is None:
            return self._in_one_segment(pattern)
        forms = clause_forms(clause, self)
        if pattern is not None and pattern.find("*") == len(pattern) - 1 and "?" not in pattern:
            every = self.pattern_terms(pattern)  # a run of numbers, which is found at once
            if sum(map(len, every)) <= len(forms):
                return Searched(forms, every)
        return Searched(forms, self.terms(forms))

    def _in_one_segment(self, pattern: str) -> Searched:
        """What a pattern is searched by where one segment is all: its numbers and counts are those of the index."""
        (segment,), (own,) = self._segments, self.pattern_terms(pattern)
        chosen = own[np.lexsort((own, -segment.lists.counts(own)))[: most_forms(pattern)]]  # in the order of the forms
        return Searched(tuple(segment.words(chosen.tolist())), [np.sort(chosen)])

    def postings(self, form: str) -> list[tuple[int, Array, Array]]:
        """Return the form's postings in each segment that has it: the segment's number, texts and frequencies."""
        found = ((number, segment, segment.term(form)) for number, segment in enumerate(self._segments))
        return [(number, *segment.lists.postings(term)) for number, segment, term in found if term != MISSING]

    def terms(self, forms: Iterable[str]) -> Terms:
        """Return the numbers of some forms."""
        forms = tuple(forms)
        return [sorted(one for one in segment.terms(forms) if one != MISSING) for segment in self._segments]

    def postings_of(self, terms: Terms) -> Iterator[tuple[int, Array, Array]]:
        """Yield the postings of many terms in pieces, in any order: the segment's number, texts and frequencies."""
        for number, (segment, own) in enumerate(zip(self._segments, terms, strict=True)):
            for texts, frequencies in segment.lists.in_pieces(own):
                self.checkpoint()
                yield number, texts, frequencies

    def posting_count(self, terms: Terms) -> int:
        """How many postings some terms have."""
        return sum(segment.lists.count_of(own) for segment, own in zip(self._segments, terms, strict=True))

    def frequency(self, form: str) -> int:
        """In how many live articles' fields the form stands."""
        known = self._frequencies.get(form)
        return self._counted_again((form,))[form] if known is None else known

    def frequencies(self, forms: Collection[str], least: int = 0) -> Mapping[str, int]:
        """As `frequency`, for some forms at once; forms in `least` articles' fields or fewer may be left out."""
        if least and all(frequent := [self._frequent(segment, least) for segment in self._segments]):
            share = self._share(least)
            forms = set().union(*(one.numbers.keys() & forms for one in frequent if one and one.most > share))
        known = self._frequencies.get  # another thread may empty it meanwhile
        counts = {form: known(form, -1) for form in forms}
        new = [form for form, count in counts.items() if count < 0]
        return counts | self._counted_again(new) if new else counts

    def _counted_again(self, forms: Sequence[str]) -> dict[str, int]:
        """In how many live articles' fields each of some forms stands."""
        found = dict.fromkeys(forms, 0)
        for number, segment in enumerate(self._segments):
            self.checkpoint()
            for form, term in zip(forms, segment.terms(forms), strict=True):
                if term != MISSING:
                    found[form] += self._count(number, term)
        if len(self._frequencies) > CACHED_FORMS:
            self._frequencies.clear()
        self._frequencies.update(found)
        return found

    def _frequent(self, segment: OpenSegment, least: int) -> FrequentTerms | None:
        """The frequent terms of a segment, where no form with more than `least` texts in all segments is missing.

        Such a form has more than an equal share of them in one of the segments.
        """
        frequent = segment.frequent() if least else None
        return frequent if frequent and frequent.least <= self._share(least) else None

    def _share(self, least: int) -> int:
        """An equal share of so many texts for each segment."""
        return least // max(1, len(self._segments))

    def _count(self, number: int, term: int) -> int:
        """In how many texts of live documents of a segment a term stands."""
        lists, live = self._segments[number].lists, self._live[number]
        return lists.count(term) if live is None else int(np.count_nonzero(live[lists.texts(term) >> TEXT_BITS]))

    def variants(self, form: str) -> Iterable[str]:
        """The forms that share a key with this one (indexer/analysis/stems.py)."""
        return tuple(self._word(form).counts)

    def _word(self, text: str, checkpoint: Callable[[], object] | None = None) -> Searched:
        """The forms of a bare word, found by number in every segment."""
        known = self._words.get(text)
        if known is not None:
            return known
        (checkpoint or self.checkpoint)()
        keys = sought(text, self._languages)
        return self._remembered(text, [self._kin(number, text, keys) for number in range(len(self._segments))])

    def known(self, text: str) -> Searched | None:
        """Return what a bare word is searched by, where its forms were found before."""
        return self._words.get(text)

    def took(self, text: str, segments: Sequence[Kin]) -> Searched:
        """Remember and return what a bare word is searched by, as the kernel found it in each segment."""
        return self._remembered(text, [self._counted(number, found) for number, found in enumerate(segments)])

    def _remembered(self, text: str, segments: Sequence[Kin]) -> Searched:
        return self.keep(text, together(segments))

    def keep(self, text: str, made: Searched) -> Searched:
        """Remember and return what a bare word is searched by."""
        if len(self._words) > CACHED_WORDS:
            self._words.clear()
            self._frequencies.clear()
        self._frequencies.update(made.counts)
        self._words[text] = made  # another thread may empty the cache at once
        return made

    def _fuzzy(self, clause: Fuzzy) -> Searched:
        """The forms near a word, found by number in every segment."""
        return together([self._near(number, clause.text, clause.distance) for number in range(len(self._segments))])

    def _near(self, number: int, text: str, distance: int) -> Kin:
        """The forms of a segment near a word, and in how many texts of live documents each stands."""
        self.checkpoint()
        compiled = self._compiled(number)
        if compiled and (found := compiled.near(text, distance)) is not None:
            return self._counted(number, found)
        segment = self._segments[number]
        likely = likely_near(text, distance, segment.forms, segment.file) if text else []
        forms = segment.among(likely, lambda words: within(distance, text, words))
        terms = [segment.term(form) for form in forms]
        return forms, terms, [self._count(number, term) for term in terms]

    def _compiled(self, number: int) -> CompiledForms | None:
        return None if self._kernel is None else self._segments[number].compiled(self._kernel, self._languages)

    def _counted(self, number: int, found: Kin) -> Kin:
        """What the kernel found, which counts all postings, counted over the live documents."""
        if self._live[number] is None:
            return found
        forms, terms, _ = found
        return forms, terms, [self._count(number, term) for term in terms]

    def _kin(self, number: int, text: str, keys: Collection[tuple[str, str]]) -> Kin:
        """The forms of a segment that share a key with a word, and in how many texts of live documents each stands."""
        segment = self._segments[number]
        compiled = self._compiled(number)
        if compiled and (found := compiled.kin(text, keys)) is not None:
            return self._counted(number, found)
        typed = segment.term(text)
        every = {one for language, key in keys for one in segment.variants.sharing(key, language, typed)}
        if typed != MISSING:
            every.add(typed)
        terms = sorted(every)
        return segment.words(terms), terms, [self._count(number, term) for term in terms]

    def starting(self, prefix: str) -> Sequence[str]:
        """The forms that begin with a prefix, sorted; all forms for an empty prefix."""
        lists = [segment.starting(prefix) for segment in self._segments]
        return lists[0] if len(lists) == 1 else sorted(set().union(*lists))

    def folded(self, prefix: str) -> Mapping[str, Sequence[str]]:
        """The folded spellings that begin with a prefix, each with the forms of other spelling that fold to it."""
        found: dict[str, dict[str, None]] = {}
        for segment in self._segments:
            for key, number in segment.variants.starting(prefix, UNACCENTED):
                form = segment.forms.word(number)
                if form != key:
                    found.setdefault(key, {})[form] = None
        return {key: list(forms) for key, forms in found.items()}

    def near(self, form: str, distance: int, least: int = 0) -> Sequence[str]:
        """The forms within `distance` edits of a form that begin with the same character, sorted.

        Args:
            least: Those that stand in so many articles' fields or fewer may be left out.
        """
        if not form:
            return []
        if not least:
            return sorted(self._fuzzy(Fuzzy(form, distance)).counts)
        found: set[str] = set()
        share = self._share(least)
        for segment in self._segments:
            self.checkpoint()
            frequent = self._frequent(segment, least)
            if frequent is not None:
                terms = frequent.near(form, distance, share)
            else:
                among = segment.lists.more_frequent(segment.forms.starting(form[:1]), share) if share else None
                terms = likely_near(form, distance, segment.forms, segment.file, among)
            found.update(segment.among(terms, lambda words: within(distance, form, words)))
        return sorted(found)

    def matching(self, pattern: str, limit: int | None = None) -> Iterable[str]:
        """The forms that match a pattern; counted in the arrays, not form by form, where a limit is given."""
        terms = self.pattern_terms(pattern)
        if limit is not None:
            terms = self._most_frequent(terms, limit)
        return set().union(*(segment.words(own.tolist()) for segment, own in zip(self._segments, terms, strict=True)))

    def pattern_terms(self, pattern: str) -> list[Ints]:
        """Return the terms that match a pattern as they are written or, both folded, as they are spelled."""
        found = self._patterns.get(pattern)
        if found is None:
            found = [segment.variants.matching(pattern, self.checkpoint) for segment in self._segments]
            room = CACHED_TERMS - sum(map(len, found))
            if room >= 0:
                if len(self._patterns) >= CACHED_PATTERNS or sum(map(len, chain(*self._patterns.values()))) > room:
                    self._patterns.clear()
                self._patterns[pattern] = found
        return found

    def _most_frequent(self, terms: list[Ints], limit: int) -> list[Ints]:
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
