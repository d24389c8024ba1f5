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
