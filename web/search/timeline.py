"""Histogram -> the chart of a page: its columns, its words, its table, its other widths."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache, partial
from typing import NamedTuple

from markupsafe import Markup

from corpus.texts import Text, text, texts
from indexer.contract.periods import EPOCH
from indexer.contract.values import Bar, Dating, Histogram, Interval
from indexer.query.parameters import INTERVAL
from web.languages import formats
from web.languages.choice import current
from web.languages.wording import Printed, printed
from web.layout.charts import Column, chart
from web.layout.render import apart, number, percent
from web.layout.state import State, appended

WIDTHS = (Interval.DAY, Interval.WEEK, Interval.MONTH, Interval.QUARTER, Interval.YEAR)
DAYS = {
    Interval.HOUR: 1 / 24,
    Interval.DAY: 1.0,
    Interval.WEEK: 7.0,
    Interval.MONTH: 30.4,
    Interval.QUARTER: 91.3,
    Interval.YEAR: 365.25,
    Interval.DECADE: 3652.5,
}
MOST = 100  # bars; more could neither be seen nor fit a page's budget
FEWEST = 2
TICKS = 12  # at most so many labels
NO_DATA, COUNT, SHARE = text("no data"), text("count"), text("share")
UNITS: Mapping[Interval, Text] = {
    Interval.AUTO: text("as fits"),
    Interval.HOUR: text("hour"),
    Interval.DAY: text("day"),
    Interval.WEEK: text("week"),
    Interval.MONTH: text("month"),
    Interval.QUARTER: text("quarter"),
    Interval.YEAR: text("year"),
    Interval.DECADE: text("decade"),
}


class Outside(NamedTuple):
    """Hits that are dated outside of the bars, and the days next to these as a search has them."""

    earlier: int = 0
    until: str = ""
    later: int = 0
    since: str = ""


NONE_OUTSIDE = Outside()
_column = partial(tuple.__new__, Column)
_BARS = State._fields.index("interval")  # what stands there and behind
_USUAL = State()[_BARS:]


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the page shows of a histogram; a link without an address is the current one.

    Attributes:
        rows: Of each bar its period, as a search has it, what it counts, and whether there is an article to lead to.
    """

    svg: Markup
    intervals: tuple[tuple[str, str | None], ...]
    caption: str
    unit: str
    missing: bool
    unfinished: bool
    undated: int
    undated_url: str
    earlier: int
    earlier_url: str
    later: int
    later_url: str
    rows: tuple[tuple[str, str, bool], ...]


def timeline(
    found: Histogram,
    state: State,
    *,
    now: int,
    whole: Histogram | None = None,
    covered: Callable[[int, int], bool] = lambda _start, _end: True,
    outside: Outside = NONE_OUTSIDE,
) -> Timeline | None:
    """Return the chart of a histogram, or None when it has no bars.

    Args:
        found: The hits over time.
        state: The search, for its links.
        now: The present local minute.
        whole: What the filters leave without the words, by the same interval: what shares are of.
        covered: Tells of the local minutes from a start up to an end whether anything of them was crawled; a period
            without hits of which nothing was is "no data".
        outside: The hits that stand in no bar for their dates.
    """
    if not found.bars:
        return None
    known = {bar.period: bar.count for bar in whole.bars} if whole else {}
    share = state.share and bool(known)
    heights: list[float] = [bar.count for bar in found.bars]
    if share:
        heights = [bar.count / (known.get(bar.period) or 1) for bar in found.bars]
    columns = _columns(found, heights, known, now, covered)
    highest = max(heights)
    top = found.bars[heights.index(highest)]
    shown = percent if share else _grouped
    peak = shown(highest)
    unit = UNITS[found.interval]
    is_filtered = any(state.chosen.values()) or any(state.excluded.values())
    if not share:
        what = text("Articles a {unit}", unit=unit)
    elif is_filtered:
        what = text("Share of the articles that the filters leave, {unit} by {unit}", unit=unit)
    else:
        what = text("Share of all articles, {unit} by {unit}", unit=unit)
    return Timeline(
        svg=chart(columns, peak=peak),
        intervals=tuple(_intervals(found, state)),
        caption=_caption(found, top, what=what, peak=peak),
        unit=unit,
        missing=True in [each.missing for each in columns],
        unfinished=columns[-1].unfinished,
        undated=found.undated,
        undated_url=state.but(since="", until="", dating=Dating.NONE).url(),
        earlier=outside.earlier,
        earlier_url=state.but(since="", until=outside.until).url() if outside.earlier else "",
        later=outside.later,
        later_url=state.but(since=outside.since, until="").url() if outside.later else "",
        rows=tuple(
            [
                (bar.period, NO_DATA if column.missing else shown(column.height), bar.count > 0)
                for bar, column in zip(found.bars, columns, strict=True)
            ]
        ),
    )


def rows_markup(shown: Timeline) -> Printed:
    """Return the rows of the chart's table, put together without a template: a page has some fifty."""
    rows = [
        f"<tr><td><input type=submit name=on value={period}{'' if _keeps_order(period) else ' dir=ltr'}><td>{counted}"
        if leads  # numbers, and no sign of markup
        else f"<tr><td>{printed(period) if _keeps_order(period) else apart(period)}<td>{printed(counted)}"
        for period, counted, leads in shown.rows
    ]
    return Printed.of("".join(rows))


