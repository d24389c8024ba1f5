"""A saved search without signing in: its own feed, and the pause of a mail; only whoever has the address gets there."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.notices.values import Channel, Message
from corpus.store import ArticleStore
from corpus.store.desk.saved import Often
from tests.web.conftest import Send, app_over, client_of
from tests.web.corpus import NOW, article
from web.desk.saved_links import feed_path, pause_path
from web.layout.services import EXTENSION

NOTIFY = {"webhook": "http://127.0.0.1:9/hook", "mail_to": ("desk@news.example",), "smtp_host": "mail.example"}


@pytest.fixture
def desk(folder: Path) -> Iterator[Flask]:
    app = app_over(folder, notify=NOTIFY)
    yield app
    app.extensions[EXTENSION].close()


def feed(browser: FlaskClient) -> str:
    found = browser.get("/saved.json").get_json()
    return str(found[0]["feed"])


def test_a_saved_search_has_a_feed_of_its_own_that_hides_the_search(
    browser: FlaskClient, send: Send, store: ArticleStore, index: Callable[[], object]
):
    send("/saved", search="q=flood&sort=old&page=2", name="Floods")
    address = feed(browser)
    store.write(article("coastpost.example", "feed", "Flood of feeds", "A flood of feeds.", day="2026-11-22"))
    index()
    reply = browser.get(address)
    assert reply.mimetype == "application/atom+xml"
    assert "<title>Floods · Pressmark</title>" in reply.text
    assert "Flood of feeds" in reply.text
    assert re.search(rf'rel="self"[^>]* href="http://localhost{re.escape(address)}"', reply.text)
    assert browser.get(f"{address}?page=2").status_code == 200
    assert address in browser.get("/saved").text


def test_a_new_address_ends_the_old_one_and_a_deleted_search_is_gone(browser: FlaskClient, send: Send):
    send("/saved", search="q=flood", name="Floods")
    old = feed(browser)
    assert send("/saved/1", do="address").status_code == 303
    new = feed(browser)
    assert new != old
    assert (browser.get(old).status_code, browser.get(new).status_code) == (404, 200)
    send("/saved/1", do="delete")
    assert browser.get(new).status_code == 410


@pytest.mark.parametrize(
    "name", ["1", "1-", f"1-{'0' * 32}", f"2-{'0' * 32}", f"{'9' * 30}-{'0' * 32}", "x" * 500, f"1.2-{'0' * 32}"]
)
def test_an_address_that_is_not_ours_leads_nowhere(browser: FlaskClient, send: Send, store: ArticleStore, name: str):
    send("/saved", search="q=flood", name="Floods")
    assert browser.get(f"/saved/feeds/{name}.atom").status_code == 404
    assert browser.get(f"/saved/pause/{name}").status_code == 404
    assert browser.post(f"/saved/pause/{name}").status_code == 404
    assert store.saved.all()[0].paused is None


def test_a_mail_programs_unsubscribe_pauses_and_opening_the_link_alone_does_not(
    browser: FlaskClient, send: Send, store: ArticleStore, desk: Flask
):
    for name in ("Floods", "Walls", "Coast"):
        send("/saved", search="q=flood", name=name)
    searches = store.saved.all()
    path = pause_path(searches[:2], store.audit.secret)
    stranger = client_of(desk)
    page = stranger.get(path).text
    assert "Floods" in page
    assert "Coast" not in page
    assert all(each.paused is None for each in store.saved.all())
    reply = stranger.post(path, data={"List-Unsubscribe": "One-Click"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert "No more messages come about" in reply.text
    assert [each.paused_by for each in store.saved.all()] == ["from a message", "from a message", None]
    assert stranger.post(path).status_code == 200
    assert len(store.audit.latest()) == 5
    assert "from a message" in browser.get("/saved").text


def test_nobody_needs_to_sign_in_for_feed_and_pause(folder: Path):
    app = app_over(folder, web={"accounts": "password"})
    store = app.extensions[EXTENSION].store
    id = store.saved.add("Floods", "q=flood", "ana", NOW)
    search = store.saved.get(id)
    client = client_of(app)
    assert client.get("/saved").status_code == 303
    assert client.get(feed_path(search, store.audit.secret)).status_code == 200
    assert client.post(pause_path([search], store.audit.secret)).status_code == 200
    assert store.saved.get(id).paused == NOW
    app.extensions[EXTENSION].close()


def test_how_one_is_told_is_set_from_the_page_and_undone(browser: FlaskClient, send: Send, store: ArticleStore):
    send("/saved", search="q=flood", name="Floods")
    page = browser.get("/saved?change=1").text
    assert 'value="mail"' in page
    assert 'value="webhook"' in page
    reply = send("/saved/1", do="change", name="All floods", way=["mail", "webhook"], often="daily")
    found = store.saved.all()[0]
    assert (found.name, set(found.ways), found.often) == ("All floods", {"mail", "webhook"}, Often.DAILY)
    assert found.delivered == store.saved.last_article
    shown = browser.get(reply.location).text
    assert "tells you by mail, webhook, once a day" in shown
    send("/undo", change=re.search(r"done=(\d+)", reply.location)[1], back="/")
    assert store.saved.all()[0].ways == ()
    assert "Nothing was changed" in browser.get(send("/saved/1", do="change", name="All floods").location).text


@pytest.mark.parametrize("fields", [{"often": "hourly"}, {"often": ""}])
def test_what_no_form_of_ours_sends_changes_nothing(send: Send, store: ArticleStore, fields: dict[str, str]):
    send("/saved", search="q=flood", name="Floods")
    assert send("/saved/1", do="change", way="mail", **fields).status_code == 403
    send("/saved/1", do="change", way="carrier pigeon", often="runs")
    assert store.saved.all()[0].ways == ()


def test_messages_that_fail_are_said_on_the_page(browser: FlaskClient, send: Send, store: ArticleStore):
    send("/saved", search="q=flood", name="Floods")
    send("/saved/1", do="change", way="webhook", often="runs")
    store.notices.add([Message("saved:1", "x", "x", NOW)], [Channel.WEBHOOK], NOW)
    (delivery,) = store.notices.claim([Channel.WEBHOOK], NOW)
    store.notices.close(delivery, "127.0.0.1: answered 500", NOW)
    page = browser.get("/saved").text
    assert "Messages by webhook fail:" in page
    assert "127.0.0.1: answered 500" in page
    store.notices.close(delivery, "hook@news.example: unknown", NOW, to=("hook@news.example",))
    page = browser.get("/saved").text
    assert "Not all addresses get messages by webhook:" in page
    assert "Messages by webhook fail:" not in page
