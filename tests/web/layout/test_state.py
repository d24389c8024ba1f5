"""A search's address and its state."""

from urllib.parse import parse_qsl

import pytest

from indexer.contract.facets import FacetName
from indexer.contract.values import Dating, Interval, Match, Sort
from indexer.query.lexer import MAX_CHARS
from indexer.query.parameters import MAX_FILTERS, PARAMETERS, in_order
from web.layout.state import State, address, read


def test_parameters_stand_in_a_fixed_order_with_defaults_left_out():
    found = read([("page", "2"), ("site", "b.example"), ("q", "flood"), ("author", "x"), ("sort", "new"), ("n", "50")])
    assert found.state.url() == "/search?q=flood&author=x&site=b.example&sort=new&n=50&page=2"


def test_reading_what_was_written_gives_the_same_state():
    state = State(
        q='"flood defences" -insurance c++ 防洪 &=#%',
        chosen={FacetName.AUTHOR: ("maria-okafor", "محمد-حسن")},
        excluded={FacetName.SITE: ("none",)},
        since="2021",
        until="-7d",
        dating=Dating.FETCHED,
        sort=Sort.OLDEST,
        interval=Interval.YEAR,
        share=True,
        per_page=50,
        page=3,
    )
    assert read(state.pairs()).state == state


def test_the_parameters_of_a_state_follow_the_table():
    state = State(
        q="a",
        chosen=dict.fromkeys(reversed(FacetName), ("x", "y", "")),
        excluded=dict.fromkeys(reversed(FacetName), ("z",)),
        since="2021",
        until="2022",
        dating=Dating.NONE,
        match=Match.ANY,
        sort=Sort.ADDED,
        interval=Interval.DAY,
        share=True,
        unfolded=True,
        per_page=50,
        page=2,
    )
    pairs = state.pairs()
    assert pairs == in_order({name: [value for key, value in pairs if key == name] for name, _ in reversed(pairs)})
    assert {name for name, _ in pairs} == {parameter.name for parameter in PARAMETERS} - {"on"}


def test_unknown_parameters_are_dropped():
    assert read([("q", "a"), ("utm_source", "x"), ("Q", "b")]).state == State(q="a")


def test_empty_fields_and_spelled_out_defaults_ask_for_the_clean_address():
    assert read([("q", "a"), ("from", ""), ("to", " ")]).untidy
    assert read([("q", "a"), ("sort", "rel")]).untidy
    assert not read([("q", "a"), ("sort", "new")]).untidy


def test_newest_is_the_default_order_without_words():
    assert read([("sort", "new")]).untidy
    assert read([("sort", "rel")]).state.sort is Sort.RELEVANCE


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("n", "-1"),
        ("n", "101"),
        ("page", "0"),
        ("page", "x"),
        ("page", "１"),
        ("sort", "best"),
        ("by", "minute"),
        ("y", "%"),
    ],
)
def test_a_bad_value_becomes_a_note_and_the_default(name: str, value: str):
    found = read([(name, value)])
    assert found.state == State()
    assert len(found.notes) == 1
    assert f"{name}={value} not understood" in found.notes[0]


def test_a_long_query_is_cut_and_said_so():
    found = read([("q", "flood " * 2000)])
    assert len(found.state.q) <= MAX_CHARS
    assert found.notes == ("only the first 1,000 characters of 11,999 were searched",)


def test_filters_are_bounded():
    found = read([("author", f"a{each}") for each in range(500)])
    assert len(found.state.chosen[FacetName.AUTHOR]) == MAX_FILTERS
    assert found.notes


def test_control_signs_and_lone_surrogates_never_reach_the_state():
    assert read([("q", "flood\x00\ud800\x1b defences")]).state.q == "flood    defences".replace("    ", "    ")
    assert "\x00" not in read([("from", "20\x0021")]).state.since


def test_a_period_of_the_table_sets_both_ends():
    found = read([("q", "a"), ("from", "2020"), ("on", "2024-03")])
    assert (found.state.since, found.state.until, found.untidy) == ("2024-03", "2024-03", True)


def test_changing_anything_goes_back_to_the_first_page():
    assert State(q="a", page=7).but(since="2021").page == 1


def test_what_is_no_field_of_a_search_changes_none():
    with pytest.raises(ValueError, match="pages"):
        State(q="flood").but(pages=2)


def test_the_configured_page_size_is_left_out():
    assert read([("n", "50")], per_page=50).state.per_page is None
    assert read([("n", "20")], per_page=50).state.per_page == 20


@pytest.mark.parametrize(
    "text", ["flood", "sea wall", " ", "a+b", "a&b=c#d%", "côte é", "洪水 a+b", 'the "sea wall"', "a\tb", "2.5"]
)
def test_an_address_says_the_text_it_was_made_of(text: str):
    made = address("/search", [("q", text), ("n", "50")])
    assert parse_qsl(made.partition("?")[2], keep_blank_values=True) == [("q", text), ("n", "50")]
    assert " " not in made
