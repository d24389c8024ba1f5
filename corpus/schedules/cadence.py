"""The words of a schedule, or a cron line -> when it is due next, on the wall clock of a time zone.

A fixed time happens once a day: on the night the clocks go back it is due the first time they show it, and
when they skip it, as much later as they skip. A schedule of every hour follows elapsed time through both.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property
from itertools import islice

from corpus.schedules.cron import ALL_HOURS, Fields, parse_cron

NIGHTLY = "02:30"
EXPECTED = (
    'expected "nightly", "hourly", "daily 02:30", "weekdays 06:00", "monday 06:00", "every 30m", "never", '
    'or five cron fields such as "30 2 * * 1-5"'
)

_MINUTE = timedelta(minutes=1)
_LOOK_AHEAD = 366 * 9  # days: 29 February is at most eight years away
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EVERY = re.compile(r"every (?:(\d{1,4}) ?)?(m|min|minutes?|h|hours?|d|days?|w|weeks?)")
_UNITS = {"m": _MINUTE, "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_AT = re.compile(r"(\w+(?:, ?\w+)*) (\d{1,2}):(\d\d)")
_DAYS = {"daily": "*", "nightly": "*", "weekdays": "1-5", "weekends": "0,6"}
_WEEK = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")


@dataclass(frozen=True)
class Cadence:
    """A schedule. `text` is as written; either `every` or `fields` is set, neither of them for "never"."""

    text: str
    every: timedelta | None = None
    fields: Fields | None = None

    def __str__(self) -> str:
        return self.text

    @property
    def never(self) -> bool:
        """True when it is never due."""
        return self.every is None and self.fields is None

    def next(self, after: datetime, zone: tzinfo) -> datetime | None:
        """Return the first moment after `after` at which the schedule is due, in UTC; None for "never"."""
        if self.every is not None:
            return _EPOCH + ((after - _EPOCH) // self.every + 1) * self.every
        first = after.astimezone(zone).date() - timedelta(days=1)
        for ahead in range(_LOOK_AHEAD if self.fields else 0):
            day = first + timedelta(days=ahead)
            # Two days at once: a gap at midnight moves a late time past an early one of the next day.
            due = [at for each in (day, day + timedelta(days=1)) for at in self._on(each, zone) if at > after]
            if due:
                return min(due)
        return None

    def upcoming(self, after: datetime, zone: tzinfo) -> Iterator[datetime]:
        """Give one due moment after another."""
        at = self.next(after, zone)
        while at is not None:
            yield at
            at = self.next(at, zone)

    @cached_property
    def _times(self) -> list[time]:
        assert self.fields is not None
        return [time(hour, minute) for hour in sorted(self.fields.hours) for minute in sorted(self.fields.minutes)]

    def _on(self, day: date, zone: tzinfo) -> Iterator[datetime]:
        """Give the moments of one day of the wall clock, not always in order."""
        if self.fields is None or not self.fields.on(day):
            return
        hourly = self.fields.hours == ALL_HOURS
        for at in self._times:
            wall = datetime.combine(day, at, zone)
            moment = wall.astimezone(UTC)
            skipped = moment.astimezone(zone).replace(tzinfo=None) != wall.replace(tzinfo=None)
            if not (skipped and hourly):
                yield moment
            if hourly and not skipped:
                yield wall.replace(fold=1).astimezone(UTC)


def parse(text: str) -> Cadence:
    """Read a schedule.

    Raises:
        ValueError: the text is no schedule, or its day never comes (30 February); the message says what would be right.
    """
    words = " ".join(text.lower().split())
    if words == "never":
        return Cadence(text)
    if found := _EVERY.fullmatch(words):
        length = int(found[1] or 1) * _UNITS[found[2][0]]
        if not length:
            raise ValueError(f'"{text}" is no schedule: the interval must be 1 minute or more')
        return Cadence(text, every=length)
    fields = _fields(text, words)
    cadence = Cadence(text, fields=fields)
    if not list(islice(cadence.upcoming(_EPOCH, UTC), 1)):
        raise ValueError(f'"{text}" never comes: no such day in any year')
    return cadence


def _fields(text: str, words: str) -> Fields:
    simple = {"nightly": f"daily {NIGHTLY}", "daily": f"daily {NIGHTLY}", "hourly": "0 * * * *"}
    words = simple.get(words, words)
    try:
        if found := _AT.fullmatch(words):
            days = _DAYS.get(found[1]) or ",".join(_weekday(word) for word in re.split(r", ?", found[1]))
            return parse_cron(f"{int(found[3])} {int(found[2])} * * {days}")
        return parse_cron(words)
    except ValueError as error:
        why = f": {error}" if str(error) else ""
        raise ValueError(f'"{text}" is no schedule{why}: {EXPECTED}') from None


def _weekday(word: str) -> str:
    for number, name in enumerate(_WEEK):
        if word in (name, f"{name}s", name[:3]):
            return str(number)
    raise ValueError(f'"{word}" is no day')
