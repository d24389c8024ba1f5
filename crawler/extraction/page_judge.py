"""A page's numbers and the words of its names -> how likely it is no story: a list, a shop's page, a forum's thread.

Learned by bench/extraction/kinds.py; nothing but numbers and words of names is in the data file.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import numpy as np

from crawler.body.model.classifier import Model, from_arrays

_FILE = "kinds.npz"

NAMES = ("names_5", "names_15", "names_last_5", "names_last_15", "names_mean", "names_most", "names_sum", "names_count")
STRONG = 1.0  # log-odds of a word of a name that says much


@cache
def page_model() -> Model:
    """Load the shipped model, once."""
    with (files("crawler.extraction") / _FILE).open("rb") as file, np.load(file, allow_pickle=False) as data:
        return from_arrays(dict(data))


def likelihood(numbers: Mapping[str, float], names: frozenset[str], *, by: Model | None = None) -> float:
    """Return how likely a page is no story, 0 to 1.

    Args:
        numbers: Of `page_features`.
        names: Of `page_names`.
        by: The model; the shipped one unless another is given.
    """
    model = by or page_model()
    values = {**numbers, **name_numbers(names, model.names)}
    row = np.array([[values[feature] for feature in model.features]], np.float32)
    return float(model.trees.probability(row)[0])


def name_numbers(names: frozenset[str], known: Mapping[str, float]) -> dict[str, float]:
    """Return what the names of a page say together; `known`: how much each speaks against a story, as log-odds."""
    scores = np.array(sorted((known[name] for name in names if name in known), reverse=True) or [0.0])
    values = (
        scores[:5].sum(),
        scores[:15].sum(),
        scores[-5:].sum(),
        scores[-15:].sum(),
        scores.mean(),
        scores[0],
        scores.sum(),
        (scores > STRONG).sum() - (scores < -STRONG).sum(),
    )
    return {name: float(value) for name, value in zip(NAMES, values, strict=True)}
