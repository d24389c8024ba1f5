"""A phrase, or words near one another -> the texts where they stand so, and how often.

A word's place is packed into one number, the text's number among those that have all the words, and the position
in it; a phrase is then an intersection of sorted numbers. At each place of a phrase stands any of a set of forms.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.analysis.forms import phrase_forms
from indexer.contract.values import MultiPhrase, Phrase
from indexer.searching.matches import located
from indexer.searching.snapshot import Snapshot
from indexer.storage.arrays import Array, Ints, Mask
from indexer.storage.inversion import FIELDS, TEXT_BITS
from indexer.storage.segment_file import OpenSegment
from indexer.storage.term_dictionary import MISSING

PIECE = 1 << 18  # places looked at together: they stay near the processor, and a limit of time is kept
PLACE_BITS = 22  # more than a text's positions and the widest window, so no window reaches into the next text

Forms = tuple[str, ...]
Still = Callable[[], object]


def always() -> None:
    """Let any work go on to its end."""


def places_and_joined(phrase: Phrase | MultiPhrase, snapshot: Snapshot) -> tuple[tuple[Forms, ...], Forms]:
    """Return the forms at each place of a phrase, and those of its joined spelling, which match on their own."""
    if isinstance(phrase, Phrase):
        return tuple((word,) for word in phrase.words), ()

    def size(made: tuple[tuple[Forms, ...], Forms]) -> int:
        return 200 + sum(60 + len(form) for forms in (*made[0], made[1]) for form in forms)

    return snapshot.cached(("places", phrase), lambda: phrase_forms(phrase, snapshot.vocabulary), size)


def phrase_texts(
    phrase: Phrase | MultiPhrase, snapshot: Snapshot, still: Still = always
) -> Iterator[tuple[Array, Array]]:
    """Yield, segment by segment, the texts of the table that have the phrase, and how often each has it.

    Args:
        still: Called every few milliseconds of work; what it raises ends the work.
    """
    forms, joined = places_and_joined(phrase, snapshot)
    for number, segment in enumerate(snapshot.segments):
        found = _in_segment(phrase, forms, segment, snapshot, still)
        if joined:  # a compound stands where its first part does, so none is counted twice
            found = np.unique(np.concatenate([found, _alone(phrase, joined, segment, snapshot)]))
        texts, frequencies = np.unique(found >> PLACE_BITS, return_counts=True)
        if len(texts):
            yield texts.astype(np.uint32) + np.uint32(snapshot.firsts[number] << TEXT_BITS), frequencies


def _in_segment(
    phrase: Phrase | MultiPhrase, forms: Sequence[Forms], segment: OpenSegment, snapshot: Snapshot, still: Still
) -> Ints:
    """Where the phrase begins: text of the segment and position in one number, sorted."""
    none = np.empty(0, np.int64)
    terms = {own: _terms(own, segment) for own in forms}
    if not terms or not all(terms.values()):
        return none
    texts = _in_field(_common(sorted((_texts(own, segment) for own in terms.values()), key=len), snapshot), phrase)
    if not len(texts):
        return none
    places = {own: _occurrences(texts, segment, found, snapshot) for own, found in terms.items()}
    found = [none]
    for first, last in _pieces(np.sum([one.counts for one in places.values()], 0)):
        still()
        part = {own: one.part(first, last) for own, one in places.items()}
        begins = _near(forms, phrase.slop, part) if phrase.slop else _in_order(forms, part)
        begins += first << PLACE_BITS
        found.append(_of_texts(begins, texts))
    return np.concatenate(found)


def _alone(phrase: Phrase | MultiPhrase, joined: Forms, segment: OpenSegment, snapshot: Snapshot) -> Ints:
    """Where any of the joined forms stands, as `_in_segment` says it."""
    terms = _terms(joined, segment)
    if not terms:
        return np.empty(0, np.int64)
    texts = _in_field(_texts(terms, segment), phrase)
    return _of_texts(_occurrences(texts, segment, terms, snapshot).places(), texts)


def _of_texts(places: Ints, texts: Array) -> Ints:
    """Places by the texts' own numbers, in place of the numbers they have among these."""
    own: Ints = texts[places >> PLACE_BITS].astype(np.int64) << PLACE_BITS
    return own | (places & ((1 << PLACE_BITS) - 1))


def _terms(forms: Forms, segment: OpenSegment) -> tuple[int, ...]:
    return tuple(term for form in forms if (term := segment.term(form)) != MISSING)


