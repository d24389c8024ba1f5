"""Rows found -> facets and histogram, counted by column."""

from collections.abc import Mapping

import numpy as np

from indexer.bars import bars, buckets, fitting
from indexer.columnar.arrays import Array, Ints, Mask
from indexer.columnar.columns import UNDATED
from indexer.columnar.ordering import best
from indexer.columnar.selection import dates, value_mask
from indexer.columnar.snapshot import Snapshot
from indexer.engine import NONE, Dating, Facet, FacetCount, FacetName, Histogram, Interval, Query

FEW = 64  # a part of all rows this small is counted author by author, not by a mask


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
    chosen = dict.fromkeys(value for one in query.filters if one.facet is name for value in one.values)
    missing = [value for value in chosen if value not in dict(shown)]
    if missing:
        shown += [(value, int(value_mask(name, (value,), snapshot)[rows].sum())) for value in missing]
        shown.sort(key=lambda pair: (-pair[1], pair[0]))
    return Facet(name, tuple(FacetCount(*pair) for pair in shown), int(np.count_nonzero(having)))


def _counts(name: FacetName, rows: Ints, snapshot: Snapshot) -> Ints:
    """How many of the rows have each value; the first is for none."""
    size = len(snapshot.columns.values[name]) + 1
    if name is not FacetName.AUTHOR:
        return np.bincount(_column(name, snapshot)[rows], minlength=size)
    counts = np.bincount(_column(name, snapshot)[rows], minlength=size)
    later_rows, later = snapshot.kept("later authors", lambda: _later_authors(snapshot), _bytes)
    if len(later):
        counts[1:] += np.bincount(later[_members(rows, later_rows, snapshot)], minlength=size - 1)
    return counts


def _column(name: FacetName, snapshot: Snapshot) -> Ints:
    """Each row's value's number from 1, or 0 for none; of authors the first."""

    def make() -> Ints:
        columns = snapshot.columns
        if name is not FacetName.AUTHOR:
            return columns.facets[name].astype(np.int64) + 1
        first = np.zeros(snapshot.rows, np.int64)
        signed = np.diff(columns.author_ends) > 0
        first[signed] = columns.authors[columns.author_ends[:-1][signed]] + 1
        return first

    return snapshot.kept(("column", name), make, lambda column: column.nbytes)


def _later_authors(snapshot: Snapshot) -> tuple[Ints, Ints]:
    """Rows and author numbers of all authors but each article's first."""
    ends = snapshot.columns.author_ends
    is_later = np.ones(len(snapshot.columns.authors), np.bool_)
    is_later[ends[:-1][np.diff(ends) > 0]] = False
    rows = np.repeat(snapshot.numbers[:-1], np.diff(ends))
    return rows[is_later], snapshot.columns.authors[is_later].astype(np.int64)


def _members(rows: Ints, among: Ints, snapshot: Snapshot) -> Array:
    """The places in `among`, sorted, of what is in `rows`."""
    if len(rows) * FEW < len(among):
        starts, ends = np.searchsorted(among, rows), np.searchsorted(among, rows, "right")
        counts = ends - starts
        places: Ints = np.repeat(starts - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
        return places
    found = np.zeros(snapshot.rows, np.bool_)
    found[rows] = True
    return found[among]


def _bytes(arrays: tuple[Array, ...]) -> int:
    return sum(array.nbytes for array in arrays)


def histogram(query: Query, rows: Ints, snapshot: Snapshot) -> Histogram | None:
    """Count rows by period, in bars from the first to the last that is not zero."""
    if query.interval is None:
        return None
    at = dates(query, snapshot)[rows]
    first = int(at.min()) if len(at) else 0
    if first == UNDATED:
        at = at[at != UNDATED]
        first = int(at.min()) if len(at) else 0
    if not len(at):
        return Histogram(Interval.YEAR if query.interval is Interval.AUTO else query.interval, (), len(rows))
    interval = fitting(at, query.interval)
    numbers = _numbers(interval, query, snapshot)
    lowest, highest = buckets(np.array([first, at.max()]), interval).tolist()
    undated = len(rows) - len(at)
    within = numbers[rows] - (lowest - 1)  # undated ones are far below
    if undated:
        within = within[within > 0]
    return Histogram(interval, bars(lowest, np.bincount(within, minlength=highest - lowest + 2)[1:], interval), undated)


def _numbers(interval: Interval, query: Query, snapshot: Snapshot) -> Ints:
    """Each row's bar."""
    key = "bars", interval, query.dating is Dating.FETCHED

    def make() -> Ints:
        at = dates(query, snapshot)
        found = buckets(np.where(at == UNDATED, 0, at), interval)
        found[at == UNDATED] = UNDATED // 2
        return found

    return snapshot.kept(key, make, lambda found: found.nbytes)
