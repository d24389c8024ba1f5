"""What a listing names -> the frontier: what is asked for, what is left out, which older pages wait."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from corpus import urls
from corpus.errors import ExtractError
from corpus.model import Discovered, FrontierEntry, LeftOut, UrlKind, Visit
from corpus.reasons import Reason
from corpus.via import Via
from crawler.discovery.guesses import WAYS_IN
from crawler.discovery.links import as_left_out
from crawler.discovery.scope import Wanted, wanted
from crawler.pool.dispatch import read_listing
from crawler.values import Extraction, Listing, PageKind, Response
from crawler.visiting import reclassifying, visit
from crawler.visiting.context import CrawlContext
from crawler.visiting.guessing import first_guess
from crawler.visiting.nofollow import obeying
from crawler.visiting.visit import VisitContext
from crawler.visiting.walking import too_new, walk

_STORIES = frozenset({UrlKind.ARTICLE})
_LEADS = frozenset({UrlKind.ARTICLE, UrlKind.SECTION})
# A feed or sitemap is asked before the pages it may say more of than the link they were found by.
_ORDER = (WAYS_IN, _STORIES, frozenset({UrlKind.SECTION, UrlKind.HOME}))


async def store_listing(
    crawl: CrawlContext, context: VisitContext, listing: Listing, address: str, *, instead: Visit | None = None
) -> None:
    """Store where a listing that answered at `address` leads, which older pages follow, and its visit.

    Args:
        instead: The visit, where the page was read and is no list.
    """
    entry, store = context.entry, crawl.async_store
    recent, too_old = _by_age(context, listing.found)
    chosen = wanted(recent, crawl.scopes[entry.source], crawl.series)
    if any(item.reason == Reason.SERIES for item in chosen.left_out):
        await _learn_series(crawl, recent, entry.source, context.at)
        chosen = wanted(recent, crawl.scopes[entry.source], crawl.series)
    if not crawl.quota.has_room_for_addresses(entry.source):
        chosen = await _only_known(crawl, chosen)
    older = [item for item in chosen.found if item.via == Via.ARCHIVE]
    here = [item for item in chosen.found if item.via != Via.ARCHIVE]
    goal = await store.do(store.store.walks.goal, entry.source)
    left = too_new(_of(here, _STORIES), goal, entry, context.at)
    waiting = {item.url for item in left}
    stays = [item for item in here if item.url not in waiting]
    stays += await first_guess(crawl, context, _of(stays, WAYS_IN))
    counts = await store.add_each([_of(stays, kinds) for kinds in _ORDER], entry.source, context.at)
    added = dict(zip(_ORDER, counts, strict=True))
    if entry.kind in WAYS_IN and (ways := crawl.ways_in.get(entry.source)) is not None:
        ways.take(entry, recent)
    fresh = added[_STORIES]
    known = len(_of(stays, _STORIES)) - fresh
    # A short address is a section's until it is read: it may as well be one of the stories that the list is of.
    leads = any(item.kind in _LEADS and item.url != listing.next for item in here)
    trimmed = replace(listing, found=(*here, *older))
    walked = await walk(crawl, entry, trimmed, address, goal=goal, leads=leads, has_gap=fresh > known)
    taken = wanted(walked.due, crawl.scopes[entry.source], crawl.series)
    walked_to = await store.add(taken.found, entry.source, context.at)
    for url in walked.again:
        await store.do(store.store.frontier.reschedule, url, context.at)
    later = (*walked.postponed, *left)
    postponed = await store.do(store.store.walks.postpone, later, entry.source, context.at) if later else 0
    crawl.quota.add_addresses(entry.source, sum(added.values()) + walked_to + postponed)
    await _recheck(crawl, here, context.at)
    left_out = crawl.newly_left_out(entry.source, (*listing.left_out, *too_old, *chosen.left_out, *taken.left_out))
    is_new = sum(added.values()) > 0
    await crawl.record(context, instead or visit.read(context, listing, changed=is_new, left_out=left_out))


async def _learn_series(crawl: CrawlContext, found: Iterable[Discovered], source: str, at: datetime) -> None:
    """Ask of what is stored what the addresses of a list are, where no more of their pattern would be taken."""
    sections = [item for item in found if item.kind is UrlKind.SECTION]
    for entry in (await crawl.async_store.entries(sections)).values():
        if entry.checked is not None:
            await crawl.learn_series(entry.url, source, at, is_story=entry.changed is not None)


async def followed_as_list(crawl: CrawlContext, context: VisitContext, response: Response, read: Extraction) -> bool:
    """Whether an address taken for an article's led to a list of them, which is then followed as a section is.

    Of the lists that a sitemap names, so many become sections as a run takes; of the others the stories alone count.
    """
    by_sitemap = reclassifying.may_list_by_sitemap(context.entry, read)
    if not (by_sitemap or reclassifying.may_list(context.entry, read)):
        return False
    entry = replace(context.entry, kind=UrlKind.SECTION)
    try:
        listing = await read_listing(crawl.workers, entry, response, context.at)
    except ExtractError:
        return False
    is_list = reclassifying.is_section(listing, response.address, below=read.kind is PageKind.EMPTY)
    if not (is_list or reclassifying.is_frameset(read, listing, response.content)):
        return False
    listing = obeying(listing, entry.kind, response, context.at, name=crawl.rules.name)
    if by_sitemap:
        if not await _leads_to_unknown(crawl, context, listing):
            return False
        section = Discovered(url=entry.url, kind=UrlKind.SECTION, via=Via.SECTION)
        if not crawl.series.takes(section):
            none = visit.not_article(context, read.reason)
            await store_listing(crawl, context, replace(listing, next=None), response.address, instead=none)
            return True
    await store_listing(crawl, replace(context, entry=entry), listing, response.address)
    return True


async def _leads_to_unknown(crawl: CrawlContext, context: VisitContext, listing: Listing) -> bool:
    """Whether a list leads to a story of its source that nothing else has named."""
    scope = crawl.scopes[context.entry.source]
    stories = [item for item in _of(listing.found, _STORIES) if scope.refusal(item.url, item.kind) is None]
    known = await crawl.async_store.entries(stories)
    return any(urls.key_of(item.url) not in known for item in stories)


def _of(found: Iterable[Discovered], kinds: frozenset[UrlKind]) -> list[Discovered]:
    return [item for item in found if item.kind in kinds]


def _by_age(context: VisitContext, found: Iterable[Discovered]) -> tuple[list[Discovered], list[LeftOut]]:
    """Part what a listing names into what its source asks for, and what is older than its `max_age`."""
    oldest = context.at - context.source.max_age if context.source.max_age else None
    recent: list[Discovered] = []
    too_old: list[LeftOut] = []
    for item in found:
        published = item.hints.published
        if oldest is not None and published is not None and published.at < oldest:
            too_old.append(as_left_out(item, Reason.TOO_OLD))
        else:
            recent.append(item)
    return recent, too_old


async def _only_known(crawl: CrawlContext, chosen: Wanted) -> Wanted:
    """Return the addresses the frontier has already; the others find no room in this run and are left out."""
    entries = await crawl.async_store.entries(chosen.found)
    known = tuple(item for item in chosen.found if urls.key_of(item.url) in entries)
    new = (as_left_out(item, Reason.QUOTA) for item in chosen.found if urls.key_of(item.url) not in entries)
    return Wanted(known, (*chosen.left_out, *new))


async def _recheck(crawl: CrawlContext, found: Iterable[Discovered], now: datetime) -> None:
    """Make known articles due that their feed or sitemap says were updated after our last visit."""
    dated = [item for item in found if item.kind is UrlKind.ARTICLE and item.hints.updated]
    known = await crawl.async_store.entries(dated)
    for item in dated:
        entry, updated = known.get(urls.key_of(item.url)), item.hints.updated
        if entry is not None and updated is not None and _is_stale(entry, updated.at, now):
            await crawl.async_store.do(crawl.async_store.store.frontier.reschedule, entry.url, now)


def _is_stale(known: FrontierEntry, updated: datetime, now: datetime) -> bool:
    taken = known.checked
    return taken is not None and known.changed is not None and taken < updated <= now and known.due > now
