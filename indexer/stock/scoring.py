"""Why a row has its score: BM25F, one contribution for each term clause, form and field that stands in it."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.forms import clause_forms
from indexer.contract.clauses import wanted_clauses
from indexer.contract.ranking import K1, LENGTH, WEIGHTS, idf
from indexer.contract.values import Clause, Contribution, TermClause, TextField
from indexer.stock.matching import clause_rows_of, fields_of
from indexer.stock.snapshot import Mask, Snapshot


def scores(whole: Clause | None, rows: Mask, snapshot: Snapshot) -> NDArray[np.float64]:
    """Return the score of each row, 0.0 outside `rows`."""
    total = np.zeros(snapshot.rows)
    for clause in wanted_clauses(whole):
        for _, _, row, _, score in _parts(clause, rows, snapshot):
            total[row] += score
    return total


def contributions(whole: Clause | None, row: int, snapshot: Snapshot) -> tuple[Contribution, ...]:
    """Return what adds up to the score of one row."""
    only = np.zeros(snapshot.rows, np.bool_)
    only[row] = True
    return tuple(
        Contribution(clause, form, field, round(frequency), score)
        for clause in wanted_clauses(whole)
        for form, field, _, frequency, score in _parts(clause, only, snapshot)
    )


def _parts(clause: TermClause, rows: Mask, snapshot: Snapshot) -> Iterator[tuple[str, TextField, int, float, float]]:
    forms = clause_forms(clause, snapshot.vocabulary)
    within = rows & clause_rows_of(clause, forms, snapshot)
    for field in fields_of(clause):
        lengths, b = snapshot.lengths[field], LENGTH[field]
        average = float(lengths[lengths > 0].mean()) if lengths.any() else 1.0
        for form in forms:
            found = list(snapshot.postings(field, form))
            weight = WEIGHTS[field] * idf(len(found), len(snapshot.row_of))
            for row, frequency in found:
                if within[row]:
                    saturated = frequency / (frequency + K1 * (1 - b + b * lengths[row] / average))
                    yield form, field, row, frequency, float(weight * saturated)
