"""Rows found -> facets, counted by column."""

from collections.abc import Mapping

import numpy as np

from indexer.contract.facets import NONE, Facet, FacetCount, FacetName
from indexer.contract.values import Query
from indexer.searching.ordering import best
from indexer.searching.selection import author_rows, value_mask, value_places
from indexer.searching.snapshot import Snapshot
from indexer.storage.arrays import Array, Ints, Mask
from indexer.storage.doc_values import ABSENT

AUTHOR_COLUMNS = 3  # of most articles these are all authors


def facets(query: Query, rows: Ints, passed: Mapping[FacetName, Mask], snapshot: Snapshot) -> tuple[Facet, ...]:
    """Count the facets a query asks for, each under all filters but its own.

    Args:
        rows: Those that match words and dates, whatever the filters.
        passed: The rows that pass the filter of each facet that has one.
    """
    return tuple(_facet(name, query, _passing(rows, passed, but=name), snapshot) for name in query.facets)


def passing(rows: Ints, passed: Mapping[FacetName, Mask]) -> Ints:
    """Return the rows that pass all filters."""
    return _passing(rows, passed, but=None)


def _passing(rows: Ints, passed: Mapping[FacetName, Mask], *, but: FacetName | None) -> Ints:
    for facet, mask in passed.items():
        if facet is not but:
            rows = rows[mask[rows]]
    return rows


def _facet(name: FacetName, query: Query, rows: Ints, snapshot: Snapshot) -> Facet:
    known = snapshot.columns.values[name]
    counts = _counts(name, rows, snapshot)
    absent, having = int(counts[0]), counts[1:]
    top = best(having, (np.negative,), query.facet_size)
    ranked = [(known[at], int(having[at])) for at in top.tolist() if having[at]]
    if absent:
        ranked.append((NONE, absent))
        ranked.sort(key=lambda pair: (-pair[1], pair[0]))
    shown = ranked[: query.facet_size]
    given = dict(shown)
    chosen = dict.fromkeys(value for one in query.filters if one.facet is name for value in one.values)
    missing = [value for value in chosen if value not in given]
    if missing:
        shown += [(value, _count(name, value, counts, rows, snapshot)) for value in missing]
        shown.sort(key=lambda pair: (-pair[1], pair[0]))
    return Facet(name, tuple(FacetCount(*pair) for pair in shown), int(np.count_nonzero(having)))


def _count(name: FacetName, value: str, counts: Ints, rows: Ints, snapshot: Snapshot) -> int:
    """How many of the rows have one value that was chosen, which may stand for several."""
    place = ABSENT if value == NONE else value_places(name, snapshot).get(value)
    if place is None:
        return int(value_mask(name, (value,), snapshot)[rows].sum())
    return int(counts[place + 1])


def _counts(name: FacetName, rows: Ints, snapshot: Snapshot) -> Ints:
    """How many of the rows have each value; the first is for none."""
    size = len(snapshot.columns.values[name]) + 1
    columns, later_rows, later = snapshot.cached(("columns", name), lambda: _columns(name, snapshot), _bytes)
    counts = np.bincount(columns[0][rows], minlength=size)
    for column in columns[1:]:
        counts[1:] += np.bincount(column[rows], minlength=size)[1:]
    if len(later):
        found = np.zeros(snapshot.rows, np.bool_)
        found[rows] = True
        counts[1:] += np.bincount(later[found[later_rows]], minlength=size - 1)
    return counts


def _columns(name: FacetName, snapshot: Snapshot) -> tuple[list[Array], Ints, Ints]:
    """Each row's value from 1, or 0 for none; of authors the first few, then rows and values of the rest."""
    none = np.empty(0, np.int64)
    columns = snapshot.columns
    small = np.min_scalar_type(len(columns.values[name]))  # what is small stays near the processor
    if name is not FacetName.AUTHOR:
        return [(columns.facets[name] + 1).astype(small)], none, none
    starts, counts = columns.author_ends[:-1], np.diff(columns.author_ends)
    found = []
    for at in range(AUTHOR_COLUMNS):
        column = np.zeros(snapshot.rows, small)
        signed = counts > at
        column[signed] = columns.authors[starts[signed] + at] + 1
        found.append(column)
    rows = author_rows(snapshot)
    is_later = np.arange(len(rows)) - starts[rows] >= AUTHOR_COLUMNS
    return found, rows[is_later], columns.authors[is_later].astype(np.int64)


def _bytes(made: tuple[list[Array], Ints, Ints]) -> int:
    columns, rows, numbers = made
    return sum(array.nbytes for array in (*columns, rows, numbers))
