"""A host name -> a connection to the one address we checked: no private address, however it is spelled.

A name is resolved once, every answer is checked, and the connection goes to the literal address, so that DNS
cannot change its mind in between. Host header and TLS server name stay those of the URL.
"""

import asyncio
import ipaddress
import socket
import ssl
import time
from collections.abc import AsyncIterator, Iterable
from typing import Any

import httpcore
import httpx

from corpus.errors import FetchError

type_of = ipaddress.ip_address
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

RESOLVED_FOR = 300.0  # seconds an answer of DNS is kept; long enough for one host's share of a crawl
MAX_ANSWERS = 8  # addresses of one name that are looked at; none of them may be private
MAX_TRIED = 3  # addresses of one name that a connection is tried with
KEPT_FOR = 4.0  # seconds a connection stays open unused; servers commonly close after 5
MAX_HEAD = 256 * 1024  # bytes of a response's head that are remembered to find its end
OVERRUN = "pressmark.overrun"

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_REFUSED = tuple(
    map(
        ipaddress.ip_network,
        # Ranges that some Python versions call global: 6to4 relays, 6to4, IPv4-compatible, local NAT64, documentation.
        ("192.88.99.0/24", "192.0.0.0/24", "2002::/16", "::/96", "64:ff9b:1::/48", "3fff::/20", "5f00::/16"),
    )
)


def is_global(address: Address) -> bool:
    """Whether an address is one of the public internet; addresses inside addresses are unwrapped first."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_global(address.ipv4_mapped)
        if address in _NAT64:
            return is_global(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    refused = any(address in network for network in _REFUSED if network.version == address.version)
    return address.is_global and not address.is_multicast and not refused


class Resolver:
    """Names -> checked addresses, kept for a while. `allow` holds the ranges opened on purpose."""

    def __init__(self, allow: Iterable[str] = ()) -> None:
        self._allow: tuple[Network, ...] = tuple(ipaddress.ip_network(block, strict=False) for block in allow)
        self._kept: dict[tuple[str, int], tuple[float, tuple[str, ...]]] = {}

    def allows(self, address: Address) -> bool:
        """Whether we may connect there."""
        opened = any(address in network for network in self._allow if network.version == address.version)
        return opened or is_global(address)

    async def resolve(self, host: str, port: int) -> tuple[str, ...]:
        """Return the literal addresses of a host, in the system's order.

        Raises:
            FetchError: `dns` when the name has no address, `private-address` when any of its addresses is not global.
        """
        kept = self._kept.get((host, port))
        if kept and time.monotonic() - kept[0] < RESOLVED_FOR:
            return kept[1]
        answers = tuple(dict.fromkeys(await _look_up(host, port)))[:MAX_ANSWERS]
        for answer in answers:
            if not self.allows(type_of(answer.partition("%")[0])):
                raise FetchError(
                    "private-address",
                    f"{host}: resolves to {answer}, which is not a public address; "
                    "[crawler] allow_addresses opens a range on purpose",
                )
        self._kept[host, port] = (time.monotonic(), answers)
        return answers


async def _look_up(host: str, port: int) -> list[str]:
    try:
        return [str(type_of(host))]
    except ValueError:
        pass
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError("dns", f"{host}: the name does not resolve ({error})") from error
    if not found:
        raise FetchError("dns", f"{host}: the name has no address")
    return [str(answer[4][0]) for answer in found]


class _Stream(httpcore.AsyncNetworkStream):
    """A socket that counts a response's body, to tell a Content-Length that is smaller than what was sent."""

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner
        self._head = b""
        self._body: int | None = None
        self._reading = False

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        chunk = await self._inner.read(max_bytes, timeout)
        self._reading = True
        if self._body is not None:
            self._body += len(chunk.rstrip(b"\r\n")) if len(chunk) <= 4 else len(chunk)
        elif len(self._head) < MAX_HEAD:
            self._head += chunk
            self._find_body()
        return chunk

    def _find_body(self) -> None:
        head, blank, body = self._head.partition(b"\r\n\r\n")
        if not blank:
            return
        if head[9:10] == b"1":  # 100 Continue, 103 Early Hints: the real head follows
            self._head = body
            self._find_body()
        else:
            self._body = len(body)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if self._reading:  # the next request on a kept connection
            self._head, self._body, self._reading = b"", None, False
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        return _Stream(await self._inner.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        return self._body if info == OVERRUN else self._inner.get_extra_info(info)


class _Backend(httpcore.AsyncNetworkBackend):
    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        answers = await self._resolver.resolve(host, port)
        for literal in answers[: MAX_TRIED - 1]:
            try:
                return _Stream(await self._inner.connect_tcp(literal, port, timeout, local_address, socket_options))
            except httpcore.ConnectError:
                if literal == answers[-1]:
                    raise
        return _Stream(await self._inner.connect_tcp(answers[-1], port, timeout, local_address, socket_options))


class _Body(httpx.AsyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._stream:
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


class CheckedTransport(httpx.AsyncBaseTransport):
    """HTTP/1.1 over connections that only ever go to addresses the resolver allows."""

    def __init__(self, resolver: Resolver, *, max_connections: int) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=_trusted(),
            max_connections=max_connections,
            max_keepalive_connections=max_connections,
            keepalive_expiry=KEPT_FOR,
            network_backend=_Backend(resolver),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; httpcore's errors pass through."""
        url = request.url
        response = await self._pool.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            response.status, headers=response.headers, stream=_Body(response.stream), extensions=response.extensions
        )

    async def aclose(self) -> None:
        """Close every connection."""
        await self._pool.aclose()


def _trusted() -> ssl.SSLContext:
    """Certificates of the web's authorities, and those this machine trusts besides: a bare one may have none."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context
