"""The addresses of a story's further pages -> they lead to the story, whichever of its pages was found first.

A further page that is found first waits for the first page: its story has that page then, or it stands alone.
"""

from collections.abc import Sequence
from dataclasses import replace

from corpus import urls
from corpus.model import CaptureRef, Discovered, UrlKind, UrlState, Visit
from corpus.reasons import Reason
from corpus.via import Via
from crawler.discovery.further_pages import GOES_ON
from crawler.identity.parts import no_part
from crawler.identity.sameness import tells_all
from crawler.pool.joining import parts_of
from crawler.values import Extraction, PageKind
from crawler.visiting import visit
from crawler.visiting.context import CrawlContext
from crawler.visiting.frontier import LISTINGS
from crawler.visiting.proof import may_be
from crawler.visiting.stories.parts import is_taken_away
from crawler.visiting.visit import VisitContext


async def give_up_parts(crawl: CrawlContext, context: VisitContext, places: Sequence[CaptureRef]) -> None:
    """Store that the addresses of a story's further pages lead to the story, which was stored just now."""
    store, entry = crawl.async_store, context.entry
    for number, part in enumerate(context.parts):
        found = Discovered(url=part.address, kind=UrlKind.ARTICLE, via=Via.PART, parent=entry.url)
        await store.add([found], entry.source, context.at)
        known = await store.entry(urls.key_of(part.address))
        if known is None or known.state is UrlState.LEASED or known.kind in LISTINGS:
            continue  # an address that is being read settles its place itself
        place = places[number] if number < len(places) else None
        of_part = replace(context, entry=known, response=part, digest=None, parts=())
        decided = visit.redirected(of_part, _story_at(entry.url, known.url), Reason.PART)
        await crawl.record(of_part, replace(decided, capture=place))


async def is_part(crawl: CrawlContext, context: VisitContext, read: Extraction) -> bool:
    """Return whether a page is a further one of a story, which has its text or is asked for first; store its visit."""
    if read.kind is not PageKind.ARTICLE or read.pages.first is None:
        return False
    decided = await _decided(crawl, context, read, read.pages.first)
    if decided is None or await crawl.async_store.is_said_article(context.entry.url):
        return False
    await crawl.record(context, decided)
    return True


async def _decided(crawl: CrawlContext, context: VisitContext, read: Extraction, first: str) -> Visit | None:
    """Return the visit to a further page of a story: it leads to the story, or waits for it; None: it stands alone."""
    store, entry = crawl.async_store, context.entry
    named = urls.key_of(first)
    key = await store.do(store.store.evidence.leads_to, named) or named
    stored = await store.article(key)
    story = stored.article if stored is not None and not stored.withdrawn else None
    target = _story_at(key, entry.url)
    is_away = is_taken_away(stored)
    if is_away or (story is not None and (entry.url in parts_of(story) or tells_all(story, read.article))):
        return visit.redirected(context, target, Reason.PART)
    if not await may_be(crawl, context, key):
        return None
    if story is not None and GOES_ON in story.facts:
        beginning = Extraction(kind=PageKind.ARTICLE, reason="", article=story)
        stands = entry.changed is not None or entry.turns > visit.MAX_WAITS  # the story ends before it, at a bound
        if stands or no_part(key, beginning, story, read) is not None:
            return None
        await store.do(store.store.frontier.ask_again, key, context.at, standing=True)
        return visit.waits_for(context, target)
    known = await store.entry(key)
    is_new = known is None or (known.outcome is None and known.state is UrlState.WAITING)
    return visit.waits_for(context, target) if is_new or (known and known.state is UrlState.LEASED) else None


def _story_at(key: str, part: str) -> Discovered:
    return Discovered(url=key, key=key, kind=UrlKind.ARTICLE, via=Via.PART, parent=part)
