"""Response -> what it holds, read in worker processes: a listing's URLs, or a page's article."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from corpus.config import Source
from corpus.model import FrontierEntry, Hints, UrlKind
from crawler.discovery.pagination import named_next
from crawler.extraction.site_selectors import selectors_of
from crawler.pool.reading import Reading
from crawler.pool.workers import Workers
from crawler.values import Extraction, Listing, Page, Response

if TYPE_CHECKING:
    from crawler.discovery.feeds import read_feed
    from crawler.discovery.home import read_section
    from crawler.discovery.sitemaps import read_sitemap
    from crawler.extraction.teasers import is_teasers
    from crawler.pool.sections import read_both
else:
    read_feed = Reading("crawler.discovery.feeds", "read_feed", Listing)
    read_section = Reading("crawler.discovery.home", "read_section", Listing)
    read_sitemap = Reading("crawler.discovery.sitemaps", "read_sitemap", Listing)
    is_teasers = Reading("crawler.extraction.teasers", "is_teasers", bool)
    read_both = Reading("crawler.pool.sections", "read_both", tuple[Listing, Extraction | None])


async def read_listing(workers: Workers, entry: FrontierEntry, response: Response, now: datetime) -> Listing:
    """Read a feed, sitemap, home or section page.

    Raises:
        ExtractError: It is none, is beyond our limits, or broke its worker.
    """
    content, address, charset = response.content, response.address, response.charset
    if entry.kind is UrlKind.FEED:
        return await workers.run(address, read_feed, content, address, charset=charset, now=now)
    if entry.kind is UrlKind.SITEMAP:
        return await workers.run(address, read_sitemap, content, address, charset=charset, now=now)
    return await workers.run(address, read_section, content, address, charset=charset, kind=entry.kind, now=now)


async def read_section_or_story(
    workers: Workers, entry: FrontierEntry, source: Source, *, response: Response, now: datetime
) -> tuple[Listing, Extraction | None]:
    """Read a page that may be a section's or a story's: the links on it, and the article if there is one.

    Raises:
        ExtractError: The page is beyond our limits, or broke its worker.
    """
    return await workers.run(response.address, read_both, page_of(entry, source, response, now), now=now)


async def reads_as_teasers(workers: Workers, response: Response, body: str, now: datetime) -> bool:
    """Return whether the text of a page is teasers of other stories, by the links that it stands among.

    Raises:
        ExtractError: The page is beyond our limits, or broke its worker.
    """
    content, address, charset = response.content, response.address, response.charset
    return await workers.run(address, is_teasers, content, address, body, charset=charset, today=now.date())


def page_of(
    entry: FrontierEntry, source: Source, response: Response, now: datetime, boilerplate: frozenset[int] = frozenset()
) -> Page:
    """Return everything extraction may look at; `boilerplate` as the store keeps it for the source."""
    return Page(
        url=entry.url,
        address=response.address,
        source=source.name,
        content=response.content,
        charset=response.charset,
        fetched=now,
        hints=hints_of(entry.hints, source),
        selectors=selectors_of(source, response.address),
        language=source.language,
        boilerplate=boilerplate,
        day_first=source.day_first,
        named_next=named_next(response.headers, response.address),
    )


def page_without_answer(entry: FrontierEntry, source: Source, now: datetime, boilerplate: frozenset[int]) -> Page:
    """Return what is known of a page that did not answer, its content empty."""
    return Page(
        url=entry.url,
        address=entry.address,
        source=source.name,
        content=b"",
        charset=None,
        fetched=now,
        hints=hints_of(entry.hints, source),
        language=source.language,
        boilerplate=boilerplate,
        day_first=source.day_first,
    )


def hints_of(hints: Hints, source: Source | None) -> Hints:
    """Return the hints on an article, filled up with what its source says of all its articles."""
    if hints.section or source is None or source.section is None:
        return hints
    return replace(hints, section=source.section)
