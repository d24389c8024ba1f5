"""The text around a date -> its time of day and its zone: "at 3:07 p.m. ET", "15h07", "오후 3시 7분"."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from corpus.model import Precision
from crawler.dates.calendars import OLDEST
from crawler.dates.zones import zone_of

REACH = 40  # characters after a date in which its time stands

_TIME = re.compile(
    r"(?<![\d+])(\d{1,2})\s?(?:[:hH.時时點点시]|\s?Uhr)\s?(\d{2}|\d(?=\s?[分분]))(?:\s?[:分분]\s?(\d{2})(?:[.,]\d{1,9})?秒?)?"
    r"(?!\d)(?!\.\d)\s*([ap]\.?\s?m\b\.?|م|ص)?",
    re.I,
)
_HOUR = re.compile(r"(?<![\d:.])(\d{1,2})\s?([ap]\.?\s?m\b\.?|(?=[時时點点시](?!\d)|\s?Uhr\b))", re.I)
_LATER = re.compile(r"下午|午後|오후|晚上|غروب|ب\.?\s?ظ|μ\.?μ|\bp\.?\s?m\b|\bpm\b|\bCH\b")
_EARLIER = re.compile(r"上午|午前|오전|凌晨|早上|ق\.?\s?ظ|π\.?μ|\bSA\b")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date read from text: local time, naive, with its `offset` if it has one.

    `doubtful`: day and month may be swapped.
    """

    at: datetime
    precision: Precision
    offset: timedelta | None = None
    doubtful: bool = False


def day_moment(year: int, month: int, day: int | None) -> Moment | None:
    """Return a day, or a month when there is no day; None when there is no such date."""
    if not OLDEST <= year < 2200:
        return None
    try:
        start = date(year, month, day or 1)
    except ValueError:
        return None
    return Moment(datetime(start.year, start.month, start.day), Precision.DAY if day else Precision.MONTH)  # noqa: DTZ001


def at_time(moment: Moment, hour: int, minute: int, second: int = 0, offset: timedelta | None = None) -> Moment:
    """Return a day with a time; 24:00 is the end of the day; as it was when there is no such time."""
    if hour == 24 and minute == second == 0:
        return Moment(moment.at + timedelta(days=1), Precision.MINUTE, offset, moment.doubtful)
    if hour > 23 or minute > 59 or second > 60:
        return moment
    at = moment.at.replace(hour=hour, minute=minute, second=min(second, 59))
    return Moment(at, Precision.MINUTE, offset, moment.doubtful)


def with_time(moment: Moment, after: str, *, before: str = "") -> Moment:
    """Add the time that stands right after a day (or right before it), and its zone."""
    if moment.precision is not Precision.DAY:
        return moment
    near = after[:REACH]
    match = _TIME.search(near) or _HOUR.search(near)
    rest, around = (after, near) if match else ("", before[-20:])
    match = match or _TIME.search(around)
    if match is None:
        return moment
    timed = len(match.groups()) == 4
    hour, minute, second, half = (
        (int(match[1]), int(match[2]), int(match[3] or 0), match[4]) if timed else (int(match[1]), 0, 0, match[2])
    )
    said = (half or "").lower()
    lead = around[max(0, match.start() - 8) : match.start()]
    behind = around[match.end() :].lstrip()
    if said.startswith(("p", "م")) or (not said and (_LATER.search(lead) or _LATER.match(behind))):
        hour = hour + 12 if hour < 12 else hour
    elif (said or _EARLIER.search(lead)) and hour == 12:
        hour = 0
    found = at_time(moment, hour, minute, second)
    if found.precision is not Precision.MINUTE:
        return moment
    zone = zone_of(rest[match.end() :] if rest else around[match.end() :], found.at)
    return Moment(found.at, found.precision, zone, found.doubtful)
