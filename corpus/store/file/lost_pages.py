"""The table of dictionaries, a page of which SQLite cannot read -> a new table with all rows that can still be read.

SQLite refuses to commit what has met such a page, and to drop a table that has one: until its tables stand on new pages
nothing can be stored. The lost pages stay in the file, in no use, until it is rewritten (vacuuming.py).
"""

import sqlite3

from corpus.store.file import dictionaries
from corpus.store.file.database import Database

TABLES = ("dictionaries", "dictionary_pieces")


def unreadable(connection: sqlite3.Connection) -> list[str]:
    """Return the tables of dictionaries that have a page which SQLite cannot read."""
    return [table for table in TABLES if not _is_readable(connection, table)]


def replaced(database: Database) -> list[str]:
    """Put those tables on new pages, and what is left of the dictionaries in pieces; return their names.

    Raises:
        StoreError: Nothing can be written: another process writes, or other pages are damaged, too.
    """
    with database.reading() as connection:
        tables, held = unreadable(connection), dictionaries.left(connection, database.path)
    if tables:
        with database.writing() as connection:  # it has met no damaged page
            for table in tables:
                _rebuild(connection, table)
            dictionaries.put_back(connection, held)
    return tables


def _is_readable(connection: sqlite3.Connection, table: str) -> bool:
    try:
        for _ in connection.execute(f"SELECT * FROM {table} NOT INDEXED"):
            pass
        connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # by its index, where it has one
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        return False
    return True


def _rebuild(connection: sqlite3.Connection, table: str) -> None:
    """Make a table again, without rows; the pages of the former one are left to themselves."""
    (sql,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    connection.execute("PRAGMA writable_schema = ON")
    try:
        connection.execute("DELETE FROM sqlite_schema WHERE tbl_name = ?", (table,))
    finally:
        connection.execute("PRAGMA writable_schema = RESET")
    connection.execute(sql)
