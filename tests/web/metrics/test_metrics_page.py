"""`/metrics`: each figure is what the store, the index and the disk say, and a stranger reads none of them."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.errors import IndexDamaged
from corpus.health.values import Health, HealthState
from corpus.model import Discovered, UrlKind
from corpus.store import ArticleStore
from corpus.store.accounts.sessions import Scope
from corpus.store.accounts.users import Role
from corpus.via import Via
from docs.metrics import PAGE, page
from tests.web.conftest import app_over, client_of
from tests.web.corpus import HERALD, NOW, POST, config
from web.app import create_app
from web.layout.exposition import CONTENT_TYPE
from web.layout.services import EXTENSION
from web.metrics import metrics_page
from web.metrics.figures import KNOWN

LINE = re.compile(r'(\w+)(?:\{(\w+)="((?:[^"\\]|\\.)*)"\})? (-?[0-9.e+-]+)')


@pytest.fixture(autouse=True)
def _always_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics_page, "FRESH", -1.0)


def read(client: FlaskClient, **environ: str) -> dict[str, float]:
    """Return `name` or `name:value of its label` -> value, each line of the answer read or complained of."""
    reply = client.get("/metrics", environ_overrides=environ)
    assert (reply.status_code, reply.content_type) == (200, CONTENT_TYPE)
    found = {}
    for line in reply.text.splitlines():
        if not line.startswith(("# HELP ", "# TYPE ")):
            parts = LINE.fullmatch(line)
            assert parts is not None, line
            found[parts[1] + (f":{parts[3]}" if parts[2] else "")] = float(parts[4])
    return found


def test_the_corpus_and_the_index_are_counted(client: FlaskClient, app: Flask):
    services, found = app.extensions[EXTENSION], read(client)
    assert found["pressmark_articles"] == services.store.totals().articles > 50
    assert found["pressmark_store_changes"] == services.store.sequence
    assert found["pressmark_index_changes"] == services.engine.position
    assert (found["pressmark_index_up"], found["pressmark_index_behind_changes"]) == (1, 0)
    assert found["pressmark_store_size_bytes"] >= services.config.store.stat().st_size
    assert 0 < found["pressmark_disk_free_bytes"] < found["pressmark_disk_size_bytes"]


def test_a_search_is_counted_by_what_answered_it_and_timed_once(browser: FlaskClient):
    assert read(browser)["pressmark_search_duration_seconds_count"] == 0
    browser.get("/search?q=harbour")
    found = read(browser)
    asked = found["pressmark_searches_total:index"]
    assert asked == 2  # the search of the page, and which days have articles at all
    for of_all in ("count", "bucket:+Inf"):
        assert found[f"pressmark_search_duration_seconds_{of_all}"] == asked
    assert 0 < found["pressmark_search_duration_seconds_sum"] < 60
    browser.get("/search?q=harbour", headers={"Accept-Language": "pt"})  # another reader: the page is made again
    again = read(browser)
    assert (
        again["pressmark_searches_total:memory"] == found["pressmark_searches_total:memory"] + 1
    )  # the days are remembered
    assert again["pressmark_searches_total:index"] == again["pressmark_search_duration_seconds_count"] == asked


def test_an_index_that_cannot_be_asked_is_down(tmp_path: Path):
    def damaged():
        raise IndexDamaged("no table of contents")

    app = create_app(config(tmp_path), lambda: ArticleStore.open(tmp_path / "pressmark.sqlite"), damaged)
    found = read(client_of(app))
    assert found["pressmark_index_up"] == 0
    assert "pressmark_index_behind_changes" not in found


def test_a_search_that_the_index_could_not_answer_is_counted(browser: FlaskClient, folder: Path):
    for path in (folder / "index").rglob("*"):
        if path.is_file():
            path.write_bytes(b"damaged")
    assert browser.get("/search?q=harbour").status_code == 503
    found = read(browser)
    assert (found["pressmark_searches_total:failed"], found["pressmark_searches_total:index"]) == (1, 0)


def test_changes_that_the_index_lacks_are_counted(browser: FlaskClient, store: ArticleStore):
    before = store.sequence
    assert store.withdraw(store.newest(1)[0].id, "asked for")
    assert read(browser)["pressmark_index_behind_changes"] == store.sequence - before > 0


def test_runs_are_counted_by_status_and_the_dead_are_not_running(browser: FlaskClient, store: ArticleStore):
    before = read(browser)
    with store.runs.begin([HERALD], started=NOW) as claim:
        assert read(browser)["pressmark_runs:running"] == 1
        store.runs.finish(replace(claim.run, ended=NOW, status="partial", worker_restarts=3))
    with store.runs.begin([POST], started=NOW + timedelta(hours=1)):
        pass  # its process is gone, and its row still says running
    found = read(browser)
    assert found["pressmark_runs:partial"] == before.get("pressmark_runs:partial", 0) + 1
    assert found["pressmark_runs:died"] == before.get("pressmark_runs:died", 0) + 1
    assert "pressmark_runs:running" not in found
    assert found["pressmark_run_start_timestamp_seconds:died"] == (NOW + timedelta(hours=1)).timestamp()
    assert found["pressmark_worker_restarts_total"] == before["pressmark_worker_restarts_total"] + 3


def test_sources_are_counted_by_health(browser: FlaskClient, desk: Flask, store: ArticleStore):
    names = [source.name for source in desk.extensions[EXTENSION].config.sources]
    assert len(names) > 3
    for name in names:
        store.health.write(Health(source=name, state=HealthState.OK, since=NOW), NOW)
    store.health.write(Health(source=names[0], state=HealthState.FAILING, since=NOW, cause="x", why="y"), NOW)
    store.health.write(Health(source="not-followed.example", state=HealthState.MOVED, since=NOW), NOW)
    store.sources.pause(names[1], NOW)
    found = read(browser)
    assert {name: found[f"pressmark_sources:{name}"] for name in ("failing", "paused", "moved", "ok")} == {
        "failing": 1,
        "paused": 1,
        "moved": 0,
        "ok": len(names) - 2,
    }
    assert found["pressmark_sources_unacknowledged"] == 1
    store.health.acknowledge(names[0], NOW)
    assert read(browser)["pressmark_sources_unacknowledged"] == 0


def test_addresses_that_are_due_are_counted(browser: FlaskClient, desk: Flask, store: ArticleStore):
    before = read(browser)["pressmark_addresses_due"]
    name = desk.extensions[EXTENSION].config.sources[0].name
    urls = [Discovered(url=f"https://{name}/due/{number}", kind=UrlKind.ARTICLE, via=Via.FEED) for number in range(4)]
    store.frontier.add(urls, name, NOW)
    assert read(browser)["pressmark_addresses_due"] == before + 4


def test_a_scheduler_that_never_was_has_no_moment(browser: FlaskClient, store: ArticleStore):
    name = "pressmark_scheduler_alive_timestamp_seconds"
    assert name not in read(browser)
    store.schedule.beat(NOW)
    assert read(browser)[name] == NOW.timestamp()


def test_no_name_of_a_source_and_no_search_stands_in_a_metric(browser: FlaskClient):
    browser.get("/search?q=harbour")
    text = browser.get("/metrics").text
    assert "harbour" not in text
    assert ".example" not in text


# ---------------------------------------------------------------- who may read them

STRANGER = {"REMOTE_ADDR": "198.51.100.7"}
Made = Callable[..., Flask]


@pytest.mark.parametrize(
    ("web", "refused"), [({"accounts": "password"}, 401), ({"public": True}, 403), ({}, 403)], ids=str
)
def test_this_machine_reads_them_and_a_stranger_does_not(folder: Path, web: dict[str, object], refused: int):
    client = client_of(app_over(folder, web=web))
    assert read(client)["pressmark_articles"] > 0
    reply = client.get("/metrics", environ_overrides=STRANGER)
    assert reply.status_code == refused
    assert "pressmark_articles" not in reply.text
    assert ("WWW-Authenticate" in reply.headers) == (refused == 401)


def test_a_reading_token_reads_them_from_anywhere_and_a_wrong_one_does_not(folder: Path):
    app = app_over(folder, web={"accounts": "password"})
    client, store = client_of(app), app.extensions[EXTENSION].store
    store.users.add("Ana", Role.READER, None, NOW)
    _, secret = store.tokens.add("Ana", "prometheus", Scope.READ, NOW)
    for token, status in ((secret, 200), ("x" + secret[1:], 401)):
        headers = {"Authorization": f"Bearer {token}"}
        assert client.get("/metrics", headers=headers, environ_overrides=STRANGER).status_code == status


@pytest.mark.parametrize(
    ("web", "headers", "status"),
    [
        ({"public": True}, {"X-Forwarded-For": "198.51.100.7"}, 403),  # a proxy that is not trusted
        ({"public": True, "url": "https://archive.example/"}, {}, 403),  # one that says nothing
        ({"public": True, "trusted_proxies": ("127.0.0.1",)}, {"X-Forwarded-For": "198.51.100.7"}, 403),
        ({"public": True, "trusted_proxies": ("127.0.0.1",)}, {}, 403),
        ({"public": True, "trusted_proxies": ("127.0.0.1",)}, {"X-Forwarded-For": "127.0.0.1"}, 200),
    ],
)
def test_a_proxy_on_this_machine_is_not_this_machine(
    folder: Path, web: dict[str, object], headers: dict[str, str], status: int
):
    assert client_of(app_over(folder, web=web)).get("/metrics", headers=headers).status_code == status


def test_another_name_of_the_host_is_refused(client: FlaskClient):
    assert client.get("/metrics", headers={"Host": "rebound.example"}).status_code == 400


def test_asking_often_reads_the_store_once(browser: FlaskClient, store: ArticleStore, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(metrics_page, "FRESH", 3600.0)
    first = browser.get("/metrics").text
    store.schedule.beat(NOW)
    assert browser.get("/metrics").text == first


def test_the_page_of_the_documentation_names_each_metric():
    assert PAGE.read_text(encoding="utf-8") == page(), "`make fix` writes docs/metrics.md"
    assert all(name.startswith("pressmark_") for name in KNOWN)
