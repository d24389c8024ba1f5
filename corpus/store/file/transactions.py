"""A transaction under way -> committed, or rolled back without a trace."""

import sqlite3


def commit(connection: sqlite3.Connection, *, has_written: bool) -> None:
    """Commit a transaction; where a page could not be read, SQLite refuses that even to one that only read."""
    try:
        connection.execute("COMMIT")
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        if has_written:
            raise
        roll_back(connection)


def roll_back(connection: sqlite3.Connection) -> None:
    """End the transaction under way without a trace; SQLite may have done so itself (disk full)."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")
