"""Which tables a store has: corpus/schema/NNNN_*.sql applied in order, `user_version` the last applied."""

import hashlib
import logging
import re
import sqlite3
import time
from contextlib import closing
from functools import cache
from importlib import resources
from pathlib import Path

from corpus.errors import StoreDamaged, StoreUnfit
from corpus.events import event
from corpus.store.file.digests import digest_bytes
from corpus.store.file.journal import use_log

APPLICATION_ID = 0x50_72_65_73  # "Pres"; by it file(1) and we know our files

COLUMNS = "50eeb5543ecc70a4"  # the digest of all names of columns after all migrations; a test says the next one

log = logging.getLogger(__name__)


@cache
def migrations() -> dict[int, str]:
    """Return number -> SQL of every migration, in order."""
    files = [
        file
        for file in resources.files("corpus").joinpath("schema").iterdir()
        if re.fullmatch(r"\d{4}_\w+\.sql", file.name)
    ]
    found = {int(file.name[:4]): file.read_text(encoding="utf-8") for file in files}
    assert len(found) == len(files), "two migrations have one number"
    return dict(sorted(found.items()))


def prepare(connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
    """Make the tables of a new file, update an older file; refuse a file of another program or a newer version."""
    version = _check(connection, path)
    _refuse_foreign_parts(connection, path)
    latest = max(migrations())
    if not read_only:
        use_log(connection)  # of a new file, or of one whose compaction was cut short
    if version == latest:
        _refuse_lacking_columns(connection, path)
        return
    if read_only:
        raise StoreUnfit(
            f"{path}: made by an older Pressmark (schema {version}); `pressmark status` brings it to {latest} where it"
            " can be written: where it cannot, copy the folder and open the copy"
        )
    began = time.monotonic()
    connection.execute("PRAGMA foreign_keys = OFF")  # no row goes with a table that another takes the place of
    connection.execute("BEGIN IMMEDIATE")
    try:
        applied = _migrate(connection, path)
        connection.execute("COMMIT")
        if applied:
            name = "store migrated" if version else "store made"
            event(log, name, path=path, before=version, schema=latest, seconds=time.monotonic() - began)
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _check(connection: sqlite3.Connection, path: Path) -> int:
    version, application, tables = _head(connection)
    if application != APPLICATION_ID and (application or tables or version):
        raise StoreUnfit(f"{path}: not an article store of Pressmark: a SQLite file of another program")
    if version > max(migrations()):
        raise StoreUnfit(
            f"{path}: made by a newer Pressmark (schema {version}); this one knows {max(migrations())}: upgrade it"
        )
    return version


def _refuse_foreign_parts(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a store with a trigger, a view or a virtual table that no migration makes.

    They act when others are read or written: a trigger changes what we store, a view in a table's place may never end.
    """
    rows = connection.execute(
        "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('trigger', 'view') OR rootpage = 0"
    )
    for kind, name, sql in rows:
        if _normal(str(sql)) not in _own_triggers():
            raise StoreUnfit(
                f"{path}: it has a {'virtual table' if kind == 'table' else kind} {str(name)[:80]!r}, which Pressmark"
                " does not make: expected a store as Pressmark writes it; it is not opened"
            )


@cache
def _own_triggers() -> frozenset[str]:
    scripts = (statement for sql in migrations().values() for statement in statements(sql))
    return frozenset(_normal(sql) for sql in scripts if _normal(sql).startswith("CREATE TRIGGER"))


def _normal(sql: str) -> str:
    """Return a statement without comments before it, line ends and the semicolon."""
    lines = (line for line in sql.splitlines() if not line.lstrip().startswith("--"))
    return " ".join(" ".join(lines).split()).rstrip("; ")


def _refuse_lacking_columns(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a store without a column that we read: one byte of a file is enough to give it another name."""
    columns = _columns(connection)
    if digest(columns) != COLUMNS and (lacking := sorted({*own_columns()}.difference(columns))):
        raise StoreDamaged(f"{path}: damaged: it has no {lacking[0]}; restore a backup")


def _columns(connection: sqlite3.Connection) -> list[str]:
    """Return "table.column" of each column in order, those of SQLite's own tables aside."""
    rows = connection.execute(
        "SELECT t.name || '.' || c.name FROM sqlite_schema t, pragma_table_info(t.name) c"
        " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY 1"
    )
    return [column for (column,) in rows]


@cache
def own_columns() -> list[str]:
    """Return the columns of a new store; making one takes 70 ms, too long to do it at each opening."""
    with closing(sqlite3.connect(":memory:")) as connection:
        _let_convert(connection)
        for sql in migrations().values():
            connection.executescript(sql)
        return _columns(connection)


def digest(columns: list[str]) -> str:
    """Return the digest of the names of columns."""
    return hashlib.blake2b("\n".join(columns).encode(), digest_size=8).hexdigest()


def _head(connection: sqlite3.Connection) -> tuple[int, int, int]:
    """Return schema version, application id and count of tables, all of one moment.

    Another process may make the tables between two reads; outside a transaction those would belong to two states.
    """
    alone = not connection.in_transaction
    if alone:
        connection.execute("BEGIN")
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    finally:
        if alone:
            connection.execute("COMMIT")
    return int(version), int(application), int(tables)


def _migrate(connection: sqlite3.Connection, path: Path) -> int:
    """Apply what is missing, inside the caller's transaction; return how many, 0 when another process was first."""
    version = _check(connection, path)
    _let_convert(connection)
    missing = {number: sql for number, sql in migrations().items() if number > version}
    for number, sql in missing.items():
        for statement in statements(sql):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    return len(missing)


def _let_convert(connection: sqlite3.Connection) -> None:
    """Give a connection the functions that migrations call."""
    connection.create_function("digest_bytes", 1, digest_bytes, deterministic=True)


def statements(sql: str) -> list[str]:
    """Split a script; `executescript` would commit the transaction it runs in."""
    found: list[str] = []
    pending = ""
    for line in sql.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending)
            pending = ""
    return found
