"""What people type into the search box: questions, addresses, and what cannot be searched for."""

import re
from datetime import UTC
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from corpus.model import Article, PageDate, Precision
from corpus.store import ArticleStore
from indexer.analysis.forms import MAX_FORMS
from indexer.open import open_engine
from indexer.sync import update
from tests.web.conftest import app_over, client_of
from tests.web.corpus import NOW
from tests.web.search.test_search_page import text_of
from web.search import search_page


def test_the_address_of_an_article_opens_it(client: FlaskClient):
    hit = client.get("/search.json?q=title:council").json["hits"][0]
    bare = hit["url"].removeprefix("https://")
    for typed in (hit["url"], bare):
        assert client.get(f"/search?q={quote(typed)}").location.startswith(f"/a/{hit['id']}-")
        found = client.get(f"/search.json?q={quote(typed)}").json
        assert [one["id"] for one in found["hits"]] == [hit["id"]]
        assert found["total"] == 1


@pytest.mark.parametrize("typed", ["🎉", "€", '""', "&"])
def test_what_cannot_be_searched_for_finds_nothing_anywhere(client: FlaskClient, typed: str):
    assert "nothing of " in text_of(client, f"/search?q={quote(typed)}")
    found = client.get(f"/search.json?q={quote(typed)}").json
    assert found["total"] == 0
    assert found["notes"]
    assert client.get(f"/search.csv?q={quote(typed)}").text.count("\n") == 1
    assert "<entry" not in text_of(client, f"/search.atom?q={quote(typed)}")


def test_a_filter_within_the_tree_is_no_chip_of_its_own(client: FlaskClient):
    page = text_of(client, "/search?q=(site:coastpost.example+flood)+OR+council")
    assert page.count("class=chip ") == 1


def test_where_no_article_has_all_words_those_with_some_follow(client: FlaskClient):
    page = text_of(client, "/search?q=drainage+roof")
    said = re.search(r"No article has all words; (\d+) have some of them", page)
    assert said is not None
    assert page.count("<li class=hit>") == int(said[1])
    assert 'href="/search?q=drainage+roof&amp;match=any"' in page
    data = client.get("/search.json?q=drainage+roof").get_json()
    assert (data["total"], data["more"]) == (0, int(said[1]))
    assert {hit["match"] for hit in data["hits"]} == {"some"}
    having = {word: {hit["id"] for hit in client.get(f"/search.json?q={word}").json["hits"]} for word in data["forms"]}
    for hit in data["hits"]:
        assert hit["lacks"] == [word for word in ("drainage", "roof") if hit["id"] not in having[word]]
        assert f" · without {hit['lacks'][0]}" in re.sub("<[^>]*>", "", page)


def test_where_no_article_has_a_word_the_page_says_which_other_it_shows(client: FlaskClient):
    page = text_of(client, "/search?q=drainagge")
    said = re.search(r"No article has “drainagge”; (\d+) ha(?:s|ve) “drainage”\.", page)
    assert said is not None
    assert "<h2 id=count>0 articles</h2>" in page
    assert page.count("<li class=hit>") == int(said[1])
    assert 'href="/search?q=drainage"' in page
    assert "Did you mean" not in page
    data = client.get("/search.json?q=drainagge").get_json()
    assert (data["total"], data["more"]) == (0, int(said[1]))
    assert data["substitutes"] == {"drainagge": ["drainage"]}
    assert {hit["match"] for hit in data["hits"]} == {"other"}
    assert client.get("/search.csv?q=drainagge").text.count("\n") == 1
    assert "<entry" not in text_of(client, "/search.atom?q=drainagge")


def test_the_count_is_of_those_with_all_words_alone(client: FlaskClient):
    page = text_of(client, "/search?q=drainage+roof")
    assert "<h2 id=count>0 articles</h2>" in page
    assert "copies one by one" not in page.lower()


def test_exports_and_feeds_hold_those_with_all_words_unless_any_are_asked_for(client: FlaskClient):
    assert client.get("/search.csv?q=drainage+roof").text.count("\n") == 1
    assert "<entry" not in text_of(client, "/search.atom?q=drainage+roof")
    many = client.get("/search.json?q=drainage+roof&match=any").get_json()
    assert (many["total"], many["more"]) == (len(many["hits"]), 0)
    assert "<entry" in text_of(client, "/search.atom?q=drainage+roof&match=any")
    page = text_of(client, "/search?q=drainage+roof&match=any")
    assert "<i>any</i> of the words" in page


def test_stop_words_that_were_not_asked_for_are_named(client: FlaskClient):
    page = text_of(client, "/search?q=the+flood+of+the+year")
    assert "Too common to be searched for: <b>the</b>, <b>of</b>" in page
    assert client.get("/search.json?q=the+flood+of+the+year").get_json()["ignored"] == ["the", "of"]


def test_a_pattern_that_was_cut_is_said_where_nothing_was_found(tmp_path: Path):
    words = " ".join(f"quay{number:04}" for number in range(MAX_FORMS + 1))
    with ArticleStore.open(tmp_path / "pressmark.sqlite") as store:
        day = PageDate(NOW, Precision.DAY, "meta")
        store.write(Article(url="https://a.example/x", source="a.example", body=words, published=day, fetched=NOW))
        engine = open_engine(tmp_path / "index")
        update(store, engine, zone=UTC)
        engine.close()
    client = client_of(app_over(tmp_path))
    assert "counts are lower bounds" in client.get("/trends?q=quay*").text
    page = client.get("/search?q=quay*&author=nobody").text
    assert f"quay*: only the {MAX_FORMS} most frequent forms were searched for" in page


def test_what_cannot_be_paged_through_is_said_with_a_way_to_it(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(search_page, "MAX_HITS", 40)
    assert "can be paged through" not in client.get("/search?q=flood").text
    for page in ("2", "3", "51"):
        text = client.get(f"/search?q=flood&page={page}").text
        assert "The first 40 can be paged through." in text
        assert 'href="/search.csv?q=flood' in text


@pytest.mark.parametrize(
    ("typed", "offered"), [("2023", "from=2023"), ("flood 2023", "q=flood&amp;from=2023"), ("1066", "")]
)
def test_a_year_among_the_words_is_offered_as_a_date(client: FlaskClient, typed: str, offered: str):
    page = client.get("/search", query_string={"q": typed}).text
    assert (f"{offered}&amp;to=2023" in page) if offered else ("dym" not in page)
