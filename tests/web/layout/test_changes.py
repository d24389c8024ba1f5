"""Who may change what, and that no other site can do it in a reader's name."""

from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from indexer.open import open_engine
from tests.web.conftest import app_over, client_of, served, token_of
from tests.web.corpus import NOW, config
from web.app import create_app
from web.layout.changes import own_path, with_done
from web.layout.services import EXTENSION

POSTS = (
    "/saved",
    "/saved/looked",
    "/saved/1",
    "/q",
    "/q/q-00000",
    "/keep",
    "/batch",
    "/dossiers",
    "/d/d-00000",
    "/d/d-00000/bundles",
    "/undo",
    "/correct",
    "/passages",
    "/tags",
    "/samples",
    "/samples/s-00000",
    "/authors",
    "/sources",
    "/schedule",
    "/requests",
    "/requests/1",
)


def test_every_form_of_the_pages_is_among_those_tried_here(desk: Flask):
    rules = {rule.rule for rule in desk.url_map.iter_rules() if rule.methods and "POST" in rule.methods}
    tried = {
        each.replace("/1", "/<int:id>")
        .replace("/q-00000", "/<mark>")
        .replace("/d-00000", "/<mark>")
        .replace("/s-00000", "/<mark>")
        for each in POSTS
    }
    signing_in = {"/login", "/logout", "/account", "/people"}  # tests/web/accounts tries these
    by_secret = {"/saved/pause/<name>"}  # tests/web/desk/test_saved_feed.py tries it
    assert {
        each for each in rules if not each.startswith("/api/v1/")
    } == tried | signing_in | by_secret  # tests/web/api tries those


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://localhost:81"},
    ],
)
def test_a_form_of_another_site_changes_nothing(browser: FlaskClient, store: ArticleStore, headers: dict[str, str]):
    fields = {"token": token_of(browser), "search": "q=flood", "do": "delete", "change": "1"}
    assert statuses(browser, fields, headers) == dict.fromkeys(POSTS, 403)
    assert store.audit.latest() == []


@pytest.mark.parametrize("token", ["", "0" * 32, "ü"])
def test_a_form_without_our_token_changes_nothing(browser: FlaskClient, store: ArticleStore, token: str):
    assert statuses(browser, {"token": token, "search": "q=flood"}) == dict.fromkeys(POSTS, 403)
    assert store.audit.latest() == []


def statuses(browser: FlaskClient, fields: dict[str, str], headers: dict[str, str] | None = None) -> dict[str, int]:
    """Send the fields to every path that takes a form."""
    return {path: browser.post(path, data=fields, headers=headers).status_code for path in POSTS}


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {"Origin": "http://localhost"}, {}]
)
def test_a_form_of_ours_is_taken_from_any_browser(browser: FlaskClient, headers: dict[str, str]):
    fields = {"token": token_of(browser), "search": "q=flood", "name": "x"}
    assert browser.post("/saved", data=fields, headers=headers).status_code == 303


@pytest.mark.parametrize(("origin", "status"), [("https://press.example:8443", 303), ("https://press.example", 403)])
def test_a_form_of_the_public_address_is_taken_though_a_proxy_passes_on_another_host(
    folder: Path, origin: str, status: int
):
    web = {"url": "https://press.example:8443/", "trusted_proxies": ("127.0.0.1",), "accounts": "proxy"}
    app = app_over(folder, web=web)
    client = client_of(app)
    client.environ_base |= {"HTTP_X_FORWARDED_FOR": "192.0.2.9", "HTTP_X_REMOTE_USER": "ana"}
    fields = {"token": token_of(client), "search": "q=flood", "name": "x"}
    assert client.post("/saved", data=fields, headers={"Origin": origin}).status_code == status
    app.extensions[EXTENSION].close()


def test_another_machine_may_read_and_not_change(browser: FlaskClient, store: ArticleStore):
    token = token_of(browser)
    browser.environ_base["REMOTE_ADDR"] = "192.0.2.9"
    page = browser.get("/search?q=flood").text
    assert token not in page
    assert "Save this search" not in page
    for path in POSTS:
        reply = browser.post(path, data={"token": token, "search": "q=flood"})
        assert (path, reply.status_code) == (path, 403)
        assert "only read" in reply.text, path
    assert store.audit.latest() == []


