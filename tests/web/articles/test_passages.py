"""Passages that a reader marks: found again after a revision, shown in the text and in dossiers, exported, undone."""

import csv
import io
import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.model import StoredArticle
from corpus.store import ArticleStore
from indexer.results.passages import MOST
from tests.web.accounts.conftest import shared, sign_in  # noqa: F401  two fixtures
from tests.web.articles.conftest import page
from tests.web.conftest import Send, token_of
from tests.web.corpus import NOW
from web.articles.passages import LONGEST_QUOTE
from web.layout.who import HERE

WALLS = "the new walls came a decade too late"
GONE = "declined to say why the vote was not announced"


def undo(send: Send, location: str) -> None:
    send("/undo", change=re.search(r"done=(\d+)", location)[1], back="/dossiers")


def test_words_are_marked_in_the_text_with_a_note_beside_it(browser: FlaskClient, send: Send, council: StoredArticle):
    reply = send("/passages", do="mark", mark=council.mark, quote=f" {WALLS}\n", note="who <says>?")
    assert reply.headers["Location"].endswith("=1.p1#done")
    text = page(browser, council.mark)
    assert f'<mark class="pen" id="p1">{WALLS}</mark>' in text
    assert "who &lt;says&gt;?" in text
    assert "¶ 2" in text
    undo(send, reply.headers["Location"])
    assert 'class="pen" id="p1"' not in page(browser, council.mark)


def test_words_of_the_search_keep_their_marks_inside_a_passage(
    browser: FlaskClient, send: Send, council: StoredArticle
):
    send("/passages", do="mark", mark=council.mark, quote="rebuild the flood", note="")
    send("/passages", do="mark", mark=council.mark, quote="flood defences along nine", note="")
    text = page(browser, council.mark, "?q=%22flood+defences%22")
    assert (
        '<mark class="pen" id="p1">rebuild the </mark><mark class="pen" id="p2"><mark id="w0-1">flood</mark></mark>'
        in text
    )
    assert '<mark class="pen"><mark> defences</mark> along nine</mark>' in text
    assert text.count("<mark") == text.count("</mark>")


def test_a_passage_that_is_gone_says_which_text_had_it_and_since_when(
    browser: FlaskClient, store: ArticleStore, council: StoredArticle
):
    store.passages.add(council.id, HERE, GONE, 300, "why?", NOW)
    text = page(browser, council.mark)
    assert "only in revision 1, gone since 14 Jan 2026" in text
    assert f"/a/{council.mark}/diff/1..2" in text
    store.passages.add(council.id, HERE, "in no text at all", 3, "", NOW)
    assert "in no text any more" in page(browser, council.mark)


def test_words_that_stand_twice_are_asked_back_and_the_chosen_ones_are_marked(
    browser: FlaskClient, send: Send, council: StoredArticle
):
    body = council.article.body
    reply = send("/passages", do="mark", mark=council.mark, quote="flood defences", note="n & m")
    asked = browser.get(reply.headers["Location"]).text
    places = [int(at) for at in re.findall(r'name="at" value="(\d+)"', asked)]
    assert [body[at : at + 14] for at in places] == ["flood defences"] * len(places)
    assert len(places) > 1
    assert 'value="n &amp; m"' in asked
    send("/passages", do="mark", mark=council.mark, quote="flood defences", at=str(places[1]))
    assert f'{body[places[1] - 9 : places[1]]}<mark class="pen" id="p1">flood defences</mark>' in page(
        browser, council.mark
    )


def test_words_that_stand_very_often_are_marked_where_they_were_meant(
    browser: FlaskClient, send: Send, store: ArticleStore, council: StoredArticle
):
    asked = browser.get(send("/passages", do="mark", mark=council.mark, quote="e").headers["Location"]).text
    assert asked.count('name="at"') == MOST
    assert f"Only the first {MOST} places are listed" in asked
    last = council.article.body.rindex("e")
    send("/passages", do="mark", mark=council.mark, quote="e", at=str(last))
    assert store.passages.of_articles([council.id])[council.id][0].start == last


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("words that do not stand there", "are not in the text"),
        (" \n ", "Give the words to mark"),
        ("x" * (LONGEST_QUOTE + 1), "Give the words to mark"),
        (WALLS, "marked already"),
    ],
)
def test_what_cannot_be_marked_is_said(send: Send, store: ArticleStore, council: StoredArticle, quote: str, said: str):
    send("/passages", do="mark", mark=council.mark, quote=WALLS, note="so that the next one is no double click")
    assert said in send("/passages", do="mark", mark=council.mark, quote=quote).text
    assert len(store.passages.of_articles([council.id])[council.id]) == 1


