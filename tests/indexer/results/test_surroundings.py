"""A text -> its tokens, and what stands around them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.results.surroundings import PlainTokens, Tokens, tokens

PLAIN = st.lists(
    st.sampled_from(["sea", "a", "Wall", "1", ". ", "!” ", " ", "\n\n", ", ", "-", "’", "_", "…", "x" * 33, '." ']),
    max_size=60,
).map("".join)


def padded(*forms: str) -> dict[str, str]:
    return {form: f" {form} " for form in forms}


@settings(max_examples=60)
@given(PLAIN, st.integers(0, 99), st.integers(0, 99), st.integers(0, 120))
def test_a_plain_text_is_seen_as_any_other(text, one, other, room):
    plain, listed = tokens(text), Tokens(text)
    if isinstance(plain, Tokens):  # a word that is too long
        return
    found = listed.found
    assert sorted(plain.seen(padded("sea", "wall", "lee"))) == sorted({form for form, _, _ in found} & {"sea", "wall"})
    assert plain.places("sea") == [(start, end) for form, start, end in found if form == "sea"]
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
    watched = padded(*(f"w{number}" for number in range(100)))
    found = tokens("W7 and w70, not w700")
    assert isinstance(found, PlainTokens)
    assert sorted(found.seen(watched)) == sorted(found.seen(padded("w7", "w70", "w8"))) == ["w7", "w70"]
