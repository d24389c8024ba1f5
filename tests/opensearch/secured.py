"""A node of OpenSearch -> the same behind TLS and a door that asks for a user or a key, as a secured cluster is."""

import ssl
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

REFUSED = b"Unauthorized"  # what the door of OpenSearch's security says, which is no JSON


@contextmanager
def secured(node: str, tls: ssl.SSLContext, accepted: Collection[str]) -> Iterator[str]:
    """Give the address of a node behind TLS, which answers requests that have one of these Authorization headers."""
    host = urlsplit(node).netloc

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.headers.get("Authorization") not in accepted:
                self.give(401, "text/plain", REFUSED)
                return
            connection = HTTPConnection(host, timeout=30)
            kind = self.headers.get("Content-Type")
            connection.request(self.command, self.path, body, {"Content-Type": kind} if kind else {})
            answer = connection.getresponse()
            self.give(answer.status, answer.headers.get("Content-Type", "application/json"), answer.read())
            connection.close()

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = pass_on

        def give(self, status: int, kind: str, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *values: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def finish_request(self, request: object, client: object) -> None:
            with (
                suppress(ssl.SSLError, ConnectionError),  # a client that does not believe the certificate hangs up
                tls.wrap_socket(request, server_side=True) as wrapped,  # type: ignore[arg-type]
            ):
                super().finish_request(wrapped, client)

    server = Server(("127.0.0.1", 0), Door)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"https://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
