"""A page says which parameters of its address it did not read, and what would be right."""

import html
import re

import pytest
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from tests.web.conftest import Send
from tests.web.corpus import COUNCIL


def notes(client: FlaskClient, path: str) -> list[str]:
    reply = client.get(path, follow_redirects=True)
    assert reply.status_code == 200
    found = re.findall(r'<p class="(?:w )?note">(.*)', reply.text)
    return [html.unescape(each).strip() for each in found if "<b>" not in each]  # others are of what the page is about


@pytest.mark.parametrize(
    ("path", "right"),
    [
        ("/saved?since=foo", "yesterday, 7d or 30d"),
        ("/authors?order=foo", "name or count"),
        ("/authors?page=foo", "a number from 1 to 1"),
        ("/authors?page=7", "a number from 1 to 1"),
        ("/authors?fq=" + "x" * 101, "at most 100 characters"),
        ("/corrections?page=0", "a number from 1 to 1"),
        ("/facets/site?order=foo", "count or name"),
        ("/facets/site?fpage=foo", "a number from 1 to 1"),
        ("/sources/valley-herald.example/coverage?to=foo", "a month such as 2024-03"),
        ("/coverage?to=2024-13", "a month such as 2024-03"),
        ("/trends?q=flood&line=foo", "query, author"),
        ("/trends?q=flood&mean=4", "0, 3, 6 or 12"),
        ("/trends?q=flood&rows=foo", "all"),
    ],
)
def test_a_value_that_is_not_read_is_said_with_what_would_be_right(browser: FlaskClient, path: str, right: str):
    (name, value) = re.search(r"[?&](\w+)=([^&]*)$", path).groups()
    shown = value if len(value) <= 40 else f"{value[:40]}…"
    (note,) = notes(browser, path)
    assert note.startswith(f"{name}={shown} not understood: expected {right}")


def test_the_pages_of_one_thing_say_it_too(browser: FlaskClient, send: Send, store: ArticleStore):
    mark = store.by_url(COUNCIL.url).mark
    dossier = send("/dossiers", name="Walls").headers["Location"].partition("?")[0]
    receipt = send("/q", search="q=flood", purpose="").headers["Location"].partition("?")[0]
    for path in (
        f"/a/{mark}?cite=foo",
        f"/a/{mark}?correct=foo",
        f"/a/{mark}/diff/1..2?view=foo",
        f"{dossier}?order=foo",
        f"{dossier}?from=foo",
        f"{receipt}?cite=foo",
        f"{receipt}?all=foo",
        "/authors/maria-okafor?by=foo",
        "/sources?state=foo",
    ):
        assert [each.partition(":")[0] for each in notes(browser, path)] == [
            f"{path.partition('?')[2]} not understood"
        ], path


@pytest.mark.parametrize("path", ["/saved?since=7d", "/saved?since=", "/authors?order=name&page=1", "/saved?foo=bar"])
def test_what_is_right_left_empty_or_no_parameter_is_said_nothing_of(browser: FlaskClient, path: str):
    assert notes(browser, path) == []
