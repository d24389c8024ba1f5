"""A store's file -> what is wrong with it: SQLite's own checks, then every text against its fingerprint."""

from collections.abc import Iterator

from corpus.errors import StoreDamaged
from corpus.store.articles import damage, reading
from corpus.store.file.database import Database

MOST = 20  # problems that SQLite names; a file with one has many


def check(database: Database, *, full: bool) -> Iterator[str]:
    """Yield each problem as a sentence that names its place; an article named here is on the list of damaged ones.

    Args:
        full: Read every article and revision, too, and compare the indexes with their tables.
    """
    pragma = "integrity_check" if full else "quick_check"
    try:
        for row in database.rows(f"PRAGMA {pragma}({MOST})"):
            if row[0] != "ok":
                yield f"{database.path}: {row[0]}"
    except StoreDamaged as error:
        yield str(error)
    if full:
        database.damaged.clear()
        damage.forget(database, damage.listed(database))
        for _ in reading.every(database):
            pass
        yield from _revisions(database)
    for id, what in reading.damaged(database).items():
        yield f"article {_name(database, id)}: {what}"


def _revisions(database: Database) -> Iterator[str]:
    """Earlier texts that cannot be read; the newest is its article's."""
    for row in database.rows("SELECT DISTINCT article FROM revisions WHERE number > 1 ORDER BY article"):
        for number in damage.broken_revisions(database, row["article"]):
            yield f"article {_name(database, row['article'])}: its revision {number} is not as it was stored"


def _name(database: Database, id: int) -> str:
    try:
        return str(database.value("SELECT mark FROM articles WHERE id = ?", (id,)))
    except StoreDamaged:
        return f"number {id}"
