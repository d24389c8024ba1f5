"""A response as it is stored, and back: the page it was to the extractor; whether two readings are one text."""

from dataclasses import replace
from datetime import datetime

from corpus import urls
from corpus.config import Source
from corpus.model import Article, Hints
from corpus.warc.exchange import Exchange
from crawler.discovery.pagination import named_next
from crawler.extraction.site_selectors import selectors_of
from crawler.pool.dispatch import hints_of
from crawler.values import Page, Response, charset_of


def exchange_of(response: Response, at: datetime) -> Exchange:
    """Return a response as captures store it."""
    return Exchange(
        url=response.address,
        at=at,
        status=response.status,
        headers=response.headers,
        body=response.content,
        request_headers=response.sent,
        address=response.server,
    )


def captured_page(
    article: Article, exchange: Exchange, source: Source | None, *, hints: Hints, boilerplate: frozenset[int]
) -> Page:
    """Return what a stored response was to the extractor; `source` is None when config no longer names it."""
    first = Page(
        url=article.url,
        address=exchange.url,
        source=article.source,
        content=exchange.body,
        charset=charset_of(exchange.header("content-type")),
        fetched=exchange.at,
        hints=hints_of(hints, source),
        selectors=selectors_of(source, exchange.url),
        language=source.language if source else None,
        boilerplate=boilerplate,
        day_first=source.day_first if source else None,
        named_next=named_next(exchange.headers, exchange.url),
    )
    if not exchange.parts:
        return first
    return replace(first, parts=tuple(part_page(first, each, source) for each in exchange.parts))


def part_page(first: Page, part: Exchange, source: Source | None) -> Page:
    """Return what the response of a further page of a story is to the extractor."""
    return replace(
        first,
        url=urls.key_of(part.url),
        address=part.url,
        content=part.body,
        charset=charset_of(part.header("content-type")),
        hints=hints_of(Hints(), source),
        selectors=selectors_of(source, part.url),
        named_next=named_next(part.headers, part.url),
        begun=first.address,
        parts=(),
    )


def same_text(one: Article, other: Article) -> bool:
    """Whether two articles are one text: what makes a revision is the same."""
    texts = ((each.headline or None, each.standfirst or None, each.body) for each in (one, other))
    return len(set(texts)) == 1
