"""A host that may be asked -> an open connection to it: straight, from one interface of ours, or through a proxy.

A proxy is given the address that was checked here, so that it resolves nothing: `CONNECT 192.0.2.7:443`, or SOCKS by
address. Where config leaves names to the proxy, it is given the name; transport.py says what is checked then.
"""

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx

from corpus.errors import ConfigError, FetchError, Problem, message_of
from corpus.reasons import Reason
from corpus.runs.limits import limit_reached
from corpus.texts import about, text
from corpus.texts.system_errors import words_of
from crawler.fetching import tunnels
from crawler.fetching.errors import ConnectError, NotConnected
from crawler.fetching.transport import Resolver, is_literal
from crawler.fetching.wire import Wire

MAX_TRIED = 3  # addresses of one name that are tried: the first, and the last, which is of IPv4 where others are not
SILENT = 60.0  # seconds for which a proxy that answers nobody is not tried again
PORTS = {"http": 80, "https": 443, "socks5": 1080}


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy: `scheme` is http, https or socks5; user and password are empty where it asks for none."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = ""

    @property
    def name(self) -> str:
        """The proxy as messages name it: without user and password."""
        return f"{self.scheme}://{tunnels.authority(self.host, self.port)}"


@dataclass(frozen=True, slots=True)
class Route:
    """How connections are made.

    Attributes:
        proxy: None: straight to the host.
        ca: A file of certificates in PEM that are trusted, too.
        bind: An address of ours that connections come from, or the name of an interface; None: as the system has it.
    """

    proxy: Proxy | None = None
    ca: Path | None = None
    bind: str | None = None


STRAIGHT = Route()


@dataclass(frozen=True, slots=True)
class Dialled:
    """An open connection.

    Attributes:
        server: The address of the host; None when only the proxy knows it.
        whole_url: A request names the whole URL, since a proxy reads it.
    """

    wire: Wire
    server: str | None
    whole_url: bool = False


def proxy_of(url: str) -> Proxy:
    """Return a proxy as config writes it, such as `socks5://user:password@proxy.example:1080`."""
    parts = urlsplit(url)
    port = parts.port or PORTS[parts.scheme]
    return Proxy(parts.scheme, parts.hostname or "", port, unquote(parts.username or ""), unquote(parts.password or ""))


class Dialler:
    """Makes connections that only ever lead to addresses the resolver allows."""

    def __init__(self, resolver: Resolver, route: Route = STRAIGHT) -> None:
        """Make a dialler.

        Raises:
            ConfigError: The route cannot be used here: nothing is asked for by another way than config says.
        """
        if wrong := tuple(faults(route)):
            raise ConfigError(tuple(Problem("config.toml", None, f"crawler.{key}", why) for key, why in wrong))
        self._resolver = resolver
        self._route = route
        self._answered = self._silent_until = 0.0  # of the proxy, on the loop's clock

    @cached_property
    def _trusted(self) -> ssl.SSLContext:
        """What the first connection by TLS reads; a crawl that makes none reads no certificates."""
        return _trusted(self._route.ca)

    async def dial(self, scheme: str, host: str, port: int, silence: float) -> Dialled:
        """Connect to a host, to the first of its addresses that answers.

        Raises:
            FetchError: `dns` or `private-address`; `proxy` when the proxy is in the way, `connect` when it says that
                the host does not answer.
            ConnectError, TooSilent: No address of it answers.
        """
        answers = self._of_our_family(await self._resolver.resolve(host, port))
        tried = list(dict.fromkeys((*answers[: MAX_TRIED - 1], answers[-1])))
        for target in tried:
            try:
                return await self._reach(scheme, host, target, port, silence)
            except FetchError:  # a proxy may reach another family of addresses alone
                if target == tried[-1]:
                    raise
            except TimeoutError as error:
                if target == tried[-1]:
                    raise NotConnected(str(error)) from error
            except (OSError, ValueError) as error:  # ssl.SSLError is an OSError; a name TLS cannot send, a ValueError
                if target == tried[-1]:
                    raise ConnectError(words_of(error)) from error
        raise AssertionError("a name without an address is none we resolve")

    def _of_our_family(self, answers: tuple[str, ...]) -> tuple[str, ...]:
        """Leave out the addresses that no connection from our own address reaches, unless that leaves none."""
        bind = self._route.bind
        if bind is None or not is_literal(bind) or self._route.proxy is not None:
            return answers
        version = ip_address(bind).version
        return tuple(each for each in answers if ip_address(each.partition("%")[0]).version == version) or answers

    async def _reach(self, scheme: str, host: str, target: str, port: int, silence: float) -> Dialled:
        """Connect to one address of a host; with a proxy, `target` may be its name."""
        secure, proxy = scheme == "https", self._route.proxy
        server = target if is_literal(target) else None
        if proxy is None:
            async with asyncio.timeout(silence):
                return Dialled(await self._open(target, port, host if secure else None), server)
        wire = await self._to_proxy(proxy, silence)
        with _closed_on_failure(wire, proxy):
            if not secure and server is None and proxy.scheme != "socks5":
                return Dialled(wire, None, whole_url=True)
            async with asyncio.timeout(silence):  # the proxy may be waiting for the host: that is no fault of its own
                await tunnels.through(wire, target, port, proxy.scheme, proxy.user, proxy.password)
                return Dialled(await self._secured(wire, host) if secure else wire, server)

    async def _to_proxy(self, proxy: Proxy, silence: float) -> Wire:
        """Connect to a proxy, unless it answered nobody a short while ago."""
        now = asyncio.get_running_loop().time
        began = now()
        if began < self._silent_until:  # each address that is due would wait for it in vain
            raise _unreached(proxy, TimeoutError())
        try:
            async with asyncio.timeout(silence):
                wire = await self._open_proxy(proxy)
        except TimeoutError as error:
            if self._answered < began:  # else this connection alone was lost
                self._silent_until = now() + SILENT
            raise _unreached(proxy, error) from error
        except OSError as error:
            if limit_reached(error) is not None:
                raise
            raise _unreached(proxy, error) from error
        self._answered, self._silent_until = now(), 0.0
        return wire

    async def _open_proxy(self, proxy: Proxy) -> Wire:
        """Connect to a proxy as far as it needs no host for that."""
        wire = await self._open(proxy.host, proxy.port, proxy.host if proxy.scheme == "https" else None)
        if proxy.scheme == "socks5":
            with _closed_on_failure(wire, proxy):
                await tunnels.sign_in(wire, proxy.user, proxy.password)
        return wire

    async def _secured(self, wire: Wire, host: str) -> Wire:
        """Speak TLS on a connection that is open already."""
        inner = Wire()
        transport = await asyncio.get_running_loop().start_tls(
            wire.transport, inner, self._trusted, server_hostname=host
        )
        if transport is None:
            raise ConnectError("the connection was closed before TLS began")
        inner.connection_made(transport)
        return inner

    async def _open(self, host: str, port: int, tls: str | None) -> Wire:
        """Open one connection; `tls` is the name that its certificate must have, None: without TLS."""
        loop, bind = asyncio.get_running_loop(), self._route.bind
        secure = self._trusted if tls is not None else None
        if bind is None or is_literal(bind):
            local = None if bind is None else (bind, 0)
            _, wire = await loop.create_connection(Wire, host, port, ssl=secure, server_hostname=tls, local_addr=local)
            return wire
        family, *_, address = (await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM))[0]
        opened = _on_interface(bind, family)
        try:
            await loop.sock_connect(opened, address)
            _, wire = await loop.create_connection(Wire, sock=opened, ssl=secure, server_hostname=tls)
        except BaseException:
            opened.close()
            raise
        return wire