def test_a_note_is_changed_and_a_mark_taken_away_and_both_come_back(
    browser: FlaskClient, send: Send, store: ArticleStore, council: StoredArticle
):
    send("/passages", do="mark", mark=council.mark, quote=WALLS, note="draft note")
    noted = send("/passages", do="note", id="1", note="better note")
    assert "better note" in page(browser, council.mark)
    undo(send, noted.headers["Location"])
    assert store.passages.get(1).note == "draft note"
    gone = send("/passages", do="delete", id="1")
    assert "draft note" not in page(browser, council.mark)
    assert send("/passages", do="note", id="1", note="x").status_code == 410
    undo(send, gone.headers["Location"])
    assert "draft note" in page(browser, council.mark)
    assert send("/passages", do="delete", id="99").status_code == 404
    assert send("/passages", do="mark", mark="k00000", quote="x").status_code == 404


def test_dossiers_and_their_exports_have_the_passages(browser: FlaskClient, send: Send, council: StoredArticle):
    send("/passages", do="mark", mark=council.mark, quote=WALLS, note="=who says?")
    path = send("/keep", mark=council.mark, dossier="new", dossier_name="Walls").headers["Location"].partition("?")[0]
    assert WALLS in browser.get(path).text
    rows = list(csv.DictReader(io.StringIO(browser.get(f"{path}/export.csv").text.removeprefix("\ufeff"))))
    assert rows[0]["passages"] == f"¶ 2 “{WALLS}”: =who says?"
    for ending in ("ris", "bib", "csl.json", "md"):
        assert WALLS in browser.get(f"{path}/export.{ending}").text, ending
    assert browser.get(f"{path}.json").json["articles"][0]["passages"] == [
        {"quote": WALLS, "paragraph": 2, "note": "=who says?"}
    ]


def test_a_text_that_is_taken_away_goes_from_its_passages_too(
    browser: FlaskClient, send: Send, store: ArticleStore, council: StoredArticle
):
    send("/passages", do="mark", mark=council.mark, quote=WALLS, note="my own note")
    path = send("/keep", mark=council.mark, dossier="new", dossier_name="Walls").headers["Location"].partition("?")[0]
    store.withdraw_by_hand(council.id, "asked to", at=datetime(2026, 11, 25, tzinfo=UTC))
    assert store.passages.get(1).quote == ""
    shown = browser.get(path).text
    assert WALLS not in shown
    assert "my own note" in shown


def test_what_one_reader_marks_no_other_sees_or_changes(shared: Flask, sign_in, council: StoredArticle):  # noqa: F811
    ours, theirs = sign_in("reader"), sign_in("editor")
    form = {"token": token_of(ours), "do": "mark", "mark": council.mark, "quote": WALLS, "note": "secret"}
    assert ours.post("/passages", data=form).status_code == 303
    assert "secret" in page(ours, council.mark)
    assert "secret" not in page(theirs, council.mark)
    assert 'class="pen"' not in page(theirs, council.mark).partition("<details")[0]
    other = {"token": token_of(theirs), "do": "delete", "id": "1"}
    assert theirs.post("/passages", data=other).status_code == 404
    assert theirs.get(f"/api/v1/articles/{council.mark}/passages").json == {"items": []}


def test_the_api_marks_notes_and_takes_away(browser: FlaskClient, council: StoredArticle):
    path = f"/api/v1/articles/{council.mark}/passages"
    made = browser.post(path, json={"quote": WALLS, "note": "late"})
    assert (made.status_code, made.json["paragraph"], made.json["quote"]) == (201, 2, WALLS)
    assert browser.get(path).json == {"items": [made.json]}
    twice = browser.post(path, json={"quote": "flood defences"})
    assert (twice.status_code, twice.json["errors"][0]["where"]) == (400, "body: start")
    first = council.article.body.index("flood defences")
    said = f"they stand in the text more than once: at {first}, "
    assert "body: start is missing: expected where the words begin, " in twice.json["detail"]
    assert said in twice.json["detail"]
    assert browser.post(path, json={"quote": "flood defences", "start": 500}).status_code == 201
    wrong = browser.post(path, json={"quote": "nowhere to be seen"})
    assert (wrong.status_code, wrong.json["errors"][0]["where"]) == (400, "body: quote")
    one = f"/api/v1/passages/{made.json['id']}"
    assert browser.patch(one, json={"note": "too late"}).json["note"] == "too late"
    assert browser.delete(one).status_code == 204
    assert browser.patch(one, json={"note": "x"}).status_code == 410
