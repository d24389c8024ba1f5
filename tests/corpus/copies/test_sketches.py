"""Hashes are found whether they are rows or packed; what has no sketch any more is gone with the next packing."""

import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus.copies import grouping
from corpus.store import ArticleStore
from corpus.store.file.database import Database
from corpus.store.sketches import finding, packing
from corpus.store.sketches.finding import Sketches
from corpus.store.sketches.form import MOST_TEXTS
from tests.corpus.copies.texts import story
from tests.corpus.samples import article


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(Database(tmp_path / "pressmark.sqlite")) as opened:
        opened.connection.execute("PRAGMA foreign_keys = OFF")
        yield opened


def fill(database: Database, known: dict[int, list[int]]) -> None:
    sketches = Sketches(database)
    with database.writing() as connection:
        sketches.begin(connection)
        for id, sketch in known.items():
            connection.execute("INSERT OR REPLACE INTO copy_texts VALUES (?, 1, 100, 0)", (id,))
            sketches.look_for([sketch])
            sketches.add(connection, id, sketch)
        sketches.end(connection)


def having(database: Database, sketch: list[int]) -> list[int]:
    sketches = Sketches(database)
    with database.writing() as connection:
        sketches.begin(connection)
        return [article for articles in sketches.having(sketch) for article in articles]


def shared(known: dict[int, list[int]], sketch: list[int]) -> Counter[int]:
    wanted = frozenset(sketch)
    return Counter(id for id, held in known.items() for hash in held if hash in wanted)


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
            assert Counter(having(database, sketch)) == shared(known, sketch)
        packing.pack(database)
        assert database.value("SELECT count(*) FROM copy_waiting") == 0
        for sketch in known.values():
            assert Counter(having(database, sketch)) == shared(known, sketch)


def test_a_large_store_is_packed_in_pieces(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "_SLICE", 300)
    monkeypatch.setattr(packing, "_PAGES", 3)
    chance = random.Random(5)
    known: dict[int, list[int]] = {}
    for start in (1, 300, 600):
        new = {id: chance.sample(range(1 << 32), 16) for id in range(start, start + 300)}
        fill(database, new)
        known |= new
        packing.pack(database)
        for sketch in [*known.values()][::4]:  # some of each piece, and of each page
            assert Counter(having(database, sketch)) == shared(known, sketch)
    assert database.value("SELECT value FROM meta WHERE key = 'copies_packed'") == 900 * 16


def test_what_lost_its_sketch_is_gone_when_it_is_packed_next(database: Database) -> None:
    known = {1: [7, 8, 9], 2: [8, 9, 10]}
    fill(database, known)
    packing.pack(database)
    database.connection.execute("DELETE FROM copy_texts WHERE article = 2")
    packing.pack(database)
    assert sorted(having(database, [7, 8, 9, 10])) == [1, 1, 1]


def test_an_article_that_is_taken_away_is_in_no_row_and_no_page(database: Database) -> None:
    fill(database, {1: [7, 8, 9], 257: [8, 9, 10]})
    packing.pack(database)
    fill(database, {257: [11]})
    with database.writing() as connection:
        packing.take_away(connection, 257)
    assert sorted(having(database, [7, 8, 9, 10, 11])) == [1, 1, 1]


def test_a_hash_of_a_thousand_texts_finds_a_few_of_them(database: Database) -> None:
    for start in (1, 500):
        fill(database, {id: [7, id + 1_000] for id in range(start, start + 500)})
        packing.pack(database)
    assert len(having(database, [7])) == MOST_TEXTS
    assert having(database, [1_700]) == [700]


@pytest.mark.parametrize("page", [b"", b"\0\0abc", b"\x02\x01abcd", b"\xff\xffabcd"])
def test_a_damaged_page_finds_nothing_and_is_gone_when_it_is_packed_next(database: Database, page: bytes) -> None:
    fill(database, {1: [7, 8]})
    packing.pack(database)
    database.connection.execute("UPDATE copy_pages SET entries = ?", (page,))
    assert having(database, [7, 8]) == []
    fill(database, {2: [7]})
    packing.pack(database)
    assert having(database, [7, 8]) == [2]


@pytest.mark.parametrize("column", ["entries", "first"])
def test_pages_that_are_lost_to_damage_are_counted(
    database: Database, column: str, caplog: pytest.LogCaptureFixture
) -> None:
    fill(database, {1: [7, 8]})
    packing.pack(database)
    database.connection.execute(f"UPDATE copy_pages SET {column} = ?", (b"x" if column == "entries" else -31_807,))
    with database.writing() as connection:
        packing.take_away(connection, 2)
    packing.pack(database)
    assert "sketches damaged pages=1" in caplog.text
    assert database.value("SELECT count(*) FROM copy_pages") == 0
    caplog.clear()
    packing.pack(database)
    assert caplog.text == ""


def test_values_that_no_sketch_has_end_nothing(database: Database) -> None:
    fill(database, {1: [7, 8], 2: [7, 9]})
    packing.pack(database)
    fill(database, {3: [7]})
    as_damage_writes(database, "copy_pages", "first INTEGER PRIMARY KEY, entries", "UPDATE {} SET entries = NULL")
    as_damage_writes(
        database,
        "copy_waiting",
        "article, hashes",
        "INSERT INTO {} VALUES (NULL, x'00000007'), ('x', x'00000007'), (-3, x'00000007'), (1, 'x'), (1, x'07')",
    )
    assert having(database, [7, 8]) == [3]
    packing.pack(database)
    assert having(database, [7, 8]) == [3]


def test_rows_are_packed_while_texts_are_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "_LEAST", 50)
    monkeypatch.setattr(grouping, "READ", 2)
    with ArticleStore.open(tmp_path / "pressmark.sqlite") as store, closing(sqlite3.connect(store.path)) as beside:
        store.write_many(article(number, body="\n\n".join(story(number))) for number in range(1, 101))
        beside.execute("CREATE TABLE packed (entries)")
        beside.execute(
            "CREATE TRIGGER packing AFTER UPDATE ON meta WHEN NEW.key = 'copies_packed'"
            " BEGIN INSERT INTO packed VALUES (NEW.value); END"
        )
        grouping.group_copies(store)
        packed = [row[0] for row in beside.execute("SELECT entries FROM packed")]
    assert len(packed) > 3
    assert packed[0] < 400 < 1_000 < packed[-1]


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
    packing.pack(database)
    database.connection.execute("DELETE FROM copy_texts")
    fill(database, {id: [7] for id in range(100, 110)})
    packing.pack(database)
    assert having(database, [7]) == [*range(100, 110)]


def test_only_pages_that_have_the_article_are_written_anew_when_it_is_taken_away(database: Database) -> None:
    fill(database, {id: random.Random(id).sample(range(1 << 32), 16) for id in range(1, 1_001)})
    packing.pack(database)
    before = database.connection.total_changes
    with database.writing() as connection:
        packing.take_away(connection, 1)
    assert (
        17 <= database.connection.total_changes - before <= 2 * 16 + 2
    )  # pages taken out and put in, a row and the turn
    assert database.value("SELECT count(*) FROM copy_pages") > 100
