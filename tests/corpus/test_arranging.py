"""The rows of texts are arranged so that they fill the pages of the file, and are the same texts as before."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from corpus.store import ArticleStore
from corpus.store.articles import arranging
from corpus.store.file import bodies, dictionaries
from tests.corpus.older import as_older
from tests.corpus.samples import article


@pytest.mark.parametrize("seed", range(5))
def test_each_row_is_there_once_and_few_bytes_stay_empty(seed: int) -> None:
    chance = random.Random(seed)
    sizes = [chance.randrange(110, 1_000) for _ in range(1_000)]
    order = arranging.arranged(sizes)
    assert sorted(order) == list(range(1_000))
    best = sum(sizes) / 1_016
    assert arranging.pages([sizes[at] for at in order]) < 1.1 * best < arranging.pages(sizes)


def test_no_rows_have_an_order() -> None:
    assert arranging.arranged([]) == []
    assert arranging.pages([]) == 0


def rowids(path: Path) -> list[tuple[int, int]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT rowid, article FROM revisions ORDER BY rowid").fetchall()


def test_a_compacted_store_has_the_same_texts_in_fewer_pages_and_is_left_alone_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, chance = tmp_path / "pressmark.sqlite", random.Random(3)
    monkeypatch.setattr(bodies, "DENSEST", 3)  # the densest takes twenty times as long, and is no matter of the order
    monkeypatch.setattr(arranging, "_WINDOW", 300)
    texts = {n: "".join(chance.choices("abcdefghij klmnop", k=chance.randrange(500, 9_000))) for n in range(1, 700)}
    with ArticleStore.open(path) as store:
        store.write_many(article(n, body=body) for n, body in texts.items())
        with monkeypatch.context() as patched:
            patched.setattr("corpus.store.articles.compacting.arrange", lambda database: None)
            before = store.compact().after
        after = store.compact().after
        assert after < 0.97 * before
        assert {one.id: one.article.body for one in store.every()} == texts
        assert all(revision.body == texts[7] for revision in store.revisions(7))
        assert list(store.damage.check(full=True)) == []
        arranged = rowids(path)
        assert [id for _, id in arranged] != sorted(texts)
        store.compact()
        assert rowids(path) == arranged


def test_a_dictionary_is_trained_on_the_newest_articles_wherever_their_rows_stand(tmp_path: Path) -> None:
    path, chance = tmp_path / "pressmark.sqlite", random.Random(4)
    words = ["".join(chance.choices("abcdefghijklmnop", k=7)) for _ in range(400)]
    with ArticleStore.open(path) as store:
        store.write_many(
            article(n, body=" ".join(chance.choices(words, k=60))) for n in range(1, dictionaries.ENOUGH + 1)
        )
    as_older(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        before = dictionaries.with_dictionary(connection)
        connection.execute("DELETE FROM dictionary_pieces")
        connection.execute("UPDATE revisions SET rowid = 1000000 - rowid")
        assert before == dictionaries.with_dictionary(connection) != b""
