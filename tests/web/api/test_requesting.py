"""Requests to the scheduler, the ways of messages and the words of a search, by the API."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from corpus.store.crawls.requests import RequestKind, RequestState
from tests.web.conftest import app_over
from tests.web.corpus import COUNCIL, HERALD, NOW
from web.layout.services import EXTENSION

NOTIFY = {"webhook": "http://127.0.0.1:9/hook"}


@pytest.fixture
def desk(folder: Path) -> Iterator[Flask]:
    app = app_over(folder, crawler={"contact": "desk@gazette.example"}, notify=NOTIFY)
    yield app
    app.extensions[EXTENSION].close()


def want(browser: FlaskClient, **body: str) -> Any:
    return browser.post("/api/v1/requests", json=body)


def test_a_crawl_is_wanted_once_followed_and_cancelled(browser: FlaskClient, store: ArticleStore):
    made = want(browser, kind="crawl", about=HERALD)
    assert (made.status_code, made.json["state"], made.json["kind"]) == (201, "waiting", "crawl")
    assert want(browser, kind="crawl", about=HERALD).json == made.json
    assert len(store.audit.latest()) == 1
    path = f"/api/v1/requests/{made.json['id']}"
    assert browser.get(path).json == made.json
    assert browser.get("/api/v1/requests").json == {"scheduler_alive": False, "items": [made.json]}
    assert browser.delete(path).status_code == 204
    assert browser.get(path).json["state"] == "cancelled"
    again = browser.delete(path)
    assert (again.status_code, "does not wait any more" in again.json["detail"]) == (409, True)
    assert browser.delete("/api/v1/requests/99").status_code == 404


def test_a_look_is_wanted_and_shows_what_it_found(browser: FlaskClient, store: ArticleStore):
    made = want(browser, kind="look", about="gazette.example").json
    store.requests.finish(store.requests.claim(RequestKind.LOOK, NOW, limit=1)[0], NOW, answer={"feeds": []})
    done = browser.get(f"/api/v1/requests/{made['id']}").json
    assert (done["state"], done["found"]) == (RequestState.DONE.value, {"feeds": []})


@pytest.mark.parametrize(
    ("kind", "about", "where"),
    [
        ("burn", HERALD, "body: kind"),
        ("rule", HERALD, "body: about"),
        ("crawl", "unknown.example", "body: about"),
        ("crawl", "", "body: about"),
        ("look", "not an address", "body: about"),
        ("look", "", "body: about"),
    ],
)
def test_what_cannot_be_wanted_is_refused(browser: FlaskClient, store: ArticleStore, kind: str, about: str, where: str):
    reply = want(browser, kind=kind, about=about)
    assert (reply.status_code, reply.json["errors"][0]["where"]) == (400, where)
    assert store.requests.latest(1) == []


def test_a_paused_source_is_not_wanted(browser: FlaskClient, store: ArticleStore):
    store.sources.pause(HERALD, NOW)
    assert "paused" in want(browser, kind="crawl", about=HERALD).json["errors"][0]["expected"]


def test_the_ways_of_a_saved_search_are_set_and_that_can_be_undone(browser: FlaskClient, store: ArticleStore):
    id = browser.post("/api/v1/saved-searches", json={"search": "q=flood", "name": "Floods"}).json["id"]
    path = f"/api/v1/saved-searches/{id}"
    changed = browser.patch(path, json={"ways": ["webhook"], "often": "daily"}).json
    assert (changed["ways"], changed["often"]) == (["webhook"], "daily")
    left = {"delivery": [["webhook", "daily"]]}
    assert store.audit.latest()[0].undo == {
        "kind": "search told", "id": id, "ways": [], "often": "runs", "left": left
    }  # fmt: skip
    for body, where in (({"ways": ["pigeon"]}, "body: ways"), ({"often": "hourly"}, "body: often")):
        assert browser.patch(path, json=body).json["errors"][0]["where"] == where
    refused = browser.patch(path, json={"name": "Other", "ways": ["mail"]})  # [notify] has no mail here
    assert refused.status_code == 403
    assert browser.get(path).json["name"] == "Floods"
    assert browser.patch(path, json={"ways": []}).json["ways"] == []


def test_the_words_of_a_search_are_those_of_its_page(browser: FlaskClient):
    record = browser.get("/words.json?q=insurance").json
    assert browser.get("/api/v1/words?q=insurance").json == record
    assert browser.get("/api/v1/words?q=insurance&sort=new").status_code == 400


@pytest.mark.parametrize("about", ["section", f"colour {HERALD}", f"section {HERALD}", ""])
def test_a_rule_without_three_corrections_is_refused(browser: FlaskClient, store: ArticleStore, about: str):
    assert want(browser, kind="rule", about=about).json["errors"][0]["where"] == "body: about"
    assert store.requests.latest(1) == []


def test_a_batch_of_the_api_counts_as_its_page_does(client: FlaskClient):
    given = {"list": "query,name\nflood,floods\ninsurance,\n", "by": "month", "from": "2021"}
    found = client.get("/api/v1/batch", query_string=given).json
    assert found == client.get("/batch.json", query_string=given).json
    assert [each["name"] for each in found["searches"]] == ["floods", "insurance"]
    assert client.get("/api/v1/batch?list=flood&by=auto").json["errors"][0]["where"] == "query: by"
    assert "nothing" not in client.get("/api/v1/batch").json["notes"]


@pytest.mark.parametrize("ending", ["csv", "zip", "html"])
def test_a_dossier_is_a_file_of_the_api_as_on_its_page(browser: FlaskClient, ending: str):
    mark = browser.post("/api/v1/dossiers", json={"name": "Walls"}).json["mark"]
    filled = browser.post(f"/api/v1/dossiers/{mark}/searches", json={"search": "q=flood"})
    assert (filled.status_code, filled.json["new"]) == (201, filled.json["found"])
    assert browser.post(f"/api/v1/dossiers/{mark}/searches", json={"search": "q=xyzzy"}).status_code == 403
    for each in browser.get("/api/v1/search?q=flood&limit=2").json["items"]:
        browser.put(f"/api/v1/dossiers/{mark}/articles/{each['id']}", json={"tags": ["money"]})
    ours = browser.get(f"/api/v1/dossiers/{mark}/exports/{ending}?tag=money")
    page = browser.get(f"/d/{mark}/export.{ending}?tag=money")
    assert (ours.status_code, ours.mimetype) == (page.status_code, page.mimetype)
    assert ours.headers.get("Content-Disposition") == page.headers.get("Content-Disposition")
    assert len(ours.data) == len(page.data)
    assert browser.get(f"/api/v1/dossiers/{mark}/exports/exe").status_code == 404


def test_an_address_leads_to_its_article_or_to_what_became_of_it(client: FlaskClient):
    def known(url: str) -> Any:
        return client.get("/api/v1/lookup", query_string={"url": url}).json

    stored = known(COUNCIL.url.replace("https://", "http://www.") + "?utm_source=x")
    assert (stored["state"], stored["url"], stored["withdrawn"]) == ("stored", COUNCIL.url, None)
    assert client.get(f"/api/v1/articles/{stored['article']}").json["url"] == COUNCIL.url
    assert known(stored["article"])["article"] == stored["article"]
    gone = known("https://coastpost.example/gone")
    assert gone["withdrawn"]
    unknown = known("https://unknown.example/x")
    assert (unknown["state"], unknown["article"], unknown["reason"]) == ("never seen", None, None)
    assert client.get("/api/v1/lookup").json["errors"][0]["where"] == "query: url"
    assert (known("k0zzzz")["state"], known("k0zzzz")["url"]) == ("never seen", None)
    for typed in ("not an address", "http://[::", "https//news.example/a", "x" * 3000):
        refused = client.get("/api/v1/lookup", query_string={"url": typed})
        assert (refused.status_code, refused.json["errors"][0]["where"]) == (400, "query: url")
