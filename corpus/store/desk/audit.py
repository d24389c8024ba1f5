"""What was changed by hand: who, when, in words, and what undoes it."""

import json
import sqlite3
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from corpus.store.desk.standing import LEFT, Standing, changed_since, standing
from corpus.store.file.database import Database
from corpus.store.file.rows import moment, moment_or_none, stamp, text
from corpus.texts.storing import as_json, restored

UNDO_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One change. `undo` says what undoes it, a kind and its values; None: nothing does.

    `network` is the network that asked for it, its last part cut off; empty: this machine.
    """

    id: int
    at: datetime
    who: str
    network: str
    words: str
    undo: dict[str, Any] | None
    undone: datetime | None

    def can_be_undone(self, now: datetime) -> bool:
        """Whether it can be undone now."""
        return self.undo is not None and self.undone is None and now - self.at <= UNDO_WITHIN


class AuditLog:
    """The changes that people made by hand in one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def secret(self) -> bytes:
        """The store's own random bytes; they sign the forms of its pages."""
        return bytes(self._database.value("SELECT value FROM desk WHERE key = 'secret'"))

    def add(self, at: datetime, who: str, words: str, undo: dict[str, Any] | None, *, network: str = "") -> int:
        """Note a change and what it left, and return its number."""
        with self._database.writing() as connection:
            undoing = None if undo is None else json.dumps(undo if LEFT in undo else self.with_left(undo))
            row = (stamp(at), text(who), text(words), as_json(words), undoing, network)
            sql = "INSERT INTO deeds (at, who, words, message, undo, network) VALUES (?, ?, ?, ?, ?, ?)"
            cursor = connection.execute(sql, row)
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def with_left(self, undo: dict[str, Any]) -> dict[str, Any]:
        """Return the undo of a change with what the change left; for the transaction of the change, if it has one."""
        left = standing(self._database, undo)
        return undo | {LEFT: left} if left else undo

    def newer(self, entry: AuditEntry) -> Standing:
        """Return the parts of a change that were changed again since, as they stand now; its undo would overwrite them.

        Empty: nothing was; or what the change left was not noted, as before this was noted of changes.
        """
        undo = entry.undo or {}
        now = standing(self._database, undo)
        return {part: now.get(part, []) for part in changed_since(undo.get(LEFT, {}), now)}

    def is_unrecorded(self, entry: AuditEntry) -> bool:
        """Whether what a change left would stand beside it, and was not noted, as before this was noted of changes."""
        return LEFT not in (entry.undo or {}) and bool(standing(self._database, entry.undo or {}))

    def get(self, id: int) -> AuditEntry | None:
        """Return a change; None when there is none of that number."""
        row = self._database.one("SELECT * FROM deeds WHERE id = ?", (id,)) if 0 < id < 1 << 63 else None
        return None if row is None else _entry(row)

    def claim(self, id: int, at: datetime) -> bool:
        """Note that a change is undone now; False when it was already."""
        with self._database.writing() as connection:
            sql = "UPDATE deeds SET undone = ? WHERE id = ? AND undone IS NULL"
            return connection.execute(sql, (stamp(at), id)).rowcount == 1

    def writing(self) -> AbstractContextManager[object]:
        """Return a transaction: what the block writes is stored when it ends, and nothing of that when it raises."""
        return self._database.writing()

    def latest(self, limit: int = 100, *, who: str | None = None, skipped: int = 0) -> list[AuditEntry]:
        """Return the changes, the last one first, or those of one person.

        Args:
            skipped: How many of the last ones are left out.
        """
        sql = "SELECT * FROM deeds WHERE :who IS NULL OR who = :who ORDER BY id DESC LIMIT :most OFFSET :first"
        return [_entry(row) for row in self._database.rows(sql, {"who": _name(who), "most": limit, "first": skipped})]

    def count(self, who: str | None = None) -> int:
        """Return how many changes there are, of all or of one person."""
        sql = "SELECT count(*) FROM deeds WHERE :who IS NULL OR who = :who"
        return int(self._database.value(sql, {"who": _name(who)}))

    def people(self) -> list[str]:
        """Return who changed something, by name."""
        return [row["who"] for row in self._database.rows("SELECT DISTINCT who FROM deeds ORDER BY who")]

    def of_dossier(self, dossier: int, limit: int) -> list[AuditEntry]:
        """Return the changes of a dossier, the last one first: what was put in, noted, taken out, renamed, shared."""
        sql = f"SELECT * FROM deeds WHERE {_OF_DOSSIER} AND json_extract(undo, '$.id') = ? ORDER BY id DESC LIMIT ?"
        return [_entry(row) for row in self._database.rows(sql, (dossier, limit))]


# Without an index: a schema is not trusted (`trusted_schema`), and SQLite refuses one over such a function then.
_OF_DOSSIER = (
    "json_extract(undo, '$.kind') IN ('dossier begun', 'dossier deleted', 'dossier described', 'dossier shared',"
    " 'dossier ordered', 'kept', 'taken out', 'note written', 'bundle made', 'bundle deleted')"
)


def _name(who: str | None) -> str | None:
    return None if who is None else text(who)


def _entry(row: sqlite3.Row) -> AuditEntry:
    undo = None if row["undo"] is None else json.loads(row["undo"])
    undone = moment_or_none(row["undone"])
    words = restored(row["words"], row["message"])
    return AuditEntry(row["id"], moment(row["at"]), row["who"], row["network"], words, undo, undone)
