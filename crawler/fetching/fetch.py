"""Request -> Response: one HTTP exchange, bounded in time, in bytes and in where it may go.

Redirects, and pages that only send on by `<meta http-equiv=refresh>`, are followed by hand in `Fetcher.fetch`: around
each hop it enters the caller's `admit`, which checks robots.txt, waits for the host's turn, or raises FetchError.

Reasons of FetchError: `bad-url scheme userinfo port dns private-address proxy connect tls timeout protocol truncated
length-mismatch too-large encoding redirects pdf image media archive office binary not-html`; `error` of our own limits.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from time import monotonic
from types import TracebackType
from typing import Self
from urllib.parse import quote, urljoin

from corpus import urls
from corpus.characters import printable
from corpus.errors import FetchError
from corpus.events import event
from corpus.reasons import Reason
from corpus.texts import about, text
from crawler.fetching.address import WEB_PORTS, Url, check_address, sendable
from crawler.fetching.connections import Answer, Connections, IdleConnectionClosed
from crawler.fetching.credentials import after_redirect, carried
from crawler.fetching.dialing import STRAIGHT, Route
from crawler.fetching.errors import BrokenExchange
from crawler.fetching.failures import failure
from crawler.fetching.inflate import Inflater, gunzip, too_large
from crawler.fetching.redirect_cookies import cookies_set
from crawler.fetching.refresh import sent_on
from crawler.fetching.transport import Resolver
from crawler.fetching.wire import Pieces
from crawler.markup.sniff import is_textual, refusal
from crawler.values import Limits, Request, Response

TURN = 100  # pieces of a body that are read before other exchanges have their turn: some 5 ms
IDLE_TRIES = 3  # idle connections of earlier requests that the server may have closed
REDIRECTS = frozenset({301, 302, 303, 307, 308})
ACCEPT_PAGE = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"
ACCEPT_FEED = "application/rss+xml,application/atom+xml,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.1"

log = logging.getLogger(__name__)

Admit = Callable[[str], AbstractAsyncContextManager[None]]


class Fetcher:
    """Sends requests; use as an async context manager. Keeps connections, and no proxy from the environment."""

    def __init__(
        self,
        user_agent: str,
        *,
        limits: Limits | None = None,
        allow_addresses: Iterable[str] = (),
        allow_ports: Iterable[int] = WEB_PORTS,
        max_connections: int = 32,
        route: Route = STRAIGHT,
        proxy_resolves: bool = False,
    ) -> None:
        self.limits = limits or Limits()
        self.resolver = Resolver(allow_addresses, proxy_resolves=proxy_resolves)
        self._ports = frozenset(allow_ports)
        self._user_agent = user_agent
        self._withheld: set[str] = set()  # where credentials were not sent, each place logged once
        self._connections = Connections(self.resolver, max_connections=max_connections, route=route)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._connections.aclose()

    async def fetch(self, request: Request, admit: Admit = lambda _: nullcontext()) -> Response:
        """Follow redirects from the request to a final answer, entering `admit(address)` around each exchange.

        Raises:
            FetchError: With a stable reason.
            Exception: Whatever `admit` raises.
        """
        hops: tuple[tuple[int, str], ...] = ()
        since = 0  # the hop from which one is a repetition: the chain may go round once to set its cookies
        given: dict[str, str] = {}
        check_address(request.address, self._ports | request.ports)
        while True:
            async with admit(request.address):
                response = await self.exchange(request)
            if response.redirect is None:
                return replace(response, hops=hops) if hops else response
            hops += ((response.status, request.address),)
            given = cookies_set(response.headers, request.address, given)
            goes_round = response.redirect in {address for _, address in hops[since:]}
            if goes_round and not request.cookies and given.get(urls.origin(response.redirect)):
                request, since, goes_round = replace(request, cookies=tuple(given.items())), len(hops), False
            if len(hops) > self.limits.max_redirects or goes_round:
                most = self.limits.max_redirects
                what = text("a loop") if len(hops) <= most else text("over {n:,}", n=most)
                raise FetchError(
                    Reason.REDIRECTS,
                    about(
                        hops[0][1],
                        text(
                            "redirects without end ({what}), last to {last}",
                            what=what,
                            last=printable(response.redirect),
                        ),
                    ),
                )
            check_address(response.redirect, self._ports | request.ports)
            request = _next_request(request, response.redirect)

    async def exchange(self, request: Request) -> Response:
        """Send one request and read its answer; a redirect is an answer.

        Raises:
            FetchError: Whatever goes wrong, with a stable reason.
        """
        url = check_address(request.address, self._ports | request.ports)
        started = monotonic()
        seconds = self.limits.deadline.total_seconds()
        try:
            async with asyncio.timeout(seconds):
                response = await self._exchange(request, url)
        except TimeoutError as error:
            late = about(request.address, text("no whole answer within {seconds} s", seconds=f"{seconds:g}"))
            raise FetchError(Reason.TIMEOUT, late) from error
        except FetchError:
            raise
        except Exception as error:
            # Whatever a server can make a library raise, the visit fails with a reason and the crawl goes on.
            event(log, "fetch failed", level=logging.DEBUG, url=request.address, error=error, trace="debug")
            raise failure(request.address, error) from error
        return replace(response, took=timedelta(seconds=monotonic() - started))

    async def _exchange(self, request: Request, url: Url) -> Response:
        for _ in range(IDLE_TRIES):
            try:
                return await self._send(request, url)
            except IdleConnectionClosed:
                continue
        raise FetchError(
            Reason.PROTOCOL,
            about(request.address, text("the server closes each connection before it answers")),
        )

    async def _send(self, request: Request, url: Url) -> Response:
        headers = self._headers(request, url)
        all_headers = [(_spelled(name), _wire(value)) for name, value in (headers | self._credentials(request)).items()]
        silence = self.limits.silence.total_seconds()
        async with self._connections.ask(url, all_headers, silence=silence) as answer:
            sent = tuple((_spelled(name).decode(), value) for name, value in headers.items())
            return await self._read(request, answer, sent)

    def _headers(self, request: Request, url: Url) -> dict[str, str]:
        """Return the request's headers, by their names in lower case, without what config entrusts us with."""
        cookie = dict(request.cookies).get(urls.origin(request.address))
        validators = (("if-none-match", request.etag), ("if-modified-since", request.last_modified))
        return {
            "host": url.netloc.decode("ascii"),
            "user-agent": self._user_agent,
            "accept": ACCEPT_PAGE if request.page else ACCEPT_FEED,
            "accept-encoding": "gzip, deflate",
            "connection": "keep-alive",
        } | {name: value for name, value in (*validators, ("cookie", cookie)) if value and sendable(value)}

    def _credentials(self, request: Request) -> dict[str, str]:
        if request.credentials is None:
            return {}
        headers = {name.lower(): value for name, value in carried(request.credentials, request.address)}
        place = f"{request.credentials.site} {urls.origin(request.address)}"
        if not headers and place not in self._withheld:
            self._withheld.add(place)
            site, elsewhere = place.split()
            event(log, "headers and cookies withheld", site=site, origin=elsewhere)
        return headers

    async def _read(self, request: Request, received: Answer, sent: tuple[tuple[str, str], ...]) -> Response:
        address = request.address
        headers = tuple((name.lower(), value) for name, value in _texts(received.headers))
        if sum(len(name) + len(value) + 4 for name, value in headers) > self.limits.max_header_bytes:
            raise FetchError(
                Reason.TOO_LARGE,
                about(address, text("the headers are over {n:,} bytes", n=self.limits.max_header_bytes)),
            )
        answer = Response(address=address, status=received.status, headers=headers, server=received.server, sent=sent)
        location = answer.header("location")
        if answer.status in REDIRECTS and location is not None:
            return replace(answer, redirect=_target(address, location))
        max_bytes = request.max_bytes or self.limits.max_bytes
        if not answer.is_whole:
            return replace(answer, wire_bytes=await _passed_over(received, max_bytes, self.limits.silence))
        length = answer.header("content-length") or ""
        if length.isdecimal() and int(length[:20]) > max_bytes:
            raise too_large(address, max_bytes)
        content, wire = await self._body(answer, received, max_bytes)
        if length.isdecimal() and answer.header("transfer-encoding") is None:
            _check_length(address, int(length), received)
        if request.page and is_textual(answer.content_type):
            content, _ = gunzip(address, content, max_bytes=max_bytes)  # compressed, and the headers do not say so
        if reason := refusal(content, answer.content_type, page=request.page):
            kind = printable(answer.content_type) if answer.content_type else text("no type")
            raise FetchError(reason, about(address, text("expected a page, got {got} ({kind})", got=reason, kind=kind)))
        answer = replace(answer, content=content, wire_bytes=wire)
        there = sent_on(content) if request.page else None
        target = _target(address, there) if there else address
        return answer if target == address.partition("#")[0] else replace(answer, redirect=target)

    async def _body(self, answer: Response, received: Answer, max_bytes: int) -> tuple[bytes, int]:
        encodings = [value for name, value in answer.headers if name == "content-encoding"]
        inflater = Inflater(answer.address, ", ".join(encodings), max_bytes=max_bytes)
        wire = 0
        async for chunk in _in_turns(received):
            wire += len(chunk)
            if wire > max_bytes:
                raise too_large(answer.address, max_bytes)
            inflater.feed(chunk)
        return inflater.finish(), wire


