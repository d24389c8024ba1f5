"""The guard of a cell: nothing behind it is run, and it comes off again without a trace."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.spreadsheets import guarded, unguarded

TEXTS = st.text(st.sampled_from(list("=+-@'\t\r\n;,|\" a\uff1d\uff20")), max_size=12)


@given(TEXTS)
def test_what_was_guarded_comes_back_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(TEXTS)
def test_no_formula_begins_a_cell_or_follows_a_separator(text: str) -> None:
    cells = [guarded(text)]
    for separator in ";,|\t\r\n":
        cells += [part for cell in cells for part in cell.split(separator)]
    assert not [cell for cell in cells if cell.lstrip('"').startswith(("=", "+", "-", "@", "\uff1d", "\uff20"))]


@pytest.mark.parametrize("text", ["The walls held, all night; they said.", "a - b", "1 + 1 = 2", "x, -5 degrees", ""])
def test_prose_is_left_as_it_is(text: str) -> None:
    assert guarded(text) == text


def test_a_long_text_is_guarded_in_linear_time() -> None:
    assert len(guarded('"' * 1_000_000 + ';"' * 500_000)) == 2_000_000
