"""Sockets of readers -> those that stay open: how many, how long each may take, and which makes room for another.

waitress answers by a few threads and reads and writes by one loop. A thread must never wait for a reader, and the loop
must never be full of sockets that ask for nothing.
"""

import logging
import resource
import socket
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from operator import attrgetter
from wsgiref.types import WSGIApplication

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from corpus.events import event

MOST = 800  # sockets at once; a browser opens six
FILES = 4_096  # open files that the process asks for, where it may have so many
SPARE = 40  # sockets beyond the most, before the loop stops to accept: one that is closing is still counted

log = logging.getLogger(__name__)
logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it warns of each request that waits for a thread


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long a reader may take.

    request: Seconds from the first byte of a request to its last.
    idle: Seconds in which nothing is sent by either side.
    window: Seconds in which a reader takes `slowest` bytes, as long as there are any for it.
    look: Seconds between two looks at all sockets.
    """

    request: float = 30
    idle: float = 60
    window: float = 60
    slowest: int = 600_000
    look: float = 5


TIMEOUTS = Timeouts()


class Request(HTTPRequestParser):  # type: ignore[misc] # waitress has no types
    """A request; what was sent after it before it was answered is not read, and the connection ends with the answer.

    Answers to requests sent in advance pile up where their reader does not read, and the thread that writes the next
    one would wait for that reader. No browser sends in advance, and RFC 9112, section 9.3.2, has clients ask again.
    """

    def received(self, data: bytes) -> int:
        """Take bytes in; return how many were taken."""
        taken: int = super().received(data)
        if self.completed and not self.empty and data[taken:].strip(b"\r\n"):
            self.connection_close = True
            self.headers["CONNECTION"] = "close"  # what waitress reads for an answer by HTTP/1.1
            return len(data)
        return taken


class Channel(HTTPChannel):  # type: ignore[misc] # waitress has no types
    """A connection, with the times that `ReaderServer.look` judges it by."""

    parser_class = Request

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.waits_since: float = self.creation_time  # for a request: since it was opened, or last took something
        self.began: float | None = None  # when the first byte came of a request that is not answered
        self.bytes_sent = 0
        self.measured: tuple[float, int] | None = None  # when its reader was looked at, and what it had taken by then

    def received(self, data: bytes) -> bool:
        """Take bytes in, and remember when the first one of a request came."""
        if self.began is None:
            self.began = time.time()
        taken: bool = super().received(data)
        return taken

    def send(self, data: bytes, do_close: bool = True) -> int:
        """Send what the socket takes, and count it."""
        sent: int = super().send(data, do_close=do_close)
        if sent:
            self.bytes_sent += sent
            self.waits_since = time.time()
        return sent

    def service(self) -> None:
        """Answer one request."""
        self.began = self.measured = None
        super().service()
        self.waits_since = time.time()

    def is_served(self) -> bool:
        """Whether an answer is being written or sent."""
        return bool(self.requests or self.total_outbufs_len)

    def overdue(self, now: float, timeouts: Timeouts) -> str | None:
        """Return why the connection is to end; None while its other side is quick enough."""
        if self.began is not None and not self.requests and now - self.began > timeouts.request:
            return "request"
        if not self.total_outbufs_len:
            self.measured = None
            is_idle = self.began is None and not self.requests and now - self.waits_since > timeouts.idle
            return "idle" if is_idle else None
        since, then = self.measured = self.measured or (now, self.bytes_sent)
        if now - since < timeouts.window:
            return None
        self.measured = now, self.bytes_sent
        return "reader" if self.bytes_sent - then < timeouts.slowest else None


class ReaderServer(TcpWSGIServer):  # type: ignore[misc] # waitress has no types
    """waitress over one bound socket, which ends the connections of those who hold up others.

    Args:
        processes: How many take connections from the socket; the places are shared out among them.
    """

    channel_class = Channel

    def __init__(
        self,
        app: WSGIApplication,
        bound: socket.socket,
        threads: int,
        timeouts: Timeouts,
        *,
        processes: int = 1,
        **settings: object,
    ) -> None:
        self._timeouts = timeouts
        self._most = max(1, _room() // processes)
        adjustments = Adjustments(
            sockets=[bound],
            threads=threads,
            connection_limit=self._most + SPARE,
            cleanup_interval=86_400,  # `look` does it
            **settings,
        )
        dispatcher = ThreadedTaskDispatcher()
        dispatcher.set_thread_count(threads)
        info = (bound.family, bound.type, bound.proto, bound.getsockname())
        super().__init__(app, {}, True, bound, dispatcher=dispatcher, adj=adjustments, bind_socket=False, sockinfo=info)

    def handle_accept(self) -> None:
        """Take a connection; where there are as many as may be, the one that waits longest for a request ends."""
        super().handle_accept()
        if len(self.active_channels) > self._most:
            waiting = [channel for channel in self.active_channels.values() if not channel.is_served()]
            if waiting:
                min(waiting, key=attrgetter("waits_since")).handle_close()
                _report(Counter(room=1))

    def run(self, goes_on: Callable[[], bool] = lambda: True) -> None:
        """Answer until the server is closed, or must not go on; look at all connections now and then.

        The look is between two rounds of the loop. Within one, a new connection could get the number of a file that was
        just closed, and with it the event that was meant for the old one.
        """
        looked = time.time()
        try:
            while self._map and goes_on():
                if (now := time.time()) - looked >= self._timeouts.look:
                    self.look(looked := now)
                turn = min(1, self._timeouts.look)
                self.asyncore.loop(timeout=turn, map=self._map, use_poll=True, count=1)  # `select` knows 1,024 files
        except (SystemExit, KeyboardInterrupt):
            self.task_dispatcher.shutdown()

    def look(self, now: float) -> None:
        """End the connections that are overdue."""
        reasons: Counter[str] = Counter()
        for channel in list(self.active_channels.values()):
            if reason := channel.overdue(now, self._timeouts):
                reasons[reason] += 1
                channel.handle_close()  # at once: with `will_close` the loop waits until the reader takes more
        _report(reasons)


def _report(reasons: Counter[str]) -> None:
    if reasons.keys() - {"idle"}:
        event(log, "connections ended", dict(sorted(reasons.items())), level=logging.DEBUG)


def _room() -> int:
    """Return how many sockets may be open at once, after asking for FILES files."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return MOST if soft == resource.RLIM_INFINITY else min(MOST, soft // 2)  # the rest is for store and index
