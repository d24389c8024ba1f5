"""Samples for coding: drawn by a form, listed with how, given again byte for byte, deleted and brought back."""

import csv
import hashlib
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from tests.web.conftest import Send
from tests.web.corpus import NOW


@pytest.fixture
def path(browser: FlaskClient, send: Send) -> str:
    """The address of a dossier that a search filled."""
    reply = send("/keep", what="all", search="q=flood", dossier="new", dossier_name="All")
    return str(reply.headers["Location"].partition("?")[0])


def drawn(browser: FlaskClient, send: Send, **fields: str) -> dict[str, Any]:
    """Draw a sample, and return how it was drawn."""
    reply = send("/samples", **{"n": "6", "seed": "1974", "columns": "frame, actor"} | fields)
    assert reply.status_code == 303, reply.text
    record: dict[str, Any] = browser.get("/samples.json").json[0]
    return record


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_same_seed_draws_the_same_and_each_file_stays_as_it_was(
    browser: FlaskClient, send: Send, path: str, store: ArticleStore
):
    one = drawn(browser, send, dossier=path.removeprefix("/d/"), evenly="source")
    first = browser.get(one["file"]).data
    assert (len(rows(first)), rows(first)[0]["frame"]) == (6, "")
    assert len({row["source"] for row in rows(first)}) >= 3
    assert one["checksum"] == hashlib.sha256(first).hexdigest()
    send("/dossiers", name="Between")  # the same form at once again would lead to the first
    again = drawn(browser, send, dossier=path.removeprefix("/d/"), evenly="source")
    assert browser.get(again["file"]).data == first
    mark = rows(first)[0]["id"]
    send(path, do="note", mark=mark, note="Since then.", tags="money")
    send(path, do="describe", name="Other")
    assert browser.get(one["file"]).data == first
    other = drawn(browser, send, dossier=path.removeprefix("/d/"), evenly="source", seed="1975")
    assert browser.get(other["file"]).data != first
    assert [each["mark"] for each in browser.get("/samples.json").json] == [other["mark"], again["mark"], one["mark"]]


def test_a_sample_of_a_search_says_the_search_the_seed_of_chance_and_that_there_are_no_more(
    browser: FlaskClient, send: Send, store: ArticleStore
):
    made = drawn(browser, send, q="flood", n="9999", seed="")
    total = browser.get("/search.json?q=flood&copies=show").json["total"]
    assert (made["search"], made["dossier"], made["candidates"]) == ("/search?q=flood", None, total)
    assert (made["wanted"], made["articles"], made["seed"] >= 0) == (9999, total, True)
    assert made["position"] == browser.get(f"/samples/{made['mark']}.json").json["position"] > 0
    page = browser.get("/samples").text
    assert 'href="/search?q=flood"' in page
    assert "of 9,999 wanted" in page
    assert store.audit.latest()[0].words.endswith("; there are no more.")
    assert len(browser.get(f"/samples/{made['mark']}.json").json["ids"]) == total


def test_the_page_of_a_dossier_lists_its_samples_and_draws_another(browser: FlaskClient, send: Send, path: str):
    reply = send("/samples", dossier=path.removeprefix("/d/"), n="2", seed="7")
    assert reply.headers["Location"].startswith(f"{path}?done=")
    page = browser.get(reply.headers["Location"]).text
    assert "2 articles are drawn with the seed 7." in page
    assert re.search(r'href="/samples/s-\w+">s-\w+</a><span class="q">2 articles · seed 7 · ', page)


def test_a_sample_is_deleted_and_that_can_be_undone(browser: FlaskClient, send: Send, store: ArticleStore):
    made = drawn(browser, send, q="flood")
    send(f"/samples/{made['mark']}")
    assert browser.get("/samples.json").json == []
    assert browser.get(made["file"]).status_code == 410
    send("/undo", change=str(store.audit.latest()[0].id), back="/samples")
    assert browser.get(made["file"]).status_code == 200
    send("/undo", change=str(store.audit.latest()[-1].id), back="/samples")
    assert browser.get("/samples.json").json == []


def test_of_an_article_withdrawn_since_the_file_has_place_and_mark_alone(
    browser: FlaskClient, send: Send, store: ArticleStore
):
    made = drawn(browser, send, q="flood")
    before = rows(browser.get(made["file"]).data)
    store.withdraw_by_hand(store.by_mark(before[1]["id"]).id, "asked for", at=NOW + timedelta(minutes=1))
    reply = browser.get(made["file"])
    after = rows(reply.data)
    assert (after[0], after[2:]) == (before[0], before[2:])
    assert {name: value for name, value in after[1].items() if value} == {"place": "2", "id": before[1]["id"]}
    assert reply.headers["Pressmark-Withdrawn"] == "1"
    assert "1 withdrawn since" in browser.get("/samples").text
    assert before[1]["headline"] not in browser.get("/samples").text


def test_the_line_of_an_article_withdrawn_while_its_sample_is_drawn_is_not_stored(
    browser: FlaskClient, send: Send, store: ArticleStore
):
    made = store.samples.get(drawn(browser, send, q="flood")["mark"])
    assert made is not None
    article = store.by_mark(next(iter(store.samples.rows(made.id))).mark)
    assert article is not None
    store.withdraw_by_hand(article.id, "asked for", at=NOW + timedelta(minutes=1))
    late = store.samples.add(made.recipe, "", NOW, head="id", lines=[(article.id, "its headline")], checksum="")
    with store._database.reading() as connection:
        stored = connection.execute("SELECT line FROM sample_rows WHERE sample = ?", (late.id,)).fetchall()
    assert ([row["line"] for row in stored], late.articles, late.withdrawn) == ([""], 1, 1)


def test_what_cannot_be_drawn_is_refused_and_stores_nothing(send: Send, store: ArticleStore):
    for wrong in (
        {"n": "x"},
        {"n": "0"},
        {"n": "-1"},
        {"n": "10001"},
        {"n": ""},
        {"seed": "later"},
        {"evenly": "mood"},
        {"columns": "x" * 61},
        {"columns": ",".join(f"c{at}" for at in range(31))},
        {"q": "xyzzy"},
    ):
        assert send("/samples", **{"q": "flood", "n": "6", "seed": "1"} | wrong).status_code == 403, wrong
    assert store.samples.all() == []
    assert store.audit.latest() == []


def test_a_dossier_that_is_not_there_has_no_sample(browser: FlaskClient, send: Send):
    assert send("/samples", dossier="d-00000", n="6").status_code == 404
    assert browser.get("/samples/s-00000.csv").status_code == 404
