"""Local minutes -> the bars of the histogram."""

from datetime import datetime

import numpy as np
import pytest

from indexer.contract.bars import MAX_BARS, MOST_BARS, histogram
from indexer.contract.periods import minutes
from indexer.contract.values import Interval


def at(*texts):
    return np.array([minutes(datetime.fromisoformat(text)) for text in texts])


def test_every_bar_from_the_first_to_the_last_is_there():
    found = histogram(np.array([0, 59, 60, 100_000]), 2, Interval.HOUR)
    assert [bar.count for bar in found.bars[:3]] == [2, 1, 0]
    assert len(found.bars) == 100_000 // 60 + 1
    assert found.undated == 2


@pytest.mark.parametrize(
    ("interval", "text", "period", "start"),
    [
        (Interval.HOUR, "2024-03-01 14:05", "2024-03-01T14", "2024-03-01 14:00"),
        (Interval.DAY, "2024-03-01 14:05", "2024-03-01", "2024-03-01"),
        (Interval.WEEK, "2024-12-30", "2025-W01", "2024-12-30"),
        (Interval.WEEK, "1969-12-31", "1970-W01", "1969-12-29"),
        (Interval.MONTH, "1969-12-31 23:59", "1969-12", "1969-12-01"),
        (Interval.QUARTER, "2024-06-30", "2024-Q2", "2024-04-01"),
        (Interval.YEAR, "1899-06-30", "1899", "1899-01-01"),
        (Interval.DECADE, "1987-06-30", "1980s", "1980-01-01"),
    ],
)
def test_a_bar_has_the_name_a_query_would_write_and_its_first_minute(interval, text, period, start):
    (bar,) = histogram(at(text), 0, interval).bars
    assert (bar.period, bar.start) == (period, at(start)[0])


@pytest.mark.parametrize(
    ("texts", "interval"),
    [
        (("2024-03-01", "2024-03-03 14:05"), Interval.HOUR),
        (("2024-03-01", "2024-03-03"), Interval.DAY),
        (("2024-03-01", "2025-03-03"), Interval.WEEK),
        (("2024-03-01", "2029-03-03"), Interval.MONTH),
        (("2004-03-01", "2023-03-03"), Interval.QUARTER),
        (("1950-03-01", "2023-03-03"), Interval.YEAR),
        (("1850-03-01", "2023-03-03"), Interval.DECADE),
    ],
)
def test_an_automatic_interval_is_the_narrowest_with_few_enough_bars(texts, interval):
    found = histogram(at(*texts), 0, Interval.AUTO)
    assert found.interval is interval
    assert len(found.bars) <= MAX_BARS


def test_a_chosen_interval_that_gives_too_many_bars_is_widened():
    found = histogram(at("0001-01-01", "9999-12-31"), 0, Interval.HOUR)
    assert found.interval is Interval.DECADE
    assert len(found.bars) <= MOST_BARS
