"""How often the sketches of a store were changed: by this a process sees that another one changed them."""

import sqlite3


def turn(connection: sqlite3.Connection) -> int:
    """Return the number of the last change; 0 where damage took it."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'copies_turn'").fetchone()
    return row[0] if row is not None and type(row[0]) is int else 0


def next_turn(connection: sqlite3.Connection) -> int:
    """Count a change, and return its number."""
    now = turn(connection) + 1
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('copies_turn', ?)", (now,))
    return now
