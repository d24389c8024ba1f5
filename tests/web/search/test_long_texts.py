"""Texts too long to be looked through or indexed whole: where that is said."""

import pytest
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from indexer.analysis import joined
from indexer.results import snippets
from tests.web.articles.conftest import page
from web.search import hits

SAID = "words are looked for in its first 10 characters"


def test_a_hit_without_a_mark_says_how_much_of_its_text_was_looked_through(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(hits, "MAX_SCANNED", 10)
    marked = client.get("/search?q=harbour").text
    assert ("<mark>" in marked, SAID in marked) == (True, False)
    assert SAID not in client.get("/search").text, "no word was typed"
    monkeypatch.setattr(snippets, "MAX_SCANNED", 10)
    assert SAID in client.get('/search?q="harbour"').text


def test_the_page_of_an_article_says_how_many_of_its_words_searches_know(
    browser: FlaskClient, store: ArticleStore, monkeypatch: pytest.MonkeyPatch
):
    mark = next(store.every()).mark
    assert "Searched" not in page(browser, mark)
    monkeypatch.setattr(joined, "MAX_POSITIONS", 5)
    shown = page(browser, mark)
    assert "Searched" in shown and "the first 5 of " in shown
