from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from corpus import marks
from corpus.model import Article, Author, AuthorKind, CaptureRef, Outcome, PageDate, Precision
from corpus.store import ArticleStore
from tests.corpus.samples import ANA, LATER, LI, NOW, article
from tests.stores import new_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ArticleStore]:
    with new_store(tmp_path / "data" / "pressmark.sqlite") as opened:
        yield opened


def stored(store: ArticleStore, written: Article) -> Article:
    found = store.by_url(written.url)
    assert found is not None
    return found.article


def sequences(store: ArticleStore) -> list[tuple[int, int]]:
    return [(change.sequence, change.id) for change in store.changes(0, 100)]


def test_an_article_is_read_back_as_it_was_written(store: ArticleStore):
    whole = article(
        standfirst="Why it held.",
        byline="By Ana Pérez and Li Wei in Geneva",
        authors=(LI, ANA, Author("Reuters", "reuters", AuthorKind.AGENCY)),
        dateline="Geneva",
        published=PageDate(NOW, Precision.MINUTE, "meta", timedelta(hours=-3), True),
        updated=PageDate(LATER, Precision.MONTH, "text"),
        language="en",
        section="Climate",
        fetched_url="https://m.news.example/1",
        capture=CaptureRef("pressmark-1.warc.gz", 99),
        facts={"published": "json-ld datePublished"},
    )
    assert store.write(whole) is Outcome.NEW
    assert stored(store, whole) == whole
    assert stored(store, whole).facts == whole.facts


def test_a_date_before_1970_is_kept(store: ArticleStore):
    old = article(published=PageDate(NOW.replace(year=1871), Precision.YEAR, "text"))
    store.write(old)
    assert stored(store, old).published == old.published


def test_text_that_utf8_cannot_hold_is_kept_as_far_as_it_can(store: ArticleStore):
    odd = article(headline="a\0b\ud800c", body="x\udfffy\0", authors=(Author("N\0", "n\ud801"),), language="")
    assert store.write(odd) is Outcome.NEW
    assert store.write(odd) is Outcome.UNCHANGED
    read = stored(store, odd)
    assert (read.headline, read.body, read.language) == ("a\ufffdb\ufffdc", "x\ufffdy\ufffd", None)


def test_the_same_article_again_takes_no_sequence(store: ArticleStore):
    store.write(article())
    assert store.write(replace(article(), fetched=LATER)) is Outcome.UNCHANGED
    assert store.sequence == 1
    assert stored(store, article()).fetched == NOW


def test_a_new_text_is_a_revision_and_the_earlier_one_stays(store: ArticleStore):
    store.write(article())
    assert store.write(article(body="They broke.", fetched=LATER)) is Outcome.CHANGED
    found = store.by_url(article().url)
    assert found is not None
    assert (found.revision, found.first_seen, found.article.fetched) == (2, NOW, LATER)
    revisions = store.revisions(found.id)
    assert [(each.number, each.seen) for each in revisions] == [(1, NOW), (2, LATER)]
    assert [each.body for each in revisions] == [article().body, "They broke."]


def test_other_facts_change_the_row_and_its_sequence_but_make_no_revision(store: ArticleStore):
    store.write(article())
    assert store.write(article(authors=(LI, ANA), section="Climate", fetched=LATER)) is Outcome.CHANGED
    found = store.by_url(article().url)
    assert found is not None
    assert (found.revision, found.sequence, found.article.fetched) == (1, 2, NOW)
    assert found.article.authors == (LI, ANA)


def test_a_text_that_returns_to_what_it_was_is_a_revision_too(store: ArticleStore):
    for hours, body in enumerate(("one", "two", "one")):
        store.write(article(body=body, fetched=NOW + timedelta(hours=hours)))
    found = store.by_url(article().url)
    assert found is not None
    assert [each.body for each in store.revisions(found.id)] == ["one", "two", "one"]


def test_unchanged_tells_what_write_would_say(store: ArticleStore):
    assert not store.unchanged(article())
    store.write(article())
    assert store.unchanged(article())
    assert not store.unchanged(article(byline="By Ana Pérez"))


def test_a_row_carries_only_its_latest_sequence(store: ArticleStore):
    store.write_many([article(1), article(2), article(3)])
    store.write(article(1, body="new"))
    assert sequences(store) == [(2, 2), (3, 3), (4, 1)]
    assert store.sequence == 4


