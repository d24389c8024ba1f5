"""Damage of an index of the store's file alone is mended from its table, whole or not at all."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from corpus.store import ArticleStore
from tests.corpus.samples import article

KILLED = """
import os, signal, sys
from pathlib import Path
from corpus.store import ArticleStore
store = ArticleStore.open(Path(sys.argv[1]))
steps = iter(range(int(sys.argv[2])))
def step():
    if next(steps, None) is None:
        os.kill(os.getpid(), signal.SIGKILL)
    return 0
with store._database.writing() as connection:
    connection.set_progress_handler(step, 200)
    connection.execute("REINDEX")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "pressmark.sqlite"
    with ArticleStore.open(path) as store:
        store.write_many(
            article(url=f"https://a.example/{number}", headline=f"H {number}", body=f"Quay {number} held. " * 9)
            for number in range(1, 201)
        )
    return path


def harm(path: Path, name: str) -> None:
    """Change the keys on the first page of an index, or of a table, as a disk does."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        page = bytearray(file.read(size))
        for at in range(size - 40, size, 7):
            page[at] ^= 0x55
        file.seek((root - 1) * size)
        file.write(page)


def problems(path: Path) -> list[str]:
    with ArticleStore.open(path) as store:
        return list(store.damage.check(full=True))


@pytest.mark.parametrize("name", ["sqlite_autoindex_authors_1"])
def test_a_damaged_index_is_made_anew_from_its_table(path: Path, name: str) -> None:
    harm(path, name)
    assert problems(path)
    with ArticleStore.open(path) as store:
        assert store.damage.remake_indexes()
        assert len(list(store.every())) == 200
    assert problems(path) == []


def test_of_a_whole_file_and_of_one_with_a_damaged_table_nothing_is_changed(path: Path) -> None:
    with ArticleStore.open(path) as store:
        assert not store.damage.remake_indexes()
    harm(path, "authors")
    before = problems(path)
    with ArticleStore.open(path) as store:
        assert not store.damage.remake_indexes()
    assert problems(path) == before


def test_rows_of_one_key_that_a_damaged_index_let_in_are_no_error_and_stay(path: Path) -> None:
    harm(path, "sqlite_autoindex_authors_1")
    with closing(sqlite3.connect(path)) as connection:
        columns = "key, name, kind, articles"
        connection.execute(f"INSERT INTO authors ({columns}) SELECT {columns} FROM authors NOT INDEXED LIMIT 1")
        connection.commit()
    before = problems(path)
    with ArticleStore.open(path) as store:
        assert not store.damage.remake_indexes()
    assert problems(path) == before


@pytest.mark.parametrize("steps", [0, 1, 5, 20, 60, 1_000_000])
def test_a_repair_that_is_killed_leaves_the_file_as_it_was_and_can_be_made_again(path: Path, steps: int) -> None:
    harm(path, "sqlite_autoindex_authors_1")
    before = problems(path)
    done = subprocess.run([sys.executable, "-c", KILLED, str(path), str(steps)], check=False)
    assert done.returncode == -9
    assert problems(path) == before
    with ArticleStore.open(path) as store:
        assert store.damage.remake_indexes()
    assert problems(path) == []
