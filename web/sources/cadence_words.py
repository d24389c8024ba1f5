"""A schedule as config.toml has it -> how a reader says it: "every day at 02:30", "every 30 minutes"."""

from datetime import date, timedelta

from corpus.schedules.cadence import Cadence
from corpus.schedules.cron import ALL_HOURS, Fields
from corpus.texts import joined, text, texts
from web.languages import formats

MOST_TIMES = 4  # of a day that a sentence names
_SUNDAY = date(2023, 1, 1)
_EVERY_DAY, _WORKING_DAYS, _WEEKEND = frozenset(range(7)), frozenset(range(1, 6)), frozenset({0, 6})


def said_cadence(cadence: Cadence) -> str:
    """Return a schedule in words; one that they would not make plainer, such as the 1st of March, as it is written."""
    if cadence.every is not None:
        return _interval(cadence.every)
    if cadence.fields is None:
        return text("never")
    return _on_days(cadence.fields) or cadence.text


def _interval(every: timedelta) -> str:
    minutes = every // timedelta(minutes=1)
    if minutes % (7 * 1440) == 0:
        return texts("every week", "every {n:,} weeks", minutes // (7 * 1440))
    if minutes % 1440 == 0:
        return texts("every day", "every {n:,} days", minutes // 1440)
    if minutes % 60 == 0:
        return texts("every hour", "every {n:,} hours", minutes // 60)
    return texts("every minute", "every {n:,} minutes", minutes)


def _on_days(fields: Fields) -> str | None:
    """Say on which days of the week and when; None for some days of the month, and for many times."""
    if len(fields.days) < 31 or len(fields.months) < 12 or fields.either_day:
        return None
    if fields.hours == ALL_HOURS and fields.minutes == {0} and fields.weekdays == _EVERY_DAY:
        return _interval(timedelta(hours=1))
    if len(fields.hours) * len(fields.minutes) > MOST_TIMES:
        return None
    times = joined(
        ", ", [f"{hour:02}:{minute:02}" for hour in sorted(fields.hours) for minute in sorted(fields.minutes)]
    )
    if fields.weekdays == _EVERY_DAY:
        return text("every day at {times}", times=times)
    if fields.weekdays == _WORKING_DAYS:
        return text("Monday to Friday at {times}", times=times)
    if fields.weekdays == _WEEKEND:
        return text("Saturdays and Sundays at {times}", times=times)
    from_monday = sorted(fields.weekdays, key=lambda number: (number - 1) % 7)
    days = joined(", ", [formats.weekday(_SUNDAY + timedelta(days=number)) for number in from_monday])
    return text("{days} at {times}", days=days, times=times)
