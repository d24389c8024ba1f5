import random
from datetime import UTC, datetime

import pytest

from corpus.model import Article
from crawler.identity.sameness import is_beginning, is_same_story, is_version_elsewhere, tells_all


def words(seed: int) -> str:
    """Some two thousand characters that have nothing in common with those of another seed."""
    chance = random.Random(seed)
    return " ".join("".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=6)) for _ in range(300))


TEXT, OTHER = words(1), words(2)


def told(body: str, headline: str | None = "Flood") -> Article:
    return Article(
        url="https://a.example/x", source="a", headline=headline, body=body, fetched=datetime(2026, 1, 1, tzinfo=UTC)
    )


def test_equal_texts_are_told_whole_whatever_their_headlines():
    assert tells_all(told(TEXT, "One"), told(TEXT, "Two"))


def test_nothing_is_told_by_no_text():
    assert not tells_all(told(""), told(""))
    assert not tells_all(told(""), told(TEXT))
    assert not is_same_story(told("", None), told("", None))


def test_a_text_that_tells_more_tells_all_and_a_teaser_does_not():
    assert tells_all(told(TEXT + " " + OTHER), told(TEXT))
    assert not tells_all(told(TEXT[: len(TEXT) // 2]), told(TEXT))


def test_a_beginning_is_the_first_part_of_a_text_and_less_than_half_of_it():
    whole = TEXT + OTHER
    assert is_beginning(TEXT[:900], whole)
    assert not any(
        is_beginning(text, whole) for text in ("", OTHER[:900], TEXT + OTHER[:200], TEXT[:400] + OTHER[:400])
    )


def letters(count: int, start: int = 0) -> str:
    """So many letters, each another; of two texts of them, the runs of twelve in common can be counted."""
    return "".join(chr(0x3400 + start + n) for n in range(count))


def test_exactly_nine_tenths_of_a_texts_runs_are_enough_and_one_less_is_not():
    text = letters(51)  # 40 runs of twelve
    assert tells_all(told(letters(47) + letters(4, 900)), told(text))
    assert not tells_all(told(letters(46) + letters(5, 900)), told(text))


def test_exactly_three_tenths_of_the_shorter_texts_runs_make_versions_and_one_less_does_not():
    text = letters(51)
    assert is_same_story(told(letters(23) + letters(28, 900), "One"), told(text, "Two"))
    assert not is_same_story(told(letters(22) + letters(29, 900), "One"), told(text, "Two"))


def test_texts_of_forty_characters_are_compared_by_runs_and_shorter_ones_as_wholes():
    assert is_same_story(told(letters(30) + letters(10, 900), "One"), told(letters(40), "Two"))
    assert not is_same_story(told(letters(30) + letters(9, 900), "One"), told(letters(39), "Two"))
    assert is_same_story(told(letters(39), "One"), told(letters(39), "Two"))


@pytest.mark.parametrize(("share", "whole"), [(0.93, True), (0.8, False)])
def test_nine_tenths_of_a_text_are_all_of_it(share: float, whole: bool):
    assert tells_all(told(TEXT[: int(len(TEXT) * share)] + OTHER), told(TEXT)) is whole


def test_reports_of_one_template_differ_by_headline_or_number():
    assert not tells_all(told(TEXT, "Day 1"), told(TEXT + " More.", "Day 2"))
    assert not tells_all(told(TEXT + " 3 goals."), told(TEXT + " 4 goals."))


def test_versions_share_a_headline_or_much_of_their_text():
    assert is_same_story(told(TEXT, "Flood"), told(OTHER, "FLOOD"))
    assert is_same_story(told(TEXT + OTHER, "One"), told(TEXT, "Two"))
    assert not is_same_story(told(TEXT, "One"), told(OTHER, "Two"))


@pytest.mark.parametrize(("share", "kin"), [(0.4, True), (0.2, False)])
def test_three_tenths_in_common_make_two_texts_versions(share: float, kin: bool):
    mixed = TEXT[: int(len(TEXT) * share)] + OTHER[: int(len(TEXT) * (1 - share))]
    assert is_same_story(told(mixed, "One"), told(TEXT, "Two")) is kin


def test_texts_without_spaces_between_words_are_compared_too():
    text = "".join(chr(0x4E00 + n) for n in range(300))
    assert is_same_story(told(text, "一"), told(text[:200] + "完", "二"))
    assert not is_same_story(told(text, "一"), told("".join(chr(0x5E00 + n) for n in range(300)), "二"))


def test_elsewhere_a_version_tells_all_or_its_address_is_kin():
    edited = told(TEXT[: len(TEXT) // 2] + OTHER, "Flood")
    assert is_version_elsewhere(edited, told(TEXT), kin=True)
    assert not is_version_elsewhere(edited, told(TEXT), kin=False)
    assert is_version_elsewhere(told(TEXT + OTHER), told(TEXT), kin=False)
