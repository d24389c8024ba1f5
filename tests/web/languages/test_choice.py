"""The language of a page, by its address, the setting and what the browser asks for."""

import pytest

from tests.stalling import no_stall
from web.languages.choice import ENGLISH, LANGUAGES, accepted_language, choose, current, speaking, split_path


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("de", "de"),
        ("de-AT,en;q=0.5", "de"),
        ("en;q=0.4, fr;q=0.8", "fr"),
        ("AR-eg", "ar"),
        ("zh, ja;q=0.9, es;q=0.1", "es"),
        ("fr;q=0.5, es;q=0.5", "fr"),
        ("*", "en"),
        ("de;q=0", "en"),
        ("fr ; q = 1.000", "fr"),
        ("", "en"),
        ("zh", "en"),
    ],
)
def test_the_best_liked_language_is_spoken_and_english_where_none_is_ours(header: str, code: str):
    assert accepted_language(header).code == code


@pytest.mark.parametrize(
    "header", ["de;q=2", "de;q=-1", "de;q=", "de;level=1", "de fr", "de_DE", "\x00de", "deutsch", ";q=1"]
)
def test_a_wish_that_cannot_be_read_is_passed_over(header: str):
    assert accepted_language(f"{header}, es;q=0.1").code == "es"


def test_a_long_header_is_read_to_its_bound_and_in_no_time():
    with no_stall():
        assert choose(None, "auto", "zh;q=0.1," * 20_000 + "de") is ENGLISH
        assert choose(None, "auto", "de" + "-a" * 100_000) is LANGUAGES["de"]


def test_the_address_comes_before_the_setting_and_the_setting_before_the_browser():
    assert choose("ar", "de", "fr").code == "ar"
    assert choose(None, "de", "fr").code == "de"
    assert choose(None, "auto", "fr").code == "fr"
    assert choose("xx", "auto", "fr").code == "fr"


@pytest.mark.parametrize(
    ("path", "split"),
    [
        ("/de/search", ("de", "/search")),
        ("/de", ("de", "/")),
        ("/de/", ("de", "/")),
        ("/de/de/x", ("de", "/de/x")),
        ("/search", (None, "/search")),
        ("/den/search", (None, "/den/search")),
        ("//de/x", (None, "//de/x")),
        ("/", (None, "/")),
        ("", (None, "")),
    ],
)
def test_a_path_begins_with_a_language_or_it_does_not(path: str, split: tuple[str | None, str]):
    assert split_path(path) == split


def test_a_language_is_spoken_inside_its_with_and_no_longer():
    with speaking(LANGUAGES["ar"]):
        assert current().direction == "rtl"
    assert current() is ENGLISH
