"""A long list is read to its end in one state; what has not changed costs nothing; who asks too much waits."""

import json
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from corpus.store.accounts.sessions import Scope
from tests.web.accounts.conftest import shared
from tests.web.conftest import client_of
from tests.web.corpus import HERALD, NOW, article
from web.api import pinned
from web.api.pinned import PinnedLists, Whole
from web.api.rates import Rates
from web.layout.services import EXTENSION
from web.processes.file_cache import FileCache

__all__ = ["shared"]


def paged(client: FlaskClient, path: str) -> list[Any]:
    items, cursor = [], ""
    while True:
        reply = client.get(path + cursor)
        assert reply.status_code == 200, reply.text
        items += reply.json["items"]
        if reply.json["next"] is None:
            return items
        cursor = f"&cursor={reply.json['next']}"


@pytest.mark.parametrize("limit", [1, 7, 57, 58, 100])
def test_the_parts_of_a_search_are_the_whole_of_it_in_its_order(client: FlaskClient, limit: int):
    found = paged(client, f"/api/v1/search?q=flood&limit={limit}")
    whole = client.get("/search.json?q=flood&n=100&copies=show").json
    assert [each["id"] for each in found] == [each["id"] for each in whole["hits"]]
    assert len(found) == whole["total"]


@pytest.mark.parametrize("path", ["/api/v1/facets/author?limit=2", "/api/v1/authors?limit=3", "/api/v1/runs?limit=1"])
def test_the_parts_of_other_lists_have_each_item_once(client: FlaskClient, path: str):
    items = paged(client, path)
    assert len(items) == len({json.dumps(each) for each in items}) > 0


def test_a_list_that_is_read_on_stays_of_its_state_and_says_when_it_is_gone(
    browser: FlaskClient, desk: Flask, store: ArticleStore, index: Callable[[], object]
):
    first = browser.get("/api/v1/search?q=flood&sort=new&limit=30").json
    added = article(HERALD, "new-flood", "A new flood", "The flood came again at night.", day="2026-11-22")
    store.write(added)
    index()
    rest = f"/api/v1/search?q=flood&sort=new&limit=30&cursor={first['next']}"
    second = browser.get(rest).json
    assert (second["total"], second["position"]) == (first["total"], first["position"])
    assert len(first["items"] + second["items"]) == first["total"]
    assert browser.get("/api/v1/search?q=flood").json["total"] == first["total"] + 1
    desk.extensions.pop("pressmark.pinned")  # as after a restart
    gone = browser.get(rest)
    assert (gone.status_code, gone.json["type"]) == (410, "/api/v1/#state-gone")


def test_a_list_is_made_again_after_a_restart_when_nothing_changed(browser: FlaskClient, desk: Flask):
    first = browser.get("/api/v1/search?q=flood&from=-3y&limit=1").json
    desk.extensions.pop("pressmark.pinned")
    second = browser.get(f"/api/v1/search?q=flood&from=-3y&limit=1&cursor={first['next']}").json
    assert second["items"] != first["items"]
    wrong = browser.get(f"/api/v1/search?q=storm&limit=1&cursor={first['next']}")
    assert (wrong.status_code, wrong.json["type"]) == (400, "/api/v1/#cursor")


def test_more_long_lists_than_there_are_turns_are_refused_for_a_moment(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(pinned, "TURN_WAIT", 0.01)
    with ExitStack() as working:
        for _ in range(pinned.TURNS):
            working.enter_context(pinned._turns)
        refused = client.get("/api/v1/search?q=harbour")
        assert (refused.status_code, refused.json["type"]) == (503, "/api/v1/#busy")
        assert refused.headers["Retry-After"] == "5"
    assert client.get("/api/v1/search?q=harbour").status_code == 200


def test_what_has_not_changed_is_not_made_again(
    browser: FlaskClient, desk: Flask, store: ArticleStore, index: Callable[[], object], monkeypatch: pytest.MonkeyPatch
):
    services = desk.extensions[EXTENSION]
    path = "/api/v1/search?q=flood"
    tag = browser.get(path).headers["ETag"]
    with monkeypatch.context() as patched:
        patched.setattr(services, "search", lambda query: pytest.fail("the search was made again"))
        assert browser.get(path, headers={"If-None-Match": tag}).status_code == 304
    store.write(article(HERALD, "new-flood", "A new flood", "The flood came again.", day="2026-11-22"))
    index()
    reply = browser.get(path, headers={"If-None-Match": tag})
    assert (reply.status_code, reply.headers["ETag"] != tag) == (200, True)


def test_who_asks_too_much_waits_and_who_sits_at_the_machine_does_not(shared: Flask, browser: FlaskClient):
    clock = [0.0]
    shared.extensions["pressmark.api_rates"] = Rates(lambda: clock[0], per_second=2, at_once=3)
    _, secret = shared.extensions[EXTENSION].store.tokens.add("reader", "script", Scope.READ, NOW)
    ask = lambda: client_of(shared).get("/api/v1/runs", headers={"Authorization": f"Bearer {secret}"})  # noqa: E731
    assert [ask().status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = ask()
    assert (refused.headers["Retry-After"], refused.json["type"]) == ("1", "/api/v1/#too-many")
    clock[0] = 0.5
    assert [ask().status_code for _ in range(2)] == [200, 429]
    browser.application.extensions["pressmark.api_rates"] = Rates(lambda: 0.0, per_second=1, at_once=1)
    assert [browser.get("/api/v1/runs").status_code for _ in range(3)] == [200, 200, 200]


def test_a_list_that_one_process_made_is_read_on_in_another(tmp_path: Path) -> None:
    first, other = PinnedLists(file_cache=FileCache(tmp_path)), PinnedLists(file_cache=FileCache(tmp_path))
    first.put(("/search", 7, 0), Whole((3, 1, 2), 3, 7))
    assert other.get(("/search", 7, 0)) == Whole((3, 1, 2), 3, 7)
    assert other.get(("/search", 8, 0)) is None
