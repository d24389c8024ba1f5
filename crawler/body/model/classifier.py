"""The learned model of blocks: boosted trees and the scores of element names, read from one data file.

Trained by bench/extraction/train.py; see NOTICE for the pages it was trained on. Nothing but numbers and
the words of class names is in the file.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

NAME_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_FILE = "weights.npz"
_PAUSES = frozenset({4, 7, 10})  # levels at which walks that have ended are looked for: each look costs as two levels


@lru_cache(maxsize=20_000)
def name_parts(names: str) -> tuple[str, ...]:
    """Cut an element's names into words: "ArticleBody main-text" -> article, body, main, text."""
    if names.startswith("<"):
        return (names,)
    return tuple({part.lower(): None for part in NAME_PART.findall(names) if len(part) > 1})


@dataclass(frozen=True, slots=True)
class Bound:
    """Where a walk may stop: after the first `trees`, a row as many log-odds away from even is decided."""

    trees: int
    odds: float


BLOCKS = Bound(trees=100, odds=3.5)  # no later trees of the shipped model turned such a block on any of 100 pages


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
        """Take one row a tree: a value not above the split goes left; a leaf is its own child.

        `bound` holds for the model it was measured with alone; None: every row walks down all trees.
        """
        self.count, width = feature.shape
        self.depth, self.bound = depth, bound
        roots = np.arange(self.count)[:, None] * width
        nodes, self._left = _beside((left + roots).ravel(), (right + roots).ravel(), roots.ravel())
        ends = self._left == np.arange(len(nodes))
        self._feature = np.where(ends, 0, feature.ravel()[nodes]).astype(np.intp)
        self._split = np.where(ends, np.inf, split.ravel()[nodes]).astype(np.float32)  # nothing is above a leaf's
        self._value = value.ravel()[nodes].astype(np.float64)

    def probability(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return, for each row of features, how likely it is what the trees were taught."""
        first = self.bound.trees if self.bound else self.count
        odds = self._odds(rows, 0, first)
        if self.bound and self.count > first:
            open_ = np.abs(odds) < self.bound.odds
            if open_.any():
                odds[open_] += self._odds(rows[open_], first, self.count)
        chances: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-odds))
        return chances

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


def _beside(left: NDArray[Any], right: NDArray[Any], roots: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the nodes that are reached, in an order in which a right child follows its left one, the roots first.

    With them: the place of each node's left child in that order; its own place for a leaf.
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
    return np.concatenate(levels).astype(np.intp), np.concatenate(children).astype(np.intp)


@dataclass(frozen=True, slots=True)
class Model:
    """Trees, the features they ask for, and the scores of name parts."""

    trees: Trees
    features: tuple[str, ...]
    names: dict[str, float]
    threshold: float

    def name_score(self, names: str) -> float:
        """Return how much an element's names speak for the story (log-odds; 0 when they say nothing)."""
        known = self.names
        return sum([known.get(part, 0.0) for part in name_parts(names)])


@cache
def model() -> Model:
    """Load the shipped model, once."""
    with (files("crawler.body.model") / _FILE).open("rb") as file, np.load(file, allow_pickle=False) as data:
        return from_arrays(dict(data), bound=BLOCKS)


def from_arrays(data: dict[str, Any], *, bound: Bound | None = None) -> Model:
    """Build a model from the arrays of its file; `bound`: of the trees, if one was measured for them."""
    depth = int(data["depth"])
    trees = Trees(data["feature"], data["split"], data["left"], data["right"], data["value"], depth, bound)
    words = str(data["names"]).split("\n")
    scores = data["scores"].astype(float)
    return Model(
        trees,
        tuple(str(data["features"]).split("\n")),
        dict(zip(words, scores.tolist(), strict=True)),
        float(data["threshold"]),
    )
