"""A dossier that others read: by its address, or with an account; nobody else, and nobody changes it there."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from tests.web.accounts.conftest import shared, sign_in  # noqa: F401  two fixtures
from tests.web.conftest import Send, client_of, token_of


@pytest.fixture
def marks(browser: FlaskClient) -> list[str]:
    return [each["id"] for each in browser.get("/search.json?q=flood").json["hits"][:2]]


@pytest.fixture
def path(browser: FlaskClient, send: Send, marks: list[str]) -> str:
    """The address of a dossier with a note and a tag."""
    reply = send("/keep", mark=marks, dossier="new", dossier_name="The <wall>")
    made = str(reply.headers["Location"].partition("?")[0])
    send(made, do="note", mark=marks[0], note="Start here\n& there", tags="money")
    return made


def address_of(browser: FlaskClient, path: str) -> str:
    """Return the address that the page of a dossier gives to others."""
    found = re.search(r'href="http://localhost(/shared/[^"]+)"', browser.get(path).text)
    assert found is not None
    return found[1]


def undo(send: Send, location: str) -> str:
    return str(send("/undo", change=re.search(r"done=(\d+)", location)[1], back="/dossiers").headers["Location"])


def test_whoever_has_the_address_reads_notes_and_tags_in_order(
    browser: FlaskClient, send: Send, path: str, marks: list[str]
):
    assert "/shared/" not in browser.get(path).text
    assert (
        "All who have its address" in browser.get(send(path, do="share", **{"with": "link"}).headers["Location"]).text
    )
    page = browser.get(address_of(browser, path))
    assert re.findall(r'<li class="item" id="(\w+)"', page.text) == marks
    assert "The &lt;wall&gt;" in page.text
    assert "&amp; there" in page.text
    assert "Tags: money" in page.text
    assert "<form" not in page.text
    assert 'content="noindex"' in page.text
    data = browser.get(f"{address_of(browser, path)}.json").json
    assert [(each["id"], each["note"]) for each in data["articles"]] == [
        (marks[0], "Start here\n& there"),
        (marks[1], ""),
    ]


@pytest.mark.parametrize("ending", ["csv", "ris", "bib", "csl.json", "md"])
def test_its_exports_are_those_of_the_dossier(browser: FlaskClient, send: Send, path: str, ending: str):
    send(path, do="share", **{"with": "link"})
    theirs = browser.get(f"{address_of(browser, path)}/export.{ending}")
    own = browser.get(f"{path}/export.{ending}").text
    if ending == "md":
        assert len(own) > len(theirs.text)  # with whole texts, which are not for whoever has an address
        assert set(theirs.text.splitlines()) <= set(own.splitlines())
        assert "holding photographs" in own
        assert "holding photographs" not in theirs.text
    else:
        assert theirs.text == own
    assert b"money" in theirs.data


def test_whole_pages_are_not_handed_over_by_an_address(browser: FlaskClient, send: Send, path: str):
    send(path, do="share", **{"with": "link"})
    assert browser.get(f"{address_of(browser, path)}/export.wacz").status_code == 404
    assert browser.get(f"{address_of(browser, path)}/export.exe").status_code == 404


def test_a_new_address_ends_the_old_one_and_none_leads_in_when_it_is_shared_no_more(
    browser: FlaskClient, send: Send, path: str
):
    send(path, do="share", **{"with": "link"})
    first = address_of(browser, path)
    anew = send(path, do="share", **{"with": "new-address"})
    second = address_of(browser, path)
    assert [browser.get(each).status_code for each in (first, second)] == [404, 200]
    undo(send, anew.headers["Location"])
    assert [browser.get(each).status_code for each in (first, second)] == [200, 404]
    send(path, do="share", **{"with": "new-address"})
    assert browser.get(second).status_code == 404, "an address that ended never comes back by itself"
    ended = send(path, do="share", **{"with": ""})
    third = [each for each in (first, second) if browser.get(each).status_code == 200]
    assert third == []
    assert "/shared/" not in browser.get(path).text
    undo(send, ended.headers["Location"])
    assert browser.get(address_of(browser, path)).status_code == 200


def test_undoing_the_first_share_late_revives_no_address_that_had_ended(browser: FlaskClient, send: Send, path: str):
    begun = send(path, do="share", **{"with": "link"})
    first = address_of(browser, path)
    send(path, do="share", **{"with": "new-address"})
    undo(send, begun.headers["Location"])
    send(path, do="share", **{"with": "link"})
    assert browser.get(first).status_code == 404


def test_a_deleted_dossier_is_gone_for_others_too(browser: FlaskClient, send: Send, path: str):
    send(path, do="share", **{"with": "link"})
    address = address_of(browser, path)
    send(path, do="delete")
    assert browser.get(address).status_code == 410


@pytest.mark.parametrize("name", ["d-00000", "d-00000-" + "0" * 32, "x", "d-00000-" + "é" * 32])
def test_an_address_that_this_archive_did_not_make_leads_nowhere(browser: FlaskClient, name: str):
    assert browser.get(f"/shared/{name}").status_code == 404
    assert browser.get(f"/shared/{name}.json").status_code == 404


def test_the_seal_of_one_dossier_opens_no_other(browser: FlaskClient, send: Send, path: str, marks: list[str]):
    other = str(send("/keep", mark=marks[:1], dossier="new", dossier_name="Other").headers["Location"]).partition("?")[
        0
    ]
    for each in (path, other):
        send(each, do="share", **{"with": "link"})
    seal = address_of(browser, path).rpartition("-")[2]
    assert browser.get(f"/shared/{other.removeprefix('/d/')}-{seal}").status_code == 404


def test_a_withdrawn_article_is_named_as_such_to_others(
    browser: FlaskClient, send: Send, path: str, marks: list[str], store: ArticleStore
):
    send(path, do="share", **{"with": "link"})
    article = store.by_mark(marks[0])
    words = article.article.body.split("\n\n")[0]
    send("/passages", do="mark", mark=marks[0], quote=words, note="who says?")
    link = address_of(browser, path)
    assert words in browser.get(f"{link}.json").json["articles"][0]["passages"][0]["quote"]
    store.withdraw(article.id, "taken down")
    page = browser.get(link).text
    assert "Text withdrawn" in page
    assert browser.get(f"{link}.json").json["articles"][0]["passages"][0] == {
        "quote": "", "paragraph": None, "note": "who says?",
    }  # fmt: skip
    assert words not in page + browser.get(f"{path}.json").text + browser.get(path).text
    assert "Start here" in page


def test_the_form_is_refused_when_it_does_not_say_who(send: Send, path: str):
    for typed in ("everybody", "people", "new-address"):  # there are no accounts here, and no address yet
        assert "does not say who" in send(path, do="share", **{"with": typed}).text


def test_where_there_are_accounts_the_address_needs_none(shared: Flask, sign_in):  # noqa: F811
    owner = sign_in("reader")
    token = token_of(owner)
    path = owner.post("/dossiers", data={"token": token, "name": "Walls"}).headers["Location"].partition("?")[0]
    owner.post(path, data={"token": token, "do": "share", "with": "link"})
    address = address_of(owner, path)
    stranger = client_of(shared)
    assert "Walls" in stranger.get(address).text
    assert 'href="/a/' not in stranger.get(address).text
    assert stranger.get(path).status_code == 303
    assert sign_in("editor").get(path).status_code == 404


def test_what_is_shared_with_all_accounts_they_read_and_nobody_else(shared: Flask, sign_in):  # noqa: F811
    owner, other, stranger = sign_in("reader"), sign_in("editor"), client_of(shared)
    token = token_of(owner)
    path = owner.post("/dossiers", data={"token": token, "name": "Walls"}).headers["Location"].partition("?")[0]
    owner.post(path, data={"token": token, "do": "share", "with": "people"})
    page = other.get(path)
    assert page.status_code == 200
    assert "of <bdi>reader</bdi>" in page.text
    assert "/undo" not in page.text
    assert "Walls" in other.get("/dossiers").text
    assert [each["mine"] for each in other.get("/dossiers.json").json] == [False]
    assert other.get(f"{path}.json").json["name"] == "Walls"
    assert other.get(f"{path}/export.md").status_code == 200
    assert other.post(path, data={"token": token_of(other), "do": "delete"}).status_code == 404
    assert stranger.get(path).status_code == 303
    owner.post(path, data={"token": token, "do": "share", "with": ""})
    assert other.get(path).status_code == 404
    assert "Walls" not in other.get("/dossiers").text
