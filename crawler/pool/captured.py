"""A response as it is stored, and back: the page it was to the extractor; whether two readings are one text."""

from datetime import datetime

from corpus.config import Source
from corpus.model import Article, Hints
from corpus.warc.exchange import Exchange
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
    article: Article, exchange: Exchange, source: Source | None, hints: Hints, boilerplate: frozenset[int]
) -> Page:
    """Return what a stored response was to the extractor; `source` is None when config names it no more."""
    return Page(
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
    )


def same_text(one: Article, other: Article) -> bool:
    """Whether two articles are one text: what makes a revision is the same."""
    texts = ((each.headline or None, each.standfirst or None, each.body) for each in (one, other))
    return len(set(texts)) == 1
