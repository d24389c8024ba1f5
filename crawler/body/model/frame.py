"""A page's blocks -> the arrays that every group of features starts from."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from crawler.body.model.text_features import TextMarks
from crawler.markup.blocks import Blocks

Column = NDArray[Any]

GOOD_SIZE = 80
GOOD_LINKS = 0.34
CHAIN = 40  # ancestors looked at, from the block outwards


class Frame:
    """Arrays about a page's blocks and elements that every group of features starts from.

    Element arrays have one entry more than there are elements: the last stands for "none", and is its own parent.
    """

    def __init__(self, blocks: Blocks, marks: TextMarks) -> None:
        self.blocks, self.marks = blocks, marks
        count = len(blocks.tags)
        self.count, self.none = len(blocks), count
        self.parents = np.array([*blocks.parents, count], np.int64)
        self.parents[0] = count
        self.owners = np.array(blocks.owners, np.int64)
        self.depths = np.array([*blocks.depths, 0], np.int64)
        self.first = np.array([*blocks.first, 0], np.int64)
        self.end = np.array([*blocks.end, 0], np.int64)
        self.linked = np.minimum(np.array(blocks.link_chars) / np.maximum(list(map(len, blocks.texts)), 1), 1.0)
        self.good = (marks.size >= GOOD_SIZE) & (self.linked < GOOD_LINKS) & (marks.sentences >= 1)
        self.amount = np.where(self.good, marks.size * (1 - self.linked), 0.0)
        self.total = max(float(self.amount.sum()), 1.0)
        self.chain = self._chain()
        self.parent, self.grandparent = self.chain[1], self.chain[2]
        self.sums = {name: _sums(values) for name, values in self._summed().items()}
        self.within = {name: values[self.end] - values[self.first] for name, values in self.sums.items()}
        self.tags = [*blocks.tags, ""]
        codes: dict[str, int] = {}
        self.tag_codes = np.array([codes.setdefault(tag, len(codes)) for tag in blocks.tags], np.int64)[self.owners]

    def _summed(self) -> dict[str, Column]:
        size = self.marks.size.astype(float)
        return {
            "amount": self.amount,
            "size": size,
            "linked": size * self.linked,
            "good": self.good,
            "blocks": self.amount * 0 + 1,
        }

    def _chain(self) -> Column:
        """Row n: each block's nth ancestor, its owner being row 0."""
        rows = [self.owners]
        steps = min(CHAIN, max(3, int(self.depths[self.owners].max())))
        for _ in range(steps):
            rows.append(self.parents[rows[-1]])
        return np.stack(rows)


def _sums(values: Column) -> Column:
    return np.concatenate(([0.0], np.cumsum(values, dtype=float)))
