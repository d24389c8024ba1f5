"""An article's score -> its parts, by term clause, form and text."""

from collections.abc import Iterator

import numpy as np

from indexer.contract.clauses import wanted_clauses
from indexer.contract.values import Contribution, Explanation, Query, TermClause
from indexer.query.substitutes import tried
from indexer.searching.search import answer, matches, required
from indexer.searching.snapshot import Snapshot
from indexer.searching.terms import FIELD_MASK, clause_forms, clause_matches, clause_texts
from indexer.storage.inversion import FIELDS, TEXT_BITS


def explanation(query: Query, id: int, snapshot: Snapshot) -> Explanation:
    """Return the parts of an article's score; they add up to it."""
    row = snapshot.row(id)
    queries = tried(query, lambda whole: answer(whole, snapshot)) if row is not None else iter(())
    found = next((one for one in queries if row in matches(one, snapshot)), None)
    if row is None or found is None:
        return Explanation(matches=False, score=0.0)
    needed, _ = required(found, snapshot)
    parts = tuple(part for clause in wanted_clauses(needed.clause) for part in _parts(clause, row, snapshot))
    return Explanation(True, sum(part.score for part in parts), parts)


def _parts(clause: TermClause, row: int, snapshot: Snapshot) -> Iterator[Contribution]:
    """A term clause's score is shared out among its occurrences by what each counts."""
    rows, scores = clause_matches(clause, snapshot)
    at = int(np.searchsorted(rows, row))
    if at == len(rows) or rows[at] != row:
        return
    stands = list(_standing(clause, row, snapshot))
    total = sum(weight for *_, weight in stands)
    for form, text, frequency, weight in stands:
        share = float(scores[at]) * weight / total
        yield Contribution(clause, form, FIELDS[text & FIELD_MASK], frequency, share)


def _standing(clause: TermClause, row: int, snapshot: Snapshot) -> Iterator[tuple[str, int, int, float]]:
    """Form, text, frequency and weight of each occurrence of a term clause in a row."""
    for form, texts, frequencies in clause_texts(clause, clause_forms(clause, snapshot), snapshot):
        first, last = np.searchsorted(texts, (row << TEXT_BITS, (row + 1) << TEXT_BITS))
        for text, frequency in zip(texts[first:last].tolist(), frequencies[first:last].tolist(), strict=True):
            if clause.field is None or FIELDS[text & FIELD_MASK] is clause.field:
                yield form, text, frequency, float(snapshot.field_weights[text]) * frequency
