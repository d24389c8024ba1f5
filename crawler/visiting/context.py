"""What a crawl works with: the fetcher, the gate, the workers, the store, and what it remembers while it runs."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from corpus.captures import Captures
from corpus.config import CrawlerSettings
from corpus.events import event
from corpus.model import FrontierEntry, LeftOut, Outcome, UrlKind, UrlState, Visit
from corpus.reasons import Reason, word_of
from corpus.via import Via
from crawler.discovery import links
from crawler.discovery.guesses import WaysIn
from crawler.discovery.scope import Scope, Series, pattern_of
from crawler.fetching.fetch import Fetcher
from crawler.fetching.politeness import Gate
from crawler.pool.workers import Workers
from crawler.values import Extraction, Response, Trimmable
from crawler.visiting.async_store import AsyncStore, Capture
from crawler.visiting.quota import Quota
from crawler.visiting.reclassifying import BY_LINK
from crawler.visiting.tally import Tally
from crawler.visiting.visit import VisitContext

log = logging.getLogger(__name__)

Trimmables = dict[str, tuple[int, Trimmable]]
MAX_NAMED = 200_000  # hashes, some 20 MB; what is left out beyond is stored again each time
MAX_TRIMMABLES = 50_000  # articles of a run, some 20 MB; the texts of others are read again

_STORY = frozenset({Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED})
_SAYS = _STORY | {Outcome.READ, Outcome.NOT_ARTICLE}  # outcomes that say what the page of an address is
_NONE = frozenset({Reason.LISTING, Reason.EMPTY, "http-404", "http-410"})  # nothing of a story at an address
LATER = timedelta(hours=20)  # a night later, whatever the hour at which this one asks
_STANDS = frozenset({200, 304})  # answers that show where a front page is


@dataclass(slots=True)
class CrawlContext:
    """What the parts of one crawl share: fetcher, gate, workers, store, and what it remembers while it runs.

    Attributes:
        scopes: Source -> its scope, widened when its front page has moved.
        quota: What a source may still add.
        judging: Source -> a lock held while a page is judged and stored, since the source's other pages are evidence.
        boilerplate: Source -> the text blocks that are known to recur on its pages; filled when a source is first
            read, forgotten when the crawl has learned others.
        guesses: Source -> further blocks its articles are read without, as nearly all pages of this crawl have them.
        guessed: Source -> URL of an article -> the blocks that were left out of its text and are not known to recur.
        trimmables: Source -> URL of an article of this crawl -> hash of the hints it was read with, and how far its
            text may be trimmed.
        noted: How many articles were put there.
        named: Addresses that were left out and are stored as such by this run, each with its reason, by their hashes.
        ways_in: Source -> the feeds and sitemaps that are known of it, once this run has read its front page.
        open_claims: Address that is being visited -> addresses whose pages claim it, and are asked for again then.
        reopened: Those of them that wait for their next visit, which settles what they are.
        unproven: Source -> address -> digest of the text of pages of which nothing said that they are its stories.
    """

    fetcher: Fetcher
    gate: Gate
    workers: Workers
    async_store: AsyncStore
    captures: Captures
    rules: CrawlerSettings
    scopes: dict[str, Scope]
    series: Series
    tally: Tally
    quota: Quota
    run: int
    now: Callable[[], datetime]
    boilerplate: dict[str, frozenset[int]] = field(default_factory=dict)
    guesses: dict[str, frozenset[int]] = field(default_factory=dict)
    guessed: defaultdict[str, dict[str, frozenset[int]]] = field(default_factory=lambda: defaultdict(dict))
    trimmables: defaultdict[str, Trimmables] = field(default_factory=lambda: defaultdict(dict))
    noted: int = 0
    named: set[int] = field(default_factory=set)
    ways_in: dict[str, WaysIn] = field(default_factory=dict)
    unproven: defaultdict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    open_claims: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    reopened: set[str] = field(default_factory=set)
    judging: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    def visit_of(self, entry: FrontierEntry, response: Response | None = None) -> VisitContext:
        """Return the context of a visit that is decided now."""
        return VisitContext(entry, self.scopes[entry.source].source, self.rules, self.now(), self.run, response)

    async def boilerplate_of(self, source: str) -> frozenset[int]:
        """Return the text blocks that are known to recur; they do not change while the source's pages are read."""
        if source not in self.boilerplate:
            self.boilerplate[source] = await self.async_store.do(self.async_store.store.sources.boilerplate, source)
        return self.boilerplate[source]

    async def read_without(self, source: str) -> frozenset[int]:
        """Return the text blocks that the articles of a source are read without: those known, and those guessed."""
        return await self.boilerplate_of(source) | self.guesses.get(source, frozenset())

    def note_guessed(self, entry: FrontierEntry, read: Extraction) -> None:
        """Note what was left out of an article by a guess, in case that the guess does not hold."""
        blocks = frozenset(read.recurring) - self.boilerplate.get(entry.source, frozenset())
        if blocks:
            self.guessed[entry.source][entry.url] = blocks
        else:
            self.guessed[entry.source].pop(entry.url, None)

    def note_trimmable(self, entry: FrontierEntry, read: Extraction) -> None:
        """Note how far the text that is stored of a reading may be trimmed, in case that more of its blocks recur."""
        of_source = self.trimmables[entry.source]
        if read.trimmable is not None and (entry.url in of_source or self.noted < MAX_TRIMMABLES):
            self.noted += entry.url not in of_source
            of_source[entry.url] = (hash(entry.hints), read.trimmable)
        else:
            of_source.pop(entry.url, None)

    def newly_left_out(self, source: str, left_out: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
        """Return the addresses that this run has not yet stored as left out for that reason: a menu is on each page."""
        return tuple(each for each in left_out if hash((source, each.url, each.reason)) not in self.named)

    async def record_open(
        self, context: VisitContext, decided: Visit, claimed: str, capture: Capture | None = None
    ) -> None:
        """Store the visit of a page that claims an address that is being read; it is asked again when that is stored.

        It must answer with its text then, and not that nothing changed.
        """
        await self.record(context, replace(decided, etag=None, last_modified=None), capture)
        self.open_claims[claimed].add(context.entry.url)
        other = await self.async_store.entry(claimed)
        if other is None or other.state is not UrlState.LEASED:  # its visit was stored meanwhile
            await self.settle_open(claimed, context.at)

    async def settle_open(self, claimed: str, at: datetime) -> None:
        """Make the pages due that claim an address whose visit is stored now: their texts can be compared."""
        for url in self.open_claims.pop(claimed, ()):
            self.reopened.add(url)
            await self.async_store.do(self.async_store.store.frontier.ask_again, url, at, standing=True)

    async def record(self, context: VisitContext, decided: Visit, capture: Capture | None = None) -> None:
        """Store a visit, count it, log it; `capture` as in `AsyncStore.record`."""
        outcome = await self.async_store.record(decided, capture)
        self.reopened.discard(decided.url)
        await self.settle_open(decided.url, context.at)
        if len(self.named) < MAX_NAMED:
            self.named.update(hash((context.entry.source, each.url, each.reason)) for each in decided.left_out)
        self.count(context, decided, outcome)
        entry = context.entry
        if (
            outcome in _SAYS
            and entry.via in BY_LINK
            and links.guess(entry.url, today=context.at.date()).kind is UrlKind.SECTION
        ):
            await self.learn_series(entry.url, entry.source, context.at, is_story=outcome in _STORY)
        await self._put_off_storyless(context, decided.reason, outcome)
        event(
            log,
            "visit recorded",
            url=decided.url,
            outcome=outcome,
            status=decided.status,
            reason=decided.reason,
            bytes=decided.bytes,
            seconds=decided.took,
            run=self.run,
        )

    async def _put_off_storyless(self, context: VisitContext, reason: str | None, outcome: Outcome) -> None:
        """Let the addresses of a sitemap wait whose pattern gives nothing, so that others have their turn tonight."""
        entry, word = context.entry, word_of(reason or "")
        is_story = outcome in _STORY or outcome is Outcome.READ
        if entry.via != Via.SITEMAP or not (is_story or word in _NONE):
            return
        pattern = pattern_of(entry.url)
        if self.quota.is_storyless(entry.source, pattern, is_story=is_story):
            walks = self.async_store.store.walks
            waits = partial(walks.put_off, is_alike=lambda url: pattern_of(url) == pattern)
            self.quota.put_off(
                entry.source, await self.async_store.do(waits, entry.source, context.at, context.at + LATER)
            )

    async def learn_series(self, url: str, source: str, at: datetime, *, is_story: bool) -> None:
        """Note what the page of an address is; take what was left out of its pattern, once that is a story's."""
        freed = self.series.learn(url, is_story=is_story)
        scope = self.scopes[source]
        wanted = [item for item in freed if scope.refusal(item.url, item.kind) is None]
        if wanted and self.quota.has_room_for_addresses(source):
            self.quota.add_addresses(source, await self.async_store.add(wanted, source, at))

    def count(self, context: VisitContext, decided: Visit, outcome: Outcome) -> None:
        """Count a visit."""
        source = context.entry.source
        self.tally.count(source, outcome, decided.bytes, reason=decided.reason, took=decided.took)
        # Once in the life of an article: a page that changes each hour is no measure of what a source's pages lack.
        if decided.article is not None and outcome is Outcome.NEW:
            self.tally.count_read(source, decided.article)
        elif context.entry.outcome is None and _is_empty(outcome, decided.reason):
            self.tally.count_empty(source)
        if context.entry.kind is UrlKind.ARTICLE and context.entry.via != Reason.CANONICAL:
            self.tally.count_story(context.entry, outcome, decided.reason)
        elif context.entry.kind is not UrlKind.ARTICLE:
            self.tally.count_list(source, outcome, decided.reason)
        if context.entry.kind is UrlKind.HOME and context.response is not None and context.response.status in _STANDS:
            self.tally.count_front(source, context.entry.address, context.response.address)


def _is_empty(outcome: Outcome, reason: str | None) -> bool:
    return outcome is Outcome.NOT_ARTICLE and word_of(reason or "") == Reason.EMPTY
