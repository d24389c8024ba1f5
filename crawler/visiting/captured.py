"""A stored response -> the page it was to the extractor; and whether two readings of it are one text."""

from corpus.config import Source
from corpus.model import Article, Hints
from corpus.warc.exchange import Exchange
from crawler.extraction.site_selectors import selectors_of
from crawler.pool.dispatch import hints_of
from crawler.values import Page, charset_of


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
