"""Why an article has its score: a part for each leaf, form and text it stands in."""

from collections.abc import Iterator

import numpy as np

from indexer.contract.engine import Contribution, Explanation, Leaf, Query
from indexer.searching.evaluation import wanted_leaves
from indexer.searching.search import matches
from indexer.searching.snapshot import Snapshot
from indexer.searching.terms import FIELD_MASK, leaf_forms, leaf_found, leaf_texts
from indexer.storage.inversion import FIELDS, TEXT_BITS


def explanation(query: Query, id: int, snapshot: Snapshot) -> Explanation:
    """Return the parts of an article's score; they add up to it."""
    row = snapshot.row(id)
    if row is None or row not in matches(query, snapshot):
        return Explanation(matches=False, score=0.0)
    parts = tuple(part for leaf in wanted_leaves(query.clause) for part in _parts(leaf, row, snapshot))
    return Explanation(True, sum(part.score for part in parts), parts)


def _parts(leaf: Leaf, row: int, snapshot: Snapshot) -> Iterator[Contribution]:
    """A leaf's score is shared out among its occurrences by what each counts."""
    rows, scores = leaf_found(leaf, snapshot)
    at = int(np.searchsorted(rows, row))
    if at == len(rows) or rows[at] != row:
        return
    stands = list(_standing(leaf, row, snapshot))
    total = sum(weight for *_, weight in stands)
    for form, text, frequency, weight in stands:
        share = float(scores[at]) * weight / total
        yield Contribution(leaf, form, FIELDS[text & FIELD_MASK], frequency, share)


def _standing(leaf: Leaf, row: int, snapshot: Snapshot) -> Iterator[tuple[str, int, int, float]]:
    """Form, text, frequency and weight of each occurrence of a leaf in a row."""
    for form, texts, frequencies in leaf_texts(leaf, leaf_forms(leaf, snapshot), snapshot):
        first, last = np.searchsorted(texts, (row << TEXT_BITS, (row + 1) << TEXT_BITS))
        for text, frequency in zip(texts[first:last].tolist(), frequencies[first:last].tolist(), strict=True):
            if leaf.field is None or FIELDS[text & FIELD_MASK] is leaf.field:
                yield form, text, frequency, float(snapshot.worth[text]) * frequency