def test_changes_are_given_in_order_from_after_up_to(store: ArticleStore):
    store.write_many(article(number, authors=(ANA, LI)) for number in range(1, 8))
    assert [change.sequence for change in store.changes(2, 3)] == [3, 4, 5]
    assert [change.sequence for change in store.changes(2, 9, upto=4)] == [3, 4]
    assert store.changes(7, 10) == []
    first = store.changes(0, 1)[0]
    assert first.stored is not None
    assert first.stored.article == article(1, authors=(ANA, LI))


def test_a_withdrawn_article_keeps_the_fact_and_loses_every_text(store: ArticleStore):
    store.write(article())
    store.write(article(body="They broke.", byline="By Ana Pérez"))
    assert store.withdraw(1, "gone: 410", at=LATER)
    found = store.article(1)
    assert found is not None
    assert (found.withdrawn, found.article.body, found.article.headline, found.article.authors) == (
        "gone: 410",
        "",
        None,
        (),
    )
    assert found.article.published == article().published
    assert {(each.headline, each.byline, each.body) for each in store.revisions(1)} == {(None, None, "")}
    assert [(change.sequence, change.stored) for change in store.changes(0, 9)] == [(3, None)]


def test_withdrawing_twice_or_what_is_not_there_changes_nothing(store: ArticleStore):
    store.write(article())
    assert store.withdraw(1, "gone")
    assert not store.withdraw(1, "gone")
    assert not store.withdraw(7, "gone")
    assert store.sequence == 2


@pytest.mark.parametrize("body", [article().body, "They broke."])
def test_a_withdrawn_article_that_comes_back_stands_again(store: ArticleStore, body: str):
    store.write(article())
    store.withdraw(1, "gone", at=article().fetched - timedelta(hours=1))
    assert store.write(article(body=body)) is Outcome.CHANGED
    found = store.article(1)
    assert found is not None
    assert (found.withdrawn, found.article) == (None, article(body=body))
    assert store.revisions(1)[-1].body == body


def test_an_id_is_never_reused_and_a_mark_comes_from_the_url_alone(store: ArticleStore, tmp_path: Path):
    store.write_many([article(1), article(2)])
    with new_store(tmp_path / "other.sqlite") as other:
        other.write_many([article(3), article(2)])
        assert other.by_url(article(2).url).mark == store.by_url(article(2).url).mark == marks.mark(article(2).url)


