"""A facet's values, row by row -> dense columns, which are counted and filtered by.

Most rows have few values, whatever the facet: the first few stand in a dense column each, which is quick to count by,
and the rest in a list of rows and values.
"""

from dataclasses import dataclass

import numpy as np

from indexer.contract.facets import FacetName
from indexer.searching.snapshot import Snapshot
from indexer.storage.arrays import Array, Ints, Mask
from indexer.storage.kernel import Kernel

MOST_DENSE = 3  # columns; of most articles these are all authors


@dataclass(frozen=True, slots=True)
class FacetColumns:
    """The values of one facet in a snapshot, as their numbers from 1; 0 is none.

    Attributes:
        dense: The first, second ... value of each row.
        rows, numbers: Each further value, and its row.
        values: How many values there are.
    """

    dense: tuple[Array, ...]
    rows: Ints
    numbers: Ints
    values: int

    def counts(self, rows: Ints, kernel: Kernel | None) -> Ints:
        """Return how many of the rows have each value; the first count is of those that have none."""
        size = self.values + 1
        if not self.values:
            return np.array([len(rows)])
        if self.values < 2 and len(self.dense) == 1 and not len(self.numbers):  # of a byte, 0 or 1
            some = np.count_nonzero(self.dense[0].take(rows).view(np.bool_))
            return np.array([len(rows) - some, some][:size])
        if kernel is not None:
            counts = np.zeros(size, np.int64)
            kernel.tally(self.dense[0], rows, counts)
            none = counts[0]
            for column in self.dense[1:]:
                kernel.tally(column, rows, counts)
            counts[0] = none
        else:
            counts = np.bincount(self.dense[0].take(rows), minlength=size)
            for column in self.dense[1:]:
                own = column.take(rows)
                counts += np.bincount(own[own > 0], minlength=size)  # mostly few: one value in many would be slow
        if len(self.numbers):
            found = np.zeros(len(self.dense[0]), np.bool_)
            found[rows] = True
            counts += np.bincount(self.numbers[found[self.rows]], minlength=size)
        return counts

    def having(self, chosen: Mask) -> Mask:
        """Return which rows have a chosen value; `chosen[0]` chooses those that have none."""
        passed: Mask = chosen[self.dense[0]]
        if len(self.dense) > 1:
            values = chosen.copy()
            values[0] = False
            for column in self.dense[1:]:
                passed |= values[column]
            passed[self.rows[values[self.numbers]]] = True
        return passed

    @property
    def nbytes(self) -> int:
        """What the columns take, in bytes."""
        return sum(array.nbytes for array in (*self.dense, self.rows, self.numbers))


def facet_columns(name: FacetName, snapshot: Snapshot) -> FacetColumns:
    """Return the columns of a facet, made once for a snapshot."""
    return snapshot.cached(
        ("columns", name, snapshot.state_of(name)), lambda: _made(name, snapshot), lambda made: made.nbytes
    )


def live_counts(name: FacetName, snapshot: Snapshot) -> dict[str, int]:
    """Return how many live articles have each value that any has, counted once for a snapshot."""

    def make() -> dict[str, int]:
        rows = snapshot.numbers[:-1] if snapshot.live is None else np.flatnonzero(snapshot.live)
        counts = facet_columns(name, snapshot).counts(rows, snapshot.kernel)[1:].tolist()
        return {value: n for value, n in zip(snapshot.facet(name).values, counts, strict=True) if n}

    return snapshot.cached(("live", name, snapshot.state_of(name)), make, lambda counts: 150 * len(counts))


def _made(name: FacetName, snapshot: Snapshot) -> FacetColumns:
    facet = snapshot.facet(name)
    counts, starts = facet.counts(), facet.ends[:-1].astype(np.int64)
    small = np.min_scalar_type(len(facet.values))  # what is small stays near the processor
    columns = []
    for at in range(max(1, min(MOST_DENSE, int(counts.max(initial=0))))):
        column = np.zeros(snapshot.rows, small)
        having = counts > at
        column[having] = facet.numbers[starts[having] + at] + 1
        columns.append(column)
    many = np.flatnonzero(counts > MOST_DENSE)
    further = counts[many].astype(np.int64) - MOST_DENSE
    before = np.cumsum(further) - further
    later = np.repeat(starts[many] + MOST_DENSE - before, further) + np.arange(int(further.sum()))
    rows = np.repeat(many, further)
    return FacetColumns(tuple(columns), rows, facet.numbers[later].astype(np.int64) + 1, len(facet.values))
