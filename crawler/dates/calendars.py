"""A year of another calendar -> the Gregorian date: Thai, Japanese eras, Taiwan's, Jalali; and other digits.

Lunar Hijri years (1420 to 1469 in our time) are not converted: the month begins when the moon is seen, and a date
that may be a day off is worse than no date.
"""

import re
import unicodedata
from datetime import date, datetime, timedelta

from corpus.characters import without_invisible
from crawler.dates import hebrew

OLDEST = 1600  # the first newspaper is of 1605
OLDEST_BY_NAME = 1700  # beside a month's name smaller numbers count things: "in June, 1657 people"
OLDEST_ONLINE = 1990  # nothing was published on the web before; a scanned archive says so itself

# The year before the first of each era. "元" is the first year.
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911, "佛曆": -543}
_ERA_LETTERS = {"r": 2018, "h": 1988, "s": 1925}

JALALI_MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "فروردین حمل farvardin", "اردیبهشت ثور ordibehesht", "خرداد جوزا khordad", "تیر سرطان tir",
            "مرداد امرداد اسد mordad",
            "شهریور سنبله shahrivar", "مهر میزان mehr", "آبان عقرب aban", "آذر قوس azar", "دی جدی dey",
            "بهمن دلو bahman", "اسفند حوت esfand",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
HIJRI_YEARS = range(1420, 1470)
JALALI_YEARS = range(1244, 1420)  # above it a year may be lunar
_LEAPS = frozenset({1, 5, 9, 13, 17, 22, 26, 30})  # of 33 Jalali years; right from 1244 to 1472
_FIRST = (1403, date(2024, 3, 20))  # a year, and the day it began

_CHINESE = {character: number for number, character in enumerate("〇一二三四五六七八九")} | {"零": 0}
_CHINESE_DATE = re.compile(
    r"(?P<year>[〇零一二三四五六七八九]{4})\s?年\s?(?P<month>[一二三四五六七八九十]{1,2})\s?月"
    r"(?:\s?(?P<day>[一二三四五六七八九十]{1,3})\s?[日號号])?"
)
_ERA_DATE = re.compile(rf"({'|'.join(ERAS)})\s?(\d{{1,4}}|元)\s?年\s?(\d{{1,2}})\s?月(?:\s?(\d{{1,2}})\s?[日號号])?")
_COUNTED = "[一二三四五六七八九十]{1,3}"
_ERA_COUNTED = re.compile(
    rf"({'|'.join(ERAS)})\s?([〇零一二三四五六七八九十百]{{1,6}})\s?年\s?({_COUNTED})\s?月\s?({_COUNTED})\s?[日號号]"
)
# A year in both calendars, one of them in brackets: ours is left.
_ERA_BESIDE = re.compile(rf"(?<=年)\s?\((?:{'|'.join(ERAS)})\s?(?:\d{{1,3}}|元)\s?年?\)")
_OURS_BESIDE = re.compile(rf"(?:{'|'.join(ERAS)})\s?(?:\d{{1,3}}|元)\s?年?\s?\(([12]\d{{3}})年?\)年?")
_REPUBLICAN = re.compile(r"(?<![\d./-])(1\d\d)(?:([./-])(\d{1,2})\2(\d{1,2})(?![./-]?\d)|年(\d{1,2})月(\d{1,2})日)")
_ERA_LETTER = re.compile(r"([RHSrhs])(\d{1,2})[./年-](\d{1,2})[./月-](\d{1,2})日?")
_THAI_SHORT = re.compile(r"(?<![ก-๛])(ม\.?ค|ก\.?พ|มี\.?ค|เม\.?ย|พ\.?ค|มิ\.?ย|ก\.?ค|ส\.?ค|ก\.?ย|ต\.?ค|พ\.?ย|ธ\.?ค)\.")
_THAI_MONTHS = {
    name: number
    for number, name in enumerate(("มค", "กพ", "มีค", "เมย", "พค", "มิย", "กค", "สค", "กย", "ตค", "พย", "ธค"), start=1)
}
_THAI_LONG = ("มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม").split()
# "The day 5, month March, year 2026": what Khmer, Lao and Thai set before the parts of a date, mostly without a blank.
_COUNTING = re.compile(r"(?:ថ្ងៃទី|ថ្ងៃ|ទី|ឆ្នាំ|ວັນທີ|ປີ|วันที่)\s?(?=\d)|(?<=[\d\s])(?:ខែ|ເດືອນ|เดือน)\s?")
_THAI_COUNT = re.compile(r"[พค]\.?\s?ศ\.\s*")  # "of the Buddhist era", "of the Christian era"
_THAI_YEAR = re.compile(rf"({'|'.join(_THAI_LONG)})\s*(\d{{2}})(?!\d|[.:]\d)")

_DIGIT = re.compile("[0-9]")
_MAY_BE_DIGIT = re.compile("[^\x00-\xb1\xb4-\xb8\xba-\u065f\u2000-\u206f]")  # every digit beyond ASCII is one of these
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")
_MAY_BE_FOREIGN = re.compile("[^\x00-\u065f\u2000-\u2bff]")  # all that is replaced below is one of these


