"""Patterns with more forms than are searched for: exclusions are whole, and all else that is cut is said."""

import pytest

from indexer.analysis.forms import MAX_FORMS
from tests.indexer.conftest import bodies, ids, read

FORMS = MAX_FORMS + 88


@pytest.fixture(scope="module")
def many(holding_for_all):
    """Two articles with many words that begin alike, one with the rarest of these words, and one with none."""
    words = [f"quay{number:04}" for number in range(FORMS)]
    often = " ".join(words[:-1])
    return holding_for_all(*bodies(f"harbour {often}", f"harbour {often}", f"harbour {words[-1]}", "harbour lights"))


@pytest.mark.parametrize("pattern", ["quay*", "q?ay*", "*uay*", "body:quay*", "(zebra OR quay*)"])
def test_an_excluded_pattern_leaves_out_its_rarest_form(many, pattern: str):
    assert ids(many, f"harbour -{pattern}") == [4]


def test_an_excluded_pattern_of_another_field_leaves_nothing_out(many):
    assert sorted(ids(many, "harbour -title:quay*")) == [1, 2, 3, 4]


def test_an_exclusion_that_is_whole_is_not_said(many):
    assert many.search(read("harbour -quay*")).bounded == ()


def test_an_exclusion_holds_after_the_same_pattern_was_searched_for(many):
    assert many.search(read("quay*")).bounded
    assert ids(many, "harbour -quay*") == [4]


@pytest.mark.parametrize("text", ["quay*", "q?ay*", '"harbour quay*"', 'lights -"harbour quay*"'])
def test_a_pattern_that_is_cut_is_said_wherever_it_stands(many, text: str):
    assert len(many.search(read(text)).bounded) == 1


@pytest.mark.parametrize("text", ["quay00*", '"harbour quay00*"', "harbour", "-quay*"])
def test_what_is_whole_is_not_said(many, text: str):
    assert many.search(read(text)).bounded == ()


@pytest.mark.parametrize("text", ["quay*", '"harbour quay*"', 'lights -"harbour quay*"'])
def test_a_listing_says_which_pattern_is_cut(many, text: str):
    listing = many.listing(read(text))
    assert listing.bounded == many.search(read(text)).bounded
    assert len(listing.bounded) == 1
    assert many.listing(read("harbour quay00*")).bounded == ()
