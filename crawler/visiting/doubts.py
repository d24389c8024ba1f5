"""A page that reads as an article -> why it is not taken for its address's story; what was stored by the same mistake.

A wall is seen for one only when a second story meets it: the first may have been stored by then, and is withdrawn.
A text that stands is replaced only by a version of itself, or by another that the page's own date or author supports.
"""

from dataclasses import dataclass

from corpus.model import Article
from corpus.people.names import fold
from corpus.reasons import Reason
from crawler.identity.claims import place, variant
from crawler.identity.sameness import is_same_story
from crawler.identity.walls import Evidence, describe, gather, wall
from crawler.values import Extraction, Response
from crawler.visiting.context import CrawlContext
from crawler.visiting.visit import VisitContext, is_shared_stub, last_segment, soft_404

PATIENT = 2  # looks at another text under an address, all alike, before it is believed without support


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a page is not the story of its address, and the URLs whose articles are the same mistake."""

    reason: str
    retracts: tuple[str, ...] = ()


async def doubt(
    crawl: CrawlContext,
    context: VisitContext,
    response: Response,
    read: Extraction,
    landed: str | None,
    before: Article | None,
) -> Doubt | None:
    """Return why not to believe a page; None when it is its address's story. `before` is the text that stands there."""
    entry, store = context.entry, crawl.async_store
    shared = await store.do(store.store.evidence.landings, entry.source, place(landed), entry.url) if landed else 0
    others = []
    if context.digest is not None:
        known = await store.do(store.store.evidence.tellers, entry.source, context.digest, entry.url)
        others = [each for each in known if _are_two_stories(entry.url, each.url, landed)]
    evidence = gather(entry, landed, read.article, response.content, shared=shared, twins=len(others))
    same = tuple(each.url for each in others if each.stands)
    if before is not None:
        return _over(before, read, context, evidence, same, redirected=landed is not None)
    if why := wall(evidence, redirected=landed is not None):
        return Doubt(f"{Reason.WALL}: {why}" + (f"; sent to {landed}" if landed else ""), same)
    if is_shared_stub(read.article.body, len(others)):
        return Doubt(f"{Reason.SOFT_404}: {len(others)} other addresses tell the same", same)
    return None


def _over(
    before: Article,
    read: Extraction,
    context: VisitContext,
    evidence: Evidence,
    same: tuple[str, ...],
    *,
    redirected: bool,
) -> Doubt | None:
    """Decide whether a text takes the place of the one that stands."""
    if is_same_story(before, read.article):
        return None
    if evidence.strong or evidence.form:
        return Doubt(f"{Reason.WALL}: another text than the one stored, {describe(evidence)}", same)
    if soft := soft_404(read.article, before):
        return Doubt(f"{Reason.SOFT_404}: {soft}")
    supported = not evidence.bare or _is_named(read, context)
    seen_before = context.entry.text == context.digest and context.entry.attempts >= PATIENT
    if (supported or seen_before) and not redirected:
        return None
    return Doubt(f"{Reason.OTHER_STORY}: neither its headline nor its text is that of the story stored")


def _is_named(read: Extraction, context: VisitContext) -> bool:
    """Whether a feed calls the address's story as the page does."""
    named = context.entry.hints.headline
    return named is not None and fold(named) == fold(read.article.headline or "")


def _are_two_stories(here: str, there: str, landed: str | None) -> bool:
    """Whether two addresses are hardly of one story, so that one text under both is nobody's story."""
    if there == landed:
        return False
    if variant(here, there) in {here, there}:
        return False  # one has a parameter more
    return last_segment(here) != last_segment(there) or here.partition("?")[0] == there.partition("?")[0]
