"""A page that reads as an article -> why it is not the story of its address; which stored articles share the mistake.

A wall is recognised when a second address answers with it: the first may have been stored by then, and is withdrawn.
A stored text is replaced only by a version of itself, or by a text that the page's own date or author supports; its
own beginning alone replaces it when the site says so, or goes on saying so of that story alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import Article, Hints, UrlKind
from corpus.people.names import fold
from corpus.reasons import Reason
from corpus.store import Teller
from corpus.texts import joined, text
from corpus.via import Via
from crawler.identity.claims import place, variant
from crawler.identity.sameness import is_same_story, is_version_elsewhere
from crawler.identity.walls import (
    Evidence,
    describe,
    gather,
    has_no_word_of,
    is_bare,
    tells_of,
    tells_rather_of,
    wall,
    words_on,
)
from crawler.values import ELSEWHERE, Extraction, Response
from crawler.visiting.context import CrawlContext
from crawler.visiting.stories.cut import PATIENT, SEVERAL, is_cut
from crawler.visiting.visit import VisitContext, is_shared_stub, last_segment, soft_404

_NOT_NAMED = frozenset({Via.REDIRECT, Via.CANONICAL, Via.SAME_PAGE})  # how an address was met by asking
HABIT = 0.8  # share of a source's stories with words of their addresses, from which a page without any is no story
MIN_HABIT = 3  # stories of a source that show its habit


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a page is not the story of its address, and what follows.

    Attributes:
        retracts: URLs whose articles are the same mistake.
        leads: A redirect led to another story, which is asked for in its own right.
        moves: Nothing is wrong with that story: it is stored there, and the address given up for it.
    """

    reason: str = ""
    retracts: tuple[str, ...] = ()
    leads: bool = False
    moves: bool = False


async def doubt(
    crawl: CrawlContext,
    context: VisitContext,
    response: Response,
    read: Extraction,
    landed: str | None,
    before: Article | None,
    tellers: Sequence[Teller] = (),
) -> Doubt | None:
    """Return why not to believe a page; None when it is its address's story.

    Args:
        before: The text that stands there.
        tellers: Other addresses of its source that answered with the same text.
    """
    if before is not None and await is_cut(crawl, context, before, read.article):
        return Doubt(f"{Reason.PAYWALL}: {text('most of the text is gone')}")
    if landed is None and _is_undoubted(read, before, tellers):
        return None
    entry, store = context.entry, crawl.async_store
    words = words_on(read.article)
    shared = await store.do(store.store.evidence.landings, entry.source, place(landed), entry.url) if landed else 0
    others = [each for each in tellers if _are_two_stories(entry.url, each.url, landed)]
    others = [each for each in others if not _is_of(each.url, entry.url, words)]
    kin = landed is not None and _are_kin(entry.url, landed)
    shared, twins = (0, 0) if kin else (shared, len(others))
    evidence = gather(entry, landed, read.article, response.content, words=words, shared=shared, twins=twins)
    same = tuple(each.url for each in others if each.stands)
    if before is not None:
        return _over(before, read, context, evidence, same, landed=landed)
    foreign = landed is not None and not kin and not evidence.carried and _is_foreign(context, landed, words, evidence)
    if foreign and landed is not None and (not evidence.bare or await _is_named(crawl, landed)):
        return Doubt(moves=True)
    if why := wall(evidence, redirected=landed is not None):
        return Doubt(f"{Reason.WALL}: {_sent(landed, why)}", same)
    is_named = evidence.own or evidence.headline is False  # other addresses may lead to it
    if is_shared_stub(read.article.body, len(others)) and not is_named:
        return Doubt(f"{Reason.SOFT_404}: {text('{n:,} other addresses tell the same', n=len(others))}", same)
    is_whole = landed is None and not twins and not evidence.little
    is_believed = is_whole and (not evidence.form or await _is_one_of_several(crawl, context))
    if evidence.unproven and not kin and not is_believed and (said := await _unproven(crawl, context, evidence)):
        return Doubt(f"{Reason.WALL}: {_sent(landed, describe(evidence), said)}")
    return Doubt(moves=True) if foreign else None


def _is_undoubted(read: Extraction, before: Article | None, tellers: Sequence[Teller]) -> bool:
    """Whether what is known of a page at its own address leaves nothing to ask of its words, which takes long.

    It tells the story that stands there; or nothing stands, its text is told nowhere else, and it names author or day.
    Stories of one template are alike: one that names another site's address as its own needs the headline, too.
    """
    if before is None:
        return not tellers and not is_bare(read.article)
    named = fold(before.headline or "") == fold(read.article.headline or "") or read.canonical_by != ELSEWHERE
    return named and is_same_story(before, read.article)


def unindexed_wall(context: VisitContext, read: Extraction, landed: str | None, before: Article | None) -> str | None:
    """Return why a page's wish not to be indexed is not its story's wish; None when it is.

    A page to log in asks so for itself. One that stays at the story's own address is obeyed.
    """
    if before is not None and is_same_story(before, read.article):
        return None
    if landed is not None and not _are_kin(context.entry.url, landed):
        said = text("sent to {address}, which asks not to be indexed", address=landed)
        return f"{Reason.WALL}: {said}"
    if before is None or context.entry.attempts >= PATIENT:
        return None
    said = text("another text than the one stored, and it asks not to be indexed; obeyed when it stays")
    return f"{Reason.WALL}: {said}"


