"""A page and the address it names as its own -> the address under which the page is stored, once the site confirmed it.

A claim is believed when the other address was fetched and contains the page's text, or when both addresses are one
page by their spelling. Only then is the address that answered given up; it is fetched again when the other address is
gone, or when another page claims the same address with another story.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from corpus import urls
from corpus.errors import FetchError
from corpus.model import Discovered, FrontierEntry, Outcome, UrlKind, UrlState, value
from corpus.reasons import Reason
from corpus.store import Teller
from corpus.via import Via
from crawler.fetching.requests import delay_of, ports_of
from crawler.identity.claims import is_part, languages, same_page, variant
from crawler.identity.sameness import tells_all
from crawler.values import Extraction
from crawler.visiting import reclassifying, visit
from crawler.visiting.context import CrawlContext
from crawler.visiting.visit import VisitContext

Ask = Callable[[Discovered], Awaitable[None]]
"""Visit a URL now, if this run may; its visit is stored when this returns."""

_STORED = frozenset({Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED})


@value()
class Settled:
    """Where a page is stored.

    Attributes:
        target: The URL that stands for the page; None: its own.
        why: `canonical` or `same-page`; empty when there is no target.
        adopted: The page is stored under `target`, which was not fetched.
        refuted: The URL that the page claims, and that has another story.
        open: The URL that the page claims, and that is being read just now: the claim is settled when that is stored.
    """

    target: str | None = None
    why: str = ""
    adopted: bool = False
    refuted: str | None = None
    open: str | None = None


OWN = Settled()


async def tellers_of(crawl: CrawlContext, context: VisitContext) -> Sequence[Teller]:
    """Return other addresses of the source that answered with the text of the visit."""
    store, entry = crawl.async_store, context.entry
    if context.digest is None:
        return ()
    return await store.do(store.store.evidence.tellers, entry.source, context.digest, entry.url)


async def settle(
    crawl: CrawlContext, context: VisitContext, read: Extraction, ask: Ask | None, tellers: Sequence[Teller]
) -> Settled:
    """Return under which URL a page is stored.

    Args:
        ask: None where no further address may be asked.
        tellers: As `tellers_of` gives them.
    """
    claimed = read.canonical
    if claimed is not None and await may_be(crawl, context, claimed):
        settled = await _settle_claim(crawl, context, read, claimed=claimed, ask=ask)
        if settled != OWN:
            return settled
        tellers = await tellers_of(crawl, context)  # others may have been asked meanwhile
    return await _settle_variant(crawl, context, read, ask=ask, tellers=tellers)


async def may_be(crawl: CrawlContext, context: VisitContext, claimed: str) -> bool:
    """Return whether a claim can be checked: it names another page of the source, no front page, that we may fetch."""
    entry, source = context.entry, context.source
    if claimed == entry.url or visit.is_front(claimed, source):
        return False
    if crawl.scopes[entry.source].refusal(claimed, UrlKind.ARTICLE):
        return False
    try:
        rules = await crawl.gate.rules(claimed, delay=delay_of(source, crawl.rules), ports=ports_of(source))
    except FetchError:
        return False
    return rules.reachable and rules.allows(claimed)


async def _settle_claim(
    crawl: CrawlContext, context: VisitContext, read: Extraction, *, claimed: str, ask: Ask | None
) -> Settled:
    entry, store = context.entry, crawl.async_store
    other = await store.entry(claimed)
    if other is not None and reclassifying.is_list(other, context.at):
        return OWN
    if other is not None and other.state is UrlState.LEASED:  # it may name this page in turn
        return Settled(open=claimed) if other.outcome is None or other.outcome in _STORED else OWN
    if same_page(entry.url, claimed):
        if other is None or other.outcome is None:
            return Settled(claimed, Reason.CANONICAL, adopted=True)
        return Settled(claimed, Reason.CANONICAL) if await _stands(crawl, claimed) else OWN
    if await store.do(store.store.evidence.is_refuted, entry.source, claimed, entry.url):
        return Settled(refuted=claimed)
    if other is None and read.canonical_by != "link":
        return OWN  # og:url alone sends us nowhere
    if await _tells(crawl, _discovered(entry, claimed, Via.CANONICAL), read, ask):
        return Settled(claimed, Reason.CANONICAL)
    if await _stands(crawl, claimed) and not is_part(entry.url, claimed):
        return Settled(refuted=claimed)
    return OWN


async def _settle_variant(
    crawl: CrawlContext, context: VisitContext, read: Extraction, *, ask: Ask | None, tellers: Sequence[Teller]
) -> Settled:
    """Settle a page whose text stands at another address, too: is what they differ in noise, or a page's version?

    The site is asked: it is noise when the address without it has the same text. Where it is a language, nothing is
    asked: a story that was not translated is stored once, at the address that names its language if one does.
    """
    entry = context.entry
    for other in tellers:
        if languages(entry.url, other.url) is not None:
            there = _discovered(entry, other.url, Via.SAME_PAGE)
            if not _is_original(entry.url, other.url, read.article.language) and await _tells(crawl, there, read, None):
                return Settled(other.url, Reason.SAME_PAGE)
            continue
        plain = variant(entry.url, other.url)
        if plain is None or plain == entry.url or visit.is_front(plain, context.source):
            continue
        if plain != other.url and not await may_be(crawl, context, plain):
            continue
        if await _tells(crawl, _discovered(entry, plain, Via.SAME_PAGE), read, ask):
            return Settled(plain, Reason.SAME_PAGE)
    return OWN


def _is_original(here: str, there: str, language: str | None) -> bool:
    """Whether of two addresses that differ in a language alone the first one names that of the text they tell."""
    named = languages(here, there)
    return named is not None and named[0] == language != named[1]


async def give_up_variants(
    crawl: CrawlContext, context: VisitContext, read: Extraction, tellers: Sequence[Teller]
) -> None:
    """Give up addresses that came first and told the text of a plain one, which was visited and stored just now.

    What they differ in is noise: the address without it told the same. Nothing more is asked of the site for that.
    So are those that differ in a language alone, which is not that of the text, as this one's is.
    """
    plain, store = context.entry, crawl.async_store
    if not tellers or not await _stands(crawl, plain.url):
        return
    for other in tellers:
        if not other.stands or other.url in crawl.reopened:
            continue
        is_original = _is_original(plain.url, other.url, read.article.language)
        if not is_original and variant(plain.url, other.url) != plain.url:
            continue
        known = await store.entry(other.url)
        if known is None or known.state is UrlState.LEASED:  # it is being asked, and settles its place itself
            continue
        noisy = replace(context, entry=known, response=None)
        await crawl.record(
            noisy, visit.redirected(noisy, _discovered(known, plain.url, Via.SAME_PAGE), Reason.SAME_PAGE)
        )


async def _tells(crawl: CrawlContext, there: Discovered, read: Extraction, ask: Ask | None) -> bool:
    """Whether an address contains the page's text; it is fetched when the stored text does not show it."""
    for attempt in range(2):
        stored = await crawl.async_store.article(there.url)
        if stored is not None and not stored.withdrawn and tells_all(stored.article, read.article):
            return await _stands(crawl, there.url)
        if attempt or ask is None:
            return False
        await ask(there)
    return False


async def _stands(crawl: CrawlContext, url: str) -> bool:
    """Whether an address answered with an article when it was last asked."""
    entry = await crawl.async_store.entry(url)
    return entry is not None and entry.outcome in _STORED


def _discovered(entry: FrontierEntry, url: str, via: Via) -> Discovered:
    return Discovered(url=url, kind=UrlKind.ARTICLE, via=via, parent=entry.url, hints=entry.hints)


def adopted(entry: FrontierEntry, target: str) -> Discovered:
    """Return the address that answered as what is asked for from now on to see the page `target`."""
    return Discovered(
        url=entry.address,
        key=urls.key_of(target),
        kind=UrlKind.ARTICLE,
        via=Via.CANONICAL,
        parent=entry.url,
        hints=entry.hints,
    )
