"""One leased URL -> its visit, stored: robots, fetch, then what the answer is."""

import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from functools import partial
from time import monotonic
from types import TracebackType

from corpus import urls
from corpus.config import Source
from corpus.errors import FetchError, StoreError
from corpus.events import event
from corpus.model import Discovered, FrontierEntry, Outcome, UrlKind, UrlState, Visit
from corpus.reasons import NO_REQUEST, Reason
from corpus.texts import about, text
from crawler.discovery.guesses import WAYS_IN
from crawler.discovery.scope import MAX_AWAY, Scope
from crawler.fetching.politeness import Gate
from crawler.fetching.requests import delay_of, ports_of, request_of
from crawler.values import Response
from crawler.visiting import visit
from crawler.visiting.context import CrawlContext
from crawler.visiting.faults import record_fault
from crawler.visiting.feed_story import instead_of_page
from crawler.visiting.frontier import LISTINGS, RECHECK_GONE
from crawler.visiting.guessing import guess_on
from crawler.visiting.listings import visit_listing
from crawler.visiting.pages import visit_page
from crawler.visiting.stories.blank import blank
from crawler.visiting.visit import VisitContext

log = logging.getLogger(__name__)

_REFUSES_CONDITIONS = frozenset({400, 412})  # answers whose reason may be the validators in the request
_FOR_NOW = {301: 302, 308: 307}
_UNREACHED = frozenset({Reason.CONNECT, Reason.DNS, Reason.TIMEOUT, Reason.TLS})
_NOT_SENT = NO_REQUEST - _UNREACHED


async def visit_url(
    crawl: CrawlContext, entry: FrontierEntry, fetched: Callable[[], None], *, alone: bool = True
) -> None:
    """Visit one URL and store what came of it; `fetched` is called when its host may be asked again.

    `alone` False: it is visited for the sake of another page, and no third one is asked for its sake.
    """
    if entry.kind not in WAYS_IN:
        await _visit(crawl, entry, fetched, alone=alone)
        return
    await _visit(crawl, entry, lambda: None, alone=alone)  # what it names comes before what waits on its host
    await guess_on(crawl, entry)


async def _visit(crawl: CrawlContext, entry: FrontierEntry, fetched: Callable[[], None], *, alone: bool) -> None:
    source = crawl.scopes[entry.source].source
    try:
        response = await _fetch(crawl, entry, source)
    except FetchError as error:
        await _fetch_failed(crawl, crawl.visit_of(entry), error)
        return
    context = crawl.visit_of(entry, response)
    rest = await crawl.gate.apply_rest(response)
    if not response.hops:
        fetched()
    decided = visit.not_ok(context, rest) or _blank(context, response)
    if decided is not None:
        decided = await _spared(crawl, context, decided)
        await crawl.record(context, await instead_of_page(crawl, context, decided))
        return
    ask, view = partial(_ask, crawl, source.name), partial(_view, crawl, entry, source)
    try:
        if entry.kind in LISTINGS:
            await visit_listing(crawl, context, response, ask=ask if alone else None, view=view)
        else:
            await visit_page(crawl, context, response, ask=ask if alone else None, view=view)
    except FetchError as error:  # of another page of the story
        await _fetch_failed(crawl, context, error)


def _blank(context: VisitContext, response: Response) -> Visit | None:
    """Return the visit to a story's page that has nothing at all; None: there is something to read.

    A list without links is read: its source may have other ways to its stories.
    """
    reason = blank(response.content) if context.entry.kind is UrlKind.ARTICLE else None
    return visit.failed(context, reason) if reason else None


async def _spared(crawl: CrawlContext, context: VisitContext, decided: Visit) -> Visit:
    """Return the visit to a page that is not there; a story we have is not given up for it while the site is down.

    The site is down when its front page could not be read either: a server that answers 404 to all has lost no story.
    A front page that fails for longer than other pages are asked for says nothing of them any more, nor does one that
    robots.txt disallows: that is no failure, and is not counted.
    """
    response = context.response
    if response is None or response.status not in visit.GONE or context.entry.changed is None:
        return decided
    home = await crawl.async_store.entry(urls.key_of(context.source.url))
    if home is None or not 0 < home.attempts <= context.rules.attempts:
        return decided
    return replace(
        decided,
        outcome=Outcome.FAILED,
        reason=f"http-{response.status}: {text('its front page could not be read either')}",
        state=UrlState.WAITING,
        due=context.at + RECHECK_GONE,
        attempts=decided.attempts - 1,  # this time does not count; failures of another kind were forgotten
    )


async def _ask(crawl: CrawlContext, source: str, found: Discovered) -> None:
    """Visit an address that a page claims as its own, if this run may."""
    entry = await crawl.async_store.take(found, source, crawl.now(), run=crawl.run)
    if entry is None:
        return
    try:
        await visit_url(crawl, entry, lambda: None, alone=False)
    except StoreError:
        raise
    except Exception:  # noqa: BLE001 - it costs that page, not the one that claims it
        await record_fault(crawl, entry)


