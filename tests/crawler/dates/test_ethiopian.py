"""Dates of the Ethiopian calendar whose era is named, and those that need no name."""

from datetime import UTC, date, datetime

import pytest

from crawler.dates.printed import parse_date

TODAY = datetime(2026, 6, 1, tzinfo=UTC)


def read(text: str) -> date | None:
    moment = parse_date(text, today=TODAY)
    return moment.at.date() if moment else None


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("ጥቅምት 26 ቀን 2018", "2025-11-05"),
        ("ጳጉሜን 5 ቀን 2017", "2025-09-10"),
        ("26 ግንቦት 2018", "2026-06-03"),
        ("26 Miyazya 2018 E.C.", "2026-05-04"),
        ("Miyazya 26, 2018 EC", "2026-05-04"),
        ("Addis – 26 MİYAZYA 2018 E.C. • 14:05", "2026-05-04"),
        ("ሚያዝያ 26 ቀን 2018 ዓ.ም", "2026-05-04"),
    ],
)
def test_a_month_that_is_ethiopias_alone_or_an_era_makes_a_date_ethiopian(written: str, day: str) -> None:
    assert str(read(written)) == day


def test_a_month_that_tigrinya_gives_to_ours_needs_its_era() -> None:
    assert str(read("26 ሚያዝያ 2018")) == "2018-04-26"


def test_a_latin_name_without_the_era_is_no_ethiopian_date() -> None:
    assert read("26 Miyazya 2018") is None
    assert read("Ter 3 2018 was a bus") is None


@pytest.mark.parametrize(
    ("written", "language", "day", "doubtful"),
    [
        ("26 ሚያዝያ 2018", "am", "2026-05-04", False),
        ("26 ሚያዝያ 2018", "ti", "2018-04-26", True),
        ("26 ሚያዝያ 2018", None, "2018-04-26", True),
        ("26 ሚያዝያ 2026", "ti", "2026-04-26", False),  # the Ethiopian day is still to come
        ("እ.ኤ.አ ሚያዝያ 26 2018", "am", "2018-04-26", False),
        ("ሕዳር 5 ቀን 2018", "am", "2025-11-14", False),
    ],
)
def test_a_month_of_two_calendars_is_read_by_the_language_or_in_doubt(
    written: str, language: str | None, day: str, doubtful: bool
) -> None:
    moment = parse_date(written, today=TODAY, language=language)
    assert moment is not None
    assert (str(moment.at.date()), moment.doubtful) == (day, doubtful)
