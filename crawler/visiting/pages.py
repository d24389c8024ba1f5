"""A page that was fetched -> its article, capture and visit, stored; or why it is no article."""

from dataclasses import replace
from datetime import datetime

from corpus.errors import ExtractError, NotFound
from corpus.model import Article, CaptureRef, FrontierEntry, Outcome, UrlKind, UrlState
from corpus.warc import Exchange
from crawler.fetching import robots
from crawler.pool.dispatch import page_of, read_listing
from crawler.values import Extraction, Response
from crawler.visiting import turning, visit
from crawler.visiting.captured import captured_page, same_text
from crawler.visiting.context import CrawlContext
from crawler.visiting.feed_story import with_feed_story
from crawler.visiting.following import store_listing
from crawler.visiting.visit import VisitContext

_PERMANENT = frozenset({301, 308})


async def visit_page(crawl: CrawlContext, context: VisitContext, response: Response) -> None:
    """Read a page and store its article, or why it is none."""
    moved = visit.moved_key(context.entry, response)
    if moved is not None:
        if visit.is_front(moved, context.source):
            await crawl.record(context, visit.gone(context, 404, f"http-404: sent to the front page {moved}"))
            return
        refusal = crawl.scopes[context.entry.source].refusal(moved, UrlKind.ARTICLE)
        if refusal:
            await crawl.record(context, visit.failed(context, f"{refusal}: redirects to {moved}"))
            return
        if any(status in _PERMANENT for status, _ in response.hops):
            next_context = await _move(crawl, context, moved, response.address, "redirect")
            if next_context is None:
                return
            context = next_context
    await _read(crawl, context, response)


async def _read(crawl: CrawlContext, context: VisitContext, response: Response) -> None:
    asked = robots.page_directives(response.headers, response.content, crawl.rules.name)
    boilerplate = await crawl.boilerplate_of(context.source.name)
    try:
        page = page_of(context.entry, context.source, response, context.at, boilerplate)
        read = await crawl.workers.extract(page)
    except ExtractError as error:
        await crawl.record(context, visit.failed_by(context, error))
        return
    canonical = read.canonical
    if canonical and await _is_moved(crawl, context, canonical):
        next_context = await _move(crawl, context, canonical, canonical, "canonical")
        if next_context is None:
            return
        context = next_context
    if read.noindex or "noindex" in asked:
        await crawl.record(context, visit.unindexed(context))
        return
    read = await with_feed_story(crawl.workers, page, read)
    if await _section(crawl, context, response, read):
        return
    read = turning.judged(context.entry, read)
    if "tdm-reservation" in asked:
        read.article.facts["tdm-reservation"] = "1"
    await _article(crawl, context, read, keep="noarchive" not in asked)


async def _article(crawl: CrawlContext, context: VisitContext, read: Extraction, *, keep: bool) -> None:
    stored = await crawl.async_store.article(context.entry.url) if context.entry.changed else None
    before = stored.article if stored and not stored.withdrawn else None
    size = len(context.response.content) if context.response is not None else 0
    if keep and context.response is not None and crawl.quota.takes_response(context.entry.source, size):
        previous = stored.article.capture if stored else None
        context = replace(context, capture=await _capture(crawl, context.response, context.at, previous))
    same = before is not None and await crawl.async_store.do(
        crawl.async_store.store.unchanged, replace(read.article, url=context.entry.url)
    )
    amends = before is not None and not same and await _only_read_better(crawl, context, before, read.article)
    twins = _twins(crawl, context.entry, read)
    decided = visit.article(context, read, stored=before, unchanged=same or amends, twins=twins, amends=amends)
    await crawl.record(context, decided)


async def _only_read_better(crawl: CrawlContext, context: VisitContext, before: Article, now: Article) -> bool:
    """Whether the text differs from the stored one only because we read otherwise than when that was stored.

    The stored response is read again as this one was: two responses that tell the same when read alike are one
    text. Without a stored response, this one is read as a crawl did before any boilerplate was known.
    """
    if same_text(before, now):
        return False  # what differs is told of the story, and makes no revision
    boilerplate = await crawl.boilerplate_of(context.source.name)
    try:
        if before.capture is not None:
            exchange = await crawl.async_store.do(crawl.captures.read, before.capture)
            page = captured_page(before, exchange, context.source, context.entry.hints, boilerplate)
            return same_text((await crawl.workers.extract(page)).article, now)
        if not boilerplate or context.response is None:
            return False
        plain = page_of(context.entry, context.source, context.response, context.at, frozenset())
        return same_text((await crawl.workers.extract(plain)).article, before)
    except (NotFound, ExtractError):
        return False


def _twins(crawl: CrawlContext, entry: FrontierEntry, read: Extraction) -> int:
    """How many other addresses of the source told this text in this run."""
    addresses = crawl.texts.setdefault(f"{entry.source} {hash(read.article.body)}", set())
    addresses.add(entry.url)
    return len(addresses) - 1


async def _capture(crawl: CrawlContext, response: Response, at: datetime, previous: CaptureRef | None) -> CaptureRef:
    kept = Exchange(
        url=response.address,
        at=at,
        status=response.status,
        headers=response.headers,
        body=response.content,
        request_headers=response.sent,
        address=response.server,
    )
    return await crawl.async_store.do(crawl.captures.append, kept, previous=previous)


async def _section(crawl: CrawlContext, context: VisitContext, response: Response, read: Extraction) -> bool:
    """Whether an address taken for an article's led to a list of them, which is then followed as a section is."""
    if not turning.may_list(context.entry, read):
        return False
    entry = replace(context.entry, kind=UrlKind.SECTION)
    try:
        listing = await read_listing(crawl.workers, entry, response, context.at)
    except ExtractError:
        return False
    if not turning.is_section(listing):
        return False
    await store_listing(crawl, replace(context, entry=entry), listing, response.address)
    return True


async def _is_moved(crawl: CrawlContext, context: VisitContext, canonical: str) -> bool:
    """Whether to follow a page's canonical link: to another page of the source that does not point back here."""
    entry = context.entry
    if canonical == entry.url or visit.is_front(canonical, context.source):
        return False
    if crawl.scopes[entry.source].refusal(canonical, UrlKind.ARTICLE):
        return False
    other = await crawl.async_store.entry(canonical)
    if other is not None and other.state is UrlState.LEASED and other.outcome is None and entry.url < canonical:
        return False  # both are being read, and may name each other
    return other is None or not (other.outcome == Outcome.REDIRECTED and entry.url in (other.reason or ""))


async def _move(crawl: CrawlContext, context: VisitContext, target: str, address: str, why: str) -> VisitContext | None:
    """Record that a page lives under another URL; return the case of that one while it was never visited."""
    await crawl.record(context, visit.redirected(context, target, address, why))
    there = await crawl.async_store.entry(target)
    return replace(context, entry=there) if there is not None and there.outcome is None else None