def test_a_public_archive_shows_no_form_and_takes_none(folder: Path):
    app = app_over(folder, web={"public": True})
    client = client_of(app)
    assert 'method="post"' not in client.get("/search?q=flood").text
    assert client.post("/saved", data={"search": "q=flood"}).status_code == 403
    for page in ("/saved", "/saved.json", "/dossiers", "/d/d-00000", "/d/d-00000/export.csv", "/receipts"):
        assert client.get(page).status_code == 403
        assert 'href="/saved"' not in client.get("/").text
    app.extensions[EXTENSION].close()


def test_an_archive_that_cannot_be_written_to_shows_no_form(folder: Path):
    app = create_app(
        config(folder),
        lambda: ArticleStore.open(folder / "pressmark.sqlite", read_only=True),
        lambda: open_engine(folder / "index"),
        now=lambda: NOW,
    )
    client = client_of(app)
    page = client.get("/search?q=flood")
    assert page.status_code == 200
    assert 'method="post"' not in page.text
    app.extensions[EXTENSION].close()


@pytest.mark.parametrize(
    "path", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\nb", "", "javascript:x"]
)
def test_a_form_leads_back_to_our_pages_alone(path: str):
    assert own_path(path, "/saved") == "/saved"


def test_the_line_that_says_what_was_done_keeps_the_rest_of_the_address():
    assert with_done("/q/q-1?cite=apa&done=3#cite", 7) == "/q/q-1?cite=apa&done=7.cite#done"
    assert with_done("/q/q-1?cite=apa&done=7.cite", 8) == "/q/q-1?cite=apa&done=8.cite#done"
    assert with_done("/q/q-1?cite=apa&done=7", 8) == "/q/q-1?cite=apa&done=8"
    assert own_path("/q/q-1?cite=apa", "/") == "/q/q-1?cite=apa"


def test_what_was_done_is_shown_to_nobody_who_may_not_change_it(browser: FlaskClient, store: ArticleStore):
    browser.post("/saved", data={"token": token_of(browser), "search": "q=flood", "name": "Secret plan"})
    assert "Secret plan" in browser.get("/receipts?done=1").text
    browser.environ_base["REMOTE_ADDR"] = "192.0.2.9"
    assert "Secret plan" not in browser.get("/receipts?done=1").text


@pytest.mark.parametrize("sender", ["203.0.113.9", "127.0.0.1", "nonsense"])
@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Forwarded-Host", "Via", "Forwarded"])
def test_nobody_changes_anything_through_a_proxy_that_is_not_trusted(desk: Flask, header: str, sender: str):
    with served(desk) as server:
        with urlopen(Request(f"{server.url}search?q=flood", headers={header: sender})) as answer:
            through = answer.read().decode()
        with urlopen(f"{server.url}search?q=flood") as answer:
            alone = answer.read().decode()
    assert "form_token" not in through
    assert 'name="token"' not in through
    assert 'name="token"' in alone


def test_behind_a_trusted_proxy_it_is_the_sender_who_may_or_may_not(folder: Path):
    app = app_over(folder, web={"trusted_proxies": ("127.0.0.1",)})
    shown = {}
    with served(app) as server:
        for sender in ("203.0.113.9", "127.0.0.1", ""):
            headers = {"X-Forwarded-For": sender} if sender else {}
            with urlopen(Request(f"{server.url}search?q=flood", headers=headers)) as answer:
                shown[sender] = 'name="token"' in answer.read().decode()
    app.extensions[EXTENSION].close()
    assert shown == {"203.0.113.9": False, "127.0.0.1": True, "": False}


def test_with_a_public_address_and_no_trusted_proxy_nobody_changes_anything(folder: Path):
    app = app_over(folder, web={"url": "https://archive.example/press/"})
    assert 'name="token"' not in client_of(app).get("/search?q=flood").text
    app.extensions[EXTENSION].close()
