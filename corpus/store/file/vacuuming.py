"""A SQLite file -> the same without free pages, and with pages of another size where nobody else has it open."""

import sqlite3

from corpus.store.file.journal import leave_log, use_log


def vacuum(connection: sqlite3.Connection, page: int) -> None:
    """Rewrite the file of a connection.

    Where no other connection is open, its pages get the size `page`. Killed meanwhile, the file is as it was, and
    without a write-ahead log until it is opened again (schema.py).

    Raises:
        sqlite3.Error: Somebody is writing, the disk is full, or the file is damaged.
    """
    is_alone = connection.execute("PRAGMA page_size").fetchone()[0] != page and leave_log(connection)
    connection.execute(f"PRAGMA page_size = {page}")  # a VACUUM that could not do it forgets it
    connection.execute("VACUUM")
    if is_alone:
        use_log(connection)
    else:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
