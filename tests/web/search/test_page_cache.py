"""The same request on the same state gets the same page, without its being made again; any change makes it new."""

import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from indexer.searching import evaluation
from tests.web.conftest import app_over, client_of
from tests.web.corpus import generated, make
from web.layout.services import EXTENSION
from web.search import page_cache as pages

ADDRESS = "/search?q=flood"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store, engine = make(tmp_path)
    engine.close()
    store.close()
    return tmp_path


@pytest.fixture
def client(folder: Path) -> Iterator[FlaskClient]:
    app = app_over(folder)
    yield client_of(app)
    app.extensions[EXTENSION].close()


def made(client: FlaskClient, address: str = ADDRESS, **headers: str) -> bool:
    """Ask for a page, and say whether it was made; one that was made before is counted so."""
    services = client.application.extensions[EXTENSION]
    before = services.searches["page"]
    reply = client.get(address, headers=headers)
    assert reply.status_code == 200
    return bool(services.searches["page"] == before)


def test_a_page_is_made_once_for_the_same_request(folder: Path, client: FlaskClient):
    assert made(client)
    assert not made(client)
    first, second = client.get(ADDRESS), client.get(ADDRESS, headers={"If-None-Match": "W/x"})
    assert (first.data, second.status_code) == (second.data, 200)
    assert client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_what_may_bear_on_a_page_makes_another(folder: Path, client: FlaskClient):
    assert made(client)
    assert made(client, f"{ADDRESS}&page=2")
    assert made(client, Accept_Language="de")
    assert made(client, Authorization="Bearer x")
    assert not made(client, User_Agent="another", Accept_Encoding="gzip")
    client.set_cookie("session", "another")
    assert made(client)


def test_a_change_of_the_store_makes_a_page_anew(folder: Path, client: FlaskClient):
    assert made(client)
    with ArticleStore.open(folder / "pressmark.sqlite") as store:
        store.write(replace(next(generated(1)), url="https://gazette.example/another"))
        assert made(client)
        assert not made(client)
        files = {path: path.stat() for path in folder.glob("pressmark.sqlite*")}
        store.write(replace(next(generated(1)), url="https://gazette.example/a-third"))
        for path, before in files.items():  # a slow disk has the log long before it can be read
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert made(client)
    assert not made(client)


def test_a_search_that_was_cut_off_denies_nothing_and_its_page_is_made_anew(
    folder: Path, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    address, clock = "/search?q=harb*", count(0.0, 100.0)
    with monkeypatch.context() as late:
        late.setattr(evaluation, "time", SimpleNamespace(monotonic=lambda: next(clock)))
        page = client.get(address).text
    assert "There may be articles that it did not find." in page
    assert "The archive does not have it." not in page
    assert "No article has" not in page
    assert "There may be" not in client.get(address).text
    assert not made(client, address)


def test_a_page_is_no_older_than_a_few_seconds():
    clock = iter([0.0, pages.FRESH - 0.1, pages.FRESH + 0.1])
    cache = pages.Pages(lambda: next(clock))
    cache.put("key", "page")
    assert cache.get("key") == "page"
    assert cache.get("key") is None
    assert cache.get("other") is None


def test_pages_take_a_bounded_room():
    cache = pages.Pages(lambda: 0.0)
    for number in range(pages.PAGES + 3):
        cache.put(number, "page")
    assert [cache.get(number) for number in range(4)] == [None, None, None, "page"]
