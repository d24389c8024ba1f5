"""A feed, sitemap, home or section page that was fetched -> its URLs in the frontier, and its visit."""

from collections.abc import Iterable
from datetime import datetime

from corpus import urls
from corpus.config import CrawlerSettings, Source
from corpus.errors import ExtractError
from corpus.model import Discovered, FrontierEntry, UrlKind
from crawler.discovery import home as discover
from crawler.discovery import sitemaps
from crawler.discovery.feeds import Listing
from crawler.discovery.scope import scope_of, wanted
from crawler.exchange import Response
from crawler.pool.dispatch import read_listing
from crawler.visiting import visit
from crawler.visiting.context import Crew
from crawler.visiting.requests import delay_of, ports_of
from crawler.visiting.visit import Case

MAX_RECHECKED = 1000  # known URLs of one listing whose dates are compared with our last visit


async def begin(crew: Crew, source: Source) -> None:
    """Put a source's own addresses in the frontier, and remember where its front page was last seen to move."""
    await crew.ledger.add(ways_in(source), source.name, crew.now())
    home = urls.canonical(source.url) or source.url
    visits = await crew.ledger.do(crew.ledger.store.visits, home, limit=5)
    moved = next((told.final_url for told in visits if told.final_url and told.status == 200), None)
    crew.scopes[source.name] = scope_of(source, *filter(None, [moved]))


def ways_in(source: Source) -> tuple[Discovered, ...]:
    """Return the addresses config gives for a source: its front page, feeds, sitemaps and sections."""
    kinds = (
        (UrlKind.HOME, (source.url,)),
        (UrlKind.FEED, source.feeds),
        (UrlKind.SITEMAP, source.sitemaps),
        (UrlKind.SECTION, source.sections),
    )
    return tuple(Discovered(url=url, kind=kind, via="config") for kind, own in kinds for url in own)


async def visit_listing(crew: Crew, case: Case, response: Response) -> None:
    """Read a listing and store where it leads."""
    entry = case.entry
    try:
        listing = await read_listing(crew.workers, entry, response, case.at)
    except ExtractError as error:
        await crew.record(case, visit.failed_by(case, error))
        return
    if entry.kind is UrlKind.HOME and response.hops:
        crew.scopes[entry.source] = scope_of(case.source, response.address)
    found = await _found(crew, case, response, listing)
    added = await crew.ledger.add(found, entry.source, case.at)
    await _recheck(crew, found, case.at)
    await crew.record(case, visit.read(case, listing, changed=added > 0, found=()))


async def _found(crew: Crew, case: Case, response: Response, listing: Listing) -> tuple[Discovered, ...]:
    entry, source = case.entry, case.source
    found = list(discover.listed(listing).found if entry.kind in {UrlKind.FEED, UrlKind.SITEMAP} else listing.found)
    if entry.kind is UrlKind.HOME:
        found += await _ways_in(crew, case, response, found)
    if entry.kind is UrlKind.SITEMAP and await _depth(crew, entry) >= sitemaps.MAX_DEPTH:
        found = [each for each in found if each.kind is not UrlKind.SITEMAP]
    kind = UrlKind.SECTION if entry.kind is UrlKind.HOME else entry.kind
    following = discover.next_page(listing, response.address, kind, pages=source.backfill)
    if following is not None and await _pages_back(crew, entry) < source.backfill:
        found.append(following)
    oldest = case.at - source.max_age if source.max_age else None
    fresh = [each for each in found if oldest is None or not _is_older(each, oldest)]
    return wanted(fresh, crew.scopes[entry.source], crew.series)


async def _ways_in(crew: Crew, case: Case, response: Response, found: list[Discovered]) -> list[Discovered]:
    """The sitemaps robots.txt names; where a feed or sitemap usually is, when the source names none."""
    delay, ports = delay_of(case.source, crew.rules), ports_of(case.source)
    rules = await crew.gate.rules(response.address, delay=delay, ports=ports)
    address = response.address
    named = [Discovered(url=each, kind=UrlKind.SITEMAP, via="robots", parent=address) for each in rules.sitemaps]
    has_feed = bool(case.source.feeds) or any(each.kind is UrlKind.FEED for each in found)
    has_sitemap = bool(case.source.sitemaps or named)
    return named + list(discover.well_known(address, feeds=not has_feed, sitemaps=not has_sitemap))


async def _depth(crew: Crew, entry: FrontierEntry) -> int:
    """How many sitemap indexes lead to this sitemap, itself counted."""
    depth, parent = 1, entry.parent
    while depth < sitemaps.MAX_DEPTH and parent:
        above = await crew.ledger.entry(urls.canonical(parent) or parent)
        if above is None or above.kind is not UrlKind.SITEMAP:
            break
        depth, parent = depth + 1, above.parent
    return depth


async def _pages_back(crew: Crew, entry: FrontierEntry) -> int:
    """How many continuations lead to this page, from the first one; as many as it takes to reach the limit."""
    pages, limit = 0, crew.scopes[entry.source].source.backfill
    above: FrontierEntry | None = entry
    while above is not None and above.via == "next-page" and above.parent and pages < limit:
        pages += 1
        above = await crew.ledger.entry(urls.canonical(above.parent) or above.parent)
    return pages


async def _recheck(crew: Crew, found: Iterable[Discovered], now: datetime) -> None:
    """Make known articles due that their feed or sitemap says were updated after our last visit."""
    told = [each for each in found if each.kind is UrlKind.ARTICLE and each.hints.updated][:MAX_RECHECKED]
    if told:
        await crew.ledger.do(_recheck_all, crew, told, now)


def _recheck_all(crew: Crew, told: list[Discovered], now: datetime) -> None:
    for each in told:
        known = crew.ledger.store.entry(urls.canonical(each.url) or each.url)
        updated = each.hints.updated
        if known is not None and updated is not None and _is_stale(known, updated.at, now, crew.rules):
            crew.ledger.store.reschedule(known.url, now)


def _is_older(found: Discovered, oldest: datetime) -> bool:
    return found.hints.published is not None and found.hints.published.at < oldest


def _is_stale(known: FrontierEntry, updated: datetime, now: datetime, rules: CrawlerSettings) -> bool:
    asked = known.checked
    return asked is not None and known.changed is not None and asked < updated <= now and known.due > now
