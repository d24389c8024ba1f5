"""Passages marked with `m` in a real browser, across what a page sets: found again after a reload and in exports."""

from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from corpus.store import ArticleStore
from corpus.structure.values import SpanKind, ordered
from tests.demo import set_article
from tests.web.conftest import client_of, served
from tests.web.test_browser import CHROMIUM, Tab, browser  # noqa: F401  a fixture
from web.layout.services import EXTENSION

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium found: apt-get install chromium")

# From a selector, with the share of its text that comes before, to another.
WAYS = {
    "a list, a quotation and a caption": (".text ol > li", 0.4, ".text caption", 0.5),
    "a table": (".text th", 0, ".text tr:last-child td:last-child", 1),
    "a quotation, a table and lines": (".text blockquote p", 0.3, ".text pre", 0.6),
    "a picture and a heading": (".text > p", 0.5, ".text h2", 1),
    "a list in a list": (".text li li", 0, ".text ol > li:last-child", 1),
}
SELECT = """([first, begin, last, end]) => {
    const nodes = of => { const walk = document.createTreeWalker(of, 4), found = []
        while (walk.nextNode()) if (walk.currentNode.data.trim()) found.push(walk.currentNode)
        return found }
    const from = nodes(document.querySelector(first))[0], to = nodes(document.querySelector(last)).pop()
    getSelection().setBaseAndExtent(from, Math.floor(from.length * begin), to, Math.ceil(to.length * end))
    return getSelection().toString()
}"""
MARKED = "[...document.querySelectorAll('.text mark.pen')].map(e => e.textContent).join(' ')"


def words(text: str) -> str:
    """Return a text without its blanks, and without the strokes that part cells."""
    return "".join(text.replace("|", " ").split())


@pytest.fixture
def place(browser: "Browser", desk: Flask) -> Iterator[tuple[Flask, Tab]]:  # noqa: F811
    """An archive that the test may change, and a tab of it."""
    with served(desk) as server:
        tab = Tab(browser.new_page(), server.url.rstrip("/"))
        yield desk, tab
        tab.page.close()
    assert tab.complaints == tab.strangers == []


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_what_is_selected_across_lists_tables_and_quotations_is_marked_and_stays(
    place: tuple[Flask, Tab], language: str
) -> None:
    app, tab = place
    store: ArticleStore = app.extensions[EXTENSION].store
    article = set_article(language)
    store.write(article)
    stored = store.by_url(article.url)
    assert stored
    client = client_of(app)
    for name, way in WAYS.items():
        page = tab.open(f"/a/{stored.mark}")
        by_hand = page.evaluate(SELECT, list(way))
        page.keyboard.press("m")
        quote = page.input_value("#quote")
        assert len(words(quote)) > 5, name
        page.click("form.pen button[value=mark]")
        page.wait_for_url("**done=**")
        assert words(page.evaluate(MARKED)) == words(quote), name
        page = tab.open(f"/a/{stored.mark}")
        assert words(page.evaluate(MARKED)) == words(quote), name
        (passage,) = client.get(f"/api/v1/articles/{stored.mark}/passages").json["items"]
        assert words(passage["quote"]) == words(quote), name
        dossier = client.post("/api/v1/dossiers", json={"name": name}).json["mark"]
        client.put(f"/api/v1/dossiers/{dossier}/articles/{stored.mark}", json={})
        for ending in ("csv", "md", "html", "ris"):
            given = client.get(f"/api/v1/dossiers/{dossier}/exports/{ending}").text.replace("\\", "")
            assert words(quote)[:60] in words(unescape(given)), (name, ending)
        client.delete(f"/api/v1/passages/{passage['id']}")
        if "picture" not in name:  # its caption is no part of the text, and whoever copies by hand copies it as well
            again = client.post(f"/api/v1/articles/{stored.mark}/passages", json={"quote": by_hand})
            assert again.json["quote"] == passage["quote"], name
            client.delete(f"/api/v1/passages/{again.json['id']}")


def test_a_caption_that_is_no_part_of_the_text_is_left_out_of_what_is_marked(place: tuple[Flask, Tab]) -> None:
    app, tab = place
    store: ArticleStore = app.extensions[EXTENSION].store
    article = set_article("de")
    assert article.structure
    caption = next(span for span in article.structure if span.kind is SpanKind.CAPTION)
    table = next(span for span in article.structure if span.kind is SpanKind.TABLE)
    spans = [each for each in article.structure if each not in (caption, table)]
    spans.append(replace(table, start=caption.end + 2, caption="Beside the text"))
    store.write(replace(article, structure=ordered(spans)))
    stored = store.by_url(article.url)
    assert stored
    page = tab.open(f"/a/{stored.mark}")
    page.evaluate(SELECT, [".text h3", 0, ".text td", 1])
    page.keyboard.press("m")
    assert "Beside the text" not in page.input_value("#quote")
    page.click("form.pen button[value=mark]")
    page.wait_for_url("**done=**")
    assert page.evaluate(MARKED).startswith(page.inner_text(".text h3"))
