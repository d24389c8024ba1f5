"""An undo brings back what was before, overwrites nothing newer, and says what stays."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from corpus.store.desk.standing import ASKS, LEFT
from tests.web.accounts.conftest import SignIn, shared, sign_in  # noqa: F401  fixtures
from tests.web.conftest import Send, token_of
from tests.web.corpus import COUNCIL, NOW
from web.desk.undoing import UNDO
from web.layout.services import EXTENSION

# Kinds whose undo looks for itself at what stands, or has nothing newer to overwrite.
BY_THEMSELVES = {
    "kept", "corrected", "correction undone", "authors merged", "authors split", "authors apart", "request made",
    "source added", "source removed", "rule taken",
}  # fmt: skip


@pytest.fixture
def article(store: ArticleStore) -> tuple[int, str]:
    stored = store.by_url(COUNCIL.url)
    assert stored is not None
    return stored.id, stored.mark


def undo(send: Send, change: int):
    return send("/undo", change=str(change), back="/dossiers")


def last(store: ArticleStore) -> int:
    return store.audit.latest(1)[0].id


def test_every_kind_of_undo_knows_what_its_change_left_or_looks_for_itself():
    assert set(UNDO) == set(ASKS) | BY_THEMSELVES
    assert not set(ASKS) & BY_THEMSELVES


def test_newer_tags_are_shown_and_not_overwritten(send: Send, store: ArticleStore, article: tuple[int, str]):
    id, mark = article
    send("/tags", mark=mark, tags="money")
    send("/tags", mark=mark, tags="money, wall")
    second = last(store)
    send("/tags", mark=mark, tags="sea, <b>")
    reply = undo(send, second)
    assert reply.status_code == 409
    assert "“&lt;b&gt;, sea” now, “money” before the change" in re.sub(r"</?bdi>", "", reply.text)
    assert store.dossiers.tags([id])[id] == ("<b>", "sea")
    assert undo(send, last(store)).status_code == 303  # the newest change is undone, and then the one before it
    assert store.dossiers.tags([id])[id] == ("money", "wall")
    assert undo(send, second).status_code == 303
    assert store.dossiers.tags([id])[id] == ("money",)


def test_a_newer_note_stays_and_tags_that_a_form_did_not_change_are_not_in_the_way(
    send: Send, store: ArticleStore, article: tuple[int, str]
):
    id, mark = article
    dossier = store.dossiers.add("The wall", "this machine", NOW)
    store.dossiers.put(dossier.id, [id], NOW)
    path = f"/d/{dossier.mark}"
    send(path, do="note", mark=mark, note="first", tags="")
    first = last(store)
    store.dossiers.set_tags(id, ["since"])
    send(path, do="note", mark=mark, note="second", tags="since")
    assert undo(send, first).status_code == 409
    assert store.dossiers.entries(dossier.id)[0].note == "second"
    assert undo(send, last(store)).status_code == 303
    assert undo(send, first).status_code == 303
    assert store.dossiers.entries(dossier.id)[0].note == ""
    assert store.dossiers.tags([id])[id] == ("since",)


def test_a_newer_name_of_a_dossier_or_a_search_stays(send: Send, store: ArticleStore):
    dossier = store.dossiers.add("One", "this machine", NOW)
    search = store.saved.add("One", "q=flood", "this machine", NOW)
    for path, do in ((f"/d/{dossier.mark}", "describe"), (f"/saved/{search}", "rename")):
        send(path, do=do, name="Two", about="")
        second = last(store)
        send(path, do=do, name="Three", about="")
        assert undo(send, second).status_code == 409
    assert store.dossiers.get(dossier.mark).name == store.saved.get(search).name == "Three"


def test_an_article_put_in_again_keeps_its_newer_note(send: Send, store: ArticleStore, article: tuple[int, str]):
    id, mark = article
    dossier = store.dossiers.add("The wall", "this machine", NOW)
    store.dossiers.put(dossier.id, [id], NOW)
    store.dossiers.set_note(dossier.id, id, "old", NOW)
    send(f"/d/{dossier.mark}", do="out", mark=mark)
    store.dossiers.put(dossier.id, [id], NOW)
    store.dossiers.set_note(dossier.id, id, "new", NOW)
    assert undo(send, last(store)).status_code == 409
    assert store.dossiers.entries(dossier.id)[0].note == "new"


def test_the_order_comes_back_when_an_article_was_taken_out_and_not_over_a_newer_order(send: Send, store: ArticleStore):
    ids = [1, 2, 3]
    marks = store.receipts.marks(ids)
    dossier = store.dossiers.add("The wall", "this machine", NOW)
    store.dossiers.put(dossier.id, ids, NOW)
    path = f"/d/{dossier.mark}"
    send(path, do="order", **{f"place-{marks[ids[2]]}": "0"})
    first = last(store)
    send(path, do="order", **{f"place-{marks[ids[1]]}": "0"})
    second = last(store)
    assert undo(send, first).status_code == 409
    store.dossiers.take_out(dossier.id, [ids[0]], NOW)
    assert undo(send, second).status_code == 303
    assert [each.article for each in store.dossiers.entries(dossier.id)] == [ids[2], ids[1]]


def test_undoing_that_articles_were_kept_says_which_stay(
    browser: FlaskClient, send: Send, store: ArticleStore, article: tuple[int, str]
):
    id, mark = article
    send("/keep", mark=mark, search="q=flood", what="checked", dossier="new", dossier_name="The wall")
    kept = last(store)
    dossier = store.dossiers.all()[0]
    store.dossiers.set_note(dossier.id, id, "mine", NOW)
    reply = undo(send, kept)
    assert (
        "1 article stays in the dossier: a note was written on it since." in browser.get(reply.headers["Location"]).text
    )
    assert [each.article for each in store.dossiers.entries(dossier.id)] == [id]
    assert len(store.dossiers.searches(dossier.id)) == 1  # by which it came in


def test_a_change_without_what_it_left_is_undone_as_it_was(send: Send, store: ArticleStore, article: tuple[int, str]):
    id, _ = article
    store.dossiers.set_tags(id, ["b"])
    change = store.audit.add(NOW, "this machine", "Tags.", {"kind": "tagged", "article": id, "tags": ["a"], LEFT: {}})
    assert undo(send, change).status_code == 303
    assert store.dossiers.tags([id])[id] == ("a",)


def test_an_admin_who_undoes_a_change_of_another_is_not_shown_the_words_of_that_person(shared, sign_in: SignIn):  # noqa: F811
    store = shared.extensions[EXTENSION].store
    id = store.by_url(COUNCIL.url).id
    dossier = store.dossiers.add("The wall", "reader", NOW)
    store.dossiers.put(dossier.id, [id], NOW)
    undoing = {"kind": "note written", "id": dossier.id, "article": id, "note": "my secret"}
    change = store.audit.add(NOW, "reader", "The note is saved.", undoing)
    store.dossiers.set_note(dossier.id, id, "another secret", NOW)
    admin = sign_in("admin")
    reply = admin.post("/undo", data={"token": token_of(admin), "change": str(change), "back": "/"})
    assert reply.status_code == 409
    assert "secret" not in reply.text


def test_undoing_a_change_whose_outcome_was_not_recorded_says_so(
    browser: FlaskClient, send: Send, store: ArticleStore, article: tuple[int, str], folder: Path
):
    id, mark = article
    send("/tags", mark=mark, tags="money")
    with closing(sqlite3.connect(folder / "pressmark.sqlite")) as connection, connection:
        connection.execute("UPDATE deeds SET undo = json_remove(undo, '$.left')")  # as it was before this was noted
    reply = undo(send, last(store))
    assert "was not recorded" in browser.get(reply.headers["Location"]).text
    assert id not in store.dossiers.tags([id])
    send("/tags", mark=mark, tags="money")
    assert "was not recorded" not in browser.get(undo(send, last(store)).headers["Location"]).text


def test_an_article_is_kept_with_its_note_and_undo_takes_both_away_but_not_a_newer_note(
    browser: FlaskClient, send: Send, store: ArticleStore, article: tuple[int, str]
):
    id, mark = article
    page = browser.get(f"/a/{mark}", follow_redirects=True).text
    assert 'name="note" maxlength="10000"' in page.partition('action="/keep"')[2].partition("</form>")[0]
    send("/keep", mark=mark, dossier="new", dossier_name="The wall", note="Start here.\n\nThen there.")
    (dossier,) = store.dossiers.all()
    assert [(each.article, each.note) for each in store.dossiers.entries(dossier.id)] == [
        (id, "Start here.\n\nThen there.")
    ]
    again = send("/keep", mark=mark, dossier=dossier.mark, note="Another")
    assert (again.status_code, "write the note there" in again.text) == (403, True)
    assert undo(send, last(store)).status_code == 303
    assert store.dossiers.all() == []
    send("/keep", mark=mark, dossier="new", dossier_name="The wall", note="Start here.")
    first, (dossier,) = last(store), store.dossiers.all()
    store.dossiers.set_note(dossier.id, id, "Newer", NOW)
    assert "a note was written on it since" in browser.get(undo(send, first).headers["Location"]).text
    assert [each.note for each in store.dossiers.entries(dossier.id)] == ["Newer"]
