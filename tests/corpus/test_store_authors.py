from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.model import Author
from corpus.store import ArticleStore
from tests.corpus.samples import ANA, LATER, LI, article
from tests.stores import new_store

A_PEREZ = Author("A. Pérez", "a-perez")
ANA_PLAIN = Author("Ana Perez", "ana-perez")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ArticleStore]:
    with new_store(tmp_path / "pressmark.sqlite") as opened:
        opened.write_many(
            [
                article(1),
                article(2),
                article(3, authors=(ANA_PLAIN, LI)),
                article(4, authors=(A_PEREZ,)),
                article(5, authors=()),
            ]
        )
        yield opened


def counts(store: ArticleStore, **asked: Any) -> dict[str, int]:
    return {each.author.key: each.articles for each in store.authors.counts(**asked)}


def test_a_key_is_labelled_with_the_name_printed_most_often(store: ArticleStore):
    assert store.authors.labels(["ana-perez", "li-wei", "nobody"]) == {"ana-perez": ANA, "li-wei": LI}


def test_authors_are_counted_by_key(store: ArticleStore):
    assert counts(store) == {"a-perez": 1, "ana-perez": 3, "li-wei": 1}
    assert counts(store, prefix="a") == {"a-perez": 1, "ana-perez": 3}
    assert counts(store, limit=1, offset=1) == {"ana-perez": 3}


def test_authors_are_found_by_any_word_of_their_names_those_that_begin_with_it_first(store: ArticleStore):
    store.write(article(6, authors=(Author("Ana Li", "ana-li"),)))
    assert list(counts(store, prefix="li")) == ["li-wei", "ana-li"]
    assert list(counts(store, prefix="w")) == ["li-wei"]
    assert list(counts(store, prefix="ana-l")) == ["ana-li"]
    assert counts(store, prefix="ei") == {}
    assert list(counts(store, prefix="li", limit=1, offset=1)) == ["ana-li"]


def test_a_changed_or_withdrawn_byline_is_counted_no_more(store: ArticleStore):
    store.write(article(1, authors=(LI,)))
    store.withdraw(4, "gone")
    assert counts(store) == {"ana-perez": 2, "li-wei": 2}


def test_a_merge_gives_the_articles_concerned_a_new_sequence(store: ArticleStore):
    before = store.sequence
    assert store.authors.merge(["a-perez"], "ana-perez", "same desk", at=LATER) == 1
    assert store.authors.aliases() == {"a-perez": "ana-perez"}
    assert [change.id for change in store.changes(before, 9)] == [4]
    assert counts(store) == {"ana-perez": 4, "li-wei": 1}
    assert store.article(4).article.authors == (A_PEREZ,)
    (alias,) = store.authors.alias_rows()
    assert (alias.evidence, alias.made) == ("same desk", LATER)


def test_a_merge_is_undone_as_if_it_had_never_been(store: ArticleStore):
    counted = counts(store)
    store.authors.merge(["a-perez"], "ana-perez", "same desk")
    before = store.sequence
    assert store.authors.split("a-perez") == 1
    assert [change.id for change in store.changes(before, 9)] == [4]
    assert (store.authors.aliases(), counts(store)) == ({}, counted)
    assert store.authors.split("a-perez") == 0


def test_merges_follow_each_other_and_come_apart_again(store: ArticleStore):
    store.authors.merge(["a-perez"], "ana-perez", "first")
    store.authors.merge(["ana-perez"], "li-wei", "second")
    assert store.authors.aliases() == {"a-perez": "li-wei", "ana-perez": "li-wei"}
    store.authors.split("ana-perez")
    assert store.authors.aliases() == {"a-perez": "ana-perez"}


def test_a_circle_of_aliases_cannot_be_made(store: ArticleStore):
    store.authors.merge(["a-perez"], "ana-perez", "first")
    assert store.authors.merge(["ana-perez"], "a-perez", "back") == 0
    assert store.authors.merge(["ana-perez"], "ana-perez", "itself") == 0
    assert store.authors.merge(["a-perez"], "ana-perez", "again") == 0
    assert store.authors.aliases() == {"a-perez": "ana-perez"}


def test_a_key_without_names_of_its_own_is_labelled_by_its_aliases(store: ArticleStore):
    store.authors.merge(["a-perez", "ana-perez"], "ana-maria-perez", "same desk")
    assert store.authors.labels(["ana-maria-perez"]) == {"ana-maria-perez": Author("Ana Pérez", "ana-maria-perez")}


def test_keys_nobody_could_have_find_nothing(store: ArticleStore):
    assert store.authors.labels(["\ud800", "\0", ""]) == {}
    assert store.authors.merge(["\ud800"], "x", "\ud800") == 0
    assert store.authors.split("\udfff") == 0


@pytest.mark.parametrize("authors", [(ANA,), (LI, ANA), ()])
def test_an_article_that_is_read_again_writes_its_authors_only_where_they_are_others(
    store: ArticleStore, authors: tuple[Author, ...]
):
    store.write(article(6, authors=(ANA,)))
    found = store.by_url(article(6).url)
    assert found is not None
    said: list[str] = []
    store._database.connection.set_trace_callback(said.append)
    store.amend_many([(found.sequence, replace(found.article, body="Read better.", authors=authors))])
    store._database.connection.set_trace_callback(None)
    assert any(each.startswith("DELETE FROM article_authors") for each in said) is (authors != (ANA,))
    assert any(each.startswith("INSERT INTO article_authors") for each in said) is (LI in authors)
    again = store.by_url(article(6).url)
    assert again is not None
    assert (again.article.body, again.article.authors) == ("Read better.", authors)
    assert counts(store).get("li-wei", 0) == 1 + (LI in authors)
    assert counts(store)["ana-perez"] == 3 + (ANA in authors)
