"""“Something is wrong”: corrected from the article page, shown beside what the page says, searched by, undone."""

import json
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.model import Outcome, StoredArticle, UrlKind, UrlState, Visit
from corpus.store import ArticleStore
from tests.web.accounts.conftest import PASSWORD, people, try_password
from tests.web.articles.conftest import page
from tests.web.conftest import Send, app_over, client_of, token_of
from tests.web.corpus import COUNCIL, HERALD, NOW, POST
from web.layout.services import EXTENSION


def total(browser: FlaskClient, query: str) -> int:
    return int(browser.get(f"/search.json?{query}").json["total"])


def test_each_field_has_a_panel_with_what_the_page_says(browser: FlaskClient, council: StoredArticle):
    assert 'correct=authors"' in page(browser, council.mark)
    assert 'id="correct"' not in page(browser, council.mark, "?correct=colour")
    for field, held in {
        "authors": "Maria Okafor\nTom Whitfield</textarea>",
        "published": 'value="2026-01-12 08:30"',
        "headline": 'value="Council approves flood defences after record storm"',
        "section": 'value="Climate"',
        "language": 'value="en"',
        "kind": "This is no article",
    }.items():
        assert held in page(browser, council.mark, f"?correct={field}"), field


def test_a_byline_is_corrected_found_by_the_new_name_and_undone(
    browser: FlaskClient, send: Send, council: StoredArticle
):
    before = total(browser, "author=tom-whitfield")
    names = "Ada Lindqvist\r\nHarbour Wire (agency)\r\n"
    reply = send("/correct", mark=council.mark, field="authors", value=names, why="The place was taken for a name")
    shown = browser.get(reply.headers["Location"]).text
    assert "Byline corrected: “Ada Lindqvist, Harbour Wire” in place of “Maria Okafor, Tom Whitfield”" in shown
    assert re.search(r"<del>.*Maria Okafor, Tom Whitfield.*</del> <ins>.*Ada Lindqvist, Harbour Wire", shown)
    assert "The place was taken for a name" in shown
    assert total(browser, "author=ada-lindqvist") == 1
    assert total(browser, "author=tom-whitfield") == before - 1
    assert "authors" in browser.get(f"/a/{council.mark}.json").json["corrected"]
    change = re.search(r"done=(\d+)", reply.headers["Location"])
    assert change
    send("/undo", change=change[1], back="/")
    assert total(browser, "author=tom-whitfield") == before
    assert "Corrected by hand" not in page(browser, council.mark)


