"""Texts are packed with a dictionary of the store's own, and read back as they were, whatever packed them."""

import random
import sqlite3
import zlib
from collections.abc import Sequence
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from corpus.store import ArticleStore
from corpus.store.articles import filing
from corpus.store.file import dictionaries
from corpus.store.file.bodies import pack, unpack
from corpus.store.file.dictionaries import trained
from tests.corpus.older import as_older
from tests.corpus.samples import article, visit
from tests.stores import copied, new_store
from tests.stores import made as made_store

STARTS, ENDS = "har wal sto que riv bar cou mar".split(), "bour ls rm ys er n cil ket".split()
WORDS = [f"{start}{end}" for start in STARTS for end in ENDS]


def number_of(body: bytes) -> int | None:
    """The number of the dictionary that a body was packed with; None when it is deflated."""
    is_zstd = body[:4] == zstandard.MAGIC_NUMBER.to_bytes(4, "little")
    return int(zstandard.get_frame_parameters(body).dict_id) if is_zstd else None


@cache
def story(number: int) -> str:
    chance = random.Random(number)
    return ". ".join(" ".join(chance.choices(WORDS, k=12)) for _ in range(12))


def url(number: int) -> str:
    return f"https://a.example/{number}"


def write(store: ArticleStore, count: int) -> None:
    store.write_many(
        article(url=url(number), headline=f"Headline {number}", body=story(number)) for number in range(count)
    )


def filled(path: Path, count: int) -> ArticleStore:
    store = new_store(path)
    write(store, count)
    return store


def rows(path: Path, statement: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    found = connection.execute(statement).fetchall()
    connection.close()
    return found


@cache
def compacted() -> Path:
    """A store of 1,100 texts that are packed with a dictionary, to be copied."""

    def fill(store: ArticleStore) -> None:
        write(store, 1100)
        store.compact()

    return made_store(fill)


@cache
def made() -> tuple[int, bytes]:
    found = trained(map(story, range(dictionaries.ENOUGH)))
    assert found is not None
    return found


def packed(path: Path) -> int:
    """The bytes of all bodies."""
    ((size,),) = rows(path, "SELECT sum(length(body)) FROM revisions")
    assert isinstance(size, int)
    return size


@given(st.text(max_size=300))
def test_a_text_is_read_as_it_was_packed(body: str) -> None:
    clean = body.replace("\0", "\ufffd")
    number, dictionary = made()
    assert unpack(pack(body)) == [clean]
    assert unpack(pack(body, dictionary=dictionary), {number: dictionary}) == [clean]
    assert unpack(pack(body, "", clean)) == [clean, "", clean]
    assert unpack(zlib.compress(clean.encode())) == [clean]
    assert (number_of(pack(body, dictionary=dictionary)) == number) or not body


def test_a_text_without_its_dictionary_is_damaged_and_says_so() -> None:
    number, dictionary = made()
    with pytest.raises(ValueError, match=f"dictionary {number} is missing"):
        unpack(pack(story(1), dictionary=dictionary))


def test_few_texts_make_no_dictionary() -> None:
    assert trained(map(story, range(dictionaries.ENOUGH - 1))) is None
    long = ["\n".join(map(story, range(at, at + 200))) for at in range(120)]
    assert sum(map(len, long)) > dictionaries.SAMPLED
    assert trained(long) is not None  # long texts need not be a thousand
    assert trained([""] * dictionaries.ENOUGH) is None


def test_a_store_trains_a_dictionary_by_itself_when_it_has_enough_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "TRAINED_AT", 1200)
    path = tmp_path / "pressmark.sqlite"
    with filled(path, 1500) as store:
        assert [one.article.body for one in store.every()] == [story(number) for number in range(1500)]
        assert list(store.damage.check(full=True)) == []
        store.write(article(url=url(2000), headline="After", body=story(2000)))
        after = store.by_url(url(2000))
        assert after is not None
        assert after.article.body == story(2000)
    assert rows(path, "SELECT count(DISTINCT number) FROM dictionary_pieces") == [(1,)]
    numbers = {number_of(body) for (body,) in rows(path, "SELECT body FROM revisions")}  # type: ignore[arg-type]
    assert len(numbers) == 2  # those stored before there was one have none


