"""Many terms -> how often any of them stands in each text, a block of 65,536 texts at a time.

What is counted in a block stays near the processor, and no posting is looked at but in passing: where terms have about
as many postings as there are documents, or more, that takes a half of the time that posting by posting does.
"""

from collections.abc import Callable, Iterator

import numpy as np

from indexer.storage.arrays import Array, Floats, Ints
from indexer.storage.postings.layout import LOW_BITS
from indexer.storage.postings.reader import PostingLists

BLOCK = 1 << LOW_BITS  # texts

Run = tuple[Array, Array]  # places in a block, and how often a term stands there


def counts_by_block(lists: PostingLists, terms: Ints, still: Callable[[], object]) -> Iterator[tuple[int, Floats]]:
    """Yield the number of the first text of each block, in order, and how often any of the terms stands in its texts.

    The counts are good until the next block.

    Args:
        terms: Their numbers, sorted.
        still: Called every few milliseconds of work; what it raises ends the work.
    """
    runs: list[list[Run]] = [[] for _ in range(lists.layout.blocks)]
    long = lists.layout.long
    is_long = long.take(long.searchsorted(terms), mode="clip") == terms if len(long) else np.zeros(len(terms), np.bool_)
    is_long |= lists.layout.blocks == 1
    for at, term in enumerate(terms[is_long].tolist()):
        if at % 64 == 0:
            still()
        for own, run in zip(runs, lists.by_block(term), strict=True):
            own.append(run)
    for texts, frequencies in lists.in_pieces(terms[~is_long]):
        still()
        order = np.argsort(texts, kind="stable")
        texts, frequencies = texts[order], frequencies[order]
        ends = np.searchsorted(texts, np.arange(1, len(runs), dtype=np.uint32) << np.uint32(LOW_BITS))
        places = (texts & np.uint32(BLOCK - 1)).astype(np.uint16)
        for own, some, often in zip(runs, np.split(places, ends), np.split(frequencies, ends), strict=True):
            own.append((some, often))
    counts, room = np.zeros(BLOCK, np.float32), (np.empty(BLOCK, np.int64), np.empty(BLOCK, np.float32))
    for block, own in enumerate(runs):
        still()
        first, many = 0, 0
        for last, (places, _) in enumerate(own):  # as many runs at a time as there is room for
            if many + len(places) > BLOCK:
                _add(own[first:last], counts, room)
                first, many = last, 0
            many += len(places)
        _add(own[first:], counts, room)
        yield block << LOW_BITS, counts
        counts.fill(0)


def _add(runs: list[Run], counts: Floats, room: tuple[Ints, Floats]) -> None:
    many = sum(len(places) for places, _ in runs)
    if many > BLOCK:  # one run of several terms
        for run in runs:
            np.add.at(counts, *run)
    elif many:
        places, often = room[0][:many], room[1][:many]
        np.concatenate([own for own, _ in runs], out=places)
        np.concatenate([own for _, own in runs], out=often)
        np.add.at(counts, places, often)
