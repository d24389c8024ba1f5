"""The searches that readers saved."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from corpus.store.file.database import Database
from corpus.store.file.rows import moment, moment_or_none, stamp, stamp_or_none, text, word


class Often(StrEnum):
    """When a message is made: after the runs that brought something, once a day, once a week."""

    RUNS = "runs"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search to come back to.

    Attributes:
        address: Its parameters, as a query string.
        looked: The highest id of an article when one last looked; what entered later has a higher one, whatever is
            re-indexed, restored or corrected meanwhile.
        paused_by: Who paused it, in words.
        ways: The channels of [notify] that send its reader what is new; empty: its feed alone.
        delivered: The highest id of an article that a message has counted; it never goes back.
        delivered_at: When one last saw to it.
        feed: The number of its feed's address; a higher one ends the addresses before it.
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
    ways: tuple[str, ...] = ()
    often: Often = Often.RUNS
    delivered: int = 0
    delivered_at: datetime | None = None
    feed: int = 1


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
            last = self.last_article
            row = (text(name), text(address), text(who), stamp(now), last, stamp(now), last)
            cursor = connection.execute(
                "INSERT INTO saved (name, address, who, made, looked, looked_at, delivered)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                row,
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
        """Set when one last looked: of each search its number, the highest id, and microseconds since 1970."""
        with self._database.writing():
            for id, article, at in searches:
                self._set(id, "looked = ?, looked_at = ?", article, at)

    def pause(self, id: int, when: datetime | None, by: str | None) -> None:
        """Tell nobody of a search until it is resumed; None resumes it."""
        self._set(id, "paused = ?, paused_by = ?", stamp_or_none(when), by)

    def set_delivery(self, id: int, ways: Iterable[str], often: Often, now: datetime) -> None:
        """Set which channels send a reader what is new; where none did before, only what comes from now on is new."""
        given = " ".join(text(way) for way in ways)
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE saved SET delivered = max(delivered, ?), delivered_at = ? WHERE id = ? AND ways = ''",
                (self.last_article, stamp(now), id),
            )
            self._set(id, "ways = ?, often = ?", given, often.value)

    def skip_delivery(self, id: int, now: datetime) -> None:
        """Make no message of what is in the corpus now, such as when a search goes on that was paused."""
        self._set(id, "delivered = max(delivered, ?), delivered_at = ?", self.last_article, stamp(now))

    def deliver(self, was: SavedSearch, upto: int, now: datetime) -> bool:
        """Note that a message counts all articles up to an id; False when another process noted one meanwhile."""
        with self._database.writing() as connection:
            cursor = connection.execute(
                "UPDATE saved SET delivered = ?, delivered_at = ? WHERE id = ? AND delivered = ? AND delivered_at IS ?"
                " AND paused IS NULL AND deleted IS NULL",
                (max(upto, was.delivered), stamp(now), was.id, was.delivered, stamp_or_none(was.delivered_at)),
            )
        return cursor.rowcount == 1

    def indexed_up_to(self, after: int, position: int) -> int:
        """Return the highest id up to which all articles after an id are in an index that has come to a position."""
        behind = self._database.value("SELECT min(id) FROM articles WHERE id > ? AND sequence > ?", (after, position))
        return int(behind) - 1 if behind is not None else max(after, self.last_article)

    def entered_since(self, since: datetime) -> dict[int, datetime]:
        """Return the id of each article that was first seen at a moment or later -> when that was.

        The index of each source is read from the moment on: a table of all articles is never gone through.
        """
        rows = self._database.rows(_ENTERED, (stamp(since),))
        return {row["id"]: moment(row["first_seen"]) for row in rows}

    def end_feed(self, id: int) -> None:
        """Give the feed of a search another address; those before it end."""
        self._set(id, "feed = feed + 1")

    def restored(self) -> datetime | None:
        """Return when this store was put back from a backup; None: it never was."""
        row = self._database.one("SELECT value FROM meta WHERE key = 'restored'")
        return None if row is None else moment(row["value"])

    def note_restore(self, now: datetime) -> None:
        """Note that this store was restored from a backup, so that it does not know what was sent since."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO meta VALUES ('restored', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                (stamp(now),),
            )

    def delete(self, id: int, when: datetime | None) -> None:
        """Delete a search; None brings it back."""
        self._set(id, "deleted = ?", stamp_or_none(when))

    def _set(self, id: int, what: str, *values: object) -> None:
        with self._database.writing() as connection:
            connection.execute(f"UPDATE saved SET {what} WHERE id = ?", (*values, id))


_ENTERED = (
    "WITH RECURSIVE names (name) AS (SELECT min(source) FROM articles UNION ALL"
    " SELECT (SELECT min(source) FROM articles WHERE source > name) FROM names WHERE name IS NOT NULL)"
    " SELECT a.id, a.first_seen FROM names JOIN articles a ON a.source = name AND a.first_seen >= ?"
)


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
        ways=tuple(row["ways"].split()),
        often=word(Often, row["often"]),
        delivered=row["delivered"],
        delivered_at=moment_or_none(row["delivered_at"]),
        feed=row["feed"],
    )
