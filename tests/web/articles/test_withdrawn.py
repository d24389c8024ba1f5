"""Why the text of an article was taken away, on the page in its place, in each language."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from corpus.model import Outcome, StoredArticle
from corpus.store import ArticleStore
from indexer.results.addressed import stored_at
from tests.corpus import samples
from web.articles.named import why_withdrawn
from web.layout.paths import article_path


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("", "by hand: court order"),
        ("/de", "von Hand: court order"),
        ("/fr", "à la main\u00a0: court order"),
        ("/es", "a mano: court order"),
        ("/ar", "يدويًا"),
    ],
)
def test_what_was_taken_away_by_hand_is_said_so_in_the_language_of_the_page(
    browser: FlaskClient, store: ArticleStore, language: str, said: str
):
    stored = next(store.every())
    store.withdraw(stored.id, "by hand: court order", at=datetime(2026, 3, 1, tzinfo=UTC))
    reply = browser.get(f"{language}/a/{stored.mark}")
    assert reply.status_code == 410
    text = reply.text
    for isolated in ("<bdi>", "</bdi>", "\u2068", "\u2069"):
        text = text.replace(isolated, "")
    assert said in text
    assert "court order" in text
    assert "2026" in text  # when


def test_a_second_reason_stands_before_the_first_and_the_same_one_is_not_said_twice(
    browser: FlaskClient, store: ArticleStore
):
    stored = next(store.every())
    for reason in ("court order", "settled", "settled"):
        store.withdraw_by_hand(stored.id, reason, at=datetime(2026, 3, 1, tzinfo=UTC))
    reply = browser.get(f"/a/{stored.mark}.json").json
    assert "on 1 Mar 2026: by hand: settled; before, on 1 Mar 2026: by hand: court order." in reply["detail"]
    assert reply["detail"].count("settled") == 1


def test_the_reason_of_a_crawl_is_said_in_words():
    assert why_withdrawn("by hand: not an article") == "by hand: not an article"
    assert "http" not in why_withdrawn("http-410")


def move(store: ArticleStore, part: StoredArticle, story: StoredArticle) -> None:
    """Let the address of an article answer with a part of another one."""
    there = story.article.url
    seen = samples.visit(url=part.article.url, outcome=Outcome.REDIRECTED, status=200, moved=there, claimed=there)
    store.record(replace(seen, reason=f"part: {there}"))


def test_the_mark_of_an_article_that_moved_leads_to_the_article_that_has_its_text(
    browser: FlaskClient, store: ArticleStore
):
    part, story, *_ = store.every()
    there = story.article.url
    move(store, part, story)
    reply = browser.get(f"/a/{part.mark}-an-old-headline?q=flood")
    assert (reply.status_code, reply.location) == (302, f"{article_path(story)}?q=flood")
    reply = browser.get(f"/a/{part.mark}.json")
    assert (reply.status_code, reply.location) == (302, f"/a/{story.mark}.json")
    assert stored_at(part.mark, store) == story
    assert stored_at(f"https://archive.example/a/{part.mark}", store) == story
    assert f"the story has another address: {there}." in browser.get(f"/api/v1/articles/{part.mark}").json["detail"]
    store.withdraw(story.id, "http-410", at=datetime(2026, 3, 1, tzinfo=UTC))
    assert browser.get(f"/a/{part.mark}").status_code == 410
    assert stored_at(part.mark, store).id == part.id


@pytest.mark.parametrize("moved_first", [True, False])
def test_the_mark_of_what_was_taken_away_by_hand_tells_so_wherever_its_address_leads(
    browser: FlaskClient, store: ArticleStore, moved_first: bool
):
    part, story, *_ = store.every()
    if not moved_first:
        store.withdraw_by_hand(part.id, "court order", at=samples.NOW)
    move(store, part, story)
    if moved_first:
        store.withdraw_by_hand(part.id, "court order", at=samples.NOW)
    assert stored_at(part.mark, store).id == part.id
    for path in (f"/a/{part.mark}", f"/a/{part.mark}.json"):
        reply = browser.get(path)
        assert (reply.status_code, "court order" in reply.text) == (410, True)
