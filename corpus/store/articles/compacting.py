"""A store -> the same store in less room: each text repacked as densely as it goes, free pages given back."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from corpus.store.articles import damage
from corpus.store.articles.arranging import arrange
from corpus.store.file import bodies, dictionaries
from corpus.store.file.capture_names import shorten
from corpus.store.file.database import Database
from corpus.store.file.digests import digest_of
from corpus.store.file.rows import NO_FACTS, further
from corpus.store.file.texts import ASSIGNED, columns_of, read

BATCH = 200  # texts of one transaction: a crawl waits for it, half a second or so


@dataclass(frozen=True, slots=True)
class Compacted:
    """What was done.

    Attributes:
        texts: How many were repacked.
        damaged: How many were left as they are because they are damaged.
        before: The size of the file, in bytes.
        after: The same, afterwards.
        page: The size of its pages; another than `PAGE` where others had the file open, and it stays larger for it.
    """

    texts: int
    damaged: int
    before: int
    after: int
    page: int


def compact(database: Database, progress: Callable[[float], object] = lambda share: None) -> Compacted:
    """Pack every text with the store's dictionary, and shrink the file.

    The dictionary is trained first where there is none, or where the texts have outgrown it; nobody waits for that.

    Texts and sequences stay what they are. Killed on the way, it goes on from there when it is run again. The last
    step needs as much free room on the disk as the file has, and nobody may be writing meanwhile.

    Args:
        progress: Called with the share of the texts that are done.

    Raises:
        StoreError: the disk is full, or another process is writing; texts packed so far stay so.
    """
    from corpus.store.sketches import packing  # with NumPy, which most commands need not load

    before = database.path.stat().st_size
    dictionary = _dictionary(database)
    last, end = 0, int(database.value("SELECT coalesce(max(rowid), 0) FROM revisions"))
    texts = broken = 0
    while True:
        with database.writing() as connection:
            rows = connection.execute(_PAGE, (last, BATCH)).fetchall()
            for row in rows:
                if row["digest"] is None:
                    digest = (digest_of(row), row["place"])
                    connection.execute("UPDATE revisions SET fingerprint = '', digest = ? WHERE rowid = ?", digest)
                if damage.is_whole(row, database):
                    texts += _repacked(connection, database, row, dictionary)
                else:
                    broken += row["body"] != b""
        if not rows:
            break
        last = further(rows[-1]["place"], last)
        progress(last / end)
    with database.writing() as connection:
        dictionaries.drop_unused(connection)
    for table in ("articles", "visits"):
        _shorten_names(database, table)
    packing.pack(database)
    arrange(database)
    database.vacuum()
    after, page = database.path.stat().st_size, int(database.value("PRAGMA page_size"))
    return Compacted(texts, broken, before, after, page)


def _dictionary(database: Database) -> bytes:
    """Return the dictionary to pack with: the last one, or one that is trained now, outside of any transaction."""
    with database.writing() as connection:
        last = dictionaries.mended(connection)
    with database.reading() as connection:
        samples, size = dictionaries.samples_for_larger(connection, last)
    made = dictionaries.trained(samples, size) if samples else None
    if made is None:
        return last
    with database.writing() as connection:
        known = dictionaries.dictionaries(connection)
        if made[0] in known:  # of the same texts, or of others by chance
            return last
        dictionaries.add(connection, *made)
    return made[1]


def _shorten_names(database: Database, table: str) -> None:
    """Let a table have short names of captures, some rows in a transaction."""
    last = 0
    while True:
        with database.writing() as connection:
            done = shorten(connection, table, last)
        if done is None:
            return
        last = further(done, last)


_PAGE = """
    SELECT r.rowid AS place, r.*, a.facts AS facts, a.revision AS standing
    FROM revisions r LEFT JOIN articles a ON a.id = r.article WHERE r.rowid > ? ORDER BY r.rowid LIMIT ?
"""


def _repacked(connection: sqlite3.Connection, database: Database, row: sqlite3.Row, dictionary: bytes) -> bool:
    """Pack the texts of a revision densely and together; return whether they were not so yet."""
    texts = read(database.texts, row)
    if not texts.body:
        return False
    is_standing = row["number"] == row["standing"]
    together = texts._replace(facts=row["facts"] if is_standing and texts.facts is None else texts.facts)
    columns = columns_of(together, dictionary, level=bodies.DENSEST)
    is_same = texts.facts is not None and bodies.number_of(row["body"]) == bodies.number_of(columns["body"])
    if is_same and len(columns["body"]) >= len(row["body"]):
        return False
    connection.execute(f"UPDATE revisions SET {ASSIGNED} WHERE rowid = :place", {**columns, "place": row["place"]})
    if is_standing:
        connection.execute(
            "UPDATE articles SET headline = NULL, standfirst = NULL, byline = NULL, facts = ? WHERE id = ?",
            (NO_FACTS, row["article"]),
        )
    return True
