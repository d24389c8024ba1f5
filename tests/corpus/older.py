"""A store as it was written before texts were packed together."""

import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

from corpus.store.file.bodies import dictionaries, unpack


def as_older(path: Path) -> None:
    """Make the store one of an earlier version: every text in its own column, bodies deflated, and no dictionary."""
    with closing(sqlite3.connect(path)) as connection, connection:
        _unpacked(connection)


def _unpacked(connection: sqlite3.Connection) -> None:
    known = dictionaries(connection)
    held = connection.execute("SELECT rowid, article, number, body FROM revisions ORDER BY article, number").fetchall()
    for rowid, id, _number, packed in held:
        body, *others = unpack(packed, known)
        if not others:  # a citation, or withdrawn
            continue
        headline, standfirst, byline, facts, *structure = others
        own = (headline or None, standfirst or None, byline or None)
        deflated = [zlib.compress(each.encode(), 6) for each in (body, *structure)]
        connection.execute(
            "UPDATE revisions SET headline = ?, standfirst = ?, byline = ?, body = ?, structure = ? WHERE rowid = ?",
            (*own, *deflated, *[None] * (2 - len(deflated)), rowid),
        )
        connection.execute(
            "UPDATE articles SET headline = ?, standfirst = ?, byline = ?, facts = ? WHERE id = ?", (*own, facts, id)
        )
    connection.execute("DELETE FROM dictionaries")
