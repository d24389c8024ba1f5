"""The words of a search: what they are compared with, where each leads, and as data."""

import csv
import io
import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from web.words import sampling
from web.words.sampling import spread


def test_each_word_leads_to_the_search_it_narrows_and_says_how_many_articles_that_finds(client: FlaskClient):
    found = client.get("/words.json?q=insurance").json
    assert found["terms"]
    for term in found["terms"][:5]:
        narrowed = client.get(term["search"].replace("/search?", "/search.json?"))
        assert narrowed.json["total"] == term["articles"] > 0
        assert term["log_likelihood"] > 10.83
    page = client.get("/words?q=insurance").text
    assert [unescape(each) for each in re.findall(r'<th scope="row"><a href="([^"]+)"', page)] == [
        term["search"] for term in found["terms"]
    ]


def test_the_table_has_the_same_rows(client: FlaskClient):
    reply = client.get("/words.csv?q=insurance")
    rows = list(csv.DictReader(io.StringIO(reply.text)))
    terms = client.get("/words.json?q=insurance").json["terms"]
    assert [(row["term"], int(row["articles"])) for row in rows] == [(each["term"], each["articles"]) for each in terms]


def test_a_results_page_leads_there_with_its_filters(client: FlaskClient):
    page = client.get("/search?q=flood&from=2020").text
    assert 'href="/words?q=flood&amp;from=2020"' in page


def test_what_cannot_be_compared_is_said(client: FlaskClient):
    assert "No article was found." in client.get("/words?q=zzzzqqq").text
    assert "there are none to compare them with" in client.get("/words").text


def test_a_search_is_compared_once_for_a_state_of_the_index(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    first = client.get("/words.json?q=insurance&n=50").json
    monkeypatch.setattr(sampling, "keywords", None)  # a second comparison would fail
    assert client.get("/words.json?q=insurance&page=2").json == first


def test_a_sample_is_spread_over_all():
    assert spread(range(10), 20) == list(range(10))
    assert spread(range(1000), 4) == [0, 250, 500, 750]
