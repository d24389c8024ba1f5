"""A page that was fetched -> its article, capture and visit, stored; or why it is no article."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from corpus import urls
from corpus.errors import ExtractError
from corpus.model import FROM_FEED, CaptureRef, Discovered, StoredArticle, UrlKind, Visit, value
from corpus.reasons import Reason
from corpus.store import Teller
from corpus.texts import text
from corpus.via import Via
from crawler.dates.unavailable_after import past_at
from crawler.fetching import robots
from crawler.identity.claims import place
from crawler.identity.sameness import is_same_story, tells_all
from crawler.pool.dispatch import page_of, reads_as_teasers
from crawler.values import Extraction, PageKind, Response
from crawler.visiting import reclassifying, visit
from crawler.visiting.async_store import Capture
from crawler.visiting.context import CrawlContext
from crawler.visiting.doubts import doubt, unindexed_wall
from crawler.visiting.feed_story import instead_of_page, with_feed_story
from crawler.visiting.following import followed_as_list
from crawler.visiting.frontier import LISTINGS
from crawler.visiting.proof import Ask, adopted, give_up_variants, settle, tellers_of
from crawler.visiting.stories.asking import View
from crawler.visiting.stories.differing import behind, is_other_reading
from crawler.visiting.stories.part_addresses import give_up_parts, is_part
from crawler.visiting.stories.parts import captured, with_known_parts
from crawler.visiting.stories.whole import whole_story
from crawler.visiting.visit import VisitContext


async def visit_page(
    crawl: CrawlContext, context: VisitContext, response: Response, *, ask: Ask | None = None, view: View | None = None
) -> None:
    """Read a page and store its article, or why it is none.

    `ask` as in `crawler.visiting.proof`, `view` as in `crawler.visiting.stories.asking`, which may raise FetchError.
    """
    landed = visit.moved_key(context.entry, response)
    if landed is not None:
        if visit.is_front(landed, context.source):
            await crawl.record(context, await _sent_to_front(crawl, context, landed))
            return
        refusal = crawl.scopes[context.entry.source].refusal(landed, UrlKind.ARTICLE)
        if refusal:
            said = text("redirects to {address}", address=landed)
            await crawl.record(context, visit.failed(context, f"{refusal}: {said}"))
            return
    try:
        read = await without_teasers(crawl, context, response, await _read(crawl, context, response))
        if read.kind is not PageKind.ARTICLE and await crawl.async_store.is_said_article(context.entry.url):
            read = replace(read, kind=PageKind.ARTICLE, reason=text("by hand: an article"))
        context, read = await whole_story(crawl, context, read, view)
    except ExtractError as error:
        await crawl.record(context, visit.failed_by(context, error))
        return
    context = replace(context, digest=visit.digest_of(read.article.body))
    if ask is None:  # for the sake of a page whose turn it is
        await _judge(crawl, context, response, read, landed, None, view)
        return
    async with crawl.judging[context.source.name]:
        await _judge(crawl, context, response, read, landed, ask, view)


async def _read(crawl: CrawlContext, context: VisitContext, response: Response) -> Extraction:
    """Read a page without what recurs on its source's pages; a guess at that takes no article away."""
    source = context.source.name
    known = await crawl.boilerplate_of(source)
    page = page_of(context.entry, context.source, response, context.at, await crawl.read_without(source))
    read = await with_feed_story(crawl.workers, page, await crawl.workers.extract(page))
    if read.kind is PageKind.ARTICLE or known.issuperset(read.recurring):
        return read
    page = replace(page, boilerplate=known)
    return await with_feed_story(crawl.workers, page, await crawl.workers.extract(page))


async def without_teasers(
    crawl: CrawlContext, context: VisitContext, response: Response, read: Extraction
) -> Extraction:
    """Return the reading of a page, as a list's where its text is the teasers of other stories.

    Raises:
        ExtractError: The page is beyond our limits, or broke its worker.
    """
    if not reclassifying.may_be_teasers(context.entry, read):
        return read
    if not await reads_as_teasers(crawl.workers, response, read.article.body, context.at):
        return read
    return replace(read, kind=PageKind.LISTING, reason=reclassifying.TEASERS)


