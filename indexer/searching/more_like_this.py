"""One article -> those most like it, by the words that tell it from the rest."""

from collections.abc import Iterator
from math import log

import numpy as np

from indexer.contract.values import Hit, Phrase
from indexer.searching.ordering import best
from indexer.searching.snapshot import Snapshot
from indexer.searching.terms import clause_matches
from indexer.storage.arrays import Array
from indexer.storage.inversion import TEXT_BITS
from indexer.storage.segment_file import OpenSegment

TELLING = 30  # words of the article that are compared
MIN_LETTERS = 3
MAX_SHARE = 0.2  # of the articles may have a word; one that is more common tells nothing
FEW = 10  # articles may have a word in any corpus, however small
SCANNED = 1 << 20  # postings looked at together


def similar(id: int, limit: int, snapshot: Snapshot) -> tuple[Hit, ...]:
    """Return the articles most like one, itself and its copies left out."""
    row = snapshot.row(id)
    if row is None:
        return ()
    total = np.zeros(snapshot.rows, np.float32)
    for form, weight in _telling(row, snapshot):
        rows, scores = clause_matches(Phrase((form,)), snapshot)
        total[rows] += np.float32(weight) * scores
    columns = snapshot.columns
    leaders = np.where(columns.copy_of > 0, columns.copy_of, columns.ids)
    total[leaders == leaders[row]] = 0
    order = best(total, (lambda places: columns.published[places], lambda places: columns.ids[places]), limit)
    return tuple(Hit(int(columns.ids[at]), float(total[at])) for at in order.tolist() if total[at] > 0)


def _telling(row: int, snapshot: Snapshot) -> list[tuple[str, float]]:
    """The words an article has often and others seldom, and how much each tells."""
    number = int(np.searchsorted(snapshot.firsts, row, "right")) - 1
    segment = snapshot.segments[number]
    found = []
    for term, count in _words(segment, row - snapshot.firsts[number]):
        form = segment.forms.word(term)
        having = snapshot.vocabulary.frequency(form) if len(form) >= MIN_LETTERS else 0
        if 1 < having <= max(FEW, snapshot.articles * MAX_SHARE):
            found.append((form, log(1 + count) * log(1 + snapshot.articles / having)))
    return sorted(found, key=lambda one: (-one[1], one[0]))[:TELLING]


def _words(segment: OpenSegment, document: int) -> Iterator[tuple[int, int]]:
    """The terms of a document and how often it has each; found by going through all postings."""
    ends = np.asarray(segment.posting_at)
    for start in range(0, len(segment.texts), SCANNED):
        texts: Array = segment.texts[start : start + SCANNED]
        at = start + np.flatnonzero((texts >> TEXT_BITS) == document)
        terms = np.searchsorted(ends, at, "right") - 1
        yield from zip(terms.tolist(), segment.frequencies[at].tolist(), strict=True)
