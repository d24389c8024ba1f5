"""The receipt of one crawl as a page and as JSON."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from corpus.model import LeftOut, Outcome
from corpus.runs.receipts import SourceReceipt
from corpus.runs.words import trigger_word
from corpus.store import ArticleStore
from corpus.texts import joined, text
from corpus.via import Via
from tests.corpus.samples import visit
from tests.web.commands import run
from tests.web.conftest import app_over, client_of
from tests.web.corpus import NOW, POST
from web.languages.choice import LANGUAGES, speaking
from web.languages.wording import said
from web.layout.services import EXTENSION
from web.sources import run_page
from web.sources.run_record import results_of

HOSTILE = 'https://news.example/shop?q="><script>alert(1)</script>'


def left(url: str, reason: str = "shape") -> LeftOut:
    return LeftOut(url=url, reason=reason, via=Via.HOME, parent="https://news.example/")


def test_a_crawl_is_linked_from_the_list_of_crawls(client: FlaskClient):
    assert '<a href="/crawls/1">23 Nov 2026, 02:14</a>' in client.get("/crawls").text


def test_the_list_of_crawls_counts_what_was_refused_apart_from_what_failed(tmp_path: Path):
    with ArticleStore.open(tmp_path / "pressmark.sqlite") as store, store.runs.begin(["x"], started=NOW) as claim:
        counts = {"x": {"refused": 2, "failed": 1}}
        store.runs.finish(replace(claim.run, ended=NOW, status="done", counts=counts))
    app = app_over(tmp_path)
    cells = dict(re.findall(r'data-l="(\w+)">(\d+)<', client_of(app).get("/crawls").text))
    app.extensions[EXTENSION].close()
    assert (cells["Refused"], cells["Failed"]) == ("2", "1")


def test_the_page_says_what_came_what_was_lost_and_what_is_left(client: FlaskClient):
    page = client.get("/crawls/1").text
    assert "Crawl of Monday 23 November 2026, 02:14" in page
    assert "18 new articles from 2 of 2 sources in 16 minutes." in page
    assert '<td>failed<td class="whole">the host did not answer in time <code class="q">timeout</code>' in page
    assert "4.2 MB in 59 requests" in page
    assert "0:18:00 for the sites’ rest, 0:06:00 for answers" in page
    assert "6 addresses due and not asked for" in page


def test_the_visits_of_the_table_add_up_to_all(client: FlaskClient):
    table = client.get("/crawls/1").text.partition("Every visit")[2].partition("</table>")[0]
    cells = [re.sub("<a [^>]*>", "", part).partition("<")[0].strip() for part in table.split('data-l="Visits">')[1:]]
    numbers = [int(cell) for cell in cells]
    assert numbers == [18, 40, 1, 59]
    assert sum(numbers[:-1]) == numbers[-1]


def test_the_json_is_that_of_the_command(client: FlaskClient, data: Path, tmp_path: Path):
    (tmp_path / "config.toml").write_text(f"data = {json.dumps(str(data))}\n")
    printed = run(tmp_path, "runs", "1", "--json").stdout
    assert client.get("/crawls/1.json").json == json.loads(printed)


@pytest.mark.parametrize("number", ["99", "0", "-1", "x", "1.5", "9223372036854775808", "9" * 400])
def test_a_crawl_that_is_not_there_is_a_page_that_says_so(client: FlaskClient, number: str):
    for path in (f"/crawls/{number}", f"/crawls/{number}.json"):
        assert client.get(path).status_code == 404, path


def test_copies_are_unknown_and_not_none_when_the_visits_of_a_crawl_are_gone(client: FlaskClient):
    sources = client.get("/crawls/1.json").json["sources"]
    assert next(each for each in sources if each["source"] == POST)["copies"] is None


def test_what_was_left_out_is_counted_by_reason_with_examples_that_cannot_be_run(tmp_path: Path):
    with ArticleStore.open(tmp_path / "pressmark.sqlite") as store:
        with store.runs.begin(["news.example"], started=NOW) as claim:
            named = (left(HOSTILE), left("https://news.example/shop/2"), left("https://news.example/c", "comment"))
            store.record(replace(visit(url="https://news.example/"), run=claim.run.id, left_out=named))
            counts = {"read": {"": 1}, "failed": {}}
            receipt = SourceReceipt(source="news.example", state="done", started=NOW, ended=NOW, counts=counts)
            store.runs.finish_sources(claim.run.id, [receipt], {})
            store.runs.finish(replace(claim.run, ended=NOW + timedelta(minutes=1), status="done"))
        (result,) = results_of(store, claim.run)
        assert (result.times_left_out, result.left_out["comment"]) == (3, (1, ("https://news.example/c",)))
    app = app_over(tmp_path)
    client = client_of(app)
    page, found = client.get("/crawls/1").text, client.get("/crawls/1.json").json
    app.extensions[EXTENSION].close()
    assert '<th scope="row"><code>shape</code><td class="num" data-l="Addresses">2<' in page
    assert '<th scope="row">All<td class="num" data-l="Addresses">3<' in page
    assert "<script>alert" not in page
    assert found["sources"][0]["left_out"]["shape"]["addresses"] == 2
    assert "https://news.example/shop/2" in found["sources"][0]["left_out"]["shape"]["examples"]


def test_a_crawl_under_way_and_one_that_died_say_what_they_visited(tmp_path: Path):
    failed = '<td class="num" data-l="Visits"><a href="/crawls/1/visits?outcome=failed">1</a>'
    with ArticleStore.open(tmp_path / "pressmark.sqlite") as store:
        with store.runs.begin(["news.example"], started=NOW) as claim:
            gone = visit(url="https://news.example/f")
            store.record(replace(gone, article=None, outcome=Outcome.FAILED, reason="timeout", run=claim.run.id))
            app = app_over(tmp_path)
            client = client_of(app)
            page = client.get("/crawls/1").text
            assert '<meta http-equiv="refresh" content="15">' in page
            assert "0 new articles so far" in page
            assert failed in page
            assert "<dt>Waits<dd>not known for the sites" in page
            assert "<dt>Left" not in page  # nobody has counted it
            assert client.get("/crawls/1.json").json["sources"][0]["left"] is None
        page = client.get("/crawls/1").text  # its lock is free, its receipt was never closed
        app.extensions[EXTENSION].close()
    assert "http-equiv" not in page
    assert "died</b> · crawl 1" in page
    assert failed in page
    assert "<dt>Left" not in page


def test_a_receipt_says_of_how_many_sources_only_visits_are_counted(tmp_path: Path):
    names = ["a.example", "b.example"]
    with ArticleStore.open(tmp_path / "pressmark.sqlite") as store, store.runs.begin(names, started=NOW) as claim:
        receipt = SourceReceipt(source=names[0], state="done", started=NOW, waiting=timedelta(seconds=5), left=3)
        store.runs.finish_sources(claim.run.id, [receipt], {})
        app = app_over(tmp_path)
        client = client_of(app)
        page, sources = client.get("/crawls/1").text, client.get("/crawls/1.json").json["sources"]
        app.extensions[EXTENSION].close()
    assert "<dd>0:00:05 for the sites" in page
    assert "<dd>3 addresses due" in page
    assert "<dt>Not counted<dd>rest, what is left and what articles lack, of 1 source: " in page
    counted = ("waited", "left", "articles_read", "unread")
    assert [[each[name] for name in counted] for each in sources] == [[5.0, 3, 0, 0], [None] * 4]


def test_a_source_of_which_too_little_could_be_had_is_not_called_ok(tmp_path: Path):
    gone = {"failed": {"http-404": 4}, "read": {"": 1}}
    given: dict[str, dict[str, Any]] = {  # of none of them an article stands
        "failing.example": {"counts": gone, "lost": 4, "lost_for": {"http-404": 4}, "lists": 1},
        "first.example": {"counts": gone, "lost": 1, "lists": 1},
        "half.example": {"counts": gone, "lost": 4, "had": 4, "lists": 1},
        "well.example": {"counts": {"read": {"": 1}}, "lists": 1},
    }
    with ArticleStore.open(tmp_path / "pressmark.sqlite") as store, store.runs.begin([*given], started=NOW) as claim:
        receipts = [SourceReceipt(source=name, state="done", started=NOW, **facts) for name, facts in given.items()]
        store.runs.finish_sources(claim.run.id, receipts, {})
        store.runs.finish(replace(claim.run, ended=NOW, status="partial"))
    app = app_over(tmp_path)
    client = client_of(app)
    table = client.get("/crawls/1").text.partition("By source")[2]
    states = [each["state"] for each in client.get("/crawls/1.json").json["sources"]]
    app.extensions[EXTENSION].close()
    rows = re.findall(r"<bdi>(\w+)\.example</bdi></a><td><b [^>]*><span [^>]*>.</span> (\w+)</b>", table)
    assert rows == [("failing", "partial"), ("first", "partial"), ("half", "done"), ("well", "done")]
    assert states == ["partial", "partial", "done", "done"]
    (tmp_path / "config.toml").write_text(f"data = {json.dumps(str(tmp_path))}\n")
    printed = run(tmp_path, "runs", "1").stdout.splitlines()[2:6]
    assert [line.split("\t")[1] for line in printed] == states


def test_a_crawl_of_more_sources_than_a_page_bears_says_how_many_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(run_page, "ROWS", 2)
    names = [f"s{number}.example" for number in range(5)]
    with ArticleStore.open(tmp_path / "pressmark.sqlite") as store, store.runs.begin(names, started=NOW) as claim:
        counts = {"failed": {"dns": 1}}
        receipts = [SourceReceipt(source=each, state="done", started=NOW, counts=counts) for each in names]
        store.runs.finish_sources(claim.run.id, receipts, {})
        store.runs.finish(replace(claim.run, ended=NOW, status="done"))
    app = app_over(tmp_path)
    page = client_of(app).get("/crawls/1").text
    app.extensions[EXTENSION].close()
    assert "And 3 more rows" in page
    assert "And 3 more sources" in page
    assert '<th scope="row">All<td class="num" data-l="Visits">5<' in page


def test_what_a_receipt_says_of_its_run_is_said_in_the_language_of_the_page(tmp_path: Path):
    lost = joined(", ", [text("{reason} ×{n:,}", reason="http-404", n=12)])
    note = joined(
        "; ",
        (
            text("nothing of {sources} could be read", sources="s.example"),
            text("no story of {source} could be read ({why})", source="t.example", why=lost),
        ),
    )
    with ArticleStore.open(tmp_path / "pressmark.sqlite") as store:
        with store.runs.begin(["s.example"], started=NOW, trigger="schedule") as claim:
            store.runs.finish(replace(claim.run, ended=NOW, status="partial", note=note))
        with store.runs.begin(["s.example"], started=NOW, trigger="schedule") as claim:
            store.runs.finish(replace(claim.run, ended=NOW, status="ok", note="as an older version wrote it"))
    app = app_over(tmp_path)
    browser = client_of(app)
    listed, page, plain = (browser.get(path).text for path in ("/de/crawls", "/de/crawls/1", "/crawls"))
    data = browser.get("/de/crawls/1.json").json
    app.extensions[EXTENSION].close()
    words = "von s.example war nichts zu bekommen; von t.example war kein Artikel zu bekommen (der Server antwortete"
    assert words in listed
    assert words in page
    assert "Auslöser: Zeitplan" in page
    assert "as an older version wrote it" in listed
    assert "no story of t.example could be read (the server answered 404 ×12)" in plain
    assert data["note"] == "nothing of s.example could be read; no story of t.example could be read (http-404 ×12)"


def test_others_who_read_the_pages_see_no_note_of_a_run(tmp_path: Path):
    note = "/srv/corpus/pressmark.sqlite: the disk is full"
    with (
        ArticleStore.open(tmp_path / "pressmark.sqlite") as store,
        store.runs.begin(["s.example"], started=NOW, trigger="schedule") as claim,
    ):
        store.runs.finish(replace(claim.run, ended=NOW, status="failed", note=note))
    paths = ("/crawls", "/crawls.json", "/crawls.csv", "/crawls/1", "/crawls/1.json", "/api/v1/runs", "/api/v1/runs/1")
    for public in (False, True):
        app = app_over(tmp_path, web={"public": public})
        for path in paths:
            answer = client_of(app).get(path)
            assert answer.status_code == 200, path
            assert ("/srv/corpus" in answer.text) is not public, path
        app.extensions[EXTENSION].close()


@pytest.mark.parametrize(("code", "words"), [("de", "von Hand"), ("es", "a mano"), ("fr", "à la main")])
def test_a_crawl_that_a_person_began_is_said_so_as_one_says_it(code: str, words: str):
    with speaking(LANGUAGES[code]):
        assert said(trigger_word("manual")) == words
