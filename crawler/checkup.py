"""The sources of a config -> how their hosts answer: name, certificate, robots.txt, clock.

One request a host, for its robots.txt, in the host's turn; nothing is stored.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from corpus import urls
from corpus.config import CrawlerSettings, Source
from corpus.errors import FetchError
from crawler.fetching import robots
from crawler.fetching.fetch import Fetcher
from crawler.fetching.http_date import http_date
from crawler.fetching.politeness import Gate
from crawler.fetching.requests import delay_of, fetcher_of, ports_of
from crawler.values import Request
from crawler.visiting.scout import Forgetful

AT_ONCE = 8  # hosts


@dataclass(frozen=True, slots=True, kw_only=True)
class HostReport:
    """How the host of a source answered.

    Attributes:
        source: The source's name.
        reason: Why there was no answer, a stable word of FetchError; None: there was one.
        problem: The same in a sentence.
        status: Of the answer.
        reachable: Whether its robots.txt could be read; while it cannot, nothing may be asked for.
        refused: The first of the addresses of config that its robots.txt forbids; None: all are allowed.
        delay: What it asks for between two requests; None: nothing.
        ahead: By how much this machine's clock is ahead of the host's; None: its answer does not say the time.
    """

    source: str
    reason: str | None = None
    problem: str = ""
    status: int | None = None
    reachable: bool = True
    refused: str | None = None
    delay: timedelta | None = None
    ahead: timedelta | None = None


def ask_hosts(
    sources: Sequence[Source], rules: CrawlerSettings, *, now: Callable[[], datetime]
) -> tuple[HostReport, ...]:
    """Return one report for each source, in their order, AT_ONCE hosts at a time."""
    return asyncio.run(_ask_all(sources, rules, now))


async def _ask_all(
    sources: Sequence[Source], rules: CrawlerSettings, now: Callable[[], datetime]
) -> tuple[HostReport, ...]:
    room = asyncio.Semaphore(AT_ONCE)
    async with fetcher_of(rules) as fetcher:
        gate = Gate(fetcher, Forgetful(), token=rules.name, now=now)

        async def ask(source: Source) -> HostReport:
            async with room:
                return await _ask(source, rules, fetcher, gate, now)

        return tuple(await asyncio.gather(*map(ask, sources)))


async def _ask(
    source: Source, rules: CrawlerSettings, fetcher: Fetcher, gate: Gate, now: Callable[[], datetime]
) -> HostReport:
    delay, ports = delay_of(source, rules), ports_of(source)
    request = Request(address=urls.origin(source.url) + "/robots.txt", page=False, ports=ports)
    try:
        response = await fetcher.fetch(
            request, lambda address: gate.admit(address, delay=delay, ports=ports, obey=False)
        )
        await gate.apply_rest(response)
    except FetchError as error:
        return HostReport(source=source.name, reason=error.reason, problem=str(error))
    text = robots.read(response.content) if response.is_whole else ""
    found = robots.rules(text, response.status, rules.name)
    # The robots.txt of the source's own host says nothing of the other hosts that config may name.
    own = [each for each in _addresses(source) if urls.origin(each) == urls.origin(source.url)]
    refused = next((each for each in own if found.reachable and not found.allows(each)), None)
    return HostReport(
        source=source.name,
        status=response.status,
        reachable=found.reachable,
        refused=refused,
        delay=found.delay,
        ahead=_ahead(response.header("date"), now()),
    )


def _addresses(source: Source) -> tuple[str, ...]:
    return (source.url, *source.feeds, *source.sitemaps, *source.sections)


def _ahead(date: str | None, now: datetime) -> timedelta | None:
    said = http_date(date)
    return None if said is None else now - said
