"""Editors correct articles by the API, and take corrections back."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from corpus.store.accounts.sessions import Scope
from tests.web.accounts.conftest import shared
from tests.web.api.sending import send
from tests.web.conftest import client_of
from tests.web.corpus import COUNCIL, NOW
from web.layout.services import EXTENSION

__all__ = ["shared"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("authors", ["Ida Brandt", "PA (agency)"]),
        ("published", "2026-01-11"),
        ("headline", None),
        ("language", "cy"),
    ],
)
def test_a_correction_stands_and_falls(browser: FlaskClient, store: ArticleStore, field: str, value: object):
    mark = store.by_url(COUNCIL.url).mark
    before = browser.get(f"/api/v1/articles/{mark}").json
    made = send(browser, "POST", f"/articles/{mark}/corrections", {"field": field, "value": value, "why": "seen"})
    assert (made.status_code, made.json["article"]) == (201, mark)
    after = browser.get(f"/api/v1/articles/{mark}").json
    assert (after["corrected"], after[field] != before[field]) == ([field], True)
    assert [each["id"] for each in browser.get("/api/v1/corrections").json["items"]] == [made.json["id"]]
    assert send(browser, "DELETE", f"/corrections/{made.json['id']}").status_code == 204
    assert send(browser, "DELETE", f"/corrections/{made.json['id']}").status_code == 404
    assert browser.get(f"/api/v1/articles/{mark}").json[field] == before[field]


@pytest.mark.parametrize(
    ("field", "value", "where"),
    [
        ("colour", "red", "body: field"),
        ("copies", "same", "body: field"),
        ("published", "soon", "body: value"),
        ("language", "English!", "body: value"),
        ("kind", "article", "body: value"),
        ("section", "Climate", "body: value"),
    ],
)
def test_a_wrong_correction_changes_nothing(client: FlaskClient, app: Flask, field: str, value: str, where: str):
    store = app.extensions[EXTENSION].store
    mark = store.by_url(COUNCIL.url).mark
    reply = send(client, "POST", f"/articles/{mark}/corrections", {"field": field, "value": value})
    assert (reply.status_code, reply.json["errors"][0]["where"]) == (400, where)
    assert list(store.corrections.all()) == []


def test_a_reader_corrects_nothing_and_an_editor_does(shared: Flask):
    store = shared.extensions[EXTENSION].store
    path = f"/articles/{store.by_url(COUNCIL.url).mark}/corrections"
    for who, status in (("reader", 403), ("editor", 201)):
        _, secret = store.tokens.add(who, "script", Scope.WRITE, NOW)
        body = {"field": "section", "value": "Coast"}
        reply = send(client_of(shared), "POST", path, body, Authorization=f"Bearer {secret}")
        assert reply.status_code == status
    assert [each.who for each in store.corrections.all()] == ["editor"]
