"""The numbers and words of a text, whichever pattern finds them."""

import pytest

from crawler.dates import named


@pytest.mark.parametrize(
    "text", ["● 6 mai, ¿2025? 71°F → ★ 5 €", "«3» ± März ×2÷ \ufeff", "½ kg, 2º² an ªb 4µ", "12 มี.ค. ❶ ⓐ \u20dd"]
)
def test_signs_that_are_no_letters_change_no_words(text: str) -> None:
    assert named.tokens_of(text) == named._TOKEN.findall(text)


def test_signs_are_no_letters_digits_or_marks() -> None:
    beyond = [chr(code) for code in range(0xA0, 0x3000) if not named._BEYOND.match(chr(code))]
    symbols = [character for character in beyond if not named._LATIN_TOKEN.match(character)]
    assert len(symbols) > 1_000
    assert [hex(ord(each)) for each in symbols if named._TOKEN.findall(f"a{each}b") != ["a", "b"]] == []
