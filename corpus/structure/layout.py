"""A text and its spans -> a tree of blocks: paragraphs, headings, lists, quotes, tables, pictures, and links in them.

White space between blocks, and the strokes between the cells of a row, stand in no block; each other character of the
text stands in one run, in the order of the text. Spans that cross each other are cut where the outer one ends.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby

from corpus.structure.blocks import Block, BlockKind, Run
from corpus.structure.lists import lists
from corpus.structure.values import Span, SpanKind, ordered

MOST_NESTED = 16  # blocks in blocks; the text of a block that stands deeper belongs to the block around it

_TEXTS = frozenset({SpanKind.HEADING, SpanKind.PREFORMATTED, SpanKind.CAPTION})  # no block stands in them
_HOLD_AT_START = frozenset({SpanKind.ITEM, SpanKind.CELL})  # an image at their first character stands in them
_PARAGRAPH = re.compile(r"(?:[^\n]|\n(?!\n))+")


@dataclass(slots=True)
class _Node:
    """A span that is a block, its end cut, where its rows or cells begin, and the blocks and images in it."""

    span: Span
    end: int
    begin: int
    within: list["_Node"] = field(default_factory=list)


def layout(body: str, structure: Iterable[Span] | None) -> tuple[Block, ...]:
    """Return the blocks of a text in its order; without spans, its paragraphs, which a blank line parts."""
    spans = [each for each in structure or () if 0 <= each.start <= each.end <= len(body)]
    top = _tree(spans, len(body))
    links = sorted(
        (each.start, each.end, each.address) for each in spans if each.kind is SpanKind.LINK and each.end > each.start
    )
    return _with_outline(_Filling(body, links).flow(0, top), [])


def _tree(spans: Iterable[Span], length: int) -> _Node:
    top = _Node(Span(SpanKind.QUOTE, 0, length), length, 0)
    open = [top]
    for span in ordered(spans):
        if span.kind is SpanKind.LINK:
            continue
        is_cell = span.kind is SpanKind.CELL and span.start == span.end
        if span.start == span.end and not is_cell and span.kind is not SpanKind.IMAGE:
            continue
        while len(open) > 1 and (open[-1].end < span.start if is_cell else open[-1].end <= span.start):
            open.pop()
        if is_cell:
            row = next((node for node in reversed(open) if node.span.kind is SpanKind.ROW), None)
            if row is not None:
                row.within.append(_Node(span, span.end, span.start))
            continue
        around = open[-1]
        if span.kind is SpanKind.IMAGE:
            # Where an image stands at the first character of a quote or table, it stands before it.
            at = next(
                n
                for n in range(len(open) - 1, -1, -1)
                if n == 0
                or (
                    open[n].span.kind not in _TEXTS | {SpanKind.TABLE, SpanKind.ROW}
                    and (open[n].span.start < span.start or open[n].span.kind in _HOLD_AT_START)
                )
            )
            open[at].within.append(_Node(span, span.end, span.start))
        elif around.span.kind not in _TEXTS and len(open) <= MOST_NESTED:
            node = _Node(span, min(span.end, around.end), span.start)
            around.within.append(node)
            open.append(node)
    return top


class _Filling:
    """Makes blocks of nodes."""

    def __init__(self, body: str, links: list[tuple[int, int, str | None]]) -> None:
        self._body = body
        self._links = links
        self._ends = [end for _, end, _ in links]

    def flow(self, start: int, node: _Node) -> list[Block]:
        """Return the blocks between a place and the end of a node: those of its spans, and paragraphs around them."""
        placed: list[tuple[int, Block]] = []
        at = start
        for each in node.within:
            if each.span.kind is not SpanKind.IMAGE:
                placed += self._paragraphs(at, each.span.start)
                placed += self._blocks(each)
                at = max(at, each.end)
        placed += self._paragraphs(at, node.end)
        return _grouped(_with_images(placed, [each.span for each in node.within if each.span.kind is SpanKind.IMAGE]))

    def _blocks(self, node: _Node) -> list[tuple[int, Block]]:
        """Return the block of a node, and where it begins; nothing of one without text."""
        span = node.span
        start = span.start
        if span.kind is SpanKind.CAPTION:  # of no table, or after its rows
            return self._paragraphs(start, node.end)
        if span.kind in _TEXTS:
            runs = self._runs(start, node.end, as_set=span.kind is SpanKind.PREFORMATTED)
            kind = BlockKind(span.kind.value)
            return [(start, Block(kind, runs=runs, level=span.level))] if runs else []
        if span.kind is SpanKind.TABLE:
            caption = self._caption(node)
            rows = self._parted(node, SpanKind.ROW)
            if not rows:
                return [(caption[0].start, Block(BlockKind.PARAGRAPH, runs=caption))] if caption else []
            return [(start, Block(BlockKind.TABLE, runs=caption, blocks=tuple(rows), caption=span.caption))]
        if span.kind is SpanKind.ROW:
            cells = self._parted(node, SpanKind.CELL)
            return [(start, Block(BlockKind.ROW, blocks=tuple(cells)))] if cells else []
        blocks = tuple(self.flow(start, node))
        if span.kind is SpanKind.CELL:
            return [(start, Block(BlockKind.CELL, blocks=blocks, header=span.header))]
        if not blocks:
            return []
        level = min(max(span.level, 1), MOST_NESTED) if span.kind is SpanKind.ITEM else 0
        return [(start, Block(BlockKind(span.kind.value), blocks=blocks, number=span.number, level=level))]

    def _caption(self, node: _Node) -> tuple[Run, ...]:
        """Take the caption that a table begins with away from what is in it; return its runs."""
        first = next((each for each in node.within if each.span.kind is not SpanKind.IMAGE), None)
        if first is None or first.span.kind is not SpanKind.CAPTION or first.span.start != node.span.start:
            return ()
        node.within.remove(first)
        node.begin = first.end
        return self._runs(first.span.start, first.end)

    def _parted(self, node: _Node, kind: SpanKind) -> list[Block]:
        """Return the rows of a table or the cells of a row; text between them is a row or a cell too."""
        made: list[Block] = []
        at = node.begin
        within = [each for each in node.within if each.span.kind is not SpanKind.IMAGE]
        if kind is SpanKind.CELL:
            within.sort(key=lambda each: (each.span.start, each.end))  # an empty cell before the one that begins there
        for each in within:
            made += self._between(at, each.span.start, kind)
            found = [block for _, block in self._blocks(each)]
            made += found if each.span.kind is kind else _wrapped(found, kind)
            at = max(at, each.end)
        return made + self._between(at, node.end, kind)

    def _between(self, start: int, end: int, kind: SpanKind) -> list[Block]:
        """Return what stands between rows or cells, wrapped as a row or a cell; strokes between cells are left out."""
        while start < end and self._body[start] in "| \n":
            start += 1
        while start < end and self._body[end - 1] in "| \n":
            end -= 1
        return _wrapped([block for _, block in self._paragraphs(start, end)], kind)

    def _paragraphs(self, start: int, end: int) -> list[tuple[int, Block]]:
        found = (self._runs(*part.span()) for part in _PARAGRAPH.finditer(self._body, start, max(start, end)))
        return [(runs[0].start, Block(BlockKind.PARAGRAPH, runs=runs)) for runs in found if runs]

    def _runs(self, start: int, end: int, *, as_set: bool = False) -> tuple[Run, ...]:
        """Return the runs of a text without white space around it, cut where links begin and end.

        `as_set`: the blanks that its first line begins with stay.
        """
        text = self._body[start:end]
        blanks = len(text) - len(text.lstrip())
        start, end = (
            start + (text.rfind("\n", 0, blanks) + 1 if as_set else blanks),
            end - len(text) + len(text.rstrip()),
        )
        made: list[Run] = []
        n = bisect_right(self._ends, start)
        while start < end:
            if n == len(self._links) or self._links[n][0] >= end:
                made.append(Run(start, end))
                break
            first, last, address = self._links[n]
            if first > start:
                made.append(Run(start, first))
            first, start = max(first, start), min(last, end)
            if start > first:
                made.append(Run(first, start, address))
            start = max(first, start)
            n += 1
        return tuple(made)


def _wrapped(blocks: list[Block], kind: SpanKind) -> list[Block]:
    if not blocks:
        return []
    cell = Block(BlockKind.CELL, blocks=tuple(blocks))
    return [cell if kind is SpanKind.CELL else Block(BlockKind.ROW, blocks=(cell,))]


def _with_images(placed: list[tuple[int, Block]], images: list[Span]) -> list[Block]:
    """Return the blocks with the images between them; one that stands in a paragraph or a table comes after it."""
    made: list[Block] = []
    at = 0
    for start, block in [*placed, (None, None)]:
        while at < len(images) and (start is None or images[at].start <= start):
            image = images[at]
            made.append(Block(BlockKind.IMAGE, address=image.address, caption=image.caption))
            at += 1
        if block is not None:
            made.append(block)
    return made


def _grouped(blocks: list[Block]) -> list[Block]:
    """Return the blocks, items as lists, and rows and cells that no table holds as tables."""
    made: list[Block] = []
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        if kind is BlockKind.ITEM:
            made += lists(list(group))
        elif kind is BlockKind.ROW:
            made.append(Block(BlockKind.TABLE, blocks=tuple(group)))
        elif kind is BlockKind.CELL:
            made += (inner for cell in group for inner in cell.blocks)
        else:
            made += group
    return made


def _with_outline(blocks: Iterable[Block], levels: list[int]) -> tuple[Block, ...]:
    """Return the blocks with headings whose levels leave out none: `levels` are those of the headings around."""
    made = []
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            while levels and levels[-1] >= block.level:
                levels.pop()
            levels.append(block.level)
            made.append(replace(block, level=len(levels)))
        elif block.blocks:
            made.append(replace(block, blocks=_with_outline(block.blocks, levels)))
        else:
            made.append(block)
    return tuple(made)
