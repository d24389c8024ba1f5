"""An article is found by its address through its mark, and a store of an earlier schema loses no row on the way."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from corpus.marks import mark
from corpus.model import Outcome
from corpus.store import ArticleStore
from corpus.store.file.digests import digest_bytes, hexadecimal
from tests.corpus.older import as_schema
from tests.corpus.samples import NOW, article

ONE, OTHER = "https://example.com/a/1", "https://example.com/a/2"


def test_an_address_whose_mark_another_has_is_found_by_its_longer_mark(tmp_path: Path) -> None:
    path = tmp_path / "pressmark.sqlite"
    with ArticleStore.open(path) as store:
        store.write(article(url=ONE, headline="One"))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE articles SET mark = ?", (mark(OTHER),))
    with ArticleStore.open(path) as store:
        assert store.by_url(OTHER) is None
        assert store.write(article(url=OTHER, headline="Other")) is Outcome.NEW
        found = store.by_url(OTHER)
        assert found is not None
        assert (found.mark, found.article.headline) == (mark(OTHER, length=7), "Other")
        assert store.write(article(url=OTHER, headline="Other")) is Outcome.UNCHANGED


def test_addresses_are_looked_up_in_the_index_of_marks(tmp_path: Path) -> None:
    path = tmp_path / "pressmark.sqlite"
    with ArticleStore.open(path) as store:
        store.write_many(article(url=f"https://example.com/{n}") for n in range(50))
        found = store.by_url("https://example.com/7")
        assert found is not None
        assert store.by_url("https://example.com/\ud800") is None
    with closing(sqlite3.connect(path)) as connection:
        sql = "EXPLAIN QUERY PLAN SELECT a.id FROM articles a WHERE a.mark BETWEEN ? AND ? AND a.url = ?"
        plan = " ".join(row[3] for row in connection.execute(sql, ("a", "b", "c")))
    assert "SEARCH a USING INDEX sqlite_autoindex_articles_1 (mark>? AND mark<?)" in plan


@pytest.mark.parametrize("version", [34, 35, 36])
def test_a_store_of_an_earlier_schema_says_what_it_said(tmp_path: Path, version: int) -> None:
    path = tmp_path / "pressmark.sqlite"
    with ArticleStore.open(path) as store:
        store.write_many(article(url=f"https://example.com/{n}", body=f"Text {n} of the paper.") for n in range(1, 31))
        store.write(article(url="https://example.com/3", body="Text 3, corrected."))
        store.withdraw_by_hand(9, "a reader wants it", at=NOW)
        told = [(store.article(id), store.revisions(id)) for id in range(1, 31)]
        facts = store.receipts.facts(range(1, 31))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE sqlite_sequence SET seq = 40 WHERE name = 'articles'")  # ten were deleted
        columns = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name"
        made = connection.execute(columns).fetchall()
    as_schema(path, version)
    with closing(sqlite3.connect(path)) as connection:
        assert "url TEXT NOT NULL UNIQUE" in str(connection.execute(columns).fetchall())
        assert connection.execute("SELECT typeof(fingerprint) FROM articles").fetchone() == ("text",)
    for step in ("opened", "compacted", "opened again"):
        with ArticleStore.open(path) as store:
            if step == "compacted":
                store.compact()
            assert [(store.article(id), store.revisions(id)) for id in range(1, 31)] == told
            assert store.receipts.facts(range(1, 31)) == facts
            assert list(store.damage.check(full=True)) == []
            third = store.by_url("https://example.com/3")
            assert third is not None
            assert store.unchanged(third.article)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute(columns).fetchall() == made
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("SELECT count(*) FROM revisions WHERE digest IS NULL").fetchone() == (0,)
    with ArticleStore.open(path) as store:
        store.write(article(url="https://example.com/new"))
        new = store.by_url("https://example.com/new")
        assert new is not None
        assert new.id == 41


def test_a_digest_is_read_in_either_form_and_damage_of_one_is_no_error() -> None:
    assert hexadecimal(digest_bytes("00ff")) == hexadecimal("00ff") == "00ff"
    assert (digest_bytes("no digest"), hexadecimal(7)) == (b"", "")
