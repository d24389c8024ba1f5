"""Searches by linked sites hold on every page and in every file: results, saved searches, feeds, exports, trends."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from corpus.structure.values import Span, SpanKind
from tests.web.conftest import Send, app_over, client_of
from tests.web.corpus import article
from web.layout.services import EXTENSION

LINKS = ("https://news.data.example/1", "https://xn--bcher-kva.example/2")


@pytest.fixture
def add(store: ArticleStore, index: Callable[[], object]) -> Callable[[str], object]:
    """Store an article that links to two sites, and index it."""

    def stored(name: str) -> object:
        body = "These figures on tides are new, and those on floods are not."
        spans = tuple(Span(SpanKind.LINK, 6 * at, 6 * at + 5, address=each) for at, each in enumerate(LINKS))
        made = article("coastpost.example", name, f"Figures {name}", body, day="2026-11-22")
        store.write(replace(made, structure=spans))
        return index()

    return stored


def test_articles_that_link_to_a_site_are_on_every_page_and_in_every_file(
    browser: FlaskClient, send: Send, add: Callable[[str], object]
) -> None:
    add("first")
    page = browser.get("/search?q=links:data.example", follow_redirects=True).text
    assert "Figures first" in page
    assert "articles were read before links were read" in page, "the sample has no links"
    assert "<input type=checkbox name=links value=data.example checked>" in page
    typed = browser.get("/advanced?links=https://B%C3%BCcher.example:80/", follow_redirects=True)
    assert "Figures first" in typed.text
    assert typed.request.path == "/search"
    by_script = browser.get("/search.json?q=links:bücher.example").json
    assert by_script["total"] == 1
    assert {each["key"]: each["value"] for each in by_script["facets"]["linked_sites"]}[
        "xn--bcher-kva.example"
    ] == "bücher.example"
    (row,) = csv.DictReader(io.StringIO(browser.get("/search.csv?links=data.example").get_data(as_text=True)))
    assert "Figures first" in row.values()
    assert browser.get("/search.atom?links=data.example").text.count("<entry") == 1
    assert browser.get("/search.atom?q=-links:data.example+figures").text.count("Figures first") == 0
    (line,) = browser.get("/trends.json?q=links:data.example").get_json()["lines"]
    assert sum(each["count"] or 0 for each in line["points"]) == 1
    send("/saved", search="links=data.example", name="Data")
    (saved,) = browser.get("/saved.json").get_json()
    assert saved["new"] == 0
    add("second")
    (saved,) = browser.get("/saved.json").get_json()
    assert saved["new"] == 1
    assert "Figures second" in browser.get(saved["feed"]).text


def test_trends_by_linked_site_have_a_line_for_each(browser: FlaskClient, add: Callable[[str], object]) -> None:
    add("first")
    lines = browser.get("/trends.json?q=figures&line=links&links=news.data.example").json["lines"]
    assert [sum(each["count"] or 0 for each in line["points"]) for line in lines] == [1]


def test_the_command_that_reads_links_is_named_to_people_of_the_archive_alone(folder: Path) -> None:
    app = app_over(folder)
    client = client_of(app)
    found = {
        path: client.get(f"{path}?links=data.example").text for path in ("/search", "/search.json", "/search.atom")
    }
    assert ["pressmark extract" in each for each in found.values()] == [True, True, False]
    assert all("read before links were read" in each for each in found.values())
    app.extensions[EXTENSION].close()
    public = app_over(folder, web={"public": True})
    stranger = client_of(public)
    for path in (*found, "/trends.json", "/api/v1/search"):
        shown = stranger.get(f"{path}?links=data.example").text
        assert "pressmark extract" not in shown, path
        assert "read before links were read" in shown, path
    public.extensions[EXTENSION].close()
