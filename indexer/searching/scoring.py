"""Frequencies of a term clause's forms in an article's texts -> its BM25F score.

Frequencies of the texts are weighted and divided by their length first, then added, and only then saturated, so a
word in the headline and in the body counts for more than either, but not twice (indexer/contract/ranking.py).
"""

import numpy as np

from indexer.contract.ranking import K1, LENGTH, WEIGHTS, idf
from indexer.contract.values import TextField
from indexer.storage.arrays import Array, Floats
from indexer.storage.inversion import TEXTS


def field_weights(lengths: Array, live: Array | None) -> Floats:
    """Return what one occurrence counts in each text: the weight of its field, less in a long text."""
    by_field = lengths.reshape(-1, TEXTS)
    counted = by_field if live is None else by_field[live]
    filled = np.maximum((counted > 0).sum(0), 1)
    average = np.maximum(counted.sum(0, dtype=np.float64) / filled, 1.0)
    weight, b = (np.array([one[field] for field in TextField]) for one in (WEIGHTS, LENGTH))
    found: Floats = (weight / (1 - b + b / average * by_field)).astype(np.float32).ravel()
    return found


def scores(weights: Floats, articles: int) -> Floats:
    """Return the score of each matching article from the weighted frequencies of one term clause."""
    found: Floats = weights / (weights + np.float32(K1))
    found *= np.float32(idf(len(weights), articles) * (K1 + 1))
    return found
