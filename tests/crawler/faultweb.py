"""A small web of faults on loopback addresses: each site is a real server, and keeps a log of what it was asked."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast

ALLOWED = ("127.88.0.0/16",)


@dataclass(frozen=True)
class Reply:
    """An ordinary answer; Content-Length is added unless `headers` lie about it."""

    body: bytes | str = b""
    status: int = 200
    type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it; `ended` is when its answer was ready to be sent."""

    path: str
    headers: dict[str, str]
    began: float
    write: Callable[[bytes], object] = field(compare=False, repr=False, default=lambda _: None)
    ended: float = 0.0


class Site:
    """One server. `routes` maps a path with its query to a Reply, bytes or str.

    A callable may write raw bytes itself.
    """

    def __init__(self, host: str, routes: Mapping[str, object], port: int = 0) -> None:
        self.routes = dict(routes)
        self.log: list[Asked] = []
        self._server = _Server((host, port), _handler(self))
        self.host, self.port = host, self._server.server_address[1]
        self.url = f"http://{host}:{self.port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def paths(self) -> list[str]:
        """What was asked, in order."""
        return [asked.path for asked in self.log]

    def close(self) -> None:
        """Stop answering and free the port."""
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is what some tests are about."""


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # head and body are two writes; else each answer waits 40 ms for an ACK

        def do_GET(self) -> None:
            asked = Asked(
                self.path, {k.lower(): v for k, v in self.headers.items()}, time.monotonic(), self.wfile.write
            )
            site.log.append(asked)
            route = site.routes.get(self.path, Reply("<h1>not found</h1>", 404))
            try:
                reply = route(asked) if callable(route) else route
            finally:  # before the answer leaves: what begins earlier than this was asked for at the same time
                place = next(n for n, one in enumerate(site.log) if one is asked)
                site.log[place] = Asked(asked.path, asked.headers, asked.began, ended=time.monotonic())
            if reply is None:  # it wrote what it wanted
                self.close_connection = True
            else:
                self.answer(reply if isinstance(reply, Reply) else Reply(cast(bytes | str, reply)))

        def answer(self, reply: Reply) -> None:
            body = reply.body.encode() if isinstance(reply.body, str) else reply.body
            self.send_response(reply.status)
            sent = {"Content-Type": reply.type, "Content-Length": str(len(body)), **reply.headers}
            for name, value in sent.items():
                if value:
                    self.send_header(name, value)
            self.end_headers()
            if reply.status != 304:
                self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Nothing on stderr; `site.log` is the log."""

    return Handler


@contextlib.contextmanager
def serving(routes: Mapping[str, object], host: str = "127.88.0.1") -> Iterator[Site]:
    """Serve the routes on a free port of a loopback address."""
    site = Site(host, routes)
    try:
        yield site
    finally:
        site.close()
