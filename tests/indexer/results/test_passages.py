"""Where the words of a marked passage stand in a text, and how lists write them."""

import re

import pytest

from indexer.results.passages import MOST, Quoted, Squeezed, lines, paragraph, place, places
from tests.counting import calls
from tests.stalling import no_stall

TEXT = "The wall held.\n\nThe  wall\nheld again, they said.\n\n\n\nNobody measured it."
SQUEEZED = Squeezed.of(TEXT)


@pytest.mark.parametrize(
    ("quote", "stand"),
    [
        ("Nobody measured", ["Nobody measured"]),
        ("The wall held", ["The wall held", "The  wall\nheld"]),  # spaces and line ends are alike
        ("held.\n\nThe wall", ["held.\n\nThe  wall"]),  # over two paragraphs
        ("all hel", ["all hel", "all\nhel"]),  # from the middle of a word
        ("  they said.  ", ["they said."]),
        ("the wall held", []),  # letters count
        ("", []),
        (" \n ", []),
    ],
)
def test_words_are_found_whatever_parts_them(quote: str, stand: list[str]):
    assert [TEXT[start:end] for start, end in places(quote, Squeezed.of(TEXT))] == stand


def test_the_place_nearest_to_the_old_one_is_the_passages():
    first, second = places("The wall held", SQUEEZED)
    assert place("The wall held", 0, SQUEEZED) == first
    assert place("The wall held", 17, SQUEEZED) == second
    assert place("The wall fell", 0, SQUEEZED) is None


def test_the_nearest_place_is_found_however_often_the_words_stand():
    text = Squeezed.of("\n\n".join(f"{n}. The  tide rose." for n in range(3 * MOST)))
    every = [text.span(match.start(), len("The tide")) for match in re.finditer("The tide", text.squeezed)]
    assert [place("The tide", start, text) for start, _ in every] == every
    assert [place("The tide", start + 4, text) for start, _ in every] == every  # between two words
    assert place("The tide", 10**9, text) == every[-1]
    assert place("The tide", -1, text) == every[0]


def test_a_passage_is_found_again_behind_words_that_are_new():
    assert place("Nobody measured it", TEXT.index("Nobody"), Squeezed.of("Updated.\n\n" + TEXT)) is not None


def test_paragraphs_are_counted_as_the_page_shows_them():
    assert [paragraph(TEXT.index(word), TEXT) for word in ("wall", "again", "Nobody")] == [1, 2, 3]


def test_words_that_repeat_without_end_take_no_time():
    text = Squeezed.of("a " * 20_000)
    assert len(places("a", text)) == MOST
    assert place("a", 39_998, text) == (39_998, 39_999)
    assert calls(lambda: places("a", text)) < 2_000  # as many as fifty places need
    assert calls(lambda: place("a", 39_998, text)) < 20 * 20_000
    with no_stall():
        assert len(places("a " * 900 + "b", Squeezed.of("a " * 60_000))) == 0


def test_lists_write_the_paragraph_the_words_and_the_note():
    quoted = [
        Quoted("The  wall\nheld", 2, "who says?"),
        Quoted("gone", None, ""),
        Quoted("", None, "a note"),
        Quoted("", None, ""),
    ]
    assert lines(quoted) == ["¶ 2 “The wall held”: who says?", "“gone”", "a note"]


def test_cells_are_found_with_and_without_the_strokes_between_them():
    text = "Town | Cost\nWick | 18.4"
    squeezed = Squeezed.of(text)
    for quote in ("Cost\nWick\t18.4", "Cost Wick | 18.4", "| Cost\nWick | 18.4"):
        found = place(quote, 0, squeezed)
        assert found
        assert text[slice(*found)] == "Cost\nWick | 18.4"
    assert place("|", 0, squeezed) is None


def test_items_are_found_though_a_browser_copied_their_markers():
    text = "first\nsecond - or so\n\n3. third"
    for quote in ("  1. first\n  2. second", "\u2022 first\n\u2022 second", "first\nsecond"):
        assert places(quote, Squeezed.of(text)) == [(0, 12)]
    assert places("3. third", Squeezed.of(text)) == [(22, 30)]
