"""An address -> what a crawl of its site would find, before it is a source: ways in, and three articles read."""

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from corpus import urls
from corpus.config import Config, Source
from corpus.errors import ExtractError, FetchError, PressmarkError
from corpus.model import Discovered, FrontierEntry, LeftOut, UrlKind
from corpus.reasons import Reason
from corpus.via import Via
from crawler.discovery import links
from crawler.discovery.guesses import well_known
from crawler.fetching import robots
from crawler.pool.workers import Workers
from crawler.values import Extraction, Listing, PageKind, Response
from crawler.visiting.scout import Scout, WayIn, scouts

MAX_FEEDS = 3
MAX_SITEMAPS = 3
AT_ONCE = 8  # addresses looked at side by side


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """What a crawl of an address would find.

    Attributes:
        address: Of the page to follow, redirects followed; of a feed or sitemap, the front page of what it names.
        given: What the address is: HOME for any page, FEED or SITEMAP for one of these.
        robots: "allowed", "disallowed" or "unreachable".
        crawl_delay: Seconds its robots.txt asks for; None when it does not.
        from_feeds, from_sitemaps: How many different articles these name, as far as they were read.
        sections: Section pages its front page leads to.
        links: How many links of the front page look like articles.
        older: A page that continues the front page or its first section, or a dated archive; None: none was seen.
        left_out: What the front page links to and a crawl would not ask for.
        samples: Pages read, articles first.
        unread: Pages that were tried for these and could not be read.
        problem: Why the front page could not be read; the rest is then what was found without it.
        reason: The stable word of `problem`; None: it has none.
    """

    address: str
    given: UrlKind = UrlKind.HOME
    robots: str
    crawl_delay: float | None = None
    feeds: tuple[WayIn, ...] = ()
    sitemaps: tuple[WayIn, ...] = ()
    from_feeds: int = 0
    from_sitemaps: int = 0
    sections: tuple[str, ...] = ()
    links: int = 0
    older: str | None = None
    left_out: tuple[LeftOut, ...] = ()
    samples: tuple[Extraction, ...] = ()
    unread: tuple[WayIn, ...] = ()
    problem: str | None = None
    reason: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing says that there are articles: no feed, no sitemap, and no page that reads as one."""
        read = any(sample.kind is PageKind.ARTICLE for sample in self.samples)
        return not (self.from_feeds or self.from_sitemaps or read)


def addresses_of(typed: str) -> tuple[str, ...]:
    """Return what to try for an address as it is typed: without a scheme https, then http; `feed:` is none."""
    text = typed.strip()
    lower = text.lower()
    if lower.startswith("feed:"):
        rest = text[5:].lstrip("/")
        return (rest,) if rest.lower().startswith(("http://", "https://")) else (f"https://{rest}", f"http://{rest}")
    return (text,) if "://" in text else (f"https://{text}", f"http://{text}")


def discover_source(typed: str, config: Config, workers: Workers | None = None) -> SourceReport:
    """Look at a site as a crawl would, with a dozen polite requests; nothing is stored.

    Args:
        typed: A home page, a section, a feed or a sitemap; without a scheme, https is tried, then http.
        workers: They read the pages, and stay open; None: one is started.

    Raises:
        FetchError: The address is none we may ask at all, such as a private one.
    """
    return asyncio.run(discover_site(typed, config, workers))


async def discover_site(typed: str, config: Config, workers: Workers | None = None) -> SourceReport:
    """Look at a site as `discover_source` does."""
    async with scouts(config, workers) as scout_of:
        return await _discovered(typed, scout_of)


def discover_each(
    typed: Iterable[str],
    config: Config,
    take: Callable[[SourceReport | PressmarkError], None],
    workers: Workers | None = None,
) -> None:
    """Look at many addresses as `discover_source` does, AT_ONCE side by side, a host asked one request at a time.

    Args:
        typed: As for `discover_source`.
        take: Called with the report of each address, or why there is none, in the order of the addresses.
        workers: They read the pages, and stay open; None: as many as config says are started.
    """
    asyncio.run(_discover_each(typed, config, take, workers))


def fetch_one(address: str, config: Config) -> Response:
    """Fetch one page by its address: robots obeyed, redirects followed, within the limits of config.

    Raises:
        FetchError: With a stable reason; `http-404` and its like for an answer other than 200.
    """
    return asyncio.run(_fetch_one(Source(url=address, name=urls.host(address) or address[:80]), config))


async def _fetch_one(source: Source, config: Config) -> Response:
    async with scouts(config, None) as scout_of:  # which only fetches
        scout = scout_of(source)
        return await scout.fetch(scout.entry(source.url, UrlKind.ARTICLE))


async def _discover_each(
    typed: Iterable[str],
    config: Config,
    take: Callable[[SourceReport | PressmarkError], None],
    workers: Workers | None,
) -> None:
    async with scouts(config, workers, processes=config.crawler.processes) as scout_of:
        running: deque[asyncio.Task[SourceReport | PressmarkError]] = deque()
        try:
            for address in typed:
                if len(running) == AT_ONCE:
                    take(await running[0])
                    running.popleft()
                running.append(asyncio.create_task(_report_or_error(address, scout_of)))
            while running:
                take(await running[0])
                running.popleft()
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)


async def _report_or_error(typed: str, scout_of: Callable[[Source], Scout]) -> SourceReport | PressmarkError:
    try:
        return await _discovered(typed, scout_of)
    except PressmarkError as error:
        return error


async def _discovered(typed: str, scout_of: Callable[[Source], Scout]) -> SourceReport:
    first, *others = addresses_of(typed)
    if not others:
        return await _discover(scout_of(_source(first)))
    try:
        report = await _discover(scout_of(_source(first)))
    except FetchError:  # such as a server that speaks no TLS
        return await _discover(scout_of(_source(others[0])))
    if report.robots != "unreachable":
        return report
    other = await _discover(scout_of(_source(others[0])))
    return report if other.robots == "unreachable" else other


def _source(address: str) -> Source:
    return Source(url=address, name=(urls.host(address) or address)[:80])


async def _discover(scout: Scout) -> SourceReport:
    source = scout.source
    rules, report = await _answer(scout, source.url)
    if report.robots != "allowed":
        return report
    try:
        response = await scout.fetch(scout.entry(source.url, UrlKind.FEED))  # a page or a feed, as it turns out
        entry, listing = await _read(scout, source.url, response)
    except (FetchError, ExtractError) as error:
        return await _ways_in(scout, rules, replace(report, problem=str(error), reason=error.reason), Listing(), ())
    if entry.kind is UrlKind.HOME:
        return await _ways_in(scout, rules, replace(report, address=response.address), listing, ())
    return await _of_way_in(scout, entry, response.address, listing)


async def _answer(scout: Scout, address: str) -> tuple[robots.Rules, SourceReport]:
    """What the robots.txt of an address says, and a report that says it."""
    rules = await scout.gate.rules(address, delay=scout.delay, ports=scout.ports)
    delay = rules.delay.total_seconds() if rules.delay else None
    return rules, SourceReport(address=address, robots=_verdict(rules, address), crawl_delay=delay)


async def _read(scout: Scout, address: str, response: Response) -> tuple[FrontierEntry, Listing]:
    """Read an answer as what it is: a feed, else a sitemap, else a page."""
    for kind in (UrlKind.FEED, UrlKind.SITEMAP):
        entry = scout.entry(address, kind)
        try:
            return entry, await scout.read(entry, response)
        except ExtractError as error:
            if error.reason not in {Reason.NOT_A_FEED, Reason.NOT_A_SITEMAP, Reason.EMPTY}:
                raise
    entry = scout.entry(address, UrlKind.HOME)
    return entry, await scout.read(entry, response)


async def _of_way_in(scout: Scout, entry: FrontierEntry, address: str, listing: Listing) -> SourceReport:
    """The report of the site whose articles a feed or sitemap names; its front page need not answer."""
    named = [item for item in links.listed(listing).found if item.kind is UrlKind.ARTICLE]
    sites = Counter(urls.origin(item.url) for item in named)
    site = (sites.most_common(1)[0][0] if sites else urls.origin(address)) + "/"
    rules, report = await _answer(scout, site)
    report = replace(report, given=entry.kind)
    if report.robots != "allowed":
        return report
    try:
        home = await scout.listing(Discovered(url=site, kind=UrlKind.HOME, via=Via.CONFIG))
    except (FetchError, ExtractError):
        home = Listing()
    given = Discovered(url=address, kind=entry.kind, via=Via.GIVEN)
    return await _ways_in(scout, rules, report, home, (given,))


async def _ways_in(
    scout: Scout, rules: robots.Rules, report: SourceReport, listing: Listing, given: tuple[Discovered, ...]
) -> SourceReport:
    named = (Discovered(url=url, kind=UrlKind.SITEMAP, via=Via.ROBOTS) for url in rules.sitemaps)
    ways = list({item.url: item for item in reversed((*given, *listing.found, *named))}.values())[::-1]
    feeds = [item for item in ways if item.kind is UrlKind.FEED]
    sitemaps = [item for item in ways if item.kind is UrlKind.SITEMAP]
    tried = well_known(report.address, feeds=not feeds, sitemaps=not sitemaps)
    feeds += [item for item in tried if item.kind is UrlKind.FEED]
    sitemaps += [item for item in tried if item.kind is UrlKind.SITEMAP]
    read_feeds, from_feeds = await scout.read_all(feeds, MAX_FEEDS)
    read_sitemaps, from_sitemaps = await scout.read_all(sitemaps, MAX_SITEMAPS)
    linked = [item for item in listing.found if item.kind is UrlKind.ARTICLE]
    sections = [item for item in listing.found if item.kind is UrlKind.SECTION and item.via != Via.ARCHIVE]
    older = await _older(scout, listing, sections)
    samples, unread = await scout.samples([*from_feeds, *linked, *from_sitemaps, *sections])
    return replace(
        report,
        feeds=read_feeds,
        sitemaps=read_sitemaps,
        from_feeds=len({item.url for item in from_feeds}),
        from_sitemaps=len({item.url for item in from_sitemaps}),
        sections=tuple(item.url for item in sections),
        links=len(linked),
        older=older,
        left_out=listing.left_out,
        samples=samples,
        unread=unread,
    )


async def _older(scout: Scout, listing: Listing, sections: list[Discovered]) -> str | None:
    """An address at which older stories are listed: of the front page, else of its first section."""
    if listing.next is None and sections and not _archives(listing):
        try:
            listing = await scout.listing(sections[0])
        except (FetchError, ExtractError):
            return None
    return listing.next or next(iter(_archives(listing)), None)


def _archives(listing: Listing) -> list[str]:
    return [item.url for item in listing.found if item.via == Via.ARCHIVE]


def _verdict(rules: robots.Rules, address: str) -> str:
    if not rules.reachable:
        return "unreachable"
    return "allowed" if rules.allows(address) else "disallowed"
