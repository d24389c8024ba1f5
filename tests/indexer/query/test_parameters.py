"""The table of the parameters, and what is read and written by it."""

import pytest

from indexer.contract.values import Match, Sort
from indexer.query.parameters import (
    COUNT,
    DATE,
    LARGEST,
    MATCH,
    MAX_FILTERS,
    MAX_VALUE,
    PAGE,
    PARAMETERS,
    SINCE,
    SORT,
    UNTIL,
    in_order,
    page_number,
    read_parameters,
    whole_number,
)
from tests.indexer.conftest import read
from web.layout.state import read as read_state

BAD = [
    ("sort", "best", "rel, new, old or added"),
    ("match", "best", "any"),
    ("date", "2024-03-09", "none or fetched"),
    ("by", "minute", "auto, hour, day, week, month, quarter, year or decade"),
    ("y", "%", "share"),
    ("copies", "all", "show"),
    ("n", "0", "a number from 1 to 100"),
    ("n", "101", "a number from 1 to 100"),
    ("n", "１０", "a number from 1 to 100"),
    ("page", "1000001", "a number from 1 to 1,000,000"),
    ("page", "9" * 5000, "a number from 1 to 1,000,000"),
]


def test_names_are_unique():
    assert len({each.name for each in PARAMETERS}) == len(PARAMETERS)


@pytest.mark.parametrize(("name", "value", "right"), BAD, ids=lambda each: each[:20])
def test_a_bad_value_is_said_alike_by_the_parser_and_by_the_page(name: str, value: str, right: str):
    (note,) = read("x", **{name: value}).notes
    assert read_state([("q", "x"), (name, value)]).notes == (note,)
    assert note.endswith(f"not understood: expected {right}")
    assert len(note) < 150


@pytest.mark.parametrize("parameter", [each for each in PARAMETERS if each.choices], ids=lambda each: each.name)
def test_capitals_of_a_choice_do_not_matter(parameter):
    for choice in parameter.choices:
        assert read_parameters({parameter.name: [f" {choice.upper()} "]}).one(parameter) == choice


@pytest.mark.parametrize(("parameter", "value"), [(COUNT, "1"), (COUNT, "100"), (PAGE, "1"), (PAGE, "1000000")])
def test_the_limits_of_a_number_are_among_its_values(parameter, value: str):
    assert read_parameters({parameter.name: [value]}).one(parameter) == value


def test_a_number_has_one_spelling():
    assert read_parameters({"page": ["007"]}).one(PAGE) == "7"
    assert read_state([("page", "007")]).untidy


def test_the_last_value_counts_and_an_empty_one_is_none():
    values = read_parameters({"sort": ["new", "old", " "]})
    assert (values.one(SORT), values.notes) == ("old", ())


def test_a_period_is_both_ends():
    values = read_parameters({"from": ["2020"], "on": ["2024-03"]})
    assert (values.one(SINCE), values.one(UNTIL)) == ("2024-03", "2024-03")


def test_what_is_not_given_has_its_default():
    values = read_parameters({})
    assert (values.one(DATE), values.one(MATCH), values.one(SORT), values.one(PAGE)) == ("any", "all", "", "1")


def test_values_of_all_filters_together_are_bounded_and_that_is_said():
    given = {"author": [f"a{number}" for number in range(MAX_FILTERS)], "not.site": ["b.example"]}
    values = read_parameters(given)
    assert len(values.all("author")) == MAX_FILTERS
    assert values.all("not.site") == ()
    assert values.notes == (f"only the first {MAX_FILTERS} filters were used",)


def test_a_long_value_is_cut_and_that_is_said():
    values = read_parameters({"author": ["a" * (MAX_VALUE + 1)]})
    assert values.all("author") == ("a" * MAX_VALUE,)
    assert values.notes == ("author: only the first 200 characters of 201 were read",)


def test_a_value_of_the_greatest_length_is_whole():
    assert read_parameters({"author": ["a" * MAX_VALUE]}).notes == ()


def test_an_address_has_the_order_of_the_table_and_no_defaults():
    values = {"page": ["1"], "sort": ["new"], "author": ["b", "a"], "q": ["x"], "date": ["any"], "match": [""]}
    assert in_order(values) == [("q", "x"), ("author", "b"), ("author", "a"), ("sort", "new")]


def test_all_words_in_the_address_mean_all_words():
    assert read("a b", match="all").match is Match.ALL
    assert read("a b", sort="added").sort is Sort.ADDED


@pytest.mark.parametrize(
    "text", ["", "-1", "+1", "1.0", " 1", "1_0", "１", "²", "9" * 5000, "0001" + "0" * 5000, str(LARGEST + 1)]
)
def test_what_is_no_whole_number_or_is_too_large_is_none(text: str) -> None:
    assert whole_number(text) is None


def test_a_whole_number_may_have_zeros_before_it_and_goes_up_to_the_most() -> None:
    assert [whole_number(text) for text in ("0", "007", str(LARGEST))] == [0, 7, LARGEST]
    assert (whole_number("30", 30), whole_number("31", 30)) == (30, None)


def test_the_nearest_page_that_there_is_is_shown() -> None:
    assert [page_number(text, 3) for text in ("2", "0", "4", "9" * 18, "9" * 19, "x", "")] == [2, 1, 3, 3, 1, 1, 1]