async def _sent_to_front(crawl: CrawlContext, context: VisitContext, landed: str) -> Visit:
    """The visit to an address that leads to the front page: a deleted story's, unless several are sent there."""
    landings = crawl.async_store.store.evidence.landings
    shared = await crawl.async_store.do(landings, context.entry.source, place(landed), context.entry.url)
    return visit.sent_to_front(context, landed, shared)


async def _judge(
    crawl: CrawlContext,
    context: VisitContext,
    response: Response,
    read: Extraction,
    landed: str | None,
    ask: Ask | None,
    view: View | None,
) -> None:
    """Decide what a page is to its address, and store it there, elsewhere, or not."""
    directives = robots.page_directives(response.headers, response.content, past_at(context.at), crawl.rules.name)
    stored = await crawl.async_store.article(context.entry.url) if context.entry.changed else None
    before = stored.article if stored and not stored.withdrawn else None
    if read.noindex or "noindex" in directives:
        strange = unindexed_wall(context, read, landed, before)
        await crawl.record(context, visit.not_article(context, strange) if strange else visit.unindexed(context))
        return
    if landed is None and (
        await followed_as_list(crawl, context, response, read) or await is_part(crawl, context, read)
    ):
        return
    context, read = await with_known_parts(crawl, context, read, view=view, before=before)
    from_page = read.kind is PageKind.ARTICLE and read.article.facts.get("body") != FROM_FEED
    tellers = await tellers_of(crawl, context) if from_page else ()
    found = await doubt(crawl, context, response, read, landed, before, tellers) if from_page else None
    if found is not None and not found.moves and await crawl.async_store.is_said_article(context.entry.url):
        found = None
    target = _target(context, response) if landed is not None else None
    if found is not None and not found.moves:
        decided = replace(visit.not_article(context, found.reason), retracts=found.retracts)
        decided = replace(decided, found=(target,)) if target and found.leads else decided
        await crawl.record(context, await instead_of_page(crawl, context, decided, stored))
        return
    placed = await _settled(
        crawl, context, read, moved=target if found or _is_moved(response, read) else None, ask=ask, tellers=tellers
    )
    if placed is None:
        return
    if found is not None and placed.context is context and target is not None:
        reason = f"{Reason.OTHER_STORY}: {text('the redirect leads to the story of {address}', address=target.url)}"
        await crawl.record(context, replace(visit.not_article(context, reason), found=(target,)))
        return
    judged = reclassifying.judged(placed.context.entry, read)
    read = read if judged is not read and await crawl.async_store.is_said_article(placed.context.entry.url) else judged
    read.article.facts.update(robots.facts(directives))
    if placed.context is not context:
        read = replace(read, trimmable=None)  # it was read under the other address
        stored = await crawl.async_store.article(placed.context.entry.url) if placed.context.entry.changed else None
    await _article(crawl, placed, read, stored, keep="noarchive" not in directives)
    if placed.context is context and landed is None:
        await give_up_variants(crawl, context, read, tellers)


@value()
class _Placed:
    """Under which address a page is stored, and what came of the URL that it claims.

    Attributes:
        refuted: That URL, when it has another story.
        open: That URL, while it is being read: the page is asked for again in the same run, when that is stored.
    """

    context: VisitContext
    refuted: str | None = None
    open: str | None = None


async def _settled(
    crawl: CrawlContext,
    context: VisitContext,
    read: Extraction,
    *,
    moved: Discovered | None,
    ask: Ask | None,
    tellers: Sequence[Teller],
) -> _Placed | None:
    """Return where a page is stored; None when it stands there already. `moved` is where its redirects lead for it."""
    if moved is not None:
        there = await _move(crawl, context, read, moved, Reason.REDIRECT)
        return _Placed(there) if there is not None else None
    if read.kind is not PageKind.ARTICLE or read.article.facts.get("body") == FROM_FEED:
        return _Placed(context)
    settled = await settle(crawl, context, read, ask, tellers)
    if settled.target is None:
        return _Placed(context, settled.refuted, settled.open)
    named = adopted(context.entry, settled.target) if settled.adopted else _known(settled.target, context)
    there = await _move(crawl, context, read, named, settled.why)
    return _Placed(there, settled.refuted) if there is not None else None


