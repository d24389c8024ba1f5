"""Bundles that are stored as they are handed over: made by a form, given again, deleted, brought back, bounded."""

import hashlib
import io
import json
import threading
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from tests.web.conftest import Send, app_over, client_of, token_of
from tests.web.corpus import NOW
from web.desk.history import making
from web.layout.services import EXTENSION
from web.search import downloads


@pytest.fixture
def path(send: Send) -> str:
    """The address of a dossier that a search filled."""
    reply = send("/keep", what="all", search="?q=flood+defences", dossier="new", dossier_name="Walls <b>")
    return str(reply.headers["Location"].partition("?")[0])


def bundles(browser: FlaskClient, path: str) -> list[dict[str, object]]:
    return list(browser.get(f"{path}/history.json").json["bundles"])


def test_a_bundle_is_given_again_byte_for_byte_whatever_is_changed_since(browser: FlaskClient, send: Send, path: str):
    reply = send(f"{path}/bundles", do="make")
    assert (reply.status_code, reply.headers["Location"].partition("?")[0]) == (303, f"{path}/history")
    made = bundles(browser, path)[0]
    first = browser.get(made["file"])
    assert hashlib.sha256(first.data).hexdigest() == made["sha256"]
    assert (len(first.data), first.mimetype) == (made["bytes"], "application/zip")
    manifest = json.loads(ZipFile(io.BytesIO(first.data)).read("manifest.json"))
    assert (manifest["articles"], manifest["left_out"]) == (made["articles"], made["left_out"])
    mark = browser.get(f"{path}.json").json["articles"][0]["id"]
    send(path, do="note", mark=mark, note="Since then.", tags="money")
    assert browser.get(made["file"]).data == first.data
    page = browser.get(f"{path}/history").text
    assert made["mark"] in page
    assert "is made and stored" in page
    assert "Walls &lt;b&gt;" in page
    assert f"{path}/history#bundles" in browser.get(path).text


def test_deleting_one_is_undone_and_making_one_too(browser: FlaskClient, send: Send, path: str, store: ArticleStore):
    send(f"{path}/bundles", do="make")
    made = bundles(browser, path)[0]
    send(f"{path}/bundles", do="delete", bundle=str(made["mark"]))
    assert bundles(browser, path) == []
    assert browser.get(made["file"]).status_code == 410
    deleted, begun = (str(each.id) for each in store.audit.latest(2))
    assert send("/undo", change=begun).status_code == 409
    send("/undo", change=deleted)
    assert bundles(browser, path) == [made]
    send("/undo", change=begun)
    assert bundles(browser, path) == []


def test_a_file_that_made_room_meanwhile_is_said_to_be_gone_when_its_deletion_is_undone(
    browser: FlaskClient, send: Send, path: str, store: ArticleStore, monkeypatch: pytest.MonkeyPatch
):
    send(f"{path}/bundles", do="make")
    made = bundles(browser, path)[0]
    send(f"{path}/bundles", do="delete", bundle=str(made["mark"]))
    deleted = str(store.audit.latest(1)[0].id)
    monkeypatch.setattr(making, "MOST_BYTES_OF_ALL", int(str(made["bytes"])) + 5_000)
    assert send(f"{path}/bundles", do="make").status_code == 303
    reply = send("/undo", change=deleted, back=f"{path}/history")
    assert "Its file is gone" in browser.get(reply.headers["Location"]).text
    assert [each["file"] is None for each in bundles(browser, path)] == [False, True]


def test_one_that_has_a_withdrawn_article_is_not_given_and_says_why(
    browser: FlaskClient, send: Send, path: str, store: ArticleStore
):
    send(f"{path}/bundles", do="make")
    made = bundles(browser, path)[0]
    mark = browser.get(f"{path}.json").json["articles"][0]["id"]
    store.withdraw(store.by_mark(mark).id, "taken down")
    reply = browser.get(made["file"])
    assert reply.status_code == 410
    assert "the text of 1 article in it was taken away since" in reply.text
    again = bundles(browser, path)[0]
    assert (again["withdrawn"], again["file"], again["sha256"]) == (1, None, made["sha256"])


