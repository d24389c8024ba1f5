"""A file of SQLite -> the rows that its pages hold, also where the page that leads to them is lost.

The format is that of sqlite.org/fileformat2.html: a page with rows of a table has cells, each a row, if it fits.
What is found may be of rows that were deleted, or no row at all: the caller checks each by its checksum.
"""

from collections.abc import Iterator
from pathlib import Path

WITH_ROWS = 13  # the first byte of a page with rows of a table
_LENGTHS = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)  # bytes of a value, by its type; from 12 on they are blobs and texts

Value = int | bytes | None
Row = tuple[int, list[Value]]  # its number, and its values in the order of the columns


def rows(path: Path, mark: bytes) -> Iterator[Row]:
    """Yield the rows that can be read in the pages with these bytes; texts, fractions and rows over pages are None."""
    with path.open("rb") as file:
        size = int.from_bytes(file.read(18)[16:], "big")
        size = 65536 if size == 1 else size
        file.seek(size)
        while len(page := file.read(size)) == size:
            if page[0] == WITH_ROWS and mark in page:
                yield from _of_page(page)


def _of_page(page: bytes) -> Iterator[Row]:
    for cell in range(int.from_bytes(page[3:5], "big")):
        at = int.from_bytes(page[8 + 2 * cell : 10 + 2 * cell], "big")
        try:
            length, at = _number(page, at)
            id, at = _number(page, at)
            values = _values(page[at : at + length]) if at + length <= len(page) else []
        except IndexError:
            continue
        if values:
            yield id, values


def _values(record: bytes) -> list[Value]:
    end, at = _number(record, 0)
    kinds = []
    while at < end:
        kind, at = _number(record, at)
        kinds.append(kind)
    found: list[Value] = []
    for kind in kinds:
        length = (kind - 12) // 2 if kind >= 12 else _LENGTHS[kind]
        found.append(_value(kind, record[at : at + length]))
        at += length
    return found


def _value(kind: int, held: bytes) -> Value:
    if kind in (8, 9):
        return kind - 8
    if kind >= 12:
        return held if kind % 2 == 0 else None
    return int.from_bytes(held, "big", signed=True) if held and kind != 7 else None


def _number(held: bytes, at: int) -> tuple[int, int]:
    """Return the number at a place, seven bits in a byte, and the place after it."""
    value = 0
    for _ in range(8):
        byte = held[at]
        at += 1
        value = value << 7 | byte & 127
        if byte < 128:
            return value, at
    return value << 8 | held[at], at + 1
