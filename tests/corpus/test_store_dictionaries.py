"""A dictionary outlives the loss of pieces of it, is mended from the others, and is told where it cannot be."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import StoreDamaged
from corpus.model import Outcome
from corpus.store import ArticleStore
from corpus.store.file import dictionaries as dictionaries_module
from corpus.store.file import pieces
from corpus.store.file.bodies import number_of
from corpus.store.file.dictionaries import add, dictionaries, mended
from tests.corpus.older import as_schema
from tests.corpus.samples import article, visit
from tests.corpus.test_store_bodies import compacted, rows, story
from tests.stores import copied

LAST = 40_000  # the number of a dictionary that comes behind the others
HELD = "SELECT * FROM dictionary_pieces ORDER BY id"


@pytest.mark.parametrize("size", [1, pieces.PIECE, pieces.PIECE + 1, 20_000, 153_601])
def test_any_two_pieces_and_a_row_of_them_may_be_lost(size: int) -> None:
    chance = random.Random(size)
    content = chance.randbytes(size)
    made = dict(enumerate(pieces.pieces(content)))
    assert len(made) == pieces.total(size)
    for _ in range(50):
        lost = chance.sample(sorted(made), 2)
        assert pieces.joined({place: made[place] for place in made if place not in lost}, size) == content
    side = next(n for n in range(1, 99) if n * n * pieces.PIECE >= size)
    for first in range(len(made) - side):
        left = {place: piece for place, piece in made.items() if not first <= place < first + side}
        assert pieces.joined(left, size) == content
    assert pieces.joined({}, size) is None


def changed(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql)


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE dictionary_pieces SET piece = zeroblob(960) WHERE place IN (1, 2, 9)",
        "UPDATE dictionary_pieces SET piece = x'00' WHERE place = 3",
        "UPDATE dictionary_pieces SET size = 1 WHERE place = 0",
        "DELETE FROM dictionary_pieces WHERE place = 4",
        "DELETE FROM dictionary_pieces WHERE place = (SELECT max(place) FROM dictionary_pieces)",
    ],
)
def test_lost_pieces_are_told_and_written_anew(tmp_path: Path, harm: str) -> None:
    path = tmp_path / "pressmark.sqlite"
    copied(compacted(), path).close()
    before = rows(path, HELD)
    changed(path, harm)
    with ArticleStore.open(path) as store:
        assert [one.article.body for one in store.every()] == [story(number) for number in range(1100)]
        (named,) = store.damage.check(full=False)
        assert "a part of it is damaged; `pressmark check --mend`" in named
        store.compact()
        assert list(store.damage.check(full=True)) == []
    assert rows(path, HELD) == before


def test_visits_are_packed_with_the_last_dictionary_which_is_read_once_until_another_is_stored(tmp_path: Path) -> None:
    path = tmp_path / "pressmark.sqlite"
    copied(compacted(), path).close()
    asked: list[str] = []
    with ArticleStore.open(path) as store:
        store._database.connection.set_trace_callback(asked.append)
        ((first, content),) = dictionaries(store._database.connection).items()
        used = []
        for number, is_added in enumerate((False, False, True, False)):
            if is_added:
                with closing(sqlite3.connect(path)) as connection, connection:
                    add(connection, LAST, content[:4] + LAST.to_bytes(4, "little") + content[8:])
            asked.clear()
            read = article(90_000 + number, body=f"{number}: {story(number)}")
            assert store.record_many([visit(read)]) == [Outcome.NEW]
            reads = sum("piece, checksum" in sql for sql in asked)
            used.append((reads, number_of(store._database.value("SELECT body FROM revisions ORDER BY article DESC"))))
    assert used == [(1, first), (0, first), (1, LAST), (0, LAST)]


@pytest.mark.parametrize("moved", ["place + 20", "place + 1000", "place - 3"])
def test_a_piece_whose_place_is_damaged_harms_no_other_dictionary(tmp_path: Path, moved: str) -> None:
    path = tmp_path / "pressmark.sqlite"
    copied(compacted(), path).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        add(connection, LAST, random.Random(1).randbytes(30_000))
    before = rows(path, HELD)
    changed(path, f"UPDATE dictionary_pieces SET place = {moved} WHERE number = {LAST} AND place = 6")
    with closing(sqlite3.connect(path)) as connection, connection:
        mended(connection)
    assert rows(path, HELD) == before


def test_a_dictionary_of_which_too_much_is_lost_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "pressmark.sqlite"
    copied(compacted(), path).close()
    changed(path, "UPDATE dictionary_pieces SET piece = zeroblob(960)")
    before = rows(path, HELD)
    with ArticleStore.open(path) as store:
        assert list(store.every()) == []
        assert len(store.damage.articles()) == 1100
        named, *_ = store.damage.check(full=True)
        assert "too many parts of it are damaged" in named
        store.compact()
    assert rows(path, HELD)[: len(before)] == before


def name_and_read(store: ArticleStore, source: str) -> None:
    with store._database.writing() as connection:
        connection.execute("INSERT INTO sources (name) VALUES (?)", (source,))
        dictionaries(connection)


def test_a_page_of_the_file_that_is_lost_takes_one_piece(tmp_path: Path) -> None:
    path = tmp_path / "pressmark.sqlite"
    copied(compacted(), path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        ((piece,),) = connection.execute("SELECT piece FROM dictionary_pieces WHERE place = 5").fetchall()
    held = path.read_bytes()
    page = held.index(piece) // 1024 * 1024
    path.write_bytes(held[:page] + random.Random(1).randbytes(1024) + held[page + 1024 :])
    with ArticleStore.open(path) as store:
        assert [one.article.body for one in store.every()] == [story(number) for number in range(1100)]
        with pytest.raises(StoreDamaged, match="malformed"):
            name_and_read(store, "written before")
        assert "written before" not in str(rows(path, "SELECT name FROM sources"))


def lose_pages(path: Path, lost: str) -> None:
    """Fill pages of the file with anything: with pieces of the dictionary, or the page that leads to a table."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        contents = [piece for (piece,) in connection.execute("SELECT piece FROM dictionary_pieces ORDER BY id")]
        roots = dict(connection.execute("SELECT name, rootpage FROM sqlite_schema WHERE type = 'table'").fetchall())
    held = path.read_bytes()
    pages = [held.index(piece) // 1024 for piece in contents]
    chosen = {"two": pages[5:7], "most": pages[1:-1]}.get(lost) or [roots[lost] - 1]
    for page in chosen:
        held = held[: page * 1024] + random.Random(page).randbytes(1024) + held[(page + 1) * 1024 :]
    path.write_bytes(held)


@pytest.mark.parametrize("lost", ["two", "dictionaries", "dictionary_pieces", "most"])
def test_lost_pages_are_told_and_the_tables_that_had_them_stand_on_new_ones(tmp_path: Path, lost: str) -> None:
    path = tmp_path / "pressmark.sqlite"
    copied(compacted(), path).close()
    lose_pages(path, lost)
    table = lost if lost == "dictionaries" else "dictionary_pieces"
    with ArticleStore.open(path) as store:
        named = list(store.damage.check(full=False))
        assert any(f"{table}: a page of this table cannot be read" in line for line in named), named
        assert f"the table {table} stands on new pages" in store.damage.remake_dictionaries()
        assert store.damage.remake_indexes() is None  # it is whole
        assert store.damage.remake_dictionaries() == []
        texts = [one.article.body for one in store.every()]
        assert texts == ([] if lost == "most" else [story(number) for number in range(1100)])
        assert len(store.damage.articles()) == (1100 if lost == "most" else 0)
        store.write(article(url="https://a.example/7", headline="Headline 7", body=story(7)))  # as from its capture
        assert store.by_url("https://a.example/7") is not None
        assert len(store.damage.articles()) == (1099 if lost == "most" else 0)


def test_an_older_dictionary_with_a_lost_page_is_put_back_from_its_other_copy(tmp_path: Path) -> None:
    path = tmp_path / "pressmark.sqlite"
    copied(compacted(), path).close()
    as_schema(path, 36)
    ArticleStore.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        (content,) = connection.execute("SELECT content FROM dictionaries WHERE copy = 1").fetchone()
    held = path.read_bytes()
    lost = held.index(content[len(content) // 2 :][:200]) // size * size
    path.write_bytes(held[:lost] + random.Random(1).randbytes(size) + held[lost + size :])
    with ArticleStore.open(path) as store:
        assert "the table dictionaries stands on new pages" in store.damage.remake_dictionaries()
    with ArticleStore.open(path) as store:  # which knows nothing of what was read before
        assert [one.article.body for one in store.every()] == [story(number) for number in range(1100)]
        assert list(store.damage.check(full=False)) == []


def test_a_lost_dictionary_is_looked_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, looked = tmp_path / "pressmark.sqlite", list[sqlite3.Connection]()
    copied(compacted(), path).close()
    changed(path, "UPDATE dictionary_pieces SET piece = zeroblob(960)")

    def noted(connection: sqlite3.Connection) -> dict[int, bytes]:
        looked.append(connection)
        return dictionaries(connection)

    monkeypatch.setattr(dictionaries_module, "dictionaries", noted)
    with ArticleStore.open(path) as store:
        assert list(store.every()) == []
        assert len(looked) <= 3  # one for each page of articles, as what is found damaged is written between them


@pytest.mark.parametrize("lost", ["copy = 1", "copy = 2", "copy > 0"])
def test_either_copy_of_an_older_dictionary_is_enough_until_compacting_cuts_it(tmp_path: Path, lost: str) -> None:
    path = tmp_path / "pressmark.sqlite"
    copied(compacted(), path).close()
    with closing(sqlite3.connect(path)) as connection:
        before = dictionaries(connection)
    as_schema(path, 36)
    changed(path, f"UPDATE dictionaries SET content = zeroblob(length(content)) WHERE {lost}")
    with ArticleStore.open(path) as store:
        read = len(list(store.every()))
        assert read == (0 if lost == "copy > 0" else 1100)
        assert len(store.damage.articles()) == 1100 - read
        assert next(store.damage.check(full=False)).startswith("dictionary ")
        store.compact()
        with closing(sqlite3.connect(path)) as connection:
            assert dictionaries(connection) == (before if read else {})
    assert rows(path, "SELECT count(*) FROM dictionaries") == [(0 if read else 2,)]
