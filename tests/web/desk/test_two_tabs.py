"""Two tabs on one thing: what a form did not change stays, no newer text is overwritten, and what is gone is said."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask.testing import FlaskClient
from markupsafe import Markup

from corpus.store import ArticleStore
from tests.web.conftest import Send
from tests.web.corpus import COUNCIL, NOW

Form = dict[str, str]
Fill = Callable[..., Form]


@pytest.fixture
def mark(store: ArticleStore) -> str:
    stored = store.by_url(COUNCIL.url)
    assert stored
    return stored.mark


@pytest.fixture
def dossier(send: Send, store: ArticleStore, mark: str) -> str:
    """The address of a dossier with one article, which has a note and a tag."""
    send("/keep", mark=mark, dossier="new", dossier_name="The wall", note="first")
    send("/tags", mark=mark, tags="a")
    return f"/d/{store.dossiers.all()[0].mark}"


def form_of(browser: FlaskClient, page: str, button: str) -> Form:
    """Return the fields of the form on a page that has a button, as a browser would send them."""
    text = browser.get(page, follow_redirects=True).text
    form = next(each for each in re.findall(r"<form.*?</form>", text, re.S) if button in each)
    fields = dict(re.findall(r'<input (?!type="(?:checkbox|radio|submit)")[^>]*?name="(\w+)" value="([^"]*)"', form))
    fields |= dict(re.findall(r'<textarea [^>]*?name="(\w+)"[^>]*>(.*?)</textarea>', form, re.S))
    return {name: unescape(value) for name, value in fields.items() if name != "token"}


def said(reply: object) -> str:
    return str(Markup(reply.text.partition("<main")[2]).striptags())  # type: ignore[attr-defined]


def test_a_note_that_another_tab_wrote_is_not_overwritten_and_both_are_shown(
    browser: FlaskClient, send: Send, store: ArticleStore, dossier: str, mark: str
):
    assert form_of(browser, f"/a/{mark}", f'action="{dossier}"')["was_note"] == "first"
    stale = form_of(browser, f"{dossier}?edit={mark}", 'value="note"')
    assert (stale["was_note"], stale["note"], stale["was_tags"]) == ("first", "first", "a")
    send(dossier, **{**stale, "do": "note", "note": "of the other tab"})
    refused = send(dossier, **{**stale, "do": "note", "note": "of this tab"})
    assert refused.status_code == 409
    assert "“of the other tab” now; typed was “of this tab”" in said(refused)
    (entry,) = store.dossiers.entries(store.dossiers.all()[0].id)
    assert entry.note == "of the other tab"
    again = {**form_of(browser, f"{dossier}?edit={mark}", 'value="note"'), "do": "note", "note": "of this tab"}
    assert send(dossier, **again).status_code == 303


def test_what_a_form_leaves_as_it_was_shown_stays_as_another_tab_made_it(
    browser: FlaskClient, send: Send, store: ArticleStore, dossier: str, mark: str
):
    id = store.by_mark(mark).id
    stale = form_of(browser, f"{dossier}?edit={mark}", 'value="note"')
    send(dossier, do="note", mark=mark, note="newer")
    send(dossier, **{**stale, "do": "note", "tags": "b, a"})  # its note is as it was
    assert store.dossiers.tags([id])[id] == ("a", "b")
    assert [each.note for each in store.dossiers.entries(store.dossiers.all()[0].id)] == ["newer"]

    stale = form_of(browser, dossier, 'value="describe"')
    send(dossier, do="describe", name="Sea walls", about="")
    send(dossier, **{**stale, "do": "describe", "about": "For chapter 3"})
    made = store.dossiers.all()[0]
    assert (made.name, made.about) == ("Sea walls", "For chapter 3")
    refused = send(dossier, **{**stale, "do": "describe", "name": "Mine"})
    assert (refused.status_code, "“Sea walls” now; typed was “Mine”" in said(refused)) == (409, True)

    send("/saved", search="q=flood", name="Floods")
    stale = form_of(browser, "/saved?change=1", 'value="change"')
    send("/saved/1", do="rename", name="Water")
    store.saved.set_delivery(1, ["mail"], type(store.saved.get(1).often)("daily"), NOW)
    send("/saved/1", **{**stale, "do": "change", "often": stale["was_often"]})
    search = store.saved.get(1)
    assert (search.name, list(search.ways), search.often.value) == ("Water", ["mail"], "daily")


def test_newer_tags_passages_and_purposes_are_not_overwritten(
    browser: FlaskClient, send: Send, store: ArticleStore, mark: str
):
    id = store.by_mark(mark).id
    stale = form_of(browser, f"/a/{mark}", 'action="/tags"')
    send("/tags", mark=mark, tags="sea, wall")
    assert send("/tags", **{**stale, "tags": "money"}).status_code == 409
    assert store.dossiers.tags([id])[id] == ("sea", "wall")
    assert send("/tags", **{**stale, "tags": "Wall, sea"}).status_code == 303  # both say the same

    send("/passages", do="mark", mark=mark, quote="31 to 12", note="")
    stale = form_of(browser, f"/a/{mark}", 'value="delete"')
    send("/passages", do="note", id="1", note="who?")
    assert send("/passages", **{**stale, "do": "note", "note": "when?"}).status_code == 409
    assert store.passages.get(1).note == "who?"

    receipt = send("/q", search="q=flood", purpose="chapter 1").headers["Location"].partition("?")[0]
    stale = form_of(browser, receipt, 'value="purpose"')
    send(receipt, do="purpose", purpose="chapter 2")
    assert send(receipt, **{**stale, "do": "purpose", "purpose": "chapter 3"}).status_code == 409
    assert "chapter 2" in browser.get(receipt).text


def test_what_another_tab_deleted_paused_or_took_out_is_said_to_be_so(
    browser: FlaskClient, send: Send, store: ArticleStore, dossier: str, mark: str
):
    send("/saved", search="q=flood", name="Floods")
    send("/saved/1", do="pause")
    count = len(store.audit.latest())
    for do, answer in (("pause", "Floods is paused; nothing was changed."), ("resume", "Floods is not paused")):
        twice = send("/saved/1", do=do) if do == "pause" else (send("/saved/1", do=do), send("/saved/1", do=do))[1]
        assert (twice.status_code, answer in said(twice)) == (403, True)
    assert len(store.audit.latest()) == count + 1
    send("/saved/1", do="delete")
    for do in ("delete", "rename", "pause", "resume", "change", "look", "address"):
        gone = send("/saved/1", do=do, name="x")
        assert (gone.status_code, "“Floods” was deleted on 23 Nov 2026" in said(gone)) == (410, True), do
    assert browser.get("/api/v1/saved-searches/1").status_code == 410

    send(dossier, do="out", mark=mark)
    for do in ("out", "note"):
        gone = send(dossier, do=do, mark=mark, note="x")
        assert (gone.status_code, f"{mark} is not in this dossier; nothing was changed." in said(gone)) == (409, True)
    placed = send(dossier, do="order", **{f"place-{mark}": "1"})
    assert "1 of them is no longer in the dossier." in said(browser.get(placed.headers["Location"]))

    send("/passages", do="mark", mark=mark, quote="31 to 12")
    send("/passages", do="delete", id="1")
    gone = send("/passages", do="delete", id="1", tab="2")  # no double click
    assert (gone.status_code, "This passage is no longer marked" in said(gone)) == (410, True)


def test_an_article_that_was_withdrawn_meanwhile_is_not_kept_tagged_marked_or_corrected(
    browser: FlaskClient, send: Send, store: ArticleStore, dossier: str, mark: str
):
    send("/passages", do="mark", mark=mark, quote="31 to 12")
    store.withdraw(store.by_mark(mark).id, "court order", at=NOW)
    count = len(store.audit.latest())
    refused = send("/keep", mark=mark, dossier="new", dossier_name="Two")
    assert (refused.status_code, f"The text of {mark} was taken away: nothing was kept." in said(refused)) == (
        403,
        True,
    )
    for path, fields in (
        ("/tags", {"tags": "x"}),
        ("/passages", {"do": "mark", "quote": "the"}),
        ("/correct", {"field": "section", "value": "Coast"}),
    ):
        gone = send(path, mark=mark, **fields)
        assert (gone.status_code, "court order" in said(gone)) == (410, True), path
    assert (len(store.audit.latest()), len(store.dossiers.all())) == (count, 1)
    other = send("/dossiers", name="Two").headers["Location"]
    assert other
    empty = f"/api/v1/dossiers/{store.dossiers.all()[0].mark}/articles/{mark}"
    assert browser.put(empty, json={}).status_code == 410
    # What stands beside it may still be changed, and the page that says that it is gone says that, too, with its undo.
    for path, fields in (
        (dossier, {"do": "note", "mark": mark, "note": "why?", "back": f"/a/{mark}#kept"}),
        ("/passages", {"do": "note", "id": "1", "note": "why?"}),
        ("/passages", {"do": "delete", "id": "1"}),
    ):
        led = send(path, **fields).headers["Location"]
        page = browser.get(led)
        assert (page.status_code, 'action="/undo"' in page.text) == (410, True), fields


def test_keeping_what_is_kept_already_offers_no_undo(browser: FlaskClient, send: Send, dossier: str, mark: str):
    led = send("/keep", mark=mark, dossier=dossier[3:]).headers["Location"]
    page = browser.get(led).text
    assert "1 was in it already" in page
    assert 'action="/undo"' not in page
