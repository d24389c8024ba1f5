"""A store in use -> a consistent copy of it in another file."""

import sqlite3
from pathlib import Path

from corpus.errors import StoreError
from corpus.store.database import Database


def backup(database: Database, target: Path) -> None:
    """Copy the store to a file that is not there yet; writers go on meanwhile, and the copy is of one moment.

    Raises:
        StoreError: the file exists, or cannot be written, or the store is damaged.
    """
    if target.exists():
        raise StoreError(f"{target}: it exists already: expected a new file")
    try:
        copy = sqlite3.connect(target)
        try:
            database.connection.backup(copy)  # in one step, which is one reading transaction
        finally:
            copy.close()
    except sqlite3.Error as error:
        target.unlink(missing_ok=True)
        raise StoreError(f"{target}: not copied: {error}") from error
