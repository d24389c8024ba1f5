"""The pages of a long dossier."""

import pytest

from web.desk.dossier_reading import ON_A_PAGE, first_of, parts


@pytest.mark.parametrize(
    ("typed", "first"),
    [("", 0), ("1", 0), ("100", 0), ("101", 100), ("250", 200), ("251", 0), ("-5", 0), ("x", 0), ("9" * 5000, 0)],
)
def test_a_place_leads_to_the_page_that_has_it_and_any_other_text_to_the_first(typed: str, first: int):
    assert first_of(typed, 250) == first


def test_each_other_page_has_an_address_and_the_pages_hold_all_articles():
    assert parts(2 * ON_A_PAGE + 50, ON_A_PAGE, lambda at: f"?from={at}") == [
        ("1–100", "?from=1"),
        ("101–200", None),
        ("201–250", "?from=201"),
    ]
