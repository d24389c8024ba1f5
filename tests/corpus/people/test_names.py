"""The folded key of a name is the same whichever way leads to it."""

import re
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from corpus.characters import MARKS, WORD
from corpus.people import names
from corpus.people.names import fold, unaccented

# Accents before, between and behind letters of several scripts, and what stands in names besides.
TEXTS = st.text(st.sampled_from("aZ9 _-.'’–éøßЙйΆώıœ\u0300\u0301\u0327\u0345한漢தமி்שָأُ\u00ad"), max_size=30) | st.text(
    max_size=30
)


def slowly(text):
    """Drop accents a character at a time, the whole text at once."""
    plain, base = [], ""
    for character in unicodedata.normalize("NFD", text):
        if unicodedata.combining(character):
            if base and unicodedata.name(base, "").startswith(("LATIN", "GREEK")):
                continue
        else:
            base = character
        plain.append(character)
    return unicodedata.normalize("NFC", "".join(plain)).translate(names._SPECIAL)


@given(TEXTS)
@example("a\u0301\u0327b\u0301")
@example("\u0301a")
def test_accents_are_dropped_as_if_a_text_were_read_a_character_at_a_time(text):
    assert unaccented(text) == (text if text.isascii() else slowly(text))


@given(TEXTS)
@example("a_-b")
@example("த மிழ்")
def test_a_key_is_the_same_whether_its_text_has_marks_or_not(text):
    assert names._hyphenated(text) == names._BREAK.sub("-", text).strip("-")


def test_a_key_has_one_hyphen_between_words():
    assert fold("Ana  Pérez-O’Neill, Jr.") == "ana-perez-oneill-jr"


def test_a_name_of_ascii_has_the_key_that_any_name_has() -> None:
    for written in ("Ana Perez", "O'Neil, J.", "a_-b", "__a", "None", "x..y", "", "-", "A1 b2"):
        key = names._hyphenated(unaccented(written.casefold()).replace("'", "").replace(".", " "))
        assert fold(written) == ("none-" if key == "none" else key), written


def test_the_characters_that_stand_in_words_are_those_of_the_pattern_and_the_marks() -> None:
    plain, ours = re.compile(rf"[\w{MARKS}]"), re.compile(f"[{WORD}]")
    assert [code for code in range(0x110000) if bool(plain.match(chr(code))) != bool(ours.match(chr(code)))] == []
