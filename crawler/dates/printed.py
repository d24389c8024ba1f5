"""A written date -> the moment it means, as precise as the text and no more.

Reads ISO forms, numbers ("03/04/2024"), months by name, Chinese, Japanese and Korean dates, Thai, Japanese-era,
Taiwanese, Persian, Hebrew and Ethiopian years, Unix times, and spans ("2 hours ago"). Several dates in one text: the
first. Nothing is ever filled in from today's date.
"""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from corpus.model import Precision
from crawler.dates.calendars import (
    HIJRI_YEARS,
    JALALI_YEARS,
    era_date,
    gregorian_year,
    has_digit,
    in_our_digits,
    of_jalali,
    republican_date,
)
from crawler.dates.clock import Moment, at_time, day_moment, with_time
from crawler.dates.ethiopian import ethiopian_date, may_be_ethiopian
from crawler.dates.hebrew import hebrew_date
from crawler.dates.months import MONTHS
from crawler.dates.named import full_year, read_named, stands_apart
from crawler.dates.spans import read_span
from crawler.dates.zones import zone_of

MAX_TEXT = 300  # characters; a date stands near the start of the text
# Each begins with a digit as `in_our_digits` writes it, and looks back after it: so `re` passes over all other
# characters in a third of the time.
_ISO = re.compile(
    r"([0-9](?<!\d\d)\d{3})-(\d{1,2})(?:-(\d{1,2}))?(?!\d)"
    r"(?:\s*[Tt ]?\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([Zz](?![A-Za-z]))?|[Tt](\d{2})([Zz]|(?=[+-]\d)))?"
)
_COMPACT = re.compile(r"([12](?<!\d\d)\d{3})([01]\d)([0-3]\d)(?:[Tt ]?([0-2]\d)([0-5]\d)([0-5]\d)?)?(?!\d)")
_ORDINAL = re.compile(r"([12]\d{3})-(\d{3})")
_WEEK_DAY = re.compile(r"([12]\d{3})-?[Ww](\d{2})-?([1-7])")
_MOST_COUNTED = len("2024-W19-1")
_UNIX = re.compile(r"\s*(\d{10})(?:\d{3}|\d{6}|\d{9})?(?:\.\d+)?\s*")
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2})\s*[日號号일])?")
_MONGOLIAN = re.compile(r"(\d{4})\s*оны?\s*(\d{1,2})[\s-]*(?:р|дугаар|дүгээр)?\s*сарын\s*(\d{1,2})")
# 3.XI.2026, 3 XI 2026: the month in capitals, the same mark before and after it.
_ROMAN = re.compile(r"([0-9](?<!\d\d)\d?)(\.?\s|[./-])(I{1,3}|I?[VX]|VI{1,3}|XI{1,2})\2([12]\d{3})(?!\d)")
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_CLOCK_FIRST = re.compile(  # Tue Jun 29 15:07:41 CEST 2016, as programs print it
    r"\b([A-Za-z]{3,9})\.?\s+(\d{1,2})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*((?:[A-Z]{1,5}|(?:GMT|UTC)?[+-]\d{2}:?\d{2})\s+)?(\d{4})\b"
)
_YEAR_FIRST = re.compile(r"([0-9](?<![\d.]\d)\d{3})\s?([/.])\s?(\d{1,2})(?:\s?\2\s?(\d{1,2}))?\.?(?!\d)")
_NUMBERS = re.compile(r"([0-9](?<![\d./-]\d)\d?)\s?([/.\-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d/]|\.\d|-\d)")
# 3/4 2026, 3/4-26, as Danes, Norwegians and Swedes write
_YEAR_APART = re.compile(r"(\d(?<![\d./-]\d)\d?)/(\d{1,2})(?:\s|\s?[–-]\s?)(\d{4}|(?<=[–-])\d{2})(?![\d/]|[.–-]\d)")
_WITH_HABITS = frozenset({"am", "da", "nb", "nn", "no", "sv", "zh"})
_MONTH_YEAR = re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{4})")
_YEAR = re.compile(r"\d{4}")


