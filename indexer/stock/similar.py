"""An article -> the articles most like it, by its characteristic words."""

from collections import Counter
from math import log

import numpy as np

from indexer.analysis.text import forms
from indexer.contract.values import Hit, TextField
from indexer.stock.snapshot import Snapshot

TELLING = 30  # words of the article that are compared
MIN_LETTERS = 3
MAX_SHARE = 0.2  # of the articles may have a word; a more common word is not characteristic


def similar(snapshot: Snapshot, row: int, limit: int) -> tuple[Hit, ...]:
    """Return the rows most like one, itself and its copies left out."""
    counts = Counter(form for form in forms(snapshot.text(row)) if len(form) >= MIN_LETTERS)
    articles = len(snapshot.row_of)
    telling = []
    for form, count in counts.items():
        having = snapshot.vocabulary.frequency(form)
        if 1 < having <= max(10, articles * MAX_SHARE):
            telling.append((count * log(1 + articles / having), form))
    total = np.zeros(snapshot.rows)
    for weight, form in sorted(telling, reverse=True)[:TELLING]:
        for field in (TextField.HEADLINE, TextField.BODY):
            for other, frequency in snapshot.postings(field, form):
                total[other] += weight * frequency / (frequency + 1)
    total[~snapshot.live | (snapshot.leader == snapshot.leader[row])] = 0
    best = np.lexsort((-snapshot.number, -snapshot.published, -total))[:limit]
    return tuple(Hit(int(snapshot.number[at]), float(total[at])) for at in best if total[at] > 0)
