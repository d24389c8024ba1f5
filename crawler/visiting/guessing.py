"""A front page, feeds and sitemaps that were visited -> the next usual place of a feed or sitemap to try, if any."""

from collections.abc import Collection
from datetime import timedelta

from corpus import urls
from corpus.model import Discovered, FrontierEntry, Outcome, UrlKind
from corpus.via import Via
from crawler.discovery.guesses import WAYS_IN, WaysIn, addresses_of, well_known
from crawler.visiting.context import CrawlContext
from crawler.visiting.visit import VisitContext

BEFORE = timedelta(seconds=1)  # how much earlier a guessed place is due than what was found with the one before

_WITH_FRONT_PAGE = frozenset({Via.WELL_KNOWN, Via.ROBOTS})


async def begin_guesses(
    crawl: CrawlContext, context: VisitContext, address: str, stories: Collection[Discovered]
) -> WaysIn:
    """Begin to note what ways lead into a source whose front page answered at `address`, and leads to `stories`."""
    known = await crawl.async_store.entries(stories)
    new = {urls.key_of(item.url) for item in stories} - known.keys()
    ways = crawl.ways_in[context.source.name] = WaysIn(address, len(stories), new)
    own, usual = addresses_of(context.source), well_known(address, feeds=True, sitemaps=True)
    for each in (await crawl.async_store.entries((*own, *usual))).values():
        _know(ways, each, context)
    return ways


async def first_guess(crawl: CrawlContext, context: VisitContext, leads: list[Discovered]) -> list[Discovered]:
    """Return the first usual place of a feed or sitemap to try; [] where a visit to one of `leads` comes first."""
    ways = crawl.ways_in.get(context.entry.source)
    if ways is None:
        return []
    known = await crawl.async_store.entries(leads)
    for key in filter(None, (urls.canonical(item.url) for item in leads)):
        if key in known:
            _know(ways, known[key], context)
        else:
            ways.awaited.add(key)
    is_home = context.entry.kind is UrlKind.HOME
    return await _next_place(crawl, context.entry.source, ways) if is_home else []


async def guess_on(crawl: CrawlContext, entry: FrontierEntry) -> None:
    """Go on to the next place where a feed or sitemap may be, after a visit to one: `entry`, as it was leased.

    It is due before the stories of the front page, which it may say more of.
    """
    after = await crawl.async_store.entry(entry.url)
    if after is None or after.outcome is None:
        return  # the lease was given back: it will be visited
    ways = crawl.ways_in.get(entry.source) or await _taken_up(crawl, entry)
    if ways is None:
        return
    ways.visited(entry, after)
    if places := await _next_place(crawl, entry.source, ways):
        added = await crawl.async_store.add(places, entry.source, entry.due - BEFORE)
        crawl.quota.add_addresses(entry.source, added)


async def _taken_up(crawl: CrawlContext, entry: FrontierEntry) -> WaysIn | None:
    """Return the ways into a source whose front page an earlier run read, which ended before it had tried all places.

    None unless `entry` was found with the front page, and never read so far.
    """
    if entry.via not in _WITH_FRONT_PAGE or entry.parent is None or entry.outcome in {Outcome.READ, Outcome.UNCHANGED}:
        return None
    return await begin_guesses(crawl, crawl.visit_of(entry), entry.parent, ())


def _know(ways: WaysIn, entry: FrontierEntry, context: VisitContext) -> None:
    if entry.kind in WAYS_IN and entry.source == context.source.name:
        ways.know(entry, context.at)


async def _next_place(crawl: CrawlContext, source: str, ways: WaysIn) -> list[Discovered]:
    """Return the first usual place of a feed or sitemap that is worth a request and was not tried; [] for none."""
    places = ways.places() if crawl.quota.has_room_for_addresses(source) else ()
    known = await crawl.async_store.entries(places)
    new = [item for item in places if urls.key_of(item.url) not in known][:1]
    ways.awaited.update(urls.key_of(item.url) for item in new)
    return new
