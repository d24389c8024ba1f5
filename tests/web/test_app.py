"""Headers, hosts, errors, and the pages of a new archive."""

import gzip
import http.client
import os
import re
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from corpus.errors import (
    IndexDamaged,
    IndexError_,
    IndexRebuilding,
    IndexUnreachable,
    StoreDamaged,
    StoreError,
    StoreLocked,
    StoreUnfit,
)
from corpus.health.values import Health, HealthState
from corpus.runs import disk
from corpus.store import ArticleStore
from indexer.open import open_engine, open_self_repairing
from tests.web.conftest import app_over, client_of, served
from tests.web.corpus import NOW, config, make
from web.app import create_app
from web.layout.alarms import alarms
from web.layout.replies import POLICY
from web.layout.services import EXTENSION

EVERY = ("/", "/search?q=flood", "/sources", "/nope", "/search.json?q=flood", "/healthz", "/static/pressmark.css")


@pytest.mark.parametrize("url", EVERY)
def test_every_answer_carries_the_security_headers(client: FlaskClient, url: str):
    headers = client.get(url).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", ""])
def test_a_host_that_is_not_ours_gets_a_400_page_that_tells_nothing(app: Flask, host: str):
    reply = app.test_client().get("/search?q=flood", headers={"Host": host})
    assert reply.status_code == 400
    assert "allowed_hosts" in reply.text
    assert "61" not in re.sub(r"/static/[^\"]*", "", reply.text)  # their addresses hold digits of their own
    assert "valley-herald" not in reply.text


def test_a_configured_host_is_answered(data: Path):
    app = app_over(data, web={"allowed_hosts": ("archive.example",)})
    assert app.test_client().get("/healthz", headers={"Host": "archive.example"}).status_code == 200


