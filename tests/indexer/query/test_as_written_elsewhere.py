"""Signs, weights and senders, typed or pasted as other programs write them."""

import pytest

from indexer.contract.facets import FacetName, Filter
from indexer.contract.values import And, Not, Word
from tests.indexer.conftest import read


def test_a_pasted_sign_of_a_number_below_zero_leaves_nothing_out() -> None:
    assert not isinstance(read("−5").clause, Not)
    assert read("-5").clause == Not(Word("5"))


@pytest.mark.parametrize(("typed", "read_as"), [
    ("flood^2 walls", And((Word("flood"), Word("walls")))),
    ("flood^0.5", Word("flood")),
])  # fmt: skip
def test_a_weight_is_no_word(typed: str, read_as: object) -> None:
    assert read(typed).clause == read_as


def test_a_sender_is_an_author_and_a_day_a_date() -> None:
    assert read("from:whitby").filters == (Filter(FacetName.AUTHOR, ("whitby",)),)
    for typed in ("from:2026", "from:yesterday", "from:today"):
        assert read(typed).filters == ()
        assert read(typed).since is not None
    assert read("from:2026-13").notes
