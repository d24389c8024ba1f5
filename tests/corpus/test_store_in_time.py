"""Texts taken in out of order stand in the order of their times; articles of another store come back as they were."""

from datetime import timedelta
from itertools import pairwise, permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Author, Outcome, Revision
from corpus.records import ArticleRecord
from corpus.store import Alias, ArticleStore
from corpus.store.articles.in_time import last_seen_of
from tests.corpus.samples import LATER, NOW, article, visit
from tests.stores import new_store


@pytest.fixture
def store(tmp_path: Path):
    with new_store(tmp_path / "pressmark.sqlite") as opened:
        yield opened


def at(day: int):
    return NOW + timedelta(days=day)


def texts(store: ArticleStore) -> list[tuple[str, int]]:
    """The bodies of all revisions, each with the day it was first seen."""
    return [(each.body, (each.seen - NOW).days) for each in store.revisions(1)]


def test_an_older_text_becomes_an_earlier_revision(store: ArticleStore):
    store.write(article(body="New.", fetched=at(9)))
    assert store.write(article(body="Old.", fetched=at(2))) is Outcome.CHANGED
    assert texts(store) == [("Old.", 2), ("New.", 9)]
    found = store.article(1)
    assert (found.article.body, found.revision, found.first_seen) == ("New.", 2, at(2))


def test_a_reader_of_changes_learns_of_an_earlier_revision(store: ArticleStore):
    store.write(article(body="New.", fetched=at(9)))
    store.write(article(body="Old.", fetched=at(2)))
    assert [each.sequence for each in store.changes(1, 9)] == [2]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_any_order_of_captures_gives_one_history(store: ArticleStore, order: tuple[int, ...]):
    captures = [("One.", 1), ("Two.", 2), ("Three.", 3), ("Four.", 4)]
    for number in order:
        store.write(article(body=captures[number][0], fetched=at(captures[number][1])))
    assert texts(store) == captures


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_text_that_came_back_stands_before_and_after_the_one_between(store: ArticleStore, order: tuple[int, ...]):
    captures = [("Same.", 1), ("Other.", 2), ("Same.", 3)]
    for number in order:
        store.write(article(body=captures[number][0], fetched=at(captures[number][1])))
    assert texts(store) == captures
    assert store.article(1).article.fetched == at(3)


def test_an_older_capture_of_the_text_that_stands_only_moves_its_time(store: ArticleStore):
    store.write(article(fetched=at(5)))
    assert store.write(article(fetched=at(1))) is Outcome.UNCHANGED
    assert [day for _, day in texts(store)] == [1]
    assert store.article(1).first_seen == at(1)


def test_a_text_between_two_visits_that_found_the_same_is_no_newest(store: ArticleStore):
    store.record(visit(article(body="Crawled.", fetched=at(1)), at=at(1)))
    store.record(visit(article(body="Crawled.", fetched=at(8)), at=at(8)))
    store.write(article(body="Imported.", fetched=at(4)))
    assert texts(store) == [("Crawled.", 1), ("Imported.", 4), ("Crawled.", 8)]


def test_a_capture_from_before_the_withdrawal_brings_no_text_back(store: ArticleStore):
    store.write(article(fetched=at(5)))
    store.withdraw(1, "gone", at=at(7))
    assert store.write(article(body="Old.", fetched=at(6))) is Outcome.WITHDRAWN
    assert store.article(1).withdrawn == "gone"


def test_a_citation_without_text_takes_no_text_away(store: ArticleStore):
    store.write(article(fetched=at(1)))
    assert store.write(article(body="", headline="Cited", fetched=at(2))) is Outcome.UNCHANGED
    assert store.article(1).article == article(fetched=at(1))


def test_a_citation_is_replaced_by_the_text_when_that_comes(store: ArticleStore):
    store.write(article(body="", fetched=at(1)))
    assert store.write(article(fetched=at(2))) is Outcome.CHANGED
    assert store.article(1).article.body == article().body


def record(**fields) -> ArticleRecord:
    return ArticleRecord(**{"mark": None, "article": article(fetched=at(3)), "first_seen": NOW} | fields)


def revision(number: int, body: str, day: int) -> Revision:
    return Revision(number, at(day), "Earlier", None, "By Ana", body, "")


