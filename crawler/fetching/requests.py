"""A source's settings -> how its pages are asked for: address, headers, ports, delay, limits."""

from datetime import timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from corpus.config import CrawlerSettings, Source
from corpus.model import FrontierEntry, UrlKind
from corpus.via import Via
from crawler.fetching.cookies import cookies_of
from crawler.fetching.dialing import Route, proxy_of
from crawler.fetching.fetch import Fetcher
from crawler.values import MAX_SITEMAP, Credentials, Limits, Request


def fetcher_of(rules: CrawlerSettings) -> Fetcher:
    """Return a fetcher that works as config says.

    Raises:
        ConfigError: `ca` cannot be read, or `bind` is not of this machine.
    """
    return Fetcher(
        rules.user_agent,
        limits=Limits(deadline=rules.deadline, silence=rules.timeout, max_bytes=rules.max_bytes),
        allow_addresses=map(str, rules.allow_addresses),
        allow_ports=rules.allow_ports,
        max_connections=rules.concurrency * 2,
        route=route_of(rules),
        proxy_resolves=rules.proxy is not None and rules.proxy_resolves,
    )


def route_of(rules: CrawlerSettings) -> Route:
    """Return the way that requests take by config."""
    return Route(proxy_of(rules.proxy) if rules.proxy else None, rules.ca, rules.bind)


def request_of(entry: FrontierEntry, source: Source) -> Request:
    """Return what to ask for a URL of a source."""
    # A front page is asked for whole: a server that answers 304 to all would hide each new story of its site.
    is_home = entry.kind is UrlKind.HOME
    return Request(
        address=entry.address,
        etag=None if is_home else entry.etag,
        last_modified=None if is_home else entry.last_modified,
        credentials=credentials_of(source),
        # a list may go on in JSON
        page=entry.kind not in {UrlKind.FEED, UrlKind.SITEMAP} and entry.via != Via.NEXT_PAGE,
        ports=ports_of(source),
        max_bytes=MAX_SITEMAP if entry.kind is UrlKind.SITEMAP else None,
    )


def credentials_of(source: Source) -> Credentials | None:
    """Return the headers and cookies of a source's requests; its cookies file is read each time, so it may change.

    Raises:
        FetchError: `cookies`: the file cannot be read.
    """
    cookies = cookies_of(source.cookies_file) if source.cookies_file is not None else None
    headers = tuple((name, value) for name, value in source.headers.items() if value)
    return Credentials(site=source.url, headers=headers, cookies=cookies) if headers or cookies is not None else None


def ports_of(source: Source) -> frozenset[int]:
    """Return the ports of a source's own addresses."""
    return _ports_of((source.url, *source.feeds, *source.sitemaps, *source.sections))


def delay_of(source: Source, rules: CrawlerSettings) -> timedelta:
    """Return the least rest between two requests to a source's host."""
    return rules.delay if source.delay is None else source.delay


@lru_cache(1_024)  # of sources
def _ports_of(addresses: tuple[str, ...]) -> frozenset[int]:
    return frozenset(port for address in addresses if (port := urlsplit(address).port) is not None)
