"""The three sites on the wire: HTTP/1.1 on 127.77.0.1 to .3, one port, a thread per connection.

Where a machine has no loopback address but 127.0.0.1 (macOS, some containers), they stand on three ports of it.
"""

import gzip
import socketserver
import threading
from collections import deque
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import unquote

from web.demo.answers import Answer
from web.demo.edition import Edition
from web.demo.routes import answer
from web.demo.sites import SITES, Site

NETWORK = "127.0.0.0/8"
ONLY = "127.0.0.1"
_TRIES = 20  # ports tried until one is free on all three addresses
_REMEMBERED = 5000  # requests


class DemoWeb:
    """The sites, served while open: `with DemoWeb() as sites: ...`.

    Args:
        port: The port to take, or the first of three; 0 takes a free one.
        apart: Each on an address of its own; otherwise on a port of its own.

    Attributes:
        ports: Of the sites, in the order of SITES.
        requests: What was asked: (site's key, path), the oldest first; the last few thousand.
    """

    def __init__(self, port: int = 0, *, apart: bool = True) -> None:
        self.requests: deque[tuple[str, str]] = deque(maxlen=_REMEMBERED)
        self._revised_at: datetime | None = None
        self._servers = _on_addresses(port, self) if apart else _on_ports(port, self)
        self.ports = tuple(each.server_port for each in self._servers)
        self._origins = {each.site.key: f"http://{each.server_name}:{each.server_port}" for each in self._servers}

    def __enter__(self) -> Self:
        for server in self._servers:
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def origin(self, site: Site) -> str:
        """Return where a site is served."""
        return self._origins[site.key]

    def revise(self) -> None:
        """Bring out the second edition of the stories that have one."""
        self._revised_at = datetime.now(UTC)

    def edition(self, site: Site) -> Edition:
        """Return what stands on a site now."""
        return Edition(site, self.origin(site), self._origins, self._revised_at)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, site: Site, address: str, port: int, web: DemoWeb) -> None:
        self.site, self.web = site, web
        super().__init__((address, port), _Handler)

    def server_bind(self) -> None:
        """Bind without asking the name service who we are, as HTTPServer would."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = 30
    wbufsize = -1  # head and body leave together: no wait for an acknowledgement between them
    disable_nagle_algorithm = True
    server_version = "demo"
    sys_version = ""

    def do_GET(self) -> None:
        self._send(body=True)

    def do_HEAD(self) -> None:
        self._send(body=False)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing; `requests` remembers."""

    def _send(self, *, body: bool) -> None:
        path = unquote(self.path)
        self.server.web.requests.append((self.server.site.key, path))
        found = answer(self.server.web.edition(self.server.site), path)
        fresh = found.status == 200 and self._is_fresh(found)
        content = b"" if fresh else found.text.encode()
        zipped = "gzip" in self.headers.get("Accept-Encoding", "") and len(content) > 500
        if zipped:
            content = gzip.compress(content, compresslevel=1, mtime=0)
        self.send_response(304 if fresh else found.status)
        self.send_header("ETag", found.etag)
        if found.modified:
            self.send_header("Last-Modified", format_datetime(found.modified, usegmt=True))
        if not fresh:
            self.send_header("Content-Type", found.kind)
            self.send_header("Content-Length", str(len(content)))
        if zipped:
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
        self.end_headers()
        if body:
            self.wfile.write(content)

    def _is_fresh(self, found: Answer) -> bool:
        """Does the reader have this text already?"""
        if known := self.headers.get("If-None-Match"):
            return found.etag in known
        since = self.headers.get("If-Modified-Since")
        if not since or found.modified is None:
            return False
        try:
            return found.modified.replace(microsecond=0) <= parsedate_to_datetime(since)
        except (TypeError, ValueError):
            return False


def _on_addresses(port: int, web: DemoWeb) -> list[_Server]:
    """Bind the three addresses to one port, a free one when `port` is 0.

    Raises:
        OSError: The port is taken, or the system has no addresses 127.77.0.1 to .3.
    """
    for attempt in range(_TRIES):
        servers: list[_Server] = []
        wanted = port
        try:
            for site in SITES:
                servers.append(_Server(site, site.address, wanted, web))
                wanted = int(servers[0].server_address[1])
        except OSError:
            for server in servers:
                server.server_close()
            if port or not servers or attempt == _TRIES - 1:
                raise
        else:
            return servers
    raise AssertionError("unreachable")


def _on_ports(port: int, web: DemoWeb) -> list[_Server]:
    """Bind three ports of one address, the first free ones from `port` on.

    Raises:
        OSError: None is free.
    """
    servers: list[_Server] = []
    wanted = port
    for site in SITES:
        for attempt in range(_TRIES):
            try:
                servers.append(_Server(site, ONLY, wanted, web))
                break
            except OSError:
                if not port or attempt == _TRIES - 1:
                    for server in servers:
                        server.server_close()
                    raise
            finally:
                wanted += bool(port)
    return servers
