"""Rows -> facets: counted by columns, each under all filters but its own."""

from collections import Counter
from collections.abc import Mapping
from functools import reduce
from operator import and_

import numpy as np

from indexer.contract.facets import NONE, Facet, FacetCount, FacetName, no_values
from indexer.contract.values import Query
from indexer.stock.matching import value_rows
from indexer.stock.snapshot import Mask, Snapshot


def facets(query: Query, base: Mask, passed: Mapping[FacetName, Mask], snapshot: Snapshot) -> tuple[Facet, ...]:
    """Count the facets a query asks for.

    Args:
        base: The rows that match words and dates.
        passed: The rows that pass the filter of each facet that has one.
    """
    found = []
    for name in query.facets:
        others = [mask for facet, mask in passed.items() if facet is not name]
        found.append(_facet(name, query, reduce(and_, others, base), snapshot))
    return tuple(found)


def _facet(name: FacetName, query: Query, rows: Mask, snapshot: Snapshot) -> Facet:
    counts = Counter(key for row in np.flatnonzero(rows) for key in snapshot.keys[name][row] or (NONE,))
    distinct = len(counts.keys() - no_values(name))
    known = {key for keys in snapshot.keys[name] for key in keys}
    chosen = dict.fromkeys(value for one in query.filters if one.facet is name for value in one.values)
    for value in chosen:
        if value not in counts and value not in known:
            counts[value] = int((rows & value_rows(name, (value,), snapshot)).sum())
        counts.setdefault(value, 0)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = [pair for at, pair in enumerate(ranked) if at < query.facet_size or pair[0] in chosen]
    return Facet(name, tuple(FacetCount(value, count) for value, count in shown), distinct)