def _is_moved(response: Response, read: Extraction) -> bool:
    """Whether a redirect says for good that a story has another address; a page that is no story has none to take."""
    return read.kind is PageKind.ARTICLE and any(status in {301, 308} for status, _ in response.hops)


def _target(context: VisitContext, response: Response) -> Discovered:
    """The address where the redirects of a visit ended, as one to ask for."""
    parent, hints = context.entry.url, context.entry.hints
    kind, via = UrlKind.ARTICLE, Via.REDIRECT
    return Discovered(url=response.address, kind=kind, via=via, parent=parent, hints=hints)


def _known(url: str, context: VisitContext) -> Discovered:
    return Discovered(url=url, kind=UrlKind.ARTICLE, via=Via.CANONICAL, parent=context.entry.url)


async def _article(
    crawl: CrawlContext,
    placed: _Placed,
    read: Extraction,
    stored: StoredArticle | None,
    *,
    keep: bool,
) -> None:
    """Store a page under its address, where `stored` stands until now."""
    context = placed.context
    before = stored.article if stored and not stored.withdrawn else None
    places: list[CaptureRef] = []
    capture: Capture | None = None
    size = sum(len(each.content) for each in (context.response, *context.parts) if each is not None)
    if keep and context.response is not None and crawl.quota.takes_response(context.entry.source, size):
        previous = stored.article.capture if stored else None
        capture = partial(captured, crawl.captures, context, previous, places)
    same = before is not None and await crawl.async_store.do(
        crawl.async_store.store.unchanged, replace(read.article, url=context.entry.url)
    )
    amends = before is not None and await is_other_reading(crawl, context, before, read.article, same=same)
    if before is not None and not (same or amends) and (old := await behind(crawl, context, before, read.article)):
        await crawl.record(context, old)
        return
    decided = visit.article(context, read, stored=before, unchanged=same or amends, amends=amends)
    crawl.note_guessed(context.entry, read)
    if decided.article is not None and not (same or amends):
        crawl.note_trimmable(context.entry, read)
    if placed.refuted is not None:
        decided = replace(decided, claimed=placed.refuted, refutes=placed.refuted)
    if placed.open is None:
        await crawl.record(context, decided, capture)
    else:
        await crawl.record_open(context, decided, placed.open, capture)
    if context.parts and decided.article is not None:
        await give_up_parts(crawl, context, places)


async def _move(
    crawl: CrawlContext, context: VisitContext, read: Extraction, target: Discovered, why: str
) -> VisitContext | None:
    """Record that a page is stored under another URL, and return the context of that one, when it is stored by us.

    None when the page stands there already. The address that answered is not given up before its text stands under
    another: its own context when that other one cannot be written now, or tells another story.
    """
    store, is_story = crawl.async_store, read.kind is PageKind.ARTICLE
    key = target.key or urls.key_of(target.url)
    stored = await store.article(key)
    there = stored.article if stored is not None and not stored.withdrawn else None
    if is_story and there is not None and not tells_all(there, read.article) and not is_same_story(there, read.article):
        return context
    known = await store.entry(key)
    is_list = known is not None and (reclassifying.is_list(known, context.at) if is_story else known.kind in LISTINGS)
    taken = None
    if not is_list and (there is None or not is_story or not tells_all(there, read.article)):
        taken = await store.take(target, context.entry.source, context.at, run=crawl.run)
    if is_story and (is_list or (taken is None and there is None)):
        return context
    await crawl.record(context, visit.redirected(context, target, why))
    if taken is None:
        return None
    return replace(context, entry=replace(taken, kind=UrlKind.ARTICLE) if is_story else taken)
