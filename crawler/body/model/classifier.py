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

from crawler.body.model.compiled import compiled
from crawler.body.model.trees import Bound, Trees

NAME_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_FILE = "weights.npz"
MAX_NAMES = 400  # characters that the kernel cuts


@lru_cache(maxsize=1_024)  # the sites read in turn share few
def name_parts(names: str) -> tuple[str, ...]:
    """Cut an element's names into words: "ArticleBody main-text" -> article, body, main, text."""
    if names.startswith("<"):
        return (names,)
    if (kernel := compiled()) and len(names) <= MAX_NAMES:
        return kernel.parts(names)
    return tuple({part.lower(): None for part in NAME_PART.findall(names) if len(part) > 1})


BLOCKS = Bound(trees=100, odds=3.5)  # no later trees of the shipped model turned such a block on any of 100 pages


@dataclass(frozen=True, slots=True)
class Model:
    """Trees, the features they ask for, and the scores of name parts."""

    trees: Trees
    features: tuple[str, ...]
    names: dict[str, float]
    threshold: float

    def name_scores(self, parts: list[tuple[str, ...]]) -> list[float]:
        """Return how much the words of each element's names, or "<p>" for its tag, speak for the story.

        That is in log-odds; 0 when they say nothing.
        """
        if kernel := compiled():
            return kernel.scores(parts, self.names)
        return [*map(self._name_score, parts)]

    def _name_score(self, parts: tuple[str, ...]) -> float:
        score = 0.0
        for part in parts:  # added one by one: sum() rounds otherwise from Python 3.12 on
            score += self.names.get(part, 0.0)
        return score


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
