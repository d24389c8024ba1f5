"""The app -> a server of its pages: waitress with a few threads, on a port that is held from the start."""

import socket
from collections.abc import Callable, Iterable
from threading import Lock
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask

from corpus.memory.large_pages import use_large_pages
from web.layout.connections import TIMEOUTS, ReaderServer, Timeouts

THREADS = 4
MAX_HEADER = 16_384  # bytes; a query of 1,000 characters in any script fits twice
MAX_BODY = 65_536
SETTLED = 100  # answers after which what a process holds is there; it goes on growing, more and more slowly
AGAIN = 2_000  # answers after which it is looked at again, which takes 15 ms where it has grown by 50 MB
LONG = 0.1  # seconds after which an answer under way is passed by; a results page takes a tenth of that


class InTurn:
    """A WSGI app whose answers are made one after the other; one that takes long is passed by.

    Threads that make answers at once hand the interpreter to and fro at each read of a file or of the store, and a
    page then costs a third more. A body that is made while it is sent takes no turn.

    Args:
        long: Seconds until an answer under way is passed by.
    """

    def __init__(self, app: WSGIApplication, *, long: float = LONG) -> None:
        self._app = app
        self._long = long
        self._turn = Lock()
        self.answers = 0  # begun so far

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request once the turn is free, or once its holder takes too long."""
        turn = self._turn
        while not turn.acquire(timeout=self._long):
            if self._turn is turn:
                self._turn = Lock()  # its holder ends beside those who take turns from now on
            turn = self._turn
        self.answers += 1
        try:
            return self._app(environ, start_response)
        finally:
            turn.release()


class Port:
    """A port that is held; port 0 takes a free one, which `port` names.

    Raises:
        OSError: It cannot be held.
    """

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        both = host == "::" and socket.has_dualstack_ipv6()  # every address, of either family
        self.socket = socket.create_server((host, port), family=family, dualstack_ipv6=both)
        self.host = host
        self.port: int = self.socket.getsockname()[1]

    @property
    def url(self) -> str:
        """The address to open."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{'localhost' if shown in ('0.0.0.0', '[::]') else shown}:{self.port}/"  # noqa: S104 - compared


def bind(app: Flask, *, host: str = "127.0.0.1", port: int = 0, timeouts: Timeouts = TIMEOUTS) -> "Server":
    """Return a server that holds its port already; port 0 takes a free port, which `Server.port` names."""
    return Server(app, Port(host, port), timeouts)


class Server:
    """A server on a held port; `run` answers until `close`.

    Args:
        processes: How many servers, each in a process of its own, answer on the port.
    """

    def __init__(self, app: Flask, held: Port, timeouts: Timeouts = TIMEOUTS, *, processes: int = 1) -> None:
        self._closed = False
        self.host, self.port, self.url = held.host, held.port, held.url
        self._turns = InTurn(app)
        self._due = SETTLED
        self._server = ReaderServer(
            self._turns,
            held.socket,
            THREADS,
            timeouts,
            processes=processes,
            ident=None,
            max_request_header_size=MAX_HEADER,
            max_request_body_size=MAX_BODY,
            clear_untrusted_proxy_headers=False,  # mounting.py reads them, or drops them
        )

    def run(self, goes_on: Callable[[], bool] = lambda: True) -> None:
        """Answer requests until closed; `goes_on` is asked each second."""
        try:
            self._server.run(lambda: goes_on() and self._use_memory_well())
        except OSError:  # the loop waited on a socket that `close` took from it
            if not self._closed:
                raise

    def _use_memory_well(self) -> bool:
        """Put what this process holds into large pages now and then; a page takes a twentieth less time then."""
        if self._turns.answers >= self._due:
            self._due = self._turns.answers + AGAIN
            use_large_pages()
        return True

    def close(self) -> None:
        """Stop answering and free the port; `run`, in whatever thread, ends."""
        self._closed = True
        self._server.close()
