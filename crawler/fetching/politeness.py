"""A request -> its turn: robots.txt, one request at a time for a host and an IP address, the delay, and rests.

Every request of a crawl passes `Gate.admit`: there is no other way to the network.
"""

import asyncio
import random
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Protocol

from corpus import urls
from corpus.errors import FetchError
from corpus.reasons import Reason
from corpus.runs.politeness import SLOW_DOWN
from corpus.store import Host, Robots
from corpus.texts import about, text
from crawler.fetching import robots
from crawler.fetching.address import host_and_port
from crawler.fetching.fetch import Fetcher
from crawler.fetching.host_locks import Alone, HostLocks
from crawler.fetching.http_date import retry_after
from crawler.fetching.robots_text import reduced
from crawler.values import Request, Response

DEFAULT_REST = timedelta(minutes=5)  # for a 429 that does not say how long
UNREACHABLE = 4  # in a row: failures to reach a host, or of its server, or answers to slow down; then UNREACHABLE_REST
UNREACHABLE_REST = timedelta(minutes=30)
JITTER = 0.2  # the delay is stretched by up to that share, never shortened
# Reasons a robots.txt could not be asked for that say nothing of it, but of us, or of its own host.
_OF_US = frozenset({Reason.STOPPED, Reason.PROXY, Reason.LIMITS})
_OF_HOST = frozenset({Reason.PRIVATE_ADDRESS, Reason.PORT, Reason.RESTING, Reason.DNS, Reason.CONNECT, Reason.TLS})
_Dated = tuple[robots.Rules, datetime]  # rules, and when they were fetched


class Memory(Protocol):
    """What a crawl remembers of hosts between runs: the store's part that politeness needs."""

    async def host(self, host: str) -> Host: ...
    async def keep_robots(self, host: str, robots: Robots) -> None: ...
    async def pause_host(self, host: str, until: datetime) -> None: ...


@dataclass(slots=True)
class _Turn:
    """One host's turn: who may ask, when and with what delay it was last asked, until when it rests."""

    lock: asyncio.Lock
    last_request: datetime | None = None  # the end of the last request, of this run or an earlier one
    ended: float | None = None  # the last request of this run, on the monotonic clock
    delay: timedelta = timedelta()
    failures: int = 0  # in a row; `others`: those of addresses that had not failed before
    others: int = 0
    slowed: int = 0  # answers in a row that asked us to slow down
    rests_until: datetime | None = None
    rests_since: datetime | None = None  # since when it has rested in this run, until it is asked again