async def _view(crawl: CrawlContext, entry: FrontierEntry, source: Source, address: str) -> Response:
    """Fetch another page of a story, as its own address is fetched, within the same visit."""
    response = await _fetch(crawl, replace(entry, address=address, etag=None, last_modified=None), source)
    await crawl.gate.apply_rest(response)
    return response


async def _fetch(crawl: CrawlContext, entry: FrontierEntry, source: Source) -> Response:
    """Fetch an address; the gate notes of each host on the way whether it was reached."""
    way = _Way(crawl.scopes[source.name], entry)
    try:
        response = await _answer(crawl, entry, source, way)
    except FetchError as error:
        await way.note(crawl.gate, reached=None if error.reason in _NOT_SENT else error.reason not in _UNREACHED)
        raise
    await way.note(crawl.gate, reached=response.status < 500)
    return way.back(response)


async def _answer(crawl: CrawlContext, entry: FrontierEntry, source: Source, way: "_Way") -> Response:
    delay, ports = delay_of(source, crawl.rules), ports_of(source)

    def admit(address: str) -> AbstractAsyncContextManager[None]:
        way.goes_by(address)
        return _Waited(crawl, source.name, urls.host(address), crawl.gate.admit(address, delay=delay, ports=ports))

    request = request_of(entry, source)
    is_plain = request.etag is None and request.last_modified is None
    try:
        response = await crawl.fetcher.fetch(request, admit)
        why = f"http-{response.status}" if response.status in _REFUSES_CONDITIONS else None
    except FetchError as error:
        if error.reason not in visit.UNREADABLE or is_plain:
            raise
        why = error.reason
    if why is None or is_plain:
        return response
    way.away.clear()
    event(log, "conditional request refused; sent without conditions", url=entry.address, reason=why)
    return await crawl.fetcher.fetch(replace(request, etag=None, last_modified=None), admit)


@dataclass(slots=True)
class _Way:
    """The way of one fetch over its redirects: by the source's own sites, and by others that send back to them.

    A story or section may pass another site that its own leads to and that has an address of the source's in its own:
    a sign-on, a consent. What such a site says of a story's address is never taken for good.
    """

    scope: Scope
    entry: FrontierEntry
    away: list[str] = field(default_factory=list)
    by: list[str] = field(default_factory=list)

    def goes_by(self, address: str) -> None:
        """Note an address that is about to be asked for.

        Raises:
            FetchError: It is of another site that may not send back, or of one too many.
        """
        if self.entry.kind in {UrlKind.ARTICLE, UrlKind.SECTION} and not self.scope.holds(address):
            self.away.append(address)
            if len(self.away) > MAX_AWAY or not self.scope.may_send_back(address):
                raise self._left(address)
        self.by.append(address)

    async def note(self, gate: Gate, *, reached: bool | None) -> None:
        """Note of the last host whether it was reached, None: it was not asked; each one before it has answered."""
        if not self.by:
            return
        last = self.by[-1]
        for host, address in {urls.host(each): each for each in self.by}.items():
            if host != urls.host(last):
                await gate.note(address, reached=True)
        if reached is not None:
            await gate.note(last, reached=reached, broken=_is_broken(self.entry))

    def back(self, response: Response) -> Response:
        """Return the answer of the source's own site.

        Raises:
            FetchError: Another site answers in its place.
        """
        if not self.away or response.redirect is not None:
            return response
        if not self.scope.holds(response.address):
            raise self._left(response.address)
        return replace(
            response, hops=tuple((_FOR_NOW.get(status, status), address) for status, address in response.hops)
        )

    def _left(self, address: str) -> FetchError:
        return FetchError(
            Reason.OUT_OF_SCOPE, about(self.entry.address, text("redirects to {address}", address=address))
        )


class _Waited:
    """A turn whose wait is counted, with the rest before it for which its host asked in this run."""

    def __init__(self, crawl: CrawlContext, source: str, host: str, turn: AbstractAsyncContextManager[None]) -> None:
        self._crawl, self._source, self._host, self._turn = crawl, source, host, turn

    async def __aenter__(self) -> None:
        began = monotonic()
        await self._turn.__aenter__()
        rested = self._crawl.gate.rested(self._host).total_seconds()
        self._crawl.tally.count_wait(self._source, monotonic() - began + rested)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._turn.__aexit__(kind, error, trace)


def _is_broken(entry: FrontierEntry) -> bool:
    """Whether an address is known to fail, where others of its host may not: a list speaks for its host."""
    return entry.attempts > 0 and entry.kind not in LISTINGS


async def _fetch_failed(crawl: CrawlContext, context: VisitContext, error: FetchError) -> None:
    """Store the failure; where nothing was asked, give the lease back. A redirect to a host at rest was asked for."""
    if error.reason == Reason.STOPPED or (
        error.reason == Reason.RESTING and await crawl.gate.rests(context.entry.host)
    ):
        await crawl.async_store.release(context.entry.url)
        return
    await crawl.record(context, await instead_of_page(crawl, context, visit.failed_by(context, error)))
