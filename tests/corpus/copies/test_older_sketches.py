"""Sketches of stores before schema 36 are taken over when texts are next compared; groups stand without them."""

import sqlite3
import struct
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.copies.grouping import group_copies
from corpus.copies.shingles import MOST, shingles
from corpus.store import ArticleStore
from corpus.store.articles import sketch_pages, sketches
from corpus.store.file.database import Database
from corpus.store.file.digests import fingerprint
from tests.corpus.copies.test_sketches import as_damage_writes, database
from tests.corpus.copies.texts import story
from tests.corpus.older import as_schema
from tests.corpus.samples import NOW, article

__all__ = ("database",)


def as_before_0036(path: Path, version: int) -> None:
    """Make a store one of an earlier schema, as far as sketches go."""
    with ArticleStore.open(path) as store:
        known = {one.id: (fingerprint(one.article), shingles(one.article.body)) for one in store.every()}
    as_schema(path, version)
    with closing(sqlite3.connect(path)) as connection, connection:
        for id, (text, hashes) in known.items():
            packed = struct.pack(f"<{len(hashes)}Q", *map(int, hashes))
            connection.execute("INSERT INTO copy_texts VALUES (?, ?, ?, ?)", (id, text, len(hashes), packed))
            connection.execute("INSERT INTO copy_hashes VALUES (?, ?)", (id, id))


@pytest.mark.parametrize("version", [34, 35])
def test_an_older_store_that_is_only_read_shows_its_groups_and_a_compared_text_joins_one(
    tmp_path: Path, version: int
) -> None:
    path = tmp_path / "pressmark.sqlite"

    def paper(name: str, number: int) -> None:
        body = "\n\n".join(story(number))
        store.write(article(url=f"https://{name}.example/{number}", body=body))

    with ArticleStore.open(path) as store:
        for number in range(12):
            paper("a", number)
            paper("b", number)
        group_copies(store)
    as_before_0036(path, version)
    with ArticleStore.open(path) as store:
        assert [store.copies.group(id) for id in (1, 2, 23)] == [[1, 2], [1, 2], [23, 24]]
        store.compact()
        store.withdraw_by_hand(4, "a reader wants it", at=NOW)
    with ArticleStore.open(path, read_only=True) as store:
        assert store.copies.group(2) == [1, 2]
    with ArticleStore.open(path) as store:
        paper("c", 0)
        paper("c", 1)
        group_copies(store)
        assert [store.copies.group(id) for id in (1, 3)] == [[1, 2, 25], [3, 26]]


def wait_for_conversion(database: Database, *rows: tuple[object, ...]) -> None:
    database.connection.executemany("INSERT INTO copy_texts_before VALUES (?, ?, ?, ?)", rows)


def test_another_process_may_take_older_sketches_over_just_before(database: Database) -> None:
    wait_for_conversion(database, (1, "0" * 32, 100, struct.pack("<2Q", 7, 8)))
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:

        def take_over_first(sql: str) -> None:
            if sql.startswith("BEGIN"):
                other.execute("DELETE FROM copy_texts_before")

        database.connection.set_trace_callback(take_over_first)
        sketch_pages.take_over(database, MOST)
    assert sketches.having(database, [7, 8]) == []


def test_older_sketches_that_are_damaged_or_of_no_article_keep_no_other_from_being_taken_over(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    whole, path = struct.pack("<2Q", 7, 8), tmp_path / "pressmark.sqlite"
    with ArticleStore.open(path) as store, closing(Database(path)) as database:
        store.write_many(article(number) for number in (1, 2))
        database.connection.execute("PRAGMA foreign_keys = OFF")
        columns = "article INTEGER PRIMARY KEY, fingerprint, shingles, sketch"
        as_damage_writes(database, "copy_texts_before", columns, "DELETE FROM {}")
        wait_for_conversion(
            database, (1, None, 100, whole), (2, "z" * 32, 100, whole + b"x"), (3, "0" * 32, 100, whole), (4, "", 1, 5)
        )
        database.connection.execute("PRAGMA foreign_keys = ON")
        store.copies.renew(MOST)
        assert "sketches damaged texts=2" in caplog.text
        assert [each.article for each in store.copies.candidates([7, 8], 9)] == [2]
        assert database.value("SELECT count(*) FROM copy_texts_before") == 0


def test_sketches_that_are_taken_over_are_packed_before_one_is_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sketches, "_LEAST", 100)
    path = tmp_path / "pressmark.sqlite"
    with ArticleStore.open(path) as store, closing(Database(path)) as database:
        database.connection.execute("PRAGMA foreign_keys = OFF")
        store.write_many(article(number) for number in range(1, 201))
        wait_for_conversion(database, *[(id, "0" * 32, 100, struct.pack("<Q", 7)) for id in range(1, 201)])
        store.copies.renew(MOST)
        assert len(sketches.having(database, [7])) == sketches.MOST_TEXTS


def test_the_sketches_of_an_older_store_find_copies_of_their_texts(tmp_path: Path) -> None:
    path = tmp_path / "pressmark.sqlite"
    held = article(url="https://a.example/1", body="\n\n".join(story(1)))
    hashes = [int(hash) for hash in shingles(held.body)]
    with ArticleStore.open(path) as store:
        store.write(held)
        sequence = store.sequence
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM meta WHERE key IN ('copies_recent', 'copies_packed')")
        packed = struct.pack(f"<{len(hashes)}Q", *hashes)
        row = (1, fingerprint(held), len(hashes), packed)
        connection.execute("INSERT INTO copy_texts_before VALUES (?, ?, ?, ?)", row)
        connection.execute("UPDATE meta SET value = ? WHERE key = 'copies'", (sequence,))
    with ArticleStore.open(path) as store:
        store.write(replace(held, url="https://b.example/1"))
        assert group_copies(store).changed == 1
        assert store.copies.group(1) == [1, 2]
        assert store.copies.knows(1, fingerprint(held))
    with closing(sqlite3.connect(path)) as connection:
        (before,) = connection.execute("SELECT count(*) FROM copy_texts_before").fetchone()
        (entries,) = connection.execute("SELECT count(*) FROM copy_recent WHERE article = 1").fetchone()
    assert (before, entries <= MOST) == (0, True)
