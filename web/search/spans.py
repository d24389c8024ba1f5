"""A search and its histogram -> the same over the whole range that was asked, and what of that range was crawled."""

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from itertools import accumulate, chain

import numpy as np

from indexer.contract.bars import bars, buckets, span
from indexer.contract.facet_values import site_key
from indexer.contract.facets import FacetName
from indexer.contract.periods import following, local_minutes, period, preceding
from indexer.contract.values import Bar, Histogram, Interval, Period, Query, Sort
from web.layout.paths import source_path
from web.layout.services import current_services
from web.search.timeline import MOST, NONE_OUTSIDE, Outside

LADDER = (Interval.DAY, Interval.WEEK, Interval.MONTH, Interval.QUARTER, Interval.YEAR, Interval.DECADE)
FEW = 20  # hits of which one may be left out of the bars for its date
MOST_CUTS = 3  # each halves the range at least, and counts once more


def of_most(found: Histogram, query: Query, now: int) -> tuple[Histogram, Outside]:
    """Return the histogram without dates that make its bars wide and few: the days to come, and a few very old ones.

    A range that the search asks for stays whole.

    Args:
        now: The present local minute.
    """
    outside = NONE_OUTSIDE
    if found.bars and found.bars[-1].start > now:
        found, query, outside = _up_to_today(found, query)
    if query.since or (query.until and not outside.later) or query.interval not in (None, Interval.AUTO):
        return found, outside
    spare = few_of(found.bars)
    for _ in range(MOST_CUTS):
        start = begin_of_most(found.bars, spare)
        counted = _counted(query._replace(since=day_at(start))) if start is not None else None
        if start is None or counted is None or not counted.bars:
            break
        earlier = sum(bar.count for bar in found.bars) - sum(bar.count for bar in counted.bars)
        spare -= earlier
        outside = outside._replace(earlier=outside.earlier + earlier, until=preceding(day_at(start)).text)
        found = replace(counted, undated=found.undated)
    return found, outside


