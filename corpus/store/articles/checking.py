"""A store's file -> what is wrong with it: SQLite's own checks, then every text against its fingerprint."""

import sqlite3
from collections.abc import Iterator
from contextlib import suppress

from corpus.errors import StoreDamaged
from corpus.model import StoredArticle
from corpus.store.articles import damage, reading
from corpus.store.desk.bundles import Bundles
from corpus.store.file import dictionaries
from corpus.store.file.database import Database

SOME_LEFT = "a part of it is damaged; `pressmark compact` writes it anew from the others"
NONE_LEFT = "too many parts of it are damaged, and no text that is packed with it can be read; restore a backup"
MOST = 20  # problems that SQLite names; a file with one has many


class Damage:
    """The damage of one store: which articles it reached, and what can be done about it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def articles(self) -> dict[int, str]:
        """Return id -> what is wrong, of every damaged article that was found; searches and exports leave these out."""
        return reading.damaged(self._database)

    def without_text(self, id: int) -> StoredArticle | None:
        """Return what the row of an article says of where it is from, its body left out, damaged or not."""
        return reading.without_text(self._database, id)

    def mend(self, id: int) -> int | None:
        """Give a damaged article the newest of its texts that is whole; return its revision, or None if none is."""
        return damage.mend_from_revision(self._database, id)

    def remake_indexes(self) -> bool:
        """Make the indexes of the file anew from its tables, where SQLite finds it damaged; return whether that helped.

        It is one transaction, and nothing of it stays where the file is not whole behind it.
        """
        with self._database.reading():
            if self._is_whole():
                return False
        try:
            with self._database.writing() as connection:
                with suppress(sqlite3.IntegrityError):  # rows of one key, which the damaged index did not show
                    connection.execute("REINDEX")
                if not self._is_whole():
                    raise StoreDamaged(f"{self._database.path}: not its indexes alone are damaged")
        except StoreDamaged:
            return False
        return True

    def _is_whole(self) -> bool:
        try:
            return [row[0] for row in self._database.rows("PRAGMA integrity_check(1)")] == ["ok"]
        except StoreDamaged:
            return False

    def check(self, *, full: bool) -> Iterator[str]:
        """Yield each problem as a sentence that names its place; an article named here is on the list of damaged ones.

        Args:
            full: Read every article and revision, too, and compare the indexes with their tables.
        """
        pragma = "integrity_check" if full else "quick_check"
        try:
            for row in self._database.rows(f"PRAGMA {pragma}({MOST})"):
                if row[0] != "ok":
                    yield f"{self._database.path}: {row[0]}"
            with self._database.reading() as connection:
                harmed = dictionaries.damaged(connection)
            for number, is_left in harmed.items():
                yield f"dictionary {number}: {SOME_LEFT if is_left else NONE_LEFT}"
        except StoreDamaged as error:
            yield str(error)
        if full:
            self._database.damaged.clear()
            damage.forget(self._database, damage.listed(self._database))
            for _ in reading.every(self._database):
                pass
            yield from _revisions(self._database)
            for mark in Bundles(self._database).damaged():
                yield f"bundle {mark}: its file is not as it was stored"
        for id, what in reading.damaged(self._database).items():
            yield f"article {_name(self._database, id)}: {what}"


def _revisions(database: Database) -> Iterator[str]:
    """Yield the earlier texts that cannot be read; the newest text is checked with its article."""
    for row in database.rows("SELECT DISTINCT article FROM revisions WHERE number > 1 ORDER BY article"):
        for number in damage.broken_revisions(database, row["article"]):
            yield f"article {_name(database, row['article'])}: its revision {number} is not as it was stored"


def _name(database: Database, id: int) -> str:
    try:
        return str(database.value("SELECT mark FROM articles WHERE id = ?", (id,)))
    except StoreDamaged:
        return f"number {id}"
