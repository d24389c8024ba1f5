"""A page without its story, or with much less of it than its feed -> the story as the feed brought it."""

import html
from dataclasses import replace

from corpus.errors import ExtractError
from corpus.model import FROM_FEED
from crawler.pool.workers import Workers
from crawler.text import text_length
from crawler.values import Extraction, Page, PageKind, Selectors

MIN_SHARE = 0.5  # of the feed's text; a page that shows less is a teaser, or needs a browser to show the rest

# Kinds of pages that have content of their own, and no story, whatever the feed said.
_ITS_OWN = frozenset({PageKind.SOFT_404, PageKind.LIVE_BLOG})
# Kinds of pages that stand in a story's place.
_IN_ITS_PLACE = frozenset({PageKind.CHALLENGE})


async def with_feed_story(workers: Workers, page: Page, read: Extraction) -> Extraction:
    """Return the reading of a page, with the feed's text for its body where the page has none or much less."""
    text = page.hints.text
    if not text or read.kind in _ITS_OWN or page.selectors.body:
        return read
    whole = text_length(text)
    if read.kind is PageKind.ARTICLE and text_length(read.article.body) >= MIN_SHARE * whole:
        return read
    try:
        from_feed = await workers.extract(
            replace(page, content=_as_page(page, text), charset="utf-8", selectors=Selectors())
        )
    except ExtractError:
        return read
    body = from_feed.article.body if from_feed.kind is PageKind.ARTICLE else text
    base = from_feed if read.kind in _IN_ITS_PLACE else read
    article = replace(
        base.article,
        body=body,
        headline=base.article.headline or from_feed.article.headline,
        language=base.article.language or from_feed.article.language,
        facts={**base.article.facts, "body": FROM_FEED},
    )
    shown = "none" if read.kind is not PageKind.ARTICLE else f"{text_length(read.article.body)}"
    reason = f"{text_length(body)} characters in its feed; its page shows {shown}: {read.reason}"
    return replace(read, kind=PageKind.ARTICLE, reason=reason, article=article)


def _as_page(page: Page, text: str) -> bytes:
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n\n"))
    title = html.escape(page.hints.headline or "")
    return f"<html><title>{title}</title><body><article><h1>{title}</h1>{paragraphs}</article></body></html>".encode()
