"""Groups of a store of before schema 43 stand when it is opened, and are rebuilt when texts are next compared."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from corpus.copies.grouping import group_copies
from corpus.store import ArticleStore
from corpus.store.file.database import Database
from tests.corpus.copies.texts import story
from tests.corpus.older import as_schema
from tests.corpus.samples import article


def as_before(path: Path, version: int) -> None:
    """Make a store one of an earlier schema: its first text was no copy of the others, its sketches find nothing."""
    if version < 42:
        as_schema(path, version)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"PRAGMA user_version = {version}")  # 42 has the same tables
        connection.execute("UPDATE articles SET copy_of = NULL WHERE id = 1")
        if version >= 36:
            time = ", 0" * (version >= 42)
            connection.execute(f"INSERT OR REPLACE INTO copy_texts SELECT id, 0, 100{time} FROM articles")
            waiting = "copy_waiting SELECT id, x'00000007'" if version >= 42 else "copy_recent SELECT 7, id"
            connection.execute(f"INSERT OR REPLACE INTO {waiting} FROM articles")
            connection.execute("INSERT OR REPLACE INTO copy_pages VALUES (6, x'0101010101')")
        (last,) = connection.execute("SELECT max(sequence) FROM articles").fetchone()
        connection.execute("UPDATE meta SET value = ? WHERE key = 'copies'", (last,))


@pytest.mark.parametrize("version", [35, 36, 42])
def test_groups_of_an_older_store_stand_until_all_texts_are_compared_anew(tmp_path: Path, version: int) -> None:
    path = tmp_path / "pressmark.sqlite"
    with ArticleStore.open(path) as store:
        body = "\n\n".join(story(1)).replace("ferry", "fährè")
        store.write(article(1, body=body.replace("fährè", "fahre")))
        store.write(article(2, body=body))
        store.write(article(3, body=body))
        group_copies(store)
    as_before(path, version)
    with ArticleStore.open(path) as store:
        assert [store.copies.group(id) for id in (1, 2)] == [[1], [3, 2]]
        assert store.copies.position == 0
        with closing(Database(path)) as database:
            assert [database.value(f"SELECT count(*) FROM copy_{each}") for each in ("texts", "waiting", "pages")] == [
                0
            ] * 3
        assert group_copies(store).changed == 1
        assert store.copies.group(1) == [3, 1, 2]
