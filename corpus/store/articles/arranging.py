"""The rows of texts -> an order in which SQLite, which writes rows one after the other, fills the pages of the file.

Of a long row SQLite leaves so much beside other rows that all its further pages are full: anything up to a whole page.
In the order in which texts came a third of these pages stays empty, as the next row does not fit; a row that fits is
nearly always among the next thousand. Nothing else follows the order of these rows.
"""

from bisect import bisect_left, insort
from collections.abc import Sequence

from corpus.store.file.database import PAGE, Database
from corpus.store.file.rows import further

_WINDOW = 1_000  # rows that are arranged among one another, in one transaction
_WORTHWHILE = 0.97  # of the pages: what is arranged already is left alone
_ROOM = PAGE - 8  # bytes of a page for rows
_LARGEST = PAGE - 35  # bytes of a row that stays in one piece
_LEAST = (PAGE - 12) * 32 // 255 - 23  # bytes of a longer row that stay beside other rows
_FURTHER = PAGE - 4  # bytes of a row in each further page

_LENGTHS = """
    SELECT rowid AS place, article, number, length(CAST(headline AS BLOB)), length(CAST(standfirst AS BLOB)),
        length(CAST(byline AS BLOB)), length(body), length(CAST(fingerprint AS BLOB)),
        length(structure), length(digest)
    FROM revisions WHERE rowid > ? AND rowid <= ? ORDER BY rowid LIMIT ?
"""


def arrange(database: Database) -> None:
    """Give the rows of texts such an order, some at a time; the file is to be rewritten after that."""
    last, end = 0, int(database.value("SELECT coalesce(max(rowid), 0) FROM revisions"))
    free = end + 1
    while True:
        with database.writing() as connection:
            rows = connection.execute(_LENGTHS, (last, end, _WINDOW)).fetchall()
            if not rows:
                return
            sizes = [_size(row) for row in rows]
            order = arranged(sizes)
            if pages([sizes[at] for at in order]) < _WORTHWHILE * pages(sizes):
                free = max(free, *connection.execute("SELECT max(rowid) + 1 FROM revisions").fetchone())
                moves = [(free + place, rows[at]["place"]) for place, at in enumerate(order)]
                connection.executemany("UPDATE revisions SET rowid = ? WHERE rowid = ?", moves)
        last = further(rows[-1]["place"], last)


def arranged(sizes: Sequence[int]) -> list[int]:
    """Return the places of rows in an order in which they fill pages: the largest first, each where it fits best."""
    found: list[list[int]] = []
    spare: list[tuple[int, int]] = []  # bytes left, and of which page
    for at in sorted(range(len(sizes)), key=lambda at: -sizes[at]):
        best = bisect_left(spare, (sizes[at], 0))
        if best < len(spare):
            left, page = spare.pop(best)
        else:
            left, page = _ROOM, len(found)
            found.append([])
        found[page].append(at)
        insort(spare, (left - sizes[at], page))
    return [at for page in found for at in page]


def pages(sizes: Sequence[int]) -> int:
    """Return how many pages rows fill in their order, without their further pages."""
    count, left = 0, 0
    for size in sizes:
        if size > left:
            count, left = count + 1, _ROOM
        left -= size
    return count


def _size(row: Sequence[int | None]) -> int:
    """Return how many bytes a row takes in the page where it begins, about: its times and numbers are counted as 14."""
    lengths = [length for length in row[3:] if length]
    whole = 14 + sum(lengths) + 12 + sum((length > 57) + (length > 8185) for length in lengths)
    around = 2 + 2 + 4
    if whole <= _LARGEST:
        return whole + around
    beside = _LEAST + (whole - _LEAST) % _FURTHER
    return around + 4 + (beside if beside <= _LARGEST else _LEAST)
