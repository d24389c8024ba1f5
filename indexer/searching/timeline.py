"""Rows found -> the histogram of their dates.

The number of each row's bar is cached for every interval that was asked for, so counting looks at no date. Nor does an
automatic interval, where the counts by month show that nothing narrower than a quarter will do.
"""

from typing import NamedTuple

import numpy as np

from indexer.contract.bars import MAX_BARS, MOST_BARS, bars, buckets, fitting, in_range
from indexer.contract.values import Dating, Histogram, Interval, Query
from indexer.searching.selection import dates
from indexer.searching.snapshot import Snapshot
from indexer.storage.arrays import Array, Ints
from indexer.storage.doc_values import UNDATED

_YEARS = 1970 * 12  # months before the first one; a year's number is the year
# Interval -> months before the first one, and months in each.
WIDER = {Interval.QUARTER: (0, 3), Interval.YEAR: (_YEARS, 12), Interval.DECADE: (_YEARS, 120)}


class Counts(NamedTuple):
    """Hits by bar: the number of the first bar, the count of each from there, and those without a date."""

    first: int
    counts: Ints
    undated: int


def histogram(query: Query, rows: Ints, snapshot: Snapshot) -> Histogram | None:
    """Count rows by period, in bars from the first to the last that is not zero."""
    interval = query.interval
    if interval is None:
        return None
    counted = _counted(Interval.MONTH if interval is Interval.AUTO else interval, query, rows, snapshot)
    if counted is not None and len(counted.counts):
        if interval is not Interval.AUTO:
            return _shown(counted, interval)
        if len(counted.counts) > MAX_BARS:
            return _shown(*_wider(counted))
    return _by_dates(query, rows, snapshot)


def _shown(counted: Counts, interval: Interval) -> Histogram:
    return Histogram(interval, bars(counted.first, counted.counts, interval), counted.undated)


def _wider(months: Counts) -> tuple[Counts, Interval]:
    """The narrowest interval beyond a month with few enough bars, and its counts."""
    count = len(months.counts)

    def fits(interval: Interval) -> bool:
        before, width = WIDER[interval]
        return ((months.first + before) % width + count - 1) // width < MAX_BARS

    interval = next((each for each in WIDER if fits(each)), Interval.DECADE)
    before, width = WIDER[interval]
    first, within = divmod(months.first + before, width)
    starts = [0, *range(width - within, count, width)]
    return Counts(first, np.add.reduceat(months.counts, starts), months.undated), interval


def _counted(interval: Interval, query: Query, rows: Ints, snapshot: Snapshot) -> Counts | None:
    """Count by bars known beforehand; None when the corpus has too many bars of this width."""
    numbers, base, count = snapshot.cached(
        ("bars", interval, query.dating is Dating.FETCHED),
        lambda: _numbers(dates(query, snapshot), interval),
        lambda made: made[0].nbytes + 100,
    )
    if count > MOST_BARS:
        return None
    if snapshot.kernel is not None and not query.since:
        counts = np.zeros(count + 1, np.int64)
        snapshot.kernel.tally(numbers, rows, counts)
        return _run_of(counts, base)
    own = numbers.take(rows)
    if query.since:  # which no hit without a date passes
        earliest = int(buckets(np.array([query.since.start]), interval)[0]) - (base - 1)
        own = np.maximum(own.astype(np.int64), earliest)
    return _run_of(np.bincount(own, minlength=count + 1), base)


def _run_of(counts: Ints, base: int) -> Counts:
    """The counts from the first bar that is not zero to the last; the first number counts what has no date."""
    filled = np.flatnonzero(counts[1:])
    first, last = (int(filled[0]), int(filled[-1])) if len(filled) else (0, -1)
    return Counts(base + first, counts[1 + first : 2 + last], int(counts[0]))


def _numbers(at: Ints, interval: Interval) -> tuple[Array, int, int]:
    """Return every row's bar from 1, 0 without a date; the number of the first bar, and how many bars there are."""
    dated = at != UNDATED
    numbers = buckets(at[dated], interval)
    base = int(numbers.min()) if len(numbers) else 0
    count = int(np.ptp(numbers)) + 1 if len(numbers) else 0
    found = np.zeros(len(at), np.min_scalar_type(count))
    found[dated] = numbers - (base - 1)
    return found, base, count


def _by_dates(query: Query, rows: Ints, snapshot: Snapshot) -> Histogram:
    """Count by looking at the dates of the rows."""
    assert query.interval is not None
    at = dates(query, snapshot)[rows]
    dated = in_range(at[at != UNDATED], query)
    if not len(dated):
        return Histogram(Interval.YEAR if query.interval is Interval.AUTO else query.interval, (), len(rows))
    interval = fitting(dated, query.interval)
    numbers = buckets(dated, interval)
    first = int(numbers.min())
    return _shown(Counts(first, np.bincount(numbers - first), len(rows) - len(dated)), interval)
