"""An address, as a page or a redirect writes it -> the URL we may ask, or the reason we may not."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

import httpx

from corpus import urls
from corpus.characters import printable
from corpus.errors import FetchError
from corpus.model import value
from corpus.reasons import Reason
from corpus.texts import about, text

WEB_PORTS = frozenset({80, 443})
MAX_URL = 2048  # characters; what every browser and server takes
MAX_VALIDATOR = 4096  # characters of an ETag or Last-Modified that we send back
MAX_CACHED = 300  # characters of an address whose check is remembered: an exchange asks for it several times

_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")  # RFC 9110, 5.5: a tab may stand in a value


# An address whose path and query are sent as they are written: no dot is a segment, nothing is to be escaped.
_AS_SENT = re.compile(r"(https?://[a-z0-9.:-]+)(/(?:[\w~/-]|\.(?=[^\W_]))*(?:\?[\w~=&.,-]+)?)", re.ASCII)


@value()
class Url:
    """What of an address a request needs; names as httpx has them.

    Attributes:
        scheme: http or https.
        raw_host: As it is sent to a name server.
        port: None where it is the scheme's usual one.
        netloc: As the header Host has it.
        raw_path: Path and query, as they are sent.
    """

    scheme: str
    raw_host: bytes
    port: int | None
    netloc: bytes
    raw_path: bytes


def check_address(address: str, ports: frozenset[int] = WEB_PORTS) -> Url:
    """Return the address as a URL we may ask.

    Raises:
        FetchError: `bad-url`, `scheme`, `userinfo` or `port`.
    """
    if len(address) <= MAX_CACHED:
        return _cached_check(address, ports)
    return _checked(address, ports)


def _quickly_checked(address: str, ports: frozenset[int]) -> Url:
    plain = _AS_SENT.fullmatch(address)
    if plain is not None:
        try:
            site = _site(plain[1] + "/", ports)
            return Url(site.scheme, site.raw_host, site.port, site.netloc, plain[2].encode("ascii"))
        except FetchError:
            pass  # it names the whole address
    return _checked(address, ports)


def _checked(address: str, ports: frozenset[int]) -> Url:
    shown = printable(address)
    if len(address) > MAX_URL:
        raise FetchError(Reason.BAD_URL, about(shown, text("expected at most {n:,} characters", n=MAX_URL)))
    url = _parsed(address, shown)
    if not urls.host(address):
        raise FetchError(Reason.BAD_URL, about(shown, text("its host is no name that can be resolved")))
    if url.port is not None and url.port not in ports:
        raise FetchError(
            Reason.PORT,
            about(shown, text("port {n} is neither usual nor one of the source's own", n=url.port)),
        )
    return url


def _parsed(address: str, shown: str) -> Url:
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, ValueError) as error:  # idna raises a kind of ValueError
        raise FetchError(
            Reason.BAD_URL, about(repr(shown), text("not an address ({why})", why=printable(str(error))))
        ) from error
    if url.scheme not in {"http", "https"}:
        raise FetchError(
            Reason.SCHEME,
            about(shown, text("{scheme}: expected http or https", scheme=printable(url.scheme) or text("no scheme"))),
        )
    if not url.raw_host:
        raise FetchError(Reason.BAD_URL, about(shown, text("expected a host")))
    if url.userinfo:
        raise FetchError(
            Reason.USERINFO,
            about(url.raw_host.decode("ascii"), text("the address has a user name: expected one without")),
        )
    return Url(url.scheme, url.raw_host, url.port, url.netloc, url.raw_path)


_site = lru_cache(256)(_checked)
_cached_check = lru_cache(1_024)(_quickly_checked)


def host_and_port(address: str) -> tuple[str, int]:
    """Return the host that a request goes to, as a name server is asked for it, and the port."""
    return _of_site("/".join(address.split("/", 3)[:3]))


@lru_cache(1_024)
def _of_site(site: str) -> tuple[str, int]:
    parts = urlsplit(site)
    return urls.host(site).strip("[]"), parts.port or (443 if parts.scheme == "https" else 80)


def sendable(value: str) -> bool:
    """Whether a validator can stand in a request as it was received: bounded, and without control characters."""
    return len(value) <= MAX_VALIDATOR and not _CONTROLS.search(value)
