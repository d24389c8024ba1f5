"""Dates of the Hebrew calendar, in letters and digits, and which of them are none."""

from datetime import UTC, date, datetime

import pytest

from crawler.dates.calendars import has_number
from crawler.dates.hebrew import of_hebrew
from crawler.dates.printed import parse_date

TODAY = datetime(2026, 6, 1, tzinfo=UTC)
TISHRI, KISLEV, ADAR, NISAN = 0, 2, 5, 7


def read(text: str) -> date | None:
    moment = parse_date(text, today=TODAY)
    return moment.at.date() if moment else None


def test_the_year_begins_on_the_days_that_almanacs_name() -> None:
    for year, day in ((5784, "2023-09-16"), (5785, "2024-10-03"), (5786, "2025-09-23"), (5787, "2026-09-12")):
        assert str(of_hebrew(year, TISHRI, 1)) == day


def test_each_day_of_nineteen_years_is_one_day_of_ours() -> None:
    days = {
        found
        for year in range(5770, 5789)
        for month in range(13)
        for day in range(1, 31)
        for adar in (1, 2)
        if (found := of_hebrew(year, month, day, adar=adar))
    }
    assert len(days) == (max(days) - min(days)).days + 1


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("י״ז באייר תשפ״ו", "2026-05-04"),
        ('יום שני, י"ז אייר ה\'תשפ"ו', "2026-05-04"),
        ("ט״ו בשבט תש״ף", "2020-02-10"),
        ("ט׳ באדר ב׳ תשפ״ד", "2024-03-19"),
        ("17 באייר 5786", "2026-05-04"),
        ("17 Iyar 5786", "2026-05-04"),
        ("Monday, Kislev 25, 5786", "2025-12-15"),
        ("3 במאי 2026, י״ז באייר תשפ״ו", "2026-05-03"),  # ours where both are there: days begin in the evening
    ],
)
def test_a_hebrew_date_is_read_in_letters_and_digits(written: str, day: str) -> None:
    assert str(read(written)) == day
    assert has_number(written)


def test_adar_of_a_leap_year_needs_to_say_which() -> None:
    assert of_hebrew(5784, ADAR, 9) is None
    assert str(of_hebrew(5784, ADAR, 9, adar=1)) == "2024-02-18"
    assert str(of_hebrew(5786, ADAR, 14)) == "2026-03-03"


def test_words_and_days_that_are_none_are_no_date() -> None:
    assert of_hebrew(5786, KISLEV, 31) is None
    assert of_hebrew(5200, NISAN, 1) is None
    for text in ("נ״ב של תש״ח", "הוא נולד בירושלים בשנת תש״ח", "17 Iyar", "call 5786 for Nisan", "Kislev 5786"):
        assert read(text) is None


@pytest.mark.parametrize("text", ["12 av 5400 personer", "Bara 12 av 5786 svarade", "5 av 5700 drept, 14:05"])
def test_the_word_of_in_the_north_is_no_month(text: str) -> None:
    assert read(text) is None
    assert str(read("12 Av 5786")) == "2026-07-26"


@pytest.mark.parametrize("before", ["", "Große Straße: ", "İİ ŞİŞLİ "])
def test_the_time_behind_a_date_is_whole_whatever_letters_stand_before_it(before: str) -> None:
    moment = parse_date(before + "17 NISAN 5786 14:05", today=TODAY)
    assert moment is not None
    assert str(moment.at) == "2026-04-04 14:05:00"
