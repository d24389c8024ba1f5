"""Request -> Response: one HTTP exchange, bounded in time, in bytes and in where it may go.

The only module, with crawler/fetching/transport.py, that speaks httpx. Redirects are followed by hand in
`Fetcher.fetch`: around each hop the caller's `admit` is entered, which asks robots, waits for the host's turn, or
raises FetchError.

Reasons of FetchError: `bad-url scheme userinfo port dns private-address connect tls timeout protocol truncated
length-mismatch too-large encoding redirects pdf image media archive office binary not-html`.
"""

import asyncio
import ssl
from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from dataclasses import replace
from datetime import timedelta
from http.cookiejar import CookieJar, DefaultCookiePolicy
from time import monotonic
from types import TracebackType
from typing import Any, Self
from urllib.parse import urljoin

import httpcore
import httpx

from corpus.errors import FetchError
from crawler.fetching.inflate import Inflater, too_large
from crawler.fetching.transport import OVERRUN, CheckedTransport, Resolver
from crawler.markup.sniff import refusal
from crawler.values import Limits, Request, Response

WEB_PORTS = frozenset({80, 443})
MAX_URL = 2048  # characters; what every browser and server takes
KEPT_TRIES = 3  # connections kept from earlier requests that may turn out to be closed
REDIRECTS = frozenset({301, 302, 303, 307, 308})
ACCEPT_PAGE = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"
ACCEPT_FEED = "application/rss+xml,application/atom+xml,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.1"

Admit = Callable[[str], AbstractAsyncContextManager[None]]


