"""Numbers and dates in the language of the page."""

from datetime import UTC, date, datetime

import pytest

from web.languages import formats
from web.languages.choice import LANGUAGES, speaking

WHEN = datetime(2026, 1, 12, 8, 30, tzinfo=UTC)


def said(code: str) -> list[str]:
    with speaking(LANGUAGES[code]):
        return [
            formats.number(48211),
            formats.decimal(3.5, 1),
            formats.percent(0.41),
            formats.percent(0.004),
            formats.size(84_400),
            formats.size(3_400_000),
            formats.day(WHEN),
            formats.day_of_year(WHEN),
            formats.month(2026, 1),
            formats.full_day(WHEN),
            formats.minute(WHEN),
            formats.listed(["A", "B", "C"]),
        ]


# What CLDR 47 says; no-break spaces are shown as "_".
SHOWN = {
    "en": (
        "48,211|3.5|41 %|0.4 %|84 kB|3.4 MB|12 Jan 2026|"
        "12 Jan|Jan 2026|Monday 12 January 2026|12 Jan 2026, 08:30|A, B and C"
    ),
    "de": (
        "48.211|3,5|41_%|0,4_%|84 kB|3,4 MB|12. Jan. 2026|"
        "12. Jan.|Jan. 2026|Montag, 12. Januar 2026|12. Jan. 2026, 08:30|A, B und C"
    ),
    "fr": (
        "48_211|3,5|41_%|0,4_%|84_ko|3,4_Mo|12 janv. 2026|"
        "12 janv.|janv. 2026|lundi 12 janvier 2026|12 janv. 2026, 08:30|A, B et C"
    ),
    "es": (
        "48.211|3,5|41_%|0,4_%|84 kB|3,4 MB|12 ene 2026|"
        "12 ene|ene 2026|lunes, 12 de enero de 2026|12 ene 2026, 08:30|A, B y C"
    ),
    "ar": (
        "48,211|3.5|41%|0.4%|84 كيلوبايت|3.4 م.ب|12 يناير 2026|"
        "12 يناير|يناير 2026|الاثنين، 12 يناير 2026|12 يناير 2026، 08:30|A وB وC"
    ),
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_writes_numbers_and_dates_by_its_own_rules(code: str):
    plain = [each.replace("\u200e", "").replace("\u202f", "_").replace("\xa0", "_") for each in said(code)]
    assert plain == SHOWN[code].split("|")


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_year_before_1000_and_the_last_day_there_is_are_written(code: str):
    with speaking(LANGUAGES[code]):
        assert formats.day(date(997, 3, 1)).endswith("997")
        assert "9999" in formats.full_day(date(9999, 12, 31))


@pytest.mark.parametrize("code", LANGUAGES)
def test_lists_of_none_and_of_one_have_no_conjunction(code: str):
    with speaking(LANGUAGES[code]):
        assert (formats.listed([]), formats.listed(["A"])) == ("", "A")


def test_the_value_of_a_text_is_written_as_its_place_asks():
    with speaking(LANGUAGES["de"]):
        assert [formats.value(1234, ","), formats.value(1234, ""), formats.value(2.54, ".1f")] == [
            "1.234",
            "1234",
            "2,5",
        ]


def test_a_period_of_a_search_is_a_text_in_other_languages_and_stays_as_it_is_in_english():
    assert formats.period("2026-Q1") == "2026-Q1"
    with speaking(LANGUAGES["de"]):
        assert [formats.period(each) for each in ("2026-Q1", "2026-03", "2026-03-09", "2026", "2020s", "2026-13")] == [
            "Q1 2026", "März 2026", "9. März 2026", "2026", "2020er", "2026-13",
        ]  # fmt: skip


def test_dates_and_shares_of_a_message_are_written_as_the_language_does_whatever_their_place_says():
    moment = datetime(2026, 3, 1, 8, 5, tzinfo=UTC)
    values = ((moment, "%d %b %Y"), (moment, "%d %b %Y %H:%M"), (0.25, ".0%"), (1234.5, ",.1f"), (0.5, "g"))
    assert [formats.value(*each) for each in values] == ["01 Mar 2026", "01 Mar 2026 08:05", "25%", "1,234.5", "0.5"]
    with speaking(LANGUAGES["es"]):
        assert [formats.value(*each) for each in values][:2] == ["1 mar 2026", "1 mar 2026, 08:05"]
        assert [formats.value(*each) for each in values][2:] == ["25\xa0%", "1.234,5", "0,5"]


def test_a_rounded_number_is_grouped_where_its_place_asks_for_that_alone():
    with speaking(LANGUAGES["de"]):
        assert [formats.value(1234.5, spec) for spec in (".1f", ",.1f", ".0f")] == ["1234,5", "1.234,5", "1234"]


def test_a_number_has_the_digits_that_it_has_with_the_point_of_the_language():
    given = (3.0, 0.001, 12.25, 2_000, 1e-9, 1e12)
    assert [formats.exact(each) for each in given] == ["3", "0.001", "12.25", "2000", "1e-09", "1e+12"]
    with speaking(LANGUAGES["fr"]):
        assert [formats.exact(each) for each in given] == ["3", "0,001", "12,25", "2000", "1e-09", "1e+12"]


def test_a_number_longer_than_a_float_keeps_its_digits():
    assert formats.number(12_345_678_901_234_567) == "12,345,678,901,234,567"


def test_a_word_that_somebody_typed_stands_alone_in_a_sentence_from_right_to_left():
    assert formats.value("-24h", "") == "-24h"
    with speaking(LANGUAGES["de"]):
        assert formats.value("-24h", "") == "-24h"
    with speaking(LANGUAGES["ar"]):
        assert formats.value("-24h", "") == "\u2068-24h\u2069"
        assert [formats.value(each, "") for each in ("", "23 نوفمبر", "02:30")] == ["", "23 نوفمبر", "02:30"]
