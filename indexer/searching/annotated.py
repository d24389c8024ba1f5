"""A snapshot and annotations -> the snapshot with tags and dossiers as facets of its rows."""

from collections.abc import Iterable

import numpy as np

from indexer.contract.annotations import Annotations, Values
from indexer.contract.facets import ANNOTATED, FacetName
from indexer.searching.snapshot import Snapshot
from indexer.storage.arrays import Ints, offsets
from indexer.storage.doc_values import Ordinals


def annotated(snapshot: Snapshot, annotations: Annotations) -> Snapshot:
    """Return the snapshot with the facets of the annotations, which are made once for each of their states."""
    if not annotations.state or snapshot.annotations == annotations:
        return snapshot
    facets = snapshot.cached(("annotated", annotations), lambda: _facets(snapshot, annotations), _size)
    return snapshot.with_facets(facets, annotations)


def _facets(snapshot: Snapshot, annotations: Annotations) -> dict[FacetName, Ordinals]:
    order = snapshot.cached(("rows by id",), lambda: _rows_by_id(snapshot), lambda made: made.nbytes)
    ids = snapshot.columns.ids[order]
    return {name: _ordinals(annotations.values(name), ids, order, snapshot.rows) for name in ANNOTATED}


def _rows_by_id(snapshot: Snapshot) -> Ints:
    """Return the live rows in the order of their articles' ids."""
    live = snapshot.numbers[:-1] if snapshot.live is None else np.flatnonzero(snapshot.live)
    return live[np.argsort(snapshot.columns.ids[live], kind="stable")]


def _ordinals(values: Values, ids: Ints, order: Ints, rows: int) -> Ordinals:
    """Return the values of one facet, row by row; articles that are not in the index have no row."""
    known = sorted(values)
    found = [_rows(values[value], ids, order) for value in known]
    at = np.concatenate([np.empty(0, np.int64), *found])
    numbers = np.repeat(np.arange(len(known), dtype=np.int32), [len(each) for each in found])
    ends = offsets(np.bincount(at, minlength=rows))
    return Ordinals(numbers[np.argsort(at, kind="stable")], ends, known)


def _rows(wanted: Iterable[int], ids: Ints, order: Ints) -> Ints:
    articles = np.unique(np.fromiter(wanted, np.int64))
    if not len(ids):
        return articles[:0]
    at = np.searchsorted(ids, articles)
    found: Ints = order[at[ids.take(at, mode="clip") == articles]]
    return found


def _size(facets: dict[FacetName, Ordinals]) -> int:
    return sum(one.numbers.nbytes + one.ends.nbytes + 100 * len(one.values) for one in facets.values())
