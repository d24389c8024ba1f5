"""A phrase, or words near each other -> the texts that have it, and how often.

The texts that have all the words are laid out in a row, one after another, so that each place of each text has an
address. A phrase begins at an address where its rarest word allows it and the others are marked where they belong:
that looks nothing up, and costs a few steps a place. At each place of a phrase stands any of a set of forms.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from indexer.analysis.chinese import any_chinese
from indexer.analysis.forms import phrase_forms
from indexer.contract.values import MultiPhrase, Phrase
from indexer.searching.compiled import Checkpoint, phrase_postings
from indexer.searching.matches import located
from indexer.searching.occurrences import MultiOccurrences, Occurrences, TermOccurrences
from indexer.searching.snapshot import Snapshot
from indexer.searching.windows import Forms, in_order, near
from indexer.storage.arrays import Array, Ints, Mask
from indexer.storage.inversion import FIELDS, TEXT_BITS
from indexer.storage.kernel import EVERY_FIELD
from indexer.storage.segment_file import OpenSegment
from indexer.storage.terms.term_dictionary import MISSING

PIECE = 1 << 21  # addresses looked at together: a byte each stays near the processor, and a limit of time is kept
PLACE_BITS = 22  # more than a text's positions and the widest window, so no window reaches into the next text
FEW_FORMS = 4  # at one place are looked up one by one; more are put together first


def no_checkpoint() -> None:
    """Do nothing: no work is cut short."""


def places_and_joined(
    phrase: Phrase | MultiPhrase, snapshot: Snapshot, checkpoint: Checkpoint = no_checkpoint
) -> tuple[tuple[Forms, ...], Forms]:
    """Return the forms at each place of a phrase, and those of its joined spelling, which match on their own."""
    if isinstance(phrase, Phrase) and not any_chinese(phrase.words):
        return tuple((word,) for word in phrase.words), ()

    def size(made: tuple[tuple[Forms, ...], Forms]) -> int:
        return 200 + sum(60 + len(form) for forms in (*made[0], made[1]) for form in forms)

    vocabulary = snapshot.vocabulary.interrupted(checkpoint)
    return snapshot.cached(("places", phrase), lambda: phrase_forms(phrase, vocabulary), size)


def phrase_texts(
    phrase: Phrase | MultiPhrase, snapshot: Snapshot, checkpoint: Checkpoint = no_checkpoint
) -> Iterator[tuple[Array, Array]]:
    """Yield, segment by segment, the texts of the table that have the phrase, and how often each has it.

    Args:
        checkpoint: Called every few milliseconds of work; what it raises ends the work.
    """
    forms, joined = places_and_joined(phrase, snapshot, checkpoint)
    for number, segment in enumerate(snapshot.segments):
        in_table = np.uint32(snapshot.firsts[number] << TEXT_BITS)
        if snapshot.kernel is not None and not joined:
            terms = [_terms(own, segment) for own in forms]
            field = EVERY_FIELD if phrase.field is None else FIELDS.index(phrase.field)
            width = len(terms) + phrase.slop if phrase.slop else 0
            pieces_ = phrase_postings(snapshot.kernel, terms, field, width, segment, checkpoint) if all(terms) else None
            if pieces_ is not None:
                for texts, frequencies in pieces_:
                    yield texts + in_table, frequencies
                continue
        pieces = _in_segment(phrase, forms, segment, snapshot, checkpoint)
        found: Iterable[tuple[Array, Ints]] = (piece.counted() for piece in pieces)
        if joined:  # a compound stands where its first part does, so none is counted twice
            places = [*(piece.places() for piece in pieces), _alone(phrase, joined, segment, snapshot, checkpoint)]
            found = [_counted(np.unique(np.concatenate(places)) >> PLACE_BITS)]
        for texts, frequencies in found:
            if len(texts):
                yield texts.astype(np.uint32) + in_table, frequencies


class _Piece(NamedTuple):
    """Some texts, at which address each begins, and the addresses where a phrase does, or may and `holds`; in order."""

    texts: Array
    starts: Ints
    begins: Ints
    holds: Mask | None = None
    counts: Ints | None = None  # how many of `begins` each text has, which is at least one; None: not known

    def counted(self) -> tuple[Array, Ints]:
        """Return the texts that have the phrase, and how often each does."""
        counts: Array
        if self.holds is not None and self.counts is not None:
            counts = np.diff(
                np.cumsum(self.holds, dtype=np.int32).take(np.cumsum(self.counts) - 1), prepend=np.int32(0)
            )
        elif self.holds is None and len(self.begins) < len(self.texts):
            counts = np.bincount(self._owners(self.begins), minlength=len(self.texts))
        else:
            ends = np.append(np.searchsorted(self.begins, self.starts), len(self.begins))
            counts = np.diff(ends if self.holds is None else np.append(0, np.cumsum(self.holds)).take(ends))
        has = np.flatnonzero(counts)
        return self.texts[has], counts[has]

    def places(self) -> Ints:
        """Return text of the segment and position in one number, where the phrase begins."""
        begins = self.begins if self.holds is None else self.begins[self.holds]
        owners = self._owners(begins)
        found: Ints = self.texts[owners].astype(np.int64) << PLACE_BITS
        found |= begins - self.starts[owners]
        return found

    def _owners(self, begins: Ints) -> Ints:
        found: Ints = np.searchsorted(self.starts, begins, "right") - 1
        return found


def _in_segment(
    phrase: Phrase | MultiPhrase,
    forms: Sequence[Forms],
    segment: OpenSegment,
    snapshot: Snapshot,
    checkpoint: Checkpoint,
) -> Iterator[_Piece]:
    """Where the phrase begins, some texts at a time."""
    terms = {own: _terms(own, segment) for own in forms}
    if not terms or not all(terms.values()):
        return
    lists = {own: _texts(found, segment, checkpoint) for own, found in terms.items()}
    texts, at = _in_field(*_common(lists, snapshot), phrase)
    if not len(texts):
        return
    places = {own: _occurrences(texts, at[own], segment, found, snapshot, checkpoint) for own, found in terms.items()}
    width = len(forms) + phrase.slop
    sizes = segment.columns.lengths[texts].astype(np.int64) + width
    for first, last in _pieces(sizes):
        checkpoint()
        starts: Array = (width + np.cumsum(sizes[first:last]) - sizes[first:last]).astype(np.int32)
        room = width + int(sizes[first:last].sum())
        nowhere = room - 1  # after the last text
        addresses = {own: one.addresses(first, last, starts, nowhere) for own, one in places.items()}
        if phrase.slop:
            begins, holds = near(forms, width, addresses, nowhere)
            counts = np.sum([one.counts(first, last) for one in places.values()], axis=0)
            yield _Piece(texts[first:last], starts, begins, holds, counts if counts.sum() == len(begins) else None)
        else:
            yield _Piece(texts[first:last], starts, in_order(forms, addresses, room))


def _counted(sorted_: Ints) -> tuple[Ints, Ints]:
    """Return the values of a sorted array, each once, and how often each is there."""
    is_first = np.ones(len(sorted_), np.bool_)
    np.not_equal(sorted_[1:], sorted_[:-1], out=is_first[1:])
    starts = np.flatnonzero(is_first)
    return sorted_[starts], np.diff(starts, append=len(sorted_))


def _alone(
    phrase: Phrase | MultiPhrase, joined: Forms, segment: OpenSegment, snapshot: Snapshot, checkpoint: Checkpoint
) -> Ints:
    """Where any of the joined forms stands, as `_in_segment` says it."""
    terms = _terms(joined, segment)
    if not terms:
        return np.empty(0, np.int64)
    every = _texts(terms, segment, checkpoint)
    texts, at = _in_field(every, {joined: np.arange(len(every))}, phrase)
    places = _occurrences(texts, at[joined], segment, terms, snapshot, checkpoint)
    return np.unique(places.addresses(0, len(texts), texts.astype(np.int64) << PLACE_BITS))


def _terms(forms: Forms, segment: OpenSegment) -> tuple[int, ...]:
    return tuple(sorted(term for form in forms if (term := segment.term(form)) != MISSING))


def _texts(terms: Sequence[int], segment: OpenSegment, checkpoint: Checkpoint) -> Array:
    """The texts that have any of some terms."""
    checkpoint()
    if len(terms) == 1:
        return segment.lists.texts(terms[0])
    has = np.zeros(segment.count << TEXT_BITS, np.bool_)
    for texts, _ in segment.lists.in_pieces(np.array(terms, np.int64), only_texts=True):
        checkpoint()
        has[texts] = True
    return np.flatnonzero(has).astype(np.uint32)


def _in_field(texts: Array, at: dict[Forms, Ints], phrase: Phrase | MultiPhrase) -> tuple[Array, dict[Forms, Ints]]:
    if phrase.field is None:
        return texts, at
    inside = (texts & ((1 << TEXT_BITS) - 1)) == FIELDS.index(phrase.field)
    return texts[inside], {own: one[inside] for own, one in at.items()}


def _common(lists: dict[Forms, Array], snapshot: Snapshot) -> tuple[Array, dict[Forms, Ints]]:
    """The texts in all lists, and where each of them is in each list."""
    ordered = sorted(lists, key=lambda own: len(lists[own]))
    texts = lists[ordered[0]]
    found = {ordered[0]: np.arange(len(texts))}
    for own in ordered[1:]:
        at, there = located(texts, lists[own], snapshot)
        found[own] = at
        if not there.all():
            texts = texts[there]
            found = {other: one[there] for other, one in found.items()}
    return texts, found


def _pieces(sizes: Ints) -> Iterator[tuple[int, int]]:
    """Part texts with so many addresses each into runs of about PIECE addresses."""
    ends = np.cumsum(sizes)
    first = 0
    while first < len(ends):
        before = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, before + PIECE, side="right")))
        yield first, last
        first = last


def _occurrences(
    texts: Array, at: Ints, segment: OpenSegment, terms: Sequence[int], snapshot: Snapshot, checkpoint: Checkpoint
) -> Occurrences:
    """The occurrences of any of some terms in texts; `at` is where these are among those that have any."""
    if len(terms) > FEW_FORMS:
        return MultiOccurrences(texts, segment, terms, checkpoint)
    if len(terms) == 1:
        return TermOccurrences(segment, terms[0], at, None)
    return _Several(
        [TermOccurrences(segment, one, *located(texts, segment.lists.texts(one), snapshot)) for one in terms]
    )


class _Several:
    """The occurrences of any of a few terms."""

    def __init__(self, ones: Sequence[Occurrences]) -> None:
        self._ones = ones

    def addresses(self, first: int, last: int, starts: Ints, nowhere: int | None = None) -> Ints:
        """Return where any of the terms stands, in any order."""
        return np.concatenate([one.addresses(first, last, starts, nowhere) for one in self._ones])

    def counts(self, first: int, last: int) -> Ints:
        """Return how often any of the terms stands in each text."""
        found: Ints = np.sum([one.counts(first, last) for one in self._ones], axis=0)
        return found