def test_an_article_of_another_store_comes_with_all_its_texts(store: ArticleStore):
    earlier = (revision(1, "One.", 0), revision(2, "Two.", 1))
    assert store.write_many([record(revisions=earlier)])[Outcome.NEW] == 1
    assert [body for body, _ in texts(store)] == ["One.", "Two.", article().body]
    assert (store.article(1).revision, store.article(1).first_seen) == (3, NOW)


def test_an_article_both_stores_have_gets_the_texts_it_lacks(store: ArticleStore):
    store.write(article(body="Ours.", fetched=at(2)))
    store.write_many([record(revisions=(revision(1, "Theirs.", 1),))])
    assert [body for body, _ in texts(store)] == ["Theirs.", "Ours.", article().body]


def test_a_withdrawn_article_comes_as_withdrawn_with_its_reason(store: ArticleStore):
    gone = article(body="", headline=None, authors=(), fetched=at(3))
    store.write_many([record(article=gone, withdrawn="asked to", withdrawn_at=LATER, fingerprint="x")])
    ((found, when),) = store.withdrawn()
    assert (found.withdrawn, when, found.article.body) == ("asked to", LATER, "")


def test_a_merge_comes_with_its_evidence_once(store: ArticleStore):
    merge = Alias("a-perez", "ana-perez", "same site", NOW)
    store.write_many([merge, merge])
    assert store.authors.alias_rows() == [merge]


def test_a_merge_that_would_make_a_circle_is_left(store: ArticleStore):
    store.authors.merge(["b"], "a", "desk", at=NOW)
    store.write_many([Alias("a", "b", "other way", NOW)])
    assert store.authors.aliases() == {"b": "a"}


days = st.integers(0, 6)


@given(st.lists(st.tuples(st.sampled_from(["A.", "B.", "C."]), days), min_size=1, max_size=7))
def test_whatever_comes_the_newest_text_stands_and_times_rise(tmp_path_factory, captures: list[tuple[str, int]]):
    with new_store(tmp_path_factory.mktemp("history") / "s.sqlite") as store:
        for body, day in captures:
            store.write(article(body=body, fetched=at(day), authors=(Author("Ana", "ana"),)))
        rows = texts(store)
        times = [day for _, day in rows]
        assert times == sorted(times)
        assert all(one != other for (one, _), (other, _) in pairwise(rows))
        last = max(day for _, day in captures)
        assert rows[-1][0] in {body for body, day in captures if day == last}
        assert store.article(1).article.body == rows[-1][0]
        assert [each.number for each in store.revisions(1)] == list(range(1, len(rows) + 1))


def test_captures_of_one_second_taken_in_again_change_nothing(store: ArticleStore):
    for _ in range(2):
        store.write(article(body="One.", fetched=at(1)))
        store.write(article(body="Two.", fetched=at(1)))
    assert texts(store) == [("One.", 1), ("Two.", 1)]


def test_a_byline_that_is_read_better_is_that_of_the_text_that_stands(store: ArticleStore):
    store.write(article(byline=None))
    assert store.write(article(byline="By Ana Pérez", fetched=at(1))) is Outcome.CHANGED
    assert [each.byline for each in store.revisions(1)] == ["By Ana Pérez"]


@pytest.mark.parametrize("lost", [Outcome.FAILED, Outcome.NOT_ARTICLE, Outcome.REFUSED])
def test_when_a_text_was_last_seen_is_remembered_when_a_later_visit_does_not_see_it(store: ArticleStore, lost: Outcome):
    def visited(day: int, outcome: Outcome, body: str | None) -> None:
        read = article(body=body, fetched=at(day)) if body else None
        store.record(visit(read, url=article().url, at=at(day), outcome=outcome))

    visited(1, Outcome.NEW, "Seen.")
    visited(4, Outcome.UNCHANGED, None)
    for day in (6, 7):
        visited(day, lost, None)
        assert store.times(1).confirmed == at(4)
    visited(8, Outcome.CHANGED, "Rewritten.")
    visited(9, lost, None)
    assert store.times(1).confirmed is None


def test_a_time_that_damage_took_does_not_count() -> None:
    assert last_seen_of({"fetched": None, "confirmed": 7, "checked": "x"}) == 7
    assert last_seen_of({"fetched": b"", "confirmed": None, "checked": None}) == 0
