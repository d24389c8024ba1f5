"""The learned judge of blocks: boosted trees and the scores of element names, read from one data file.

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


@lru_cache(maxsize=20_000)
def name_parts(names: str) -> tuple[str, ...]:
    """Cut an element's names into words: "ArticleBody main-text" -> article, body, main, text."""
    if names.startswith("<"):
        return (names,)
    return tuple({part.lower(): None for part in NAME_PART.findall(names) if len(part) > 1})


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees side by side, one row each; a leaf points to itself.

    Attributes:
        feature, threshold, left, right: Of each node; a value not above the threshold goes left.
        value: Of each leaf, added up over the trees to log-odds.
        depth: The most steps from a root to a leaf.
    """

    feature: NDArray[np.int32]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]
    depth: int

    def probability(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return, for each row of features, how likely it is of the story."""
        trees, nodes = self.feature.shape
        feature, threshold = self.feature.ravel(), self.threshold.ravel()
        base = (np.arange(trees, dtype=np.int32) * nodes)[:, None]
        # left and right as one array: the child of node n is at 2 n + (value > threshold).
        children = np.stack([self.left + base, self.right + base], axis=-1).ravel()
        flat, width = rows.ravel(), rows.shape[1]
        offset = (np.arange(len(rows), dtype=np.int32) * width)[None, :]
        at = np.repeat(base, len(rows), axis=1)
        for _ in range(self.depth):
            above = flat[offset + feature[at]] > threshold[at]
            at = children[2 * at + above]
        odds = self.value.ravel()[at].sum(axis=0, dtype=np.float64)
        chances: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-odds))
        return chances


@dataclass(frozen=True, slots=True)
class Model:
    """Trees, the features they ask for, and the scores of name parts."""

    trees: Trees
    features: tuple[str, ...]
    names: dict[str, float]
    threshold: float

    def name_score(self, names: str) -> float:
        """Return how much an element's names speak for the story (log-odds; 0 when they are silent)."""
        known = self.names
        return sum(known.get(part, 0.0) for part in name_parts(names))


@cache
def model() -> Model:
    """Load the shipped model, once."""
    with (files("crawler") / _FILE).open("rb") as file, np.load(file, allow_pickle=False) as data:
        return from_arrays(dict(data))


def from_arrays(data: dict[str, Any]) -> Model:
    """Build a model from the arrays of its file."""
    trees = Trees(
        data["feature"].astype(np.int32),
        data["split"].astype(np.float32),
        data["left"].astype(np.int32),
        data["right"].astype(np.int32),
        data["value"].astype(np.float32),
        int(data["depth"]),
    )
    words = str(data["names"]).split("\n")
    scores = data["scores"].astype(float)
    return Model(
        trees,
        tuple(str(data["features"]).split("\n")),
        dict(zip(words, scores.tolist(), strict=True)),
        float(data["threshold"]),
    )
