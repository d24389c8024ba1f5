"""Frequencies of a term clause's forms in an article's texts -> its BM25F score.

Frequencies of the texts are weighted and divided by their length first, then added, and only then saturated, so a
word in the headline and in the body counts for more than either, but not twice (indexer/contract/ranking.py).
"""

import numpy as np

from indexer.contract.ranking import K1, LENGTH, WEIGHTS, idf
from indexer.contract.values import TextField
from indexer.storage.arrays import Array, Floats, Ints
from indexer.storage.inversion import TEXTS
from indexer.storage.kernel import Kernel, floats_of

PIECE = 1 << 12  # documents whose numbers stay near the processor


def field_weights(lengths: Array, live: Array | None) -> Floats:
    """Return what one occurrence counts in each text: the weight of its field, less in a long text."""
    filled, total = _sums(lengths)
    if live is not None:  # those that are not are few
        other = _sums(lengths.reshape(-1, TEXTS)[~live].ravel())
        filled, total = filled - other[0], total - other[1]
    average = np.maximum(total / np.maximum(filled, 1), 1.0)
    weight, b = (np.array([one[field] for field in TextField]) for one in (WEIGHTS, LENGTH))
    slope, least, most = (np.tile(one, PIECE) for one in (b / average, 1 - b, weight))
    found: Floats = np.empty(len(lengths), np.float32)
    for first in range(0, len(lengths), len(most)):
        own = lengths[first : first + len(most)]
        counts = slope[: len(own)] * own
        counts += least[: len(own)]
        np.divide(most[: len(own)], counts, out=found[first : first + len(own)], casting="same_kind")
    return found


def _sums(lengths: Array) -> tuple[Ints, Ints]:
    """How many texts of each field have forms, and how many all have together."""
    filled, total = np.zeros(PIECE * TEXTS, np.int64), np.zeros(PIECE * TEXTS, np.int64)
    for first in range(0, len(lengths), len(total)):
        own = lengths[first : first + len(total)]
        filled[: len(own)] += own > 0
        total[: len(own)] += own
    return filled.reshape(-1, TEXTS).sum(0), total.reshape(-1, TEXTS).sum(0)


def scores(weights: Floats, articles: int, kernel: Kernel | None) -> Floats:
    """Return the score of each matching article from the weighted frequencies of one term clause."""
    if kernel is not None:
        return floats_of(kernel.saturated(weights, K1, idf(len(weights), articles) * (K1 + 1)))
    found: Floats = weights + np.float32(K1)
    np.divide(weights, found, out=found)
    found *= np.float32(idf(len(weights), articles) * (K1 + 1))
    return found
