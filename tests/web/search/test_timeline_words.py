"""The words under the chart of a results page name a decade as the page's language does."""

import re

import pytest
from flask.testing import FlaskClient

from indexer.contract.values import Bar, Interval
from web.languages.choice import LANGUAGES, speaking
from web.search.timeline import said


@pytest.mark.parametrize(
    ("code", "words"),
    [("en", "1990s"), ("de", "1990er"), ("fr", "années 1990"), ("es", "años 1990"), ("ar", "عقد 1990")],
)
def test_a_decade_is_named_in_the_language_of_the_page(code: str, words: str) -> None:
    with speaking(LANGUAGES[code]):
        assert said(Bar("1990s", 10_519_200, 3), Interval.DECADE) == words


def test_a_year_stays_a_year() -> None:
    with speaking(LANGUAGES["de"]):
        assert said(Bar("1994", 12_623_040, 3), Interval.YEAR) == "1994"


@pytest.mark.parametrize(("by", "order"), [("week", " dir=ltr><td>"), ("month", "><td>")])
def test_a_period_with_a_letter_keeps_its_order_on_a_page_from_right_to_left(client: FlaskClient, by: str, order: str):
    page = client.get(f"/ar/search?q=flood&from=2025&to=2026-03&by={by}").text
    values = re.findall(r"<input type=submit name=on value=([\dW-]+)([^\n]*?<td>)", page)
    assert values
    assert {after for _, after in values} == {order}
    assert not re.search(r"<tr><td>\d{4}-W", page)
