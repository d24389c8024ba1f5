"""What is printed is safe for a terminal: a stranger's text moves no cursor, sets no title, and hides nothing."""

import json

import pytest

from web.cli.output import clean, clean_lines, print_json

HOSTILE = (
    "\x1b]0;owned\x07 \x9b31m \x9d52;c;aGk=\x9c \u202eabc\u202c \u2066x\u2069 \u200f\u061c "
    "\U000e0041\U000e007f \u2028y\x7f"
)
UNSAFE = {*map(chr, range(32)), *map(chr, range(127, 160)), *"\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069"}


def unsafe(text: str) -> set[str]:
    return {character for character in text if character in UNSAFE or "\U000e0000" <= character <= "\U000e007f"}


@pytest.mark.parametrize("cleaned", [clean, clean_lines])
def test_nothing_that_a_terminal_acts_on_is_left(cleaned) -> None:
    assert not unsafe(cleaned(HOSTILE))
    assert "abc" in cleaned(HOSTILE)


def test_lines_are_kept_where_they_are_wanted() -> None:
    assert clean_lines("a\nb\x1b") == "a\nb "


def test_json_is_the_same_value_and_no_terminal_acts_on_it(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"headline": HOSTILE, "emoji": "\U0001f469\u200d\U0001f680", "name": "\u0646\u200c\u0645"})
    shown = capsys.readouterr().out
    assert json.loads(shown)["headline"] == HOSTILE
    assert not unsafe(shown.rstrip("\n"))


def test_writing_that_needs_joiners_keeps_them() -> None:
    assert clean("\u0646\u200c\u0645 \U0001f469\u200d\U0001f680") == "\u0646\u200c\u0645 \U0001f469\u200d\U0001f680"