async def _in_turns(received: Answer) -> AsyncIterator[bytes]:
    """Give the pieces of a body; what came in one packet comes without a pause, so that others have their turn."""
    pieces = Pieces()
    async for chunk in received.chunks():
        if pieces.count(len(chunk)) % TURN == 0:
            await asyncio.sleep(0)
        yield chunk


async def _passed_over(received: Answer, most: int, longest: timedelta) -> int:
    """Read a body for its connection's sake, where the status says all; return its bytes, however it ends."""
    size = 0
    with suppress(BrokenExchange, TimeoutError):
        async with asyncio.timeout(longest.total_seconds()):
            async for chunk in _in_turns(received):
                size += len(chunk)
                if size > most:
                    break
    return size


def _next_request(request: Request, address: str) -> Request:
    """Return the request for a redirect's target: no validators of another page, no secrets of another site."""
    left = after_redirect(request.credentials, address) if request.credentials else None
    return replace(request, address=address, etag=None, last_modified=None, credentials=left)


@lru_cache(64)  # of names of our own and of config's
def _spelled(name: str) -> bytes:
    """Return a header's name as it is commonly written: `User-Agent`."""
    return "-".join(part.capitalize() for part in name.split("-")).encode("ascii")


def _wire(value: str) -> bytes:
    """Return a header's value as it is sent: the bytes it was received as, or UTF-8 where it never was received."""
    try:
        return value.encode("latin-1")
    except UnicodeEncodeError:
        return value.encode("utf-8", "replace")


def _texts(headers: Iterable[tuple[bytes, bytes]]) -> tuple[tuple[str, str], ...]:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers)


def _target(address: str, location: str) -> str:
    with suppress(UnicodeError):  # some servers send raw UTF-8, which was read as Latin-1
        location = location.encode("latin-1").decode()
    try:
        target = urljoin(address, location.strip()).partition("#")[0]
        # What does not print is sent escaped anyway, and must not reach a log or a page as it is.
        return "".join(each if each.isprintable() else quote(each, errors="replace") for each in target)
    except ValueError as error:
        said = about(address, text("redirects to {there}, which is no address", there=repr(location[:200])))
        raise FetchError(Reason.BAD_URL, said) from error


def _check_length(address: str, length: int, received: Answer) -> None:
    if received.overrun:
        sent = length + received.overrun
        raise FetchError(
            Reason.LENGTH_MISMATCH,
            about(address, text("content-length says {n:,} bytes, {sent:,} were sent", n=length, sent=sent)),
        )
