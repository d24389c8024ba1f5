"""Boosted trees: rows of numbers -> how likely each is what the trees were taught.

Where the compiled kernel is installed (kernel/), it walks the trees; else NumPy does. Both add the leaves in the same
order, so that the chances are the same to their last bit.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crawler.body.model.compiled import Forest, Kernel, compiled

_PAUSES = (4, 7, 10)  # levels at which walks that have ended are looked for: each look costs as two levels


@dataclass(frozen=True, slots=True)
class Bound:
    """Where a walk may stop: after the first `trees`, a row as many log-odds away from even is decided."""

    trees: int
    odds: float


class Trees:
    """Decision trees whose leaves add up to log-odds. All rows walk down all trees together, a level a step."""

    def __init__(
        self,
        feature: NDArray[Any],
        split: NDArray[Any],
        left: NDArray[Any],
        right: NDArray[Any],
        value: NDArray[Any],
        depth: int,
        bound: Bound | None = None,
    ) -> None:
        """Join trees given as rows, a tree a row: a value not above the split goes left; a leaf is its own child.

        `bound` holds for the model it was measured with alone; None: every row walks down all trees.
        """
        self.count, width = feature.shape
        self.depth, self.bound = depth, bound
        roots = np.arange(self.count)[:, None] * width
        nodes, self._left, level = _beside((left + roots).ravel(), (right + roots).ravel(), roots.ravel())
        ends = self._left == np.arange(len(nodes))
        self._feature = np.where(ends, 0, feature.ravel()[nodes]).astype(np.intp)
        self._split = np.where(ends, np.inf, split.ravel()[nodes]).astype(np.float32)  # nothing is above a leaf's
        self._value = value.ravel()[nodes].astype(np.float64)
        self._part = np.searchsorted(_PAUSES, level).astype(np.uint8)  # where NumPy's steps below add a leaf of a level
        self._forest: Forest | None = None

    def probability(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return, for each row of features, how likely it is what the trees were taught."""
        kernel = compiled()
        odds = self._walked(rows) if kernel is None else self._descended(kernel, rows)
        chances: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-odds))
        return chances

    def _descended(self, kernel: Kernel, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Let the kernel walk."""
        if self._forest is None:
            node, left = self._feature.astype(np.int32), self._left.astype(np.int32)
            self._forest = kernel.forest(node, self._split, left, self._value, self._part, self.count)
        bound = self.bound or Bound(self.count, 0.0)
        columns = np.ascontiguousarray(rows.T, np.float32)
        return np.frombuffer(kernel.descend(self._forest, columns, len(rows), bound.trees, bound.odds))

    def _walked(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        first = self.bound.trees if self.bound else self.count
        odds = self._odds(rows, 0, first)
        if self.bound and self.count > first:
            open_ = np.abs(odds) < self.bound.odds
            if open_.any():
                odds[open_] += self._odds(rows[open_], first, self.count)
        return odds

    def _odds(self, rows: NDArray[np.float32], first: int, end: int) -> NDArray[np.float64]:
        end, count = min(end, self.count), len(rows)
        table = np.ascontiguousarray(rows.T)
        columns = table.ravel()
        column = self._feature * count  # where the column of each node's feature begins
        # All rows meet the same node at the roots: whole columns are compared.
        above = table.take(self._feature[first:end], axis=0) > self._split[first:end, None]
        at = (self._left[first:end, None] + above).ravel()
        row = np.tile(np.arange(count), end - first)
        odds = np.zeros(count)
        for step in range(1, self.depth):
            # Every number is in range: "clip" spares the check of each.
            cell = column.take(at, mode="clip")
            cell += row
            above = columns.take(cell, mode="clip") > self._split.take(at, mode="clip")
            below = self._left.take(at, mode="clip")
            below += above
            if step not in _PAUSES:
                at = below
                continue
            arrived = below == at
            done, going = np.flatnonzero(arrived), np.flatnonzero(~arrived)
            odds += np.bincount(row.take(done), self._value.take(at.take(done)), count)
            at, row = below.take(going), row.take(going)
        return odds + np.bincount(row, self._value.take(at), count)


def _beside(
    left: NDArray[Any], right: NDArray[Any], roots: NDArray[Any]
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Return the nodes that are reached, in an order in which a right child follows its left one, the roots first.

    With them, of each node: the place of its left child in that order, its own place for a leaf; and its level.
    """
    levels, children = [roots], []
    count = len(roots)
    while len(level := levels[-1]):
        inner = left[level] != level
        place = np.arange(count - len(level), count)
        place[inner] = count + 2 * np.arange(inner.sum())
        children.append(place)
        levels.append(np.stack([left[level[inner]], right[level[inner]]], axis=-1).ravel())
        count += len(levels[-1])
    level_of = np.repeat(np.arange(len(levels)), list(map(len, levels)))
    return np.concatenate(levels).astype(np.intp), np.concatenate(children).astype(np.intp), level_of