class Gate:
    """Admits requests. `delay` is the least time between the end of a request and the start of the host's next."""

    def __init__(
        self,
        fetcher: Fetcher,
        memory: Memory,
        *,
        token: str,
        now: Callable[[], datetime],
        host_locks: HostLocks | None = None,
    ) -> None:
        self._fetcher = fetcher
        self._memory = memory
        self._token = token
        self._now = now
        self._host_locks = host_locks  # None: no other crawl runs beside this one
        self._turns: dict[str, _Turn] = {}
        self._addresses: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._rules: dict[str, _Dated] = {}
        self._asking: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._closed = asyncio.Event()

    @asynccontextmanager
    async def admit(
        self, address: str, *, delay: timedelta, ports: frozenset[int] = frozenset(), obey: bool = True
    ) -> AsyncIterator[None]:
        """Wait for the turn of an address; hold it while the request runs.

        Raises:
            FetchError: `robots`, `robots-unreachable`; `resting` or `stopped` when there is no turn now; or that
                its host may not be reached at all.
        """
        if obey:
            rules = await self.rules(address, delay=delay, ports=ports)
            if not rules.reachable:
                await self._rest(urls.host(address), robots.KEEP_FAILURE)
            if not rules.allows(address):
                raise _refusal(address, rules)
            delay = max(delay, rules.delay or timedelta())
        async with self._turn(address, delay):
            yield

    async def rules(self, address: str, *, delay: timedelta, ports: frozenset[int] = frozenset()) -> robots.Rules:
        """Return the rules of an address's host: remembered for a day, else fetched in the host's turn."""
        authority = urls.authority(address)
        if (rules := self._remembered(authority)) is not None:
            return rules
        async with self._asking[authority]:
            if (rules := self._remembered(authority)) is None:  # nobody else has asked meanwhile
                stored = (await self._memory.host(authority)).robots
                known = self._still_valid(stored) or await self._ask_rules(address, authority, delay, ports)
                self._rules[authority], rules = known, known[0]
        return rules

    async def _ask_rules(self, address: str, authority: str, delay: timedelta, ports: frozenset[int]) -> _Dated:
        """Fetch the rules; once more where that failed and no rest was asked for: all else waits for them."""
        fetched = await self._fetch_robots(address, delay, ports)
        rules = robots.rules(fetched.text, fetched.status, self._token)
        if not rules.reachable and not await self.rests(urls.host(address)):
            with suppress(FetchError):  # the first answer stands
                fetched = await self._fetch_robots(address, delay, ports)
                rules = robots.rules(fetched.text, fetched.status, self._token)
        await self._memory.keep_robots(authority, fetched)
        return rules, fetched.fetched

    def _remembered(self, authority: str) -> robots.Rules | None:
        """Return the rules that this crawl has of a host; None when it has none, or too old ones."""
        known = self._rules.get(authority)
        return known[0] if known is not None and known[0].hold(self._now() - known[1]) else None

    def _still_valid(self, stored: Robots | None) -> _Dated | None:
        """Return the rules of a robots.txt of the store; None when it is too old, or was reduced for another token."""
        found = robots.stored_rules(stored, self._token) if stored is not None else None
        if stored is None or found is None or not found.hold(self._now() - stored.fetched):
            return None
        return found, stored.fetched

    async def _fetch_robots(self, address: str, delay: timedelta, ports: frozenset[int]) -> Robots:
        request = Request(address=urls.origin(address) + "/robots.txt", page=False, ports=ports)
        last = address

        @asynccontextmanager
        async def turn(hop: str) -> AsyncIterator[None]:
            nonlocal last
            last = hop
            async with self._turn(hop, delay):
                yield
            last = ""  # it has answered: what fails now is what its answer leads to

        try:
            response = await self._fetcher.fetch(request, turn)
        except FetchError as error:
            if error.reason in _OF_US or (error.reason in _OF_HOST and urls.host(last) == urls.host(address)):
                raise
            # RFC 9309, 2.3.1.2: past five redirects there is no robots.txt; all else is "unreachable".
            return Robots("", 404 if error.reason == Reason.REDIRECTS else None, self._now())
        await self.apply_rest(response)
        if not response.is_whole:
            return Robots("", response.status, self._now())
        is_cut = len(response.content) > robots.MAX_BYTES
        lines = reduced(robots.read(response.content), self._token.lower(), is_cut=is_cut)
        return Robots(lines, response.status, self._now())

    async def apply_rest(self, response: Response) -> timedelta | None:
        """Rest the host when its answer asks for that; return for how long, None when it does not ask.

        Who says so again after each rest is left alone for longer: else every page that is due would cost a rest.
        """
        turn = await self._turn_of(urls.host(response.address))
        if response.status not in SLOW_DOWN:
            turn.slowed = 0
            return None
        turn.slowed += 1
        rest = retry_after(response.header("retry-after"), now=self._now())
        if rest is None:
            rest = DEFAULT_REST if response.status == 429 else None
        if response.status == 429 and turn.slowed >= UNREACHABLE:
            turn.slowed, rest = 0, max(rest or timedelta(), UNREACHABLE_REST)
        if not rest:
            return None
        await self._rest(urls.host(response.address), rest)
        return rest

    async def note(self, address: str, *, reached: bool, broken: bool = False) -> None:
        """Count failures to reach a host; one that fails again and again is left alone for a while.

        Not for `broken` addresses alone, which failed before: pages that a site does not mend say nothing of its host.
        """
        host = urls.host(address)
        turn = await self._turn_of(host)
        turn.failures, turn.others = (0, 0) if reached else (turn.failures + 1, turn.others + (not broken))
        if turn.failures >= UNREACHABLE and turn.others:
            turn.failures, turn.others = 0, 0
            await self._rest(host, UNREACHABLE_REST)

    async def rests(self, host: str) -> bool:
        """Whether a host has asked to be left alone for now."""
        until = (await self._turn_of(host)).rests_until
        return until is not None and until > self._now()

    def rested(self, host: str) -> timedelta:
        """Return how long a host that is asked again had rested in this run; once after each rest, else nothing."""
        turn = self._turns[host]
        if turn.rests_since is None or turn.rests_until is None:
            return timedelta()
        since, turn.rests_since = turn.rests_since, None
        return turn.rests_until - since

    def close(self) -> None:
        """Admit nobody any more; who waits for a turn is sent away with `stopped`."""
        self._closed.set()

    async def _rest(self, host: str, rest: timedelta) -> None:
        turn = await self._turn_of(host)
        turn.rests_since = turn.rests_since or self._now()
        until = self._now() + rest
        turn.rests_until = max(until, turn.rests_until or until)
        await self._memory.pause_host(host, turn.rests_until)

    @asynccontextmanager
    async def _turn(self, address: str, delay: timedelta) -> AsyncIterator[None]:
        host = urls.host(address)
        turn = await self._turn_of(host)
        async with turn.lock:
            self._refuse_resting(host, turn)
            literal = await self._resolve(address)
            await self._wait(address, turn, delay)
            async with self._alone(address, host, rest=delay):
                await self._wait_for_others(address, turn, delay)  # while the hosts beside it at its address are asked
                async with self._addresses[literal], self._alone(address, f"address {literal}"):
                    try:
                        yield
                    finally:
                        turn.ended, turn.last_request, turn.delay = monotonic(), self._now(), delay

    def _alone(self, address: str, name: str, *, rest: timedelta = timedelta()) -> AbstractAsyncContextManager[None]:
        """Keep the other crawls on this machine from a host or an IP address, through the rest after the request."""
        if self._host_locks is None:
            return nullcontext()
        return Alone(self._host_locks.hold(name, rest=rest, is_over=self._closed.is_set), address)

    async def _turn_of(self, host: str) -> _Turn:
        if host not in self._turns:
            known = await self._memory.host(host)
            self._turns.setdefault(host, _Turn(asyncio.Lock(), known.last_request, rests_until=known.paused_until))
        return self._turns[host]

    async def _resolve(self, address: str) -> str:
        """The address a request will go to; when there is none, fetching will say why."""
        return (await self._fetcher.resolver.resolve(*host_and_port(address)))[0]

    def _refuse_resting(self, host: str, turn: _Turn) -> None:
        if turn.rests_until is not None and turn.rests_until > self._now():
            moment = f"{turn.rests_until:%Y-%m-%d %H:%M:%S}"
            raise FetchError(Reason.RESTING, about(host, text("is left alone until {moment} UTC", moment=moment)))

    async def _wait(self, address: str, turn: _Turn, delay: timedelta) -> None:
        stretch = random.uniform(1, 1 + JITTER)  # noqa: S311 - spreads requests, keeps no secret
        rest = max(delay, turn.delay).total_seconds() * stretch
        wait = 0.0
        if turn.ended is not None:
            wait = turn.ended + rest - monotonic()
        elif turn.last_request is not None:
            passed = (self._now() - turn.last_request).total_seconds()
            wait = min(rest - passed, rest)  # the clock may have been set back
        await self._sleep(address, wait)

    async def _wait_for_others(self, address: str, turn: _Turn, delay: timedelta) -> None:
        """Keep the rest after a request that another crawl made since ours, and that ended before its rest did."""
        if self._host_locks is None or not delay:
            return
        last = (await self._memory.host(urls.host(address))).last_request
        if last is not None and (
            turn.last_request is None or last - turn.last_request > delay / 2
        ):  # ours is stored a little later
            await self._sleep(address, min((last + delay - self._now()), delay).total_seconds())

    async def _sleep(self, address: str, wait: float) -> None:
        if wait > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closed.wait(), wait)
        if self._closed.is_set():
            raise FetchError(Reason.STOPPED, about(address, text("the crawl is ending")))


def _refusal(address: str, rules: robots.Rules) -> FetchError:
    if rules.reachable:
        return FetchError(Reason.ROBOTS, about(address, text("robots.txt disallows it")))
    why = text("the server answered {status}", status=rules.status) if rules.status else text("no whole answer came")
    said = text("its robots.txt cannot be read ({why}): the crawl leaves the host alone for now", why=why)
    return FetchError(Reason.ROBOTS_UNREACHABLE, about(address, said))