@contextmanager
def _closed_on_failure(wire: Wire, proxy: Proxy) -> Iterator[None]:
    """Close the connection to a proxy when the block fails; a FetchError names the proxy."""
    try:
        yield
    except FetchError as error:
        wire.close()
        raise FetchError(error.reason, about(proxy.name, message_of(error))) from error
    except BaseException:
        wire.close()
        raise


def _unreached(proxy: Proxy, error: OSError) -> FetchError:
    why = text("it did not answer in time") if isinstance(error, TimeoutError) else words_of(error)
    return FetchError(Reason.PROXY, about(proxy.name, text("the proxy cannot be reached ({why})", why=why)))


def certificate_fault(file: Path) -> str | None:
    """Return why a file of certificates (PEM) cannot be used; None: it can."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(file)
    except ssl.SSLError:
        return f'"{file}": holds no certificate: expected a file in PEM'
    except OSError as error:
        return f'"{file}": {error.strerror}: expected a file of certificates in PEM'
    return None


def faults(route: Route) -> Iterator[tuple[str, str]]:
    """Give what is wrong with a route here and now: the key of [crawler], and why it cannot be used."""
    if route.ca is not None and (fault := certificate_fault(route.ca)):
        yield "ca", fault
    if route.bind is not None:
        try:
            _try_binding(route.bind)
        except OSError as error:
            yield (
                "bind",
                f'"{route.bind}": {error.strerror or error}: expected an address or an interface of this machine',
            )


def _try_binding(bind: str) -> None:
    if not is_literal(bind):
        _on_interface(bind, socket.AF_INET).close()
        return
    family = socket.AF_INET if ip_address(bind).version == 4 else socket.AF_INET6
    with socket.socket(family, socket.SOCK_STREAM) as opened:
        opened.bind((bind, 0))


def _on_interface(name: str, family: int) -> socket.socket:
    """Return a socket whose connections leave by an interface."""
    option = getattr(socket, "SO_BINDTODEVICE", None)
    if option is None:
        raise OSError("this system binds to no interface by its name")
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.setblocking(False)
        opened.setsockopt(socket.SOL_SOCKET, option, name.encode() + b"\0")
    except BaseException:
        opened.close()
        raise
    return opened


def _trusted(ca: Path | None) -> ssl.SSLContext:
    """Certificates of the web's authorities, and those this machine trusts besides: a bare one may have none."""
    here = ssl.get_default_verify_paths()
    files = (here.cafile, here.capath, ca)
    return _reading(ca, tuple(Path(file).stat().st_mtime_ns for file in files if file and Path(file).exists()))


@lru_cache(maxsize=2)  # reading them takes a tenth of a second, and a process may make one crawl after the other
def _reading(ca: Path | None, _changed: tuple[int, ...]) -> ssl.SSLContext:
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    context.set_alpn_protocols(["http/1.1"])
    if ca is not None:
        context.load_verify_locations(ca)
    return context
