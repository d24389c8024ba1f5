"""The bytes that a connection receives -> handed to one reader in order; a bounded number waits for the reader."""

import asyncio
from collections import deque

from corpus.texts.system_errors import words_of
from crawler.fetching.errors import ReadError, RemoteProtocolError, TooSilent

MAX_UNREAD = 256 * 1024  # bytes that wait to be read before the connection is asked for no more
MAX_READ = 64 * 1024  # bytes that one read returns
SMALL_PIECES = 5_000  # pieces of a response after which their average size is looked at
MIN_PIECE = 64  # bytes; reading smaller ones costs more CPU than the page is worth


class Pieces:
    """Counts the pieces a response comes in; raises an error of `errors.py` when they are too many and too small."""

    def __init__(self) -> None:
        self._pieces = 0
        self._bytes = 0

    def count(self, size: int) -> int:
        """Count a received piece by its bytes; return how many pieces there were."""
        self._pieces += 1
        self._bytes += size
        if self._pieces > SMALL_PIECES and self._bytes < self._pieces * MIN_PIECE:
            raise RemoteProtocolError(f"sent in over {SMALL_PIECES:,} pieces of under {MIN_PIECE} bytes")
        return self._pieces


class Wire(asyncio.Protocol):
    """A connection with one reader; asyncio calls its methods when bytes arrive."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._unread: deque[bytes] = deque()
        self._held = 0
        self._is_paused = False
        self._has_ended = False
        self._error: Exception | None = None
        self._reader: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Implement `asyncio.Protocol`."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Implement `asyncio.Protocol`."""
        self._unread.append(data)
        self._held += len(data)
        if self._held > MAX_UNREAD and self._transport is not None and not self._is_paused:
            self._transport.pause_reading()
            self._is_paused = True
        self._wake()

    def eof_received(self) -> None:
        """Implement `asyncio.Protocol`."""
        self._has_ended = True
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """Implement `asyncio.Protocol`."""
        self._has_ended = True
        self._error = exc
        self._wake()

    def _wake(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

    @property
    def unread(self) -> bytes:
        """What has come and was not read."""
        return b"".join(self._unread)

    @property
    def is_open(self) -> bool:
        """Whether the other side may still send."""
        return not self._has_ended

    @property
    def transport(self) -> asyncio.Transport:
        """What asyncio sends by."""
        assert self._transport is not None
        return self._transport

    async def read(self, silence: float) -> bytes:
        """Return the next piece, as it came or the first MAX_READ bytes of it; nothing when the other side has ended.

        Raises:
            TooSilent: Nothing came for that many seconds.
            ReadError: The connection broke.
        """
        if not self._unread and not self._has_ended:
            loop = asyncio.get_running_loop()
            self._reader = loop.create_future()
            timer = loop.call_later(silence, _give_up, self._reader)
            try:
                await self._reader
            finally:
                timer.cancel()
                self._reader = None
        if self._unread:
            return self._taken()
        if self._error is not None:
            raise ReadError(words_of(self._error)) from self._error
        return b""

    def _taken(self) -> bytes:
        piece = self._unread.popleft()
        if len(piece) > MAX_READ:
            self._unread.appendleft(piece[MAX_READ:])
            piece = piece[:MAX_READ]
        self._held -= len(piece)
        if self._is_paused and self._held <= MAX_UNREAD and self._transport is not None:
            self._is_paused = False
            self._transport.resume_reading()
        return piece

    def write(self, content: bytes) -> None:
        """Send something short; when the other side is gone, reading will say so."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(content)

    def close(self) -> None:
        """Close the connection at once."""
        if self._transport is not None:
            self._transport.abort()


def _give_up(reader: asyncio.Future[None]) -> None:
    if not reader.done():
        reader.set_exception(TooSilent())
