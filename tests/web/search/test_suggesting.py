"""What the search box completes: the words stay, counts are those of the search, nothing is offered that finds none."""

import pytest
from flask.testing import FlaskClient

from indexer.contract.facets import FacetName
from tests.web.corpus import POST
from web.search.suggesting import LONGEST, Typing, split


def suggested(client: FlaskClient, typed: str, **filters: str) -> dict[str, int]:
    """Return the texts suggested, each with its count."""
    answer = client.get("/suggest", query_string={"q": typed, **filters}).json
    assert answer[0] == typed
    return {text: int(said.split(", ")[1].split()[0]) for text, said in zip(*answer[1:], strict=True)}


@pytest.mark.parametrize(
    "typed",
    ["okaf", "insurance okaf", 'insurance author:"mar', "flood site:va", "-insur", '"flood def', "lang:", "title:fl"],
)
def test_a_suggestion_finds_as_many_articles_as_it_says(client: FlaskClient, typed: str):
    found = suggested(client, typed)
    assert found
    for text, count in found.items():
        assert count == client.get("/search.json", query_string={"q": text}).json["total"] > 0, text


def test_the_words_before_a_name_stay(client: FlaskClient):
    assert 'flood insurance author:"Maria Okafor"' in suggested(client, "flood insurance maria ok")
    assert "flood insurance" in suggested(client, "flood insur")


def test_filters_of_the_page_count_too(client: FlaskClient):
    assert 0 < suggested(client, "floo", site=POST)["flood"] < suggested(client, "floo")["flood"]
    assert suggested(client, "okaf", site=POST) == {}


def test_inside_a_field_its_values_come_alone(client: FlaskClient):
    assert list(suggested(client, "flood author:van")) == ['flood author:"Jan van der Berg"']
    assert set(suggested(client, "site:")) >= {"site:valley-herald.example", f"site:{POST}"}


@pytest.mark.parametrize(
    "typed", ["", "f", "zzzz", "flood zzzz", '"', "author:", "(((", "-", "x" * (LONGEST + 1), "a:b:c"]
)
def test_nothing_that_is_typed_breaks_it(client: FlaskClient, typed: str):
    assert client.get("/suggest", query_string={"q": typed}).status_code == 200


def test_the_part_that_is_typed_is_the_last_word_or_what_a_quotation_mark_opens():
    assert split("oil gab") == Typing("oil ", "", "gab")
    assert split('oil author:"ana pe') == Typing("oil ", "author:", "ana pe", True, FacetName.AUTHOR)
    assert split("oil -site:x") == Typing("oil ", "-site:", "x", False, FacetName.SITE)
    assert split('say "oil and g') == Typing("say ", "", "oil and g", True)
    assert split('"oil" g') == Typing('"oil" ', "", "g")
