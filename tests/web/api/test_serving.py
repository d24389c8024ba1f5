"""The API answers as its document says, refuses what is wrong in words, and changes what the pages show."""

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.records import PAGE
from corpus.store import ArticleStore
from corpus.store.accounts.sessions import Scope
from corpus.store.crawls.requests import RequestKind
from tests.web.accounts.conftest import shared
from tests.web.api.sending import send
from tests.web.conftest import app_over, client_of
from tests.web.corpus import COUNCIL, HERALD, NOW
from web.api.document import document
from web.api.operations import OPERATIONS, Operation
from web.layout.services import EXTENSION

__all__ = ["shared"]

GOOD = {
    "search": "/search?q=flood&author=maria-okafor&from=2021&sort=new&limit=3",
    "suggest": "/suggestions?q=flo",
    "export": "/exports/jsonl?q=council&not.site=none",
    "article": "/articles/{article}",
    "revisions": "/articles/{article}/revisions",
    "facet": "/facets/site?q=flood&limit=2",
    "histogram": "/histogram?q=flood&by=year",
    "trend": "/trend?q=flood&q=wall&by=year&mean=3&measure=share&from=2021",
    "sources": "/sources",
    "source": f"/sources/{HERALD}",
    "runs": "/runs?limit=1",
    "run": "/runs/1",
    "authors": "/authors?find=ok&order=count",
    "author": "/authors/maria-okafor",
    "saved_searches": "/saved-searches",
    "saved_search": "/saved-searches/{search}",
    "dossiers": "/dossiers",
    "dossier": "/dossiers/{dossier}",
    "dossier_articles": "/dossiers/{dossier}/articles",
    "receipts": "/receipts",
    "corrections": "/corrections",
    "receipt": "/receipts/{receipt}",
    "words": "/words?q=insurance",
    "batch": "/batch?list=flood%0Ainsurance&by=month&from=2021",
    "rules": "/rules",
    "lookup": "/lookup?url=valley-herald.example",
    "samples": "/samples",
    "dossier_history": "/dossiers/{dossier}/history",
    "sample": "/samples/{sample}",
    "sample_file": "/samples/{sample}/file",
    "bundles": "/dossiers/{dossier}/bundles",
    "bundle_file": "/dossiers/{dossier}/bundles/{bundle}/file",
    "dossier_export": "/dossiers/{dossier}/exports/zip?tag=money",
    "requests": "/requests",
    "request": "/requests/{request}",
    "article_annotations": "/articles/{article}/annotations",
    "article_passages": "/articles/{article}/passages",
    "citations": "/articles/{article}/citations",
    "article_export": "/articles/{article}/exports/csl.json",
    "similar_articles": "/articles/{article}/similar",
    "changes": "/articles/{article}/changes?old=1&new=2",
    "trend_export": "/trend/exports/svg?q=flood&by=year",
    "coverage": f"/sources/{HERALD}/coverage?month=2026-11",
}


def filled(client: FlaskClient, store: ArticleStore) -> dict[str, str]:
    """Make one of everything that is kept by the API, and return what stands in the braces of GOOD."""
    mark = store.by_url(COUNCIL.url).mark
    search = send(client, "POST", "/saved-searches", {"search": "q=flood&site=none"})
    dossier = send(client, "POST", "/dossiers", {"name": "Walls", "about": "Of the sea"})
    assert (search.status_code, dossier.status_code) == (201, 201)
    put = {"note": "Start here.", "tags": ["money", "To check"]}
    put_in = send(client, "PUT", f"/dossiers/{dossier.json['mark']}/articles/{mark}", put)
    assert (put_in.status_code, put_in.json["tags"]) == (200, ["money", "to check"])
    receipt = send(client, "POST", "/receipts", {"search": "q=flood", "purpose": "chapter 3"})
    sample = send(client, "POST", "/samples", {"dossier": dossier.json["mark"], "count": 1, "seed": 7})
    assert (sample.status_code, sample.json["articles"]) == (201, 1)
    bundle = send(client, "POST", f"/dossiers/{dossier.json['mark']}/bundles", {"tag": "money"})
    assert (bundle.status_code, bundle.json["articles"]) == (201, 1)
    fixed = send(client, "POST", f"/articles/{mark}/corrections", {"field": "section", "value": "Coast"})
    assert (fixed.status_code, fixed.json["page_said"]) == (201, "Climate")
    return {
        "article": mark,
        "search": str(search.json["id"]),
        "dossier": dossier.json["mark"],
        "receipt": receipt.json["mark"],
        "sample": sample.json["mark"],
        "bundle": bundle.json["mark"],
        "request": str(store.requests.add(RequestKind.CRAWL, HERALD, "ana", NOW)[0].id),
    }


