"""A proxy that speaks HTTP and SOCKS 5 and notes what it was asked, and an authority that signs hosts."""

import asyncio
import base64
import ssl
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class ProxyServer:
    """A running proxy.

    Attributes:
        names: Host name -> the address that the proxy knows for it.
        login: `user:password` that it wants; None: nothing.
        asked: `CONNECT host:port`, `GET url` or `SOCKS host:port`, in order.
        forbids: Ports to which it opens no tunnel.
        away: Addresses that it does not reach.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    login: str | None = None
    forbids: frozenset[int] = frozenset()
    away: frozenset[str] = frozenset()
    asked: list[str] = field(default_factory=list)
    port: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            first = await reader.readexactly(1)
            await (self._socks(reader, writer) if first == b"\5" else self._http(first, reader, writer))
        writer.close()

    async def _http(self, first: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        method, target, _ = head.split(" ", 2)
        self.asked.append(f"{method} {target}")
        if self.login and f"Proxy-Authorization: Basic {_base64(self.login)}" not in head:
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return
        if method == "CONNECT":
            host, _, port = target.rpartition(":")
            if int(port) in self.forbids:
                writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
                return
            if host in self.away:
                writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
                return
            there = await self._open(host.strip("[]"), int(port))
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            place, _, path = target.removeprefix("http://").partition("/")
            host, _, port = place.partition(":")
            there = await self._open(host, int(port or 80))
            there[1].write(head.replace(target, f"/{path}", 1).encode("latin-1"))
        await _joined((reader, writer), there)

    async def _socks(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        methods = await reader.readexactly((await reader.readexactly(1))[0])
        wanted = 2 if self.login else 0
        writer.write(bytes((5, wanted if wanted in methods else 255)))
        if wanted not in methods:
            return
        if self.login:
            await reader.readexactly(1)
            user, password = [await reader.readexactly((await reader.readexactly(1))[0]) for _ in range(2)]
            is_wrong = f"{user.decode()}:{password.decode()}" != self.login
            writer.write(bytes((1, is_wrong)))
            if is_wrong:
                return
        kind = (await reader.readexactly(4))[3]
        size = {1: 4, 4: 16}.get(kind) or (await reader.readexactly(1))[0]
        content, port = await reader.readexactly(size), int.from_bytes(await reader.readexactly(2))
        host = content.decode() if kind == 3 else str(ip_address(content))
        self.asked.append(f"SOCKS {host}:{port}")
        if port in self.forbids:
            writer.write(b"\5\2\0\1" + bytes(6))
            return
        if host in self.away:
            writer.write(b"\5\4\0\1" + bytes(6))
            return
        try:
            there = await self._open(host, port)
        except OSError:
            writer.write(b"\5\5\0\1" + bytes(6))
            return
        writer.write(b"\5\0\0\4" + bytes(18))
        await _joined((reader, writer), there)

    async def _open(self, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection(self.names.get(host, host), port)


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


async def _joined(
    one: tuple[asyncio.StreamReader, asyncio.StreamWriter], other: tuple[asyncio.StreamReader, asyncio.StreamWriter]
) -> None:
    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, ssl.SSLError):
            while piece := await reader.read(65536):
                writer.write(piece)
                await writer.drain()
        writer.close()

    try:
        await asyncio.gather(pass_on(one[0], other[1]), pass_on(other[0], one[1]))
    finally:
        other[1].transport.abort()


@contextmanager
def proxied(proxy: ProxyServer, *, tls: ssl.SSLContext | None = None) -> Iterator[ProxyServer]:
    """Run a proxy in a thread of its own; its port is set."""
    with served(proxy.serve, "127.0.0.1", tls=tls) as port:
        proxy.port = port
        yield proxy


@contextmanager
def served(serve: Serve, host: str, *, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """Serve connections in a thread with an event loop of its own, on a free port; nothing of it is left at the end."""
    loop, ready, over, port = asyncio.new_event_loop(), threading.Event(), asyncio.Event(), 0

    async def main() -> None:
        nonlocal port
        under_way: set[asyncio.Task[None]] = set()

        async def noted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            under_way.add(task)
            with suppress(asyncio.CancelledError):
                await serve(reader, writer)
            writer.transport.abort()

        server = await asyncio.start_server(noted, host, 0, ssl=tls)
        port = server.sockets[0].getsockname()[1]
        ready.set()
        await over.wait()
        server.close()
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        await asyncio.sleep(0)

    def run() -> None:
        loop.run_until_complete(main())
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(60)
    try:
        yield port
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(10)


@cache
def _authority() -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An authority of our own")])
    made = _builder(name, name, key.public_key()).add_extension(x509.BasicConstraints(True, 0), critical=True)
    return made.sign(key, hashes.SHA256()), key


def _builder(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
    )


def authority(folder: Path) -> Path:
    """Write the certificate of the authority, and return its file."""
    file = folder / "authority.pem"
    file.write_bytes(_authority()[0].public_bytes(serialization.Encoding.PEM))
    return file


def certified(folder: Path, *names: str) -> ssl.SSLContext:
    """Return what a server of these names speaks TLS with; the authority has signed it."""
    issuer, by = _authority()
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    found: list[x509.GeneralName] = []
    for name in names:
        try:
            found.append(x509.IPAddress(ip_address(name)))
        except ValueError:
            found.append(x509.DNSName(name))
    made = _builder(subject, issuer.subject, key.public_key()).add_extension(
        x509.SubjectAlternativeName(found), critical=False
    )
    file = folder / f"{names[0]}.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.sign(by, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
