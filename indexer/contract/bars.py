"""Local minutes of hits -> the bars of the histogram."""

from datetime import date, datetime, timedelta
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from indexer.contract.periods import EPOCH, minutes
from indexer.contract.values import Bar, Histogram, Interval, Query

MAX_BARS = 80  # of an AUTO histogram
MOST_BARS = 5_000  # of one whose interval was chosen; over it the next wider is taken

_bar = partial(tuple.__new__, Bar)
_LADDER = tuple(interval for interval in Interval if interval is not Interval.AUTO)  # narrowest first


def histogram(dated: NDArray[np.int64], undated: int, interval: Interval) -> Histogram:
    """Count hits by period: every bar from the first to the last that is not zero.

    Args:
        dated: The local minute of each dated hit, in any order.
        undated: How many hits have no date.
        interval: AUTO takes the narrowest that gives at most MAX_BARS; hours only where a hit has a time of day.
    """
    if not len(dated):
        return Histogram(Interval.YEAR if interval is Interval.AUTO else interval, (), undated)
    chosen = fitting(dated, interval)
    numbers = buckets(dated, chosen)
    first = int(numbers.min())
    return Histogram(chosen, bars(first, np.bincount(numbers - first), chosen), undated)


def in_range(dated: NDArray[np.int64], query: Query) -> NDArray[np.int64]:
    """Return the local minutes by which dated hits are counted, in bars that lie in the range of the query.

    A hit of a month or year that begins before the range, and may lie in it, counts where the range begins.
    """
    return np.maximum(dated, query.since.start) if query.since else dated


def fitting(dated: NDArray[np.int64], interval: Interval) -> Interval:
    """Return the interval for hits, when this one is asked for; they are at least one."""
    ends = np.array([dated.min(), dated.max()])
    most = MAX_BARS if interval is Interval.AUTO else MOST_BARS
    ladder = _LADDER if interval is Interval.AUTO else _LADDER[_LADDER.index(interval) :]
    chosen = next((one for one in ladder if np.ptp(buckets(ends, one)) < most), Interval.DECADE)
    if chosen is Interval.HOUR and interval is Interval.AUTO and not (dated % 1440).any():
        return Interval.DAY
    return chosen


def bars(first: int, counts: NDArray[np.int64], interval: Interval) -> tuple[Bar, ...]:
    """Return the bars from number `first` on."""
    numbers = range(first, first + len(counts))
    return tuple(
        [_bar((*_period(number, interval), count)) for number, count in zip(numbers, counts.tolist(), strict=True)]
    )


def span(first: int, last: int, interval: Interval) -> int:
    """Return how many bars it takes from the bar of one local minute to that of another."""
    ends = buckets(np.array([first, last]), interval)
    return int(ends[1] - ends[0]) + 1


def buckets(at: NDArray[np.int64], interval: Interval) -> NDArray[np.int64]:
    """Return the number of the bar each local minute falls in; neighbours differ by one."""
    days = at // 1440
    if interval is Interval.HOUR:
        return at // 60
    if interval is Interval.DAY:
        return days
    if interval is Interval.WEEK:
        return (days + 3) // 7  # 1970-01-01 was a Thursday
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    if interval is Interval.MONTH:
        return months
    if interval is Interval.QUARTER:
        return months // 3
    years = months // 12 + 1970
    return years if interval is Interval.YEAR else years // 10


@lru_cache(maxsize=8192)  # of a run of bars most are in other runs, too
def _period(number: int, interval: Interval) -> tuple[str, int]:
    """The label and the first minute of a bar."""
    start = _start(number, interval)
    return _label(start, interval), minutes(start)


def _start(number: int, interval: Interval) -> datetime:
    if interval is Interval.HOUR:
        return EPOCH + timedelta(hours=number)
    if interval is Interval.DAY:
        return EPOCH + timedelta(days=number)
    if interval is Interval.WEEK:
        return EPOCH + timedelta(days=number * 7 - 3)
    if interval in (Interval.MONTH, Interval.QUARTER):
        month = number * (3 if interval is Interval.QUARTER else 1)
        return datetime.combine(date(1970 + month // 12, month % 12 + 1, 1), datetime.min.time())
    year = number * 10 if interval is Interval.DECADE else number
    return datetime.combine(date(max(year, 1), 1, 1), datetime.min.time())


def _label(start: datetime, interval: Interval) -> str:
    year, week, _ = start.isocalendar()
    day = start.date().isoformat()  # strftime writes a year before 1000 with fewer than four digits
    return {
        Interval.HOUR: f"{day}T{start.hour:02d}",
        Interval.DAY: day,
        Interval.WEEK: f"{year:04d}-W{week:02d}",
        Interval.MONTH: day[:7],
        Interval.QUARTER: f"{day[:4]}-Q{(start.month + 2) // 3}",
        Interval.YEAR: day[:4],
        Interval.DECADE: f"{start.year // 10:03d}0s",
    }[interval]
