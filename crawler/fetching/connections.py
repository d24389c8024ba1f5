"""A URL we may ask -> its answer over HTTP/1.1, on an open connection or a new one to a checked address.

h11 reads what comes. A connection is used again when its answer was read to the end and nothing came after it.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

import h11

from corpus.model import value
from crawler.fetching.address import Url
from crawler.fetching.dialing import PORTS, STRAIGHT, Dialled, Dialler, Route
from crawler.fetching.errors import BodyStopped, ProtocolError, RemoteProtocolError, TooSilent
from crawler.fetching.failures import hung_up
from crawler.fetching.transport import Resolver
from crawler.fetching.tunnels import credentials
from crawler.fetching.wire import Pieces

Headers = list[tuple[bytes, bytes]]  # names and values as they stand on the wire
Origin = tuple[str, str, int]  # scheme, host, port

IDLE_FOR = 4.0  # seconds a connection stays open unused; servers commonly close after 5
MAX_HEAD = 100 * 1024  # bytes of a response's head that h11 holds
MAX_INFORMATIONAL = 20  # 1xx answers before the real one; servers send one or two


class IdleConnectionClosed(Exception):
    """The server closed an idle connection before it read this request; the caller sends it again."""


@value()
class Answer:
    """The head of an answer, and the way to its body; `server` is the address that answered."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    server: str | None
    _connection: "_Connection"
    _silence: float

    async def chunks(self) -> AsyncIterator[bytes]:
        """Give the body piece by piece, once; an error of `errors.py` when it does not come whole."""
        while isinstance(event := await self._connection.event(self._silence), h11.Data):
            yield event.data

    @property
    def overrun(self) -> int:
        """Bytes that came after the end of the body; line ends there mean nothing."""
        return len(self._connection.left.strip(b"\r\n"))


class _Connection:
    """One connection, and what h11 knows of it."""

    def __init__(self, dialled: Dialled) -> None:
        self.wire = dialled.wire
        self.server = dialled.server
        self.whole_url = dialled.whole_url
        self.idle_since = 0.0
        self._h11 = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEAD)
        self._pieces = Pieces()

    async def ask(self, target: bytes, headers: Headers, silence: float) -> h11.Response:
        """Send a GET request and return the head of its answer."""
        self._pieces = Pieces()
        try:
            request = self._h11.send(h11.Request(method=b"GET", target=target, headers=headers))
            self.wire.write((request or b"") + (self._h11.send(h11.EndOfMessage()) or b""))
        except h11.LocalProtocolError as error:
            raise ProtocolError(str(error)) from error
        for _ in range(MAX_INFORMATIONAL + 1):
            event = await self.event(silence)
            if isinstance(event, h11.Response):
                return event
        raise RemoteProtocolError(f"over {MAX_INFORMATIONAL} informational answers before the real one")

    async def event(self, silence: float) -> object:
        """Return the next event of h11: a head, a part of the body, or the end of the answer."""
        while True:
            try:
                event = self._h11.next_event()
            except h11.RemoteProtocolError as error:
                raise RemoteProtocolError(str(error)) from error
            if event is not h11.NEED_DATA:
                return event
            try:
                piece = await self.wire.read(silence)
            except TooSilent as error:
                if self._h11.their_state is h11.SEND_BODY:
                    raise BodyStopped from error
                raise
            if not piece and self._h11.their_state is h11.SEND_RESPONSE:
                raise RemoteProtocolError("Server disconnected without sending a response.")
            self._pieces.count(len(piece))
            self._h11.receive_data(piece)

    @property
    def left(self) -> bytes:
        """What came after the answer."""
        return self._h11.trailing_data[0] + self.wire.unread

    def renew(self) -> bool:
        """Prepare for the next request; False when there cannot be one."""
        is_over = self._h11.our_state is h11.DONE and self._h11.their_state is h11.DONE
        if not is_over or not self.wire.is_open or self.left:
            return False
        self._h11.start_next_cycle()
        self.idle_since = monotonic()
        return True

    @property
    def is_usable(self) -> bool:
        """Whether the connection was not idle for too long, and nothing came on it unasked."""
        return self.wire.is_open and not self.wire.unread and monotonic() - self.idle_since <= IDLE_FOR


class Connections:
    """HTTP/1.1 over connections that only ever go to addresses the resolver allows; finding one costs no search."""

    def __init__(self, resolver: Resolver, *, max_connections: int, route: Route = STRAIGHT) -> None:
        self._dialler = Dialler(resolver, route)
        self._login = credentials(route.proxy.user, route.proxy.password) if route.proxy else []
        self._max = max_connections
        self._room = asyncio.Semaphore(max_connections)
        self._idle: dict[_Connection, Origin] = {}  # the one that has been idle longest first
        self._idle_of: dict[Origin, list[_Connection]] = {}

    @asynccontextmanager
    async def ask(self, url: Url, headers: Headers, *, silence: float) -> AsyncIterator[Answer]:
        """Send a GET request and give its answer, whose body can be read within the block.

        Args:
            url: What to ask for.
            headers: As they are sent.
            silence: Seconds the longest wait for a connection or for the next bytes may last.

        Raises:
            IdleConnectionClosed: The connection was an idle one, which the server has closed.
            NetworkError, ProtocolError, TooSilent: As `failures.py` reads them.
        """
        origin = (url.scheme, url.raw_host.decode("ascii"), url.port or PORTS[url.scheme])
        async with self._room:
            self._sweep()
            idle = self._reused(origin)
            connection = idle or _Connection(await self._dialler.dial(*origin, silence))
            is_reusable = False
            try:
                try:
                    if connection.whole_url:
                        whole = url.scheme.encode() + b"://" + url.netloc + url.raw_path
                        head = await connection.ask(whole, [*headers, *self._login], silence)
                    else:
                        head = await connection.ask(url.raw_path, headers, silence)
                except Exception as error:
                    if idle and hung_up(error):
                        raise IdleConnectionClosed from error
                    raise
                fields = tuple(head.headers.raw_items())
                yield Answer(head.status_code, fields, connection.server, connection, silence)
                is_reusable = connection.renew()
            finally:
                if is_reusable:
                    self._idle[connection] = origin
                    self._idle_of.setdefault(origin, []).append(connection)
                else:
                    connection.wire.close()

    async def aclose(self) -> None:
        """Close every connection that is idle."""
        for connection in list(self._idle):
            self._forget(connection)
            connection.wire.close()
        await asyncio.sleep(0)  # asyncio lets them go at its next turn

    def _reused(self, origin: Origin) -> _Connection | None:
        while waiting := self._idle_of.get(origin):
            connection = waiting[-1]
            self._forget(connection)
            if connection.is_usable:
                return connection
            connection.wire.close()
        return None

    def _sweep(self) -> None:
        """Close what has been idle for too long, and what is over the bound."""
        while self._idle:
            oldest = next(iter(self._idle))
            if oldest.is_usable and len(self._idle) < self._max:
                return
            self._forget(oldest)
            oldest.wire.close()

    def _forget(self, connection: _Connection) -> None:
        origin = self._idle.pop(connection)
        waiting = self._idle_of[origin]
        waiting.remove(connection)
        if not waiting:
            del self._idle_of[origin]
