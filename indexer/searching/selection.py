"""Filters and dates of a query -> masks over the rows, cached for the next query."""

from collections.abc import Collection, Iterable

import numpy as np

from indexer.analysis.filter_keys import chosen_keys
from indexer.contract.facets import NONE, FacetName, Filter
from indexer.contract.values import DateRange, Dating, Query
from indexer.searching.facet_columns import facet_columns, live_counts
from indexer.searching.snapshot import Snapshot
from indexer.storage.arrays import Ints, Mask
from indexer.storage.doc_values import UNDATED

FETCHED, UNKNOWN = Dating.FETCHED, Dating.NONE  # to look a member up takes as long as eight steps


def filter_mask(one: Filter, snapshot: Snapshot) -> Mask:
    """Return the rows that pass one facet's filter."""

    def make() -> Mask:
        passed = np.ones(snapshot.rows, np.bool_)
        if one.values:
            passed &= value_mask(one.facet, one.values, snapshot)
        if one.excluded:
            passed &= ~value_mask(one.facet, one.excluded, snapshot)
        return passed

    return snapshot.cached((one, snapshot.state_of(one.facet)), make, lambda mask: mask.nbytes)


def value_mask(facet: FacetName, values: Iterable[str], snapshot: Snapshot) -> Mask:
    """Return the rows that have one of the values."""
    numbers = value_numbers(facet, snapshot)
    # A key of deleted articles alone must not hide those it is a part of.
    keys: Collection[str] = numbers if snapshot.live is None else live_counts(facet, snapshot)
    chosen = np.zeros(len(numbers), np.bool_)
    for value in values:
        for key in chosen_keys(facet, value, keys):
            chosen[numbers[key]] = True
    return facet_columns(facet, snapshot).having(chosen)


def value_numbers(facet: FacetName, snapshot: Snapshot) -> dict[str, int]:
    """Return the number of each of a facet's values in its columns; that of `none` is 0."""
    known = snapshot.facet(facet).values

    def make() -> dict[str, int]:
        return {NONE: 0, **{key: at for at, key in enumerate(known, 1)}}

    return snapshot.cached(("numbers", facet, snapshot.state_of(facet)), make, lambda _: 100 * len(known))


def dates(query: Query | DateRange, snapshot: Snapshot) -> Ints:
    """Return the local minute of each row by which the query dates it, UNDATED for none."""
    return snapshot.columns.added if query.dating is FETCHED else snapshot.columns.published


def times(query: Query, snapshot: Snapshot) -> Ints:
    """Return the local minute of each row that its place in time goes by (`Sort`), UNDATED for none."""
    columns = snapshot.columns
    if query.dating is FETCHED:
        return columns.added

    def make() -> Ints:
        earlier = columns.added < columns.published
        return np.minimum(columns.published, columns.added) if earlier.any() else columns.published

    return snapshot.cached(("times",), make, lambda made: made.nbytes)


def _latest(query: Query | DateRange, snapshot: Snapshot) -> Ints:
    """Return the last local minute at which each row may have appeared: of most rows that of their date."""
    columns = snapshot.columns
    if query.dating is FETCHED:
        return columns.added

    def make() -> Ints:
        return columns.published + columns.span if columns.span.any() else columns.published

    return snapshot.cached(("latest",), make, lambda made: made.nbytes)


def dated_rows(query: Query | DateRange, rows: Ints, snapshot: Snapshot) -> Mask | None:
    """Return which of some rows lie in the query's range of dates, or None when it asks for none."""
    if query.since is None and query.until is None and query.dating is not UNKNOWN:
        return None
    at = dates(query, snapshot)[rows]
    if query.dating is UNKNOWN:
        passed: Mask = at == UNDATED
    else:
        passed = at != UNDATED
    if query.since:
        passed &= (at != UNDATED) & (_latest(query, snapshot)[rows] >= query.since.start)
    if query.until:
        passed &= (at != UNDATED) & (at < query.until.end)
    return passed
