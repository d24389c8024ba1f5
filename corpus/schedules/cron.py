"""Five cron fields -> the minutes, hours and days they name, weekdays numbered as cron does (0 and 7: Sunday)."""

import re
from dataclasses import dataclass
from datetime import date

ALL_HOURS = frozenset(range(24))

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_NAMES = {name: number for number, name in enumerate(_MONTHS, 1)} | {name: number for number, name in enumerate(_DAYS)}
_PART = re.compile(r"(?:(\*)|(\w+)(?:-(\w+))?)(?:/(\d+))?")
_MACROS = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}


@dataclass(frozen=True, slots=True)
class Fields:
    """What a cron line names. With both day fields restricted, a day matches by either of them, as in every cron."""

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]  # 0 is Sunday
    either_day: bool

    def on(self, day: date) -> bool:
        """Tell whether the line names this day."""
        by_date, by_weekday = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        return day.month in self.months and ((by_date or by_weekday) if self.either_day else (by_date and by_weekday))


def parse_cron(line: str) -> Fields:
    """Read a cron line in lower case.

    Raises:
        ValueError: the text is no cron line; the message names the field, and is empty when the text looks like no
            cron line.
    """
    fields = _MACROS.get(line, line).split()
    if len(fields) != 5:
        raise ValueError
    minutes, hours, days, months, weekdays = fields
    return Fields(
        minutes=_numbers("minute", minutes, 0, 59),
        hours=_numbers("hour", hours, 0, 23),
        days=_numbers("day of the month", days, 1, 31),
        months=_numbers("month", months, 1, 12),
        weekdays=frozenset(number % 7 for number in _numbers("weekday", weekdays, 0, 7)),
        either_day=not days.startswith("*") and not weekdays.startswith("*"),
    )


def _numbers(field: str, text: str, low: int, high: int) -> frozenset[int]:
    found: set[int] = set()
    for part in text.split(","):
        match = _PART.fullmatch(part)
        if match is None:
            raise ValueError(f'{field} "{text}"')
        star, first, last, step = match.groups()
        start = low if star else _number(field, first, low, high)
        end = high if star or (step and not last) else _number(field, last or first, low, high)
        if field == "weekday" and star:
            end = 6
        if start > end or step == "0":
            raise ValueError(f'{field} "{text}"')
        found.update(range(start, end + 1, int(step or 1)))
    return frozenset(found)


def _number(field: str, text: str, low: int, high: int) -> int:
    named = field in ("month", "weekday")
    number = int(text) if text.isdecimal() and text.isascii() else _NAMES.get(text, -1) if named else -1
    if not low <= number <= high:
        raise ValueError(f'{field} "{text}": expected {low} to {high}')
    return number
