"""A store -> the same store in less room: each text packed anew as densely as it goes, free pages given back."""

from collections.abc import Callable
from dataclasses import dataclass

from corpus.store.articles import damage, structures
from corpus.store.file import bodies
from corpus.store.file.database import Database
from corpus.store.file.rows import further

BATCH = 200  # texts of one transaction: a crawl waits for it, half a second at most


@dataclass(frozen=True, slots=True)
class Compacted:
    """What was done: texts packed anew, texts left as they are because they are damaged, bytes before and after."""

    texts: int
    damaged: int
    before: int
    after: int


def compact(database: Database, progress: Callable[[float], object] = lambda share: None) -> Compacted:
    """Pack every text with the store's dictionary, which is trained first where there is none, and shrink the file.

    Texts and sequences stay what they are. Killed on the way, it goes on from there when it is run again. The last
    step needs as much free room on the disk as the file has, and nobody may be writing meanwhile.

    Args:
        progress: Called with the share of the texts that are done.

    Raises:
        StoreError: the disk is full, or another process is writing; texts packed so far stay so.
    """
    before = database.path.stat().st_size
    with database.writing() as connection:
        dictionary = bodies.with_dictionary(connection)
    last, end = 0, int(database.value("SELECT coalesce(max(rowid), 0) FROM revisions"))
    texts = broken = 0
    while True:
        with database.writing() as connection:
            rows = connection.execute(
                "SELECT rowid, * FROM revisions WHERE rowid > ? ORDER BY rowid LIMIT ?", (last, BATCH)
            ).fetchall()
            for row in rows:
                if not damage.is_whole(row, database):
                    broken += len(row["body"]) > 0
                    continue
                packed = bodies.pack(database.body(row["body"]), dictionary, level=bodies.DENSEST)
                if len(packed) < len(row["body"]):
                    connection.execute("UPDATE revisions SET body = ? WHERE rowid = ?", (packed, row["rowid"]))
                    texts += 1
                structures.compact(connection, database, row, dictionary)
        if not rows:
            break
        last = further(rows[-1]["rowid"], last)
        progress(last / end)
    database.vacuum()
    return Compacted(texts, broken, before, database.path.stat().st_size)
