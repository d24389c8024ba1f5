"""When each source is due next, and when a scheduler was last alive."""

import json
from collections.abc import Mapping
from datetime import datetime

from corpus.store.file.database import Database
from corpus.store.file.rows import moment, moment_or_none, stamp, stamp_or_none, text


class Schedule:
    """The due times of one store's sources."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due(self) -> dict[str, datetime]:
        """Return source -> when it is due next, for the sources that were ever planned."""
        rows = self._database.rows("SELECT name, due FROM sources WHERE due IS NOT NULL")
        return {row["name"]: moment(row["due"]) for row in rows}

    def crawled_since(self, moments: Mapping[str, datetime]) -> set[str]:
        """Return the sources that a run, manual or not, came to the end of that began at their moment or later."""
        rows = self._database.rows(
            "SELECT e.key AS source FROM json_each(?) e WHERE EXISTS (SELECT 1 FROM run_sources r"
            " WHERE r.source = e.key AND r.started >= e.value AND r.state = 'done')",
            (json.dumps({text(source): stamp(at) for source, at in moments.items()}),),
        )
        return {row["source"] for row in rows}

    def last_crawl(self, by: datetime) -> datetime | None:
        """Return when the latest crawl, manual or not, began, of those that began by a moment."""
        row = self._database.one("SELECT max(started) AS last FROM runs WHERE started <= ?", (stamp(by),))
        return None if row is None else moment_or_none(row["last"])

    def beat(self, at: datetime) -> None:
        """Remember that a scheduler is alive at a moment."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO meta VALUES ('scheduler', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                (stamp(at),),
            )

    def alive(self) -> datetime | None:
        """Return when a scheduler was last alive; None when there never was one."""
        row = self._database.one("SELECT value FROM meta WHERE key = 'scheduler'")
        return None if row is None else moment(row["value"])

    def paused(self) -> set[str]:
        """Return the sources whose crawls their user has stopped."""
        return {row["name"] for row in self._database.rows("SELECT name FROM sources WHERE paused IS NOT NULL")}

    def plan(self, due: Mapping[str, datetime | None], *, instead_of: Mapping[str, datetime] | None = None) -> None:
        """Set when sources are due next; None forgets it.

        Args:
            instead_of: What `due()` gave when the plan was made: a source planned again since is left as it is.
        """
        if not due:
            return
        sql = "INSERT INTO sources (name, due) VALUES (:name, :due) ON CONFLICT DO UPDATE SET due = excluded.due"
        if instead_of is not None:
            sql += " WHERE due IS :seen"
        seen = instead_of or {}
        rows = [
            {"name": text(name), "due": stamp_or_none(at), "seen": stamp_or_none(seen.get(name))}
            for name, at in due.items()
        ]
        with self._database.writing() as connection:
            connection.executemany(sql, rows)