def _keeps_order(period: str) -> bool:
    """Tell that a page from right to left keeps a period in its order: 2026-09 or 2020s, and not 2026-W09."""
    return "-" not in period or period.replace("-", "").isdigit()


def _caption(found: Histogram, top: Bar, *, what: Text, peak: str) -> Text:
    first, last = found.bars[0], found.bars[-1]
    span = said(first, found.interval)
    if first != last:
        span = text("{first} to {last}", first=span, last=said(last, found.interval))
    values = {"what": what, "span": span, "peak": peak, "when": said(top, found.interval)}
    if found.interval is Interval.HOUR:
        return text("{what}, {span}. Peak {peak} at {when}.", **values)
    if found.interval is Interval.DAY:
        return text("{what}, {span}. Peak {peak} on {when}.", **values)
    return text("{what}, {span}. Peak {peak} in {when}.", **values)


def said(bar: Bar, interval: Interval) -> str:
    """Say a bar's period: "Aug 2023", "9 Mar 2024", "2024-Q1"."""
    at = local_time(bar.start)
    if interval is Interval.MONTH:
        return formats.month(at.year, at.month)
    if interval in (Interval.DAY, Interval.HOUR):
        return formats.day(at) if interval is Interval.DAY else formats.minute(at.replace(minute=0))
    return formats.quarter(at.year, (at.month + 2) // 3) if interval is Interval.QUARTER else formats.period(bar.period)


def local_time(minutes: int) -> datetime:
    """Return the wall clock's time of a local minute; naive."""
    return EPOCH + timedelta(minutes=minutes)


def too_many(found: Histogram) -> bool:
    """Whether the bars are more than a page can show."""
    return len(found.bars) > MOST


def _grouped(count: float) -> str:
    return number(int(count))


def _columns(
    found: Histogram, heights: Sequence[float], known: dict[str, int], now: int, covered: Callable[[int, int], bool]
) -> list[Column]:
    starts = [bar.start for bar in found.bars]
    end = starts[-1] + int(DAYS[found.interval] * 1440)
    ticks = _ticks(current().code, tuple(starts))
    columns = [
        _column((height, ticks.get(start), not (bar.count or known.get(bar.period) or covered(start, after)), False))
        for bar, height, start, after in zip(found.bars, heights, starts, (*starts[1:], end), strict=True)
    ]
    if starts[-1] <= now < end:
        columns[-1] = columns[-1]._replace(unfinished=True)
    return columns


@lru_cache(maxsize=256)  # most searches of an archive have bars of the same years
def _ticks(_language: str, starts: tuple[int, ...]) -> Mapping[int, str]:
    """Label the bars where a year begins, or a month, or a day: the widest step that gives at least two labels."""
    for shape, names in (("%Y", "year"), ("%Y-%m", "month"), ("%Y-%m-%d", "day"), ("%Y-%m-%d %H", "hour")):
        labels: dict[int, str] = {}
        last = None
        for start in starts:
            at = local_time(start)
            if f"{at:{shape}}" != last:
                last = f"{at:{shape}}"
                labels[start] = _tick(at, names)
        if len(labels) > 1 or names == "hour":
            return _thinned(labels)
    return {}


def _tick(at: datetime, kind: str) -> str:
    if kind == "year":
        return str(at.year)
    if kind == "month":
        return formats.month_name(at.month)
    return formats.day_of_year(at) if kind == "day" else f"{at:%H}:00"


def _thinned(labels: dict[int, str]) -> dict[int, str]:
    step = -(-len(labels) // TICKS)
    return {start: text for at, (start, text) in enumerate(labels.items()) if at % step == 0}


def _intervals(found: Histogram, state: State) -> Iterator[tuple[str, str | None]]:
    span = (found.bars[-1].start - found.bars[0].start) / 1440 + DAYS[found.interval]
    here = state.url() if state[_BARS:] == _USUAL else None  # then it comes last

    def url(width: Interval) -> str:
        return appended(here, INTERVAL.name, width) if here else state.but(interval=width, page=state.page).url()

    for width in WIDTHS:
        if width is found.interval:
            yield UNITS[width], None
        elif FEWEST <= span / DAYS[width] <= MOST:
            yield UNITS[width], url(width)
    yield COUNT, state.but(share=False, page=state.page).url() if state.share else None
    yield SHARE, None if state.share else state.but(share=True, page=state.page).url()


def months(bars: tuple[Bar, ...], *, now: int) -> tuple[Markup, str] | None:
    """Return the last twelve months as a small chart and its caption, or None when they hold nothing."""
    today = local_time(now)
    wanted = [(today.year * 12 + today.month - 1 - back) for back in range(11, -1, -1)]
    counts = {local_time(bar.start).year * 12 + local_time(bar.start).month - 1: bar.count for bar in bars}
    if not any(counts.get(each) for each in wanted):
        return None
    columns = [
        Column(
            counts.get(each, 0),
            formats.month_name(each % 12 + 1) if at % 3 == 0 else None,
            unfinished=at == 11,
        )
        for at, each in enumerate(wanted)
    ]
    best = max(wanted, key=lambda each: counts.get(each, 0))
    caption = texts(
        "Articles a month. Peak {n:,} article in {month}; {last} is not over.",
        "Articles a month. Peak {n:,} articles in {month}; {last} is not over.",
        counts[best],
        month=formats.month_name(best % 12 + 1),
        last=formats.month_name(wanted[-1] % 12 + 1),
    )
    return chart(columns, name="m"), caption