def _texts(terms: Sequence[int], segment: OpenSegment) -> Array:
    """The texts that have any of some terms."""
    lists = [segment.postings(term)[0] for term in terms]
    return lists[0] if len(lists) == 1 else np.unique(np.concatenate(lists))


def _in_field(texts: Array, phrase: Phrase | MultiPhrase) -> Array:
    if phrase.field is None:
        return texts
    inside: Array = texts[(texts & ((1 << TEXT_BITS) - 1)) == FIELDS.index(phrase.field)]
    return inside


def _common(lists: list[Array], snapshot: Snapshot) -> Array:
    """The texts in all lists, the shortest first."""
    texts = lists[0]
    for other in lists[1:]:
        texts = texts[located(texts, other, snapshot)[1]]
    return texts


def _pieces(counts: Ints) -> Iterator[tuple[int, int]]:
    """Part texts with so many places each into runs of about PIECE places."""
    ends = np.cumsum(counts)
    first = 0
    while first < len(ends):
        before = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, before + PIECE, side="right")))
        yield first, last
        first = last


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where any of some terms stands in some texts.

    Attributes:
        terms: Of each term, and of each text, where its positions begin in `positions`, and how many they are.
        counts: Of each text, how many positions it has of all terms.
    """

    terms: tuple[tuple[Ints, Ints], ...]
    counts: Ints
    positions: Array

    def part(self, first: int, last: int) -> "Occurrences":
        """Return the occurrences in a run of the texts."""
        terms = tuple((starts[first:last], counts[first:last]) for starts, counts in self.terms)
        return Occurrences(terms, self.counts[first:last], self.positions)

    def places(self, among: Ints | None = None) -> Ints:
        """Return the places: number of the text, and position in it, in one number; sorted.

        Args:
            among: Only in these texts, by their numbers.
        """
        found = [self._places(*one, among) for one in self.terms]
        return found[0] if len(found) == 1 else np.unique(np.concatenate(found))

    def _places(self, starts: Ints, counts: Ints, among: Ints | None) -> Ints:
        numbers = np.arange(len(counts), dtype=np.int64) if among is None else among
        if among is not None:
            starts, counts = starts[among], counts[among]
        own_starts = np.cumsum(counts) - counts
        indices = np.repeat(starts - own_starts, counts)
        indices += np.arange(len(indices))
        found: Ints = np.repeat(numbers << PLACE_BITS, counts)
        found += self.positions[indices]
        return found


def _occurrences(texts: Array, segment: OpenSegment, terms: Sequence[int], snapshot: Snapshot) -> Occurrences:
    found = []
    for term in terms:
        own, frequencies = segment.postings(term)
        at, there = located(texts, own, snapshot)
        at = np.minimum(at, max(0, len(own) - 1))
        counts = np.where(there, frequencies[at], 0).astype(np.int64)
        ends = np.cumsum(frequencies, dtype=np.int64)
        found.append((ends[at] - counts + segment.position_at[term], counts))
    return Occurrences(tuple(found), np.sum([counts for _, counts in found], 0), segment.positions)


def _in_order(forms: Sequence[Forms], places: dict[Forms, Occurrences]) -> Ints:
    """Where the phrase begins: at its rarest place, if the others follow; they are read only near it."""
    totals = {own: int(one.counts.sum()) for own, one in places.items()}
    order = sorted(enumerate(forms), key=lambda pair: totals[pair[1]])
    at, rarest = order[0]
    here = places[rarest].places()
    begin: Ints = here[(here & ((1 << PLACE_BITS) - 1)) >= at] - at
    held = rarest, here
    for at, own in order[1:]:
        if not len(begin):
            break
        if held[0] != own:
            held = own, places[own].places(np.unique((begin + at) >> PLACE_BITS))
        begin = begin[_among(begin + at, held[1])]
    return begin


def _among(few: Ints, many: Ints) -> Mask:
    """Which numbers of one sorted array are in another."""
    if not len(many):
        return np.zeros(len(few), np.bool_)
    found: Mask = many.take(np.searchsorted(many, few), mode="clip") == few
    return found


def _near(forms: Sequence[Forms], slop: int, occurrences: dict[Forms, Occurrences]) -> Ints:
    """Where a window begins, at one of the terms, that holds all of them, each as often as it is asked."""
    places = {own: one.places() for own, one in occurrences.items()}
    width = len(forms) + slop
    begin: Ints = np.unique(np.concatenate(list(places.values())))
    for own, times in Counter(forms).items():
        counts = np.searchsorted(places[own], begin + width) - np.searchsorted(places[own], begin)
        begin = begin[counts >= times]
    return begin