@pytest.mark.parametrize(
    ("typed", "published"),
    [
        ("2026-01-10", "2026-01-10"),
        ("2026-01", "2026-01"),
        ("2026", "2026"),
        ("", None),
        ("2026-01-10 14:05", "2026-01-10T14:05:00Z"),
        ("2026-01-10T14:05+02:00", "2026-01-10T14:05:00+02:00"),
    ],
)
def test_a_date_is_as_exact_as_it_was_typed(
    browser: FlaskClient, send: Send, council: StoredArticle, typed: str, published: str | None
):
    assert send("/correct", mark=council.mark, field="published", value=typed).status_code == 303
    assert browser.get(f"/a/{council.mark}.json").json["published"] == published
    assert "by hand" in page(browser, council.mark)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("published", "yesterday", "is no date"),
        ("published", "2026-13", "is no date"),
        ("published", "0000", "is no date"),
        ("published", "9999-12-31 23:59Z", "at the edge of the calendar"),
        ("published", "0001-01-01 00:00Z", "at the edge of the calendar"),
        ("headline", "x" * 2_001, "2,001 characters are too many"),
        ("authors", "\n".join(f"Ada {number}x" for number in range(101)), "101 names are too many"),
        ("language", "English, mostly", "is no code of a language"),
        ("authors", "…", "is no name"),
        ("headline", COUNCIL.headline, "Nothing to correct"),
        ("section", "Climate", "Nothing to correct"),
        ("colour", "red", "cannot be corrected"),
        ("copies", "same", "is no other article here"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(
    send: Send, store: ArticleStore, council: StoredArticle, field: str, value: str, said: str
):
    value = council.article.headline or "" if value == COUNCIL.headline else value
    reply = send("/correct", mark=council.mark, field=field, value=value)
    assert reply.status_code == 403
    assert said in reply.text
    assert store.corrections.count() == 0


def test_no_article_leaves_the_search_and_comes_back(browser: FlaskClient, send: Send, council: StoredArticle):
    before = total(browser, "q=council&copies=show")
    reply = send("/correct", mark=council.mark, field="kind", why="A list")
    gone = browser.get(reply.headers["Location"])
    assert gone.status_code == 410
    assert "no article" in gone.text
    assert "A list" in gone.text
    assert total(browser, "q=council&copies=show") == before - 1
    number = re.search(r'name="id" value="(\d+)"', gone.text)
    assert number
    back = send("/correct", do="undo", id=number[1])
    assert browser.get(back.headers["Location"]).status_code == 200
    assert total(browser, "q=council&copies=show") == before
    assert send("/correct", do="undo", id=number[1]).status_code == 403


def test_copies_are_joined_and_parted_on_the_page(
    browser: FlaskClient, send: Send, store: ArticleStore, council: StoredArticle
):
    other = store.by_url(f"https://{POST}/wall")
    assert other
    reply = send("/correct", mark=council.mark, field="copies", value="same", other=other.mark)
    shown = browser.get(reply.headers["Location"]).text
    assert "Not the same story" in shown
    assert "the same story</bdi></ins> as" in shown
    send("/correct", mark=council.mark, field="copies", value="not", other=other.mark)
    assert "Not the same story" not in page(browser, council.mark)
    assert [each.value for each in store.corrections.of(council.article.url)] == [False]


def test_an_address_that_gave_no_article_is_asked_again(browser: FlaskClient, send: Send, store: ArticleStore):
    url = f"https://{HERALD}/a-list"
    store.record(
        Visit(
            url=url, at=NOW, outcome=Outcome.NOT_ARTICLE, reason="listing: links", state=UrlState.DROPPED, due=NOW,
            kind=UrlKind.ARTICLE, status=200,
        )
    )  # fmt: skip
    assert "It is an article after all" in browser.get(f"/lookup?url={url}").text
    reply = send("/correct", url=url, why="A long list with a story", back=f"/lookup?url={url}")
    assert "the next crawl" in browser.get(reply.headers["Location"]).text
    entry = store.frontier.entry(url)
    assert entry
    assert (entry.state, entry.due) == (UrlState.WAITING, NOW)
    assert store.corrections.is_article(url)
    assert send("/correct", url="https://nowhere.example/x").status_code == 403
    assert send("/correct", url=COUNCIL.url).status_code == 403


def test_all_corrections_are_listed_and_given_as_data(browser: FlaskClient, send: Send, council: StoredArticle):
    assert "Nothing was corrected yet" in browser.get("/corrections").text
    send("/correct", mark=council.mark, field="section", value="<b>Sea</b>", why="&")
    listed = browser.get("/corrections").text
    assert "&lt;b&gt;Sea&lt;/b&gt;" in listed
    assert "1 correction" in listed
    (row,) = json.loads(browser.get("/corrections.json").text)
    assert (row["field"], row["value"], row["page_said"], row["why"]) == ("section", "<b>Sea</b>", "Climate", "&")


@pytest.mark.parametrize("role", ["reader", "editor"])
def test_with_accounts_editors_correct_and_readers_see_it(folder: Path, role: str):
    app = people(app_over(folder, web={"accounts": "password"}))
    store: ArticleStore = app.extensions[EXTENSION].store
    client = client_of(app)
    try_password(client, role, PASSWORD)
    found = store.by_url(COUNCIL.url)
    assert found
    shown = page(client, found.mark)
    assert ("Something is wrong" in shown) is (role == "editor")
    reply = client.post(
        "/correct", data={"token": token_of(client), "mark": found.mark, "field": "section", "value": "Sea"}
    )
    assert reply.status_code == (303 if role == "editor" else 403)
    assert [each.who for each in store.corrections.all()] == (["editor"] if role == "editor" else [])
    app.extensions[EXTENSION].close()


def test_a_public_archive_shows_no_corrections(folder: Path, send: Send, council: StoredArticle):
    send("/correct", mark=council.mark, field="section", value="Sea", why="Secret reason")
    app: Flask = app_over(folder, web={"public": True})
    client = client_of(app)
    shown = page(client, council.mark)
    assert "Secret reason" not in shown
    assert "Something is wrong" not in shown
    assert client.get("/corrections").status_code == 403
    app.extensions[EXTENSION].close()
