"""One leased URL -> its visit, stored: robots, fetch, then what the answer is."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from corpus.config import Source
from corpus.errors import FetchError
from corpus.model import FrontierEntry, UrlKind
from crawler.exchange import Response
from crawler.visiting import visit
from crawler.visiting.context import Crew
from crawler.visiting.frontier import LISTINGS
from crawler.visiting.listings import visit_listing
from crawler.visiting.pages import visit_page
from crawler.visiting.requests import delay_of, ports_of, request_of
from crawler.visiting.visit import Case

_UNREACHED = frozenset({"connect", "dns", "timeout", "tls"})


async def visit_url(crew: Crew, entry: FrontierEntry, fetched: Callable[[], None]) -> None:
    """Visit one URL and store what came of it; `fetched` is called when its host may be asked again."""
    source = crew.scopes[entry.source].source
    try:
        response = await _fetch(crew, entry, source)
    except FetchError as error:
        await _fetch_failed(crew, Case(entry, source, crew.rules, crew.now(), crew.run), error)
        return
    case = Case(entry, source, crew.rules, crew.now(), crew.run, response)
    rest = await crew.gate.heed(response)
    await crew.gate.note(response.address, reached=response.status < 500)
    if not response.hops:
        fetched()
    decided = visit.not_ok(case, rest)
    if decided is not None:
        await crew.record(case, decided)
    elif entry.kind in LISTINGS:
        await visit_listing(crew, case, response)
    else:
        await visit_page(crew, case, response)


async def _fetch(crew: Crew, entry: FrontierEntry, source: Source) -> Response:
    delay, ports, scope = delay_of(source, crew.rules), ports_of(source), crew.scopes[source.name]

    def admit(address: str) -> AbstractAsyncContextManager[None]:
        if entry.kind in {UrlKind.ARTICLE, UrlKind.SECTION} and not scope.holds(address):
            raise FetchError("out-of-scope", f"{entry.address}: redirects to {address}")
        return crew.gate.admit(address, delay=delay, ports=ports)

    return await crew.fetcher.fetch(request_of(entry, source), admit)


async def _fetch_failed(crew: Crew, case: Case, error: FetchError) -> None:
    """Store the failure; where nothing was asked, give the lease back. A redirect to a host at rest was asked for."""
    if error.reason == "stopped" or (error.reason == "resting" and await crew.gate.rests(case.entry.host)):
        await crew.ledger.release(case.entry.url)
        return
    await crew.gate.note(case.entry.address, reached=error.reason not in _UNREACHED)
    await crew.record(case, visit.failed_by(case, error))