@pytest.mark.parametrize("takes", ["identity", "gzip"])
def test_the_same_answer_is_not_sent_twice(client: FlaskClient, takes: str):
    headers = {"Accept-Encoding": takes}
    first = client.get("/search?q=flood", headers=headers)
    again = client.get("/search?q=flood", headers={**headers, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, "Content-Encoding" in again.headers) == (304, b"", False)
    other = client.get("/search?q=storm", headers={**headers, "If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200
    assert "ETag" in client.head("/search?q=flood").headers


def test_an_answer_that_must_be_another_one_is_refused(client: FlaskClient):
    assert client.get("/search?q=flood", headers={"If-Match": '"another"'}).status_code == 412


def test_compressed_and_plain_answers_are_the_same(client: FlaskClient):
    plain = client.get("/search?q=flood")
    packed = client.get("/search?q=flood", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["Vary"] == "Accept-Language, Accept-Encoding"
    assert packed.content_length == len(packed.data)
    assert "Content-Encoding" not in plain.headers


def test_static_files_are_kept_for_ever_under_an_address_of_their_content(client: FlaskClient):
    page = client.get("/").text
    css = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert "immutable" in client.get(css).headers["Cache-Control"]
    assert client.get("/static/pressmark.css?old").headers["Cache-Control"] == "no-cache"
    for url in ("/static/app.py", "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py"):
        assert client.get(url).status_code == 404


def test_a_missing_page_offers_search_and_lookup(client: FlaskClient):
    reply = client.get("/nope")
    assert reply.status_code == 404
    assert 'name="q"' in reply.text
    assert "/lookup" in reply.text


def test_problems_have_a_json_twin(client: FlaskClient):
    reply = client.get("/a/z9zzzz.json")
    assert (reply.status_code, reply.mimetype) == (404, "application/problem+json")
    assert reply.json["status"] == 404
    assert client.get("/nope", headers={"Accept": "application/json"}).json["title"] == "No such page"


def test_a_withdrawn_article_is_gone_and_says_why(client: FlaskClient, app: Flask):
    with app.app_context():
        stored = app.extensions[EXTENSION].store.by_url("https://coastpost.example/gone")
    reply = client.get(f"/a/{stored.mark}")
    assert reply.status_code == 410
    assert "asked for by the author" in reply.text
    assert "This text was withdrawn" not in reply.text


def test_a_failure_of_ours_gives_an_id_to_quote_and_no_trace(data: Path, caplog: pytest.LogCaptureFixture):
    def broken() -> ArticleStore:
        raise RuntimeError("secret /path/to/things")

    app = create_app(config(data), broken, lambda: open_engine(data / "index"), now=lambda: NOW)
    reply = client_of(app).get("/search?q=flood")
    assert reply.status_code == 500
    assert "secret" not in reply.text
    assert "Traceback" not in reply.text
    quoted = reply.text.partition("quote <code>")[2].partition("<")[0]
    assert quoted
    assert quoted in caplog.text


def test_an_index_that_cannot_be_opened_is_503_and_comes_back(data: Path):
    attempts = iter([IndexDamaged("segment 3: checksum differs"), None])

    def opener():
        if (error := next(attempts)) is not None:
            raise error
        return open_engine(data / "index")

    client = client_of(
        create_app(config(data), lambda: ArticleStore.open(data / "pressmark.sqlite"), opener, now=lambda: NOW)
    )
    first = client.get("/search?q=flood")
    assert first.status_code == 503
    assert first.headers["Retry-After"] == "60"
    assert "checksum" not in first.text
    assert client.get("/search?q=flood").status_code == 200


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (StoreUnfit("/srv/press/pressmark.sqlite: made by a newer Pressmark"), None),
        (StoreDamaged("/srv/press/pressmark.sqlite: page 7"), None),
        (StoreLocked("/srv/press/pressmark.sqlite: another process"), "60"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_a_store_that_never_opens_by_waiting_sends_nobody_to_try_again(
    tmp_path: Path, error: Exception, again: str | None
):
    def broken():
        raise error

    browser = client_of(create_app(config(tmp_path), broken, broken))
    for path in ("/search?q=flood", "/de/search?q=flood", "/search.json?q=flood"):
        reply = browser.get(path)
        assert (reply.status_code, reply.headers.get("Retry-After")) == (503, again), path
        assert ("pressmark doctor" in reply.text) == (again is None), path
        assert "/srv/press" not in reply.text


def test_an_archive_that_is_not_indexed_yet_does_not_say_nothing_was_found(data: Path, tmp_path: Path):
    app = create_app(
        config(data),
        lambda: ArticleStore.open(data / "pressmark.sqlite"),
        lambda: open_engine(tmp_path / "index"),
        now=lambda: NOW,
    )
    reply = client_of(app).get("/search?q=flood")
    assert reply.status_code == 503
    assert "none of them is indexed yet" in reply.text
    assert client_of(app).get("/search.json?q=flood").json["status"] == 503


def test_another_spelling_of_an_author_moves_to_the_one_they_are_known_by(tmp_path: Path):
    store, engine = make(tmp_path)
    store.authors.merge(["sam-lee"], into="maria-okafor", evidence="test")
    engine.close()
    store.close()
    app = app_over(tmp_path)
    assert client_of(app).get("/search?author=sam-lee").location == "/search?author=maria-okafor"
    app.extensions[EXTENSION].close()


def test_a_damaged_index_is_built_anew_while_the_pages_say_so(data: Path, tmp_path: Path):
    shutil.copytree(data, tmp_path / "data")
    for path in (tmp_path / "data" / "index").glob("*.columns"):
        os.truncate(path, path.stat().st_size // 2)
    settings = config(tmp_path / "data")
    with ArticleStore.open(settings.store) as store:
        app = create_app(
            settings, lambda: store, lambda: open_self_repairing(settings, lambda: store, wait=False), now=lambda: NOW
        )
        client = client_of(app)
        first = client.get("/search?q=flood")
        assert first.status_code == 503
        assert "being rebuilt from the articles; nothing is lost" in first.text
        assert client.get("/").status_code == 200
        end = time.monotonic() + 60
        while (reply := client.get("/readyz")).status_code == 503 and time.monotonic() < end:
            assert reply.json["status"] == "not ready"
            time.sleep(0.01)
        assert client.get("/search?q=flood").status_code == 200
        app.extensions[EXTENSION].close()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_changed_over_http(client: FlaskClient, method: str):
    assert client.open("/search", method=method).status_code == 405


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[FlaskClient]:
    app = app_over(tmp_path)
    yield client_of(app)
    app.extensions[EXTENSION].close()


def test_an_empty_archive_says_how_to_begin_and_what_is_missing(empty: FlaskClient):
    page = empty.get("/").text
    assert "Nothing here yet" in page
    assert "pressmark demo" in page
    assert "missing</b> contact" in page


def test_every_page_of_an_empty_archive_answers(empty: FlaskClient):
    for url in (
        "/search",
        "/search?q=flood",
        "/search.json?q=x",
        "/sources",
        "/crawls",
        "/about",
        "/help/search",
        "/lookup",
    ):
        assert empty.get(url).status_code == 200, url
    assert empty.get("/readyz").status_code == 200


def test_a_search_of_an_empty_archive_says_how_to_begin(empty: FlaskClient):
    assert "pressmark add" in empty.get("/search").text
    assert empty.get("/search?q=flood").text == empty.get("/search").text.replace(
        '=%2Fsearch"', '=%2Fsearch%3Fq%3Dflood"'
    )


def test_the_feed_of_an_empty_archive_says_that_nothing_was_crawled_and_what_to_type(empty: FlaskClient):
    feed = empty.get("/search.atom?q=flood").text
    assert "<subtitle>Nothing was crawled yet: type `pressmark crawl`</subtitle>" in feed
    elsewhere = empty.get("/search.atom?q=flood", environ_base={"REMOTE_ADDR": "192.0.2.7"}).text
    assert "<subtitle>There are no articles in this archive yet.</subtitle>" in elsewhere


def test_machines_get_what_they_ask_for(client: FlaskClient):
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json["behind"] == 0
    lines = client.get("/robots.txt").text.splitlines()
    assert {"Disallow: /search", "Disallow: /de/search", "Disallow: /ar/a/", "Disallow: /language"} <= set(lines)
    assert "http://localhost/search?q={searchTerms}" in client.get("/opensearch.xml").text
    answer = client.get("/suggest?q=floo").json
    assert answer is not None
    typed, texts, said = answer
    assert typed == "floo"
    assert "flood" in texts
    assert len(texts) == len(said)


def test_suggested_authors_are_asked_for_by_name(client: FlaskClient):
    assert 'author:"Maria Okafor"' in client.get("/suggest?q=okaf").json[1]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (IndexDamaged("/srv/press/index/toc: 3 bytes"), "the index is damaged"),
        (IndexRebuilding("wait"), "the index is being rebuilt"),
        (IndexUnreachable("https://search.example:9200: no answer"), "the search cluster does not answer"),
        (IndexError_("/srv/press/index: newer than we are"), "the index cannot be used"),
        (StoreDamaged("/srv/press/pressmark.sqlite: page 7"), "the article store is damaged"),
        (StoreError("/srv/press/pressmark.sqlite: not ours"), "the article store cannot be used"),
        (OSError(5, "Input/output error", "/srv/press"), "the disk of the data does not answer"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_readiness_says_what_is_in_the_way_and_names_no_file(
    tmp_path: Path, error: Exception, said: str, caplog: pytest.LogCaptureFixture
):
    def broken():
        raise error

    app = create_app(config(tmp_path), lambda: ArticleStore.open(tmp_path / "pressmark.sqlite"), broken)
    reply = client_of(app).get("/readyz")
    assert reply.status_code == 503
    assert reply.json == {"status": "not ready", "problems": {"open": said}}
    assert str(error) in caplog.text  # who runs it finds the file in the log


def test_readiness_counts_the_sources_that_need_attention_and_names_none(desk: Flask):
    services, probe = desk.extensions[EXTENSION], client_of(desk)
    first, second = (source.name for source in services.config.sources[:2])
    for name in services.store.health.all():
        services.store.health.acknowledge(name, NOW)
    for name, state in ((first, HealthState.BLOCKED), (second, HealthState.FAILING)):
        trouble = Health(source=name, state=state, since=NOW, cause="http-403", why=f"https://{first}/secret: http-403")
        services.store.health.write(trouble, NOW)
    services.store.health.acknowledge(second, NOW)
    reply = probe.get("/readyz")
    assert reply.status_code == 200
    assert reply.json["warnings"]["sources"] == f"1 of {len(services.config.sources)} need attention: 1 blocked"
    assert first not in reply.text


def test_readiness_warns_of_a_scheduler_that_is_gone_a_disk_nearly_full_and_damage(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    desk = app_over(folder, crawler={"contact": "desk@gazette.example"})
    services, probe = desk.extensions[EXTENSION], client_of(desk)
    services.store.schedule.beat(NOW)
    for name in services.store.health.all():
        services.store.health.acknowledge(name, NOW)
    assert probe.get("/readyz").json["warnings"] == {}
    services.store.schedule.beat(NOW - timedelta(days=30))
    monkeypatch.setattr(disk, "LITTLE_SPACE", 2**62)
    with services.store._database.writing() as connection:
        connection.execute("INSERT INTO damaged_revisions VALUES (1, 1), (1, 2)")
    reply = probe.get("/readyz")
    assert reply.json["warnings"]["damage"].startswith("2 earlier texts are damaged and left out")
    assert "damage:revisions" in [each.key for each in alarms(services.config, services.store, NOW, behind=0)]
    assert (reply.status_code, reply.json["status"]) == (200, "ok")
    assert reply.json["warnings"]["scheduler"].startswith("no scheduler since ")
    assert "nearly full" in reply.json["warnings"]["disk"]
    assert str(services.config.data) not in reply.text
    services.close()


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="this machine has no IPv6")
def test_the_host_of_all_addresses_answers_both_families(app: Flask):
    with served(app, host="::") as server:
        for host in ("127.0.0.1", "::1"):
            with closing(http.client.HTTPConnection(host, server.port, timeout=120)) as connection:
                connection.request("GET", "/healthz", headers={"Host": "localhost", "Connection": "close"})
                reply = connection.getresponse()
                assert reply.status == 200
                reply.read()  # to the end of the connection: the server has done with it


def test_the_foot_does_not_call_a_crawl_that_failed_one_that_brought_nothing(desk: Flask):
    store = desk.extensions[EXTENSION].store
    with store.runs.begin(["coastpost.example"], started=NOW) as claim:
        store.runs.finish(replace(claim.run, ended=NOW, status="failed", note="the disk is full"))
    foot = client_of(desk).get("/about").text.partition("<footer")[2]
    assert "The last crawl failed" in foot
    assert "0 new" not in foot


@pytest.mark.parametrize(
    ("status", "words"), [(413, "Zu viel auf einmal"), (415, "Nicht in dieser Form"), (429, "Zu oft")]
)
def test_every_refusal_has_words_of_its_own_in_the_readers_language(data: Path, status: int, words: str):
    app = app_over(data)
    app.add_url_rule("/refused", view_func=lambda: abort(status))
    page = client_of(app).get("/de/refused")
    assert (page.status_code, page.headers.get("Retry-After")) == (status, "60" if status == 429 else None)
    assert words in page.text
    problem = client_of(app).get("/refused", headers={"Accept": "application/json"})
    assert (problem.mimetype, problem.json["status"]) == ("application/problem+json", status)
    app.extensions[EXTENSION].close()
