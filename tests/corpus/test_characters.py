"""Which texts may have Chinese, Japanese or Korean letters: all that have one, and none of Europe's."""

import re

import pytest

from corpus.characters import CJK, may_be_cjk

ALL = "".join(map(chr, range(0x40000)))  # behind these planes are no letters


def test_every_such_letter_may_be_one() -> None:
    letters = re.findall(f"[{CJK}]", ALL)
    assert len(letters) > 90_000
    assert [hex(ord(letter)) for letter in letters if not may_be_cjk(letter)] == []


@pytest.mark.parametrize("text", ["", "Ana Pérez", "Ольга Ю.", "עומר", "ผู้เขียน", "“Łódź” – €"])
def test_a_text_of_other_letters_has_none(text: str) -> None:
    assert not may_be_cjk(text)
