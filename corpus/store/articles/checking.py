"""A store's file -> what is wrong with it: SQLite's own checks, then every text against its fingerprint."""

import sqlite3
from collections.abc import Iterator
from contextlib import suppress

from corpus.errors import StoreDamaged
from corpus.model import StoredArticle
from corpus.store.articles import damage, reading
from corpus.store.desk.bundles import Bundles
from corpus.store.file import dictionaries, lost_pages
from corpus.store.file.database import Database
from corpus.store.file.finding import mark_of

SOME_LEFT = "a part of it is damaged; `pressmark check --mend` or `pressmark compact` writes it from the others"
NONE_LEFT = (
    "too many parts of it are damaged, and no text that is packed with it can be read; `pressmark check --full --mend`"
    " looks for them in the whole file, and reads articles again from their stored responses; else restore a backup"
)
NO_PAGE = "a page of this table cannot be read, and nothing can be stored; `pressmark check --mend` rewrites it"
_LISTS = ("damage", "damaged_revisions")
MOST = 20  # problems that SQLite names; a file with one has many


class Damage:
    """The damage of one store: which articles it reached, and what can be done about it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def articles(self) -> dict[int, str]:
        """Return id -> what is wrong, of every damaged article that was found; searches and exports leave these out."""
        return reading.damaged(self._database)

    def revisions(self) -> list[tuple[int, int]]:
        """Return article and number of every earlier text that was found damaged; histories leave these out."""
        return damage.damaged_revisions(self._database)

    def counts(self) -> tuple[int, int]:
        """Return how many articles, and how many earlier texts, are listed as damaged; none is read again."""
        articles, revisions = (int(self._database.value(f"SELECT count(*) FROM {table}")) for table in _LISTS)
        return articles, revisions

    def without_text(self, id: int) -> StoredArticle | None:
        """Return what the row of an article says of where it is from, its body left out, damaged or not."""
        return reading.without_text(self._database, id)

    def name(self, id: int) -> str:
        """Return the mark of an article, or its number where its row cannot be read."""
        return _name(self._database, id)

    def mend(self, id: int) -> int | None:
        """Give a damaged article the newest of its texts that is whole; return its revision, or None if none is."""
        return damage.mend_from_revision(self._database, id)

    def remake_dictionaries(self) -> list[str]:
        """Rewrite what is damaged of the dictionaries, as far as anything is left of them; say what was done.

        Raises:
            StoreError: Nothing can be written, or other parts of the file are damaged, too.
        """
        done = [f"the table {table} stands on new pages" for table in lost_pages.replaced(self._database)]
        with self._database.reading() as connection:
            harmed = dictionaries.damaged(connection)
        if any(harmed.values()):
            with self._database.writing() as connection:
                dictionaries.mended(connection)
            done += [f"dictionary {number} is rewritten from what is left" for number in harmed if harmed[number]]
        if done:
            self._database.vacuum()  # else the lost pages stay, and each check finds them
        return done

    def remake_indexes(self) -> bool | None:
        """Rebuild the indexes of the file from its tables, where SQLite finds it damaged; return whether that helped.

        It is one transaction, and nothing of it stays where the file is not whole after it. None: it is whole.
        """
        with self._database.reading():
            if self._is_whole():
                return None
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
        parts = [self._of_file("integrity_check" if full else "quick_check"), self._of_dictionaries()]
        parts += [self._of_addresses()] if full else []
        for part in parts:
            try:
                yield from part
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

    def _of_file(self, pragma: str) -> Iterator[str]:
        for row in self._database.rows(f"PRAGMA {pragma}({MOST})"):
            if row[0] != "ok":
                yield f"{self._database.path}: {row[0]}"

    def _of_addresses(self) -> Iterator[str]:
        """Yield the articles whose address and mark do not belong together: no address finds them."""
        for row in self._database.rows("SELECT url, mark FROM articles WHERE withdrawn IS NULL ORDER BY id"):
            if not str(row["mark"]).startswith(mark_of(row["url"]) or " "):
                yield f"article {row['mark']}: its address is not the one its mark was made of; a backup may have both"

    def _of_dictionaries(self) -> Iterator[str]:
        with self._database.reading() as connection:
            tables, harmed = lost_pages.unreadable(connection), dictionaries.damaged(connection)
        for table in tables:
            yield f"{self._database.path}: {table}: {NO_PAGE}"
        for number, is_left in harmed.items():
            yield f"dictionary {number}: {SOME_LEFT if is_left else NONE_LEFT}"


def _revisions(database: Database) -> Iterator[str]:
    """Yield the earlier texts that cannot be read; the newest text is checked with its article."""
    damage.damaged_revisions(database)  # those that are whole again leave the list
    found: list[tuple[int, int]] = []
    for row in database.rows("SELECT DISTINCT article FROM revisions WHERE number > 1 ORDER BY article"):
        broken = damage.broken_revisions(database, row["article"])
        found += [(row["article"], number) for number in broken]
        for number in broken:
            yield f"article {_name(database, row['article'])}: its revision {number} is not as it was stored"
    damage.note_revisions(database, found)  # at once: each time all that are known are read


def _name(database: Database, id: int) -> str:
    try:
        return str(database.value("SELECT mark FROM articles WHERE id = ?", (id,)))
    except StoreDamaged:
        return f"number {id}"
