import pytest

from crawler.extraction import language as languages
from crawler.extraction.language import code, detect, language_of
from tests.crawler.extraction.test_fixtures import WANTED, read


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("de-AT", "de"),
        ("pt_BR", "pt"),
        ("EN", "en"),
        ("nb-NO", "nb"),
        ("iw", "he"),
        ("x", None),
        (None, None),
        ("und", None),
    ],
)
def test_a_tag_gives_its_language(tag: str | None, language: str | None) -> None:
    assert code(tag) == language


@pytest.mark.parametrize("name", [name for name, wanted in WANTED.items() if "language" in wanted])
def test_a_text_tells_its_language_by_itself(name: str) -> None:
    assert detect(read(name).article.body)[0] == WANTED[name]["language"]


def test_a_clear_text_is_believed_before_the_theme() -> None:
    text = (
        "The council said that it would not close the bridge, because the people of the town were against it and"
        " had been for years. " * 3
    )
    assert language_of(text, declared="de") == ("en", "text; the page declares de")


def test_a_short_text_does_not_contradict_the_page() -> None:
    assert language_of("The end is here.", declared="de")[0] == "de"


def test_what_says_nothing_has_no_language() -> None:
    assert language_of("12345", declared=None) == (None, None)


def test_words_of_latin_letters_are_the_words_of_any_letters() -> None:
    for number in range(0x110000):
        character = chr(number).casefold()
        if not languages._BEYOND.search(character):
            text = f"a{character}-{character}b {character}"
            assert languages._LATIN_WORD.findall(text) == languages._WORD.findall(text), hex(number)


def test_words_are_the_same_in_ascii_and_with_the_marks_of_print() -> None:
    for text in (
        "don’t well-known a-b-c -x- y_z 4th “e-mail” 2x3 naïve",
        "a-b-c-d --e f- -g",
        "",
        "x\u00a0y\x1cz",
        "日-本 a",
    ):
        assert languages._words(text) == languages._WORD.findall(text), text
        plain = text.encode("ascii", "ignore").decode()
        assert languages._words(plain) == languages._WORD.findall(plain), plain