def test_every_answer_is_as_the_document_says(browser: FlaskClient, store: ArticleStore):
    made = document("1")
    parts = filled(browser, store)
    reads = [each for each in OPERATIONS if each.method == "GET"]
    assert {each.name for each in reads} == set(GOOD)
    for each in reads:
        reply = browser.get("/api/v1" + GOOD[each.name].format(**parts))
        assert reply.status_code == 200, (each.name, reply.text)
        if each.gives is not None:
            schema = {"$ref": f"#/components/schemas/{each.gives.__name__}", "components": made["components"]}
            jsonschema.validate(reply.json, schema)


def test_the_api_knows_all_that_pages_give_as_data(client: FlaskClient):
    mark = client.get("/api/v1/search?q=flood").json["items"][0]["id"]
    assert set(PAGE) <= client.get(f"/api/v1/articles/{mark}").json.keys()
    assert client.get("/crawls/1.json").json.keys() == client.get("/api/v1/runs/1").json.keys()


def test_every_class_and_field_of_the_document_is_explained_or_plain():
    made = document("1")
    for name, schema in made["components"]["schemas"].items():
        assert schema["description"], name
        assert "Attributes:" not in schema["description"], name  # each stands with its field
    for path, methods in made["paths"].items():
        for method, one in methods.items():
            assert one["summary"], (path, method)
            assert all(each["description"] for each in one["parameters"])


@pytest.mark.parametrize("each", [one for one in OPERATIONS if one.gives is not None], ids=lambda one: one.name)
def test_an_unknown_parameter_is_refused_with_those_that_are_known(client: FlaskClient, each: Operation):
    path = each.path.replace("{facet}", "site")
    reply = send(client, each.method, f"{path}?colour=red")
    known = ", ".join(one.name for one in each.takes) or "none"
    assert reply.status_code == 400
    assert reply.content_type == "application/problem+json"
    fault = reply.json["errors"][0]
    assert (fault["where"], fault["given"]) == ("query: colour", "red")
    assert fault["expected"].endswith(f": {known}")


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("from=21-13", "a date such as"),
        ("to=", "a text that is not empty"),
        ("limit=0", "a number from 1 to 100"),
        ("limit=ten", "a number from 1 to 100"),
        ("limit=1&limit=2", "this parameter once"),
        ("sort=REL", "one of rel, new, old, added"),
        ("match=best", "one of any, all"),
        ("has=table", "correction or none"),
        ("not.has=table", "correction or none"),
        ("lang=%25", "a language code such as en, or none"),
        ("site=%25", "a host such as news.example, or none"),
        ("links=%25", "a host such as news.example, or none"),
        ("author=%25", "a value of this facet, or none"),
        ("cursor=1.2.3.4.abcdefabcdef", "the `next` of an answer"),
        ("cursor=%00%ff", "the `next` of an answer"),
        (f"q={'x' * 3000}", "characters"),
    ],
)
def test_a_wrong_value_is_refused_with_what_would_be_right(client: FlaskClient, search: str, expected: str):
    reply = client.get(f"/api/v1/search?{search}")
    assert reply.status_code == 400
    assert expected in reply.json["errors"][0]["expected"]
    assert expected in reply.json["detail"]


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/nothing", "GET", 404),
        ("/articles/a0aaaa", "GET", 404),
        ("/articles/..%2f..%2fetc", "GET", 404),
        ("/facets/colour", "GET", 404),
        ("/runs/0", "GET", 404),
        ("/runs/99999999999999999999", "GET", 404),
        ("/search", "DELETE", 405),
        ("/dossiers", "PATCH", 405),
    ],
)
def test_what_is_not_there_is_a_problem_as_json(client: FlaskClient, path: str, method: str, status: int):
    reply = send(client, method, path)
    assert (reply.status_code, reply.content_type) == (status, "application/problem+json")
    assert reply.json["status"] == status
    assert ("Allow" in reply.headers) == (status == 405)


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ("{", "body"),
        ("[]", "body"),
        ("{}", "body: name"),
        ('{"name": 7}', "body: name"),
        ('{"name": " "}', "body: name"),
        ('{"name": "x", "colour": "red"}', "body: colour"),
        (json.dumps({"name": "x" * 501}), "body: name"),
    ],
)
def test_a_wrong_body_is_refused_and_changes_nothing(client: FlaskClient, app: Flask, body: str, where: str):
    reply = client.post("/api/v1/dossiers", data=body, content_type="application/json")
    assert reply.status_code == 400
    assert reply.json["errors"][0]["where"] == where
    assert app.extensions[EXTENSION].store.dossiers.all() == []


