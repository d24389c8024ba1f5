"""One leased URL -> its visit, stored: robots, fetch, capture, reading, decision, in that order."""

import logging
from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime

from corpus import urls
from corpus.captures import Captures
from corpus.config import CrawlerSettings, Source
from corpus.errors import ExtractError, FetchError
from corpus.model import CaptureRef, Discovered, FrontierEntry, Outcome, UrlKind, Visit
from corpus.warc import Exchange
from crawler import discover, robots, sitemaps, visit
from crawler.asking import delay_of, ports_of, request_of
from crawler.exchange import Response
from crawler.feeds import Listing
from crawler.fetch import Fetcher
from crawler.frontier import LISTINGS
from crawler.ledger import Ledger
from crawler.page import Extraction, PageKind
from crawler.politeness import Gate
from crawler.reading import read_listing, read_page
from crawler.scope import Scope, Series, scope_of, wanted
from crawler.tally import Tally
from crawler.visit import Case
from crawler.workers import Workers

log = logging.getLogger(__name__)

MAX_RECHECKED = 1000  # known URLs of one listing whose dates are compared with our last visit
NO_TURN = frozenset({"resting", "stopped"})  # nothing was asked: the lease is given back, no visit is recorded
_PERMANENT = frozenset({301, 308})
_UNREACHED = frozenset({"connect", "dns", "timeout", "tls"})


