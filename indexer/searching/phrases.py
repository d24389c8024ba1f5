"""A phrase, or words near one another -> the texts where they stand so, and how often.

A word's place is packed into one number, the text's number among those that have all the words, and the position
in it; a phrase is then an intersection of sorted numbers.
"""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from indexer.contract.values import Phrase
from indexer.searching.matches import located
from indexer.searching.snapshot import Snapshot
from indexer.storage.arrays import Array, Ints
from indexer.storage.inversion import FIELDS, TEXT_BITS
from indexer.storage.segment_file import OpenSegment
from indexer.storage.term_dictionary import MISSING

PLACE_BITS = 22  # more than a text's positions and the widest window, so no window reaches into the next text


def phrase_texts(phrase: Phrase, snapshot: Snapshot) -> Iterator[tuple[Array, Array]]:
    """Yield, segment by segment, the texts of the table that have the phrase, and how often each has it."""
    for number, segment in enumerate(snapshot.segments):
        texts, frequencies = _in_segment(phrase, segment, snapshot)
        if len(texts):
            yield texts + np.uint32(snapshot.firsts[number] << TEXT_BITS), frequencies


def _in_segment(phrase: Phrase, segment: OpenSegment, snapshot: Snapshot) -> tuple[Array, Array]:
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
    places = {
        word: _places(texts, segment, terms[word], own_texts, frequencies, snapshot)
        for word, (own_texts, frequencies) in postings.items()
    }
    found = _near(phrase, places) if phrase.slop else _in_order(phrase, places)
    at, counts = np.unique(found >> PLACE_BITS, return_counts=True)
    return texts[at], counts


def _common(lists: list[Array], snapshot: Snapshot) -> Array:
    """The texts in all lists, the shortest first."""
    texts = lists[0]
    for other in lists[1:]:
        texts = texts[located(texts, other, snapshot)[1]]
    return texts


def _places(texts: Array, segment: OpenSegment, term: int, own: Array, frequencies: Array, snapshot: Snapshot) -> Ints:
    """Where a term stands in some of its texts: number of the text among them, and position, in one number."""
    at, _ = located(texts, own, snapshot)
    ends = np.cumsum(frequencies, dtype=np.int64)
    counts = frequencies[at].astype(np.int64)
    starts = ends[at] - counts + segment.position_at[term]
    own_starts = np.cumsum(counts) - counts
    indices = np.repeat(starts - own_starts, counts)
    indices += np.arange(len(indices))
    found: Ints = np.repeat(np.arange(len(texts), dtype=np.int64) << PLACE_BITS, counts)
    found += segment.positions[indices]
    return found


def _in_order(phrase: Phrase, places: dict[str, Ints]) -> Ints:
    """Where the phrase begins."""
    shifted = sorted(((places[word] - at) for at, word in enumerate(phrase.words)), key=len)
    begin = shifted[0]
    for other in shifted[1:]:
        begin = begin[other.take(np.searchsorted(other, begin), mode="clip") == begin]
    return begin


def _near(phrase: Phrase, places: dict[str, Ints]) -> Ints:
    """Where a window begins, at one of the words, that holds all of them, each as often as it is asked."""
    width = len(phrase.words) + phrase.slop
    begin = np.unique(np.concatenate(list(places.values())))
    for word, times in Counter(phrase.words).items():
        own = places[word]
        counts = np.searchsorted(own, begin + width) - np.searchsorted(own, begin)
        begin = begin[counts >= times]
    return begin
