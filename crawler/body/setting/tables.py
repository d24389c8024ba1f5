"""Blocks, and those chosen -> the tables that are data among them: their captions, rows, and cells in their columns."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_

from corpus.structure.checking import MAX_SPANS
from corpus.structure.values import Span, SpanKind
from crawler.body.setting.addresses import text_within
from crawler.body.setting.bounds import TOO_MANY_SPANS
from crawler.body.setting.numbers import integer
from crawler.body.setting.places import Places
from crawler.markup.blocks import Blocks
from crawler.markup.marks import Mark
from crawler.markup.tags import BIT

CELLS = frozenset({"td", "th"})
MAX_COLUMNS = 60  # that cells reach over; a row of data has no more cells
MAX_ROWS = 65_534  # that a cell reaches over, as HTML has it

_FIGCAPTION, _TABLE = BIT["figcaption"], BIT["table"]

LeftOut = Counter[str]
Reach = tuple[int, int]  # the first of an element's chosen blocks, and the end of them


class Tables:
    """The tables of a page's chosen blocks.

    Data are those of which half of the text are rows of one block each, and those that have headers, unless most of
    the page's text stands in them.
    """

    def __init__(self, blocks: Blocks, placed: Sequence[tuple[int, int, str]], left_out: LeftOut) -> None:
        self._blocks, self._placed, self._left_out = blocks, placed, left_out
        self._numbers = [n for n, _, _ in placed]
        self._from_above: dict[int, dict[int, tuple[int, bool]]] = {}  # table -> column -> rows to come, is a header
        self._empty = 0
        self._data = frozenset(self._data_tables())

    @property
    def are_data(self) -> bool:
        """Whether any of them are: else there is nothing to say of their elements."""
        return bool(self._data)

    def spans(self, element: int, tag: str, reach: Reach) -> Iterator[Span]:
        """Give the span of a table and its caption, of a row, or of a cell that holds blocks; none of a layout's."""
        if self._table_of(element) not in self._data:
            return
        low, high = reach
        if tag == "table":
            yield from self._table(element, low, high)
        elif low < high:
            kind, is_header = (SpanKind.ROW, False) if tag == "tr" else (SpanKind.CELL, tag == "th")
            yield Span(kind, *self._characters(low, high), header=is_header)
        elif tag in CELLS:
            row = self._range(self._blocks.parents[element])
            if row[0] < row[1]:
                at = self._characters(row[0], low)[1] if row[0] < low else self._placed[row[0]][1]
                yield from self._empty_cell(at, is_header=tag == "th")

    def cells(self, row: int, start: int, end: int, places: Places, marks: Sequence[Mark]) -> Iterator[Span]:
        """Give the cells of a row that is one block, each in its column: those that span more leave empty ones after.

        Args:
            row: The element that the block stands in.
            start, end: Where the block stands in the text.
        """
        if self._blocks.tags[row] != "tr" or (table := self._table_of(row)) not in self._data:
            return
        above = self._from_above.setdefault(table, {})
        column = 0
        for mark in marks:
            if mark.element.tag not in CELLS:
                continue
            reach = places.between(mark.first, mark.end)
            at = start + (reach[0] if reach else places.before(mark.first))
            is_header = mark.element.tag == "th"
            while column in above:
                yield from self._empty_cell(at, is_header=self._passed(above, column))
                column += 1
            if reach:
                yield Span(SpanKind.CELL, at, start + reach[1], header=is_header)
            else:
                yield from self._empty_cell(at, is_header=is_header)
            columns, rows = _spanned(mark, "colspan", MAX_COLUMNS - column), _spanned(mark, "rowspan", MAX_ROWS)
            for n in range(columns):
                if rows > 1:
                    above[column + n] = rows - 1, is_header
                if n:
                    yield from self._empty_cell(start + reach[1] if reach else at, is_header=is_header)
            column += columns
        while column in above:
            yield from self._empty_cell(end, is_header=self._passed(above, column))
            column += 1

    def _empty_cell(self, at: int, *, is_header: bool) -> Iterator[Span]:
        if self._empty < MAX_SPANS:
            self._empty += 1
            yield Span(SpanKind.CELL, at, at, header=is_header)
        else:
            self._left_out[TOO_MANY_SPANS] += 1

    def _passed(self, above: dict[int, tuple[int, bool]], column: int) -> bool:
        """Count a row that a cell from above reaches over; return whether it is a header."""
        rows, is_header = above.pop(column)
        if rows > 1:
            above[column] = rows - 1, is_header
        return is_header

    def _table(self, element: int, low: int, high: int) -> Iterator[Span]:
        first, last = low, high
        while first < last and self._in_caption(self._numbers[first]):
            first += 1
        while first < last and self._in_caption(self._numbers[last - 1]):
            last -= 1  # it stands after the table, as a paragraph
        if first < last:
            caption = self._unchosen_caption(element) if first == low and last == high else None
            yield Span(SpanKind.TABLE, *self._characters(low, last), caption=caption)
            if low < first:
                yield Span(SpanKind.CAPTION, *self._characters(low, first))

    def _unchosen_caption(self, element: int) -> str | None:
        """Return the caption of a table, or of its figure, that is no part of the text."""
        if own := text_within(self._blocks.nodes[element].find("caption")):
            return own
        figure = self._blocks.parents[element]
        while figure >= 0 and self._blocks.tags[figure] in {"div", "p"}:
            figure = self._blocks.parents[figure]
        if figure < 0 or self._blocks.tags[figure] != "figure":
            return None
        chosen = self._numbers[slice(*self._range(figure))]
        if any(self._blocks.within[self._blocks.owners[n]] & _FIGCAPTION for n in chosen):
            return None
        return text_within(self._blocks.nodes[figure].find(".//figcaption"))

    def _characters(self, low: int, high: int) -> tuple[int, int]:
        _, last, text = self._placed[high - 1]
        return self._placed[low][1], last + len(text)

    def _range(self, element: int) -> Reach:
        return tuple(bisect_left(self._numbers, side[element]) for side in (self._blocks.first, self._blocks.end))  # type: ignore[return-value]

    def _data_tables(self) -> Iterator[int]:
        around = map(self._blocks.within.__getitem__, map(self._blocks.owners.__getitem__, self._numbers))
        if not reduce(or_, around, 0) & _TABLE:
            return
        data: Counter[int] = Counter()
        headed: Counter[int] = Counter()  # table with headers -> characters of those that hold blocks
        for n, _, text in self._placed:
            owner = self._blocks.owners[n]
            if (table := self._table_of(owner)) < 0:
                continue
            is_row = self._blocks.tags[owner] == "tr"
            data[table] += len(text) if is_row else 0
            if self._has_header(n) if is_row else self._in(owner, "th"):
                headed[table] += 0 if is_row else len(text)
        everything = sum(len(text) for _, _, text in self._placed)
        for table, size in data.items():
            low, high = self._range(table)
            whole = sum(len(text) for n, _, text in self._placed[low:high] if not self._in_caption(n))
            if (size and 2 * size >= whole) or (table in headed and headed[table] < whole <= everything / 2):
                yield table

    def _has_header(self, row: int) -> bool:
        """Whether a row that is one block has a header cell."""
        return any(mark.element.tag == "th" for mark in self._blocks.marked.get(row, ((), ()))[1])

    def _table_of(self, element: int) -> int:
        """Return the table of a row or cell; -1: none."""
        if not self._blocks.within[element] & _TABLE:
            return -1
        while element >= 0 and self._blocks.tags[element] != "table":
            element = self._blocks.parents[element]
        return element

    def _in_caption(self, block: int) -> bool:
        return self._in(self._blocks.owners[block], "caption")

    def _in(self, element: int, tag: str) -> bool:
        """Whether an element is a part with this tag of the table it stands in, or stands in such a part."""
        while element >= 0 and self._blocks.tags[element] not in {tag, "table"}:
            element = self._blocks.parents[element]
        return element >= 0 and self._blocks.tags[element] == tag


def _spanned(mark: Mark, name: str, most: int) -> int:
    return max(1, min(integer(mark.element.get(name)) or 1, most))
