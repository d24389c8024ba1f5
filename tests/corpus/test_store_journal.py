"""The write-ahead log of a store that others open at the same moment."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus.store.file.journal import use_log


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[sqlite3.Connection, sqlite3.Connection]]:
    """Two connections of a new file; neither waits for the other by itself."""
    path = tmp_path / "store.db"
    with (
        closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as mine,
        closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as other,
    ):
        yield mine, other


def test_a_file_gets_its_log_as_soon_as_nobody_else_writes_to_it(two: tuple[sqlite3.Connection, sqlite3.Connection]):
    mine, other = two
    other.execute("BEGIN IMMEDIATE")
    tries: list[str] = []

    def meanwhile(statement: str) -> None:
        tries.append(statement)
        if len(tries) == 3:
            other.execute("ROLLBACK")

    mine.set_trace_callback(meanwhile)
    use_log(mine)
    assert len(tries) == 3
    mine.set_trace_callback(None)
    assert mine.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_file_that_another_writes_to_all_the_time_is_given_up(two: tuple[sqlite3.Connection, sqlite3.Connection]):
    mine, other = two
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        use_log(mine, wait=0)


def test_an_error_that_no_waiting_mends_is_raised_at_once(tmp_path: Path):
    path = tmp_path / "store.db"
    path.write_bytes(b"no database " * 1000)
    with closing(sqlite3.connect(path, isolation_level=None)) as mine, pytest.raises(sqlite3.DatabaseError):
        use_log(mine)
