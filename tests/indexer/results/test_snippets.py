"""Text and readings -> highlighted fragments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.contract.values import Phrase, Reading, TextField, Word
from indexer.results.snippets import MAX_CHARS, Marker
from tests.counting import calls

FILLER = " ".join(f"w{number}" for number in range(100))


def reading(*forms, field=None):
    return Reading(Word(forms[0], field), forms)


def phrase(*words, slop=0):
    return Reading(Phrase(words, slop), words, tuple((word,) for word in words))


def marked(highlighted):
    return [highlighted.text[start:end] for start, end in highlighted.spans]


def fragments(text, *readings):
    return Marker(readings).fragments(text)


def test_every_form_of_a_word_is_marked_as_it_stands():
    (found,) = fragments("Floods came. The FLOOD rose.", reading("flood", "floods"))
    assert found.text == "Floods came. The FLOOD rose."
    assert marked(found) == ["Floods", "FLOOD"]


def test_the_two_windows_with_most_words_are_shown_in_the_order_of_the_text():
    text = (
        f"A wall alone. {FILLER} The flood met the wall. {FILLER} Another flood. {FILLER} One flood hit another flood."
    )
    first, second = fragments(text, reading("flood"), reading("wall"))
    assert "The flood met the wall." in first.text
    assert "One flood hit another flood." in second.text


def test_a_phrase_is_marked_where_it_stands_and_nowhere_else():
    (found,) = fragments("Sea air and a wall. The sea wall held.", phrase("sea", "wall"))
    assert marked(found) == ["sea wall"]


def test_a_phrase_is_marked_in_any_of_its_writings():
    places = ("台湾", "臺灣"), ("湾总", "灣總"), ("总统", "總統")
    reading = Reading(Phrase(("台灣", "灣總", "總統")), tuple(form for place in places for form in place), places)
    (found,) = fragments("台湾总统、臺灣總統、臺灣的。", reading)
    assert marked(found) == ["台湾总统", "臺灣總統"]


def test_near_words_are_marked_only_within_their_window():
    (found,) = fragments("wall wall. A b c d e f sea of wall.", phrase("sea", "wall", slop=1))
    assert marked(found) == ["sea", "wall"]


def test_a_single_quoted_word_is_marked_in_that_form_only():
    (found,) = fragments("flood floods", phrase("flood"))
    assert marked(found) == ["flood"]


def test_a_word_asked_for_in_the_headline_is_not_marked_in_the_body():
    marker = Marker([reading("flood", field=TextField.HEADLINE)])
    assert marked(marker.whole("The flood", TextField.HEADLINE)) == ["flood"]
    assert marked(marker.fragments("A flood")[0]) == []


def test_without_a_mark_the_beginning_is_shown():
    (found,) = fragments(f"It began here. {FILLER}", reading("flood"))
    assert found.text.startswith("It began here. w0 w1")
    assert found.text.endswith("…")
    assert not found.spans


def test_no_text_has_no_fragment():
    assert fragments("", reading("flood")) == ()
    assert fragments(" … ", reading("flood")) == ()


def test_paragraph_breaks_become_spaces_and_the_marks_move_along():
    (found,) = fragments("First  one.\n\nThen a \n flood.", reading("flood"), reading("first"))
    assert found.text == "First one. Then a flood."
    assert marked(found) == ["First", "flood"]


def test_overlapping_pairs_of_signs_are_one_mark():
    (found,) = fragments("今日は東京都に行く", phrase("東京", "京都"))
    assert marked(found) == ["東京都"]


@given(
    st.text(alphabet="ab .\n,東京é\u0301", max_size=900),
    st.lists(st.sampled_from(["a", "b", "ab", "東京", "é"]), max_size=3),
)
def test_fragments_are_short_and_their_marks_lie_within_them_in_order(text, words):
    for found in fragments(text, *(reading(word) for word in words)):
        assert len(found.text) <= MAX_CHARS
        edges = [edge for span in found.spans for edge in span]
        assert edges == sorted(edges)
        assert all(0 <= start < end <= len(found.text) for start, end in found.spans)


@pytest.mark.parametrize("word", ["flood", "the"])
def test_a_snippet_costs_little(word):
    text = " ".join(("the flood rose over the wall and fell", FILLER) * 4)[:2500]
    marker = Marker([reading(word), Reading(Phrase(("the", "wall")), ("the", "wall"))])
    marker.fragments(text)
    assert calls(lambda: marker.fragments(text)) < 1_000  # as many as the text has characters; two fifths of it


def test_a_fragment_of_wide_signs_has_half_as_many():
    text = "防洪工程提前开工居民仍盼补偿方案。" * 40
    fragments = Marker((Reading(Word("防洪"), ("防洪",)),)).fragments(text)
    assert fragments
    assert all(len(one.text) <= 120 for one in fragments)