@dataclass(slots=True)
class Visitor:
    """Visits leased URLs.

    Attributes:
        scopes: Source -> its scope, widened when its front page has moved.
        texts: Source and text -> the addresses that told it in this run.
    """

    fetcher: Fetcher
    gate: Gate
    workers: Workers
    ledger: Ledger
    captures: Captures
    rules: CrawlerSettings
    scopes: dict[str, Scope]
    series: Series
    tally: Tally
    run: int
    now: Callable[[], datetime]
    texts: dict[str, set[str]] = field(default_factory=dict)

    async def visit(self, entry: FrontierEntry, fetched: Callable[[], None]) -> None:
        """Visit one URL and store what came of it; `fetched` is called when its host may be asked again."""
        source = self.scopes[entry.source].source
        case = Case(entry, source, self.rules, self.now(), self.run)
        try:
            response = await self._fetch(entry, source)
        except FetchError as error:
            await self._fetch_failed(case, error)
            return
        case = replace(case, response=response)
        rest = await self.gate.heed(response)
        await self.gate.note(response.address, reached=response.status < 500)
        if not response.hops:
            fetched()
        decided = visit.not_ok(case, rest)
        if decided is not None:
            await self._record(case, decided)
        elif entry.kind in LISTINGS:
            await self._listing(case, response)
        else:
            await self._page(case, response)

    async def _fetch(self, entry: FrontierEntry, source: Source) -> Response:
        delay, ports, scope = delay_of(source, self.rules), ports_of(source), self.scopes[source.name]

        def admit(address: str) -> AbstractAsyncContextManager[None]:
            if entry.kind in {UrlKind.ARTICLE, UrlKind.SECTION} and not scope.holds(address):
                raise FetchError("out-of-scope", f"{entry.address}: redirects to {address}")
            return self.gate.admit(address, delay=delay, ports=ports)

        return await self.fetcher.fetch(request_of(entry, source), admit)

    async def _fetch_failed(self, case: Case, error: FetchError) -> None:
        if error.reason in NO_TURN:
            await self.ledger.release(case.entry.url)
            return
        await self.gate.note(case.entry.address, reached=error.reason not in _UNREACHED)
        await self._record(case, visit.failed(case, f"{error.reason}: {error}"))

    async def _record(self, case: Case, decided: Visit) -> None:
        outcome = await self.ledger.record(decided)
        self.tally.count(case.entry.source, outcome, decided.bytes)
        log.info("%s %s status=%s reason=%s", outcome.value, decided.url, decided.status, decided.reason)

    # ------------------------------------------------------------ listings

    async def _listing(self, case: Case, response: Response) -> None:
        entry = case.entry
        try:
            listing = await read_listing(self.workers, entry, response, case.at)
        except ExtractError as error:
            await self._record(case, visit.failed(case, f"{error.reason}: {error}"))
            return
        if entry.kind is UrlKind.HOME and response.hops:
            self.scopes[entry.source] = scope_of(case.source, response.address)
        found = await self._found(case, response, listing)
        added = await self.ledger.add(found, entry.source, case.at)
        await self._recheck(found, case.at)
        await self._record(case, visit.read(case, listing, changed=added > 0, found=()))

    async def _found(self, case: Case, response: Response, listing: Listing) -> tuple[Discovered, ...]:
        entry, source = case.entry, case.source
        found = list(discover.listed(listing).found if entry.kind in {UrlKind.FEED, UrlKind.SITEMAP} else listing.found)
        if entry.kind is UrlKind.HOME:
            found += await self._ways_in(case, response, found)
        if entry.kind is UrlKind.SITEMAP and await self._depth(entry) >= sitemaps.MAX_DEPTH:
            found = [each for each in found if each.kind is not UrlKind.SITEMAP]
        kind = UrlKind.SECTION if entry.kind is UrlKind.HOME else entry.kind
        following = discover.next_page(listing, response.address, kind, pages=source.backfill)
        if following is not None and await self._pages_back(entry) < source.backfill:
            found.append(following)
        oldest = case.at - source.max_age if source.max_age else None
        fresh = [each for each in found if oldest is None or not _is_older(each, oldest)]
        return wanted(fresh, self.scopes[entry.source], self.series)

    async def _ways_in(self, case: Case, response: Response, found: list[Discovered]) -> list[Discovered]:
        """The sitemaps robots.txt names; where a feed or sitemap usually is, when the source names none."""
        delay, ports = delay_of(case.source, self.rules), ports_of(case.source)
        rules = await self.gate.rules(response.address, delay=delay, ports=ports)
        address = response.address
        named = [Discovered(url=each, kind=UrlKind.SITEMAP, via="robots", parent=address) for each in rules.sitemaps]
        has_feed = bool(case.source.feeds) or any(each.kind is UrlKind.FEED for each in found)
        has_sitemap = bool(case.source.sitemaps or named)
        return named + list(discover.well_known(address, feeds=not has_feed, sitemaps=not has_sitemap))

    async def _depth(self, entry: FrontierEntry) -> int:
        """How many sitemap indexes lead to this sitemap, itself counted."""
        depth, parent = 1, entry.parent
        while depth < sitemaps.MAX_DEPTH and parent:
            above = await self.ledger.entry(urls.canonical(parent) or parent)
            if above is None or above.kind is not UrlKind.SITEMAP:
                break
            depth, parent = depth + 1, above.parent
        return depth

    async def _pages_back(self, entry: FrontierEntry) -> int:
        """How many continuations lead to this page, from the first one; as many as it takes to reach the limit."""
        pages, limit = 0, self.scopes[entry.source].source.backfill
        above: FrontierEntry | None = entry
        while above is not None and above.via == "next-page" and above.parent and pages < limit:
            pages += 1
            above = await self.ledger.entry(urls.canonical(above.parent) or above.parent)
        return pages

    async def _recheck(self, found: Iterable[Discovered], now: datetime) -> None:
        """Make known articles due that their feed or sitemap says were updated after our last visit."""
        told = [each for each in found if each.kind is UrlKind.ARTICLE and each.hints.updated][:MAX_RECHECKED]
        if told:
            await self.ledger.do(self._recheck_all, told, now)

    def _recheck_all(self, told: list[Discovered], now: datetime) -> None:
        for each in told:
            known = self.ledger.store.entry(urls.canonical(each.url) or each.url)
            updated = each.hints.updated
            if known is not None and updated is not None and _is_stale(known, updated.at, now, self.rules):
                self.ledger.store.reschedule(known.url, now)

    # ------------------------------------------------------------ pages

    async def _page(self, case: Case, response: Response) -> None:
        moved = visit.moved_key(case.entry, response)
        if moved is not None:
            if visit.is_front(moved, case.source):
                await self._record(case, visit.gone(case, 404, f"http-404: sent to the front page {moved}"))
                return
            refusal = self.scopes[case.entry.source].refusal(moved, UrlKind.ARTICLE)
            if refusal:
                await self._record(case, visit.failed(case, f"{refusal}: redirects to {moved}"))
                return
            if any(status in _PERMANENT for status, _ in response.hops):
                next_case = await self._move(case, moved, response.address, "redirect")
                if next_case is None:
                    return
                case = next_case
        await self._read(case, response)

    async def _read(self, case: Case, response: Response) -> None:
        asked = robots.page_directives(response.headers, response.content, self.rules.name)
        try:
            read = await read_page(self.workers, case.entry, case.source, response, case.at)
        except ExtractError as error:
            await self._record(case, visit.failed(case, f"{error.reason}: {error}"))
            return
        canonical = read.canonical
        if canonical and await self._is_moved(case, canonical):
            next_case = await self._move(case, canonical, canonical, "canonical")
            if next_case is None:
                return
            case = next_case
        if read.noindex or "noindex" in asked:
            await self._record(case, visit.unindexed(case))
            return
        if read.kind is PageKind.LISTING and case.entry.via == "home":
            await self._section(case, read)
            return
        if "tdm-reservation" in asked:
            read.article.facts["tdm-reservation"] = "1"
        await self._article(case, read, keep="noarchive" not in asked)

    async def _article(self, case: Case, read: Extraction, *, keep: bool) -> None:
        stored = await self.ledger.article(case.entry.url) if case.entry.changed else None
        before = stored.article if stored and not stored.withdrawn else None
        if keep and case.response is not None:
            previous = stored.article.capture if stored else None
            case = replace(case, capture=await self._capture(case.response, case.at, previous))
        same = before is not None and await self.ledger.do(
            self.ledger.store.unchanged, replace(read.article, url=case.entry.url)
        )
        twins = self._twins(case.entry, read)
        await self._record(case, visit.article(case, read, stored=before, unchanged=same, twins=twins))

    def _twins(self, entry: FrontierEntry, read: Extraction) -> int:
        """How many other addresses of the source told this text in this run."""
        told = self.texts.setdefault(f"{entry.source} {hash(read.article.body)}", set())
        told.add(entry.url)
        return len(told) - 1

    async def _capture(self, response: Response, at: datetime, previous: CaptureRef | None) -> CaptureRef:
        kept = Exchange(
            url=response.address,
            at=at,
            status=response.status,
            headers=response.headers,
            body=response.content,
            request_headers=response.sent,
            address=response.server,
        )
        return await self.ledger.do(self.captures.append, kept, previous=previous)

    async def _section(self, case: Case, read: Extraction) -> None:
        """A link of the front page led to a listing: its links are followed one level."""
        links = discover.from_links(read.links, case.entry.address, home=False)
        found = wanted(links, self.scopes[case.entry.source], self.series)
        added = await self.ledger.add(found, case.entry.source, case.at)
        decided = visit.read(case, Listing(notes=("listing",)), changed=added > 0, found=())
        await self._record(case, decided)

    async def _is_moved(self, case: Case, canonical: str) -> bool:
        """Whether to follow a page's canonical link: to another page of the source that does not point back here."""
        entry = case.entry
        if canonical == entry.url or visit.is_front(canonical, case.source):
            return False
        if self.scopes[entry.source].refusal(canonical, UrlKind.ARTICLE):
            return False
        other = await self.ledger.entry(canonical)
        return other is None or not (other.outcome == Outcome.REDIRECTED and entry.url in (other.reason or ""))

    async def _move(self, case: Case, target: str, address: str, why: str) -> Case | None:
        """Record that a page lives under another URL; return the case of that one while it was never visited."""
        await self._record(case, visit.redirected(case, target, address, why))
        if case.entry.changed is not None:
            old = await self.ledger.article(case.entry.url)
            if old is not None:
                await self.ledger.do(self.ledger.store.withdraw, old.id, f"moved: {target}", at=case.at)
        there = await self.ledger.entry(target)
        return replace(case, entry=there) if there is not None and there.outcome is None else None


def _is_older(found: Discovered, oldest: datetime) -> bool:
    return found.hints.published is not None and found.hints.published.at < oldest


def _is_stale(known: FrontierEntry, updated: datetime, now: datetime, rules: CrawlerSettings) -> bool:
    asked = known.checked
    return asked is not None and known.changed is not None and asked < updated <= now and known.due > now
