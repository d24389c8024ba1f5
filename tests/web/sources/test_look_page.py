"""A site looked at from the pages, and added to config.toml: what is shown, written, kept, refused and undone."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.config import load
from corpus.store import ArticleStore
from corpus.store.crawls.requests import RequestKind
from indexer.open import open_engine
from tests.web.conftest import Send, client_of
from tests.web.corpus import NOW
from web.app import create_app
from web.layout.services import EXTENSION

HEAD = '# mine\n[crawler]\ncontact = "desk@gazette.example"  # ours\n\n'
KNOWN = '# the first\n[[source]]\nurl = "https://herald.example/"\n'
SITE = "https://gazette.example/"
LOOK: dict[str, Any] = {
    "address": SITE,
    "given": "home",
    "robots": "allowed",
    "crawl_delay": 4.0,
    "sections": 3,
    "links": 12,
    "from_feeds": 20,
    "from_sitemaps": 0,
    "older": None,
    "empty": False,
    "problem": None,
    "left_out": [{"reason": "out-of-scope", "count": 2, "example": "https://elsewhere.example/<x>"}],
    "feeds": [{"url": f"{SITE}feed.xml", "via": "link", "articles": 20, "problem": None}],
    "sitemaps": [],
    "samples": [
        {
            "kind": "article",
            "reason": "json-ld",
            "url": f"{SITE}a",
            "published": "2026-11-20",
            "authors": ["Ana Pérez"],
            "headline": "<script>alert(1)</script> Bridge reopens",
            "words": 412,
        }
    ],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "own" / "config.toml"
    file.parent.mkdir()
    file.write_text(HEAD + KNOWN)
    return file


@pytest.fixture
def desk(folder: Path, file: Path) -> Iterator[Flask]:
    app = create_app(
        load(file),
        lambda: ArticleStore.open(folder / "pressmark.sqlite"),
        lambda: open_engine(folder / "index"),
        now=lambda: NOW,
    )
    yield app
    app.extensions[EXTENSION].close()


def looked(store: ArticleStore, **changes: object) -> str:
    """Store a look that has ended; return the address of its page."""
    look = LOOK | changes
    made = store.requests.add(RequestKind.LOOK, str(look["address"]), "ana", NOW)[0]
    (taken,) = store.requests.claim(RequestKind.LOOK, NOW, limit=1)
    store.requests.finish(taken, NOW, answer=look)
    return f"/requests/{made.id}"


def form(browser: FlaskClient, path: str) -> dict[str, str]:
    found = re.search(r'name="expected" value="([0-9a-f]+)"', browser.get(path).text)
    assert found
    return {"expected": found[1], "do": "add", "name": "gazette.example"}


def names(file: Path) -> list[str]:
    return [each.name for each in load(file).sources]


def test_a_look_is_wanted_from_the_page_of_sources_and_followed(browser: FlaskClient, send: Send, store: ArticleStore):
    assert "Look for feeds" in browser.get("/sources").text
    reply = send("/requests", url=" gazette.example ", do="look")
    assert (reply.status_code, reply.location) == (303, "/requests/1")
    assert "A look at <bdi>gazette" in browser.get("/requests/1").text
    assert send("/requests", url="gazette.example", do="look").location == "/requests/1"
    assert [each.about for each in store.requests.open()] == ["gazette.example"]


@pytest.mark.parametrize("url", ["", "not an address", "gopher://old.example", "https://", "x" * 3000, "feed:"])
def test_what_is_no_address_is_refused_in_words(send: Send, store: ArticleStore, url: str):
    reply = send("/requests", url=url, do="look")
    assert (reply.status_code, "expected one such as" in reply.text) == (403, True)
    assert store.requests.open() == []


def test_what_was_found_is_shown_with_the_lines_that_would_be_written(browser: FlaskClient, store: ArticleStore):
    path = looked(store)
    page = browser.get(path).text
    assert "alle 4,0\u00a0s" in browser.get(f"/de{path}").text
    assert "<bdi>2026-11-20</bdi>" in browser.get(f"/ar{path}").text  # else its parts stand from right to left
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    for words in ("20 articles", "one request every 4.0 s", "Ana Pérez", "2026-11-20", "412", "12 links", "Add this"):
        assert words in page, words
    assert "url = &#34;https://gazette.example/&#34;" in page
    assert "contact" not in page[page.index("<pre") : page.index("</pre>")]


def test_a_page_that_could_not_be_read_is_shown_with_the_reason(browser: FlaskClient, store: ArticleStore):
    unread = [{"url": f"{SITE}gone", "via": "home", "problem": "http-404"}]
    page = browser.get(looked(store, unread=unread)).text
    assert re.search(r"Page not read<dd>.*gone</bdi>.*404", page), page


def test_a_site_is_added_with_comments_kept_and_a_copy_made_and_undone(
    browser: FlaskClient, send: Send, store: ArticleStore, file: Path
):
    before, path = file.read_text(), looked(store)
    reply = send(path, **form(browser, path) | {"name": "Gazette"})
    assert reply.location.startswith("/sources/Gazette?done=")
    assert names(file) == ["herald.example", "Gazette"]
    assert all(words in file.read_text() for words in ("# mine", "# ours", "# the first"))
    (copy,) = file.parent.glob("config.toml.*.bak")
    assert copy.read_text() == before
    page = browser.get(reply.location).text
    assert "Gazette is added to config.toml" in page
    assert "It is a source already" in browser.get(path).text
    send("/undo", change=re.search(r"done=(\d+)", reply.location)[1], back="/")
    assert names(file) == ["herald.example"]
    assert tomllib.loads(file.read_text()) == tomllib.loads(before)
    assert browser.get("/sources/Gazette").status_code == 404


def test_a_file_changed_meanwhile_is_a_conflict_that_is_shown_and_nothing_is_written(
    browser: FlaskClient, send: Send, store: ArticleStore, file: Path
):
    path = looked(store)
    fields = form(browser, path)
    file.write_text(file.read_text() + "# changed by another\n")
    reply = send(path, **fields)
    assert reply.location == f"{path}?conflict=1"
    assert "config.toml was changed since this page was made" in browser.get(reply.location).text
    assert names(file) == ["herald.example"]
    assert send(path, **form(browser, path)).status_code == 303
    assert names(file) == ["herald.example", "gazette.example"]
    assert "# changed by another" in file.read_text()


def test_a_form_without_the_state_of_the_file_is_a_conflict(send: Send, store: ArticleStore, file: Path):
    assert send(looked(store), do="add", name="x").location.endswith("?conflict=1")
    assert names(file) == ["herald.example"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"robots": "disallowed"}, "its robots.txt does not allow us to read it"),
        ({"robots": "unreachable"}, "it did not answer"),
        ({"empty": True, "samples": []}, "no feed, no sitemap and no article was found"),
        ({"problem": "https://gazette.example/: http-503"}, "http-503"),
    ],
)
def test_what_cannot_become_a_source_says_why_and_is_not_added(
    browser: FlaskClient, send: Send, store: ArticleStore, file: Path, changes: dict[str, object], words: str
):
    path = looked(store, **changes)
    page = browser.get(path).text
    assert words in page
    assert "Add this" not in page
    assert send(path, do="add", expected="x").status_code == 403
    assert names(file) == ["herald.example"]


def test_what_could_not_be_read_is_said_in_the_language_of_the_page_and_what_no_message_says_as_code(
    browser: FlaskClient, store: ArticleStore
):
    path = looked(store, problem="gazette.example: the name has no address", reason="dns")
    words = "der Name des Hosts lässt sich nicht auflösen"
    said = f'{words}: gazette.example: der Name hat keine Adresse <code class="q">dns</code>'
    assert said in browser.get(f"/de{path}").text
    store.requests.add(RequestKind.LOOK, SITE, "ana", NOW)
    answer = {**LOOK, "problem": "gazette.example: nowhere <b>", "reason": "dns"}
    store.requests.finish(store.requests.claim(RequestKind.LOOK, NOW, limit=1)[0], NOW, answer=answer)
    code = '<code class="q">dns: gazette.example: nowhere &lt;b&gt;</code>'
    assert f"{words} {code}" in browser.get("/de/requests/2").text


def test_a_look_that_has_not_ended_adds_nothing(send: Send, store: ArticleStore, file: Path):
    store.requests.add(RequestKind.LOOK, SITE, "ana", NOW)
    assert send("/requests/1", do="add", expected="x").status_code == 403
    assert names(file) == ["herald.example"]


def test_a_name_that_is_taken_gets_a_number(browser: FlaskClient, send: Send, store: ArticleStore, file: Path):
    path = looked(store)
    send(path, **form(browser, path) | {"name": "herald.example"})
    assert names(file) == ["herald.example", "herald.example 2"]


def test_a_file_that_cannot_be_written_stays_and_the_page_says_so(
    browser: FlaskClient, send: Send, store: ArticleStore, file: Path
):
    path = looked(store)
    fields = form(browser, path)
    (file.parent / ".config.toml.partial").mkdir()
    reply = send(path, **fields)
    assert (reply.status_code, "cannot be written" in reply.text) == (403, True)
    assert names(file) == ["herald.example"]


def test_a_source_is_followed_no_more_and_comes_back_when_that_is_undone(browser: FlaskClient, send: Send, file: Path):
    assert "Stop following" in browser.get("/sources/herald.example").text
    reply = send("/sources", name="herald.example", do="remove")
    assert names(file) == []
    assert "# the first" in file.read_text()
    send("/undo", change=re.search(r"done=(\d+)", reply.location)[1], back="/")
    assert names(file) == ["herald.example"]


def test_a_source_that_somebody_adds_to_the_file_is_on_the_next_page(browser: FlaskClient, file: Path):
    assert browser.get("/sources/post.example").status_code == 404
    file.write_text(file.read_text() + '[[source]]\nurl = "https://post.example"\n')
    assert browser.get("/sources/post.example").status_code == 200
    file.write_text("this is no TOML [")
    assert browser.get("/sources/post.example").status_code == 200


def test_an_empty_archive_offers_to_look(tmp_path: Path, file: Path):
    app = create_app(
        load(file),
        lambda: ArticleStore.open(tmp_path / "new.sqlite"),
        lambda: open_engine(tmp_path / "new-index"),
        now=lambda: NOW,
    )
    assert "Look for feeds" in client_of(app).get("/search").text
    app.extensions[EXTENSION].close()