def parse_date(
    text: str,
    *,
    today: datetime | None,
    day_first: bool | None = None,
    bare: bool = False,
    language: str | None = None,
) -> Moment | None:
    """Read the first date of a text, such as "3 March 2024, 14:05 CET".

    Args:
        text: The printed date, markup removed; only its first 300 characters are read.
        today: When the page was fetched; aware. "2 hours ago" counts back from it; None: spans are not read.
        day_first: How this page writes 3/4/2024; None: unknown, and such a date is doubtful.
        bare: The text is meant as a date and nothing else, so that "2024" is a year and "06/2024" a month.
        language: Of the page, such as `zh`, whose habits are read: years of the Republic without their era, 3/4 2026.

    Returns:
        The moment, or None when no date we can read is in the text.
    """
    text = in_our_digits(" ".join(text[:MAX_TEXT].split()))
    if len(text) < 4:
        return None
    found = (
        (_of_language(text, today, language) if language in _WITH_HABITS else None)
        or _numbered_date(text, day_first)
        or (_bare(text) if bare else None)
        if has_digit(text)
        else None
    )
    if found and not found.doubtful and language != "am" and may_be_ethiopian(text, today):
        found = replace(found, doubtful=True)
    return found or (read_span(text, today) if today else None)


def _numbered_date(text: str, day_first: bool | None) -> Moment | None:
    """Read a date of a text that has a digit, in the first form that it has the marks of."""
    clock, dash, mark = ":" in text, "-" in text, "/" in text or "." in text
    return (
        _unix(text)
        or (_iso(text) if dash else None)
        or _eastern(text)
        or (_clock_first(text) if clock else None)
        or _of_days(text, ethiopian_date(text))
        or read_named(text)
        or _of_days(text, hebrew_date(text))
        or _roman(text)
        or (_year_first(text) if mark else None)
        or (_numbers(text, day_first) if mark or dash else None)
        or _compact(text)
        or _counted(text)
    )


# ---------------------------------------------------------------- forms of one language


def _of_language(text: str, today: datetime | None, language: str | None) -> Moment | None:
    """Read a date in a form that means something else, or nothing, in other languages."""
    if language == "am":
        return _of_days(text, ethiopian_date(text, shared=True)) if may_be_ethiopian(text, today) else None
    return _of_days(text, republican_date(text, today)) if language == "zh" else _year_apart(text)


def _year_apart(text: str) -> Moment | None:
    """Read 3/4 2026; not "nr 3/4 2026", an issue with two numbers, which stand after a word and follow each other."""
    match = _YEAR_APART.search(text) if "/" in text else None
    if match is None:
        return None
    day, month = int(match[1]), int(match[2])
    if month == day + 1 and text[: match.start()].rstrip(" .")[-1:].isalpha():
        return None
    moment = day_moment(full_year(match[3]), month, day)
    return with_time(moment, text[match.end() :]) if moment else None


# ---------------------------------------------------------------- one form each


def _unix(text: str) -> Moment | None:
    match = _UNIX.fullmatch(text)
    if not match:
        return None
    return Moment(datetime.fromtimestamp(int(match[1]), UTC).replace(tzinfo=None), Precision.MINUTE, timedelta())


def _iso(text: str) -> Moment | None:
    match = _ISO.search(text)
    if not match:
        return None
    year, month, day, hour, minute, second, utc, hour_alone, utc_alone = match.groups()
    moment = _numbered(int(year), int(month), int(day) if day else None)
    if moment is None or not day:
        return moment
    if hour is None and hour_alone is None:
        return with_time(moment, text[match.end() :])
    timed = at_time(moment, int(hour or hour_alone), int(minute or 0), int(second or 0))
    if timed.precision is not Precision.MINUTE:
        return moment
    offset = timedelta() if utc or utc_alone else None
    after = text[match.end() :]
    half = re.match(r"\s*([ap])\.?m\b", after, re.I)
    if half and timed.at.hour < 13:
        return with_time(moment, text[match.start(4) :])
    if offset is None:
        offset = zone_of(after, timed.at)
    elif after.startswith("["):  # "Z[Europe/Berlin]": the place's own clock
        return _in_zone(timed, after)
    return Moment(timed.at, timed.precision, offset, timed.doubtful)


def _in_zone(moment: Moment, after: str) -> Moment:
    there = zone_of(after, moment.at)
    if there is None:
        return Moment(moment.at, moment.precision, timedelta(), moment.doubtful)
    return Moment(moment.at + there, moment.precision, there, moment.doubtful)


def _eastern(text: str) -> Moment | None:
    """Read dates whose parts are named by characters: 2024年5月6日, 2024년 5월 6일, 令和6年5月6日."""
    era = era_date(text)
    if era:
        year, month, day, end = era
    elif not text.isascii() and (match := _eastern_match(text)):
        year, month, day, end = int(match[1]), int(match[2]), int(match[3]) if match[3] else None, match.end()
        year = gregorian_year(year)
    else:
        return None
    moment = day_moment(year, month, day)
    return with_time(moment, text[end:]) if moment else None


def _eastern_match(text: str) -> re.Match[str] | None:
    found = _CJK.search(text) if "年" in text or "년" in text else None
    return found or (_MONGOLIAN.search(text) if "сарын" in text else None)


