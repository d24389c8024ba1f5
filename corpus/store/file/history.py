"""A sequence -> the token of the store's history up to it: whether two positions are of one history.

A store that was restored from a copy gives its sequences again, to other writes. So each opening of a store that
writes leaves a random token with the first sequence it gives, and a store begins with one: the last token at or before
a sequence identifies the history, also where two parted long ago and have the same length today.
"""

import sqlite3

from corpus.store.file.database import Database


def begin(connection: sqlite3.Connection, first: int) -> None:
    """Store this opening's token with the first sequence it gives, unless it did already."""
    connection.execute("INSERT OR IGNORE INTO history (token, sequence) VALUES (opening(), ?)", (first,))


def token(database: Database, sequence: int) -> str | None:
    """Return the token of the history up to a sequence; None when the store has not come that far."""
    row = database.one(
        "SELECT token, (SELECT value FROM meta WHERE key = 'sequence') AS last FROM history"
        " WHERE sequence <= ? ORDER BY sequence DESC LIMIT 1",
        (sequence,),
    )
    return None if row is None or sequence > row["last"] else str(row["token"])