@pytest.mark.parametrize("path", ["/saved-searches", "/receipts"])
@pytest.mark.parametrize("search", ["q=flood&from=21-13", "q=flood&colour=red", "page=2"])
def test_a_search_that_is_not_right_is_not_kept(client: FlaskClient, app: Flask, path: str, search: str):
    reply = send(client, "POST", path, {"search": search})
    assert (reply.status_code, reply.json["errors"][0]["where"][:20]) == (400, "body: search, query:")
    assert app.extensions[EXTENSION].store.audit.latest() == []


def test_what_would_be_cut_is_refused_and_changes_nothing(browser: FlaskClient, store: ArticleStore):
    parts = filled(browser, store)
    path = f"/dossiers/{parts['dossier']}/articles/{parts['article']}"
    before = [each.words for each in store.audit.latest()]
    long = send(browser, "PUT", path, {"note": "x" * 10_001}).json["errors"][0]
    assert (long["where"], long["given"]) == ("body: note", "10,001 characters")
    unnamed = send(browser, "PATCH", f"/saved-searches/{parts['search']}", {"name": " ", "paused": True})
    assert unnamed.json["errors"][0] == {"where": "body: name", "given": " ", "expected": "a name"}
    assert [each.words for each in store.audit.latest()] == before
    assert send(browser, "PUT", path, {"note": "x" * 10_000}).status_code == 200


def test_a_dossier_is_renamed_and_shared_and_each_change_can_be_undone(browser: FlaskClient, store: ArticleStore):
    path = f"/dossiers/{filled(browser, store)['dossier']}"
    shared = send(browser, "PATCH", path, {"name": "Sea walls", "shared": "link"}).json
    assert (shared["name"], shared["about"], shared["shared"]) == ("Sea walls", "Of the sea", "link")
    address = shared["address"].removeprefix("http://localhost")
    assert browser.get(address).status_code == 200
    other = send(browser, "PATCH", path, {"new_address": True}).json["address"]
    assert other != shared["address"]
    assert browser.get(address).status_code == 404
    assert send(browser, "PATCH", path, {"shared": ""}).json["address"] is None
    assert len(store.audit.latest()) == len([each for each in store.audit.latest() if each.undo])


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"shared": "everybody"}, "body: shared"),
        ({"shared": "people"}, "body: shared"),  # there are no accounts here
        ({"new_address": True}, "body: new_address"),
        ({"name": " "}, "body: name"),
        ({"about": "x" * 501}, "body: about"),
        ({"colour": "red"}, "body: colour"),
    ],
)
def test_a_wrong_change_of_a_dossier_changes_nothing(
    browser: FlaskClient, store: ArticleStore, body: dict[str, object], where: str
):
    path = f"/dossiers/{filled(browser, store)['dossier']}"
    before = send(browser, "GET", path).json
    assert send(browser, "PATCH", path, body).json["errors"][0]["where"] == where
    assert send(browser, "GET", path).json == before


