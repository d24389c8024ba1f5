"""Many terms -> which documents have any of them, a block of 65,536 texts at a time.

A block is done when each of its documents has one, and the most frequent terms come first: of terms that stand nearly
everywhere a part of the postings is read. Where a block is not done by all of them, the others are not looked at apart.
"""

from collections.abc import Callable

import numpy as np

from indexer.storage.arrays import Ints, Mask
from indexer.storage.kernel import EVERY_FIELD, Kernel
from indexer.storage.postings.layout import LOW_BITS, TEXTS, portions
from indexer.storage.postings.reader import PostingLists

LOOK = 1 << 14  # postings of a block that are marked between two looks at whether it is done: its documents
TOGETHER = 1 << 23  # postings that the kernel looks at in one go
FREQUENT = 64  # postings a block, from which a term is read block by block; the steps of rarer ones are too many


def documents_with_any(
    lists: PostingLists,
    terms: Ints,
    documents: int,
    checkpoint: Callable[[], object],
    *,
    live: Mask | None,
    field: int | None = None,
    kernel: Kernel | None = None,
) -> Mask:
    """Return which documents have any of some terms; the answer means nothing for documents that are not live.

    Args:
        terms: Their numbers, sorted.
        documents: How many the segment has.
        checkpoint: Called every few milliseconds of work; what it raises ends the work.
        live: Which documents count; None when all do.
        field: The number of the only text of a document that counts; None when each does.
        kernel: What marks them; NumPy when None.
    """
    if kernel is not None:
        return _compiled(lists, terms, documents, checkpoint, live, EVERY_FIELD if field is None else field, kernel)
    marks = np.zeros((lists.layout.blocks << LOW_BITS) // TEXTS, np.uint32)  # a byte a text
    own = marks if field is None else marks.view(np.uint8)[field::TEXTS]  # what says that a document is done
    own[documents:] = 1
    if live is not None:
        own[:documents][~live] = 1
    texts = marks.view(np.bool_)
    counts = lists.counts(terms)
    is_frequent = (counts >= FREQUENT * lists.layout.blocks) & (lists.layout.blocks > 1)
    frequent, left_over = terms[is_frequent], terms[~is_frequent]
    in_order = frequent[np.argsort(-counts[is_frequent], kind="stable")]
    for number, places in enumerate(lists.each_block(in_order)):
        checkpoint()
        of_block, left = texts[number << LOW_BITS : (number + 1) << LOW_BITS], LOOK
        done = own[(number << LOW_BITS) // TEXTS : ((number + 1) << LOW_BITS) // TEXTS]
        for some in places:
            of_block[some] = True
            left -= len(some)
            if left <= 0:
                if done.all():
                    break
                left = LOOK
        else:  # so no other block will be done early, and term by term there are fewer steps
            left_over = terms
            break
    if not own.all():
        is_long = np.isin(left_over, lists.layout.long, assume_unique=True)
        for term in left_over[is_long].tolist():
            checkpoint()
            texts[lists.texts(term) if field is None else lists.texts_in(term, field)] = True
        for some, _ in lists.in_pieces(left_over[~is_long], only_texts=True):
            checkpoint()
            texts[some] = True
    found: Mask = own[:documents] != 0
    return found


def _compiled(
    lists: PostingLists,
    terms: Ints,
    documents: int,
    checkpoint: Callable[[], object],
    live: Mask | None,
    field: int,
    kernel: Kernel,
) -> Mask:
    marks = np.zeros(documents, np.bool_) if live is None else ~live[:documents]
    counts = lists.counts(terms)
    order = np.argsort(np.where(counts < FREQUENT * lists.layout.blocks, 0, -counts), kind="stable")
    in_order = terms[order]
    for first, last in portions(counts[order], TOGETHER):
        checkpoint()
        kernel.mark(lists.compiled(kernel), in_order[first:last], field, marks)
    return marks
