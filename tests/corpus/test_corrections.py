"""Corrections by hand: they stand above crawls, re-readings and imports, and are undone without a trace."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from corpus.copies.grouping import group_again, group_copies
from corpus.corrections.values import Correction, Field, Kind
from corpus.model import Article, Author, AuthorKind, Outcome, PageDate, Precision, UrlState, Visit
from corpus.store import ArticleStore
from corpus.texts import text
from crawler.importing.own import whole_article
from indexer.results.exporting import corpus_lines
from tests.stores import new_store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://gazette.example/wall"
ARTICLE = Article(
    url=URL,
    source="gazette",
    headline="The wall",
    byline="By Harbour Wire",
    authors=(Author("Harbour Wire", "harbour-wire"),),
    published=PageDate(datetime(2026, 1, 2, tzinfo=UTC), Precision.DAY, "text"),
    section="News",
    language="en",
    body="The wall was built for half a storm.",
    fetched=NOW,
)
VALUES: dict[Field, Any] = {
    Field.AUTHORS: [{"name": "Ada Lindqvist", "key": "ada-lindqvist", "kind": "person"}],
    Field.PUBLISHED: {"at": "2026-02-01T00:00:00+00:00", "precision": "day", "origin": "hand"},
    Field.HEADLINE: "The wall at Saltmere",
    Field.SECTION: None,
    Field.LANGUAGE: "cy",
}
CORRECTED = replace(
    ARTICLE,
    authors=(Author("Ada Lindqvist", "ada-lindqvist"),),
    published=PageDate(datetime(2026, 2, 1, tzinfo=UTC), Precision.DAY, "hand"),
    headline="The wall at Saltmere",
    section=None,
    language="cy",
)


def correction(field: Field, value: Any, **more: Any) -> Correction:
    return Correction(**{"url": URL, "field": field, "value": value, "who": "ada", "why": "misread", "at": NOW, **more})


@pytest.fixture
def store(tmp_path: Path) -> ArticleStore:
    store = new_store(tmp_path / "store.sqlite")
    store.write(ARTICLE)
    return store


@pytest.fixture
def ids(store: ArticleStore) -> dict[Field, int]:
    """All fields corrected: field -> number of its correction."""
    return {field: store.corrections.add(correction(field, value))[0] for field, value in VALUES.items()}


def standing(store: ArticleStore, url: str = URL) -> Article:
    found = store.by_url(url)
    assert found
    return found.article


def visit(article: Article, **more: Any) -> Visit:
    return Visit(
        url=article.url, at=article.fetched, outcome=Outcome.NEW, state=UrlState.WAITING,
        due=article.fetched + timedelta(days=1), article=article, **more,
    )  # fmt: skip


def test_an_article_reads_as_corrected_and_keeps_what_its_page_says(store: ArticleStore, ids: dict[Field, int]):
    found = store.by_url(URL)
    assert found
    assert found.article == CORRECTED
    assert found.page_says == ARTICLE
    assert set(found.corrected) == {field.value for field in VALUES}
    assert store.heads([found.id])[found.id].article.headline == "The wall at Saltmere"
    assert [each.author.name for each in store.authors.counts()] == ["Ada Lindqvist"]
    assert list(store.damage.check(full=True)) == []


def test_each_correction_is_a_write_that_an_index_learns_of(store: ArticleStore):
    before = store.sequence
    store.corrections.add(correction(Field.HEADLINE, "Other"))
    (change,) = store.changes(before, 10)
    assert change.stored
    assert change.stored.article.headline == "Other"


@pytest.mark.parametrize("text", [ARTICLE.body, "The wall was built for a whole storm, the paper says now."])
def test_no_crawl_takes_a_correction_away(store: ArticleStore, ids: dict[Field, int], text: str):
    again = replace(ARTICLE, body=text, headline="The wall!", section="Sea", fetched=NOW + timedelta(days=1))
    assert store.record(visit(again)) is Outcome.CHANGED
    assert standing(store) == replace(CORRECTED, body=text, fetched=again.fetched)
    found = store.by_url(URL)
    assert found
    assert found.page_says.section == "Sea"


def test_the_same_page_again_is_no_change(store: ArticleStore, ids: dict[Field, int]):
    assert store.unchanged(replace(ARTICLE, fetched=NOW + timedelta(days=1)))
    assert store.record(visit(replace(ARTICLE, fetched=NOW + timedelta(days=1)))) is Outcome.UNCHANGED
    assert standing(store) == CORRECTED


def test_no_better_reading_takes_a_correction_away(store: ArticleStore, ids: dict[Field, int]):
    found = store.by_url(URL)
    assert found
    better = replace(ARTICLE, headline="The Wall", authors=(Author("Wire", "wire", AuthorKind.AGENCY),))
    assert store.amend_many([(found.sequence, better)]) == 1
    assert standing(store) == CORRECTED
    now = store.by_url(URL)
    assert now
    assert now.page_says.authors == better.authors


def test_no_import_takes_a_correction_away(store: ArticleStore, ids: dict[Field, int]):
    older = replace(ARTICLE, body="An older text.", fetched=NOW - timedelta(days=9))
    assert store.write(older) is Outcome.CHANGED
    assert store.write(ARTICLE) is Outcome.UNCHANGED
    assert standing(store) == CORRECTED


def test_undoing_all_of_them_leaves_what_the_page_says(store: ArticleStore, ids: dict[Field, int]):
    for id in ids.values():
        store.corrections.undo(id, NOW)
    found = store.by_url(URL)
    assert found
    assert (found.article, found.as_read, found.corrected) == (ARTICLE, None, ())
    assert [each.author.key for each in store.authors.counts()] == ["harbour-wire"]
    store.corrections.redo(ids[Field.HEADLINE], NOW)
    assert standing(store) == replace(ARTICLE, headline="The wall at Saltmere")


def test_a_second_correction_takes_the_place_of_the_first_and_gives_it_back(store: ArticleStore):
    first, _ = store.corrections.add(correction(Field.HEADLINE, "First"))
    second, replaced = store.corrections.add(correction(Field.HEADLINE, "Second"))
    assert replaced == [first]
    assert [each.value for each in store.corrections.of(URL)] == ["Second"]
    store.corrections.undo(second, NOW, again=replaced)
    assert standing(store).headline == "First"


def test_one_correction_stands_for_a_field_whatever_is_undone_and_in_which_order(store: ArticleStore):
    first, _ = store.corrections.add(correction(Field.HEADLINE, "First"))
    second, over_first = store.corrections.add(correction(Field.HEADLINE, "Second"))
    third, over_second = store.corrections.add(correction(Field.HEADLINE, "Third"))
    assert not store.corrections.undo(second, NOW, again=over_first)
    assert not store.corrections.redo(first, NOW)
    assert [each.id for each in store.corrections.of(URL)] == [third]
    assert store.corrections.undo(third, NOW, again=over_second)
    assert [each.id for each in store.corrections.of(URL)] == [second]
    assert not store.corrections.redo(second, NOW)
    assert standing(store).headline == "Second"


def test_an_article_that_is_none_leaves_and_comes_back_with_its_text(store: ArticleStore, ids: dict[Field, int]):
    before = store.sequence
    id, _ = store.corrections.add(correction(Field.KIND, Kind.NOT_ARTICLE))
    assert [each.stored for each in store.changes(before, 10)] == [None]
    assert list(store.every()) == []
    assert store.authors.counts() == []
    changed = replace(ARTICLE, body="Another list.", fetched=NOW + timedelta(days=1))
    assert store.record(visit(changed)) is Outcome.UNCHANGED
    assert store.write(changed) is Outcome.UNCHANGED
    store.corrections.undo(id, NOW)
    assert standing(store) == CORRECTED
    assert store.write(changed) is Outcome.CHANGED


def test_what_the_keeper_takes_away_is_gone_though_it_was_put_away_before(store: ArticleStore):
    id, _ = store.corrections.add(correction(Field.KIND, Kind.NOT_ARTICLE))
    found = store.by_url(URL)
    assert found
    store.withdraw_by_hand(found.id, "court order", at=NOW)
    store.corrections.undo(id, NOW)
    after = store.by_url(URL)
    assert after
    assert after.article.body == ""
    assert after.withdrawn == f"by hand: court order; before, on {NOW:%Y-%m-%d}: by hand: not an article"


def test_a_site_that_takes_a_page_away_takes_its_text_though_it_was_put_away(store: ArticleStore):
    store.corrections.add(correction(Field.KIND, Kind.NOT_ARTICLE))
    found = store.by_url(URL)
    assert found
    assert store.withdraw(found.id, "gone")
    assert store.record(visit(replace(ARTICLE, fetched=NOW + timedelta(days=1)))) is Outcome.UNCHANGED


def test_a_correction_waits_for_its_article(store: ArticleStore):
    url = "https://gazette.example/later"
    store.corrections.add(correction(Field.HEADLINE, "Later", url=url))
    store.write(replace(ARTICLE, url=url))
    assert standing(store, url).headline == "Later"


def test_corrections_follow_an_article_that_moves(store: ArticleStore, ids: dict[Field, int]):
    url = "https://gazette.example/2026/wall"
    moved = Visit(url=URL, at=NOW, outcome=Outcome.REDIRECTED, state=UrlState.DROPPED, due=NOW, moved=url)
    store.record(moved)
    store.record(visit(replace(ARTICLE, url=url)))
    assert standing(store, url) == replace(CORRECTED, url=url)
    assert store.corrections.of(URL) == []
    assert store.corrections.undo(ids[Field.HEADLINE], NOW)
    assert standing(store, url).headline == ARTICLE.headline


def test_what_is_said_of_two_articles_follows_both_and_leaves_the_old_address(store: ArticleStore):
    url, other = "https://gazette.example/2026/wall", "https://post.example/wall"
    store.corrections.add(correction(Field.COPIES, False, url=other, other=URL))
    store.corrections.add(correction(Field.HEADLINE, "Wall"))
    store.record(Visit(url=URL, at=NOW, outcome=Outcome.REDIRECTED, state=UrlState.DROPPED, due=NOW, moved=url))
    assert store.corrections.copies()[other] == {url: False}
    assert store.corrections.copies()[url] == {other: False}
    back = replace(ARTICLE, headline="Back again", fetched=NOW + timedelta(days=1))
    store.record(visit(back))
    assert standing(store).headline == "Back again"


@pytest.mark.parametrize("put_away", [False, True])
def test_an_export_brings_the_corrections_to_another_store(
    store: ArticleStore, ids: dict[Field, int], tmp_path: Path, put_away: bool
):
    if put_away:
        store.corrections.add(correction(Field.KIND, Kind.NOT_ARTICLE))
    lines = [json.loads(line) for line in corpus_lines(store)]
    assert lines[0]["headline"] == "The wall at Saltmere"
    assert {each["page_said"] for each in lines[0]["corrections"] if each["field"] == "headline"} == {"The wall"}
    with new_store(tmp_path / "other.sqlite") as other:
        for _ in range(2):
            other.write_many([whole_article(line, "x", NOW) for line in lines])
        own, theirs = store.by_url(URL), other.by_url(URL)
        assert own
        assert theirs
        assert theirs.article == own.article == CORRECTED
        assert theirs.page_says == own.page_says
        assert theirs.withdrawn == own.withdrawn
        assert [replace(each, id=0, said=None) for each in other.corrections.of(URL)] == [
            replace(each, id=0, said=None) for each in store.corrections.of(URL)
        ]
        for each in other.corrections.of(URL):
            other.corrections.undo(each.id, NOW)
        assert standing(other) == ARTICLE


def test_an_import_brings_an_uncorrected_store_nothing_older_than_its_own_correction(
    store: ArticleStore, tmp_path: Path
):
    store.corrections.add(correction(Field.HEADLINE, "Theirs"))
    line = json.loads(next(corpus_lines(store)))
    with new_store(tmp_path / "other.sqlite") as other:
        other.write(ARTICLE)
        other.corrections.add(correction(Field.HEADLINE, "Ours", at=NOW + timedelta(hours=1)))
        other.write_many([whole_article(line, "x", NOW)])
        assert standing(other).headline == "Ours"


def test_an_import_brings_no_older_word_on_two_articles_whichever_is_named_first(store: ArticleStore, tmp_path: Path):
    copy = "https://post.example/wall"
    store.corrections.add(correction(Field.COPIES, True, other=copy))
    line = json.loads(next(corpus_lines(store)))
    with new_store(tmp_path / "other.sqlite") as other:
        other.corrections.add(correction(Field.COPIES, False, url=copy, other=URL, at=NOW + timedelta(hours=1)))
        other.write_many([whole_article(line, "x", NOW)])
        assert [each.value for each in other.corrections.of(URL)] == [False]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (Field.AUTHORS, "Ada"),
        (Field.AUTHORS, [{"name": "Ada"}]),
        (Field.AUTHORS, [{"name": "", "key": "a", "kind": "person"}]),
        (Field.PUBLISHED, "2026"),
        (Field.PUBLISHED, {"at": "2026-01-01", "precision": "day"}),
        (Field.PUBLISHED, {"at": "2026-01-01T00:00:00+00:00", "precision": "week"}),
        (Field.PUBLISHED, {"at": "0001-01-01T00:00:00+00:00", "precision": "minute"}),
        (Field.PUBLISHED, {"at": "9999-12-31T23:59:00+00:00", "precision": "minute"}),
        (Field.HEADLINE, ""),
        (Field.HEADLINE, 7),
        (Field.HEADLINE, "x" * 3000),
        (Field.KIND, "video"),
        (Field.COPIES, "yes"),
    ],
)
def test_a_value_that_is_not_of_its_field_is_refused(store: ArticleStore, field: Field, value: Any):
    with pytest.raises(ValueError, match="is no value of this field"):
        store.corrections.add(correction(field, value))
    assert store.corrections.count() == 0


LONG = " ".join(f"word{n} of the long report on the wall" for n in range(60))


def test_copies_are_joined_and_parted_by_hand_whatever_their_texts_say(store: ArticleStore):
    one, two, three = (f"https://{name}.example/long" for name in ("a", "b", "c"))
    for url, body in ((one, LONG), (two, LONG), (three, "A short one.")):
        store.write(replace(ARTICLE, url=url, source=url[8], body=body))
    group_copies(store)
    id = {url: store.by_url(url).id for url in (one, two, three)}
    assert sorted(store.copies.group(id[one])) == sorted((id[one], id[two]))
    part, _ = store.corrections.add(correction(Field.COPIES, False, url=one, other=two))
    for each in (one, two):
        group_again(store, id[each])
    assert store.copies.group(id[one]) == [id[one]]
    store.write(replace(ARTICLE, url=two, source="b", body=LONG + " And more of it.", fetched=NOW + timedelta(days=1)))
    group_copies(store)
    assert store.copies.group(id[two]) == [id[two]]
    store.corrections.add(correction(Field.COPIES, True, url=three, other=one))
    group_again(store, id[three])
    assert sorted(store.copies.group(id[three])) == sorted((id[one], id[three]))
    store.corrections.undo(part, NOW)
    group_again(store, id[two])
    assert sorted(store.copies.group(id[two])) == sorted(id.values())


def test_what_the_keeper_takes_away_leaves_no_word_in_its_corrections(store: ArticleStore, ids: dict[Field, int]):
    words = text("Headline corrected: “{now}”", now="The wall at Saltmere")
    change = store.audit.add(NOW, "ada", words, {"kind": "corrected", "id": ids[Field.HEADLINE]})
    other = store.audit.add(NOW, "ada", "Kept.", {"kind": "kept", "id": ids[Field.HEADLINE]})
    found = store.by_url(URL)
    assert found
    store.withdraw_by_hand(found.id, "court order", at=NOW)
    assert store.corrections.of(URL) == []
    after = store.by_url(URL)
    assert after
    assert (after.article.headline, after.corrected) == (None, ())
    left = {each.id: each for each in store.audit.latest()}
    assert "Saltmere" not in left[change].words
    with closing(sqlite3.connect(store.path)) as connection:
        assert [row for row in connection.execute("SELECT * FROM deeds") if "Saltmere" in repr(row)] == []
    assert (left[change].undo, left[other].words) == (None, "Kept.")


def test_a_receipt_sees_a_correction_as_a_change_and_its_undoing_as_none(store: ArticleStore):
    found = store.by_url(URL)
    assert found
    before = store.receipts.facts([found.id])
    id, _ = store.corrections.add(correction(Field.SECTION, "Sea"))
    assert store.receipts.facts([found.id])[0] != before[0]
    store.corrections.undo(id, NOW)
    assert store.receipts.facts([found.id]) == before