class Fetcher:
    """Sends requests; use as an async context manager. Keeps connections, no cookies, no proxy from the environment."""

    def __init__(
        self,
        user_agent: str,
        *,
        limits: Limits | None = None,
        allow_addresses: Iterable[str] = (),
        allow_ports: Iterable[int] = WEB_PORTS,
        max_connections: int = 32,
    ) -> None:
        self.limits = limits or Limits()
        self.resolver = Resolver(allow_addresses)
        self._ports = frozenset(allow_ports)
        self._client = httpx.AsyncClient(
            transport=CheckedTransport(self.resolver, max_connections=max_connections),
            trust_env=False,
            follow_redirects=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            headers={"User-Agent": user_agent, "Accept-Encoding": "gzip, deflate"},
            timeout=self.limits.silence.total_seconds(),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def fetch(self, request: Request, admit: Admit = lambda _: nullcontext()) -> Response:
        """Follow redirects from the request to a final answer, entering `admit(address)` around each exchange.

        Raises:
            FetchError: With a stable reason; also whatever `admit` raises.
        """
        hops: tuple[tuple[int, str], ...] = ()
        while True:
            async with admit(request.address):
                response = await self.exchange(request)
            if response.redirect is None:
                return replace(response, hops=hops)
            hops += ((response.status, request.address),)
            if len(hops) > self.limits.max_redirects or response.redirect in {address for _, address in hops}:
                what = "a loop" if len(hops) <= self.limits.max_redirects else f"over {self.limits.max_redirects}"
                raise FetchError(
                    "redirects", f"{hops[0][1]}: redirects without end ({what}), last to {response.redirect}"
                )
            request = self._next_request(request, response.redirect)

    async def exchange(self, request: Request) -> Response:
        """Send one request and read its answer; a redirect is an answer."""
        url = check_address(request.address, self._ports | request.ports)
        started = monotonic()
        seconds = self.limits.deadline.total_seconds()
        try:
            async with asyncio.timeout(seconds):
                response = await self._exchange(request, url)
        except TimeoutError as error:
            raise FetchError("timeout", f"{request.address}: no whole answer within {seconds:g} s") from error
        return replace(response, took=timedelta(seconds=monotonic() - started))

    async def _exchange(self, request: Request, url: httpx.URL) -> Response:
        for _ in range(KEPT_TRIES):
            try:
                return await self._send(request, url)
            except _KeptConnectionClosed:
                continue
        raise FetchError("protocol", f"{request.address}: the server closes each connection before it answers")

    async def _send(self, request: Request, url: httpx.URL) -> Response:
        connected: list[str] = []

        async def trace(event: str, _: Any) -> None:
            if event == "connection.connect_tcp.started":
                connected.append(event)

        sent = self._client.build_request("GET", url, headers=_headers(request), extensions={"trace": trace})
        answered = False
        try:
            response = await self._client.send(sent, stream=True)
            answered = True
            try:
                return await self._read(request, response)
            finally:
                await response.aclose()
        except (httpx.HTTPError, httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
            if not answered and not connected and _hung_up(error):
                raise _KeptConnectionClosed from error
            raise _named(request.address, error) from error

    async def _read(self, request: Request, response: httpx.Response) -> Response:
        address = request.address
        headers = tuple((key.decode("latin-1").lower(), value.decode("latin-1")) for key, value in response.headers.raw)
        if sum(len(key) + len(value) + 4 for key, value in headers) > self.limits.max_header_bytes:
            raise FetchError("too-large", f"{address}: the headers are over {self.limits.max_header_bytes:,} bytes")
        answer = Response(
            address=address,
            status=response.status_code,
            headers=headers,
            sent=tuple(response.request.headers.items()),
            server=_server(response),
        )
        if response.status_code in REDIRECTS and "location" in response.headers:
            return replace(answer, redirect=_target(address, response.headers["location"]))
        length = response.headers.get("content-length", "")
        max_bytes = request.max_bytes or self.limits.max_bytes
        if length.isdigit() and int(length) > max_bytes:
            raise too_large(address, max_bytes)
        content, wire = await self._body(address, response, max_bytes)
        if length.isdigit() and "transfer-encoding" not in response.headers:
            await _check_length(address, int(length), response)
        reason = refusal(content, answer.content_type, page=request.page) if response.status_code == 200 else None
        if reason:
            raise FetchError(reason, f"{address}: expected a page, got {reason} ({answer.content_type or 'no type'})")
        return replace(answer, content=content, wire_bytes=wire)

    async def _body(self, address: str, response: httpx.Response, max_bytes: int) -> tuple[bytes, int]:
        encodings = response.headers.get_list("content-encoding")
        inflater = Inflater(address, ", ".join(encodings), max_bytes=max_bytes)
        wire = 0
        async for chunk in response.aiter_raw():
            wire += len(chunk)
            inflater.feed(chunk)
        return inflater.finish(), wire

    def _next_request(self, request: Request, address: str) -> Request:
        """The request for a redirect's target: no validators of another page, no secrets for another host."""
        same_host = httpx.URL(request.address).host == check_address(address, self._ports | request.ports).host
        headers = request.headers if same_host else ()
        return replace(request, address=address, etag=None, last_modified=None, headers=headers)


class _KeptConnectionClosed(Exception):
    """The server closed a connection we had kept, before it saw our request: asked once more on a new one."""


def check_address(address: str, ports: frozenset[int] = WEB_PORTS) -> httpx.URL:
    """Return the address as a URL we may ask, or raise FetchError: `bad-url`, `scheme`, `userinfo` or `port`."""
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError("bad-url", f"{address[:200]!r}: not an address ({error})") from error
    if url.scheme not in {"http", "https"}:
        raise FetchError("scheme", f"{address[:200]}: {url.scheme or 'no scheme'}: expected http or https")
    if not url.host or len(address) > MAX_URL:
        raise FetchError("bad-url", f"{address[:200]}: expected a host and at most {MAX_URL} characters")
    if url.userinfo:
        raise FetchError("userinfo", f"{url.host}: an address with a user name is not asked")
    if url.port is not None and url.port not in ports:
        raise FetchError("port", f"{address[:200]}: port {url.port} is neither usual nor one of the source's own")
    return url


def _headers(request: Request) -> dict[str, str]:
    headers = {"Accept": ACCEPT_PAGE if request.page else ACCEPT_FEED, **dict(request.headers)}
    if request.etag:
        headers["If-None-Match"] = request.etag
    if request.last_modified:
        headers["If-Modified-Since"] = request.last_modified
    return headers


def _target(address: str, location: str) -> str:
    with suppress(UnicodeError):  # some servers send raw UTF-8, which may have been read as Latin-1
        location = location.encode("latin-1").decode()
    try:
        return urljoin(address, location.strip()).partition("#")[0]
    except ValueError as error:
        raise FetchError("bad-url", f"{address}: redirects to {location[:200]!r}, which is no address") from error


async def _check_length(address: str, length: int, response: httpx.Response) -> None:
    stream = response.extensions.get("network_stream")
    received = stream.get_extra_info(OVERRUN) if stream else None
    if stream and received is not None and received > length:
        await stream.aclose()  # what is left in it would be taken for the next answer
        raise FetchError("length-mismatch", f"{address}: content-length says {length:,} bytes, {received:,} were sent")


def _server(response: httpx.Response) -> str | None:
    stream = response.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream else None
    return str(peer[0]) if peer else None


def _hung_up(error: Exception) -> bool:
    return isinstance(error, httpcore.ReadError | httpcore.WriteError) or "disconnected" in str(error)


def _named(address: str, error: Exception) -> FetchError:
    said = str(error) or type(error).__name__
    if isinstance(error, httpcore.TimeoutException | httpx.TimeoutException):
        return FetchError("timeout", f"{address}: {said}")
    if isinstance(error, httpcore.ConnectError):
        tls = isinstance(error.__cause__ or error.__context__, ssl.SSLError) or "SSL" in said or "certificate" in said
        return FetchError("tls" if tls else "connect", f"{address}: {said}")
    if "complete" in said or "incomplete" in said:  # h11: the peer closed before the whole body was sent
        return FetchError("truncated", f"{address}: the connection closed before the whole body came")
    if isinstance(error, httpcore.ReadError | httpcore.WriteError):
        return FetchError("truncated", f"{address}: the connection broke ({said})")
    return FetchError("protocol", f"{address}: not an HTTP answer we can read ({said})")
