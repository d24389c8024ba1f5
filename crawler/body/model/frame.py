"""A page's blocks -> the arrays that every group of features starts from."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crawler.body.model.classifier import name_parts
from crawler.body.model.text_features import TextMarks
from crawler.markup.blocks import Blocks

Column = NDArray[Any]

GOOD_SIZE = 80
GOOD_LINKS = 0.34
CHAIN = 40  # ancestors looked at, from the block outwards
GROUPING = frozenset({"ul", "ol", "table", "dl"})


@dataclass(frozen=True, slots=True)
class Titles:
    """How each block stands to what the page is called: to a title, the description, the JSON-LD articleBody.

    `best` is the block that is most like a title, -1: none is.
    """

    like: Column
    described: Column
    stated: Column
    best: int


class Frame:
    """Arrays about a page's blocks and elements that every group of features starts from; made when they are read.

    Element arrays have one entry more than there are elements: the last stands for "none", and is its own parent.
    """

    def __init__(self, blocks: Blocks, marks: TextMarks) -> None:
        self.blocks, self.marks = blocks, marks
        self.count, self.none = len(blocks), len(blocks.tags)
        self.size = marks.size.astype(float)
        self.linked = np.minimum(np.array(blocks.link_chars) / np.maximum(marks.lengths, 1), 1.0)
        self.good = (marks.size >= GOOD_SIZE) & (self.linked < GOOD_LINKS) & (marks.sentences >= 1)
        self.amount = np.where(self.good, marks.size * (1 - self.linked), 0.0)
        self.total = max(float(self.amount.sum()), 1.0)

    @cached_property
    def parents(self) -> NDArray[np.int64]:
        """The parent of each element."""
        parents = np.array([*self.blocks.parents, self.none], np.int64)
        parents[0] = self.none
        return parents

    @cached_property
    def owners(self) -> NDArray[np.int64]:
        """Of each block, its innermost element."""
        return np.array(self.blocks.owners, np.int64)

    @cached_property
    def depths(self) -> NDArray[np.int64]:
        """Of each element, how many are open in it."""
        return np.array([*self.blocks.depths, 0], np.int64)

    @cached_property
    def first(self) -> NDArray[np.int64]:
        """Of each element, its first block."""
        return np.array([*self.blocks.first, 0], np.int64)

    @cached_property
    def end(self) -> NDArray[np.int64]:
        """The number of the block after each element's last block."""
        return np.array([*self.blocks.end, 0], np.int64)

    @cached_property
    def chain(self) -> NDArray[np.int64]:
        """Row n: each block's nth ancestor, its owner being row 0."""
        rows = [self.owners]
        steps = min(CHAIN, max(3, int(self.depths[self.owners].max())))
        for _ in range(steps):
            rows.append(self.parents[rows[-1]])
        return np.stack(rows)

    @property
    def parent(self) -> NDArray[np.int64]:
        """Of each block, the parent of its owner."""
        parent: NDArray[np.int64] = self.chain[1]
        return parent

    @property
    def grandparent(self) -> NDArray[np.int64]:
        """Of each block, the parent of that."""
        grandparent: NDArray[np.int64] = self.chain[2]
        return grandparent

    @cached_property
    def name_parts(self) -> dict[str, tuple[str, ...]]:
        """Of the names of each element, the words that they are made of."""
        names = set(self.blocks.names)
        return dict(zip(names, map(name_parts, names), strict=True))

    @cached_property
    def sums(self) -> dict[str, Column]:
        """Sums over the blocks before each, and over all."""
        return {name: _sums(values) for name, values in self._summed().items()}

    @cached_property
    def within(self) -> dict[str, Column]:
        """Sums over the blocks of each element."""
        return {name: values[self.end] - values[self.first] for name, values in self.sums.items()}

    @cached_property
    def tags(self) -> list[str]:
        """The tag of each element, and an empty one for no element."""
        return [*self.blocks.tags, ""]

    @cached_property
    def tag_codes(self) -> NDArray[np.int64]:
        """Of each block, the number of its owner's tag."""
        codes: dict[str, int] = {}
        return np.array([codes.setdefault(tag, len(codes)) for tag in self.blocks.tags], np.int64)[self.owners]

    def _summed(self) -> dict[str, Column]:
        return {
            "amount": self.amount,
            "size": self.size,
            "linked": self.size * self.linked,
            "good": self.good,
            "blocks": self.amount * 0 + 1,
        }


def _sums(values: Column) -> Column:
    return np.concatenate(([0.0], np.cumsum(values, dtype=float)))
