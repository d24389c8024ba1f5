"""What people want of the scheduler, from the pages: written down once, followed, cancelled, and never made by them."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from corpus.store.crawls.requests import EXPIRES, RequestKind
from tests.web.conftest import Send, app_over, client_of
from tests.web.corpus import HERALD, NOW, POST
from web.layout.services import EXTENSION

PATH = f"/sources/{HERALD}"


@pytest.fixture
def desk(folder: Path) -> Iterator[Flask]:
    app = app_over(folder, crawler={"contact": "desk@gazette.example"})
    yield app
    app.extensions[EXTENSION].close()


@pytest.fixture
def alive(store: ArticleStore) -> None:
    """A scheduler was alive a minute ago."""
    store.schedule.beat(NOW - timedelta(minutes=1))


def taken(store: ArticleStore, kind: RequestKind):
    return store.requests.claim(kind, NOW, limit=1)[0]


@pytest.mark.usefixtures("alive")
def test_a_crawl_is_wanted_from_a_sources_page_once_and_that_can_be_undone(
    browser: FlaskClient, send: Send, store: ArticleStore
):
    assert 'value="crawl"' in browser.get(PATH).text
    reply = send("/requests", name=HERALD, do="crawl")
    page = browser.get(reply.headers["Location"]).text
    assert f"A crawl of {HERALD} is wanted: the scheduler begins it in a moment." in page
    assert 'href="/requests/1"' in page
    assert 'value="crawl"' not in page
    assert "is wanted already" in browser.get(send("/requests", name=HERALD, do="crawl").headers["Location"]).text
    assert [each.about for each in store.requests.open()] == [HERALD]
    send("/undo", change=re.search(r"done=(\d+)", reply.headers["Location"])[1], back="/")
    assert store.requests.open() == []
    assert 'value="crawl"' in browser.get(PATH).text


@pytest.mark.usefixtures("alive")
def test_a_crawl_that_has_begun_is_neither_undone_nor_cancelled(browser: FlaskClient, send: Send, store: ArticleStore):
    reply = send("/requests", name=HERALD, do="crawl")
    taken(store, RequestKind.CRAWL)
    change = re.search(r"done=(\d+)", reply.headers["Location"])[1]
    assert send("/undo", change=change, back="/").status_code == 403
    assert send("/requests", id="1", do="cancel").status_code == 409
    page = browser.get("/requests/1").text
    assert "The crawl is under way." in page
    assert "Cancel" not in page


@pytest.mark.parametrize(("name", "status"), [("nobody.example", 404), ("", 404)])
def test_only_a_source_of_config_is_crawled(send: Send, store: ArticleStore, name: str, status: int):
    assert send("/requests", name=name, do="crawl").status_code == status
    assert send("/requests", name=name, do="job").status_code == status
    assert send("/requests", name=HERALD, do="explode").status_code == 403
    assert send("/requests", id="x", do="cancel").status_code == 404
    assert store.requests.open() == []


def test_a_paused_source_is_not_crawled_now(browser: FlaskClient, send: Send, store: ArticleStore):
    store.sources.pause(HERALD, NOW)
    assert 'value="crawl"' not in browser.get(PATH).text
    assert send("/requests", name=HERALD, do="crawl").status_code == 403


def test_without_contact_nothing_is_wanted(folder: Path):
    app = app_over(folder, crawler={})
    client = client_of(app)
    found = re.search(r'name="token" value="([0-9a-f]+)"', client.get("/search?q=flood").text)
    assert found
    reply = client.post("/requests", data={"token": found[1], "name": HERALD, "do": "crawl"})
    assert (reply.status_code, "[crawler] contact" in reply.text) == (403, True)
    app.extensions[EXTENSION].close()


def test_pages_and_probe_say_that_no_scheduler_is_alive(browser: FlaskClient, send: Send):
    page = browser.get(PATH).text
    assert "No scheduler is alive" in page
    assert 'value="crawl"' not in page
    assert "pressmark crawl" in page
    said = browser.get(send("/requests", name=HERALD, do="crawl").headers["Location"]).text
    assert "no scheduler is alive, so it waits for one, for a day" in said
    assert "No scheduler is alive to take it up." in browser.get("/requests/1").text
    assert "Nobody crawls by this schedule now." in browser.get("/schedule").text
    warnings = browser.get("/readyz").json["warnings"]
    assert warnings["requests"] == "1 request waits for a scheduler, and none is alive"


def test_a_request_that_waited_a_day_says_so_though_nobody_noted_it(browser: FlaskClient, store: ArticleStore):
    store.requests.add(RequestKind.CRAWL, HERALD, "ana", NOW - EXPIRES - timedelta(minutes=1))
    page = browser.get("/requests/1").text
    assert "No scheduler took it up within a day" in page
    assert "refresh" not in page
    assert browser.get("/requests/1.json").json["state"] == "expired"
    assert "requests" not in browser.get("/readyz").json["warnings"]


@pytest.mark.usefixtures("alive")
def test_the_page_of_a_request_asks_again_until_it_has_ended(browser: FlaskClient, store: ArticleStore):
    store.requests.add(RequestKind.CRAWL, POST, "ana", NOW)
    waiting = browser.get("/requests/1").text
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in waiting
    assert "data-follow" in waiting
    request = taken(store, RequestKind.CRAWL)
    assert "data-follow" in browser.get("/requests/1").text
    store.requests.finish(request, NOW, failure='<b>"broken"</b>')
    ended = browser.get("/requests/1").text
    assert "&lt;b&gt;" in ended
    assert "<b>&#34;broken" not in ended
    assert "data-follow" not in ended
    assert "refresh" not in ended


@pytest.mark.usefixtures("alive")
def test_run_now_wants_all_sources_of_a_schedule_but_those_at_rest(
    browser: FlaskClient, send: Send, store: ArticleStore, desk: Flask
):
    store.sources.pause(POST, NOW)
    page = browser.get("/schedule").text
    assert "Run now" in page
    assert "(paused)" in page
    send("/requests", name="crawl", do="job")
    wanted = {each.about for each in store.requests.open()}
    assert wanted == {each.name for each in desk.extensions[EXTENSION].config.sources} - {POST}
    assert "Wanted now" in browser.get("/schedule").text
    assert len(browser.get("/requests.json").get_json()) == len(wanted)
    send("/requests", id="1", do="cancel")
    assert len(store.requests.open()) == len(wanted) - 1
    assert json.loads(browser.get("/schedule.json").text)["jobs"][0]["name"] == "crawl"


def test_a_schedule_page_names_the_next_runs_and_the_change_of_the_clocks(folder: Path):
    app = app_over(folder, timezone="Europe/Paris", schedule={"crawl": "daily 02:00"})
    client = client_of(app)
    page = client.get("/schedule").text
    assert "24 Nov 2026, 02:00" in page
    assert len(client.get("/schedule.json").get_json()["jobs"][0]["next"]) == 5
    assert "clocks change" not in page  # not before March
    app.extensions[EXTENSION].close()


def test_an_archive_that_others_read_shows_no_request(folder: Path):
    app = app_over(folder, web={"public": True})
    app.extensions[EXTENSION].store.requests.add(RequestKind.LOOK, "https://secret.example", "ana", NOW)
    client = client_of(app)
    assert client.get("/requests").status_code == 403
    assert client.get("/requests/1").status_code == 403
    assert client.get("/requests/1.json").status_code == 403
    assert "secret.example" not in client.get("/schedule").text
    app.extensions[EXTENSION].close()


@pytest.mark.parametrize("id", ["0", "7", "99999999999999999999999"])
def test_a_number_of_no_request_is_not_found(browser: FlaskClient, id: str):
    assert browser.get(f"/requests/{id}").status_code == 404
    assert browser.get(f"/requests/{id}.json").status_code == 404
