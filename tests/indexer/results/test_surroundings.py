"""A text -> its tokens, and what stands around them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.results.surroundings import PlainTokens, Tokens, tokens, watched

PLAIN = st.lists(
    st.sampled_from(["sea", "a", "Wall", "1", ". ", "!” ", " ", "\n\n", ", ", "-", "’", "_", "…", "x" * 33, '." ']),
    max_size=60,
).map("".join)


@settings(max_examples=60)
@given(PLAIN, st.integers(0, 99), st.integers(0, 99), st.integers(0, 120))
def test_a_plain_text_is_seen_as_any_other(text, one, other, room):
    plain, listed = tokens(text), Tokens(text)
    if isinstance(plain, Tokens):  # a word that is too long
        return
    found = listed.found
    for forms in ({"sea", "wall", "lee"}, {"a", "1", "wallpaper", "wall"}):
        at = {form: [(start, end) for each, start, end in found if each == form] for form in forms}
        assert plain.places(watched(forms)) == {form: places for form, places in at.items() if places}
    if not found:
        assert plain.first is listed.first is None
        return
    assert plain.first == found[0][1:]
    first, last = sorted((one % len(found), other % len(found)))
    start, stop = listed.span(first, last)
    begin, end = listed.around(first, last, room)
    assert plain.around(start, stop, room) == listed.span(begin, end)
    assert plain.is_cut_before(start) == listed.is_cut_before(first)
    assert plain.is_cut_after(stop) == listed.is_cut_after(last)


@pytest.mark.parametrize("text", ["C# is one", "the U.S. coast", "Zürich", "東京都", "x" * 65])
def test_a_text_that_is_not_plain_is_read_as_any_text(text):
    assert isinstance(tokens(text), Tokens)


def test_many_forms_are_sought_as_few_are():
    many = watched([f"{number}w" for number in range(100)])
    found = tokens("7W and 70w, not 700w")
    assert isinstance(found, PlainTokens)
    assert len(many) == 100
    assert found.places(many) == found.places(watched(["7w", "70w", "8w"])) == {"7w": [(0, 2)], "70w": [(7, 10)]}


def test_forms_that_begin_alike_are_sought_at_once():
    assert watched(["flood", "flooded", "flow", "sea"]) == {
        " flood": {"flood", "flooded"},
        " flow ": {"flow"},
        " sea ": {"sea"},
    }
    found = tokens("Flood flooding flooded floodflood flood")
    assert isinstance(found, PlainTokens)
    assert found.places(watched(["flood", "flooded"])) == {"flood": [(0, 5), (34, 39)], "flooded": [(15, 22)]}
