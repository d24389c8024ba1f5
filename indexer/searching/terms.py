"""One term clause of a query -> the rows that match it and their scores."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import numpy as np

from indexer.analysis.chinese import any_chinese
from indexer.analysis.forms import every_form, every_place
from indexer.contract.values import Fuzzy, MultiPhrase, Pattern, Phrase, Reading, TermClause, TextField, Word
from indexer.searching.compiled import Checkpoint, few_sums, term_parts, term_sums, word_scores
from indexer.searching.matches import DENSE, NOTHING, Matches, OutOfTime, adjacent, size, unscored
from indexer.searching.phrases import no_checkpoint, phrase_texts, places_and_joined
from indexer.searching.scoring import scores
from indexer.searching.snapshot import Snapshot
from indexer.storage.arrays import Array, Floats, Ints, chained
from indexer.storage.inversion import FIELDS, TEXT_BITS
from indexer.storage.kernel import EVERY_FIELD, floats_of, rows_of
from indexer.storage.postings.block_counts import counts_by_block
from indexer.storage.postings.block_marks import documents_with_any
from indexer.storage.postings.reader import FEW
from indexer.storage.terms.found_forms import Searched, Terms

FIELD_MASK = (1 << TEXT_BITS) - 1

T = TypeVar("T")


class _Bounded:
    """Pieces of work up to the end of the time. `end` says that it came before the last piece."""

    def __init__(self) -> None:
        self.end: OutOfTime | None = None

    def pieces(self, pieces: Iterable[T]) -> Iterator[T]:
        """Yield the pieces there is time for."""
        try:
            yield from pieces
        except OutOfTime as end:
            self.end = end


def clause_forms(clause: TermClause, snapshot: Snapshot, checkpoint: Checkpoint = no_checkpoint) -> tuple[str, ...]:
    """Return the forms a term clause is searched by, most frequent first."""
    return _searched(clause, snapshot, checkpoint).forms


def _searched(clause: TermClause, snapshot: Snapshot, checkpoint: Checkpoint) -> Searched:
    """What a term clause is searched by, found once."""
    if isinstance(clause, Word):
        found = snapshot.vocabulary.bare(clause.text, checkpoint)
        return found or snapshot.vocabulary.interrupted(checkpoint).searched(clause)
    if isinstance(clause, Phrase) and len(clause.words) == 1 and not any_chinese(clause.words):
        forms = clause.words if snapshot.vocabulary.frequency(clause.words[0]) else ()
        return Searched(forms, snapshot.vocabulary.terms(forms))

    def size(made: Searched) -> int:
        return 200 + sum(map(len, made.forms)) + 8 * sum(map(len, made.terms))

    def made() -> Searched:
        vocabulary = snapshot.vocabulary.interrupted(checkpoint)
        if not isinstance(clause, MultiPhrase):
            return vocabulary.searched(clause)
        forms = every_place(
            *places_and_joined(clause, snapshot, checkpoint), vocabulary
        )  # each pattern is looked for once
        return Searched(forms, vocabulary.terms(forms))

    return snapshot.cached(("forms", clause), made, size)


def reading(clause: TermClause, snapshot: Snapshot, checkpoint: Checkpoint = no_checkpoint) -> Reading:
    """Return how a term clause is searched."""
    forms = clause_forms(clause, snapshot, checkpoint)
    if isinstance(clause, Phrase | MultiPhrase):
        return Reading(clause, forms, *places_and_joined(clause, snapshot, checkpoint))
    return Reading(clause, forms)


def clause_matches(
    clause: TermClause, snapshot: Snapshot, checkpoint: Checkpoint = no_checkpoint, *, is_excluded: bool = False
) -> Matches:
    """Return the live rows that match a term clause, and their scores.

    Args:
        checkpoint: Called every few milliseconds of work; what it raises ends the work.
        is_excluded: The rows will be left out: no form of a pattern is cut, and nothing is scored.

    Raises:
        OutOfTime: `checkpoint` raised it; with what was found so far.
    """
    if is_excluded and isinstance(clause, Pattern | Fuzzy):
        return snapshot.cached(("every form", clause), lambda: unscored(_every_row(clause, snapshot, checkpoint)), size)
    key = clause.text if isinstance(clause, Word) and clause.field is None else clause
    found: Matches | tuple[bytes, bytes] = snapshot.cached_of(key, lambda: _found(clause, snapshot, checkpoint), size)
    return found if isinstance(found, Matches) else Matches(rows_of(found[0]), floats_of(found[1]))


def _found(clause: TermClause, snapshot: Snapshot, checkpoint: Checkpoint) -> Matches:
    kernel = snapshot.kernel
    if kernel is not None and isinstance(clause, Word):
        scored = word_scores(kernel, clause, snapshot, checkpoint)
        if scored is not None:
            return Matches(*scored)
    forms, terms, _ = _searched(clause, snapshot, checkpoint)
    if not forms:
        return NOTHING
    bounded = _Bounded()
    if isinstance(clause, MultiPhrase) or (isinstance(clause, Phrase) and len(clause.words) > 1):
        rows, weights = _live(_of_phrase(clause, bounded, snapshot, checkpoint), snapshot)
    elif kernel is not None:
        field = EVERY_FIELD if clause.field is None else FIELDS.index(clause.field)
        rows, weights = few_sums(kernel, terms, field, snapshot) or term_sums(
            kernel, bounded.pieces(term_parts(terms, snapshot, checkpoint)), field, snapshot
        )
    else:
        rows, weights = _live(_of_terms(clause, terms, bounded, snapshot, checkpoint), snapshot)
    matches = Matches(rows, scores(weights, snapshot.articles, kernel))
    if bounded.end is not None:
        bounded.end.so_far = matches
        raise bounded.end
    return matches


def few_matches(word: Word, terms: Terms, snapshot: Snapshot) -> Matches:
    """Return the live rows that have any of the terms of a bare word, and their scores, found without the kernel."""

    def found() -> Matches:
        rows, weights = _live(_of_terms(word, terms, _Bounded(), snapshot, no_checkpoint), snapshot)
        return Matches(rows, scores(weights, snapshot.articles, None))

    return snapshot.cached_of(word.text, found, size)


def _live(found: tuple[Ints, Floats], snapshot: Snapshot) -> tuple[Ints, Floats]:
    if snapshot.live is None:
        return found
    rows, weights = found
    live = snapshot.live[rows]
    return rows[live], weights[live]


def _of_phrase(
    clause: Phrase | MultiPhrase, bounded: _Bounded, snapshot: Snapshot, checkpoint: Checkpoint
) -> tuple[Ints, Floats]:
    """The rows that have a phrase, and the weight of each."""
    pieces = list(bounded.pieces(phrase_texts(clause, snapshot, checkpoint)))
    if not pieces:
        return NOTHING
    return adjacent(*_weighted(*chained(pieces), clause.field, snapshot))


def _of_terms(
    clause: TermClause, terms: Terms, bounded: _Bounded, snapshot: Snapshot, checkpoint: Checkpoint
) -> tuple[Ints, Floats]:
    """The rows that have any of some terms, and the weight of each."""
    in_order = max(map(len, terms), default=0) <= 1  # the texts of one term are sorted
    postings = 0 if in_order else snapshot.vocabulary.posting_count(terms)
    if postings >= snapshot.rows:
        return _of_dense(clause, terms, bounded, snapshot, checkpoint)
    if len(terms) == 1 and 0 < len(terms[0]) <= FEW:
        found = snapshot.segments[0].lists.of_many(terms[0])
    else:
        vocabulary = snapshot.vocabulary.interrupted(checkpoint)
        pieces = [
            (_in_table(texts, snapshot.firsts[number]), frequencies)
            for number, texts, frequencies in bounded.pieces(vocabulary.postings_of(terms))
        ]
        if not pieces:
            return NOTHING
        found = pieces[0] if len(pieces) == 1 else chained(pieces)
    rows, weights = _weighted(*found, clause.field, snapshot)
    if postings * DENSE >= snapshot.rows:
        return snapshot.totals(((rows, weights),))
    if not in_order:
        order = rows.argsort(kind="stable")
        rows, weights = rows.take(order), weights.take(order)
    return adjacent(rows, weights)


def _of_dense(
    clause: TermClause, terms: Terms, bounded: _Bounded, snapshot: Snapshot, checkpoint: Checkpoint
) -> tuple[Ints, Floats]:
    """The same for terms that have a posting in most of the rows, or several."""
    found, sums = [np.empty(0, np.int64)], [np.empty(0, np.float32)]
    for segment, own, first in zip(snapshot.segments, terms, snapshot.firsts, strict=False):
        for text, counts in bounded.pieces(counts_by_block(segment.lists, np.asarray(own, np.int64), checkpoint)):
            begin = (first << TEXT_BITS) + text
            weights = snapshot.field_weights[begin : (first + segment.count) << TEXT_BITS][: len(counts)]
            weighted = (counts[: len(weights)] * weights).reshape(-1, len(FIELDS))
            if clause.field is not None:
                total = weighted[:, FIELDS.index(clause.field)]
            else:
                total = weighted[:, 0] + weighted[:, 1]
                for field in range(2, len(FIELDS)):
                    total += weighted[:, field]
            rows = np.flatnonzero(total > 0)
            found.append(rows + (begin >> TEXT_BITS))
            sums.append(total[rows])
    return np.concatenate(found), np.concatenate(sums)


def _every_row(clause: Pattern | Fuzzy, snapshot: Snapshot, checkpoint: Checkpoint) -> Ints:
    """The live rows that have any form of a pattern or a fuzzy word, however many forms there are."""
    vocabulary = snapshot.vocabulary.interrupted(checkpoint)
    terms = (
        vocabulary.pattern_terms(clause.text)
        if isinstance(clause, Pattern)
        else vocabulary.terms(every_form(clause, vocabulary))
    )
    has = np.zeros(snapshot.rows, np.bool_)
    field = None if clause.field is None else FIELDS.index(clause.field)
    for segment, own, first in zip(snapshot.segments, terms, snapshot.firsts, strict=False):
        end = first + segment.count
        live = None if snapshot.live is None else snapshot.live[first:end]
        numbers = np.asarray(own, np.int64)
        has[first:end] = documents_with_any(
            segment.lists, numbers, segment.count, checkpoint, live=live, field=field, kernel=snapshot.kernel
        )
    if snapshot.live is not None:
        has &= snapshot.live
    return np.flatnonzero(has)


def clause_texts(
    clause: TermClause, forms: Sequence[str], snapshot: Snapshot, checkpoint: Checkpoint = no_checkpoint
) -> list[tuple[str, Array, Array]]:
    """Return where a term clause stands, form by form (a phrase as a whole): texts of the table, how often in each.

    One piece a form and segment; the texts of a form's pieces follow one another in order.
    """
    if isinstance(clause, MultiPhrase) or (isinstance(clause, Phrase) and len(clause.words) > 1):
        named = clause.text if isinstance(clause, MultiPhrase) else " ".join(clause.words)
        return [(named, *piece) for piece in phrase_texts(clause, snapshot, checkpoint)]
    found = []
    for form in forms:
        checkpoint()
        for number, texts, frequencies in snapshot.vocabulary.postings(form):
            found.append((form, _in_table(texts, snapshot.firsts[number]), frequencies))
    return found


def _in_table(texts: Array, first: int) -> Array:
    return texts + np.uint32(first << TEXT_BITS) if first else texts


def _weighted(texts: Array, frequencies: Array, field: TextField | None, snapshot: Snapshot) -> tuple[Ints, Floats]:
    """The rows of the texts in a field, and what the occurrences in each text count together."""
    if field is not None:
        inside = (texts & FIELD_MASK) == FIELDS.index(field)
        texts, frequencies = texts[inside], frequencies[inside]
    weights: Floats = snapshot.field_weights.take(texts)
    weights *= frequencies
    return (texts >> TEXT_BITS).astype(np.int64), weights
