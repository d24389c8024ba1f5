"""A comparison -> its numbers: for every line and period a count, what it is of, a share, a rolling mean."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.texts import text, texts
from indexer.contract.bars import span
from indexer.contract.periods import local_minutes
from indexer.contract.values import Histogram, Interval, Query, Results
from web.layout.services import current_services
from web.search.spans import LADDER, coverage, in_bars, padded, without_words
from web.search.timeline import MOST, UNITS
from web.trends.asking import Comparison, LineSearch, interval_of

BOUNDED = text("a search was stopped at its time limit, or a pattern has more forms than are searched for")
FIT = 60  # bars at most, unless a width is asked for


@dataclass(frozen=True, slots=True)
class Point:
    """One line in one period.

    Attributes:
        of: The articles that the filters leave in the period, of which `count` is a share.
        covered: Something of the period was crawled, or an article is dated in it; else there is no data.
        over: The period has ended.
        value: What is drawn: the count, or the share (0 to 1); None without data, or where a share is of nothing.
        mean: Of this and the periods before it; None where some of these have no data or are not over.
    """

    period: str
    start: int
    count: int
    of: int
    covered: bool
    over: bool
    value: float | None
    mean: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its points in order, and the articles in none of them: without a date, or dated later."""

    name: str
    search: LineSearch
    points: tuple[Point, ...]
    undated: int
    later: int

    @property
    def total(self) -> int:
        """All articles of the line that have a date in the range."""
        return sum(each.count for each in self.points)


@dataclass(frozen=True, slots=True)
class Chart:
    """All lines over the same periods."""

    interval: Interval
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()


def chart_of(comparison: Comparison) -> Chart | None:
    """Count the lines of a comparison; None when no line has a dated article."""
    services = current_services()
    now = local_minutes(services.now(), services.zone)
    found = [_searched(each.search.query, Interval.AUTO) for each in comparison.lines]
    bars = [bar for each in found if each.histogram for bar in each.histogram.bars]
    if not bars:
        return None
    first_query = comparison.lines[0].search.query
    first, last = _range(first_query, found, now)
    wanted = interval_of(comparison.state)
    interval = wanted if wanted and span(first, last, wanted) <= MOST else None
    notes: tuple[str, ...] = (
        (text("bars by {unit} would not fit", unit=UNITS[wanted]),) if wanted and not interval else ()
    )
    notes += (
        (text("counts are lower bounds: {why}", why=BOUNDED),)
        if any(each.partial or each.bounded for each in found)
        else ()
    )
    interval = interval or next((each for each in LADDER if span(first, last, each) <= FIT), Interval.DECADE)
    lines = tuple(_line(each, interval, first, last, now, comparison) for each in comparison.lines)
    if later := sum(each.later for each in lines):
        notes += (
            texts(
                "{n:,} article is dated in days to come and not drawn",
                "{n:,} articles are dated in days to come and not drawn",
                later,
            ),
        )
    return Chart(interval, lines, notes)


def _range(query: Query, found: Sequence[Results], now: int) -> tuple[int, int]:
    """Return the local minutes of the first and last bar: those of what is asked for, else of what is found up to now.

    Days to come are in the range where it is asked to begin or end there, or nothing is dated before.
    """
    starts = [bar.start for each in found if each.histogram for bar in each.histogram.bars]
    first = query.since.start if query.since else min(starts)
    last = max(min(query.until.end - 1 if query.until else now, now), max(starts))
    if not query.until and first <= now and min(starts) <= now:
        last = now
    return min(first, last), last  # a day ahead of us stands in a bar that begins before it


def _searched(query: Query, interval: Interval) -> Results:
    return current_services().search(query._replace(interval=interval, facets=(), page=1, per_page=1)).results


def _line(searched: LineSearch, interval: Interval, first: int, last: int, now: int, comparison: Comparison) -> Line:
    query = searched.search.query
    empty = Histogram(interval, (), 0)
    counted = _searched(query, interval).histogram or empty
    frame = padded(empty, first, last)
    within = counted if counted.interval is interval else in_bars(query, frame) or empty
    ours, all_ = padded(within, first, last), padded(without_words(frame, query) or empty, first, last)
    covered = coverage(query, interval)
    ends = [*(bar.start for bar in ours.bars[1:]), now + 1 if ours.bars[-1].start <= now else ours.bars[-1].start + 1]
    points = []
    for at, (bar, of) in enumerate(zip(ours.bars, all_.bars, strict=True)):
        is_over = at < len(ours.bars) - 1 or not bar.start <= now
        has_data = bool(bar.count) or covered(bar.start, ends[at])
        share = bar.count / of.count if of.count else None
        value = (share if comparison.state.share else float(bar.count)) if has_data else None
        points.append(Point(bar.period, bar.start, bar.count, of.count, has_data, is_over, value))
    later = sum(bar.count for bar in counted.bars) - sum(bar.count for bar in ours.bars)
    return Line(searched.name, searched, tuple(_with_means(points, comparison.mean)), counted.undated, later)


def _with_means(points: list[Point], length: int) -> list[Point]:
    """Return the points with the mean of each and those before it, where all of them have data and are over."""
    if not length:
        return points
    found = []
    for at, point in enumerate(points):
        window = points[max(0, at - length + 1) : at + 1]
        values = [each.value for each in window if each.value is not None and each.over]
        found.append(replace(point, mean=sum(values) / length if len(values) == length else None))
    return found
