"""No link of a page of ours is dead: each kind is followed, by a keeper and by a stranger of a public archive."""

import re
from collections import deque
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.conftest import app_over, client_of
from web.layout.services import EXTENSION

MOST = 800  # kinds of links that are followed; the sample corpus has half as many
ADDRESSES = {"a": "href", "link": "href", "script": "src", "img": "src"}


class Links(HTMLParser):
    """The addresses that a page leads to, its forms that change nothing among them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ADDRESSES:
            self.found.append(given.get(ADDRESSES[tag]) or "")
        elif tag == "form" and given.get("method", "get") != "post":
            self.found.append(given.get("action") or "")


def links(page: str, path: str) -> list[str]:
    """The addresses of this archive that a page leads to."""
    inside = (urljoin(path, each).partition("#")[0] for each in Links(page).found)
    return [each for each in inside if each.startswith("/") and not each.startswith("//")]


def kind(path: str) -> set[tuple[str, str]]:
    """What an address shares with others: its path without language, marks and numbers, and each parameter."""
    parts = urlsplit(path)
    route = re.sub(r"^/[a-z]{2}(?=/|$)", "", parts.path)  # the same page in another language
    route = re.sub(r"(?<=/)[\w.%-]*\d[\w.%-]*", "*", route)
    route = re.sub(r"(?<=^/sources/)[^/]+|(?<=^/authors/)[^/]+", "*", route)
    return {(route, name) for name in ("", *(name for name, _ in parse_qsl(parts.query, keep_blank_values=True)))}


def dead(client: FlaskClient, start: str) -> list[str]:
    """Follow one link of each kind from a page on; return those that lead nowhere, and from where."""
    waiting, seen, found = deque([(start, "")]), kind(start), []
    while waiting and len(seen) < MOST:
        path, source = waiting.popleft()
        reply = client.get(path, follow_redirects=True)
        if reply.status_code != 200 and not _has_no_raw_page(reply):
            found.append(f"{reply.status_code} {path} on {source}")
        if reply.mimetype == "text/html":
            for each in links(reply.text, path):
                if not kind(each) <= seen:
                    seen |= kind(each)
                    waiting.append((each, path))
    assert len(seen) < MOST, "more kinds of links than are followed"
    return found


def _has_no_raw_page(reply: TestResponse) -> bool:
    """Whether a web archive of a search says that the articles it found, as those of the sample, have no raw page."""
    return reply.status_code == 410 and reply.request.path == "/search.wacz" and "raw" in reply.text


@pytest.mark.parametrize(
    "web", [pytest.param({}, marks=pytest.mark.soak, id="keeper"), pytest.param({"public": True}, id="stranger")]
)
def test_no_link_is_dead(data: Path, web: dict[str, bool]):
    app = app_over(data, web=web)
    client = client_of(app)
    assert dead(client, "/") == []
    app.extensions[EXTENSION].close()


def test_links_are_found_and_are_of_one_kind_whatever_they_name():
    page = '<a href="/x?q=1&amp;n=2#top">/y<a href=near><form method="post" action="/keep"><a href="//else.example/">'
    assert links(page + '<form action="/search">', "/a/") == ["/x?q=1&n=2", "/a/near", "/search"]
    assert kind("/a/k5s0we-council?i=1&q=x") == kind("/a/y6gv7r-storm?i=2&q=y")
    assert kind("/search?q=x") != kind("/search?q=x&page=2")
