"""The histogram of a query -> an aggregation of OpenSearch, and what it answers -> bars.

Months are always counted; where narrower bars fit, the days or hours of the same hits are asked for.
"""

import numpy as np

from indexer.contract.bars import MAX_BARS, bars, buckets, fitting, in_range
from indexer.contract.values import Histogram, Interval, Query
from indexer.opensearch_engine.cluster import Json
from indexer.opensearch_engine.filters import counted_under, counts_under, date_field
from indexer.opensearch_engine.snapshot import Snapshot

WIDTHS = {  # how wide a narrow bar is, in minutes, and where the first one begins; wider ones are made of months
    Interval.HOUR: (60, 0),
    Interval.DAY: (1440, 0),
    Interval.WEEK: (7 * 1440, 4 * 1440),  # 1970-01-01 was a Thursday
}


def aggregations(query: Query, passed: Json) -> Json:
    """Return the aggregations of the dates of the hits."""
    if query.interval is None:
        return {}
    field = date_field(query)
    inner = {"range": {"stats": {"field": field}}, "months": _bars(f"{field}_month", 1, 0)}
    return counted_under("dates", passed, inner)


def histogram(query: Query, answered: Json, total: int, body: Json, snapshot: Snapshot) -> Histogram | None:
    """Return the histogram of an answer.

    Args:
        answered: What the aggregations answered.
        body: What finds the hits, filters included.
    """
    if query.interval is None:
        return None
    counted = counts_under("dates", answered)
    dates = counted.get("range", {"count": 0})
    count = int(dates["count"])
    if not count:
        return Histogram(Interval.YEAR if query.interval is Interval.AUTO else query.interval, (), total)
    ends = in_range(np.array([int(dates["min"]), int(dates["max"])]), query)
    interval = _interval(query, ends, body, snapshot)
    if interval in WIDTHS:
        counts = _counts(date_field(query), *WIDTHS[interval], body, snapshot)
    else:
        counts = _counted(counted["months"])
    numbers = buckets(ends, interval)
    first = int(numbers[0])
    found = np.zeros(int(np.ptp(numbers)) + 1, np.int64)
    for at, number in counts.items():
        found[max(0, _number(at, interval) - first)] += number
    return Histogram(interval, bars(first, found, interval), total - count)


def _interval(query: Query, ends: np.ndarray, body: Json, snapshot: Snapshot) -> Interval:
    """The interval that fits; by the hour only where a hit has a time of day."""
    assert query.interval is not None
    chosen = fitting(ends, query.interval)
    is_narrow = int(np.ptp(buckets(ends, Interval.HOUR))) < MAX_BARS
    if query.interval is not Interval.AUTO or chosen is not Interval.DAY or not is_narrow:
        return chosen
    minutes = _counts(date_field(query), 1, 0, body, snapshot)
    return Interval.HOUR if (in_range(np.array(list(minutes)), query) % 1440).any() else chosen


def _counts(field: str, width: int, offset: int, body: Json, snapshot: Snapshot) -> dict[int, int]:
    """First value of each bar that is not empty -> its count."""
    answered = snapshot.search({"size": 0, "query": body, "aggs": {"bars": _bars(field, width, offset)}})
    return _counted(answered["aggregations"]["bars"])


def _bars(field: str, width: int, offset: int) -> Json:
    return {"histogram": {"field": field, "interval": width, "offset": offset, "min_doc_count": 1}}


def _counted(answered: Json) -> dict[int, int]:
    return {round(one["key"]): one["doc_count"] for one in answered["buckets"]}


def _number(at: int, interval: Interval) -> int:
    """The number of a bar that begins at a minute, or at a month."""
    if interval in WIDTHS:
        return int(buckets(np.array([at]), interval)[0])
    if interval is Interval.MONTH:
        return at
    if interval is Interval.QUARTER:
        return at // 3
    year = at // 12 + 1970
    return year if interval is Interval.YEAR else year // 10