def _of_days(text: str, found: tuple[date, int] | None) -> Moment | None:
    """Read the time after a day of another calendar."""
    moment = day_moment(found[0].year, found[0].month, found[0].day) if found else None
    return with_time(moment, text[found[1] :]) if found and moment else None


def _roman(text: str) -> Moment | None:
    match = _ROMAN.search(text) if "I" in text or "V" in text or "X" in text else None
    if match and match[2].isspace() and not stands_apart(text, match.start(), match.end()):
        return None  # "Route 5 V 2020"
    moment = day_moment(int(match[4]), _ROMANS.index(match[3]) + 1, int(match[1])) if match else None
    return with_time(moment, text[match.end() :]) if match and moment else None


def _clock_first(text: str) -> Moment | None:
    match = _CLOCK_FIRST.search(text)
    month = MONTHS.get(match[1].casefold()) if match else None
    moment = day_moment(int(match[7]), month, int(match[2])) if match and month else None
    if not match or moment is None:
        return None
    timed = at_time(moment, int(match[3]), int(match[4]), int(match[5] or 0))
    return Moment(timed.at, timed.precision, zone_of(match[6] or "", timed.at))


def _year_first(text: str) -> Moment | None:
    found = _YEAR_FIRST.finditer(text)
    return next(filter(None, (_with_year_first(text, match) for match in found)), None)


def _with_year_first(text: str, match: re.Match[str]) -> Moment | None:
    if match[2] == "." and not match[4]:
        return None
    moment = _numbered(int(match[1]), int(match[3]), int(match[4]) if match[4] else None)
    return with_time(moment, text[match.end() :]) if moment else None


def _numbered(year: int, month: int, day: int | None) -> Moment | None:
    """Return a date whose year stands first, in the calendar that the year belongs to."""
    if year in HIJRI_YEARS:
        return None
    if year in JALALI_YEARS:
        found = of_jalali(year, month, day) if day else None
        return day_moment(found.year, found.month, found.day) if found else None
    return day_moment(gregorian_year(year), month, day)


def _numbers(text: str, day_first: bool | None) -> Moment | None:
    """Read the first date in numbers that is one: a lunar Hijri date may stand before ours."""
    return next(filter(None, (_number(text, match, day_first) for match in _NUMBERS.finditer(text))), None)


def _number(text: str, match: re.Match[str], day_first: bool | None) -> Moment | None:
    first, separator, second = int(match[1]), match[2], int(match[3])
    year = full_year(match[4])
    doubtful = False
    if first > 12 or second > 12 or first == second:
        day, month = (first, second) if first > 12 or first == second else (second, first)
    elif separator == "." or 2400 < year < 2700:  # nobody writes the month first with full stops
        day, month = first, second
    else:
        doubtful = day_first is None
        day, month = (first, second) if day_first else (second, first)
    moment = day_moment(gregorian_year(year), month, day)
    if moment is None:
        return None
    doubted = Moment(moment.at, moment.precision, None, doubtful)
    return with_time(doubted, text[match.end() :], before=text[: match.start()])


def _compact(text: str) -> Moment | None:
    match = _COMPACT.search(text)
    moment = day_moment(int(match[1]), int(match[2]), int(match[3])) if match else None
    if not match or moment is None or not match[4]:
        return moment
    timed = at_time(moment, int(match[4]), int(match[5]), int(match[6] or 0))
    return Moment(timed.at, timed.precision, zone_of(text[match.end() :], timed.at))


def _counted(text: str) -> Moment | None:
    """Read the day by its number in the year (2024-127) or in the week (2024-W19-1)."""
    if len(text) > _MOST_COUNTED:
        return None
    week, ordinal = _WEEK_DAY.fullmatch(text), _ORDINAL.fullmatch(text)
    try:
        if week:
            found = datetime.fromisocalendar(int(week[1]), int(week[2]), int(week[3]))
        elif ordinal and 1 <= int(ordinal[2]) <= 365:
            found = datetime(int(ordinal[1]), 1, 1) + timedelta(days=int(ordinal[2]) - 1)  # noqa: DTZ001
        else:
            return None
    except ValueError:
        return None
    return Moment(found, Precision.DAY)


def _bare(text: str) -> Moment | None:
    """Read a text that is nothing but a year, or a month and a year in numbers."""
    month = _MONTH_YEAR.fullmatch(text)
    if month:
        return day_moment(gregorian_year(int(month[2])), int(month[1]), None)
    if not _YEAR.fullmatch(text):
        return None
    moment = day_moment(gregorian_year(int(text)), 1, None) if text.isdigit() else None
    return Moment(moment.at, Precision.YEAR) if moment else None
