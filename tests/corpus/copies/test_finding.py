"""What shares hashes with a sketch is found whoever stored it, wherever it stands, and whatever was cut short."""

import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path

import pytest

from corpus.store.file.database import Database
from corpus.store.sketches import finding, packing, waiting
from corpus.store.sketches.finding import Sketches
from tests.corpus.copies.test_sketches import fill, having, shared


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(Database(tmp_path / "pressmark.sqlite")) as opened:
        opened.connection.execute("PRAGMA foreign_keys = OFF")
        yield opened


def found(sketches: Sketches, database: Database, sketch: list[int]) -> Counter[int]:
    with database.writing() as connection:
        sketches.begin(connection)
        return Counter(chain.from_iterable(sketches.having(sketch)))


def test_many_texts_are_found_as_few_are(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "_LEAST", 100)
    monkeypatch.setattr(finding, "_MOST", 1_500)
    monkeypatch.setattr(waiting, "_MOST_NEW", 60)
    monkeypatch.setattr(waiting, "_MOST_RUNS", 2)
    chance, known = random.Random(2), dict[int, list[int]]()
    fill(database, {5_000 + id: chance.sample(range(1 << 32), 16) for id in range(60)})
    packing.pack(database)
    sketches = Sketches(database)
    sketches.expect(4_000)
    for start in range(1, 401, 4):
        new = {id: chance.sample([*range(0, 1 << 32, 1 << 20)], 16) for id in range(start, start + 4)}
        with database.writing() as connection:
            sketches.begin(connection)
            sketches.look_for(new.values())
            for id, sketch in new.items():
                assert Counter(chain.from_iterable(sketches.having(sketch))) == shared(known, sketch)
                connection.execute("INSERT INTO copy_texts VALUES (?, 1, 100, 0)", (id,))
                sketches.add(connection, id, sketch)
                known[id] = sketch
            sketches.end(connection)
        sketches.settle(more_to_come=True)
    assert database.value("SELECT value FROM meta WHERE key = 'copies_packed'") > 400
    for sketch in known.values():
        assert Counter(having(database, sketch)) == shared(known, sketch)


def test_what_another_process_stored_packed_or_took_away_is_seen(database: Database) -> None:
    sketches = Sketches(database)
    fill(database, {1: [7, 8]})
    sketches.expect(100)
    assert found(sketches, database, [7, 8, 9]) == {1: 2}
    with closing(Database(database.path)) as other:
        other.connection.execute("PRAGMA foreign_keys = OFF")
        fill(other, {2: [8, 9]})
        assert found(sketches, database, [7, 8, 9]) == {1: 2, 2: 2}
        packing.pack(other)
        fill(other, {3: [9]})
        assert found(sketches, database, [7, 8, 9]) == {1: 2, 2: 2, 3: 1}
        with other.writing() as connection:
            packing.take_away(connection, 1)
    assert found(sketches, database, [7, 8, 9]) == {2: 2, 3: 1}


def test_what_a_transaction_took_back_is_found_no_more(database: Database) -> None:
    sketches = Sketches(database)
    fill(database, {1: [7, 8]})
    database.connection.execute("BEGIN")
    sketches.begin(database.connection)
    sketches.add(database.connection, 2, [7])
    database.connection.execute("ROLLBACK")
    assert found(sketches, database, [7, 8]) == {1: 2}


def test_what_was_packed_and_still_waits_counts_once(database: Database) -> None:
    fill(database, {1: [7, 8]})
    rows = database.rows("SELECT article, hashes FROM copy_waiting")
    packing.pack(database)
    database.connection.executemany(
        "INSERT INTO copy_waiting VALUES (?, ?)", map(tuple, rows)
    )  # as after a kill amid it
    assert having(database, [7, 8]) == [1, 1]
    packing.pack(database)
    assert having(database, [7, 8]) == [1, 1]


def test_what_comes_or_goes_while_it_is_packed_is_as_if_it_came_or_went_before(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(database, {id: [id, 1_000 + id] for id in range(1, 11)})
    read, times = packing._read, []

    def read_before_another(connection: sqlite3.Connection) -> packing._State:
        state = read(connection)
        times.append(1)
        if len(times) == 1:
            with closing(Database(database.path)) as other:
                other.connection.execute("PRAGMA foreign_keys = OFF")
                fill(other, {11: [11]})
                with other.writing() as beside:
                    packing.take_away(beside, 1)
        return state

    monkeypatch.setattr(packing, "_read", read_before_another)
    packing.pack(database)
    assert [having(database, [hash]) for hash in (1, 2, 1_001, 11)] == [[], [2], [], [11]]
    assert database.value("SELECT count(*) FROM copy_waiting") == 0
