"""Texts too long to be looked through or indexed whole: where that is said."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from indexer.analysis import joined
from indexer.results import snippets
from tests.web.articles.conftest import page

SAID = "words are looked for in its first 10 characters"


def test_a_hit_without_a_mark_says_how_much_of_its_text_was_looked_through(
    browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(snippets, "MAX_SCANNED", 10)
    # Cards are kept by the words that are marked: no other test asks for these two, which would meet another bound.
    shown = browser.get("/search?q=harbour+OR+hythe").text
    assert "<mark>" in shown, "that of a headline"
    hits = browser.get("/search.json?q=harbour+OR+hythe").get_json()["hits"]
    bare = [hit for hit in hits if "harbour" not in hit["headline"].lower()]
    assert 0 < len(bare) < len(hits)
    assert shown.count(SAID) == len(bare)
    assert [hit.get("scanned") for hit in hits] == [10 if hit in bare else None for hit in hits]
    items = browser.get("/api/v1/search?q=harbour+OR+hythe").get_json()["items"]
    assert {item["id"]: item["scanned"] for item in items} == {hit["id"]: hit.get("scanned") for hit in hits}
    assert SAID not in browser.get("/search").text, "no word was typed"


def test_the_page_of_an_article_says_how_many_of_its_words_searches_know(
    browser: FlaskClient, store: ArticleStore, monkeypatch: pytest.MonkeyPatch
):
    mark = next(store.every()).mark
    assert "Searched" not in page(browser, mark)
    monkeypatch.setattr(joined, "MAX_POSITIONS", 5)
    shown = page(browser, mark)
    assert "Searched" in shown and "the first 5 of " in shown


def test_the_page_of_an_article_says_how_much_of_its_feeds_text_is_stored(browser: FlaskClient, store: ArticleStore):
    stored = next(store.every())
    said = "the first 59,812 characters of a longer text in its feed"
    assert said not in page(browser, stored.mark)
    store.amend_many([(stored.sequence, replace(stored.article, facts={**stored.article.facts, "cut": said}))])
    shown = page(browser, stored.mark)
    assert "Cut" in shown and said in shown


def test_the_page_of_an_article_links_to_the_page_on_which_its_story_goes_on(browser: FlaskClient, store: ArticleStore):
    stored = next(store.every())
    for url, link in (
        ("https://gazette.example/a?page=2&x=<b>", "https://gazette.example/a?page=2&amp;x=&lt;b&gt;"),
        ("javascript:alert(1)", None),
    ):
        said = f"it goes on on a further page, which was not read: {url}"
        store.amend_many([(stored.sequence, replace(stored.article, facts={**stored.article.facts, "goes_on": said}))])
        stored = next(store.every())
        for language, words in (("en", "it goes on on a further page"), ("fr", "Page suivante")):
            headers = {"Accept-Language": language}
            shown = browser.get(f"/a/{stored.mark}", follow_redirects=True, headers=headers).text
            assert words in shown
            assert (link is not None) == (f'<a class="m" href="{link}" rel="noreferrer nofollow">' in shown)
            assert "x=<b>" not in shown and 'href="javascript' not in shown
