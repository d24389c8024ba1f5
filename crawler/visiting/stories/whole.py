"""The first page of a story, or its abstract -> the same story as one page of its site shows it, where one does.

The page is taken when it tells all that the first page tells and more, by the same authors on the same day, and goes on
nowhere. A story that was read so before is not cut back to its first page because the other does not answer, or cannot
be read: the visit fails then.
"""

from dataclasses import replace

from corpus.errors import ExtractError, FetchError
from corpus.model import Article
from corpus.reasons import Reason, consequence
from corpus.texts import text
from crawler.discovery.further_pages import GOES_ON, without_further
from crawler.identity.sameness import tells_all
from crawler.pool.dispatch import page_of
from crawler.text import text_length
from crawler.values import Extraction, PageKind, Response
from crawler.visiting.context import CrawlContext
from crawler.visiting.stories.asking import View, fetched, forbidden_by, is_gone
from crawler.visiting.stories.parts import with_parts
from crawler.visiting.visit import VisitContext

MIN_MORE = 1.1  # times the letters of the first page; less is the same text, set otherwise


async def whole_story(
    crawl: CrawlContext, context: VisitContext, read: Extraction, view: View | None
) -> tuple[VisitContext, Extraction]:
    """Return the visit and the reading of a story, of all its pages: from one page that shows them, or joined.

    Raises:
        FetchError: The stored text is from a page that does not answer now, or the crawl ends.
        ExtractError: It is from a page that is beyond our limits now.
    """
    if view is None or context.response is None or read.kind is not PageKind.ARTICLE:
        return context, read
    if GOES_ON not in read.article.facts and not read.pages.views:
        return context, read
    stored = await crawl.async_store.article(context.entry.url) if context.entry.changed else None
    before = stored.article if stored and not stored.withdrawn else None
    known = before.fetched_url if before and _was_whole(before, read.article) else None
    views = () if context.response.hops else (*filter(None, [known]), *read.pages.views)
    why = None
    for address in dict.fromkeys(views):
        try:
            found = await _shown(crawl, context, read, await fetched(crawl, context, address, view))
        except (FetchError, ExtractError) as error:
            if error.reason == Reason.STOPPED or (address == known and not is_gone(error)):
                raise
            why = why or _not_read(address, consequence(error.reason).says)
            continue
        if found is not None:
            return found
        why = why or _not_read(address, text("it does not tell all of this one and more"))
    if GOES_ON not in read.article.facts:
        return context, _with_fact(read, why)
    return await with_parts(crawl, context, read, view=view, before=before)


def _not_read(address: str, why: str) -> str:
    return text("a fuller page that it names was not taken, as {why}: {url}", why=why, url=address)


def _with_fact(read: Extraction, why: str | None) -> Extraction:
    """Return the reading of an abstract whose text was not found, with the fact that says why."""
    if why is None:
        return read
    facts = without_further(read.article.facts) | {GOES_ON: why}
    return replace(read, article=replace(read.article, facts=facts), trimmable=None)


def _was_whole(before: Article, first: Article) -> bool:
    """Whether a stored text was read from a page that shows all of the story."""
    return GOES_ON not in before.facts and tells_all(before, first) and _has_more(before, first)


async def _shown(
    crawl: CrawlContext, context: VisitContext, first: Extraction, response: Response
) -> tuple[VisitContext, Extraction] | None:
    """Return the visit with the page that shows the whole story, and its reading; None when the page does not.

    Raises:
        ExtractError: It is beyond our limits.
    """
    if response.hops or forbidden_by(crawl, context, response):
        return None
    boilerplate = await crawl.read_without(context.source.name)
    read = await crawl.workers.extract(page_of(context.entry, context.source, response, context.at, boilerplate))
    before = context.response  # the first page
    if before is None or not shows_all(read, first):
        return None
    both = replace(response, wire_bytes=before.wire_bytes + response.wire_bytes, took=before.took + response.took)
    read = replace(read, canonical=first.canonical, canonical_by=first.canonical_by, trimmable=None)
    return replace(context, response=both, is_elsewhere=True), replace(read, others=first.others)


def shows_all(read: Extraction, first: Extraction) -> bool:
    """Whether a page tells all of a story of which `first` is the first page."""
    whole, part = read.article, first.article
    if read.kind is not PageKind.ARTICLE or read.noindex or GOES_ON in whole.facts or "body" in whole.facts:
        return False
    alike = [author.key for author in whole.authors] == [author.key for author in part.authors] and (
        (whole.published and whole.published.day) == (part.published and part.published.day)
    )
    return alike and tells_all(whole, part) and _has_more(whole, part)


def _has_more(whole: Article, part: Article) -> bool:
    return text_length(whole.body) >= MIN_MORE * text_length(part.body)
