"""A connection to a proxy -> a tunnel through the proxy to a host: by CONNECT (RFC 9110) or SOCKS 5 (RFC 1928).

The proxy is what config names, and may still answer anything: what is read of it is bounded, and quoted escaped.
"""

import base64
from contextlib import suppress
from ipaddress import IPv4Address, ip_address

import h11

from corpus.characters import printable
from corpus.errors import FetchError
from corpus.reasons import Reason
from corpus.texts import joined, text
from crawler.fetching.errors import NetworkError
from crawler.fetching.transport import is_literal
from crawler.fetching.wire import Wire

MAX_HEAD = 16 * 1024  # bytes of the answer to CONNECT
MAX_NAME = 255  # bytes; what SOCKS has room for, of a name, a user or a password
PIECE_TIMEOUT = 60.0  # seconds between two pieces; the caller's own bound on the whole way is shorter

_NO_LOGIN, _LOGIN = 0, 2  # methods of RFC 1928; the second is RFC 1929's
_BY_IPV4, _BY_NAME, _BY_IPV6 = 1, 3, 4
_REFUSALS = {
    1: text("it failed"),
    2: text("its rules do not allow the connection"),
    3: text("it does not reach the network"),
    4: text("it does not reach the host"),
    5: text("the host refuses the connection"),
    6: text("the host did not answer it in time"),
    7: text("it does not know the command"),
    8: text("it does not know this kind of address"),
}
_OF_THE_HOST = frozenset({4, 5, 6})  # the proxy did its part
_GATEWAY = frozenset({502, 504})  # likewise: RFC 9110, 15.6.3 and 15.6.5; a 503 may be the proxy's own


async def through(wire: Wire, target: str, port: int, scheme: str, user: str, password: str) -> None:
    """Ask a proxy to connect us to an address or a name; by SOCKS, after `sign_in`.

    Raises:
        FetchError: `proxy` when it will not, or speaks another language; `connect` when the host does not answer it.
    """
    if scheme == "socks5":
        await _socks(wire, target, port)
    else:
        await _connect(wire, authority(target, port), credentials(user, password))
    if wire.unread:
        raise FetchError(Reason.PROXY, text("the proxy sent something unasked"))


async def sign_in(wire: Wire, user: str, password: str) -> None:
    """Begin to speak SOCKS 5 with a proxy; no host is named yet, so that it waits for none.

    Raises:
        FetchError: `proxy`, as with `through`.
    """
    reader = _Exactly(wire)
    wire.write(bytes((5, 2, _NO_LOGIN, _LOGIN)) if user or password else bytes((5, 1, _NO_LOGIN)))
    version, method = await reader.read(2)
    if version != 5:
        raise FetchError(Reason.PROXY, text("it does not speak SOCKS 5"))
    if method == _LOGIN:
        wire.write(b"\1" + _short(user, text("the user")) + _short(password, text("the password")))
        if (await reader.read(2))[1]:
            raise FetchError(Reason.PROXY, text("the proxy refuses the user or the password"))
    elif method != _NO_LOGIN:
        raise FetchError(Reason.PROXY, text("the proxy wants us to sign in: socks5://NAME:PASSWORD@HOST:PORT"))
    if reader.rest:
        raise FetchError(Reason.PROXY, text("the proxy sent something unasked"))


def authority(host: str, port: int) -> str:
    """Return a host and a port as a URL has them."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def credentials(user: str, password: str) -> list[tuple[bytes, bytes]]:
    """Return the header with user and password for an HTTP proxy; none where it asks for none."""
    if not user and not password:
        return []
    secret = base64.b64encode(f"{user}:{password}".encode())
    return [(b"Proxy-Authorization", b"Basic " + secret)]


async def _connect(wire: Wire, target: str, headers: list[tuple[bytes, bytes]]) -> None:
    spoken = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEAD)
    request = h11.Request(method=b"CONNECT", target=target.encode(), headers=[(b"Host", target.encode()), *headers])
    wire.write((spoken.send(request) or b"") + (spoken.send(h11.EndOfMessage()) or b""))
    while True:
        try:
            event = spoken.next_event()
        except h11.RemoteProtocolError as error:
            raise FetchError(Reason.PROXY, text("it does not speak HTTP ({why})", why=printable(str(error)))) from error
        if isinstance(event, h11.Response):
            break
        if event is h11.NEED_DATA:
            spoken.receive_data(await _piece(wire))
    if not 200 <= event.status_code < 300:
        reason = Reason.CONNECT if event.status_code in _GATEWAY else Reason.PROXY
        said = text("the proxy answered {n} to CONNECT {target}", n=event.status_code, target=target)
        raise FetchError(reason, joined(": ", (said, *_hints(event))))
    if spoken.trailing_data[0]:
        raise FetchError(Reason.PROXY, text("the proxy sent something unasked"))


def _hints(event: h11.Response) -> list[str]:
    """Say what may be done about a refusal."""
    if event.status_code == 407:
        return [text("it wants a name and a password, as in http://NAME:PASSWORD@proxy.example:3128")]
    if event.status_code in (400, 403, 405):
        return [text("where it allows names or port 443 alone, [crawler] proxy_resolves = true gives it names")]
    return []


async def _socks(wire: Wire, target: str, port: int) -> None:
    reader = _Exactly(wire)
    wire.write(bytes((5, 1, 0)) + _socks_address(target) + port.to_bytes(2))
    _, refusal, _, kind = await reader.read(4)
    if refusal:
        why = _REFUSALS.get(refusal) or text("it answered {n}", n=refusal)
        raise FetchError(
            Reason.CONNECT if refusal in _OF_THE_HOST else Reason.PROXY, text("the proxy says that {why}", why=why)
        )
    length = {_BY_IPV4: 4, _BY_IPV6: 16}.get(kind)
    if length is None:
        length = (await reader.read(1))[0]
    await reader.read(length + 2)  # where the proxy asks from
    if reader.rest:
        raise FetchError(Reason.PROXY, text("the proxy sent something unasked"))


def _socks_address(target: str) -> bytes:
    if is_literal(target):
        address = ip_address(target.partition("%")[0])
        return bytes((_BY_IPV4 if isinstance(address, IPv4Address) else _BY_IPV6,)) + address.packed
    return bytes((_BY_NAME,)) + _short(target, text("the name"))


def _short(given: str, what: str) -> bytes:
    """Return a text of SOCKS, its length before it."""
    content = given.encode()
    if not 0 < len(content) <= MAX_NAME:
        raise FetchError(
            Reason.PROXY,
            text("{what} has {n:,} bytes: SOCKS takes 1 to {most}", what=what, n=len(content), most=MAX_NAME),
        )
    return bytes((len(content),)) + content


async def _piece(wire: Wire) -> bytes:
    """Return what a proxy sends next; FetchError `proxy` when it hangs up, since the host was not asked yet."""
    with suppress(NetworkError):  # it was reset
        if piece := await wire.read(PIECE_TIMEOUT):
            return piece
    raise FetchError(Reason.PROXY, text("the proxy closed the connection"))


class _Exactly:
    """Reads so many bytes of a connection; `rest` is what came after them."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self.rest = b""

    async def read(self, count: int) -> bytes:
        while len(self.rest) < count:
            self.rest += await _piece(self._wire)
        found, self.rest = self.rest[:count], self.rest[count:]
        return found
