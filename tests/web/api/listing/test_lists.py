"""Every page as data: each page of the map of addresses has a twin, or says here why it needs none."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from corpus.store.crawls.requests import RequestKind
from indexer.results import receipts
from tests.web.accounts.conftest import shared
from tests.web.conftest import Send, client_of
from tests.web.corpus import article
from web.api.listing import lists
from web.authors import author_pages, merging
from web.layout import paths

__all__ = ["shared"]

# Page -> where the same is given as data; a page that has none says why.
TWINS = {
    "/": "/search.json",
    "/a/<name>": "/api/v1/articles/<id>",  # and below its own address, as .json, .md, .bib ...
    "/a/<mark>/revisions": "/api/v1/articles/<id>/revisions",
    "/a/<mark>/capture": "/a/<mark>/capture.warc.gz",
    "/audit": "/audit.json",
    "/authors": "/authors.json",
    "/authors/<key>": "/api/v1/authors/<key>",
    "/batch": "/batch.json",
    "/corrections": "/corrections.json",
    "/crawls": "/crawls.json",
    "/crawls/<int(min=1, max=9223372036854775807):run>": "/crawls/<int(min=1, max=9223372036854775807):run>.json",
    "/crawls/<int(min=1, max=9223372036854775807):run>/visits": (
        "/crawls/<int(min=1, max=9223372036854775807):run>.csv"
    ),
    "/d/<mark>": "/d/<mark>.json",
    "/d/<mark>/history": "/d/<mark>/history.json",
    "/dossiers": "/dossiers.json",
    "/facets/<name>": "/api/v1/facets/<facet>",
    "/merges": "/merges.json",
    "/people": "/people.json",
    "/receipts": "/receipts.json",
    "/requests": "/requests.json",
    "/requests/<int:id>": "/requests/<int:id>.json",
    "/samples": "/samples.json",
    "/samples/<mark>": "/samples/<mark>.json",
    "/saved": "/saved/new.json",
    "/schedule": "/schedule.csv",
    "/search": "/search.json",
    "/shared/<name>": "/shared/<name>.json",
    "/sources": "/sources.json",
    "/sources/<path:name>": "/api/v1/sources/<path:name>",
    "/sources/<path:name>/coverage": "/sources/<path:name>/coverage.json",
    "/trends": "/trends.json",
    "/words": "/words.json",
    "/api/": "/api/v1/openapi.json",
}
WITHOUT = {
    "/a/<mark>/capture/page": "the page as it was fetched: its WARC record is the data",
    "/a/<mark>/diff/<span>": "gives itself as .json below its own address",
    "/q/<mark>": "gives itself as .json and .txt below its own address",
    "/coverage": "a drawing of the sources' own coverage, which each give as JSON and CSV",
    "/lookup": "leads to an article, which is data; `pressmark why URL --json` has what became of an address",
    "/export": "a form that leads to exports",
    "/advanced": "a form that leads to a search",
    "/saved/pause/<name>": "a form",
    "/language": "a choice",
    "/login": "a form",
    "/account": "one's own account: its tokens are shown once",
    "/about": "words",
    "/help": "words",
    "/help/search": "words",
    "/api": "leads to /api/",
    "/readyz": "is JSON itself",
}
DATA = (".json", ".csv", ".zip", ".atom", ".svg", ".xml", ".txt", ".ico", ".gz", ".wacz", "<ending>", "metrics")


def test_every_page_has_its_twin_or_a_reason(client: FlaskClient, app: Flask):
    rules = {rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    pages = {
        rule
        for rule in rules
        if not rule.startswith(("/api/v1", "/search.", "/static", "/suggest", "/healthz"))
        and (rule in TWINS or not rule.endswith(DATA))
    }
    assert pages == TWINS.keys() | WITHOUT.keys()
    assert set(TWINS.values()) <= rules


def test_a_list_is_the_same_as_json_and_csv(
    browser: FlaskClient, send: Send, store: ArticleStore, index: Callable[[], object]
):
    send("/dossiers", name="=Walls")
    send("/samples", q="flood", n="2", seed="7", columns="frame, actor")
    send("/q", search="q=flood", purpose="chapter 3")
    send("/saved", search="q=flood", name="+Floods")
    store.write(article("coastpost.example", "new", "=Flood", "The flood.", day="2026-11-22"))
    index()
    for name in lists.LISTS:
        found, table = browser.get(f"/{name}.json"), browser.get(f"/{name}.csv")
        records: list[dict[str, Any]] = found.get_json()["jobs"] if name == "schedule" else found.get_json()
        assert (found.status_code, table.status_code, table.mimetype) == (200, 200, "text/csv"), name
        rows = list(csv.DictReader(io.StringIO(table.text)))
        assert bool(rows) == (name not in ("people", "requests")), name
        for row, record in zip(rows, records, strict=True):
            plain = {key: value for key, value in record.items() if isinstance(value, str | int) and key in row}
            assert all(row[key].removeprefix("'") == str(value) for key, value in plain.items()), name


def test_the_pages_lead_to_their_data(browser: FlaskClient, send: Send):
    send("/dossiers", name="Walls")
    send("/q", search="q=flood", purpose="chapter 3")
    for name in ("sources", "crawls", "authors", "receipts", "dossiers"):
        page = browser.get(f"/{name}").text
        for ending in ("csv", "json"):
            assert f'href="/{name}.{ending}"' in page, name
    assert 'href="/authors.csv?fq=ok"' in browser.get("/authors?fq=ok").text
    some, everybody = (browser.get(f"/authors.json{narrowed}").get_json() for narrowed in ("?fq=ok", ""))
    assert 0 < len(some) < len(everybody)


def test_a_list_that_is_bounded_says_so(browser: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    assert browser.get("/crawls.json").headers["Pressmark-Complete"] == "yes"
    monkeypatch.setattr(paths, "MOST_LISTED", 0)
    reply = browser.get("/crawls.json")
    assert (reply.json, reply.headers["Pressmark-Complete"]) == ([], "no")


def test_the_page_of_a_list_says_that_its_files_have_the_last_records_alone(
    browser: FlaskClient,
    send: Send,
    store: ArticleStore,
    index: Callable[[], object],
    monkeypatch: pytest.MonkeyPatch,
):
    send("/saved", search="q=flood", name="Floods")
    for purpose in ("chapter 3", "chapter 4"):
        send("/q", search="q=flood", purpose=purpose)
    for name in ("one", "two"):
        store.requests.add(RequestKind.CRAWL, f"{name}.example", "ada", datetime(2026, 11, 23, 9, tzinfo=UTC))
        store.write(article("coastpost.example", name, f"Flood {name}", "The flood.", day="2026-11-22"))
        index()
        with store.runs.begin(["coastpost.example"], started=datetime(2026, 11, 23, 9, tzinfo=UTC)) as claim:
            store.runs.finish(replace(claim.run, ended=claim.run.started, status="ok"))
    lists = ("/crawls", "/receipts", "/requests", "/audit", "/saved")
    for page in lists:
        assert "The last" not in browser.get(page).text, page
    monkeypatch.setattr(paths, "MOST_LISTED", 1)
    for page in lists:
        assert browser.get(page).text.count("The last 1 as</span>") == 1, page
        data = browser.get(f"{page}/new.json" if page == "/saved" else f"{page}.json")
        assert (len(data.get_json()), data.headers["Pressmark-Complete"]) == (1, "no"), page
    assert "Die letzten 1 als" in browser.get("/de/crawls").text


def test_the_authors_beyond_the_bound_are_said_to_be_left_out(browser: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    whole = browser.get("/authors.csv")
    assert (whole.headers["Pressmark-Complete"], "Pressmark-Notes" in whole.headers) == ("yes", False)
    assert 'filename="authors.csv"' in whole.headers["Content-Disposition"]
    monkeypatch.setattr(author_pages, "MOST", 2)
    part, names = browser.get("/authors.csv"), browser.get("/authors.json")
    assert 'filename="authors-incomplete.csv"' in part.headers["Content-Disposition"]
    for reply in (part, names):
        assert reply.headers["Pressmark-Complete"] == "no"
        assert "Only the first 2 names" in reply.headers["Pressmark-Notes"]
    assert len(names.get_json()) == 2
    page = browser.get("/de/authors").text
    assert "Nur die ersten 2 Namen des Alphabets" in page
    assert "Diese als" in page
    answer = browser.get("/api/v1/authors").json
    assert (answer["total"], answer["notes"][0][:22]) == (2, "Only the first 2 names")


def test_pairs_of_names_say_whether_they_are_all(browser: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    assert browser.get("/merges.json").headers["Pressmark-Complete"] == "yes"
    monkeypatch.setattr(merging, "MOST", 0)
    assert browser.get("/merges.json").headers["Pressmark-Complete"] == "no"


def test_news_are_of_the_moment_that_is_wanted_and_name_their_searches(
    browser: FlaskClient, send: Send, store: ArticleStore, index: Callable[[], object], monkeypatch: pytest.MonkeyPatch
):
    send("/saved", search="q=flood", name="Floods, all")
    send("/saved", search="q=wall", name="Walls")
    assert browser.get("/saved/new.json").get_json() == []
    store.write(article("coastpost.example", "new", "Flood wall", "The flood.", day="2026-11-22"))
    index()
    (one,) = browser.get("/saved/new.json").get_json()
    assert (one["headline"], one["searches"], one["published"]) == (
        "Flood wall",
        ["Floods, all", "Walls"],
        "2026-11-22",
    )
    assert 'href="/saved/new.csv?since=7d"' in browser.get("/saved?since=7d").text
    send("/saved/looked")
    assert browser.get("/saved/new.json").get_json() == []
    assert one["id"] in [each["id"] for each in browser.get("/saved/new.json?since=7d").get_json()]
    monkeypatch.setattr(receipts, "MOST", 1)
    reply = browser.get("/saved/new.csv?since=7d")
    assert (reply.headers["Pressmark-Complete"], reply.headers["Pressmark-Uncounted"]) == ("no", "1, 2")


def test_what_is_not_for_everybody_is_not_for_everybody_as_data(shared: Flask):
    for path in ("/people.json", "/people.csv", "/receipts.csv", "/sources.csv"):
        assert client_of(shared).get(path).status_code in (302, 401), path
