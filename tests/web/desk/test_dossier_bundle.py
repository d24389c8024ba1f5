"""A dossier as one zip file: what it holds, what its manifest says of it, and what is not in it."""

import hashlib
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient

from corpus.model import StoredArticle
from corpus.store import ArticleStore
from tests.web.articles.test_capture_page import captured
from tests.web.conftest import Send
from tests.web.corpus import NOW
from web.desk import dossier_reading
from web.layout.services import EXTENSION
from web.search import downloads


@pytest.fixture
def path(send: Send) -> str:
    """The address of a dossier that a search filled."""
    reply = send("/keep", what="all", search="?q=flood+defences&page=2", dossier="new", dossier_name="Walls / 1974")
    return str(reply.headers["Location"].partition("?")[0])


def opened(browser: FlaskClient, path: str) -> tuple[ZipFile, dict[str, Any]]:
    reply = browser.get(f"{path}/export.zip")
    assert (reply.status_code, reply.mimetype) == (200, "application/zip")
    packed = ZipFile(io.BytesIO(reply.data))
    return packed, json.loads(packed.read("manifest.json"))


def test_each_file_has_the_checksum_that_the_manifest_names(browser: FlaskClient, path: str):
    packed, manifest = opened(browser, path)
    named = {each["path"]: each for each in manifest["files"]}
    assert {*named, "manifest.json"} == set(packed.namelist())
    for name, said in named.items():
        content = packed.read(name)
        assert (said["bytes"], said["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
    assert {"dossier.csv", "dossier.md", "dossier.html", "dossier.ris", "dossier.bib", "dossier.csl.json"} <= set(named)


def test_it_has_each_text_and_the_search_that_filled_it(browser: FlaskClient, path: str):
    packed, manifest = opened(browser, path)
    marks = [each["id"] for each in browser.get(f"{path}.json").json["articles"]]
    assert [f"texts/{mark}.txt" in packed.namelist() for mark in marks] == [True] * len(marks)
    found = browser.get(f"/search.json?{manifest['searches'][0]['search'].partition('?')[2]}&copies=show").json
    assert manifest["searches"][0]["articles"] == manifest["articles"] == found["total"] == len(marks)
    assert manifest["name"] == "Walls / 1974"


def test_raw_responses_are_in_it_and_articles_without_one_are_named(
    browser: FlaskClient, send: Send, folder: Path, store: ArticleStore
):
    mark = captured(folder, store, b"<p>As it was").split("/")[2]
    other = next(each["id"] for each in browser.get("/search.json?q=flood").json["hits"] if each["id"] != mark)
    reply = send("/keep", mark=[mark, other], dossier="new", dossier_name="Two")
    packed, manifest = opened(browser, str(reply.headers["Location"].partition("?")[0]))
    assert "archive/data.warc.gz" in packed.namelist()
    assert manifest["without_raw_response"] == [other]


def test_a_withdrawn_article_is_left_out_and_counted(browser: FlaskClient, path: str, store: ArticleStore):
    mark = browser.get(f"{path}.json").json["articles"][0]["id"]
    store.withdraw(store.by_mark(mark).id, "taken down")
    packed, manifest = opened(browser, path)
    assert manifest["left_out"] == 1
    assert manifest["left_out_by_reason"] == {"withdrawn": 1, "other_tags": 0, "unreadable": 0}
    assert f"texts/{mark}.txt" not in packed.namelist()


def test_a_bundle_of_one_tag_names_the_tag_the_state_and_how_many_have_others(
    browser: FlaskClient, path: str, store: ArticleStore
):
    marks = [each["id"] for each in browser.get(f"{path}.json").json["articles"]]
    store.dossiers.set_tags(store.by_mark(marks[0]).id, ["money"])
    manifest = json.loads(ZipFile(io.BytesIO(browser.get(f"{path}/export.zip?tag=money").data)).read("manifest.json"))
    assert (manifest["tag"], manifest["articles"], manifest["left_out"]) == ("money", 1, len(marks) - 1)
    assert manifest["left_out_by_reason"]["other_tags"] == len(marks) - 1
    assert manifest["state"] == {"store": store.sequence, "desk": store.dossiers.revision}


@pytest.mark.parametrize("ending", ["zip", "wacz"])
def test_a_packed_dossier_is_of_one_state_while_articles_are_taken_out(
    browser: FlaskClient, folder: Path, store: ArticleStore, send: Send, monkeypatch: pytest.MonkeyPatch, ending: str
):
    mark = captured(folder, store, b"<p>As it was").split("/")[2]
    other = next(each["id"] for each in browser.get("/search.json?q=flood").json["hits"] if each["id"] != mark)
    send("/keep", mark=[other, mark], dossier="new", dossier_name="Two")
    dossier, ids = store.dossiers.all()[0], [store.by_mark(mark).id]
    monkeypatch.setattr(dossier_reading, "READ_AT_ONCE", 1)
    read = type(store).articles

    def taking_out(self: ArticleStore, wanted: list[int]) -> dict[int, Any]:
        if ids:
            gone = [ids.pop()]
            with ArticleStore.open(folder / "pressmark.sqlite") as another:
                another.dossiers.take_out(dossier.id, gone, NOW)
        return read(self, wanted)

    monkeypatch.setattr(type(store), "articles", taking_out)
    reply = browser.get(f"/d/{dossier.mark}/export.{ending}")
    assert reply.status_code == 200
    if ending == "wacz":
        assert (reply.headers["Pressmark-Given"], reply.headers["Pressmark-Missing"]) == ("1", "1")
    else:
        manifest = json.loads(ZipFile(io.BytesIO(reply.data)).read("manifest.json"))
        assert (manifest["articles"], manifest["left_out"]) == (2, 0)
    assert len(store.dossiers.entries(dossier.id)) == 1


def test_undoing_the_search_that_filled_it_forgets_the_search(browser: FlaskClient, send: Send, store: ArticleStore):
    made = send("/dossiers", name="Walls").headers["Location"].partition("?")[0]
    send("/keep", what="all", search="q=flood", dossier=made.removeprefix("/d/"))
    found = store.dossiers.all()[0]
    assert [each.address for each in store.dossiers.searches(found.id)] == ["q=flood"]
    send("/undo", change=str(store.audit.latest()[0].id), back="/dossiers")
    assert store.dossiers.searches(found.id) == []


def test_asking_for_the_headers_writes_nothing(browser: FlaskClient, path: str):
    reply = browser.head(f"{path}/export.zip")
    assert (reply.status_code, reply.mimetype, reply.data) == (200, "application/zip", b"")


@pytest.mark.parametrize("ending", ["csv", "ris", "bib", "csl.json", "md", "html", "zip"])
def test_a_dossier_of_many_parts_is_one_file_and_no_more_articles_are_in_memory(
    browser: FlaskClient, path: str, monkeypatch: pytest.MonkeyPatch, ending: str
):
    whole = browser.get(f"{path}/export.{ending}").data
    sizes: list[int] = []
    read_heads, read_articles = ArticleStore.heads, ArticleStore.articles

    def heads(self: ArticleStore, ids: Iterable[int]) -> dict[int, StoredArticle]:
        sizes.append(len(wanted := list(ids)))
        return read_heads(self, wanted)

    def articles(self: ArticleStore, ids: Iterable[int]) -> dict[int, StoredArticle]:
        sizes.append(len(wanted := list(ids)))
        return read_articles(self, wanted)

    monkeypatch.setattr(dossier_reading, "READ_AT_ONCE", 2)
    monkeypatch.setattr(ArticleStore, "heads", heads)
    monkeypatch.setattr(ArticleStore, "articles", articles)
    assert browser.get(f"{path}/export.{ending}").data == whole
    assert max(sizes) == 2


def test_an_empty_dossier_is_a_file_of_each_format(browser: FlaskClient, send: Send):
    path = send("/dossiers", name="Walls").headers["Location"].partition("?")[0]
    assert browser.get(f"{path}/export.csl.json").json == []
    for ending in ("csv", "ris", "bib", "md", "html", "zip"):
        assert browser.get(f"{path}/export.{ending}").status_code == 200


@pytest.mark.parametrize("ending", ["html", "zip"])
def test_a_dossiers_file_waits_for_its_turn_and_for_room(
    browser: FlaskClient, path: str, monkeypatch: pytest.MonkeyPatch, ending: str
):
    shared = browser.application.extensions[EXTENSION].shared
    with downloads.turn(shared), downloads.turn(shared):
        reply = browser.get(f"{path}/export.{ending}")
    assert (reply.status_code, "Retry-After" in reply.headers) == (503, True)
    monkeypatch.setattr(downloads.spool, "_most", 10)
    assert browser.get(f"{path}/export.{ending}").status_code == 503
    monkeypatch.undo()
    assert browser.get(f"{path}/export.{ending}").status_code == 200
    assert downloads.spool.taken == 0
