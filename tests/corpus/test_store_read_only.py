"""A store that cannot be written is read all the same, and what its owner writes meanwhile is seen."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import StoreError
from corpus.store import ArticleStore
from tests.corpus.samples import article
from tests.unwritable import seal, without_rights


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """A store with an article in a folder that nobody may write to."""
    folder = tmp_path / "data"
    folder.mkdir()
    with ArticleStore.open(folder / "pressmark.sqlite") as store:
        store.write(article(1))
    seal(folder)
    yield folder / "pressmark.sqlite"
    seal(folder, writable=True)


def test_it_is_read_and_refuses_to_be_written(path: Path) -> None:
    def work() -> None:
        with ArticleStore.open(path) as store:
            assert store.read_only
            assert store.totals().articles == 1
            assert [one.article.headline for one in store.every()]
            with pytest.raises(StoreError, match="opened for reading only: the file and its folder must be writable"):
                store.write(article(2))

    assert without_rights(work)
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_what_its_owner_writes_meanwhile_is_seen(path: Path) -> None:
    (asking, asked), (answering, answered) = os.pipe(), os.pipe()
    owner = os.fork()
    if not owner:
        os.read(asking, 1)
        seal(path.parent, writable=True)
        with ArticleStore.open(path) as store:
            store.write(article(2))
        seal(path.parent)
        os.write(answered, b".")
        os._exit(0)

    def work() -> None:
        with ArticleStore.open(path) as store:
            assert store.totals().articles == 1
            before = store.state
            assert store.state == before
            os.write(asked, b".")
            os.read(answering, 1)
            assert store.state != before
            assert store.totals().articles == 2
            assert len(list(store.every())) == 2

    assert without_rights(work)
    os.waitpid(owner, 0)


def test_ids_are_looked_for_in_the_file_that_took_its_place(path: Path, tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path / "fewer.sqlite"):
        pass

    def work() -> None:
        with ArticleStore.open(path) as store:
            assert store.missing([1, 2]) == [2]
            os.write(asked, b".")
            os.read(answering, 1)
            assert store.missing([1, 2]) == [1, 2]

    (asking, asked), (answering, answered) = os.pipe(), os.pipe()
    owner = os.fork()
    if not owner:
        os.read(asking, 1)
        seal(path.parent, writable=True)
        (tmp_path / "fewer.sqlite").replace(path)
        seal(path.parent)
        os.write(answered, b".")
        os._exit(0)
    assert without_rights(work)
    os.waitpid(owner, 0)


def test_a_log_that_was_not_written_back_is_named(path: Path, tmp_path: Path) -> None:
    seal(path.parent, writable=True)
    copy = tmp_path / "copy"
    copy.mkdir()
    with ArticleStore.open(path) as store:
        store.write(article(2))
        for ending in ("", "-wal"):
            shutil.copy(f"{path}{ending}", copy)
    seal(copy)

    def work() -> None:
        with pytest.raises(StoreError, match=r"pressmark\.sqlite-wal was not written back: copy the folder"):
            ArticleStore.open(copy / path.name)

    assert without_rights(work)
    seal(copy, writable=True)
    with ArticleStore.open(copy / path.name) as store:
        assert store.totals().articles == 2


def test_one_of_an_older_version_says_what_can_be_done(path: Path) -> None:
    seal(path.parent, writable=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA user_version = 3")
    connection.close()
    seal(path.parent)

    def work() -> None:
        with pytest.raises(StoreError, match=r"older Pressmark.*schema 3.*copy the folder and open the copy"):
            ArticleStore.open(path)

    assert without_rights(work)
