"""The note on an article and its tags are changed on its own page, too, and each change is undone there."""

import re

import pytest
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from tests.web.accounts.conftest import SignIn, shared, sign_in  # noqa: F401  fixtures
from tests.web.conftest import Send, token_of
from tests.web.corpus import COUNCIL, NOW
from web.desk.tagging import LONGEST_TAG, MOST_TAGS, tags_of
from web.layout.problems import NotAllowed
from web.layout.services import EXTENSION


@pytest.fixture
def mark(store: ArticleStore) -> str:
    stored = store.by_url(COUNCIL.url)
    assert stored is not None
    return stored.mark


def forms(page: str) -> list[tuple[str, dict[str, str]]]:
    """Return action and fields of each form below "Kept"."""
    below = page.partition('id="kept"')[2].partition("</section>")[0]
    return [
        (action, dict(re.findall(r'name="(\w+)" value="([^"]*)"', inside)))
        for action, inside in re.findall(r'<form[^>]*action="([^"]+)">(.*?)</form>', below, re.S)
    ]


def article_page(browser: FlaskClient, mark: str) -> str:
    return browser.get(f"/a/{mark}", follow_redirects=True).text


def undo(send: Send, location: str) -> None:
    assert send("/undo", change=re.search(r"done=(\d+)", location)[1], back="/dossiers").status_code == 303


def test_an_article_in_no_dossier_is_given_tags_on_its_page(
    browser: FlaskClient, store: ArticleStore, send: Send, mark: str
):
    action, fields = next(each for each in forms(article_page(browser, mark)) if each[0] == "/tags")
    assert fields["tags"] == ""
    reply = send(action, mark=fields["mark"], tags="Money,  to  check, money")
    page = browser.get(reply.headers["Location"]).text
    assert re.search(r'role="status"[^>]*><span>The tags of .* are saved\.', page)
    assert '<a href="/search?tag=to+check"><bdi>to check</bdi></a>' in page
    assert dict(forms(page))["/tags"]["tags"] == "money, to check"
    undo(send, reply.headers["Location"])
    assert store.dossiers.known_tags() == []


def test_a_note_is_changed_on_the_page_of_its_article_and_the_tags_stay(
    browser: FlaskClient, store: ArticleStore, send: Send, mark: str
):
    stored = store.by_mark(mark)
    dossier = store.dossiers.add("The wall", "this machine", NOW)
    store.dossiers.put(dossier.id, [stored.id], NOW)
    store.dossiers.set_tags(stored.id, ["money"])
    action, fields = next(each for each in forms(article_page(browser, mark)) if each[0] == f"/d/{dossier.mark}")
    reply = send(action, do="note", mark=mark, back=fields["back"], note="Ask <b>why.\nToday.")
    assert reply.headers["Location"].startswith(f"/a/{mark}")
    page = browser.get(reply.headers["Location"]).text
    assert '<p dir="auto">Ask &lt;b&gt;why.' in page
    assert store.dossiers.tags([stored.id]) == {stored.id: ("money",)}
    store.dossiers.set_tags(stored.id, ["since"])
    undo(send, reply.headers["Location"])
    assert store.dossiers.entries(dossier.id)[0].note == ""
    assert store.dossiers.tags([stored.id]) == {stored.id: ("since",)}  # what the change was not of stays
    assert send(action, do="note", mark=mark).status_code == 403  # neither a note nor tags
    reply = send(action, do="out", mark=mark, back=fields["back"])
    assert reply.headers["Location"].startswith(f"/a/{mark}")
    assert store.dossiers.entries(dossier.id) == []
    assert send(action, do="describe", name="x", back="https://evil.example/").headers["Location"].startswith("/d/")


def test_what_cannot_be_tags_or_has_no_article_changes_nothing(store: ArticleStore, send: Send, mark: str):
    assert "At most 20 tags" in send("/tags", mark=mark, tags=",".join(map(str, range(30)))).text
    gone = store.by_url("https://coastpost.example/gone")
    assert [send("/tags", mark=each, tags="x").status_code for each in ("", "k0000", gone.mark)] == [404, 404, 410]
    assert store.audit.latest() == []


def test_tags_are_read_by_commas_and_bounded():
    assert tags_of(" a b , A  B,,c ") == ["a b", "c"]
    assert len(tags_of(",".join("x" * at for at in range(1, MOST_TAGS + 1)))) == MOST_TAGS
    with pytest.raises(NotAllowed):
        tags_of("x" * (LONGEST_TAG + 1))


def test_nobody_reads_or_changes_the_note_of_another_on_the_page_of_the_article(shared, sign_in: SignIn):  # noqa: F811
    store = shared.extensions[EXTENSION].store
    stored = store.by_url(COUNCIL.url)
    dossier = store.dossiers.add("My secret wall", "reader", NOW)
    store.dossiers.put(dossier.id, [stored.id], NOW)
    store.dossiers.set_note(dossier.id, stored.id, "For my eyes", NOW)
    reader, editor = sign_in("reader"), sign_in("editor")
    assert "For my eyes" in article_page(reader, stored.mark)
    page = article_page(editor, stored.mark)
    assert "My secret wall" not in page
    assert "For my eyes" not in page
    fields = {"token": token_of(editor), "do": "note", "mark": stored.mark, "note": "mine now"}
    assert editor.post(f"/d/{dossier.mark}", data=fields).status_code == 404
    store.dossiers.share(dossier.id, type(dossier.shared)("people"), 1)
    page = article_page(editor, stored.mark)
    assert "For my eyes" in page
    assert f"/d/{dossier.mark}" not in dict(forms(page))
