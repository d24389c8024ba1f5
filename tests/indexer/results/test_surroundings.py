"""A text -> its tokens, and what stands around them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.joined import joined
from indexer.analysis.plain import plain_words
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
    assert plain.may_join or not joined(text)
    for forms in ({"sea", "wall", "lee"}, {"a", "1", "wallpaper", "wall"}):
        numbers = {form: number for number, form in enumerate(sorted(forms))}
        marks = [(start, end, numbers[form]) for form, start, end in found if form in numbers]
        assert plain.marks(watched(numbers)) == marks
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


@pytest.mark.parametrize("text", ["पुल गिरा। नदी", "پل گرا۔ ندی", "ድልድይ ወደቀ። ወንዝ", "Мост рухнул. Река"])
def test_a_sentence_begins_behind_the_stop_of_any_script(text):
    listed = tokens(text)
    assert isinstance(listed, Tokens)
    assert [listed.is_cut_before(place) for place in range(3)] == [False, True, False]


def test_many_forms_are_sought_as_few_are():
    many = watched({f"{number}w": number for number in range(100)})
    found = tokens("7W and 70w, not 700w")
    assert isinstance(found, PlainTokens)
    assert len(many) == 100
    assert found.marks(many) == found.marks(watched({"7w": 7, "70w": 70, "8w": 8})) == [(0, 2, 7), (7, 10, 70)]


def test_a_form_that_stands_in_no_plain_text_is_not_sought():
    assert watched({"überschwemmung": 0, "flood": 1}) == [(b" flood ", {b"flood": 1})]


@pytest.mark.parametrize(
    ("text", "may_join"),
    [("sea-wall", True), ("O’Connor", True), ("a_-_b", True), ("“sea” – wall", False), ("Sea, wall. 'Yes'", False)],
)
def test_a_plain_text_knows_whether_a_joined_form_may_stand_in_it(text, may_join):
    found = tokens(text)
    assert isinstance(found, PlainTokens)
    assert found.may_join is may_join
    assert may_join or not joined(text)


def test_forms_that_begin_alike_are_sought_at_once():
    forms = watched({"flood": 0, "flooded": 1, "flow": 0, "sea": 2})
    assert forms == [(b" flood", {b"flood": 0, b"flooded": 1}), (b" flow ", {b"flow": 0}), (b" sea ", {b"sea": 2})]
    found = tokens("Flood flooding flooded floodflood flood flow flow")
    assert isinstance(found, PlainTokens)
    assert found.marks(forms) == [(0, 5, 0), (15, 22, 1), (34, 39, 0), (40, 44, 0), (45, 49, 0)]


@pytest.mark.parametrize("longest", [1, 8, 64])
def test_a_plain_text_has_no_word_over_the_limit(longest):
    for before, after in (("", ""), ("a " * 40, ""), ("", " b" * 40), ("a " * 33, " b" * 35)):
        assert plain_words(f"{before}{'x' * longest}{after}", longest) is not None
        assert plain_words(f"{before}{'x' * (longest + 1)}{after}", longest) is None
