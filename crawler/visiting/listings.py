"""A feed, sitemap, home or section page that was fetched -> its URLs in the frontier, and its visit."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice, takewhile

from corpus import urls
from corpus.config import Source
from corpus.errors import ExtractError
from corpus.model import Discovered, FrontierEntry, UrlKind
from corpus.reasons import Reason
from corpus.via import Via
from crawler.discovery import links
from crawler.discovery.guesses import addresses_of
from crawler.discovery.pagination import named_next
from crawler.discovery.scope import scope_of
from crawler.discovery.section_or_story import is_story
from crawler.fetching.requests import delay_of, ports_of
from crawler.pool.dispatch import read_listing, read_section_or_story
from crawler.values import Extraction, Listing, Response, only_first
from crawler.visiting import visit
from crawler.visiting.context import CrawlContext
from crawler.visiting.following import store_listing
from crawler.visiting.guessing import begin_guesses
from crawler.visiting.nofollow import obeying
from crawler.visiting.pages import visit_page, without_teasers
from crawler.visiting.proof import Ask
from crawler.visiting.reclassifying import is_by_address, is_no_list, leads_nowhere, may_turn
from crawler.visiting.stories.asking import View
from crawler.visiting.visit import VisitContext

_PERMANENT = frozenset({301, 308})
_PAGED = frozenset({UrlKind.HOME, UrlKind.SECTION})
_MOVING = frozenset({UrlKind.FEED, UrlKind.SITEMAP})
WHOLE_DEPTH = 3  # an index of indexes of sitemaps, as large sites have; what a deeper one names may be a trap
MAX_DEPTH = 6  # steps to a sitemap; none is followed further
MAX_DEEP = 50  # sitemaps that are taken of an index WHOLE_DEPTH steps deep or deeper
MAX_SECTION_DEPTH = 3  # steps from the front page to a section: world, world/asia, world/asia/japan


async def begin(crawl: CrawlContext, sources: Iterable[Source]) -> None:
    """Put the sources' own addresses in the frontier, and remember where each front page was last seen to move."""
    store = crawl.async_store.store
    await crawl.async_store.do(
        store.frontier.add_all, {source.name: addresses_of(source) for source in sources}, crawl.now()
    )
    homes = {urls.key_of(source.url): source for source in sources}
    for home, moved in (await crawl.async_store.do(store.journal.landings, homes)).items():
        crawl.scopes[homes[home].name] = scope_of(homes[home], moved)


async def visit_listing(
    crawl: CrawlContext, context: VisitContext, response: Response, *, ask: Ask | None = None, view: View | None = None
) -> None:
    """Read a listing and store where it leads; a section page that turns out to be an article is stored as one.

    `ask` and `view` as in `crawler.visiting.pages.visit_page`.
    """
    entry = context.entry
    try:
        listing, read = await _read(crawl, context, response)
        may_be_story = is_by_address(entry)
        if read is not None and may_be_story and is_story(read, listing):
            read = await without_teasers(crawl, context, response, read)
    except ExtractError as error:
        if error.reason != Reason.NOT_A_FEED or not await _feeds_named(crawl, context, response):
            await crawl.record(context, visit.failed_by(context, error))
        return
    if read is not None and may_be_story and is_story(read, listing):
        await visit_page(
            crawl, replace(context, entry=replace(entry, kind=UrlKind.ARTICLE)), response, ask=ask, view=view
        )
        return
    if read is not None and is_no_list(entry, read, listing, response.address):
        shut = visit.article(context, read, stored=None, unchanged=False)
        if entry.kind is not UrlKind.HOME:
            await crawl.record(context, shut)
            return
        named = Listing(tuple(item for item in listing.found if item.kind is UrlKind.FEED))  # they may be open
        named = await _with_ways_in(crawl, context, response, named)
        await store_listing(crawl, context, named, response.address, instead=shut)
        return
    if entry.kind is UrlKind.HOME and response.hops:
        crawl.scopes[entry.source] = scope_of(context.source, response.address)
    listing = await _with_ways_in(crawl, context, response, _continued(entry, response, listing))
    listing = obeying(listing, entry.kind, response, context.at, name=crawl.rules.name)
    if entry.kind in _MOVING and response.hops and all(status in _PERMANENT for status, _ in response.hops):
        moved = await _move(crawl, context, response.address)
        if moved is None:
            return
        context = moved
    await store_listing(crawl, context, listing, response.address)


async def _read(crawl: CrawlContext, context: VisitContext, response: Response) -> tuple[Listing, Extraction | None]:
    """Read where a listing leads, and what its page is as an article's where it may be no list."""
    entry, listing = context.entry, None
    if not may_turn(entry, context.at):
        listing = await read_listing(crawl.workers, entry, response, context.at)
        if not leads_nowhere(entry, listing, response.address):
            return listing, None
    both, read = await read_section_or_story(crawl.workers, entry, context.source, response=response, now=context.at)
    return both if listing is None or is_by_address(entry) else listing, read


async def _feeds_named(crawl: CrawlContext, context: VisitContext, response: Response) -> bool:
    """Whether a page that a link called a feed names the feeds of its site, which are then asked for."""
    if context.entry.via not in {Via.ALTERNATE, Via.LINK}:
        return False
    try:
        page = await read_listing(crawl.workers, replace(context.entry, kind=UrlKind.HOME), response, context.at)
    except ExtractError:
        return False
    named = tuple(item for item in page.found if item.kind is UrlKind.FEED)
    if named:
        entry = replace(context.entry, kind=UrlKind.SECTION, via=Via.SECTION)
        listing = Listing(named, notes=("names-feeds",))
        await store_listing(crawl, replace(context, entry=entry), listing, response.address)
    return bool(named)


