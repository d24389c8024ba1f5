"""A store as earlier versions wrote it: one of an earlier schema, or with each text in a column of its own."""

import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import zstandard

from corpus.store.file import schema
from corpus.store.file.bodies import unpack
from corpus.store.file.dictionaries import dictionaries

_DIGESTS = {  # column of schema 36 -> where the same digest stands now
    ("articles", "fingerprint"): "lower(hex(fingerprint))",
    ("articles", "details"): "lower(hex(details))",
    ("revisions", "fingerprint"): "coalesce(lower(hex(digest)), fingerprint)",
}


def as_schema(path: Path, version: int) -> None:
    """Make the store one of an earlier schema, 36 at most: its tables are those that the migrations until then make."""
    older = path.with_suffix(".older")
    with closing(sqlite3.connect(older)) as connection, connection:
        for number, sql in schema.migrations().items():
            connection.executescript(sql if number <= version else "")
        connection.executescript(f"PRAGMA user_version = {version}; PRAGMA application_id = {schema.APPLICATION_ID}")
        triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        connection.executescript("".join(f"DROP TRIGGER {name};" for name, _ in triggers))
        connection.execute("ATTACH ? AS newer", (str(path),))
        for table in _tables(connection, "main") & _tables(connection, "newer"):
            _copy_rows(connection, table)
        if version < 36:
            connection.execute("DELETE FROM meta WHERE key IN ('copies_recent', 'copies_packed')")
        connection.execute("DELETE FROM meta WHERE key IN ('copies_turn', 'copies_sources')")
        connection.executescript(";".join(sql for _, sql in triggers))
        _copy_dictionaries(path, connection)
    for end in ("-wal", "-shm"):
        Path(f"{path}{end}").unlink(missing_ok=True)
    older.rename(path)


def _tables(connection: sqlite3.Connection, of: str) -> set[str]:
    return {name for (name,) in connection.execute(f"SELECT name FROM {of}.sqlite_schema WHERE type = 'table'")}


def _copy_rows(connection: sqlite3.Connection, table: str) -> None:
    names, held = (
        [column[1] for column in connection.execute(f"PRAGMA {of}.table_info({table})")] for of in ("main", "newer")
    )
    if {*names} <= {*held}:  # it is no table of another form
        values = ", ".join(_DIGESTS.get((table, name), name) for name in names)
        connection.execute(f"DELETE FROM main.{table}")
        connection.execute(f"INSERT INTO main.{table} ({', '.join(names)}) SELECT {values} FROM newer.{table}")


def _copy_dictionaries(path: Path, older: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(path)) as newer:
        for number, content in dictionaries(newer).items():
            packed = zstandard.ZstdCompressor(level=19).compress(content)
            rows = [(number, copy, packed, zlib.crc32(packed)) for copy in (1, 2)]
            older.executemany("INSERT INTO dictionaries VALUES (?, ?, ?, ?)", rows)


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
    connection.execute("DELETE FROM dictionary_pieces")
