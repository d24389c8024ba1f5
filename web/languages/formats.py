"""Numbers, dates and lists -> how the language of the page writes them, by the data of CLDR.

English is written as this project always wrote it ("12 Jan 2026", "41 %"), and needs no data: the functions that know
the code of a language decide between the two. Digits are Western in every language, Arabic too: dates, counts and
file_cache marks then have the same digits everywhere.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from corpus.texts import LanguageName, message
from corpus.texts.sizes import Size, measured
from web.languages.catalogues import catalogue
from web.languages.choice import ENGLISH, current
from web.languages.isolation import isolated

if TYPE_CHECKING:
    from babel import Locale

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
CACHED = 4096  # dates and numbers of the pages that are read just now; each under 200 bytes
_ENGLISH_DATES: Mapping[str, Callable[[date], str]] = {  # skeleton of CLDR -> the date in English
    "yMMMd": lambda when: f"{when.day} {MONTHS[when.month - 1]} {when.year}",
    "MMMd": lambda when: f"{when.day} {MONTHS[when.month - 1]}",
    "yMMM": lambda when: f"{MONTHS[when.month - 1]} {when.year}",
    "yQQQ": lambda when: f"{when.year}-Q{(when.month + 2) // 3}",
    "LLL": lambda when: MONTHS[when.month - 1],
    "ccc": lambda when: f"{when:%a}",
    "MMMEd": lambda when: f"{when:%a} {when.day} {MONTHS[when.month - 1]}",
    "yMMMMEEEEd": lambda when: f"{when:%A} {when.day} {when:%B} {when.year}",
}
_PERIOD = re.compile(r"(\d{4})-(?:Q([1-4])|(0[1-9]|1[0-2])(?:-(\d\d))?)")
_DECADE = re.compile(r"(\d{3}0)s")
_OF_DECADE = message("{year}s")
_ROUNDED = re.compile(r",?\.(?P<digits>\d)(?P<kind>[f%])")


@lru_cache
def _locale(code: str) -> "Locale":
    from babel import Locale  # here: a process that serves English alone does not load it

    return Locale.parse(code)


def number(value: int) -> str:
    """Group thousands: 48,211."""
    return _grouped(current().code, value)


def decimal(value: float, digits: int, *, grouped: bool = False) -> str:
    """Return a number with this many digits after the point: 3.5; `grouped`: 1,234.5."""
    return _decimal(current().code, value, digits, grouped=grouped)


def exact(value: float) -> str:
    """Return a number with the digits that it has, six at most: 3, 0.5, 0.001."""
    return decimal(value, len(f"{value:g}".partition(".")[2])) if "e" not in f"{value:g}" else f"{value:g}"


@lru_cache(CACHED)
def _grouped(code: str, value: int) -> str:
    return _decimal(code, value, 0, grouped=True)


@lru_cache(CACHED)
def _decimal(code: str, value: float, digits: int, *, grouped: bool) -> str:
    if code == ENGLISH.code:
        rounded = f".{digits}f" if digits or isinstance(value, float) else ""  # a long int keeps its digits
        return f"{value:{',' if grouped else ''}{rounded}}"
    from babel.numbers import format_decimal

    return format_decimal(value, format=_pattern(digits, grouped=grouped), locale=_locale(code))


def _pattern(digits: int, *, grouped: bool) -> str:
    return ("#,##0" if grouped else "0") + ("." + "0" * digits if digits else "")


def percent(share: float) -> str:
    """Return a share of one: 41 %, 0.4 %, 0 %."""
    return _percent(current().code, share, 0 if share >= 0.01 or share == 0 else 1)


@lru_cache(CACHED)
def _percent(code: str, share: float, digits: int) -> str:
    if code == ENGLISH.code:
        return f"{share * 100:.{digits}f} %"
    from babel.numbers import NumberPattern, format_percent, parse_pattern

    locale = _locale(code)
    pattern = locale.percent_formats[None]
    if digits:
        text = pattern.pattern if isinstance(pattern, NumberPattern) else str(pattern)
        pattern = parse_pattern(text.replace("0", "0." + "0" * digits, 1))
    return format_percent(share, format=pattern, locale=locale)


def size(amount: int) -> str:
    """Return a number of bytes with its unit: 84 kB."""
    return _size(current().code, amount)


@lru_cache(CACHED)
def _size(code: str, amount: int) -> str:
    if code == ENGLISH.code:
        return str(Size(amount))
    from babel.units import format_unit

    shown, digits, _, name = measured(amount)
    pattern = _pattern(digits, grouped=True)
    return format_unit(shown, f"digital-{name}", "short", format=pattern, locale=_locale(code))


def day(when: date) -> str:
    """Return "12 Jan 2026"."""
    return _dated(current().code, "yMMMd", when.year, when.month, when.day)


def day_of_year(when: date) -> str:
    """Return "12 Jan"."""
    return _dated(current().code, "MMMd", when.year, when.month, when.day)


def month(year: int, month_: int) -> str:
    """Return "Jan 2026"."""
    return _dated(current().code, "yMMM", year, month_, 1)


def quarter(year: int, quarter_: int) -> str:
    """Return "2026-Q1"."""
    return _dated(current().code, "yQQQ", year, quarter_ * 3, 1)


def period(spelling: str) -> str:
    """Return a period of a search, such as "2020s", "2026-Q1", "2026-03" or "2026-03-09", as a text.

    Another one, and each one in English, stays as it is.
    """
    if current() is ENGLISH:
        return spelling
    if decade := _DECADE.fullmatch(spelling):
        return catalogue(current().code).gettext(_OF_DECADE).replace("{year}", decade[1])
    if (found := _PERIOD.fullmatch(spelling)) is None:
        return spelling
    year, quarter_, month_, day_ = (int(each or 0) for each in found.groups())
    if quarter_:
        return quarter(year, quarter_)
    return day(date(year, month_, day_)) if day_ else month(year, month_)


def month_name(month_: int) -> str:
    """Return "Jan", as it stands alone under a chart."""
    return _dated(current().code, "LLL", 2000, month_, 1)


def weekday(when: date) -> str:
    """Return "Mon", as it stands alone."""
    return _dated(current().code, "ccc", when.year, when.month, when.day)


def weekday_and_day(when: date) -> str:
    """Return "Mon 12 Jan"."""
    return _dated(current().code, "MMMEd", when.year, when.month, when.day)


def full_day(when: date) -> str:
    """Return "Monday 12 January 2026"."""
    return _dated(current().code, "yMMMMEEEEd", when.year, when.month, when.day)


def minute(when: datetime) -> str:
    """Return "12 Jan 2026, 08:30"."""
    return _between(current().code).format(clock(when), day(when))


def clock(when: datetime) -> str:
    """Return "08:30": hours from 0 to 23 in every language, as tables of times are read."""
    return f"{when:%H:%M}"


@lru_cache(CACHED)
def _dated(code: str, skeleton: str, year: int, month_: int, day_: int) -> str:
    when = date(year, month_, day_)
    if code == ENGLISH.code:
        return _ENGLISH_DATES[skeleton](when)
    from babel.dates import format_date, format_skeleton

    locale = _locale(code)
    if skeleton in locale.datetime_skeletons:
        return format_skeleton(skeleton, when, locale=locale)
    long = {"yMMMMEEEEd": "full"}.get(skeleton)  # CLDR names this one by its length
    return format_date(when, long or skeleton, locale=locale)


@lru_cache
def _between(code: str) -> str:
    """Return how a language puts a time after a day; {0} is the time, {1} the day."""
    return "{1}, {0}" if code == ENGLISH.code else str(_locale(code).datetime_formats["medium"])


def listed(parts: list[str]) -> str:
    """Return the parts as a sentence names them: "A, B and C"; empty for none."""
    if current() is ENGLISH:
        return " and ".join([*([", ".join(parts[:-1])] if parts[1:] else []), *parts[-1:]])
    from babel.lists import format_list

    return format_list(parts, locale=_locale(current().code))


def value(given: Any, spec: str) -> str:
    """Return a value of a Text as its place in the message asks.

    "," groups, ".1f" rounds, "g" has the digits of the value, ".0%" is a share of one; a date is written as the
    language does, whatever the place says of its form, with the minute if the place has "%H". In a language from right
    to left a `str` is isolated: its direction is its own, and is none of the sentence's.
    """
    if current() is ENGLISH:
        return format(given, spec)
    if isinstance(given, str):
        return isolated(given) if current().direction == "rtl" else given
    if isinstance(given, LanguageName):
        return str(_locale(current().code).languages.get(given.key, given.english))
    if isinstance(given, Size):
        return size(given)
    if isinstance(given, date):
        return minute(given) if isinstance(given, datetime) and "%H" in spec else day(given)
    if isinstance(given, int) and spec == ",":
        return number(given)
    if isinstance(given, int | float) and spec == "g":
        return exact(given)
    if isinstance(given, int | float) and (found := _ROUNDED.fullmatch(spec)):
        digits = int(found["digits"])
        return (
            decimal(given, digits, grouped=spec.startswith(","))
            if found["kind"] == "f"
            else _percent(current().code, given, digits)
        )
    return format(given, spec)
