"""How a text is set is stored with it, read back with a check, goes where the text goes, and is no news by itself."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from corpus.backups.restoring import restore
from corpus.backups.writing import write
from corpus.model import Outcome
from corpus.records import stored_record, whole_record
from corpus.store import FILE, ArticleStore
from corpus.store.file.bodies import pack, unpack
from corpus.structure.values import Span, SpanKind
from crawler.importing.own import whole_article
from tests.corpus.older import as_older
from tests.corpus.samples import article

BODY = "A heading\n\nThe harbour opens at noon."
HEADING = Span(SpanKind.HEADING, 0, 9, level=2)
LINK = Span(SpanKind.LINK, 15, 22, address="https://a.example/harbour")
URL = "https://a.example/1"
NOW = datetime(2026, 11, 27, tzinfo=UTC)


def story(*spans: Span, **other):
    return article(url=URL, body=BODY, structure=spans, **other)


def test_structure_is_read_back_with_its_text(tmp_path):
    with ArticleStore.open(tmp_path / "s.sqlite") as store:
        store.write_many([story(HEADING, LINK), article(url="https://a.example/2", body=BODY)])
        assert store.by_url(URL).article.structure == (HEADING, LINK)
        assert store.by_url("https://a.example/2").article.structure is None
        store.write_many([article(url="https://a.example/2", body=BODY, structure=())])
        assert store.by_url("https://a.example/2").article.structure == ()


def test_a_list_of_texts_reads_no_structure_and_no_facts(tmp_path):
    with ArticleStore.open(tmp_path / "s.sqlite") as store:
        store.write_many([replace(story(HEADING, LINK), facts={"body": "selected"})])
        stored = store.by_url(URL)
        assert stored is not None
        listed = store.articles([stored.id], with_structure=False)[stored.id]
        assert listed == replace(stored, article=replace(stored.article, structure=None, facts={}))


def test_structure_alone_is_a_write_without_a_revision_and_no_change(tmp_path):
    with ArticleStore.open(tmp_path / "s.sqlite") as store:
        store.write_many([story(HEADING)])
        before = store.by_url(URL)
        assert store.write_many([story(HEADING, LINK)])[Outcome.UNCHANGED] == 1
        after = store.by_url(URL)
        assert after.article.structure == (HEADING, LINK)
        assert after.revision == 1
        assert after.sequence > before.sequence
        store.write_many([story(HEADING, LINK), article(url=URL, body=BODY)])
        assert store.by_url(URL).sequence == after.sequence, "the same again, and a reading that does not say"
        assert store.by_url(URL).article.structure == (HEADING, LINK)


def test_each_revision_has_its_own_structure_and_an_export_brings_all_back(tmp_path):
    later = replace(story(LINK), body=BODY + "\n\nMore.", fetched=story().fetched + timedelta(days=1))
    with ArticleStore.open(tmp_path / "s.sqlite") as store, ArticleStore.open(tmp_path / "t.sqlite") as other:
        store.write_many([story(HEADING), later])
        stored = store.by_url(URL)
        assert stored is not None
        assert [each.structure for each in store.revisions(stored.id)] == [(HEADING,), (LINK,)]
        record = whole_record(stored, store.revisions(stored.id))
        other.write_many([whole_article(record, "a.jsonl:1", NOW)])
        back = other.by_url(URL)
        assert back.article.structure == (LINK,)
        assert [each.structure for each in other.revisions(back.id)] == [(HEADING,), (LINK,)]
        hidden = stored_record(stored, ("structure", "text"), with_text=False)
        assert hidden == {"structure": None, "text": None}


def test_a_withdrawn_text_takes_its_structure_along(tmp_path):
    path = tmp_path / "s.sqlite"
    with ArticleStore.open(path) as store:
        store.write_many([story(LINK)])
        store.withdraw_by_hand(store.by_url(URL).id, "asked for", at=NOW)
        assert store.by_url(URL).article.structure is None
    assert sqlite3.connect(path).execute("SELECT structure FROM revisions").fetchall() == [(None,)]
    assert b"a.example/harbour" not in path.read_bytes()


@pytest.mark.parametrize("stored", ["with the text", "in a column of its own"])
def test_damaged_structure_is_damage_and_mending_saves_the_text(tmp_path, stored):
    path = tmp_path / "s.sqlite"
    with ArticleStore.open(path) as store:
        store.write_many([story(HEADING, LINK, facts={"body": "model"})])
    if stored == "in a column of its own":
        as_older(path)
    with sqlite3.connect(path) as connection:
        if stored == "in a column of its own":
            (column,) = connection.execute("SELECT structure FROM revisions").fetchone()
            torn = {"structure": column[:-3] + bytes(byte ^ 1 for byte in column[-3:])}
        else:
            (column,) = connection.execute("SELECT body FROM revisions").fetchone()
            *texts, structure = unpack(column)
            torn = {"body": pack(*texts, structure[:-3])}
        ((name, value),) = torn.items()
        connection.execute(f"UPDATE revisions SET {name} = ?", (value,))
    connection.close()
    with ArticleStore.open(path) as store:
        assert store.by_url(URL) is None
        (id,) = store.damage.articles()
        assert any("article" in problem for problem in store.damage.check(full=True))
        assert store.damage.mend(id) == 1
        mended = store.by_url(URL).article
        assert (mended.body, mended.structure, mended.facts) == (BODY, None, {"body": "model"})


def test_spans_that_do_not_fit_are_left_out_counted_and_said_by_the_log_the_others_stay(tmp_path, caplog):
    with ArticleStore.open(tmp_path / "s.sqlite") as store:
        unfit = story(replace(HEADING, end=500), LINK, replace(LINK, address="ftp://x"))
        store.write_many([unfit])
        stored = store.by_url(URL).article
        assert stored.structure == (LINK,)
        assert stored.facts["structure"] == "without 2 parts that do not fit the text"
        sequence = store.sequence
        store.write_many([unfit])
        assert store.sequence == sequence, "nothing was written, so no index has anything to follow"
        store.amend_many([(store.by_url(URL).sequence, story(LINK))])
        assert "structure" not in store.by_url(URL).article.facts
    assert "spans left out" in caplog.text
    assert "count=2" in caplog.text


def test_spans_in_another_order_are_put_in_order_and_none_is_lost(tmp_path, caplog):
    with ArticleStore.open(tmp_path / "s.sqlite") as store:
        store.write_many([story(LINK, HEADING)])
        stored = store.by_url(URL).article
        assert stored.structure == (HEADING, LINK)
        assert "structure" not in stored.facts
    assert "left out" not in caplog.text


def test_structure_alone_is_news_to_no_saved_search_receipt_or_feed(tmp_path):
    with ArticleStore.open(tmp_path / "s.sqlite") as store:
        store.write_many([article(url=URL, body=BODY)])
        stored = store.by_url(URL)
        assert stored is not None
        saved = store.saved.add("port", "/?q=harbour", "reader", NOW)
        receipt = store.receipts.facts([stored.id])
        reading = replace(story(HEADING, LINK), fetched=stored.article.fetched + timedelta(days=1))
        assert store.write_many([reading])[Outcome.UNCHANGED] == 1
        after = store.by_url(URL)
        assert after.article.structure == (HEADING, LINK)
        assert store.saved.get(saved).looked == store.saved.last_article
        assert list(store.saved.entered_since(after.first_seen)) == [after.id]
        assert store.receipts.facts([after.id]) == receipt
        assert (after.first_seen, after.article.fetched) == (stored.first_seen, stored.article.fetched)
        taken = store.amend_many([(after.sequence, replace(after.article, structure=(LINK,)))])
        again = store.by_url(URL)
        assert taken == 1 and again.article.structure == (LINK,)
        assert store.receipts.facts([after.id]) == receipt
        assert (again.first_seen, again.article.fetched, again.revision) == (
            stored.first_seen,
            stored.article.fetched,
            1,
        )


def test_compacting_keeps_structure(tmp_path):
    with ArticleStore.open(tmp_path / "s.sqlite") as store:
        store.write_many([story(HEADING, LINK)])
        store.compact()
        assert store.by_url(URL).article.structure == (HEADING, LINK)


def test_what_is_said_of_a_new_structure_comes_with_it(tmp_path):
    with ArticleStore.open(tmp_path / "s.sqlite") as store:
        store.write_many([story(HEADING), story(LINK, facts={"structure": "1 of 2 links"})])
        assert store.by_url(URL).article.facts == {"structure": "1 of 2 links"}


def test_a_backup_brings_structure_back(tmp_path):
    with ArticleStore.open(tmp_path / "s.sqlite") as store:
        store.write_many([story(HEADING, LINK), replace(story(), url="https://a.example/2", structure=None)])
        write(store, tmp_path / "captures", tmp_path / "b.tar")
    restore(tmp_path / "b.tar", tmp_path / "other", now=NOW)
    with ArticleStore.open(tmp_path / "other" / FILE) as store:
        assert store.by_url(URL).article.structure == (HEADING, LINK)
        assert store.by_url("https://a.example/2").article.structure is None
