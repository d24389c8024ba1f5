"""A list written as one text: its parts, and nothing of what is no list."""

import pytest

from crawler.bylines.listed import MAX_CHARS, listed
from tests.stalling import no_stall


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("['Maren Oake', 'Tilo Brand']", ["Maren Oake", "Tilo Brand"]),
        ('["Maren Oake","Tilo Brand"]', ["Maren Oake", "Tilo Brand"]),
        ("[u'Maren Oake']", ["Maren Oake"]),
        ("('Maren Oake', 'Tilo Brand')", ["Maren Oake", "Tilo Brand"]),
        ('["Sinéad O\'Dowd", "Tilo Brand"]', ["Sinéad O'Dowd", "Tilo Brand"]),
        ("['Sinéad O'Dowd', 'Tilo Brand']", ["Sinéad O'Dowd", "Tilo Brand"]),
        ("['Maren Oake', 'Tilo Brand', 'Ina", ["Maren Oake", "Tilo Brand"]),
        ('["Maren Oake", null, 7, ""]', ["Maren Oake"]),
        ("[]", []),
    ],
)
def test_a_list_written_as_text_gives_its_parts(text, parts):
    assert listed(text) == parts


@pytest.mark.parametrize("text", ["", "Maren Oake", "[Maren Oake]", "(Maren Oake)", "Maren 'Mo' Oake", "{'a': 'b'}"])
def test_what_is_no_list_is_left_to_whoever_reads_names(text):
    assert listed(text) is None


def test_a_list_beyond_the_limit_is_not_read():
    assert listed("['" + "a" * MAX_CHARS + "']") is None


@pytest.mark.parametrize(
    "text",
    ["['" + "'a" * 490_000, "['" + "\\'" * 490_000, "[" * 900_000, "['" + "\\" * 900_000, "[\"'" + "('" * 400_000],
)
def test_no_list_takes_long(monkeypatch, text):
    monkeypatch.setattr("crawler.bylines.listed.MAX_CHARS", 1_000_000)  # a hundred times, to tell its square from it
    with no_stall():
        listed(text)
