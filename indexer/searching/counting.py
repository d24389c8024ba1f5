"""Rows found -> facets, counted by column."""

from collections.abc import Mapping

import numpy as np

from indexer.contract.facets import NONE, Facet, FacetCount, FacetName, no_values
from indexer.contract.values import Query
from indexer.searching.facet_columns import facet_columns
from indexer.searching.ordering import best
from indexer.searching.selection import value_mask, value_numbers
from indexer.searching.snapshot import Snapshot
from indexer.storage.arrays import Ints, Mask

FEW = 64  # values: to sort them as Python's numbers takes a third of what NumPy's steps take
SOME = 10_000  # values: to part all of them takes less than to look at a sample first


def facets(query: Query, rows: Ints, passed: Mapping[FacetName, Mask], snapshot: Snapshot) -> tuple[Facet, ...]:
    """Count the facets a query asks for, each under all filters but its own.

    Args:
        rows: Those that match words and dates, whatever the filters.
        passed: The rows that pass the filter of each facet that has one.
    """
    return tuple([_facet(name, query, _passing(rows, passed, but=name), snapshot) for name in query.facets])


def passing(rows: Ints, passed: Mapping[FacetName, Mask]) -> Ints:
    """Return the rows that pass all filters."""
    return _passing(rows, passed, but=None)


def _passing(rows: Ints, passed: Mapping[FacetName, Mask], *, but: FacetName | None) -> Ints:
    for facet, mask in passed.items():
        if facet is not but:
            rows = rows[mask[rows]]
    return rows


def _facet(name: FacetName, query: Query, rows: Ints, snapshot: Snapshot) -> Facet:
    known = snapshot.facet(name).values
    counts = facet_columns(name, snapshot).counts(rows, snapshot.kernel)
    absent, having = int(counts[0]), counts[1:]
    if len(having) <= FEW:
        numbers = having.tolist()
        top = sorted(range(len(numbers)), key=numbers.__getitem__, reverse=True)[: query.facet_size]
        ranked = [(known[at], numbers[at]) for at in top if numbers[at]]
        distinct = len(numbers) - numbers.count(0)
    else:
        first = _greatest(having, query.facet_size)
        ranked = [(known[at], int(having[at])) for at in first.tolist() if having[at]]
        distinct = int(np.count_nonzero(having))
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
    return Facet(name, tuple([FacetCount(*pair) for pair in shown]), distinct - _without(name, counts, snapshot))


def _without(name: FacetName, counts: Ints, snapshot: Snapshot) -> int:
    """How many of the values counted say that there is none; that of `none` itself is not among them."""
    said = [value for value in no_values(name) if value != NONE]
    number_of = value_numbers(name, snapshot) if said else {}
    return sum([bool(counts[number_of[value]]) for value in said if value in number_of])


def _greatest(counts: Ints, most: int) -> Ints:
    """The places of the greatest counts, in order; of two alike the first place comes first."""
    size = len(counts)
    if size > SOME:
        return best(counts, (np.negative,), most)
    order = counts * size - np.arange(size)  # no two are alike
    places: Ints = order.argpartition(size - most)[size - most :] if most < size else np.arange(size)
    return places[order.take(places).argsort()[::-1]]


def _count(name: FacetName, value: str, counts: Ints, rows: Ints, snapshot: Snapshot) -> int:
    """How many of the rows have one value that was chosen, which may stand for several."""
    number = value_numbers(name, snapshot).get(value)
    if number is None:
        return int(value_mask(name, (value,), snapshot)[rows].sum())
    return int(counts[number])
