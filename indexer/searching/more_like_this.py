"""An article's texts -> the articles most like it, by the words that it has often and others rarely."""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import log

import numpy as np

from indexer.analysis.text import forms
from indexer.contract.values import Hit, Phrase
from indexer.searching.folding import leader_of
from indexer.searching.ordering import best
from indexer.searching.snapshot import Snapshot
from indexer.searching.terms import clause_matches
from indexer.storage.arrays import Floats, Ints, Mask

COMPARED = 30  # words of the article
MAX_CHARS = 100_000  # of a text that are looked at
MIN_LETTERS = 3
MAX_SHARE = 0.2  # of the articles may have a word; a more common word says nothing of an article
FEW = 10  # articles may have a word in any corpus, however small


def similar_known(id: int, texts: Sequence[str], limit: int, snapshot: Snapshot) -> tuple[Hit, ...]:
    """Return what `similar` does, found once for a text as long as the index stands."""
    key = "similar", id, hash(tuple(texts)), limit  # of 64 bits, with a secret of the process
    return snapshot.cached(key, lambda: similar(id, texts, limit, snapshot), lambda hits: 300 + 200 * len(hits))


def similar(id: int, texts: Sequence[str], limit: int, snapshot: Snapshot) -> tuple[Hit, ...]:
    """Return the articles most like one, itself and its copies left out."""
    row = snapshot.row(id)
    if row is None:
        return ()
    columns = snapshot.columns
    rows, total = snapshot.totals(_scored(texts, snapshot))
    total[_is_copy(rows, row, snapshot)] = 0
    order = best(total, (lambda at: columns.published[rows[at]], lambda at: columns.ids[rows[at]]), limit)
    return tuple(Hit(int(columns.ids[rows[at]]), float(total[at])) for at in order.tolist() if total[at] > 0)


def _scored(texts: Sequence[str], snapshot: Snapshot) -> Iterator[tuple[Ints, Floats]]:
    """The rows that have each of the words, and how much the word counts in them."""
    for form, weight in _rare_words(texts, snapshot):
        rows, scores = clause_matches(Phrase((form,)), snapshot)
        yield rows, np.float32(weight) * scores


def _is_copy(rows: Ints, row: int, snapshot: Snapshot) -> Mask:
    """Which rows are a row itself or copies of one text with it."""
    columns, leader = snapshot.columns, leader_of(row, snapshot)
    if not snapshot.has_copies:
        return np.equal(rows, row)
    found: Mask = (columns.ids[rows] == leader) | (columns.copy_of[rows] == leader)
    return found


def _rare_words(texts: Sequence[str], snapshot: Snapshot) -> list[tuple[str, float]]:
    """The words that the texts have often and other articles rarely, and how much each of them counts."""
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(forms(text[:MAX_CHARS]))
    having = snapshot.vocabulary.frequencies([form for form in counted if len(form) >= MIN_LETTERS])
    most = max(FEW, snapshot.articles * MAX_SHARE)
    rarely = {each: log(1 + snapshot.articles / each) for each in {*having.values()} if 1 < each <= most}
    often = {count: log(1 + count) for count in {*counted.values()}}
    found = [(-often[counted[form]] * rarely[each], form) for form, each in having.items() if each in rarely]
    return [(form, -weight) for weight, form in sorted(found)[:COMPARED]]
