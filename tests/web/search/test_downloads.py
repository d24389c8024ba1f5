"""The downloads of a search: whole, described, and no hindrance to the pages."""

import csv
import hashlib
import io
import json
import socket
from contextlib import ExitStack
from datetime import UTC
from pathlib import Path
from urllib.request import urlopen

import pytest
from flask.testing import FlaskClient

from corpus.model import Article
from corpus.store import ArticleStore
from indexer.open import open_engine
from indexer.sync import update
from tests.web.conftest import app_over, served
from tests.web.corpus import NOW
from web.layout.server import THREADS
from web.layout.services import EXTENSION
from web.layout.spool import Spool
from web.search import downloads


def test_the_headers_of_a_download_say_how_much_there_is(client: FlaskClient):
    total = client.get("/search.json?q=flood").json["total"]
    for name in ("csv", "jsonl", "bib", "ris", "csl"):
        reply = client.get(f"/search.{name}?q=flood")
        assert reply.headers["Pressmark-Total"] == reply.headers["Pressmark-Given"] == str(total)
        assert reply.headers["Pressmark-Complete"] == "yes"
        assert int(reply.headers["Content-Length"]) == len(reply.data)


def test_the_checksum_of_a_download_is_that_of_its_articles(client: FlaskClient):
    first, rest = client.get("/search.jsonl?q=flood").data.split(b"\n", 1)
    assert json.loads(first)["manifest"]["sha256"] == hashlib.sha256(rest).hexdigest()
    assert json.loads(first)["manifest"]["complete"] is True


def test_a_csv_file_leads_to_its_metadata(client: FlaskClient):
    reply = client.get("/search.csv?q=flood&author=maria-okafor")
    address = reply.headers["Link"].partition(">")[0].strip("<")
    described = client.get(address)
    assert described.mimetype == "application/csvm+json"
    manifest = described.json["notes"][0]["manifest"]
    assert manifest["sha256"] == hashlib.sha256(reply.data).hexdigest()
    assert manifest["given"] == len(list(csv.reader(io.StringIO(reply.text)))) - 1
    assert described.json["url"] == "http://localhost/search.csv?q=flood&author=maria-okafor"


def test_neither_the_description_nor_a_look_at_the_headers_writes_an_export_again(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    written = client.get("/search.csv?q=flood+insurance")
    monkeypatch.setattr(downloads, "write_export", None)
    looked = client.head("/search.csv?q=flood+insurance")
    assert looked.headers["Pressmark-Total"] == written.headers["Pressmark-Total"]
    assert looked.headers["Content-Type"] == written.headers["Content-Type"]
    assert client.get("/search.csv-metadata.json?q=flood+insurance").status_code == 200
    unknown = client.head("/search.ris?q=insurance")
    assert unknown.status_code == 200
    assert "Pressmark-Total" not in unknown.headers


def test_a_bound_is_said_in_the_file(client: FlaskClient, monkeypatch):
    monkeypatch.setattr(downloads, "MOST", 2)
    lines = client.get("/search.jsonl").text.splitlines()
    manifest = json.loads(lines[0])["manifest"]
    assert len(lines) == 3
    assert (manifest["given"], manifest["complete"]) == (2, False)
    assert manifest["total"] > 2


def test_more_exports_than_turns_are_asked_to_come_again_and_the_pages_answer(client: FlaskClient):
    exports = client.application.extensions[EXTENSION].shared.exports
    for _ in range(downloads.TURNS):
        assert exports.take(0, downloads.TURNS)
    try:
        for address in ("/search.csv?q=flood", "/search.csv-metadata.json?q=ferry"):
            reply = client.get(address)
            assert reply.status_code == 503
            assert int(reply.headers["Retry-After"]) > 0
        assert client.get("/search?q=flood").status_code == 200
    finally:
        exports.add(0, -downloads.TURNS)
    assert client.get("/search.csv?q=flood").status_code == 200


def test_readers_of_exports_that_do_not_read_hold_up_no_page(tmp_path: Path):
    word = "w" * 59
    with ArticleStore.open(tmp_path / "pressmark.sqlite") as store:
        store.write_many(
            Article(
                url=f"https://gazette.example/{number}",
                source="gazette.example",
                fetched=NOW,
                headline="Flood",
                body=f"{word} " * 60_000,  # 18 MB in all: more than the buffers of a connection take
            )
            for number in range(5)
        )
        engine = open_engine(tmp_path / "index")
        update(store, engine, zone=UTC)
        engine.close()
    app = app_over(tmp_path)
    with served(app) as server, ExitStack() as idle:
        for _ in range(THREADS + 2):
            reader = idle.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=60))
            reader.sendall(b"GET /search.csv?q=flood HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert reader.recv(12) in (b"HTTP/1.1 200", b"HTTP/1.1 503")
        with urlopen(f"http://127.0.0.1:{server.port}/search?q=flood", timeout=60) as page:
            assert page.status == 200
    app.extensions[EXTENSION].close()


def test_an_export_without_room_on_the_disk_is_asked_to_come_again_and_leaves_nothing(client: FlaskClient, monkeypatch):
    monkeypatch.setattr(downloads, "spool", Spool(most=100))
    for name in ("search.csv", "search.jsonl", "search.csv-metadata.json"):
        reply = client.get(f"/{name}?q=gates")
        assert reply.status_code == 503
        assert int(reply.headers["Retry-After"]) > 0
    assert downloads.spool.taken == 0


def test_the_room_of_an_export_is_free_when_it_was_read(client: FlaskClient, monkeypatch):
    monkeypatch.setattr(downloads, "spool", Spool())
    for name in ("search.csv", "search.jsonl", "search.csv-metadata.json"):
        with client.get(f"/{name}?q=flood") as reply:
            assert reply.status_code == 200
    assert downloads.spool.taken == 0


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("en", "Busy for a moment"), ("de", "Gerade ausgelastet"), ("fr", "Occupé pour l’instant"),
        ("es", "Ocupado por el momento"), ("ar", "مشغول للحظة"),
    ],
)  # fmt: skip
def test_a_browser_is_shown_a_page_in_its_language_when_to_come_again(client: FlaskClient, language: str, heading: str):
    shared = client.application.extensions[EXTENSION].shared
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": language}
    with downloads.turn(shared), downloads.turn(shared):
        page, line = client.get("/search.csv?q=flood", headers=browser), client.get("/search.csv?q=flood")
    assert (page.status_code, page.mimetype, page.headers["Retry-After"]) == (503, "text/html", "30")
    assert f"<h1>{heading}</h1>" in page.text
    assert (line.mimetype, line.headers["Retry-After"]) == ("text/plain", "30")
    assert line.text == "Other exports are being written: try again in half a minute.\n"
