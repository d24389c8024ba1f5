"""Hashes are found whether they are rows or packed; what has no sketch any more is gone with the next packing."""

import random
import sqlite3
import struct
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.copies.grouping import group_copies
from corpus.copies.shingles import MOST, shingles
from corpus.store import ArticleStore
from corpus.store.articles import sketch_pages, sketches
from corpus.store.file.database import Database
from corpus.store.file.rows import fingerprint
from tests.corpus.copies.texts import story
from tests.corpus.samples import article


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(Database(tmp_path / "pressmark.sqlite")) as opened:
        opened.connection.execute("PRAGMA foreign_keys = OFF")
        yield opened


def fill(database: Database, known: dict[int, list[int]]) -> None:
    with database.writing() as connection:
        for id, sketch in known.items():
            connection.execute("INSERT OR REPLACE INTO copy_texts VALUES (?, 1, 100)", (id,))
            sketches.add(connection, id, sketch)


def shared(known: dict[int, list[int]], sketch: list[int]) -> Counter[int]:
    return Counter(id for id, held in known.items() for hash in held if hash in sketch)


@pytest.mark.parametrize("bits", [12, 22, 32])
@pytest.mark.parametrize("largest", [200, 70_000, 1 << 40])
def test_rows_and_pages_find_what_was_stored(database: Database, bits: int, largest: int) -> None:
    chance = random.Random(bits * largest)
    known: dict[int, list[int]] = {}
    for _ in range(3):  # packed, packed again with what came since, and rows beside
        new = {chance.randrange(1, largest): chance.sample(range(1 << bits), 20) for _ in range(60)}
        new = {id: sketch for id, sketch in new.items() if id not in known}
        fill(database, new)
        known |= new
        for sketch in [chance.sample(range(1 << bits), 20), *chance.sample(list(known.values()), 20)]:
            assert Counter(sketches.having(database, sketch)) == shared(known, sketch)
        sketch_pages.pack(database)
        assert database.value("SELECT count(*) FROM copy_recent") == 0
        for sketch in known.values():
            assert Counter(sketches.having(database, sketch)) == shared(known, sketch)


def test_a_large_store_is_packed_in_pieces(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sketch_pages, "_SLICE", 300)
    monkeypatch.setattr(sketch_pages, "_PAGES", 3)
    chance = random.Random(5)
    known: dict[int, list[int]] = {}
    for start in (1, 300, 600):
        new = {id: chance.sample(range(1 << 32), 16) for id in range(start, start + 300)}
        fill(database, new)
        known |= new
        sketch_pages.pack(database)
        for sketch in known.values():
            assert Counter(sketches.having(database, sketch)) == shared(known, sketch)
    assert database.value("SELECT value FROM meta WHERE key = 'copies_packed'") == 900 * 16


def test_what_lost_its_sketch_is_gone_when_it_is_packed_next(database: Database) -> None:
    known = {1: [7, 8, 9], 2: [8, 9, 10]}
    fill(database, known)
    sketch_pages.pack(database)
    database.connection.execute("DELETE FROM copy_texts WHERE article = 2")
    sketch_pages.pack(database)
    assert sorted(sketches.having(database, [7, 8, 9, 10])) == [1, 1, 1]


def test_an_article_that_is_taken_away_is_in_no_row_and_no_page(database: Database) -> None:
    fill(database, {1: [7, 8, 9], 257: [8, 9, 10]})
    sketch_pages.pack(database)
    fill(database, {257: [11]})
    with database.writing() as connection:
        sketch_pages.take_away(connection, 257)
    assert sorted(sketches.having(database, [7, 8, 9, 10, 11])) == [1, 1, 1]


def test_a_hash_of_a_thousand_texts_finds_a_few_of_them(database: Database) -> None:
    for start in (1, 500):
        fill(database, {id: [7, id + 1_000] for id in range(start, start + 500)})
        sketch_pages.pack(database)
    assert len(sketches.having(database, [7])) == sketches.MOST_TEXTS
    assert sketches.having(database, [1_700]) == [700]


@pytest.mark.parametrize("page", [b"", b"\0\0abc", b"\x02\x01abcd", b"\xff\xffabcd"])
def test_a_damaged_page_finds_nothing_and_is_gone_when_it_is_packed_next(database: Database, page: bytes) -> None:
    fill(database, {1: [7, 8]})
    sketch_pages.pack(database)
    database.connection.execute("UPDATE copy_pages SET entries = ?", (page,))
    assert sketches.having(database, [7, 8]) == []
    fill(database, {2: [7]})
    sketch_pages.pack(database)
    assert sketches.having(database, [7, 8]) == [2]


@pytest.mark.parametrize("column", ["entries", "first"])
def test_pages_that_are_lost_to_damage_are_counted(
    database: Database, column: str, caplog: pytest.LogCaptureFixture
) -> None:
    fill(database, {1: [7, 8]})
    sketch_pages.pack(database)
    database.connection.execute(f"UPDATE copy_pages SET {column} = ?", (b"x" if column == "entries" else -31_807,))
    with database.writing() as connection:
        sketch_pages.take_away(connection, 2)
    sketch_pages.pack(database)
    assert "sketches damaged pages=1" in caplog.text
    assert database.value("SELECT count(*) FROM copy_pages") == 0
    caplog.clear()
    sketch_pages.pack(database)
    assert caplog.text == ""


def test_values_that_no_sketch_has_end_nothing(database: Database) -> None:
    fill(database, {1: [7, 8], 2: [7, 9]})
    sketch_pages.pack(database)
    fill(database, {3: [7]})
    as_damage_writes(database, "copy_pages", "first INTEGER PRIMARY KEY, entries", "UPDATE {} SET entries = NULL")
    as_damage_writes(
        database,
        "copy_recent",
        "hash, article",
        "INSERT INTO {} VALUES (7, NULL), (7, 'x'), (7, -3), ('x', 1), (8589934592, 1)",
    )
    assert sketches.having(database, [7, 8]) == [3]
    sketch_pages.pack(database)
    assert sketches.having(database, [7, 8]) == [3]


def as_damage_writes(database: Database, table: str, columns: str, change: str) -> None:
    """Change a table in a way that its declaration does not allow."""
    run = database.connection.execute
    run(f"CREATE TABLE other ({columns})")
    run(f"INSERT INTO other SELECT * FROM {table}")
    run(f"DROP TABLE {table}")
    run(f"ALTER TABLE other RENAME TO {table}")
    run(change.format(table))


def test_texts_that_are_gone_leave_the_places_of_a_hash_to_others(database: Database) -> None:
    fill(database, {id: [7] for id in range(1, 65)})
    sketch_pages.pack(database)
    database.connection.execute("DELETE FROM copy_texts")
    fill(database, {id: [7] for id in range(100, 110)})
    sketch_pages.pack(database)
    assert sketches.having(database, [7]) == [*range(100, 110)]


def test_only_pages_that_have_the_article_are_written_anew_when_it_is_taken_away(database: Database) -> None:
    fill(database, {id: random.Random(id).sample(range(1 << 32), 16) for id in range(1, 1_001)})
    sketch_pages.pack(database)
    before = database.connection.total_changes
    with database.writing() as connection:
        sketch_pages.take_away(connection, 1)
    assert 17 <= database.connection.total_changes - before <= 2 * 16 + 1  # pages taken out and put in, and a row
    assert database.value("SELECT count(*) FROM copy_pages") > 100


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
