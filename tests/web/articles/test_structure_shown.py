"""The structure of a stored text: on the page of its article, in its formats, in the API and in its dossier."""

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from corpus.structure.as_data import spans_data
from tests.indexer.results.structured import BODY, STRUCTURE
from tests.web.articles.conftest import page
from tests.web.corpus import COUNCIL, NOW
from web.articles.provenance import linked

LINKED = replace(COUNCIL, url="https://valley-herald.example/structured", body=BODY, structure=STRUCTURE, fetched=NOW)
COUNCILS_PAGE = "https://council.example/minutes?a=1&b=<2>"


@pytest.fixture
def mark(store: ArticleStore) -> str:
    """The mark of an article whose text has structure."""
    store.write(LINKED)
    stored = store.by_url(LINKED.url)
    assert stored
    return stored.mark


def test_the_page_shows_it(browser: FlaskClient, mark: str) -> None:
    shown = page(browser, mark)
    text = shown.partition('<div class="text"')[2].partition('<details class="sec noprint"')[0]
    assert re.findall(r"<(h2|ul|ol|blockquote|table|pre|figure)\b", text) == [
        *("h2", "ul", "ol", "blockquote", "table", "pre", "figure")
    ]
    assert "<img" not in shown
    assert "javascript:" not in text


def test_a_passage_is_marked_across_what_a_browser_gives_of_it(browser: FlaskClient, mark: str) -> None:
    quote = "a bank\n\nThe sea_would_wait.\n\nIt did not.\n\nTown\tCost"
    assert browser.post(f"/api/v1/articles/{mark}/passages", json={"quote": quote}).status_code == 201
    assert len(re.findall('<mark class="pen" id="p', page(browser, mark))) == 1


def test_formats_and_the_api_give_it(browser: FlaskClient, mark: str) -> None:
    for found in (browser.get(f"/a/{mark}.json").json, browser.get(f"/api/v1/articles/{mark}").json):
        assert found["structure"] == spans_data(STRUCTURE)
        assert found["text"] == BODY
        assert found["links"][0] == COUNCILS_PAGE
    assert "* flood gates at Wick" in browser.get(f"/a/{mark}.md").text


def test_a_text_of_unknown_structure_says_so(browser: FlaskClient, store: ArticleStore) -> None:
    stored = store.by_url(COUNCIL.url)
    assert stored
    assert browser.get(f"/a/{stored.mark}.json").json["structure"] is None
    assert "not known: the text was read before links were" in page(browser, stored.mark)


def test_its_links_are_counted_by_site() -> None:
    link = STRUCTURE[0]
    others = [replace(link, address=f"https://{n}.example/") for n in range(21)]
    found = str(linked(replace(LINKED, structure=(link, link, *others))))
    assert found.startswith("23 links to 22 sites · council.example 2 · 0.example · 1.example")
    assert found.endswith("18.example · and 2 more")
    assert str(linked(replace(LINKED, structure=()))) == "none"
