"""Other calendars: known days of them are the right days of ours."""

from datetime import UTC, date, datetime

import pytest

from crawler.dates.calendars import era_date, gregorian_year, has_digit, in_our_digits, of_jalali
from crawler.dates.ethiopian import ethiopian_date
from crawler.dates.printed import parse_date

# The first day of a Persian year, as the almanacs give it.
NEW_YEARS = {
    1300: date(1921, 3, 21), 1354: date(1975, 3, 21), 1375: date(1996, 3, 20), 1379: date(2000, 3, 20),
    1391: date(2012, 3, 20), 1399: date(2020, 3, 20), 1400: date(2021, 3, 21), 1404: date(2025, 3, 21),
    1408: date(2029, 3, 20),
}  # fmt: skip


@pytest.mark.parametrize(("year", "day"), NEW_YEARS.items())
def test_a_persian_year_begins_on_the_day_of_the_almanac(year, day):
    assert of_jalali(year, 1, 1) == day


def test_a_leap_day_is_a_day_only_in_a_leap_year():
    assert of_jalali(1403, 12, 30) == date(2025, 3, 20)
    assert of_jalali(1402, 12, 30) is None
    assert of_jalali(1403, 7, 31) is None


def test_a_year_that_may_be_lunar_is_not_reckoned():
    assert of_jalali(1445, 10, 27) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("令和6年5月6日", (2024, 5, 6)),
        ("令和元年5月1日", (2019, 5, 1)),
        ("平成31年4月30日", (2019, 4, 30)),
        ("昭和20年8月", (1945, 8, None)),
        ("民國113年5月6日", (2024, 5, 6)),
        ("H30.3.1", (2018, 3, 1)),
    ],
)
def test_a_year_of_an_era_counts_from_its_first(written, meant):
    found = era_date(written)
    assert found is not None and found[:3] == meant


def test_a_letter_of_an_era_stands_alone_or_is_none():
    assert era_date("version R6.5.6 of the rules") is None


def test_a_thai_year_is_counted_from_the_buddha():
    assert gregorian_year(2567) == 2024
    assert gregorian_year(2024) == 2024


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("令和六年五月六日", "令和6年5月6日"),
        ("平成三十一年四月三十日", "平成31年4月30日"),
        ("๖ พ.ค. ๖๗", "6 พฤษภาคม 2567"),
        ("二〇二四年十二月二十一日", "2024年12月21日"),
        ("٦ مايو ٢٠٢٤", "6 مايو 2024"),
        ("\u200e6/5/2024\u200f", "6/5/2024"),
    ],
)
def test_digits_and_months_of_other_scripts_are_spelled_out(written, plain):
    assert " ".join(in_our_digits(written).split()) == plain


# New Year's days of Ethiopia, of which each fourth falls on 12 September, and other known days.
@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("መስከረም 1 ቀን 2000 ዓ.ም", date(2007, 9, 12)),
        ("መስከረም 1 ቀን 2017 ዓ.ም.", date(2024, 9, 11)),
        ("መስከረም 1፣ 2019 ዓ/ም", date(2026, 9, 11)),
        ("29 ታኅሣሥ 2016 ዓ.ም", date(2024, 1, 8)),
        ("ጳጉሜን 6 ቀን 2015 ዓ.ም", date(2023, 9, 11)),
        ("ጳጉሜን 6 ቀን 2016 ዓ.ም", None),
        ("መስከረም 31 ቀን 2016 ዓ.ም", None),
        ("መስከረም 1 ቀን 2016", None),
        ("መስከረም 1 ቀን 9990 ዓ.ም", date(9997, 11, 10)),
        ("መስከረም 1 ቀን 9991 ዓ.ም", None),
        ("መስከረም 1 ቀን 9999 ዓ.ም", None),
        ("እ.ኤ.አ መስከረም 1 ቀን 2016 ዓ.ም", None),
    ],
)
def test_an_ethiopian_date_is_read_where_its_era_is_named(written, meant):
    found = ethiopian_date(written)
    assert (found[0] if found else None) == meant


