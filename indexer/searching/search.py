"""A query and a snapshot -> Results."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from indexer.contract.facets import FacetName
from indexer.contract.values import Hit, Query, Results, Sort
from indexer.query.serialise import serialise
from indexer.query.suggest import FEW, corrections
from indexer.searching.counting import facets, passing
from indexer.searching.evaluation import Evaluation, wanted_clauses
from indexer.searching.folding import folded, leader_of
from indexer.searching.matches import Matches
from indexer.searching.ordering import Key, best
from indexer.searching.selection import dated_rows, dates, filter_mask
from indexer.searching.snapshot import Snapshot
from indexer.searching.terms import reading
from indexer.searching.timeline import histogram
from indexer.storage.arrays import Array, Ints, Mask
from indexer.storage.doc_values import UNDATED

MAX_DEPTH = 10_000  # hits given in order; past it a page is empty, and the total still true
LATEST = np.iinfo(np.int64).max


def answer(query: Query, snapshot: Snapshot) -> Results:
    """Answer a query, with a suggestion when little was found."""
    evaluation = Evaluation(snapshot)
    matching = _matching(query, evaluation, snapshot)
    passed = filters(query, snapshot)
    found = _passing(matching, passed)
    shown, copies = folded(found, lambda: _keys(query, found, snapshot), snapshot) if query.folded else (found, {})
    results = Results(
        total=len(found.rows),
        stories=len(shown.rows),
        hits=_hits(query, shown, copies, snapshot),
        facets=facets(query, matching.rows, passed, snapshot),
        histogram=histogram(query, found.rows, snapshot),
        readings=tuple(reading(clause, snapshot) for clause in dict.fromkeys(wanted_clauses(query.clause))),
        partial=evaluation.partial,
        position=snapshot.position,
    )
    if results.total >= FEW or evaluation.partial or not (query.clause or query.filters):
        return results
    return replace(results, suggestion=_better(query, results.total, snapshot))


def matches(query: Query, snapshot: Snapshot) -> Ints:
    """Return all rows that answer a query."""
    return passing(_matching(query, Evaluation(snapshot), snapshot).rows, filters(query, snapshot))


def filters(query: Query, snapshot: Snapshot) -> dict[FacetName, Mask]:
    """Return the rows that pass the filter of each facet that has one."""
    passed: dict[FacetName, Mask] = {}
    for one in query.filters:
        mask = filter_mask(one, snapshot)
        passed[one.facet] = passed[one.facet] & mask if one.facet in passed else mask
    return passed


def _matching(query: Query, evaluation: Evaluation, snapshot: Snapshot) -> Matches:
    """What matches words and dates."""
    found = evaluation.found(query.clause)
    dated = dated_rows(query, found.rows, snapshot)
    return found if dated is None else Matches(found.rows[dated], found.scores[dated])


def _passing(found: Matches, passed: dict[FacetName, Mask]) -> Matches:
    for mask in passed.values():
        passing = mask[found.rows]
        found = Matches(found.rows[passing], found.scores[passing])
    return found


def _better(query: Query, total: int, snapshot: Snapshot) -> str | None:
    """The text of a corrected query that finds more than `total`, if there is one."""
    authors = snapshot.columns.facets[FacetName.AUTHOR].values
    for other in corrections(query, snapshot.vocabulary, authors):
        if len(matches(other, snapshot)) > total:
            return serialise(other)
    return None


def _hits(query: Query, found: Matches, copies: Mapping[int, tuple[int, ...]], snapshot: Snapshot) -> tuple[Hit, ...]:
    """The hits of one page: sorted, ties by newest and then by higher id."""
    start = (query.page - 1) * query.per_page
    end = min(start + query.per_page, MAX_DEPTH)
    ranked = query.sort is Sort.RELEVANCE
    if start >= min(end, len(found.rows)):
        return ()
    page = best(*_keys(query, found, snapshot), end)[start:]
    rows = found.rows[page].tolist()
    ids = snapshot.columns.ids[found.rows[page]].tolist()
    scores = found.scores[page].tolist() if ranked else [0.0] * len(ids)
    others = [copies.get(leader_of(row, snapshot), ()) if copies else () for row in rows]
    return tuple(Hit(*one) for one in zip(ids, scores, others, strict=True))


def _keys(query: Query, found: Matches, snapshot: Snapshot) -> tuple[Array, Sequence[Key]]:
    """What the order of hits goes by, greatest first, and what breaks ties."""
    rows, columns = found.rows, snapshot.columns
    at = dates(query, snapshot)

    def newest(places: Ints) -> Array:
        return at[rows[places]]

    def highest(places: Ints) -> Array:
        return columns.ids[rows[places]]

    match query.sort:
        case Sort.RELEVANCE if query.clause:
            return found.scores, (newest, highest)
        case Sort.OLDEST:
            return -np.where(at == UNDATED, LATEST, at)[rows], (newest, highest)
        case Sort.ADDED:
            return columns.added[rows], (newest, highest)
    return at[rows], (highest,)
