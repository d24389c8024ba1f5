"""Signs, weights and senders, typed or pasted as other programs write them."""

import pytest

from indexer.contract.facets import FacetName, Filter
from indexer.contract.values import And, MultiPhrase, Not, TextField, Word
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


@pytest.mark.parametrize(("typed", "same"), [
    ("flood AROUND(3) walls", "flood NEAR/3 walls"),
    ("flood NEAR(3) walls", "flood NEAR/3 walls"),
    ("flood N/3 walls", "flood NEAR/3 walls"),
    ("R&amp;D &quot;sea walls&quot;", 'R&D "sea walls"'),
    ("caf&eacute; don&#x27;t &regard;", "café don't & regard;"),
    ("洪水，城市。", "洪水 城市"),
    ("allintext:flood walls", "body:flood body:walls"),
])  # fmt: skip
def test_what_other_engines_and_pages_write_is_read(typed: str, same: str) -> None:
    assert read(typed).clause == read(same).clause
    assert not read(typed).notes


@pytest.mark.parametrize(("typed", "same", "said"), [
    ("flood PRE/3 walls", "flood NEAR/3 walls", '"PRE/3" was read as NEAR/3: in any order'),
    ("flood pre/3 walls", "flood NEAR/3 walls", '"pre/3" was read as NEAR/3: in any order'),
    ("flood ONEAR/7 walls", "flood NEAR/7 walls", '"ONEAR/7" was read as NEAR/7: in any order'),
    ("flood near/3 walls", "flood NEAR/3 walls", None),
    ("flood ADJ3 walls", "flood NEAR/3 walls", None),
    ("flood /s walls", "flood walls", '"/s" is left out; NEAR/10 finds words near each other, in any order'),
    ("flood w/p walls", "flood walls", '"w/p" is left out; NEAR/10 finds words near each other, in any order'),
])  # fmt: skip
def test_an_operator_of_other_engines_is_read_or_said_to_be_left_out(typed: str, same: str, said: str | None) -> None:
    found = read(typed)
    assert (found.clause, found.notes) == (read(same).clause, (said,) if said else ())


def test_words_with_adj_between_stand_next_to_each_other_in_any_form() -> None:
    assert read("flood ADJ walls").clause == MultiPhrase((Word("flood"), Word("walls")), "flood ADJ walls")
    assert read("adj walls").clause == And((Word("adj"), Word("walls")))
    assert read("notes /s").clause == And((Word("notes"), Word("s")))


def test_a_field_of_all_that_follows_ends_with_its_parenthesis() -> None:
    assert read("(allintitle:flood walls) sea").clause == And(
        (Word("flood", TextField.HEADLINE), Word("walls", TextField.HEADLINE), Word("sea"))
    )


def test_the_question_mark_of_an_address_is_no_wildcard() -> None:
    found = read("https://herald.example/a?id=7").clause
    assert isinstance(found, MultiPhrase)
    assert [type(part) for part in found.parts] == [Word] * 6


def test_a_sender_is_an_author_and_a_day_a_date() -> None:
    assert read("from:whitby").filters == (Filter(FacetName.AUTHOR, ("whitby",)),)
    for typed in ("from:2026", "from:yesterday", "from:today"):
        assert read(typed).filters == ()
        assert read(typed).since is not None
    assert read("from:2026-13").notes
