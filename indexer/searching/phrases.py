"""A phrase, or words near one another -> the texts where they stand so, and how often.

A word's place is packed into one number, the text's number among those that have all the words, and the position
in it; a phrase is then an intersection of sorted numbers.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from indexer.contract.values import Phrase
from indexer.searching.matches import located
from indexer.searching.snapshot import Snapshot
from indexer.storage.arrays import Array, Ints, Mask
from indexer.storage.inversion import FIELDS, TEXT_BITS
from indexer.storage.segment_file import OpenSegment
from indexer.storage.term_dictionary import MISSING

PIECE = 1 << 18  # places looked at together: they stay near the processor, and a limit of time is kept
PLACE_BITS = 22  # more than a text's positions and the widest window, so no window reaches into the next text


Still = Callable[[], object]


def always() -> None:
    """Let any work go on to its end."""


def phrase_texts(phrase: Phrase, snapshot: Snapshot, still: Still = always) -> Iterator[tuple[Array, Array]]:
    """Yield, segment by segment, the texts of the table that have the phrase, and how often each has it.

    Args:
        still: Called every few milliseconds of work; what it raises ends the work.
    """
    for number, segment in enumerate(snapshot.segments):
        texts, frequencies = _in_segment(phrase, segment, snapshot, still)
        if len(texts):
            yield texts + np.uint32(snapshot.firsts[number] << TEXT_BITS), frequencies


def _in_segment(phrase: Phrase, segment: OpenSegment, snapshot: Snapshot, still: Still) -> tuple[Array, Array]:
    terms = {word: segment.term(word) for word in phrase.words}
    none = np.empty(0, np.uint32), np.empty(0, np.int64)
    if MISSING in terms.values():
        return none
    postings = {word: segment.postings(term) for word, term in terms.items()}
    texts = _common(sorted((texts for texts, _ in postings.values()), key=len), snapshot)
    if phrase.field is not None:
        texts = texts[(texts & ((1 << TEXT_BITS) - 1)) == FIELDS.index(phrase.field)]
    if not len(texts):
        return none
    words = {word: _occurrences(texts, segment, terms[word], *own, snapshot) for word, own in postings.items()}
    found = []
    for first, last in _pieces(np.sum([one.counts for one in words.values()], 0)):
        still()
        part = {word: one.part(first, last) for word, one in words.items()}
        begins = _near(phrase, part) if phrase.slop else _in_order(phrase, part)
        found.append(begins + (first << PLACE_BITS))
    at, counts = np.unique(np.concatenate(found) >> PLACE_BITS, return_counts=True)
    return texts[at], counts


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
    """Where a word stands in some texts.

    Attributes:
        starts: Of each text, where the word's positions begin in `positions`.
        counts: How many they are.
    """

    starts: Ints
    counts: Ints
    positions: Array

    def part(self, first: int, last: int) -> "Occurrences":
        """Return the occurrences in a run of the texts."""
        return Occurrences(self.starts[first:last], self.counts[first:last], self.positions)

    def places(self, among: Ints | None = None) -> Ints:
        """Return the places: number of the text, and position in it, in one number; sorted.

        Args:
            among: Only in these texts, by their numbers.
        """
        starts, counts = (self.starts, self.counts) if among is None else (self.starts[among], self.counts[among])
        numbers = np.arange(len(counts), dtype=np.int64) if among is None else among
        own_starts = np.cumsum(counts) - counts
        indices = np.repeat(starts - own_starts, counts)
        indices += np.arange(len(indices))
        found: Ints = np.repeat(numbers << PLACE_BITS, counts)
        found += self.positions[indices]
        return found


def _occurrences(
    texts: Array, segment: OpenSegment, term: int, own: Array, frequencies: Array, snapshot: Snapshot
) -> Occurrences:
    at, _ = located(texts, own, snapshot)
    ends = np.cumsum(frequencies, dtype=np.int64)
    counts = frequencies[at].astype(np.int64)
    return Occurrences(ends[at] - counts + segment.position_at[term], counts, segment.positions)


def _in_order(phrase: Phrase, words: dict[str, Occurrences]) -> Ints:
    """Where the phrase begins: at a place of its rarest word, if the others follow; they are read only near it."""
    totals = {word: int(one.counts.sum()) for word, one in words.items()}
    order = sorted(enumerate(phrase.words), key=lambda pair: totals[pair[1]])
    at, rarest = order[0]
    places = words[rarest].places()
    begin = places[(places & ((1 << PLACE_BITS) - 1)) >= at] - at
    held = rarest, places
    for at, word in order[1:]:
        if not len(begin):
            break
        if held[0] != word:
            held = word, words[word].places(np.unique((begin + at) >> PLACE_BITS))
        begin = begin[_among(begin + at, held[1])]
    return begin


def _among(few: Ints, many: Ints) -> Mask:
    """Which numbers of one sorted array are in another."""
    if not len(many):
        return np.zeros(len(few), np.bool_)
    found: Mask = many.take(np.searchsorted(many, few), mode="clip") == few
    return found


def _near(phrase: Phrase, words: dict[str, Occurrences]) -> Ints:
    """Where a window begins, at one of the words, that holds all of them, each as often as it is asked."""
    places = {word: one.places() for word, one in words.items()}
    width = len(phrase.words) + phrase.slop
    begin = np.unique(np.concatenate(list(places.values())))
    for word, times in Counter(phrase.words).items():
        own = places[word]
        counts = np.searchsorted(own, begin + width) - np.searchsorted(own, begin)
        begin = begin[counts >= times]
    return begin
