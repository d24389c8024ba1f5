"""What a person types for a pressmark is read as the mark it was meant to be."""

import pytest

from corpus.marks import read_mark


@pytest.mark.parametrize("typed", ["k7f003", "K7F003", "k7fOO3", " k7f 003 ", "K7F-003"])
def test_a_mark_is_read_however_it_is_typed(typed: str) -> None:
    assert read_mark(typed) == "k7f003"


@pytest.mark.parametrize("typed", ["", "k7f", "77f003", "k7f0u3", "k7f003k7f003k7f", "a/k7f003", "k7f003\x00"])
def test_what_is_no_mark_reads_as_none(typed: str) -> None:
    assert read_mark(typed) is None