def test_a_dictionary_packs_the_texts_of_its_own_transaction_that_follow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "TRAINED_AT", 1050)
    path = tmp_path / "pressmark.sqlite"
    with ArticleStore.open(path) as store:
        store.record_many(visit(article(url=url(number), body=story(number))) for number in range(1100))
    ((last,),) = rows(path, "SELECT body FROM revisions WHERE article = 1100")
    assert rows(path, "SELECT DISTINCT number FROM dictionary_pieces") == [(number_of(last),)]  # type: ignore[arg-type]


def test_a_store_of_an_earlier_version_is_read_and_compacted(tmp_path: Path) -> None:
    path = tmp_path / "pressmark.sqlite"
    with filled(path, 1100) as store:
        store.write(article(url=url(1), headline="Headline 1", body=story(5000)))
    as_older(path)
    deflated = packed(path)
    with ArticleStore.open(path) as store:
        before = [(one.sequence, one.article.body) for one in store.every()]
        assert before[2][1] == story(2)
        size, shares = path.stat().st_size, list[float]()
        done = store.compact(shares.append)
        assert (done.texts, done.damaged, done.before) == (1101, 0, size)
        assert done.after == path.stat().st_size < size
        assert packed(path) < 0.8 * deflated
        assert shares == sorted(shares)
        assert shares[-1] == 1.0
        assert [(one.sequence, one.article.body) for one in store.every()] == before
        first = store.by_url(url(1))
        assert first is not None
        assert [one.body for one in store.revisions(first.id)] == [story(1), story(5000)]
        assert list(store.damage.check(full=True)) == []
        assert store.compact().texts == 0


def test_a_damaged_text_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "pressmark.sqlite"
    filled(path, 20).close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE revisions SET body = ? WHERE article = 3", (pack("Another text."),))
    connection.commit()
    connection.close()
    with ArticleStore.open(path) as store:
        assert store.compact().damaged == 1
        assert list(store.damage.articles()) == []  # nobody has read it yet
        assert len(list(store.every())) == 19
        assert list(store.damage.articles()) == [3]


def test_a_backup_holds_the_dictionary(tmp_path: Path) -> None:
    with copied(compacted(), tmp_path / "pressmark.sqlite") as store:
        store.backup(tmp_path / "copy.sqlite")
    with ArticleStore.open(tmp_path / "copy.sqlite", read_only=True) as copy:
        assert [one.article.body for one in copy.every()] == [story(number) for number in range(1100)]


def test_what_a_store_of_an_earlier_version_tells_is_the_same_after_compacting(tmp_path: Path) -> None:
    path = tmp_path / "pressmark.sqlite"
    items = [
        article(
            url=url(1), headline="One", standfirst="Of two", byline="By Li", body=story(1), facts={"body": "model"}
        ),
        article(url=url(2), headline="A citation", body="", facts={"headline": "of an export"}),
        article(url=url(3), headline="Gone", body=story(3)),
    ]
    with ArticleStore.open(path) as store:
        store.write_many(items)
        store.write(article(url=url(1), headline="One", standfirst="Of three", body=story(4), facts={"body": "rule"}))
        store.withdraw_by_hand(3, "asked for", at=items[0].fetched)
        told = [(store.article(id), store.revisions(id), list(store.heads([id]).values())) for id in (1, 2, 3)]
    as_older(path)
    assert rows(path, "SELECT headline, facts FROM articles WHERE id = 1") == [("One", '{"body": "rule"}')]
    for step in ("read", "compacted"):
        with ArticleStore.open(path) as store:
            if step == "compacted":
                assert store.compact().texts == 2
            assert [
                (store.article(id), store.revisions(id), list(store.heads([id]).values())) for id in (1, 2, 3)
            ] == told
            assert [one.article.facts for one in store.every()] == [{"body": "rule"}, {"headline": "of an export"}]
            assert list(store.damage.check(full=True)) == []
    assert rows(path, "SELECT headline, standfirst, facts FROM articles WHERE id = 1") == [(None, None, "{}")]