def test_a_mark_is_read_as_a_person_types_it(browser: FlaskClient, store: ArticleStore):
    parts = filled(browser, store)
    typed = f"/dossiers/{parts['dossier'].upper()}/articles/{parts['article'].upper()}"
    put = send(browser, "PUT", typed, {"note": "Here. \n"})
    assert (put.status_code, put.json["id"], put.json["note"]) == (200, parts["article"], "Here.")
    assert store.audit.latest()[0].words == f"The note on {parts['article']} is saved."
    assert send(browser, "DELETE", typed).status_code == 204


def test_tags_that_are_not_right_change_nothing(browser: FlaskClient, store: ArticleStore):
    parts = filled(browser, store)
    path = f"/dossiers/{parts['dossier']}/articles/{parts['article']}"
    for tags in (["a, b"], ["x" * 61], [f"tag {at}" for at in range(21)]):
        assert send(browser, "PUT", path, {"tags": tags}).json["errors"][0]["where"] == "body: tags"
    assert send(browser, "PUT", path, {"note": "New."}).json["tags"] == ["money", "to check"]


@pytest.mark.parametrize("search", ["colour=red&" * 5000, "limit=1&" * 8000, "site=%00&" * 6000])
def test_a_body_of_thousands_of_faults_has_a_short_answer_that_counts_them(client: FlaskClient, search: str):
    reply = send(client, "POST", "/saved-searches", {"search": search})
    assert (reply.status_code, len(reply.json["errors"]) <= 20, len(reply.data) < 10_000) == (400, True, True)
    assert "; and " in reply.json["detail"]
    tags = send(client, "PUT", "/dossiers/d-00000/articles/k5s0we", {"tags": [1] * 20_000})
    assert (len(tags.json["errors"]), "; and 19,999 more" in tags.json["detail"]) == (20, True)


def test_an_export_of_csv_names_its_description(client: FlaskClient):
    link = client.get("/api/v1/exports/csv?q=flood").headers["Link"]
    assert link.startswith("<http://localhost/search.csv-metadata.json?q=flood>")


def test_a_body_that_is_no_json_or_too_long_is_refused(client: FlaskClient):
    assert client.post("/api/v1/dossiers", data={"name": "x"}).status_code == 415
    assert client.post("/api/v1/dossiers", data='{"name": "x"}', content_type="text/plain").status_code == 415
    assert send(client, "POST", "/dossiers", {"name": "x" * 70_000}).status_code == 413


# ---------------------------------------------------------------- changes


def test_what_the_api_keeps_the_pages_show_and_undo(browser: FlaskClient, store: ArticleStore):
    parts = filled(browser, store)
    assert "Start here." in browser.get(f"/d/{parts['dossier']}").text
    assert "chapter 3" in browser.get("/receipts").text
    changed = send(browser, "PATCH", f"/saved-searches/{parts['search']}", {"name": "Floods", "paused": True})
    assert (changed.json["name"], changed.json["paused"] is not None) == ("Floods", True)
    assert "Floods" in browser.get("/saved").text
    address = f"/dossiers/{parts['dossier']}/articles/{parts['article']}"
    assert [send(browser, "DELETE", address).status_code for _ in range(2)] == [204, 404]
    words = [each.words for each in store.audit.latest()]
    assert words[0] == f"{parts['article']} is taken out."
    assert all(each.undo for each in store.audit.latest())
    assert send(browser, "DELETE", f"/saved-searches/{parts['search']}").status_code == 204
    assert send(browser, "DELETE", f"/dossiers/{parts['dossier']}").status_code == 204
    assert send(browser, "GET", f"/saved-searches/{parts['search']}").status_code == 410
    assert send(browser, "GET", f"/dossiers/{parts['dossier']}").status_code == 410


