"""Frequencies of a term clause's forms in an article's texts -> its BM25F score.

Frequencies of the texts are weighted and divided by their length first, then added, and only then saturated, so a
word in the headline and in the body counts for more than either, but not twice (indexer/contract/ranking.py).
"""

from collections.abc import Sequence

import numpy as np

from indexer.contract.ranking import K1, LENGTH, WEIGHTS, idf
from indexer.contract.values import TextField
from indexer.storage.arrays import Array, Floats, Ints, Mask
from indexer.storage.inversion import TEXTS
from indexer.storage.kernel import Kernel, floats_of

PIECE = 1 << 12  # documents whose numbers stay near the processor


def field_weights(lengths: Sequence[Array], live: Mask | None) -> Floats:
    """Return what one occurrence counts in each text: the weight of its field, less in a long text.

    Args:
        lengths: The number of forms of each text, segment by segment.
        live: Which documents of all segments are live; None when all are.
    """
    sums, first = np.zeros((2, TEXTS), np.int64), 0
    for each in lengths:
        sums += _sums(each)
        if live is not None:  # those that are not are few
            gone = ~live[first : first + len(each) // TEXTS]
            sums -= _sums(each.reshape(-1, TEXTS)[gone].ravel())
        first += len(each) // TEXTS
    filled, total = sums
    average = np.maximum(total / np.maximum(filled, 1), 1.0)
    weight, b = (np.array([one[field] for field in TextField]) for one in (WEIGHTS, LENGTH))
    slope, least, most = (np.tile(one, PIECE) for one in (b / average, 1 - b, weight))
    found: Floats = np.empty(sum(map(len, lengths)), np.float32)
    left = found
    for each in lengths:
        for own in (each[first : first + len(most)] for first in range(0, len(each), len(most))):
            counts = slope[: len(own)] * own
            counts += least[: len(own)]
            np.divide(most[: len(own)], counts, out=left[: len(own)], casting="same_kind")
            left = left[len(own) :]
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
