"""Rows found and their scores, and how sets of them are joined."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from indexer.searching.compiled import in_both, united
from indexer.searching.snapshot import Snapshot
from indexer.storage.arrays import Array, Floats, Ints, Mask

SPARSE = 24  # times as many rows in one set as in another: then each of the few is looked up by bisection
DENSE = 100  # a part of all rows so large is added up in an array of all rows
TRACE = np.float32(1e-30)  # the least score of a row found, so that an array of sums shows which were


class Matches(NamedTuple):
    """Rows in order, each once, and the score of each."""

    rows: Ints
    scores: Floats


NOTHING = Matches(np.empty(0, np.int64), np.empty(0, np.float32))


class OutOfTime(Exception):
    """A bound was reached. `so_far` are rows that a term clause was found in by then; not all, and never others."""

    so_far: Matches = NOTHING


def unscored(rows: Ints) -> Matches:
    """Return rows that add nothing to a score."""
    return Matches(rows, np.zeros(len(rows), np.float32))


def size(found: Matches) -> int:
    """Return the bytes it takes."""
    return found.rows.nbytes + found.scores.nbytes + 200


def located(few: Ints, many: Ints, snapshot: Snapshot) -> tuple[Ints, Mask]:
    """Return where in `many` each of `few` is, and which of them are there at all; both are sorted."""
    if not len(many):
        return np.zeros(len(few), np.int64), np.zeros(len(few), np.bool_)
    if len(few) * SPARSE < len(many):
        at: Array = np.searchsorted(many, few)
    else:
        room = snapshot.scratch()
        room[many] = np.arange(len(many), dtype=np.int32)
        at = room.take(few)
    return at, many.take(at, mode="clip") == few


def intersection(parts: Sequence[Matches], snapshot: Snapshot) -> Matches:
    """Return the rows that are in all parts, with their scores added; the smallest part leads."""
    ordered = sorted(parts, key=lambda part: len(part.rows))
    rows, scores = ordered[0]
    for part in ordered[1:]:
        if not len(rows):
            return NOTHING
        if snapshot.kernel is not None:
            rows, scores = in_both(snapshot.kernel, (rows, scores), part)
            continue
        at, is_there = located(rows, part.rows, snapshot)
        there = np.flatnonzero(is_there)
        rows = rows.take(there)
        scores = scores.take(there) + part.scores.take(at.take(there))
    return Matches(rows, scores)


def difference(found: Matches, excluded: Ints, snapshot: Snapshot) -> Matches:
    """Return what was found without the excluded rows."""
    if not len(excluded) or not len(found.rows):
        return found
    if len(found.rows) * SPARSE < len(excluded):
        others = np.flatnonzero(~located(found.rows, excluded, snapshot)[1])
    else:
        left = np.ones(snapshot.rows, np.bool_)  # a byte a row stays near the processor, where a number does not
        left[excluded] = False
        others = np.flatnonzero(left.take(found.rows))
    return Matches(found.rows.take(others), found.scores.take(others))


def union(parts: Sequence[Matches], snapshot: Snapshot) -> Matches:
    """Return the rows that are in any part, with their scores added."""
    filled = [part for part in parts if len(part.rows)]
    if len(filled) < 2:
        return filled[0] if filled else NOTHING
    if snapshot.kernel is not None:
        return Matches(*united(snapshot.kernel, filled, snapshot))
    if sum(len(part.rows) for part in filled) * DENSE < snapshot.rows:
        return _summed(np.concatenate([part.rows for part in filled]), np.concatenate([part.scores for part in filled]))
    scored = ((part.rows, part.scores if part.scores[0] else _traces(part)) for part in filled)
    return Matches(*snapshot.totals(scored))


def _traces(part: Matches) -> Floats:
    """Numbers in place of the scores of a part without any: either all of its rows have a score or none."""
    return np.full(len(part.rows), TRACE, np.float32)


def complement(rows: Ints, snapshot: Snapshot) -> Matches:
    """Return every live row but these."""
    left = np.ones(snapshot.rows, np.bool_) if snapshot.live is None else snapshot.live.copy()
    left[rows] = False
    return unscored(np.flatnonzero(left))


def _summed(rows: Ints, scores: Floats) -> Matches:
    order = rows.argsort(kind="stable")
    return adjacent(rows.take(order), scores.take(order))


def adjacent(rows: Ints, weights: Floats) -> Matches:
    """Join neighbours of the same row into one, adding their weights."""
    if len(rows) < 2:
        return Matches(rows, weights)
    is_first = np.empty(len(rows), np.bool_)
    is_first[0] = True
    np.not_equal(rows[1:], rows[:-1], out=is_first[1:])
    starts = is_first.nonzero()[0]  # the functions of these names go through several others first
    if len(starts) == len(rows):
        return Matches(rows, weights)
    return Matches(rows.take(starts), np.add.reduceat(weights, starts))
