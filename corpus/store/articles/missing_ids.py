"""Ids -> those that no article has or had.

No article is ever deleted, and ids are given in a row: up to an id after which none lacks nothing is looked up.
"""

from collections.abc import Iterable

from corpus.store.file.database import Database

_IDS = 1 << 63
_PAGE = 500  # ids that are looked up at once


def missing(database: Database, ids: Iterable[int]) -> list[int]:
    """Return the ids that no article has or had."""
    _ = database.connection  # where another file took its place, what was counted is forgotten first
    wanted = [id for id in dict.fromkeys(ids) if database.unbroken < id < _IDS]
    if wanted and not database.has_gap:
        _count_further(database)
        wanted = [id for id in wanted if id > database.unbroken]
    known: set[int] = set()
    for start in range(0, len(wanted), _PAGE):
        part = wanted[start : start + _PAGE]
        holes = ", ".join("?" * len(part))
        known.update(row[0] for row in database.rows(f"SELECT id FROM articles WHERE id IN ({holes})", part))
    return [id for id in wanted if id not in known]


def _count_further(database: Database) -> None:
    """See whether one lacks up to the last article; of a store that grows only the new ones are counted."""
    before = database.unbroken
    with database.reading():
        last = database.value("SELECT max(id) FROM articles") or 0
        if before:
            count = database.value("SELECT count(*) FROM articles WHERE id > ?", (before,))
        else:  # without a condition an index is counted, which is small
            count = database.value("SELECT count(*) FROM articles")
    database.has_gap = count != last - before
    database.unbroken = before if database.has_gap else last
