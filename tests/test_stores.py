"""A store that the tests copy is as one that the code makes."""

import sqlite3
from contextlib import closing
from pathlib import Path

from corpus.store import ArticleStore
from tests.stores import new_store


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of every table, and of the schema."""
    with closing(sqlite3.connect(path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in ("sqlite_schema", *names)}


def test_two_copies_differ_in_what_two_new_stores_differ_in_and_in_nothing_else(tmp_path: Path) -> None:
    made, copies = (tmp_path / "a", tmp_path / "b"), (tmp_path / "c", tmp_path / "d")
    for path in made:
        ArticleStore.open(path).close()
    for path in copies:
        new_store(path).close()
    one, two, three, four = (contents(path) for path in (*made, *copies))
    drawn = {name for name in one if one[name] != two[name]}
    assert drawn == {"history", "desk"}
    assert {name for name in three if three[name] != four[name]} == drawn
    assert {name for name in one if one[name] != three[name]} == drawn
    assert made[0].stat().st_mode == copies[0].stat().st_mode