def changes() -> Iterator[tuple[str, str]]:
    """Yield method and address of every operation that changes something."""
    for each in OPERATIONS:
        assert (each.right is None) == (each.method == "GET")
        if each.right is not None:
            yield each.method, each.path.replace("{number}", "1").replace("{mark}", "d-00000").replace("{id}", "k5s0we")


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://evil.example"}]
)
def test_a_page_of_another_site_changes_nothing(client: FlaskClient, app: Flask, headers: dict[str, str]):
    for method, path in changes():
        assert send(client, method, path, {"name": "x", "search": "q=x"}, **headers).status_code == 403, path
    assert app.extensions[EXTENSION].store.audit.latest() == []


def test_nobody_and_no_reading_token_changes_anything(shared: Flask):
    store = shared.extensions[EXTENSION].store
    _, reads = store.tokens.add("reader", "script", Scope.READ, NOW)
    body = {"name": "x", "search": "q=x"}
    for method, path in changes():
        assert send(client_of(shared), method, path, body).status_code == 401, path
        refused = send(client_of(shared), method, path, body, Authorization=f"Bearer {reads}")
        assert (refused.status_code, refused.json["detail"]) == (403, "This token may only read."), path
    assert store.audit.latest() == []


def test_a_writing_token_keeps_in_its_persons_name_alone(shared: Flask):
    store = shared.extensions[EXTENSION].store
    _, secret = store.tokens.add("reader", "script", Scope.WRITE, NOW)
    _, other = store.tokens.add("editor", "script", Scope.WRITE, NOW)
    ours, theirs = {"Authorization": f"Bearer {secret}"}, {"Authorization": f"Bearer {other}"}
    made = send(client_of(shared), "POST", "/dossiers", {"name": "Secret"}, **ours)
    assert (made.status_code, store.dossiers.all()[0].who) == (201, "reader")
    for method, path in (("GET", ""), ("DELETE", ""), ("GET", "/articles")):
        reply = send(client_of(shared), method, f"/dossiers/{made.json['mark']}{path}", **theirs)
        assert reply.status_code == 404
    assert send(client_of(shared), "GET", "/dossiers", **theirs).json == {"items": []}


def test_a_public_archive_shows_a_part_and_keeps_the_rest(folder: Path):
    app = app_over(folder, web={"public": True})
    client = client_of(app)
    mark = client.get("/api/v1/search?q=flood").json["items"][0]["id"]
    assert client.get(f"/api/v1/articles/{mark}").json["text"] is None
    for path in (f"/articles/{mark}/revisions", "/saved-searches", "/dossiers", "/receipts"):
        assert client.get(f"/api/v1{path}").status_code == 403
    assert send(client, "POST", "/dossiers", {"name": "x"}).status_code == 403
    app.extensions[EXTENSION].close()


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"count": 1}, "body: dossier"),
        ({"count": 1, "dossier": "d-00000", "search": "q=flood"}, "body: dossier"),
        ({"count": 0, "search": "q=flood"}, "body: count"),
        ({"count": 1, "search": "q=flood", "seed": -1}, "body: seed"),
        ({"count": 1, "search": "q=flood", "evenly": "mood"}, "body: evenly"),
        ({"count": 1, "search": "q=flood", "columns": ["x" * 61]}, "body: columns"),
        ({"count": 1, "search": "colour=red"}, "body: search, query: colour"),
    ],
)
def test_a_wrong_sample_is_refused_and_not_stored(
    browser: FlaskClient, store: ArticleStore, body: dict[str, object], where: str
):
    assert send(browser, "POST", "/samples", body).json["errors"][0]["where"] == where
    assert store.samples.all() == []


def test_a_sample_of_the_api_is_drawn_given_and_deleted_as_on_its_page(browser: FlaskClient, store: ArticleStore):
    made = send(browser, "POST", "/samples", {"count": 3, "search": "q=flood", "seed": 7, "columns": ["frame"]}).json
    given = browser.get(f"/api/v1/samples/{made['mark']}/file").data
    assert given == browser.get(made["file"]).data
    assert send(browser, "DELETE", f"/samples/{made['mark']}").status_code == 204
    assert send(browser, "GET", f"/samples/{made['mark']}").status_code == 410
    undo = store.audit.latest()[0].undo
    assert (undo["kind"], undo["id"]) == ("sample deleted", 1)
