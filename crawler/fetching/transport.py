"""A host name -> the addresses we may connect to: no private address, however it is spelled.

A name is resolved once, every answer is checked, and the connection goes to the literal address, so that DNS
cannot change its mind in between. Host header and TLS server name stay those of the URL.

Where config leaves names to a proxy, we see of a name what it says itself and what this machine knows of it: a name of
a local network is refused, and one that resolves here to a private address; all other names are
bounded by the rules of the proxy alone.
"""

import asyncio
import ipaddress
import logging
import socket
import time
from collections.abc import Iterable

from corpus.errors import FetchError
from corpus.events import event
from corpus.hosts import canonical_host
from corpus.reasons import Reason
from corpus.runs.limits import limit_reached, met_now
from corpus.texts import Text, about, text
from corpus.texts.system_errors import words_of

log = logging.getLogger(__name__)

type_of = ipaddress.ip_address
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# Names of local networks: RFC 6761, 6762, 8375 and 9476, and what routers and offices use besides.
LOCAL_NAMES = frozenset(
    {"localhost", "local", "internal", "home", "lan", "corp", "intranet", "private", "localdomain", "arpa"}
)
LOOKED_UP_FOR = 3.0  # seconds for a name that the proxy resolves: a machine behind one may have no name server
RESOLVED_FOR = 300.0  # seconds an answer of DNS is cached; long enough for one host's share of a crawl
MAX_ANSWERS = 8  # addresses of one name that are looked at; none of them may be private

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


class Resolver:
    """Names -> checked addresses, cached for a while.

    `allow` holds the ranges opened on purpose; `proxy_resolves` leaves names to a proxy.
    """

    def __init__(self, allow: Iterable[str] = (), *, proxy_resolves: bool = False) -> None:
        self._proxy_resolves = proxy_resolves
        self._allow: tuple[Network, ...] = tuple(ipaddress.ip_network(block, strict=False) for block in allow)
        self._cached: dict[tuple[str, int], tuple[float, tuple[str, ...]]] = {}

    def allows(self, address: Address) -> bool:
        """Whether we may connect there."""
        opened = any(address in network for network in self._allow if network.version == address.version)
        return opened or is_global(address)

    async def resolve(self, host: str, port: int) -> tuple[str, ...]:
        """Return the literal addresses of a host, in the system's order; its name where names are left to a proxy.

        Raises:
            FetchError: `dns` when the name has no address, `private-address` when any of its addresses is not global;
                `limits` when a limit of this machine is reached.
        """
        cached = self._cached.get((host, port))
        if cached and time.monotonic() - cached[0] < RESOLVED_FOR:
            return cached[1]
        to_proxy = self._proxy_resolves and _is_name(host)
        if to_proxy:
            answers = await self._known_here(host, port)
        else:
            answers = tuple(dict.fromkeys(await _look_up(host, port)))[:MAX_ANSWERS]
        for answer in answers:
            if not self.allows(type_of(answer.partition("%")[0])):
                raise FetchError(Reason.PRIVATE_ADDRESS, about(host, _not_public(host, answer)))
        if to_proxy:
            answers = (host,)
        self._cached[host, port] = (time.monotonic(), answers)
        return answers

    async def _known_here(self, host: str, port: int) -> tuple[str, ...]:
        """Return what this machine knows of a name that the proxy will resolve; nothing when it knows none."""
        labels = host.rstrip(".").lower().split(".")
        if len(labels) < 2 or labels[-1] in LOCAL_NAMES:
            raise FetchError(
                Reason.PRIVATE_ADDRESS,
                about(
                    host,
                    text(
                        "a name of a local network, which is not left to the proxy; give its address, and open its"
                        " range by [crawler] allow_addresses"
                    ),
                ),
            )
        try:
            async with asyncio.timeout(LOOKED_UP_FOR):
                return tuple(dict.fromkeys(await _look_up(host, port)))[:MAX_ANSWERS]
        except FetchError as error:
            if error.reason != Reason.DNS:
                raise
        except TimeoutError:
            pass
        event(log, "name left to the proxy unchecked", host=host)
        return ()


def is_literal(host: str) -> bool:
    """Whether a host is an address and no name."""
    try:
        type_of(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _is_name(host: str) -> bool:
    """Whether a host is a name however it is read: "127.0.0.1." and "0x7f.1" are addresses to some programs."""
    return not is_literal((canonical_host(host) or host).strip("[]"))


async def _look_up(host: str, port: int) -> list[str]:
    try:
        return [str(type_of(host))]
    except ValueError:
        pass
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        if limit := limit_reached(error) or met_now():  # without a file the system knows no name, and says no more
            raise FetchError(Reason.LIMITS, limit) from error
        raise FetchError(
            Reason.DNS, about(host, text("the name does not resolve ({why})", why=words_of(error)))
        ) from error
    if not found:
        raise FetchError(Reason.DNS, about(host, text("the name has no address")))
    return [str(answer[4][0]) for answer in found]


def _not_public(host: str, address: str) -> Text:
    """Say that a host is, or resolves to, an address that nothing is fetched from unless config.toml opens it."""
    if host.strip("[]") == address:
        return text("not a public address; [crawler] allow_addresses opens a range on purpose")
    return text(
        "resolves to {address}, which is not a public address; [crawler] allow_addresses opens a range on purpose",
        address=address,
    )
