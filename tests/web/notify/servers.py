"""An SMTP server and a webhook on 127.0.0.1, as small as the tests need them."""

import socketserver
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any


@dataclass
class Mails:
    """What an SMTP server took, and how it is to answer."""

    port: int = 0
    taken: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)  # command, or RCPT and a name -> answer in place of the usual


def certificate(folder: Path) -> Path:
    """Make a certificate of 127.0.0.1 that signs itself; its key stands beside it."""
    path = folder / "cert.pem"
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    subprocess.run(
        ["openssl", "req", "-x509", *key, "-days", "9", "-keyout", "key.pem", "-out", "cert.pem", "-subj", "/CN=x",
         "-addext", "subjectAltName=IP:127.0.0.1"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    return path


def _named(line: str) -> str:
    """The name before the @ of the address in a line."""
    return line.partition("<")[2].partition("@")[0]


class _Smtp(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    mails: Mails
    tls: ssl.SSLContext
    implicit: bool


class _Session(socketserver.BaseRequestHandler):
    """One connection: STARTTLS is offered until there is TLS, then AUTH; any mail is taken."""

    server: _Smtp

    def handle(self) -> None:
        self.sock: Any = self.request
        try:
            if self.server.implicit:
                self._secure()
            self.lines = self.sock.makefile("rb")
            self._say("220 mail.example")
            while line := self.lines.readline().decode().strip():
                self.server.mails.commands.append(line)
                self._answer(line.split()[0].upper())
        except (OSError, ValueError):
            pass  # the client went away, such as one that does not believe the certificate
        finally:
            self.sock.close()

    def _say(self, *lines: str) -> None:
        self.sock.sendall("".join(f"{line}\r\n" for line in lines).encode())

    def _secure(self) -> None:
        self.sock = self.server.tls.wrap_socket(self.sock, server_side=True)
        self.lines = self.sock.makefile("rb")

    def _answer(self, word: str) -> None:
        line, answers = self.server.mails.commands[-1], self.server.mails.answers
        given = answers.get(word, next((answers[one] for one in answers if one == f"{word} {_named(line)}"), None))
        if given is not None:
            self._say(given)
        elif word == "EHLO":
            offered = () if isinstance(self.sock, ssl.SSLSocket) else ("250-STARTTLS",)
            self._say("250-mail.example", *offered, "250 AUTH PLAIN")
        elif word == "STARTTLS":
            self._say("220 go on")
            self._secure()
        elif word == "DATA":
            self._say("354 go on")
            self.server.mails.taken.append(b"".join(iter(self.lines.readline, b".\r\n")).decode())
            self._say("250 taken")
        else:
            self._say({"AUTH": "235 well", "QUIT": "221 bye"}.get(word, "250 well"))


@contextmanager
def smtp(folder: Path, *, implicit: bool = False) -> Iterator[Mails]:
    """Serve SMTP with STARTTLS, or with TLS from the first byte."""
    server = _Smtp(("127.0.0.1", 0), _Session)
    server.mails, server.implicit, server.tls = Mails(), implicit, ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.tls.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    with _served(server) as port:
        server.mails.port = port
        yield server.mails


@dataclass
class Posts:
    """What a webhook was sent, and the status it answers."""

    url: str = ""
    status: int = 204
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


@contextmanager
def webhook() -> Iterator[Posts]:
    """Serve a webhook."""
    posts = Posts()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posts.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            posts.headers.append(dict(self.headers))
            posts.paths.append(self.path)
            self.send_response(posts.status)
            self.send_header("Location", "http://127.0.0.1:9/")
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            pass

    with _served(HTTPServer(("127.0.0.1", 0), Handler)) as port:
        posts.url = f"http://127.0.0.1:{port}/hooks/T0KEN?room=desk"
        yield posts


@contextmanager
def _served(server: Any) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
