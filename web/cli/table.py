"""Rows on a terminal -> a table where their words fit side by side, else a paragraph for each row."""

import re
from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

BETWEEN = 2  # blanks between two columns
LONGEST_WHOLE = 25  # columns of a word that is never cut in a table, as a moment has; longer ones may be folded


def print_table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[str], in_colour: bool
) -> None:
    """Print rows in the width of the terminal.

    Args:
        columns: Their headings.
        rows: Cells without control characters, as many in each row as there are headings.
        right: Columns of numbers, set to the right edge.
        in_colour: Headings may be bold.
    """
    console = Console(no_color=not in_colour, highlight=False)
    least = [_least(heading, [row[place] for row in rows]) for place, heading in enumerate(columns)]
    if rows and sum(least) + BETWEEN * (len(columns) - 1) > console.width:
        _print_paragraphs(console, columns, rows)
        return
    whole = [max(map(cell_len, [heading, *(row[place] for row in rows)])) for place, heading in enumerate(columns)]
    widths = _widths(least, whole, console.width)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column, width in zip(columns, widths, strict=True):
        table.add_column(column, justify="right" if column in right else "left", overflow="fold", width=width)
    for row in rows:
        table.add_row(*(Text(_folded(cell, width)) for cell, width in zip(row, widths, strict=True)))
    console.print(table)


def _least(heading: str, cells: Sequence[str]) -> int:
    """Return the columns that a heading and its cells need so that no word is cut."""
    words = [word for cell in cells for word in cell.split()]
    longest = min(max(map(cell_len, words), default=0), LONGEST_WHOLE)
    return max(longest, *(cell_len(word) for word in heading.split()))


def _widths(least: Sequence[int], whole: Sequence[int], width: int) -> list[int]:
    """Return how wide columns are: what is free beyond the least goes to those first that need the least to be whole.

    A table of rich that is told the least alone takes from it, too, and cuts words.
    """
    widths, free = [*least], width - sum(least) - BETWEEN * (len(least) - 1)
    places = sorted(range(len(least)), key=lambda place: whole[place] - least[place])
    for rank, place in enumerate(places):
        more = min(max(whole[place] - least[place], 0), max(free, 0) // (len(places) - rank))
        widths[place] += more
        free -= more
    return widths


def _folded(cell: str, width: int) -> str:
    """Break words that are wider than their column, such as addresses, after a mark in them: `/`, `-`, `=` ...

    A part without a mark is left to rich, which breaks it where the column ends.
    """
    return re.sub(r"\S+", lambda word: _broken(word[0], width) if cell_len(word[0]) > width else word[0], cell)


def _broken(word: str, width: int) -> str:
    lines = [""]
    for part in re.findall(r"[^/?&=._-]*[/?&=._-]+|[^/?&=._-]+", word):
        if lines[-1] and cell_len(lines[-1] + part) > width:
            lines.append("")
        lines[-1] += part
    return "\n".join(lines)


def _print_paragraphs(console: Console, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print each row as its first cell and, below it, each other cell after its heading; empty ones are left out."""
    for first, *cells in rows:
        console.print(Text(first or "-", style="bold"))
        said = Text(" · ").join(
            Text.assemble((f"{heading} ", "dim"), cell)
            for heading, cell in zip(columns[1:], cells, strict=True)
            if cell
        )
        console.print(Padding(said, (0, 0, 0, 2)))
