"""A page that cannot be read, or has none or little of its story -> the story as its feed brought it."""

import html
from dataclasses import replace

from corpus.errors import ExtractError
from corpus.model import FROM_FEED, Hints, Outcome, StoredArticle, UrlKind, Visit
from corpus.reasons import IN_PLACE_OF_STORY, Reason, word_of
from corpus.texts import text as sentence
from crawler.discovery.further_pages import without_further
from crawler.pool.dispatch import page_without_answer
from crawler.pool.workers import Workers
from crawler.text import text_length
from crawler.values import Extraction, Page, PageKind, Selectors
from crawler.visiting import visit
from crawler.visiting.context import CrawlContext
from crawler.visiting.visit import GONE, VisitContext

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
    from_feed = await _read_alone(workers, page, text)
    if from_feed is None:
        return read
    body = from_feed.article.body if from_feed.kind is PageKind.ARTICLE else text
    base = from_feed if read.kind in _IN_ITS_PLACE else read
    facts = _facts(page.hints, body)
    shows = read.kind is PageKind.ARTICLE or page.selectors.headline  # else its title may be the site's name
    named = base.article.headline or from_feed.article.headline
    article = replace(
        base.article,
        body=body,
        structure=None,
        headline=(base.article.headline if shows else page.hints.headline) or named,
        language=base.article.language or from_feed.article.language,
        facts=without_further(base.article.facts) | facts,
    )
    shown = "none" if read.kind is not PageKind.ARTICLE else f"{text_length(read.article.body)}"
    reason = f"{text_length(body)} characters in its feed; its page shows {shown}: {read.reason}"
    reason = f"{reason}; {facts['cut']}" if "cut" in facts else reason
    read = replace(read, kind=PageKind.ARTICLE, reason=reason, article=article)
    return replace(read, recurring=from_feed.recurring, trimmable=None)


async def instead_of_page(
    crawl: CrawlContext, context: VisitContext, lost: Visit, stored: StoredArticle | None = None
) -> Visit:
    """Return the visit that stores the story as its feed brought it, in place of `lost`, which did not get its page.

    `lost` itself when its page says of its own that there is no story, may be read in the same run, or may not be
    asked for; and where a page told the story before. The reason stays that for which the page was lost. `stored` is
    what stands under the address, where that is known already.
    """
    entry, store = context.entry, crawl.async_store
    in_place = word_of(lost.reason or "") in IN_PLACE_OF_STORY - {Reason.SOFT_404}
    failed = lost.outcome is Outcome.FAILED and lost.status not in GONE and not lost.again
    if entry.kind is not UrlKind.ARTICLE or not entry.hints.text or not (failed or in_place):
        return lost
    stored = stored or await store.article(entry.url)
    if stored is not None and (stored.withdrawn or stored.article.facts.get("body") != FROM_FEED):
        return lost
    boilerplate = await crawl.boilerplate_of(entry.source)
    page = page_without_answer(entry, context.source, context.at, boilerplate)
    read = await _read_alone(crawl.workers, page, entry.hints.text)
    if read is None or read.kind is not PageKind.ARTICLE:
        return lost
    facts = {**read.article.facts, **_facts(page.hints, read.article.body)}
    read = replace(read, article=replace(read.article, facts=facts, structure=None), blocks=())
    same = await store.do(store.store.unchanged, replace(read.article, url=entry.url))
    decided = visit.article(context, read, stored=stored.article if stored else None, unchanged=same)
    return replace(decided, reason=lost.reason, etag=None, last_modified=None, retracts=lost.retracts, text=lost.text)


def _facts(hints: Hints, body: str) -> dict[str, str]:
    """Return the facts of a feed's text; `cut` says that its story is longer than what is stored of it."""
    cut = {"cut": sentence("the first {n:,} characters of a longer text in its feed", n=len(body))}
    return {"body": FROM_FEED, **(cut if hints.is_cut else {})}


async def _read_alone(workers: Workers, page: Page, text: str) -> Extraction | None:
    """Read a feed's text as a page of its own; None when it cannot be read."""
    alone = replace(page, content=_as_page(page, text), charset="utf-8", selectors=Selectors())
    try:
        return await workers.extract(alone)
    except ExtractError:
        return None


def _as_page(page: Page, text: str) -> bytes:
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n\n"))
    title = html.escape(page.hints.headline or "")
    return f"<html><title>{title}</title><body><article><h1>{title}</h1>{paragraphs}</article></body></html>".encode()
