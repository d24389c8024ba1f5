"""A date as files hold it (text, number, CSL or Mongo object) -> the text of it, read by the one reader of dates."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from corpus.model import PageDate
from crawler.dates.reader import read_date

ORIGIN = "import"
_OLDEST, _NEWEST = 1600, 2200  # years of the press


def date_of(value: Any, now: datetime, *, day_first: bool | None = None) -> PageDate | None:
    """Return the date in a value, as precise as it is given; None when it holds none.

    Args:
        value: A text, a year, seconds or milliseconds since 1970, or a list or object as CSL and Mongo have them.
        now: When the file was taken in; a date long after it is doubtful.
        day_first: How 3/4/2024 is written there; None: unknown, and such a date is doubtful.
    """
    written = _written(value)
    found = read_date(written, origin=ORIGIN, now=now, day_first=day_first, historic=True) if written else None
    return found if found is not None and _OLDEST <= found.at.year <= _NEWEST else None


def moment_of(value: Any, now: datetime) -> datetime | None:
    """Return the moment in a value, if it holds one to the day or better; never later than now."""
    found = date_of(value, now)
    return min(found.at, now) if found is not None and found.precision.has_day else None


def _written(value: Any) -> str | None:
    """Return a value as a text that the reader of dates knows."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int | float):
        return str(int(value)) if value == value and abs(value) < 1e14 else None  # NaN differs from itself
    if isinstance(value, Mapping):
        keys = ("date-parts", "$date", "$numberLong", "raw", "value", "literal")
        return next((_written(value[key]) for key in keys if key in value), None)
    return _of_parts(value) if isinstance(value, list | tuple) else None


def _of_parts(parts: list[Any] | tuple[Any, ...]) -> str | None:
    """Write year, month and day; CSL puts a list of them in a list."""
    if parts and isinstance(parts[0], list | tuple):
        parts = tuple(parts[0])
    try:
        numbers = [int(part) for part in parts[:3] if part is not None]
    except (ValueError, TypeError, OverflowError):
        return None
    return "-".join(f"{number:0{4 if at == 0 else 2}}" for at, number in enumerate(numbers)) or None