def has_number(text: str) -> bool:
    """Whether a text has a digit of any script, or a date counted in Chinese characters or Hebrew letters."""
    return has_digit(text) or ("年" in text and _CHINESE_DATE.search(text) is not None) or hebrew.is_spelled(text)


def has_digit(text: str) -> bool:
    """Whether a text has a digit of any script."""
    if _DIGIT.search(text) is not None:
        return True
    return not text.isascii() and _MAY_BE_DIGIT.search(text) is not None and any(map(str.isdigit, text))


def in_our_digits(text: str) -> str:
    """Return a text with Western digits and punctuation, nothing invisible, and dates of other scripts spelled out.

    "๖ พ.ค. ๖๗" becomes "6 พฤษภาคม 2567", "二〇二四年五月六日" becomes "2024年5月6日", full-width forms become plain.
    """
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKC", without_invisible(text)).replace("−", "-").replace("‐", "-").replace("‑", "-")
    plain = hebrew.in_digits(plain)
    if not _MAY_BE_FOREIGN.search(plain):
        return plain
    plain = _FOREIGN_DIGIT.sub(lambda match: str(unicodedata.decimal(match[0])), plain)
    plain = _THAI_COUNT.sub("", _COUNTING.sub(" ", plain))
    plain = _CHINESE_DATE.sub(_chinese, plain)
    plain = _ERA_COUNTED.sub(
        lambda match: f"{match[1]}{_counted(match[2])}年{_tens(match[3])}月{_tens(match[4])}日", plain
    )
    if "年" in plain:
        plain = _OURS_BESIDE.sub(r"\1年", _ERA_BESIDE.sub("", plain))
    plain = _THAI_SHORT.sub(lambda match: f"{_THAI_LONG[_THAI_MONTHS[match[1].replace('.', '')] - 1]} ", plain)
    return _THAI_YEAR.sub(r"\1 25\2", plain)


def _chinese(match: re.Match[str]) -> str:
    year = "".join(str(_CHINESE[character]) for character in match["year"])
    shown = f"{year}年{_tens(match['month'])}月"
    return f"{shown}{_tens(match['day'])}日" if match["day"] else shown


def _counted(text: str) -> int:
    """Read the year of an era: 八, 二十一, 一百一十五, or digit by digit, 一一五."""
    if len(text) > 1 and not set(text) & {"十", "百"}:
        return int("".join(str(_CHINESE[character]) for character in text))
    hundreds, hundred, rest = text.rpartition("百")
    return (_CHINESE.get(hundreds, 1) * 100 if hundred else 0) + _tens(rest.lstrip("零〇"))


def _tens(text: str) -> int:
    """Read a Chinese number up to 99: 十, 二十一."""
    tens, ten, ones = text.rpartition("十")
    return (_CHINESE.get(tens, 1) * 10 if ten else 0) + (_CHINESE.get(ones, 0) if ones else 0)


def era_date(text: str) -> tuple[int, int, int | None, int] | None:
    """Return (year, month, day, where it ends) of a date such as 令和6年5月6日, 民國113年5月6日 or R6.5.6; None."""
    match = _ERA_DATE.search(text) if "年" in text else None
    if match:
        year = ERAS[match[1]] + (1 if match[2] == "元" else int(match[2]))
        return year, int(match[3]), int(match[4]) if match[4] else None, match.end()
    plain = text.strip()
    letter = _ERA_LETTER.fullmatch(plain) if plain[:1].lower() in _ERA_LETTERS else None
    if letter:
        return _ERA_LETTERS[letter[1].lower()] + int(letter[2]), int(letter[3]), int(letter[4]), len(text)
    return None


def republican_date(text: str, today: datetime | None) -> tuple[date, int] | None:
    """Return the day of 115/05/04, as Taiwan writes 4 May 2026, and where it ends; None when it is still to come."""
    match = _REPUBLICAN.search(text) if today else None
    if match is None or today is None:
        return None
    try:
        day = date(int(match[1]) + ERAS["民國"], int(match[3] or match[5]), int(match[4] or match[6]))
    except ValueError:
        return None
    return (day, match.end()) if day <= today.date() + timedelta(days=1) else None


def gregorian_year(year: int) -> int:
    """Return a written year as ours: years from 2400 on are Thai ones, counted from the Buddha."""
    return year - 543 if 2400 < year < 2700 else year


def of_jalali(year: int, month: int, day: int) -> date | None:
    """Return the day of the Persian solar calendar (1403, 2, 17) as ours; None when there is no such day."""
    longest = 31 if month <= 6 else 30 if month < 12 or _is_leap(year) else 29
    if year not in JALALI_YEARS or not 1 <= month <= 12 or not 1 <= day <= longest:
        return None
    start, first = _FIRST
    between = range(min(year, start), max(year, start))
    days = sum(366 if _is_leap(each) else 365 for each in between) * (1 if year >= start else -1)
    return first + timedelta(days=days + 31 * min(month - 1, 6) + 30 * max(month - 7, 0) + day - 1)


def _is_leap(year: int) -> bool:
    return year % 33 in _LEAPS
