"""A SQLite file -> the same without free pages, and with pages of another size where nobody else has it open."""

import sqlite3


def vacuum(connection: sqlite3.Connection, page: int, busy: float) -> None:
    """Write the file of a connection anew.

    Where no other connection is open, its pages get the size `page`. Killed meanwhile, the file is as it was, and
    without a write-ahead log until it is opened again (schema.py).

    Args:
        busy: How long the connection waits for others, in seconds.

    Raises:
        sqlite3.Error: Somebody is writing, the disk is full, or the file is damaged.
    """
    is_alone = connection.execute("PRAGMA page_size").fetchone()[0] != page and _leave_log(connection, busy)
    connection.execute(f"PRAGMA page_size = {page}")  # a VACUUM that could not do it forgets it
    connection.execute("VACUUM")
    connection.execute(f"PRAGMA {'journal_mode = WAL' if is_alone else 'wal_checkpoint(TRUNCATE)'}")


def _leave_log(connection: sqlite3.Connection, busy: float) -> bool:
    """Write without a log from now on, as the size of pages cannot change with one; False: others have it open."""
    try:
        connection.execute("PRAGMA busy_timeout = 0")
        return bool(connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete")
    except sqlite3.OperationalError:
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout = {round(busy * 1000)}")