def test_bounds_are_said_and_store_nothing(
    browser: FlaskClient, send: Send, path: str, store: ArticleStore, monkeypatch: pytest.MonkeyPatch
):
    for name, said in (("MOST_BYTES", "one that is stored may have"), ("MOST_BYTES_OF_ALL", "Delete some first"),
                       ("MOST", "at most 10 stored bundles")):  # fmt: skip
        with monkeypatch.context() as bound:
            bound.setattr(making, name, 10)
            for number in range(10 if name == "MOST" else 0):
                assert send(f"{path}/bundles", do="make", form=f"{number}").status_code == 303
            reply = send(f"{path}/bundles", do="make")
            assert (reply.status_code, said in reply.text) == (403, True), reply.text
    assert len(bundles(browser, path)) == 10
    gone = str(bundles(browser, path)[0]["mark"])
    send(f"{path}/bundles", do="delete", bundle=gone)
    deleted = str(store.audit.latest(1)[0].id)
    send(f"{path}/bundles", do="make")
    monkeypatch.setattr(making, "MOST", 10)
    assert send("/undo", change=deleted).status_code == 403  # two tabs: another took its place
    assert len(bundles(browser, path)) == 10
    monkeypatch.undo()
    assert "no article to hand over" in send(f"{path}/bundles", do="make", tag="nowhere").text


def test_an_article_withdrawn_while_a_bundle_is_written_stands_in_none(
    browser: FlaskClient, send: Send, path: str, store: ArticleStore, monkeypatch: pytest.MonkeyPatch
):
    mark = browser.get(f"{path}.json").json["articles"][0]["id"]
    id = store.by_mark(mark).id
    measured = making._measured

    def withdrawn_meanwhile(out):
        other = threading.Thread(target=lambda: store.withdraw(id, "taken down", at=NOW + timedelta(minutes=1)))
        other.start()
        other.join()
        return measured(out)

    monkeypatch.setattr(making, "_measured", withdrawn_meanwhile)
    assert send(f"{path}/bundles", do="make").status_code == 409
    assert bundles(browser, path) == []


def test_without_a_turn_nothing_is_made_and_when_to_come_again_is_said(browser: FlaskClient, send: Send, path: str):
    shared = browser.application.extensions[EXTENSION].shared
    with downloads.turn(shared), downloads.turn(shared):
        reply = send(f"{path}/bundles", do="make")
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "30")
    assert bundles(browser, path) == []


def test_a_bundle_of_another_dossier_is_none_of_this_one(browser: FlaskClient, send: Send, path: str):
    send(f"{path}/bundles", do="make")
    made = bundles(browser, path)[0]
    send("/dossiers", name="Other")
    other = f"/d/{browser.get('/dossiers.json').json[0]['mark']}"
    assert other != path
    assert browser.get(f"{other}/bundles/{made['mark']}.zip").status_code == 404
    assert send(f"{other}/bundles", do="delete", bundle=str(made["mark"])).status_code == 404
    assert send(f"{path}/bundles", do="nothing").status_code == 403


def test_strangers_of_a_public_archive_see_no_bundle_and_make_none(
    browser: FlaskClient, send: Send, path: str, folder: Path
):
    send(f"{path}/bundles", do="make")
    made = bundles(browser, path)[0]
    app = app_over(folder, web={"public": True})
    stranger = client_of(app)
    for address in (f"{path}/history", f"{path}/history.json", str(made["file"])):
        assert stranger.get(address).status_code == 403, address
    assert stranger.post(f"{path}/bundles", data={"do": "make"}).status_code == 403
    assert stranger.get(f"/api/v1{path.replace('/d/', '/dossiers/')}/bundles").status_code == 403
    app.extensions[EXTENSION].close()
    assert bundles(browser, path) == [made]


def test_a_store_that_is_only_read_gives_a_bundle_and_makes_none(
    browser: FlaskClient, send: Send, path: str, folder: Path
):
    send(f"{path}/bundles", do="make")
    made = bundles(browser, path)[0]
    first = browser.get(str(made["file"])).data
    store = ArticleStore.open(folder / "pressmark.sqlite", read_only=True)
    app = app_over(folder)
    app.extensions[EXTENSION]._open_store = lambda: store
    reader = client_of(app)
    assert reader.get(str(made["file"])).data == first
    reply = reader.post(f"{path}/bundles", data={"do": "make", "token": token_of(browser)})
    assert reply.status_code == 403
    assert "Make a bundle" not in reader.get(f"{path}/history").text
    assert bundles(reader, path) == [made]
    store.close()
