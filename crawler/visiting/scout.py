"""One site, before it is a source -> a few of its pages, fetched and read as a crawl would; nothing is stored."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from corpus import urls
from corpus.config import Config, Source
from corpus.errors import ExtractError, FetchError
from corpus.model import Discovered, FrontierEntry, Hints, UrlKind, UrlState
from corpus.store import Host, Robots
from corpus.texts import about, text
from corpus.via import Via
from crawler.discovery import links
from crawler.fetching.fetch import Fetcher
from crawler.fetching.politeness import Gate
from crawler.fetching.requests import delay_of, fetcher_of, ports_of, request_of
from crawler.pool.dispatch import page_of, read_listing
from crawler.pool.workers import Workers, shared_or_own
from crawler.values import Extraction, Listing, PageKind, Request, Response
from crawler.visiting.feed_story import with_feed_story
from crawler.visiting.nofollow import obeying

SAMPLES = 3
MAX_TRIED = 6  # pages fetched to find as many articles


@dataclass(frozen=True, slots=True)
class WayIn:
    """A feed, sitemap or page that was read: how it was found, how many articles it names, or why it was not read."""

    url: str
    via: str
    articles: int = 0
    problem: str | None = None


@dataclass(slots=True)
class Forgetful:
    """A Memory of hosts for one look around; nothing of it is stored."""

    known: dict[str, Host] = field(default_factory=dict)

    async def host(self, host: str) -> Host:
        return self.known.get(host, Host(host))

    async def keep_robots(self, host: str, robots: Robots) -> None:
        self.known[host] = replace(await self.host(host), robots=robots)

    async def pause_host(self, host: str, until: datetime) -> None:
        self.known[host] = replace(await self.host(host), paused_until=until)


class Scout:
    """Fetches and reads a few pages of one site."""

    def __init__(self, source: Source, config: Config, fetcher: Fetcher, workers: Workers, gate: Gate) -> None:
        self.source, self.workers, self.name = source, workers, config.crawler.name
        self.delay, self.ports = delay_of(source, config.crawler), ports_of(source)
        self._fetcher, self.gate = fetcher, gate

    @staticmethod
    def now() -> datetime:
        """The time, aware."""
        return datetime.now(UTC)

    def entry(self, url: str, kind: UrlKind, hints: Hints | None = None) -> FrontierEntry:
        """A frontier entry for a URL that is in no frontier."""
        now = self.now()
        return FrontierEntry(
            url=urls.key_of(url),
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
        if not response.is_whole:
            raise FetchError(f"http-{response.status}", about(entry.address, text("answered {n}", n=response.status)))
        return response

    async def read_all(self, found: list[Discovered], most: int) -> tuple[tuple[WayIn, ...], list[Discovered]]:
        """Read feeds or sitemaps until `most` could be; an index's first child is read too."""
        read: list[WayIn] = []
        articles: list[Discovered] = []
        waiting = list(found)
        while waiting and sum(each.problem is None for each in read) < most and len(read) < 3 * most:
            each = waiting.pop(0)
            try:
                listing = await self.listing(each)
            except (FetchError, ExtractError) as error:
                read += [WayIn(each.url, each.via, 0, error.reason)] if each.via != Via.WELL_KNOWN else []
                continue
            named = [one for one in links.listed(listing).found if one.kind is UrlKind.ARTICLE]
            articles += named
            read.append(WayIn(each.url, each.via, len(named)))
            waiting[:0] = [one for one in listing.found if one.kind is UrlKind.SITEMAP][:1]
        return tuple(read), articles

    async def listing(self, found: Discovered) -> Listing:
        """Fetch and read a feed, sitemap, home or section page."""
        entry = self.entry(found.url, found.kind)
        return await self.read(entry, await self.fetch(entry))

    async def read(self, entry: FrontierEntry, response: Response) -> Listing:
        """Read an answer as what its entry is, without the links that its page asks not to follow."""
        now = self.now()
        listing = await read_listing(self.workers, entry, response, now)
        return obeying(listing, entry.kind, response, now, name=self.name)

    async def samples(self, found: list[Discovered]) -> tuple[tuple[Extraction, ...], tuple[WayIn, ...]]:
        """Read pages until SAMPLES of them are articles, or MAX_TRIED were tried; return those, and the unread."""
        read: list[Extraction] = []
        unread: list[WayIn] = []
        for each in list({one.url: one for one in found}.values())[:MAX_TRIED]:
            entry = self.entry(each.url, UrlKind.ARTICLE, each.hints)
            try:
                page = page_of(entry, self.source, await self.fetch(entry), self.now())
                read.append(await with_feed_story(self.workers, page, await self.workers.extract(page)))
            except (FetchError, ExtractError) as error:
                unread.append(WayIn(each.url, each.via, 0, error.reason))
                continue
            if sum(one.kind is PageKind.ARTICLE for one in read) >= SAMPLES:
                break
        read.sort(key=lambda one: one.kind is not PageKind.ARTICLE)
        return tuple(read[:SAMPLES]), tuple(unread)


@asynccontextmanager
async def scouts(
    config: Config, shared_workers: Workers | None, *, processes: int = 1
) -> AsyncIterator[Callable[[Source], Scout]]:
    """Give scouts of sources, while the fetcher and the workers are open; a host has one turn for all of them."""
    async with fetcher_of(config.crawler) as fetcher, shared_or_own(shared_workers, processes) as workers:
        gate = Gate(fetcher, Forgetful(), token=config.crawler.name, now=Scout.now)
        yield lambda source: Scout(source, config, fetcher, workers, gate)