def test_texts_that_outgrew_their_dictionary_get_a_larger_one_and_the_old_one_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "pressmark.sqlite"
    monkeypatch.setattr(dictionaries, "SIZE", 4_000)
    monkeypatch.setattr(dictionaries, "SHARE", 1_000_000)
    with filled(path, 1100) as store:
        store.compact()
        monkeypatch.setattr(dictionaries, "SHARE", 10)
        (first,) = {number for (number,) in rows(path, "SELECT number FROM dictionary_pieces")}
        before = [one.article for one in store.every()]
        store.compact()
        (second,) = {number for (number,) in rows(path, "SELECT number FROM dictionary_pieces")}
        assert second != first
        assert [one.article for one in store.every()] == before
        assert {number_of(body) for (body,) in rows(path, "SELECT body FROM revisions")} == {second}  # type: ignore[arg-type]
        assert list(store.damage.check(full=True)) == []
        assert store.compact().texts == 0


def test_a_file_with_large_pages_gets_small_ones_when_no_one_else_has_it_open(tmp_path: Path) -> None:
    path = tmp_path / "pressmark.sqlite"
    filled(path, 60).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("VACUUM")  # and killed here: there is no write-ahead log
    with ArticleStore.open(path) as store:
        assert rows(path, "PRAGMA journal_mode") == [("wal",)]
        before = [one.article for one in store.every()]
        with ArticleStore.open(path) as other:
            assert next(other.every()).article == before[0]
            assert store.compact().page == 4096
        assert store.compact().page == 1024
        assert [one.article for one in store.every()] == before
        store.write(article(url=url(99), body=story(99)))
    assert rows(path, "PRAGMA journal_mode") == [("wal",)]
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]


def test_the_longest_text_is_read_with_as_many_addresses_as_a_text_may_have() -> None:
    longest, addresses = "ก" * 20_000_000, "a" * 20_000_000  # a file of 20 MB in an encoding of a byte a character
    assert [len(each) for each in unpack(pack(longest, addresses, level=1))] == [20_000_000, 20_000_000]


def test_a_dictionary_never_takes_the_number_of_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with copied(compacted(), tmp_path / "pressmark.sqlite") as store:
        held = rows(tmp_path / "pressmark.sqlite", "SELECT * FROM dictionary_pieces")
        monkeypatch.setattr(dictionaries, "SHARE", 1)
        monkeypatch.setattr(dictionaries, "LARGEST", 1 << 30)
        monkeypatch.setattr(dictionaries, "mended", lambda _: b"short")
        monkeypatch.setattr(dictionaries, "trained", lambda *_: (held[0][1], b"another"))
        store.compact()
        assert rows(tmp_path / "pressmark.sqlite", "SELECT * FROM dictionary_pieces") == held
        assert len(list(store.every())) == 1100


def test_others_write_while_a_larger_dictionary_is_trained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, trained = tmp_path / "pressmark.sqlite", dictionaries.trained
    with filled(path, 1100) as store, ArticleStore.open(path) as other:

        def meanwhile(texts: Sequence[str], size: int) -> tuple[int, bytes] | None:
            other.write(article(url=url(2000), body=story(2000)))
            return trained(texts, size)

        monkeypatch.setattr(dictionaries, "trained", meanwhile)
        assert store.compact().texts == 1101
        assert [one.article.body for one in store.every()] == [story(n) for n in (*range(1100), 2000)]
        assert list(store.damage.check(full=True)) == []