def test_what_stands_before_the_parts_of_a_date_in_khmer_lao_and_thai_is_no_part_of_them() -> None:
    for text in ("ថ្ងៃទី៥ ខែមីនា ឆ្នាំ២០២៦", "ວັນທີ 5 ເດືອນມີນາ ປີ 2026", "วันที่5 เดือนมีนาคม พ.ศ. 2569"):
        found = parse_date(text, today=None)
        assert found is not None and found.at.date() == date(2026, 3, 5), text
    joined = parse_date("2026 අප්\u200dරේල් 15", today=None)  # a month with a joiner in it
    assert joined is not None and joined.at.date() == date(2026, 4, 15)


def test_the_digits_of_every_script_are_digits_and_nothing_else_is():
    characters = [chr(code) for code in (*range(0x3400), *range(0xA000, 0xAC00), *range(0xD7A4, 0x1FBFF))]
    assert [c for c in characters if has_digit(f"é{c}") != c.isdigit()] == []


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("令和8年(2026年)5月4日", (2026, 5, 4)),
        ("2026年（令和8年）5月4日", (2026, 5, 4)),
        ("中華民國一一五年五月四日", (2026, 5, 4)),
        ("中華民國一百一十五年五月四日", (2026, 5, 4)),
        ("令和八年五月四日", (2026, 5, 4)),
        ("۱۴ ثور ۱۴۰۵", (2026, 5, 4)),  # as Afghan papers call the months
        ("4 May B.E. 2569", (2026, 5, 4)),
    ],
)
def test_years_of_eras_are_read_beside_ours_in_words_and_by_other_names(
    written: str, day: tuple[int, int, int]
) -> None:
    moment = parse_date(written, today=None)
    assert moment is not None and (moment.at.year, moment.at.month, moment.at.day) == day


@pytest.mark.parametrize(
    ("written", "language", "day"),
    [
        ("發布日期：115/05/04 10:20", "zh", "2026-05-04"),
        ("115年5月4日", "zh", "2026-05-04"),
        ("115.05.04", "zh", "2026-05-04"),
        ("119/05/04", "zh", None),  # still to come
        ("192.115.05.04", "zh", None),
        ("115/05/04", "ja", None),
        ("115/05/04", None, None),
    ],
)
def test_a_year_of_the_republic_needs_no_era_in_chinese(written: str, language: str | None, day: str | None) -> None:
    moment = parse_date(written, today=datetime(2026, 11, 1, tzinfo=UTC), language=language)
    assert (str(moment.at.date()) if moment else None) == day


@pytest.mark.parametrize("written", ["17/11/1447هـ الموافق 14/05/2026م", "1447/11/17 - 2026/05/14"])
def test_our_date_is_read_behind_a_lunar_one(written: str) -> None:
    moment = parse_date(written, today=None)
    assert moment is not None and moment.at.date() == date(2026, 5, 14)


@pytest.mark.parametrize("written", ["17/11/1447", "1447/11/17", "1447-11-17 هـ"])
def test_a_lunar_date_alone_is_no_date(written: str) -> None:
    assert parse_date(written, today=None) is None


@pytest.mark.parametrize(
    ("written", "language", "day"),
    [
        ("3/4 2026", "sv", "2026-04-03"),
        ("Publicerad 5/11 2025 kl 10:20", "sv", "2025-11-05"),
        ("5/11-25", "da", "2025-11-05"),
        ("Nr 3/4 2026", "sv", None),  # an issue
        ("3/4 2026", "de", None),
    ],
)
def test_scandinavians_set_the_year_apart(written: str, language: str, day: str | None) -> None:
    moment = parse_date(written, today=None, language=language)
    assert (str(moment.at.date()) if moment else None) == day