async def _move(crawl: CrawlContext, context: VisitContext, address: str) -> VisitContext | None:
    """Record that a feed or sitemap, which was read there, has moved for good; it is asked there from now on.

    Return its visit under the new address; None when that address has visits of its own.
    """
    target = urls.canonical(address)
    if target is None or target == context.entry.url:
        return context
    found = Discovered(url=address, kind=context.entry.kind, via=Via.REDIRECT, parent=context.entry.url)
    await crawl.record(context, visit.redirected(context, found, Reason.REDIRECT))
    there = await crawl.async_store.entry(target)
    if there is None or there.outcome is not None:
        return None
    return replace(context, entry=there)


def _continued(entry: FrontierEntry, response: Response, listing: Listing) -> Listing:
    """The listing of a page with the page that the answer's headers call the next, where the page names none."""
    if listing.next is not None or entry.kind not in _PAGED:
        return listing
    return replace(listing, next=named_next(response.headers, response.address))


async def _with_ways_in(crawl: CrawlContext, context: VisitContext, response: Response, listing: Listing) -> Listing:
    """The listing with the feeds and sitemaps that a home page's site has; without what cannot be a page."""
    entry = context.entry
    if entry.kind is UrlKind.HOME:
        ways = await _ways_in(crawl, context, response, list(listing.found))
        return replace(listing, found=(*ways, *listing.found))
    if entry.kind is UrlKind.SECTION:
        return await _within_depth(crawl, entry, listing)
    listing = links.listed(listing)
    return await _shallow(crawl, entry, listing) if entry.kind is UrlKind.SITEMAP else listing


async def _shallow(crawl: CrawlContext, entry: FrontierEntry, listing: Listing) -> Listing:
    """The listing of a sitemap; of an index far down its first sitemaps, the newest, or none. The visit says so."""
    children = [item for item in listing.found if item.kind is UrlKind.SITEMAP]
    depth = await _depth(crawl, entry) if children else 0
    most = 0 if depth >= MAX_DEPTH else MAX_DEEP if depth >= WHOLE_DEPTH else len(children)
    if len(children) <= most:
        return listing
    rest = replace(listing, found=tuple(children[most:]))
    left_out = _without(rest, UrlKind.SITEMAP, Reason.DEEP_SITEMAP).left_out
    notes = (*listing.notes, Reason.DEEP_SITEMAP.value, *only_first(most, len(children)))
    return replace(listing, found=tuple(children[:most]), left_out=left_out, notes=notes)


async def _within_depth(crawl: CrawlContext, entry: FrontierEntry, listing: Listing) -> Listing:
    """The listing of a section; sections more than MAX_SECTION_DEPTH steps from the front page are left out."""
    store = crawl.async_store.store
    if not any(item.kind is UrlKind.SECTION for item in listing.found):
        return listing

    def count() -> int:  # in the store's thread, which asks for each page in between
        sections = takewhile(lambda each: each.kind is UrlKind.SECTION and each.parent, store.frontier.above(entry))
        return 1 + sum(1 for _ in islice((each for each in sections if each.via == Via.SECTION), MAX_SECTION_DEPTH))

    depth = await crawl.async_store.do(count)
    return _without(listing, UrlKind.SECTION, Reason.DEEP_SECTION) if depth >= MAX_SECTION_DEPTH else listing


def _without(listing: Listing, kind: UrlKind, reason: str) -> Listing:
    """The listing without URLs of a kind, but for dated archives, which have a bound of their own."""
    found: list[Discovered] = []
    left_out = [*listing.left_out]
    for item in listing.found:
        if item.kind is kind and item.via != Via.ARCHIVE:
            left_out.append(links.as_left_out(item, reason))
        else:
            found.append(item)
    return replace(listing, found=tuple(found), left_out=tuple(left_out))


async def _ways_in(
    crawl: CrawlContext, context: VisitContext, response: Response, found: list[Discovered]
) -> list[Discovered]:
    """The sitemaps robots.txt names; from now on usual places are tried, while something is missing."""
    delay, ports = delay_of(context.source, crawl.rules), ports_of(context.source)
    rules = await crawl.gate.rules(response.address, delay=delay, ports=ports)
    address = response.address
    root = f"{urls.origin(address)}/"  # where robots.txt stands: some of its lines leave the host out
    listed = (urls.join(root, each) or each for each in rules.sitemaps)
    stories = [item for item in found if item.kind is UrlKind.ARTICLE]
    await begin_guesses(crawl, context, address, stories)
    return [Discovered(url=each, kind=UrlKind.SITEMAP, via=Via.ROBOTS, parent=address) for each in listed]


async def _depth(crawl: CrawlContext, entry: FrontierEntry) -> int:
    """How many sitemap indexes lead to this sitemap, itself counted."""
    store = crawl.async_store.store

    def count() -> int:
        above = islice(store.frontier.above(entry), 1, MAX_DEPTH)
        return 1 + sum(1 for _ in takewhile(lambda each: each.kind is UrlKind.SITEMAP, above))

    return await crawl.async_store.do(count)
