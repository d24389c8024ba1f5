"""Many terms -> how often any of them stands in each text, a block of 65,536 texts at a time.

What is counted in a block stays near the processor, and no posting is looked at but in passing: where terms have about
as many postings as there are documents, or more, that takes a half of the time that posting by posting does.
"""

from collections.abc import Callable, Iterator

import numpy as np

from indexer.storage.arrays import Array, Floats, Ints
from indexer.storage.postings.layout import LOW_BITS, portions
from indexer.storage.postings.reader import PostingLists

BLOCK = 1 << LOW_BITS  # texts

FREQUENT = 64  # postings a block, from which a term is read block by block; rarer ones are sorted into their blocks
_OFTEN_BITS = 32  # of a number that has a text above and a frequency below


Run = tuple[Array, Array, Ints]  # places in blocks, in order; how often a term stands there; where the blocks begin


def counts_by_block(lists: PostingLists, terms: Ints, checkpoint: Callable[[], object]) -> Iterator[tuple[int, Floats]]:
    """Yield the number of the first text of each block, in order, and how often any of the terms stands in its texts.

    The counts are good until the next block.

    Args:
        terms: Their numbers, sorted.
        checkpoint: Called every few milliseconds of work; what it raises ends the work.
    """
    blocks = lists.layout.blocks
    is_frequent = (lists.counts(terms) >= FREQUENT * blocks) | (blocks == 1)
    runs: list[Run] = []
    for at, term in enumerate(terms[is_frequent].tolist()):
        if at % 64 == 0:
            checkpoint()
        runs.append(lists.by_block(term))
    runs += _sorted(lists, terms[~is_frequent], blocks, checkpoint)
    places, often = [run[0] for run in runs], [run[1] for run in runs]
    edges = np.array([run[2] for run in runs], np.int64).reshape(-1, blocks + 1)
    counts, room = np.zeros(BLOCK, np.float32), (np.empty(BLOCK, np.int64), np.empty(BLOCK, np.float32))
    for block in range(blocks):
        checkpoint()
        begins, ends = edges[:, block], edges[:, block + 1]
        for first, last in portions(ends - begins, BLOCK):
            bounds = begins[first:last].tolist(), ends[first:last].tolist()
            where = [own[begin:end] for own, begin, end in zip(places[first:last], *bounds, strict=True)]
            weights = [own[begin:end] for own, begin, end in zip(often[first:last], *bounds, strict=True)]
            _add(where, weights, counts, room)
        yield block << LOW_BITS, counts
        counts.fill(0)


def _sorted(lists: PostingLists, terms: Ints, blocks: int, checkpoint: Callable[[], object]) -> Iterator[Run]:
    """The postings of terms that have few in a block, as many together as are read in one go."""
    edges = np.arange(blocks + 1, dtype=np.int64) << (LOW_BITS + _OFTEN_BITS)
    for texts, frequencies in lists.in_pieces(terms):
        checkpoint()
        both = texts.astype(np.int64) << _OFTEN_BITS
        both |= frequencies
        both.sort()
        places = (both >> _OFTEN_BITS & (BLOCK - 1)).astype(np.uint16)
        yield places, both & ((1 << _OFTEN_BITS) - 1), both.searchsorted(edges)


def _add(places: list[Array], often: list[Array], counts: Floats, room: tuple[Ints, Floats]) -> None:
    """Add some runs of a block to its counts."""
    many = sum(map(len, places))
    if many > BLOCK:  # one run of several terms
        np.add.at(counts, places[0], often[0].astype(np.float32))
    elif many:
        where, weights = room[0][:many], room[1][:many]
        np.concatenate(places, out=where)
        np.concatenate(often, out=weights, casting="unsafe")
        np.add.at(counts, where, weights)
