"""The fields of the advanced form write a query that reads as they say."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from web.search.advanced_page import parameters


@pytest.mark.parametrize(
    ("fields", "query"),
    [
        ({"all": "flood wall"}, "flood wall"),
        ({"exact": 'sea  "wall"'}, '"sea wall"'),
        ({"any": 'storm "high tide" rain'}, '(storm OR "high tide" OR rain)'),
        ({"any": "storm"}, "storm"),
        ({"none": 'cup "sea view"'}, '-cup -"sea view"'),
        ({"title": "flood"}, "title:flood"),
        ({"title": "flood wall"}, "title:(flood wall)"),
        ({"all": "flood", "exact": "sea wall", "none": "cup"}, 'flood "sea wall" -cup'),
        ({"any": "a OR b) -c", "none": "-x"}, "(a OR b OR c) -x"),
        ({"any": '"', "none": "OR ( )", "exact": '""'}, ""),
    ],
)
def test_the_fields_write_this_query(fields: dict[str, str], query: str):
    assert dict(parameters(fields)).get("q", "") == query


def test_the_box_of_corrections_is_a_filter():
    assert dict(parameters({"all": "flood", "has": "correction"})) == {"q": "flood", "has": "correction"}


def test_the_form_leads_to_the_search_with_its_filters(client: FlaskClient):
    given = {"all": "flood", "none": "cup", "author": "Maria Okafor", "site": "", "from": "2021"}
    reply = client.get("/advanced", query_string=given)
    assert reply.status_code == 302
    assert parse_qs(urlsplit(reply.headers["Location"]).query) == {
        "q": ["flood -cup"], "author": ["Maria Okafor"], "from": ["2021"],
    }  # fmt: skip
    page = client.get(reply.headers["Location"], follow_redirects=True)
    assert "Maria Okafor" in page.text


def test_the_empty_form_is_shown_and_found_from_the_search_box(client: FlaskClient):
    page = client.get("/advanced").text
    assert 'name="exact"' in page
    assert 'name="tag"' not in page  # where nothing has a tag
    assert 'href="/advanced"' in client.get("/search?q=flood").text
