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
_NO_VALUES = 4  # levels where next to no walk has ended, and looking for those costs more than going on


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
        self.count, self.width = feature.shape
        self.depth, self.bound = depth, bound
        roots = np.arange(self.count)[:, None] * self.width
        # Both children in one array: that of node n is at 2 n + (value > split).
        self._children = np.stack([left + roots, right + roots], axis=-1).ravel().astype(np.intp)
        self._feature = feature.ravel().astype(np.intp)
        self._split = split.ravel().astype(np.float32)
        self._value = value.ravel().astype(np.float64)

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
        count = len(rows)
        columns = np.ascontiguousarray(rows.T).ravel()
        at = np.repeat(np.arange(first, min(end, self.count)) * self.width, count)
        row = np.tile(np.arange(count), len(at) // max(count, 1))
        odds = np.zeros(count)
        column = self._feature * count  # where the column of each node's feature begins
        for step in range(self.depth):
            above = columns.take(column.take(at) + row) > self._split.take(at)
            below = self._children.take(2 * at + above)
            if step < _NO_VALUES:
                at = below
                continue
            arrived = below == at
            odds += np.bincount(row[arrived], self._value.take(at[arrived]), count)
            at, row = below[~arrived], row[~arrived]
        return odds + np.bincount(row, self._value.take(at), count)


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
