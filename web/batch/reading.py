"""A list or a CSV file of queries -> the searches of a batch: a name and the parameters of an address each."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.texts import text
from indexer.query.parameters import DATE, FILTERS, MATCH, SINCE, TEXT, UNTIL

QUERY_COLUMNS = ("query", "q")
NAME_COLUMNS = ("name", "label")
LONGEST_CELL = 100_000  # characters; a quotation mark that nothing closes makes one cell of all that follows
_COLUMNS = frozenset({SINCE.name, UNTIL.name, DATE.name, MATCH.name, *(each.name for each in FILTERS)})


@dataclass(frozen=True, slots=True)
class Line:
    """One search of a batch. `name` is what the list calls it, or its query; `pairs` are parameters of an address."""

    name: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """The searches of a list, and sentences on what of it was not read."""

    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()


def read_list(typed: str) -> Listed:
    """Read a list of queries.

    With a column called `query` (or `q`) in its first line the list is a CSV, with commas, semicolons or tabs: `name`
    is what the search is called, other columns are parameters (`from`, `to`, `author`, `site` ...; several values with
    a `|` between them). Else each line is one query as it stands.
    """
    typed = typed.removeprefix("\ufeff").replace("\x00", " ")
    first = next((line for line in typed.splitlines() if line.strip()), "")
    for separator in (",", ";", "\t"):
        heads = [head.strip().strip('"').lower() for head in first.split(separator)]
        if any(name in heads for name in QUERY_COLUMNS):
            return _table(typed, separator)
    return Listed(tuple(Line(query, ((TEXT.name, query),)) for line in typed.splitlines() if (query := line.strip())))


def _table(typed: str, separator: str) -> Listed:
    rows = csv.reader(io.StringIO(typed.lstrip("\r\n")), delimiter=separator)
    lines: list[Line] = []
    notes: list[str] = []
    try:
        heads = [head.strip().lower() for head in next(rows)]
        unknown = [head for head in heads if head and head not in (*QUERY_COLUMNS, *NAME_COLUMNS, *_COLUMNS)]
        if unknown:
            notes.append(
                text("columns that are no parameter of a search were not read: {names}", names=", ".join(unknown)[:200])
            )
        for row in rows:  # one after the other: those before a broken one count
            if any(len(cell) > LONGEST_CELL for cell in row):
                raise csv.Error(f"a cell of more than {LONGEST_CELL:,} characters")
            if any(cell.strip() for cell in row):
                lines += [_line(dict(zip(heads, row, strict=False)))]
    except csv.Error as error:
        notes.append(text("line {n}: {error}: the list was read up to it", n=rows.line_num, error=str(error)))
    return Listed(tuple(lines), tuple(notes))


def _line(cells: dict[str, str]) -> Line:
    query = next((cells[name].strip() for name in QUERY_COLUMNS if name in cells), "")
    name = next((cells[name].strip() for name in NAME_COLUMNS if cells.get(name, "").strip()), query)
    return Line(name, ((TEXT.name, query), *_parameters(cells)))


def _parameters(cells: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, cell in cells.items():
        if name in _COLUMNS:
            yield from ((name, value.strip()) for value in cell.split("|") if value.strip())