def test_of_two_articles_that_share_a_mark_the_later_gets_a_longer_one(
    store: ArticleStore, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("hashlib.sha256", lambda url: type("", (), {"digest": lambda self: b"7" * 32})())
    store.write_many([article(1), article(2), article(3)])
    found = [store.article(id).mark for id in (1, 2, 3)]
    assert [len(each) for each in found] == [6, 7, 8]
    assert store.by_mark(found[1]).id == 2


def test_articles_are_given_in_the_order_asked(store: ArticleStore):
    store.write_many(article(number) for number in range(1, 5))
    assert list(store.articles([3, 99, 1, 3])) == [3, 1]
    assert store.article(99) is None
    assert store.by_mark("a0aaaa") is None


def test_the_newest_are_those_published_last_but_never_after_they_were_seen(store: ArticleStore):
    future = PageDate(NOW.replace(year=2099), Precision.DAY, "text", doubtful=True)
    store.write_many([article(5), article(1), article(2, published=None), article(3, published=future), article(4)])
    store.withdraw(2, "gone")
    assert [each.article.url[-1] for each in store.newest(3)] in (["2", "3", "4"], ["3", "2", "4"])


def test_every_walks_through_all_that_stand(store: ArticleStore):
    store.write_many(article(number) for number in range(1, 1203))
    store.withdraw(600, "gone")
    assert [each.id for each in store.every()] == [id for id in range(1, 1203) if id != 600]


def test_a_copy_is_a_change_and_the_same_again_is_none(store: ArticleStore):
    store.write_many([article(1), article(2)])
    store.set_copy(2, 1)
    store.set_copy(2, 1)
    assert store.article(2).copy_of == 1
    assert sequences(store) == [(1, 1), (3, 2)]


def test_totals_tell_the_corpus_in_one_line(store: ArticleStore):
    empty = store.totals()
    assert (empty.articles, empty.first_published, empty.last_run) == (0, None, None)
    store.write_many([article(1), article(2, source="b", authors=(LI,)), article(3, published=None), article(4)])
    store.withdraw(4, "gone")
    totals = store.totals()
    assert (totals.articles, totals.withdrawn, totals.sources, totals.authors) == (3, 1, 2, 2)
    assert (totals.first_published, totals.last_published) == (NOW - timedelta(days=2), NOW - timedelta(days=1))


def test_ids_and_marks_nobody_could_have_find_nothing(store: ArticleStore):
    store.write(article())
    for id in (0, -1, 2**63, 10**30):
        assert store.article(id) is None
        assert store.revisions(id) == []
        assert store.articles([id]) == {}
    assert store.by_mark("\ud800") is None
    assert store.by_url("\ud800") is None


def test_an_article_rewritten_between_its_reading_and_the_amendment_is_not_overwritten(store: ArticleStore):
    store.write(article(1))
    store.write(article(2))
    before = {number: store.by_url(article(number).url) for number in (1, 2)}
    readings = [
        (found.sequence, replace(found.article, body="Read better.", byline="By nobody"))
        for found in before.values()
        if found is not None
    ]
    assert store.write(article(1, body="The walls fell after all.")) is Outcome.CHANGED
    last = store.sequence
    assert store.amend_many(readings) == 1
    stands = store.by_url(article(1).url)
    assert stands is not None
    assert stands.article == article(1, body="The walls fell after all.")
    assert (stands.revision, stands.sequence) == (2, last)
    assert [revision.body for revision in store.revisions(stands.id)] == [article(1).body, stands.article.body]
    assert stored(store, article(2)).body == "Read better."


def test_an_amendment_of_an_article_amended_since_is_refused(store: ArticleStore):
    store.write(article())
    read = store.by_url(article().url)
    assert read is not None
    better = (read.sequence, replace(read.article, body="Read better."))
    worse = (read.sequence, replace(read.article, body="Read before that."))
    assert store.amend_many([better, worse]) == 1
    assert store.amend_many([worse]) == 0
    assert stored(store, article()).body == "Read better."


def test_an_amendment_of_an_article_the_store_does_not_have_writes_nothing(store: ArticleStore):
    store.write(article(1))
    assert store.amend_many([(store.sequence, article(2)), (store.sequence + 1, article(1, body="Ahead."))]) == 0
    assert store.by_url(article(2).url) is None
    assert stored(store, article(1)) == article(1)


def test_heads_are_the_articles_without_their_bodies_in_the_order_asked_for(store: ArticleStore):
    store.write_many([article(url=f"https://news.example/{n}", authors=(ANA, LI)[: n % 3]) for n in range(3)])
    ids = [3, 1, 99, 2, 1]
    whole = store.articles(ids)
    assert store.heads(ids) == {
        id: replace(stored, article=replace(stored.article, body="")) for id, stored in whole.items()
    }
    assert list(store.heads(ids)) == [3, 1, 2]


def test_ids_that_no_article_has_are_found_and_those_of_a_row_without_a_gap_are_not_looked_up(tmp_path):
    path, seen = tmp_path / "pressmark.sqlite", []
    with ArticleStore.open(path) as store, ArticleStore.open(path) as other:
        store._database.connection.set_trace_callback(seen.append)
        assert store.missing([1]) == [1]
        other.write_many(article(number) for number in (1, 2, 3))
        assert store.missing([3, 9, 1, -1, 1 << 63]) == [9]
        seen.clear()
        assert store.missing([1, 2, 3]) == []
        assert not seen
        other.write_many([article(4)])
        assert store.missing([4, 5]) == [5]
        other._database.connection.execute("DELETE FROM articles WHERE id = 4")
        other.write_many(article(number) for number in (5, 6))  # their ids are 5 and 6
        assert store.missing([3, 4, 5, 6, 7]) == [7], "4 was there: no article is ever deleted"
    with ArticleStore.open(path) as store:
        assert store.missing([3, 4, 5, 6, 7]) == [4, 7]
        assert store.missing([4, 5, 8]) == [4, 8]