def few_of(bars: Iterable[Bar]) -> int:
    """Return how many of the hits in these bars may be left out for their dates: one in a hundred, or one of some."""
    total = sum(bar.count for bar in bars)
    return max(total // 100, int(total >= FEW))


def begin_of_most(bars: Sequence[Bar], spare: int) -> int | None:
    """Return the local minute from which on all but `spare` hits are dated; None: that is no half of the range."""
    at = next(at for at, count in enumerate(accumulate(bar.count for bar in bars)) if count > spare) if bars else 0
    last = bars[-1].start if bars else 0
    return bars[at].start if at and 2 * (last - bars[at].start) <= last - bars[0].start else None


def day_at(start: int) -> Period:
    """Return the day, or the hour, that begins at a local minute."""
    return following(Period("", start, start))


def _up_to_today(found: Histogram, query: Query) -> tuple[Histogram, Query, Outside]:
    """Return the histogram up to today, the query for it, and the hits dated later."""
    services = current_services()
    today = period("today", now=services.now(), zone=services.zone)
    if today is None or query.until or not found.bars or found.bars[-1].start < today.end:
        return found, query, NONE_OUTSIDE
    if query.since and query.since.start >= today.end:
        return found, query, NONE_OUTSIDE
    until_today = query._replace(until=today)
    counted = _counted(until_today)
    if counted is None or not counted.bars:
        return found, query, NONE_OUTSIDE
    later = sum(bar.count for bar in found.bars) - sum(bar.count for bar in counted.bars)
    outside = Outside(later=later, since=following(today).text)
    return replace(counted, undated=found.undated), until_today, outside


def _counted(query: Query) -> Histogram | None:
    return current_services().search(query._replace(facets=(), page=1, per_page=1)).results.histogram


def whole_range(found: Histogram, query: Query, now: int) -> Histogram:
    """Return the histogram from the beginning of the range asked for to its end, or to the present.

    Where that makes too many bars they are made wider, and counted again.
    """
    if not found.bars:
        return found
    first = query.since.start if query.since else found.bars[0].start
    last = query.until.end - 1 if query.until else now if query.since else found.bars[-1].start
    last = max(min(last, now), found.bars[-1].start)  # no bars of days to come, but where articles are dated so
    first = min(first, found.bars[0].start)
    if (first, last) == (found.bars[0].start, found.bars[-1].start) and len(found.bars) <= MOST:
        return found
    if span(first, last, found.interval) > MOST:
        wider = next((each for each in LADDER if span(first, last, each) <= MOST), Interval.DECADE)
        counted = current_services().search(query._replace(interval=wider, facets=(), page=1, per_page=1))
        found = counted.results.histogram or found
    return padded(found, first, last)


def padded(found: Histogram, first: int, last: int) -> Histogram:
    """Return the histogram from the bar of one local minute to that of another; bars before and after are left out."""
    start, *at = buckets(np.array([first, *(bar.start for bar in found.bars)]), found.interval).tolist()
    counts = np.zeros(span(first, last, found.interval), dtype=np.int64)
    for place, bar in zip(at, found.bars, strict=True):
        if 0 <= place - start < len(counts):
            counts[place - start] = bar.count
    return replace(found, bars=bars(start, counts, found.interval))


def in_bars(query: Query, shown: Histogram) -> Histogram | None:
    """Return what a search finds by the interval of a histogram: all of it or, of too many bars, what is in its bars.

    None when it has no histogram of this interval. In the second case a date that is known only to its month or year
    counts in the first bar if it may lie there, as in a search with a range.
    """
    query = query._replace(interval=shown.interval)
    found = _counted(query)
    if found is not None and found.interval is not shown.interval and shown.bars:
        start, last = shown.bars[0].start, shown.bars[-1].start
        after = bars(int(buckets(np.array([last]), shown.interval)[0]) + 1, np.zeros(1, np.int64), shown.interval)
        end = after[0].start
        since = query.since if query.since and query.since.start > start else day_at(start)
        until = query.until if query.until and query.until.end < end else preceding(Period("", end, end))
        found = _counted(query._replace(since=since, until=until))
    return found if found is not None and found.interval is shown.interval else None


def without_words(shown: Histogram, query: Query) -> Histogram | None:
    """Return what the filters of a search leave without its words, by the same interval: what a share is of."""
    everything = Query(sort=Sort.NEWEST, filters=query.filters, since=query.since, until=query.until)
    return in_bars(everything, shown)


def coverage(query: Query, interval: Interval) -> Callable[[int, int], bool]:
    """Return what tells of a bar whether a crawl of the sites asked for fell into it, or an article is dated in it.

    A day without articles is a day without news when a crawl was made then, and a hole in the archive when none was.
    """
    chosen = next((each for each in query.filters if each.facet is FacetName.SITE and each.values), None)
    sites = Query(sort=Sort.NEWEST, filters=(chosen,) if chosen else (), facets=(), interval=interval, per_page=1)
    written = _written(sites)
    names = frozenset(chosen.values) if chosen else frozenset()
    crawled = _crawled(names)

    def covered(start: int, end: int) -> bool:
        at = bisect_left(crawled, start)
        return start in written or (at < len(crawled) and crawled[at] < end)

    return covered


def _written(sites: Query) -> frozenset[int]:
    """Return the local minutes at which the bars begin that have articles of some sites."""
    services = current_services()
    key = "written", services.position, sites.filters, sites.interval
    found: frozenset[int] | None = services.remembered(key)
    if found is None:
        results = services.search(sites).results
        found = (
            frozenset(bar.start for bar in results.histogram.bars if bar.count) if results.histogram else frozenset()
        )
        if not results.partial and not sites.filters:  # of all sites, which most searches ask for
            services.remember(key, found)
    return found


def coverage_url(query: Query) -> str:
    """Return the page that says why there is no data: that of the source asked for, or of all sources."""
    chosen = next((each.values for each in query.filters if each.facet is FacetName.SITE and each.values), ())
    names = [each.name for each in current_services().config.sources if site_key(each.name) in chosen]
    return f"{source_path(names[0])}/coverage" if len(chosen) == len(names) == 1 else "/coverage"


def _crawled(sites: frozenset[str]) -> list[int]:
    """Return the local minutes at which crawls of these sites ended, or of any site, in order."""
    services = current_services()
    last = services.totals().last_run
    state = last and (last.id, last.ended)
    found: list[int] | None = services.remembered(("crawled", sites, state))
    if found is None:
        readings = _readings(state)
        chosen = (minutes for source, minutes in readings.items() if not sites or _is_of(site_key(source), sites))
        found = sorted(chain.from_iterable(chosen))
        services.remember(("crawled", sites, state), found)
    return found


def _readings(state: Hashable) -> dict[str, list[int]]:
    """Return source -> the local minutes at which crawls of it ended; read once, whichever sites are asked for."""
    services = current_services()
    found: dict[str, list[int]] | None = services.remembered(("readings", state))
    if found is None:
        found = {}
        for source, ended in services.store.runs.readings():
            found.setdefault(source, []).append(local_minutes(ended, services.zone))
        services.remember(("readings", state), found)
    return found


def _is_of(key: str | None, sites: frozenset[str]) -> bool:
    """Whether a site is one of these or stands below one, as a filter has it."""
    return key is not None and any(key == each or key.endswith(f".{each}") for each in sites)
