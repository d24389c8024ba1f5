"""The searches that readers saved."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from corpus.store.file.database import Database
from corpus.store.file.rows import moment, moment_or_none, stamp, stamp_or_none, text


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search to come back to.

    Attributes:
        address: Its parameters, as a query string.
        looked: The highest id of an article when one last looked; what entered later has a higher one, whatever is
            re-indexed, restored or corrected meanwhile.
        paused_by: Who paused it, in words.
    """

    id: int
    name: str
    address: str
    who: str
    made: datetime
    looked: int
    looked_at: datetime
    paused: datetime | None = None
    paused_by: str | None = None
    deleted: datetime | None = None


class SavedSearches:
    """The saved searches of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def last_article(self) -> int:
        """The highest id that an article has had."""
        return int(
            self._database.value("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'articles'") or 0
        )

    def add(self, name: str, address: str, who: str, now: datetime) -> int:
        """Save a search; what is in the corpus now is not new in it. Return its number."""
        with self._database.writing() as connection:
            row = (text(name), text(address), text(who), stamp(now), self.last_article, stamp(now))
            cursor = connection.execute(
                "INSERT INTO saved (name, address, who, made, looked, looked_at) VALUES (?, ?, ?, ?, ?, ?)", row
            )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def get(self, id: int) -> SavedSearch | None:
        """Return a saved search, a deleted one too; None when there is none of that number."""
        row = self._database.one("SELECT * FROM saved WHERE id = ?", (id,)) if 0 < id < 1 << 63 else None
        return None if row is None else _saved(row)

    def all(self) -> list[SavedSearch]:
        """Return the saved searches that are not deleted, in the order they were made."""
        return [_saved(row) for row in self._database.rows("SELECT * FROM saved WHERE deleted IS NULL ORDER BY id")]

    def count(self) -> int:
        """Return how many searches are saved."""
        return int(self._database.value("SELECT count(*) FROM saved WHERE deleted IS NULL"))

    def rename(self, id: int, name: str) -> None:
        """Give a search another name."""
        self._set(id, "name = ?", text(name))

    def look(self, id: int, article: int, at: datetime) -> None:
        """Note that one has looked at a search when the highest id was `article`."""
        self._set(id, "looked = ?, looked_at = ?", article, stamp(at))

    def set_looked(self, searches: Iterable[tuple[int, int, int]]) -> None:
        """Set anew when one last looked: of each search its number, the highest id, and microseconds since 1970."""
        with self._database.writing():
            for id, article, at in searches:
                self._set(id, "looked = ?, looked_at = ?", article, at)

    def pause(self, id: int, when: datetime | None, by: str | None) -> None:
        """Tell nobody of a search until it is resumed; None resumes it."""
        self._set(id, "paused = ?, paused_by = ?", stamp_or_none(when), by)

    def delete(self, id: int, when: datetime | None) -> None:
        """Delete a search; None brings it back."""
        self._set(id, "deleted = ?", stamp_or_none(when))

    def _set(self, id: int, what: str, *values: object) -> None:
        with self._database.writing() as connection:
            connection.execute(f"UPDATE saved SET {what} WHERE id = ?", (*values, id))


def _saved(row: sqlite3.Row) -> SavedSearch:
    return SavedSearch(
        id=row["id"],
        name=row["name"],
        address=row["address"],
        who=row["who"],
        made=moment(row["made"]),
        looked=row["looked"],
        looked_at=moment(row["looked_at"]),
        paused=moment_or_none(row["paused"]),
        paused_by=row["paused_by"],
        deleted=moment_or_none(row["deleted"]),
    )
