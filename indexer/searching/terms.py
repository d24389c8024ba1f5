"""One term clause of a query -> the rows that match it and their scores."""

from collections.abc import Sequence

import numpy as np

from indexer.analysis.forms import every_form
from indexer.contract.values import Fuzzy, MultiPhrase, Pattern, Phrase, Reading, TermClause, TextField
from indexer.searching.matches import DENSE, NOTHING, Matches, adjacent, size, unscored
from indexer.searching.phrases import Still, always, phrase_texts, places_and_joined
from indexer.searching.scoring import scores
from indexer.searching.snapshot import Snapshot
from indexer.storage.arrays import Array, Floats, Ints
from indexer.storage.inversion import FIELDS, TEXT_BITS

FEW_FORMS = 6  # are read one by one; more of them together
FIELD_MASK = (1 << TEXT_BITS) - 1


def clause_forms(clause: TermClause, snapshot: Snapshot) -> tuple[str, ...]:
    """Return the forms a term clause is searched by, most frequent first."""
    key = "forms", clause
    vocabulary = snapshot.vocabulary
    return snapshot.cached(key, lambda: vocabulary.clause_forms(clause), lambda forms: sum(map(len, forms)) + 200)


def reading(clause: TermClause, snapshot: Snapshot) -> Reading:
    """Return how a term clause is searched."""
    forms = clause_forms(clause, snapshot)
    if isinstance(clause, MultiPhrase):
        return Reading(clause, forms, *places_and_joined(clause, snapshot))
    return Reading(clause, forms)


def clause_matches(
    clause: TermClause, snapshot: Snapshot, still: Still = always, *, is_excluded: bool = False
) -> Matches:
    """Return the live rows that match a term clause, and their scores.

    Args:
        still: Called every few milliseconds of work; what it raises ends the work.
        is_excluded: The rows will be left out: no form of a pattern is cut, and nothing is scored.
    """
    if is_excluded and isinstance(clause, Pattern | Fuzzy):
        return snapshot.cached(("every form", clause), lambda: unscored(_every_row(clause, snapshot, still)), size)
    return snapshot.cached(clause, lambda: _found(clause, snapshot, still), size)


def _found(clause: TermClause, snapshot: Snapshot, still: Still) -> Matches:
    forms = clause_forms(clause, snapshot)
    if not forms:
        return NOTHING
    is_phrase = isinstance(clause, MultiPhrase) or (isinstance(clause, Phrase) and len(clause.words) > 1)
    if is_phrase or len(forms) <= FEW_FORMS:
        pieces = [(texts, frequencies) for _, texts, frequencies in clause_texts(clause, forms, snapshot, still)]
    else:
        vocabulary = snapshot.vocabulary
        runs = vocabulary.postings_of(vocabulary.clause_terms(clause, forms))
        pieces = [(_in_table(texts, snapshot.firsts[number]), frequencies) for number, texts, frequencies in runs]
    if not pieces:
        return NOTHING
    still()
    texts, weights = _joined(pieces, clause.field, snapshot)
    rows, weights = _by_row(texts, weights, snapshot, in_order=is_phrase or len(forms) == 1)
    if snapshot.live is not None:
        live = snapshot.live[rows]
        rows, weights = rows[live], weights[live]
    return Matches(rows, scores(weights, snapshot.articles))


def _every_row(clause: Pattern | Fuzzy, snapshot: Snapshot, still: Still) -> Ints:
    """The live rows that have any form of a pattern or a fuzzy word, however many forms there are."""
    vocabulary = snapshot.vocabulary
    terms = (
        vocabulary.pattern_terms(clause.text)
        if isinstance(clause, Pattern)
        else vocabulary.terms(every_form(clause, vocabulary))
    )
    still()
    texts = [_in_table(texts, snapshot.firsts[number]) for number, texts, _ in vocabulary.postings_of(terms)]
    has = np.zeros(snapshot.rows, np.bool_)
    for some in texts:
        still()
        inside = some if clause.field is None else some[(some & FIELD_MASK) == FIELDS.index(clause.field)]
        has[inside >> TEXT_BITS] = True
    if snapshot.live is not None:
        has &= snapshot.live
    return np.flatnonzero(has)


def clause_texts(
    clause: TermClause, forms: Sequence[str], snapshot: Snapshot, still: Still = always
) -> list[tuple[str, Array, Array]]:
    """Return where a term clause stands, form by form (a phrase as a whole): texts of the table, how often in each.

    One piece a form and segment; the texts of a form's pieces follow one another in order.
    """
    if isinstance(clause, MultiPhrase) or (isinstance(clause, Phrase) and len(clause.words) > 1):
        named = clause.text if isinstance(clause, MultiPhrase) else " ".join(clause.words)
        return [(named, *piece) for piece in phrase_texts(clause, snapshot, still)]
    found = []
    for form in forms:
        still()
        for number, texts, frequencies in snapshot.vocabulary.postings(form):
            found.append((form, _in_table(texts, snapshot.firsts[number]), frequencies))
    return found


def _in_table(texts: Array, first: int) -> Array:
    return texts + np.uint32(first << TEXT_BITS) if first else texts


def _joined(pieces: list[tuple[Array, Array]], field: TextField | None, snapshot: Snapshot) -> tuple[Array, Floats]:
    if len(pieces) == 1:
        texts, frequencies = pieces[0]
    else:
        texts = np.concatenate([texts for texts, _ in pieces])
        frequencies = np.concatenate([frequencies for _, frequencies in pieces])
    if field is not None:
        inside = (texts & FIELD_MASK) == FIELDS.index(field)
        texts, frequencies = texts[inside], frequencies[inside]
    weights: Floats = snapshot.field_weights.take(texts)
    weights *= frequencies
    return texts, weights


def _by_row(texts: Array, weights: Floats, snapshot: Snapshot, *, in_order: bool) -> tuple[Ints, Floats]:
    """Add up the weights of each row's texts and forms."""
    rows = (texts >> TEXT_BITS).astype(np.int64)
    if in_order:
        return adjacent(rows, weights)
    if len(rows) * DENSE < snapshot.rows:
        order = np.argsort(rows, kind="stable")
        return adjacent(rows[order], weights[order])
    total = np.bincount(rows, weights, snapshot.rows)
    found = np.flatnonzero(total > 0)  # of truths it finds them ten times as fast as of numbers
    return found, total[found].astype(np.float32)
