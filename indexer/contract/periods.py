"""A date as typed in a query -> the local minutes it covers (indexer/contract/values.py says what those are).

A date covers its whole period: `2024` a year, `2024-Q1` a quarter, `2024-03` a month, `2024-W09` a week,
`2024-03-09` a day, `2024-03-09T14` an hour, `2020s` a decade. `today`, `yesterday` and `-7d`, `-2w`, `-6m`, `-1y`
are days counted from now, `-24h` a minute counted from now.
"""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, tzinfo

from indexer.contract.values import Period

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - local time has no zone
MINUTES_A_DAY = 1440
_MONTHS = 12

_RELATIVE = re.compile(r"-(\d{1,5})([hdwmy])")
_DECADE = re.compile(r"(\d{3})0s")
_QUARTER = re.compile(r"(\d{4})-?q([1-4])")
_WEEK = re.compile(r"(\d{4})-?w(\d{1,2})")
_COMPACT = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)")  # 20240309
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")  # 9.3.2024
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")  # 31/3/2024 or 3/31/2024
_DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})(?:[t ](\d{1,2})(?::?00)?)?)?)?")


def local_minutes(moment: datetime, zone: tzinfo) -> int:
    """Return the local minute of an aware moment on the wall clock of `zone`."""
    return minutes(moment.astimezone(zone).replace(tzinfo=None))


def minutes(local: datetime) -> int:
    """Return the whole minutes from 1970-01-01 00:00 to a naive local time; negative before it."""
    return (local - EPOCH) // timedelta(minutes=1)


def period(text: str, *, now: datetime, zone: tzinfo) -> Period | None:
    """Read a date as typed, or return None when it is none.

    Args:
        text: Such as `2024-03`, `today` or `-30d`.
        now: What relative dates are counted from; aware.
        zone: The configured time zone.
    """
    typed = unicodedata.normalize("NFKC", text).strip().replace("\u2212", "-").lower()
    if not typed.isascii():
        return None
    try:
        bounds = _named(typed, now.astimezone(zone)) or _relative(typed, now, zone) or _written(typed)
    except (ValueError, OverflowError):  # 2024-02-30, week 60, year 0, a million years ago
        return None
    return Period(typed.upper() if "w" in typed[1:] or "q" in typed else typed, *bounds) if bounds else None


def following(one: Period) -> Period:
    """Return the day or hour after a period."""
    return _around(one.end)


def preceding(one: Period) -> Period:
    """Return the day before a period, or its hour."""
    return _around(one.start - 1)


def _around(minute: int) -> Period:
    moment = EPOCH + timedelta(minutes=minute)
    is_hour = moment.hour not in (0, 23) or moment.minute not in (0, 59)
    day = moment.date()
    if is_hour:
        start = minute - moment.minute
        return Period(f"{day}T{moment.hour:02}", start, start + 60)
    return Period(str(day), *_day(day))


def _named(typed: str, local: datetime) -> tuple[int, int] | None:
    if typed in ("today", "yesterday"):
        return _day(local.date() - timedelta(days=typed == "yesterday"))
    return None


def _relative(typed: str, now: datetime, zone: tzinfo) -> tuple[int, int] | None:
    found = _RELATIVE.fullmatch(typed)
    if not found:
        return None
    count, unit = int(found[1]), found[2]
    if unit == "h":
        start = local_minutes(now.astimezone(UTC) - timedelta(hours=count), zone)
        return start, start + 1
    today = now.astimezone(zone).date()
    if unit in "dw":
        return _day(today - timedelta(days=count * (7 if unit == "w" else 1)))
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "y" else 1)
    first = date(months // 12, months % 12 + 1, 1)
    last = (_next_month(first) - timedelta(days=1)).day  # a month ago on the 31st is the 28th of February
    return _day(first.replace(day=min(today.day, last)))


def _written(typed: str) -> tuple[int, int] | None:
    if found := _DECADE.fullmatch(typed):
        return _days(date(int(found[1]) * 10, 1, 1), date(int(found[1]) * 10 + 10, 1, 1))
    if found := _QUARTER.fullmatch(typed):
        first = date(int(found[1]), int(found[2]) * 3 - 2, 1)
        return _days(first, _next_month(_next_month(_next_month(first))))
    if found := _WEEK.fullmatch(typed):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return _days(monday, monday + timedelta(days=7))
    if found := _COMPACT.fullmatch(typed):
        return _day(date(int(found[1]), int(found[2]), int(found[3])))
    if found := _DAY_FIRST.fullmatch(typed):
        return _day(date(int(found[3]), int(found[2]), int(found[1])))
    if found := _SLASHED.fullmatch(typed):
        return _slashed(*map(int, found.groups()))
    found = _DATE.fullmatch(typed)
    return _dated(found) if found else None


def _slashed(one: int, other: int, year: int) -> tuple[int, int] | None:
    """Read a day whose month is plain, as the other number can be none; of 3/4/2024 nobody knows it."""
    if one != other and max(one, other) <= _MONTHS:
        return None
    return _day(date(year, min(one, other), max(one, other)))


def _dated(found: re.Match[str]) -> tuple[int, int]:
    year, month, day, hour = (int(part) if part else None for part in found.groups())
    assert year is not None
    if month is None:
        return _days(date(year, 1, 1), date(year + 1, 1, 1))
    if day is None:
        first = date(year, month, 1)
        return _days(first, _next_month(first))
    if hour is None:
        return _day(date(year, month, day))
    start = minutes(datetime(year, month, day, hour))  # noqa: DTZ001 - local time has no zone
    return start, start + 60


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _day(day: date) -> tuple[int, int]:
    return _days(day, day + timedelta(days=1))


def _days(first: date, after: date) -> tuple[int, int]:
    return tuple((day - EPOCH.date()).days * MINUTES_A_DAY for day in (first, after))  # type: ignore[return-value]  # two of them
