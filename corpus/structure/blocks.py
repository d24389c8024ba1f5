"""A part of a text as it is shown -> its values: a block, the blocks in it, and the runs of its text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block of a text is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST = "list"
    ITEM = "item"
    QUOTE = "quote"
    TABLE = "table"
    ROW = "row"
    CELL = "cell"
    PREFORMATTED = "preformatted"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a block's text without a line of its own; `address` is where it links to, None: nowhere."""

    start: int
    end: int
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a text.

    Attributes:
        runs: Of a paragraph, a heading or preformatted text: its text, in order; of a table: its caption where that
            is a part of the text. Empty for all others.
        blocks: Of a list, an item, a quote, a table, a row or a cell: the blocks in it.
        level: Of a heading, from 1: no heading stands more than one level below the heading before it.
        number: Of an item of a numbered list, or of the list: of its first item. None: it has bullets.
        header: The cell names its row or column.
        address: Of an image.
        caption: Of an image or a table, where it is no part of the text.
    """

    kind: BlockKind
    runs: tuple[Run, ...] = ()
    blocks: tuple["Block", ...] = ()
    level: int = 0
    number: int | None = None
    header: bool = False
    address: str | None = None
    caption: str | None = None


def runs(blocks: Sequence[Block]) -> Iterator[Run]:
    """Yield the runs of all blocks, in the order of the text."""
    for block in blocks:
        yield from block.runs
        yield from runs(block.blocks)
