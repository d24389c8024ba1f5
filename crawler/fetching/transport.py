"""A host name -> a connection to the one address we checked: no private address, however it is spelled.

A name is resolved once, every answer is checked, and the connection goes to the literal address, so that DNS
cannot change its mind in between. Host header and TLS server name stay those of the URL.
"""

import asyncio
import ipaddress
import socket
import ssl
import time
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import httpcore
import httpx

from corpus.errors import FetchError
from corpus.reasons import Reason

type_of = ipaddress.ip_address
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Headers = list[tuple[bytes, bytes]]  # names and values as they stand on the wire

RESOLVED_FOR = 300.0  # seconds an answer of DNS is cached; long enough for one host's share of a crawl
MAX_ANSWERS = 8  # addresses of one name that are looked at; none of them may be private
MAX_TRIED = 3  # addresses of one name that are tried: the first, and the last, which is of IPv4 where others are not
IDLE_FOR = 4.0  # seconds a connection stays open unused; servers commonly close after 5
MAX_HEAD = 256 * 1024  # bytes of a response's head that are remembered to find its end
MAX_INFORMATIONAL = 20  # 1xx answers before the real one; servers send one or two
SMALL_PIECES = 5_000  # pieces of a response after which their average size is looked at
MIN_PIECE = 64  # bytes; reading smaller ones costs more CPU than the page is worth
OVERRUN = "pressmark.overrun"

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_REFUSED = tuple(
    map(
        ipaddress.ip_network,
        # Ranges that some Python versions call global: 6to4 relays and 6to4, IPv4-compatible, IPv4-translated
        # (RFC 2765), Teredo, local NAT64, documentation, segment routing, site-local (RFC 3879).
        "192.88.99.0/24 192.0.0.0/24 2002::/16 ::/96 ::ffff:0:0:0/96 2001::/32 64:ff9b:1::/48 3fff::/20 5f00::/16 "
        "fec0::/10".split(),
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


class Pieces:
    """Counts the pieces a response comes in; raises httpcore's error when they are too many and too small."""

    def __init__(self) -> None:
        self._pieces = 0
        self._bytes = 0

    def count(self, size: int) -> int:
        """Count one piece of so many bytes; return how many there were."""
        self._pieces += 1
        self._bytes += size
        if self._pieces > SMALL_PIECES and self._bytes < self._pieces * MIN_PIECE:
            raise httpcore.RemoteProtocolError(f"sent in over {SMALL_PIECES:,} pieces of under {MIN_PIECE} bytes")
        return self._pieces


class Resolver:
    """Names -> checked addresses, cached for a while. `allow` holds the ranges opened on purpose."""

    def __init__(self, allow: Iterable[str] = ()) -> None:
        self._allow: tuple[Network, ...] = tuple(ipaddress.ip_network(block, strict=False) for block in allow)
        self._cached: dict[tuple[str, int], tuple[float, tuple[str, ...]]] = {}

    def allows(self, address: Address) -> bool:
        """Whether we may connect there."""
        opened = any(address in network for network in self._allow if network.version == address.version)
        return opened or is_global(address)

    async def resolve(self, host: str, port: int) -> tuple[str, ...]:
        """Return the literal addresses of a host, in the system's order.

        Raises:
            FetchError: `dns` when the name has no address, `private-address` when any of its addresses is not global.
        """
        cached = self._cached.get((host, port))
        if cached and time.monotonic() - cached[0] < RESOLVED_FOR:
            return cached[1]
        answers = tuple(dict.fromkeys(await _look_up(host, port)))[:MAX_ANSWERS]
        for answer in answers:
            if not self.allows(type_of(answer.partition("%")[0])):
                raise FetchError(
                    Reason.PRIVATE_ADDRESS,
                    f"{host}: resolves to {answer}, which is not a public address; "
                    "[crawler] allow_addresses opens a range on purpose",
                )
        self._cached[host, port] = (time.monotonic(), answers)
        return answers


async def _look_up(host: str, port: int) -> list[str]:
    try:
        return [str(type_of(host))]
    except ValueError:
        pass
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(Reason.DNS, f"{host}: the name does not resolve ({error})") from error
    if not found:
        raise FetchError(Reason.DNS, f"{host}: the name has no address")
    return [str(answer[4][0]) for answer in found]


class _Stream(httpcore.AsyncNetworkStream):
    """A socket that counts a response's body, to see a Content-Length that is smaller than what was sent."""

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner
        self._reset()

    def _reset(self) -> None:
        self._head = bytearray()
        self._searched = 0  # where in the head no end was found so far
        self._informational = 0
        self._body: int | None = None
        self._reading = False
        self._pieces = Pieces()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        chunk = await self._inner.read(max_bytes, timeout)
        self._reading = True
        self._pieces.count(len(chunk))
        if self._body is not None:
            self._body += len(chunk.rstrip(b"\r\n")) if len(chunk) <= 4 else len(chunk)
        elif len(self._head) < MAX_HEAD:
            self._head += chunk
            self._find_body()
        return chunk

    def _find_body(self) -> None:
        while (end := self._head.find(b"\r\n\r\n", self._searched)) >= 0:
            if self._head[9:10] != b"1":
                self._body = len(self._head) - end - 4
                return
            self._informational += 1  # 100 Continue, 103 Early Hints: the real head follows
            if self._informational > MAX_INFORMATIONAL:
                raise httpcore.RemoteProtocolError(
                    f"over {MAX_INFORMATIONAL} informational answers before the real one"
                )
            del self._head[: end + 4]
            self._searched = 0
        self._searched = max(0, len(self._head) - 3)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if self._reading:  # the next request on an idle connection
            self._reset()
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


class Connections:
    """HTTP/1.1 over connections that only ever go to addresses the resolver allows."""

    def __init__(self, resolver: Resolver, *, max_connections: int) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=_trusted(),
            max_connections=max_connections,
            max_keepalive_connections=max_connections,
            keepalive_expiry=IDLE_FOR,
            network_backend=_Backend(resolver),
        )

    async def send(
        self, url: httpx.URL, headers: Headers, *, silence: float, trace: Callable[[str, Any], Awaitable[None]]
    ) -> httpcore.Response:
        """Send a GET request and return its answer, the body not yet read; httpcore's errors pass through.

        Args:
            silence: Seconds the longest wait for a connection or for the next bytes may last.
            trace: Called with the name of each step, such as `connection.connect_tcp.started`.
        """
        request = httpcore.Request(
            method=b"GET",
            url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=headers,
            extensions={"timeout": dict.fromkeys(("connect", "read", "write", "pool"), silence), "trace": trace},
        )
        return await self._pool.handle_async_request(request)

    async def aclose(self) -> None:
        """Close every connection."""
        await self._pool.aclose()


def _trusted() -> ssl.SSLContext:
    """Certificates of the web's authorities, and those this machine trusts besides: a bare one may have none."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context