def _over(
    before: Article,
    read: Extraction,
    context: VisitContext,
    evidence: Evidence,
    same: tuple[str, ...],
    *,
    landed: str | None,
) -> Doubt | None:
    """Decide whether a text takes the place of the one that stands."""
    redirected = landed is not None
    if landed is not None and is_version_elsewhere(read.article, before, kin=_are_kin(context.entry.url, landed)):
        return None
    if evidence.strong or evidence.form:
        said = text("another text than the one stored, {facts}", facts=describe(evidence))
        return Doubt(f"{Reason.WALL}: {said}", same)
    if soft := soft_404(read.article, before):
        return Doubt(f"{Reason.SOFT_404}: {soft}")
    other = text("neither its headline nor its text is that of the story stored")
    if redirected:
        return Doubt(f"{Reason.OTHER_STORY}: {_sent(landed, other)}", leads=not evidence.unproven)
    if before.fetched_url is not None and evidence.own:
        return None  # what stands was read at another address; now this one tells its own story
    if evidence.unproven and not has_no_word_of(context.entry.url, words_on(before)):
        return Doubt(f"{Reason.OTHER_STORY}: {_sent(None, other, describe(evidence))}")
    seen_before = context.entry.text == context.digest and context.entry.attempts >= PATIENT
    if read.canonical_by == ELSEWHERE and not seen_before:  # a server that answers with the pages of another site
        said = text("its page names an address of another site as its own")
        return Doubt(f"{Reason.OTHER_STORY}: {_sent(None, other, said)}")
    supported = not evidence.bare or _calls_it_so(read, context)
    return None if supported or seen_before else Doubt(f"{Reason.OTHER_STORY}: {other}")


async def _unproven(crawl: CrawlContext, context: VisitContext, evidence: Evidence) -> str | None:
    """Why a page of which nothing says that it is the story is not believed now; None when it is.

    Where the source's stories have words of their addresses, a page without any is none. Where that is not known, a
    page that stays is believed.
    """
    entry, store = context.entry, crawl.async_store
    stories = await store.do(store.store.evidence.stories, entry.source, entry.url)
    having = sum(not has_no_word_of(story.url, words_on(story)) for story in stories)
    least = 1 if evidence.little else MIN_HABIT  # so few letters say less than one story of the source does
    if len(stories) >= least and having >= HABIT * len(stories):
        return text("the source's other stories have words of their addresses")
    if len(stories) >= MIN_HABIT and not having and entry.hints.headline is None:
        return None
    seen_before = entry.text == context.digest and entry.attempts >= PATIENT
    return None if seen_before else text("believed when it stays")


def _sent(landed: str | None, *said: str) -> str:
    """Return what was said, and where a redirect led."""
    return joined("; ", [*said, text("sent to {address}", address=landed)] if landed else said)


async def _is_one_of_several(crawl: CrawlContext, context: VisitContext) -> bool:
    """Whether several addresses of a source answered this run with a text each, as stories do and no wall does.

    The addresses that were not believed before there were enough of them are asked again.
    """
    entry, strange = context.entry, crawl.unproven[context.entry.source]
    others = {url for url, digest in strange.items() if url != entry.url and digest != context.digest}
    if context.digest is not None and len(strange) < SEVERAL:
        strange[entry.url] = context.digest
    if len({strange[url] for url in others}) < SEVERAL - 1:
        return False
    store = crawl.async_store
    for url in others:
        await store.do(store.store.frontier.ask_again, url, context.at)
    return True


def _is_of(url: str, here: str, words: frozenset[str]) -> bool:
    """Whether a page with these words tells the story of another address than the one asked for."""
    return tells_of(url, Hints(), words) or tells_rather_of(url, here, words)


def _is_foreign(context: VisitContext, landed: str, words: frozenset[str], evidence: Evidence) -> bool:
    """Whether a redirect led to the story of the address where it ended, and not to that of the one asked for."""
    return tells_rather_of(landed, context.entry.url, words) or (evidence.absent and tells_of(landed, Hints(), words))


async def _is_named(crawl: CrawlContext, url: str) -> bool:
    """Whether the site itself names an address as a story's."""
    entry = await crawl.async_store.entry(url)
    return entry is not None and entry.kind is UrlKind.ARTICLE and entry.via not in _NOT_NAMED


def _calls_it_so(read: Extraction, context: VisitContext) -> bool:
    """Whether a feed calls the address's story as the page does."""
    named = context.entry.hints.headline
    return named is not None and fold(named) == fold(read.article.headline or "")


def _are_kin(here: str, there: str) -> bool:
    """Whether two addresses end alike: a story that moves keeps the name by which its site knows it."""
    return last_segment(here) != "" and last_segment(here) == last_segment(there)


def _are_two_stories(here: str, there: str, landed: str | None) -> bool:
    """Whether two addresses are of two stories, so that one text under both is neither's story."""
    if there == landed:
        return False
    if variant(here, there) in {here, there}:
        return False  # one has a parameter more
    return last_segment(here) != last_segment(there) or here.partition("?")[0] == there.partition("?")[0]
