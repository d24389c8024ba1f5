"""A source's settings -> how its pages are asked for: address, headers, ports, delay, limits."""

from datetime import timedelta
from http.cookiejar import LoadError, MozillaCookieJar
from urllib.parse import urlsplit

from corpus import urls
from corpus.config import CrawlerSettings, Source
from corpus.errors import FetchError
from corpus.model import FrontierEntry, UrlKind
from crawler.discovery import sitemaps
from crawler.fetching.fetch import Fetcher
from crawler.values import Limits, Request


def fetcher_of(rules: CrawlerSettings) -> Fetcher:
    """Return a fetcher that works as config says."""
    return Fetcher(
        rules.user_agent,
        limits=Limits(deadline=rules.deadline, silence=rules.timeout, max_bytes=rules.max_bytes),
        allow_addresses=map(str, rules.allow_addresses),
        allow_ports=rules.allow_ports,
        max_connections=rules.concurrency * 2,
    )


def request_of(entry: FrontierEntry, source: Source) -> Request:
    """Return what to ask for a URL of a source."""
    return Request(
        address=entry.address,
        etag=entry.etag,
        last_modified=entry.last_modified,
        headers=headers_of(source) if urls.same_site(entry.address, source.url) else (),
        page=entry.kind not in {UrlKind.FEED, UrlKind.SITEMAP},
        ports=ports_of(source),
        max_bytes=sitemaps.MAX_BYTES if entry.kind is UrlKind.SITEMAP else None,
    )


def headers_of(source: Source) -> tuple[tuple[str, str], ...]:
    """Return the further request headers of a source; its cookies file is read each time, so it may be renewed."""
    headers = dict(source.headers)
    if source.cookies_file is not None:
        jar = MozillaCookieJar(source.cookies_file)
        try:
            jar.load(ignore_discard=True, ignore_expires=False)
        except (OSError, LoadError) as error:
            raise FetchError("cookies", f"{source.cookies_file}: cannot be read: {error}") from error
        host = "." + source.host
        headers["Cookie"] = "; ".join(f"{c.name}={c.value}" for c in jar if host.endswith("." + c.domain.lstrip(".")))
    return tuple((name, value) for name, value in headers.items() if value)


def ports_of(source: Source) -> frozenset[int]:
    """Return the ports of a source's own addresses."""
    own = (source.url, *source.feeds, *source.sitemaps, *source.sections)
    return frozenset(port for address in own if (port := urlsplit(address).port) is not None)


def delay_of(source: Source, rules: CrawlerSettings) -> timedelta:
    """Return the least rest between two requests to a source's host."""
    return rules.delay if source.delay is None else source.delay
