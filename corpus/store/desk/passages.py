"""Passages: words of articles that readers marked, each with a note."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from corpus.store.file.database import Database
from corpus.store.file.rows import moment, moment_or_none, stamp, stamp_or_none, text


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that a reader marked.

    Attributes:
        quote: The words as the text had them; empty: the text was taken away since.
        start: Where they began, in characters of the text as it was.
    """

    id: int
    article: int
    who: str
    quote: str
    start: int
    note: str
    made: datetime
    deleted: datetime | None


class Passages:
    """The marked passages of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, article: int, who: str, quote: str, start: int, note: str, now: datetime) -> int:
        """Mark words of an article, and return the number of the passage."""
        with self._database.writing() as connection:
            sql = "INSERT INTO passages (article, who, quote, start, note, made) VALUES (?, ?, ?, ?, ?, ?)"
            cursor = connection.execute(sql, (article, text(who), text(quote), start, text(note), stamp(now)))
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def get(self, id: int) -> Passage | None:
        """Return a passage, a deleted one too; None when there is none of that number."""
        row = self._database.one("SELECT * FROM passages WHERE id = ?", (id,)) if 0 < id < 1 << 63 else None
        return None if row is None else _passage(row)

    def of_articles(self, articles: Sequence[int]) -> dict[int, tuple[Passage, ...]]:
        """Return article -> its passages in the order of the text they were marked in, of those that have any."""
        found: dict[int, tuple[Passage, ...]] = {}
        with self._database.reading():
            for first in range(0, len(articles), 500):
                part = articles[first : first + 500]
                holes = ", ".join("?" * len(part))
                sql = f"SELECT * FROM passages WHERE deleted IS NULL AND article IN ({holes}) ORDER BY start, id"
                for row in self._database.rows(sql, part):
                    found[row["article"]] = (*found.get(row["article"], ()), _passage(row))
        return found

    def set_note(self, id: int, note: str) -> None:
        """Write the note on a passage."""
        with self._database.writing() as connection:
            connection.execute("UPDATE passages SET note = ? WHERE id = ?", (text(note), id))

    def delete(self, id: int, when: datetime | None) -> None:
        """Delete a passage; None brings it back."""
        with self._database.writing() as connection:
            connection.execute("UPDATE passages SET deleted = ? WHERE id = ?", (stamp_or_none(when), id))


def _passage(row: sqlite3.Row) -> Passage:
    return Passage(
        id=row["id"],
        article=row["article"],
        who=row["who"],
        quote=row["quote"],
        start=row["start"],
        note=row["note"],
        made=moment(row["made"]),
        deleted=moment_or_none(row["deleted"]),
    )
