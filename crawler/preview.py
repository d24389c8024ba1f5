"""A site's address -> what a crawl of it would find, before it is a source: ways in, and three articles read."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from corpus import urls
from corpus.config import Config, Source
from corpus.errors import ExtractError, FetchError
from corpus.model import Discovered, FrontierEntry, Hints, UrlKind, UrlState
from corpus.store import Host, Robots
from crawler.discovery import home as discover
from crawler.fetching import robots
from crawler.fetching.fetch import Fetcher
from crawler.fetching.politeness import Gate
from crawler.pool.dispatch import read_listing, read_page
from crawler.pool.workers import Workers
from crawler.values import Extraction, Listing, PageKind, Request, Response
from crawler.visiting.requests import delay_of, fetcher_of, ports_of, request_of

SAMPLES = 3
MAX_TRIED = 6  # pages fetched to find as many articles
MAX_FEEDS = 3
MAX_SITEMAPS = 3


@dataclass(frozen=True, slots=True)
class WayIn:
    """A feed or sitemap that was read: how it was found, how many articles it names, or why it could not be read."""

    url: str
    via: str
    articles: int = 0
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """What a crawl of an address would find.

    Attributes:
        address: Where it answers, redirects followed.
        robots: "allowed", "disallowed" or "unreachable".
        crawl_delay: Seconds its robots.txt asks for; None when it does not.
        sections: Section pages its front page leads to.
        links: How many links of the front page look like articles.
        samples: Pages read, articles first.
        problem: Why the front page could not be read; the rest is then what was found without it.
    """

    address: str
    robots: str
    crawl_delay: float | None = None
    feeds: tuple[WayIn, ...] = ()
    sitemaps: tuple[WayIn, ...] = ()
    sections: tuple[str, ...] = ()
    links: int = 0
    samples: tuple[Extraction, ...] = ()
    problem: str | None = None


def discover_source(address: str, config: Config) -> SourceReport:
    """Look at a site as a crawl would, with a dozen polite requests; nothing is stored.

    Raises:
        FetchError: The address is none we may ask at all, such as a private one.
    """
    return asyncio.run(_discover(Source(url=address, name=urls.host(address) or address[:80]), config))


def fetch_one(address: str, config: Config) -> Response:
    """Fetch one page by its address: robots obeyed, redirects followed, within the limits of config.

    Raises:
        FetchError: With a stable reason; `http-404` and its like for an answer other than 200.
    """
    return asyncio.run(_fetch_one(Source(url=address, name=urls.host(address) or address[:80]), config))


async def _fetch_one(source: Source, config: Config) -> Response:
    async with _scout(source, config) as scout:
        return await scout.fetch(scout.entry(source.url, UrlKind.ARTICLE))


async def _discover(source: Source, config: Config) -> SourceReport:
    async with _scout(source, config) as scout:
        rules = await scout.gate.rules(source.url, delay=scout.delay, ports=scout.ports)
        report = SourceReport(
            address=source.url,
            robots=_verdict(rules, source.url),
            crawl_delay=rules.delay.total_seconds() if rules.delay else None,
        )
        if report.robots != "allowed":
            return report
        home = scout.entry(source.url, UrlKind.HOME)
        try:
            response = await scout.fetch(home)
            listing = await read_listing(scout.workers, home, response, scout.now())
        except (FetchError, ExtractError) as error:
            listing, report = Listing(), replace(report, problem=str(error))
        else:
            report = replace(report, address=response.address)
        return await _ways_in(scout, rules, report, listing)


async def _ways_in(scout: "_Scout", rules: robots.Rules, report: SourceReport, listing: Listing) -> SourceReport:
    feeds = [each for each in listing.found if each.kind is UrlKind.FEED]
    sitemaps = [Discovered(url=each, kind=UrlKind.SITEMAP, via="robots") for each in rules.sitemaps]
    tried = discover.well_known(report.address, feeds=not feeds, sitemaps=not sitemaps)
    feeds += [each for each in tried if each.kind is UrlKind.FEED]
    sitemaps += [each for each in tried if each.kind is UrlKind.SITEMAP]
    read_feeds, from_feeds = await scout.read_all(feeds, MAX_FEEDS)
    read_sitemaps, from_sitemaps = await scout.read_all(sitemaps, MAX_SITEMAPS)
    linked = [each for each in listing.found if each.kind is UrlKind.ARTICLE]
    return replace(
        report,
        feeds=read_feeds,
        sitemaps=read_sitemaps,
        sections=tuple(each.url for each in listing.found if each.kind is UrlKind.SECTION),
        links=len(linked),
        samples=await scout.samples([*from_feeds, *linked, *from_sitemaps]),
    )


def _verdict(rules: robots.Rules, address: str) -> str:
    if not rules.reachable:
        return "unreachable"
    return "allowed" if rules.allows(address) else "disallowed"


@dataclass(slots=True)
class _Forgetful:
    """What a look around remembers of hosts: for itself only."""

    kept: dict[str, Host] = field(default_factory=dict)

    async def host(self, host: str) -> Host:
        return self.kept.get(host, Host(host))

    async def keep_robots(self, host: str, robots: Robots) -> None:
        self.kept[host] = replace(await self.host(host), robots=robots)

    async def pause_host(self, host: str, until: datetime) -> None:
        self.kept[host] = replace(await self.host(host), paused_until=until)


class _Scout:
    """Fetches and reads a few pages of one site."""

    def __init__(self, source: Source, config: Config, fetcher: Fetcher, workers: Workers) -> None:
        self.source, self.workers = source, workers
        self.delay, self.ports = delay_of(source, config.crawler), ports_of(source)
        self._fetcher = fetcher
        self.gate = Gate(fetcher, _Forgetful(), token=config.crawler.name, now=self.now)

    @staticmethod
    def now() -> datetime:
        return datetime.now(UTC)

    def entry(self, url: str, kind: UrlKind, hints: Hints | None = None) -> FrontierEntry:
        """A frontier entry for a URL that is in no frontier."""
        now = self.now()
        return FrontierEntry(
            url=urls.canonical(url) or url,
            address=url,
            source=self.source.name or self.source.host,
            host=urls.host(url),
            kind=kind,
            state=UrlState.LEASED,
            due=now,
            first_seen=now,
            hints=hints or Hints(),
        )

    async def fetch(self, entry: FrontierEntry) -> Response:
        """Fetch in the host's turn; an answer other than 200 is an error."""
        request: Request = request_of(entry, self.source)
        response = await self._fetcher.fetch(
            request, lambda address: self.gate.admit(address, delay=self.delay, ports=self.ports)
        )
        if response.status != 200:
            raise FetchError(f"http-{response.status}", f"{entry.address}: answered {response.status}")
        return response

    async def read_all(self, found: list[Discovered], most: int) -> tuple[tuple[WayIn, ...], list[Discovered]]:
        """Read feeds or sitemaps until `most` could be; an index's first child is read too."""
        read: list[WayIn] = []
        articles: list[Discovered] = []
        waiting = list(found)
        while waiting and sum(each.problem is None for each in read) < most and len(read) < 3 * most:
            each = waiting.pop(0)
            try:
                listing = await self._listing(each)
            except (FetchError, ExtractError) as error:
                read += [WayIn(each.url, each.via, 0, error.reason)] if each.via != "well-known" else []
                continue
            named = [one for one in discover.listed(listing).found if one.kind is UrlKind.ARTICLE]
            articles += named
            read.append(WayIn(each.url, each.via, len(named)))
            waiting[:0] = [one for one in listing.found if one.kind is UrlKind.SITEMAP][:1]
        return tuple(read), articles

    async def _listing(self, found: Discovered) -> Listing:
        entry = self.entry(found.url, found.kind)
        return await read_listing(self.workers, entry, await self.fetch(entry), self.now())

    async def samples(self, found: list[Discovered]) -> tuple[Extraction, ...]:
        """Read pages until SAMPLES of them are articles, or MAX_TRIED were read."""
        read: list[Extraction] = []
        for each in list({one.url: one for one in found}.values())[:MAX_TRIED]:
            entry = self.entry(each.url, UrlKind.ARTICLE, each.hints)
            try:
                read.append(await read_page(self.workers, entry, self.source, await self.fetch(entry), self.now()))
            except (FetchError, ExtractError):
                continue
            if sum(one.kind is PageKind.ARTICLE for one in read) >= SAMPLES:
                break
        read.sort(key=lambda one: one.kind is not PageKind.ARTICLE)
        return tuple(read[:SAMPLES])


@asynccontextmanager
async def _scout(source: Source, config: Config) -> AsyncIterator[_Scout]:
    async with fetcher_of(config.crawler) as fetcher, Workers(1) as workers:
        yield _Scout(source, config, fetcher, workers)
