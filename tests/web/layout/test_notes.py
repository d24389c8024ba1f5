"""Every parameter that an address reads: nonsense is refused, said on the page, or said in a header of a file."""

import html
import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

import pytest
from flask import Flask, Request, Response, g
from flask.testing import FlaskClient
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.test import TestResponse

from corpus.store import ArticleStore
from indexer.query.parameters import PARAMETERS
from tests.web.conftest import Send, client_of
from tests.web.test_axe import KINDS, filled
from web.layout.notes import LONGEST, MOST, NOTES, note_for_programs, noted

NONSENSE = "xyzzy-٩ %\"'<b>"
# Words, an address or a name may be anything: what is found for them is what the page is about.
ANY_TEXT = {
    "q": "words", "url": "an address", "fq": "a part of a name", "quote": "words of a text", "note": "words",
    "list": "searches", "source": "counted as it stands", "reason": "counted as it stands",
    "author": "a filter", "site": "a filter", "section": "a filter", "links": "a filter", "tag": "a filter or a tag",
    "in": "a filter", "lang": "a filter",
}  # fmt: skip
# What leads back, and what a page was told by our own link before it.
OUR_OWN = {"back", "done", "conflict"}
# A page that does nothing without one is asked with it.
WITH = {"/batch": "list=flood", "/trends": "q=flood", "/words": "q=insurance"}
# What such an address takes of a search, or reads for a form of its own; another parameter is one it does not have.
TAKES = {
    "/trends": {"from", "to", "by", "date", "copies", "match", "y", "on", "has", "line", "mean", "rows"},
    "/batch": {"from", "to", "by"},
    "/advanced": {"from", "to", "has"},
    "/samples": {"from", "to", "by", "date", "copies", "match", "y", "on", "has", "sort"},
}
# Leads on to the parameters of the search one came from; that search's own page says what it did not read.
CARRIED = re.compile("/a/[^/]+(/revisions)?")
READ_AS = {"on": "from and to"}  # the note names these
read: set[str] = set()


class Watched(ImmutableMultiDict[str, str]):
    """Parameters that note which of them are read."""

    def get(self, key, default=None, type=None):  # type: ignore[override]
        read.add(key)
        return super().get(key, default, type)

    def getlist(self, key, type=None):
        read.add(key)
        return super().getlist(key, type)

    def __contains__(self, key):
        read.add(key)
        return super().__contains__(key)

    def items(self, multi=False):
        read.add("*")
        return super().items(multi)


class WatchedRequest(Request):
    parameter_storage_class = Watched


@pytest.fixture
def watched(desk: Flask) -> Iterator[Flask]:
    desk.request_class = WatchedRequest
    yield desk
    desk.request_class = Request


def addresses(app: Flask) -> list[str]:
    """Return an address of every rule that answers GET, the files beside the pages among them."""
    parts = filled(app)
    rules = [each.rule for each in app.url_map.iter_rules() if "GET" in (each.methods or ())]
    plain = {rule for rule in rules if "<" not in rule and not rule.startswith("/api/v1/")}
    known = {path.format(**parts).partition("?")[0] for path in KINDS.values()}
    beside = {f"{path}.{ending}" for path in known for ending in ("json", "csv", "txt", "atom")}
    files = {f"/d/{parts['dossier']}/export.{ending}" for ending in ("csv", "zip", "md", "ris", "wacz")}
    return sorted(plain | known | beside | files)


def said(reply: TestResponse) -> str:
    """Return what an answer says of its address: the notes of a page, or those of the header."""
    if reply.mimetype == "text/html":
        return html.unescape(" ".join(re.findall(r'<p class="?(?:w )?note[^>]*>(.*)', reply.text)))
    return unquote(reply.headers.get(NOTES, ""))


def test_nonsense_in_any_parameter_of_any_address_is_refused_or_said(watched: Flask):
    client, silent, walked = client_of(watched), [], 0
    for path in addresses(watched):
        page = path.removesuffix(".csv").removesuffix(".json").removesuffix(".svg")
        start = f"{path}?{WITH[page]}&" if page in WITH else f"{path}?"
        read.clear()
        if client.get(start).status_code != 200 or CARRIED.fullmatch(page):
            continue
        names = read | ({each.name for each in PARAMETERS} if "*" in read else set())
        names = names & TAKES[page] if page in TAKES else names
        for name in {each.removeprefix("not.") for each in names - {"*"}} - ANY_TEXT.keys() - OUR_OWN:
            reply = client.get(f"{start}{name}={quote(NONSENSE)}", follow_redirects=True)
            walked += 1
            is_said = reply.status_code >= 400 or ("xyzzy" in said(reply) and (name in said(reply) or name in READ_AS))
            if reply.status_code >= 500 or not is_said:
                silent.append((start + name, reply.status_code))
    assert silent == []
    assert walked > 100


def test_what_is_right_is_said_nothing_of(browser: FlaskClient, send: Send):
    send("/saved", search="q=flood", name="Floods")
    for path in ("/search.csv?q=flood&from=2021&bom=1", "/saved/new.json?since=7d", "/authors.json?order=count",
                 "/search.atom?q=flood&page=1", "/trends.csv?q=flood&by=year"):  # fmt: skip
        reply = browser.get(path)
        assert (reply.status_code, reply.headers.get(NOTES)) == (200, None), path


def test_a_file_says_what_of_its_search_was_not_read_as_the_page_does(browser: FlaskClient):
    for ending in ("csv", "jsonl", "json", "atom", "ris"):
        reply = browser.get(f"/search.{ending}?q=flood&from=21-13&sort=best")
        assert reply.status_code == 200
        assert "21-13" in said(reply), ending
        assert "sort=best" in said(reply), ending


def test_a_tag_that_no_article_of_a_dossier_has_is_said_beside_the_empty_file(
    browser: FlaskClient, send: Send, store: ArticleStore
):
    path = send("/keep", what="all", search="q=flood", dossier="new", dossier_name="All").headers["Location"]
    path = path.partition("?")[0]
    assert "tag=nowhere not understood" in said(browser.get(f"{path}?tag=nowhere"))
    reply = browser.get(f"{path}/export.csv?tag=nowhere")
    assert (len(reply.text.splitlines()), "tag=nowhere" in said(reply)) == (1, True)
    assert NOTES in browser.get(f"/api/v1/dossiers/{path.removeprefix('/d/')}/exports/csv?tag=nowhere").headers
    assert said(browser.get(f"{path}?tag=none")) == ""


def test_the_header_is_bounded_and_plain_whatever_was_typed(desk: Flask):
    with desk.test_request_context("/"):
        note_for_programs([f'{number} é\r\nSet-Cookie: a=b "{"x" * 500}' for number in range(MOST + 5)])
        value = noted(Response("", mimetype="text/csv")).headers[NOTES]
        assert value.isascii()
        assert not re.search(r"[\r\n]", value)
        assert value.count('"') == 2 * (MOST + 1)
        assert value.endswith('%"and 5 more"')
        assert len(value) < (MOST + 1) * (LONGEST + 60)
        assert NOTES not in noted(Response("", mimetype="text/html")).headers
        g.for_programs = ()
        assert NOTES not in noted(Response("", mimetype="text/csv")).headers


def test_the_header_stays_within_what_proxies_take_and_says_how_much_more_there_is(desk: Flask):
    with desk.test_request_context("/saved.csv"):
        note_for_programs([f"{number}: {'ﺱ' * 150}" for number in range(9)])
        header = noted(Response(mimetype="text/csv")).headers[NOTES]
    assert len(header) < 3_000
    assert unquote(header).endswith('"and 8 more"')
