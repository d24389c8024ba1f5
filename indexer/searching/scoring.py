"""BM25F: how often a term clause's forms stand in an article's texts -> its score.

Frequencies of the texts are weighted and divided by their length first, then added, and only then saturated, so a
word in the headline and in the body counts for more than either, but not twice (Robertson, Zaragoza, Taylor 2004).
"""

from math import log

import numpy as np

from indexer.contract.values import TextField
from indexer.storage.arrays import Array, Floats
from indexer.storage.inversion import TEXTS

# Tuned on four judged collections (python -m bench.ranking); the plateau is wide. Weighted frequencies are larger
# than counted ones, hence a k1 above the usual 1.2.
K1 = 2.2
WEIGHTS = {TextField.HEADLINE: 4.0, TextField.STANDFIRST: 2.0, TextField.BODY: 1.0, TextField.BYLINE: 1.0}
LENGTH = {TextField.HEADLINE: 0.5, TextField.STANDFIRST: 0.5, TextField.BODY: 0.6, TextField.BYLINE: 0.3}  # b


def field_weights(lengths: Array, live: Array | None) -> Floats:
    """Return what one occurrence counts in each text: the weight of its field, less in a long text."""
    by_field = lengths.reshape(-1, TEXTS)
    counted = by_field if live is None else by_field[live]
    filled = np.maximum((counted > 0).sum(0), 1)
    average = np.maximum(counted.sum(0, dtype=np.float64) / filled, 1.0)
    weight, b = (np.array([one[field] for field in TextField]) for one in (WEIGHTS, LENGTH))
    found: Floats = (weight / (1 - b + b / average * by_field)).astype(np.float32).ravel()
    return found


def idf(matching: int, articles: int) -> float:
    """Return the weight of a term clause that so many articles match: Lucene's idf, which is never negative."""
    return log(1 + (articles - matching + 0.5) / (matching + 0.5))


def scores(weights: Floats, articles: int) -> Floats:
    """Return the score of each matching article from the weighted frequencies of one term clause."""
    found: Floats = weights / (weights + np.float32(K1))
    found *= np.float32(idf(len(weights), articles) * (K1 + 1))
    return found
