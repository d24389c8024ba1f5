"""A feed, sitemap, home or section page that was fetched -> its URLs in the frontier, and its visit."""

from collections.abc import Iterable
from datetime import datetime

from corpus import urls
from corpus.config import Source
from corpus.errors import ExtractError
from corpus.model import Discovered, FrontierEntry, UrlKind
from crawler.discovery import home as discover
from crawler.discovery import sitemaps
from crawler.discovery.scope import scope_of, wanted
from crawler.pool.dispatch import read_listing
from crawler.values import Listing, Response
from crawler.visiting import visit
from crawler.visiting.context import CrawlContext
from crawler.visiting.requests import delay_of, ports_of
from crawler.visiting.visit import VisitContext

MAX_RECHECKED = 1000  # known URLs of one listing whose dates are compared with our last visit


async def begin(crawl: CrawlContext, source: Source) -> None:
    """Put a source's own addresses in the frontier, and remember where its front page was last seen to move."""
    await crawl.async_store.add(ways_in(source), source.name, crawl.now())
    home = urls.canonical(source.url) or source.url
    visits = await crawl.async_store.do(crawl.async_store.store.visits, home, limit=5)
    moved = next((before.final_url for before in visits if before.final_url and before.status == 200), None)
    crawl.scopes[source.name] = scope_of(source, *filter(None, [moved]))


def ways_in(source: Source) -> tuple[Discovered, ...]:
    """Return the addresses config gives for a source: its front page, feeds, sitemaps and sections."""
    kinds = (
        (UrlKind.HOME, (source.url,)),
        (UrlKind.FEED, source.feeds),
        (UrlKind.SITEMAP, source.sitemaps),
        (UrlKind.SECTION, source.sections),
    )
    return tuple(Discovered(url=url, kind=kind, via="config") for kind, own in kinds for url in own)


async def visit_listing(crawl: CrawlContext, context: VisitContext, response: Response) -> None:
    """Read a listing and store where it leads."""
    entry = context.entry
    try:
        listing = await read_listing(crawl.workers, entry, response, context.at)
    except ExtractError as error:
        await crawl.record(context, visit.failed_by(context, error))
        return
    if entry.kind is UrlKind.HOME and response.hops:
        crawl.scopes[entry.source] = scope_of(context.source, response.address)
    found = await _found(crawl, context, response, listing)
    added = await crawl.async_store.add(found, entry.source, context.at)
    await _recheck(crawl, found, context.at)
    await crawl.record(context, visit.read(context, listing, changed=added > 0, found=()))


async def _found(
    crawl: CrawlContext, context: VisitContext, response: Response, listing: Listing
) -> tuple[Discovered, ...]:
    entry, source = context.entry, context.source
    found = list(discover.listed(listing).found if entry.kind in {UrlKind.FEED, UrlKind.SITEMAP} else listing.found)
    if entry.kind is UrlKind.HOME:
        found += await _ways_in(crawl, context, response, found)
    if entry.kind is UrlKind.SITEMAP and await _depth(crawl, entry) >= sitemaps.MAX_DEPTH:
        found = [each for each in found if each.kind is not UrlKind.SITEMAP]
    kind = UrlKind.SECTION if entry.kind is UrlKind.HOME else entry.kind
    following = discover.next_page(listing, response.address, kind, pages=source.backfill)
    if following is not None and await _pages_back(crawl, entry) < source.backfill:
        found.append(following)
    oldest = context.at - source.max_age if source.max_age else None
    fresh = [each for each in found if oldest is None or not _is_older(each, oldest)]
    return wanted(fresh, crawl.scopes[entry.source], crawl.series)


async def _ways_in(
    crawl: CrawlContext, context: VisitContext, response: Response, found: list[Discovered]
) -> list[Discovered]:
    """The sitemaps robots.txt names; where a feed or sitemap usually is, when the source names none."""
    delay, ports = delay_of(context.source, crawl.rules), ports_of(context.source)
    rules = await crawl.gate.rules(response.address, delay=delay, ports=ports)
    address = response.address
    named = [Discovered(url=each, kind=UrlKind.SITEMAP, via="robots", parent=address) for each in rules.sitemaps]
    has_feed = bool(context.source.feeds) or any(each.kind is UrlKind.FEED for each in found)
    has_sitemap = bool(context.source.sitemaps or named)
    return named + list(discover.well_known(address, feeds=not has_feed, sitemaps=not has_sitemap))


async def _depth(crawl: CrawlContext, entry: FrontierEntry) -> int:
    """How many sitemap indexes lead to this sitemap, itself counted."""
    depth, parent = 1, entry.parent
    while depth < sitemaps.MAX_DEPTH and parent:
        above = await crawl.async_store.entry(urls.canonical(parent) or parent)
        if above is None or above.kind is not UrlKind.SITEMAP:
            break
        depth, parent = depth + 1, above.parent
    return depth


async def _pages_back(crawl: CrawlContext, entry: FrontierEntry) -> int:
    """How many continuations lead to this page, from the first one; as many as it takes to reach the limit."""
    pages, limit = 0, crawl.scopes[entry.source].source.backfill
    above: FrontierEntry | None = entry
    while above is not None and above.via == "next-page" and above.parent and pages < limit:
        pages += 1
        above = await crawl.async_store.entry(urls.canonical(above.parent) or above.parent)
    return pages


async def _recheck(crawl: CrawlContext, found: Iterable[Discovered], now: datetime) -> None:
    """Make known articles due that their feed or sitemap says were updated after our last visit."""
    fresh = [each for each in found if each.kind is UrlKind.ARTICLE and each.hints.updated][:MAX_RECHECKED]
    if fresh:
        await crawl.async_store.do(_recheck_all, crawl, fresh, now)


def _recheck_all(crawl: CrawlContext, fresh: list[Discovered], now: datetime) -> None:
    for each in fresh:
        known = crawl.async_store.store.entry(urls.canonical(each.url) or each.url)
        updated = each.hints.updated
        if known is not None and updated is not None and _is_stale(known, updated.at, now):
            crawl.async_store.store.reschedule(known.url, now)


def _is_older(found: Discovered, oldest: datetime) -> bool:
    return found.hints.published is not None and found.hints.published.at < oldest


def _is_stale(known: FrontierEntry, updated: datetime, now: datetime) -> bool:
    asked = known.checked
    return asked is not None and known.changed is not None and asked < updated <= now and known.due > now
