"""The journal of a SQLite file: the write-ahead log of a store, or none while its file is rewritten."""

import sqlite3
import time

from corpus.store.file.problems import BUSY_SECONDS

_PAUSE = 0.01  # seconds until it is tried again


def use_log(connection: sqlite3.Connection, wait: float = BUSY_SECONDS) -> None:
    """Switch a file to a write-ahead log, unless it has one.

    SQLite does not wait for others here, whatever its busy timeout is: two processes that open a new file at once
    could wait for each other for ever. So it fails for one of them, and that one tries again.

    Args:
        wait: For how many seconds it is tried again.

    Raises:
        sqlite3.OperationalError: Others used the file all that time, or it cannot be written.
    """
    until = time.monotonic() + wait
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
        else:
            return


def leave_log(connection: sqlite3.Connection) -> bool:
    """Write without a log from now on, as the size of pages cannot change with one; False: others have it open."""
    try:
        connection.execute("PRAGMA busy_timeout = 0")
        return bool(connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete")
    except sqlite3.OperationalError:
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout = {round(BUSY_SECONDS * 1000)}")
