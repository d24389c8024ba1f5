"""The headers and cookies of a source's config -> those that a request to an address may carry.

Headers go to the source's own address: the same scheme or its upgrade to https, the same port, the exact host. A
cookie goes where its own rule says: domain, host-only, path, `Secure`, as http.cookiejar has them, by the same scheme
and port. What a redirect has left once is not sent again on the rest of its way.
"""

from collections.abc import Iterator
from dataclasses import replace
from http.cookiejar import Cookie, CookieJar, DefaultCookiePolicy
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request as CookieRequest

from corpus.errors import FetchError
from corpus.reasons import Reason
from corpus.texts import about, text
from crawler.values import Credentials

MAX_COOKIE_FILE = 1_000_000  # bytes; a browser's whole jar has less
HTTP_ONLY = "#HttpOnly_"  # how browsers' exports mark a cookie that no script may read
_PORTS = {"http": 80, "https": 443}
_FIELDS = 7


def carried(credentials: Credentials, address: str) -> tuple[tuple[str, str], ...]:
    """Return the headers a request to the address carries, a `Cookie` among them when one belongs there."""
    if not _same_way(credentials.site, address):
        return ()
    headers = tuple(credentials.headers) if _host(credentials.site) == _host(address) else ()
    if credentials.cookies is None:
        return headers
    request = CookieRequest(address)  # noqa: S310  never opened: the jar asks it for host and path
    credentials.cookies.add_cookie_header(request)
    cookie = request.unredirected_hdrs.get("Cookie")
    return (*headers, ("Cookie", cookie)) if cookie else headers


def after_redirect(credentials: Credentials, address: str) -> Credentials | None:
    """Return what may still be sent once a redirect has led to the address; None when nothing is left."""
    if not _same_way(credentials.site, address):
        return None
    same_host = _host(credentials.site) == _host(address)
    left = credentials if same_host else replace(credentials, headers=())
    if left.cookies is not None and not same_host and not any(name == "Cookie" for name, _ in carried(left, address)):
        left = replace(left, cookies=None)
    return left if left.headers or left.cookies is not None else None


def cookies_of(path: Path) -> CookieJar:
    """Read a file of cookies in Netscape's format.

    Raises:
        FetchError: `cookies`: it cannot be read; the message names the line, and quotes nothing of it.
    """
    jar = CookieJar(DefaultCookiePolicy(strict_ns_domain=DefaultCookiePolicy.DomainStrictNonDomain))
    for cookie in _cookies(path):
        if cookie.domain_specified and "." not in cookie.domain.strip("."):
            raise FetchError(
                Reason.COOKIES,
                about(str(path), text("a cookie is for a whole top-level domain: expected a site's")),
            )
        jar.set_cookie(cookie)
    return jar


def _cookies(path: Path) -> Iterator[Cookie]:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_COOKIE_FILE + 1)
        lines = content.decode("utf-8-sig").split("\n")
    except OSError as error:
        raise FetchError(
            Reason.COOKIES, about(str(path), text("cannot be read: {why}", why=str(error.strerror)))
        ) from error
    except UnicodeDecodeError:
        raise FetchError(
            Reason.COOKIES, about(str(path), text("is no text: expected cookies in Netscape's format"))
        ) from None
    if len(content) > MAX_COOKIE_FILE:
        raise FetchError(
            Reason.COOKIES,
            about(str(path), text("over {n:,} bytes: expected cookies in Netscape's format", n=MAX_COOKIE_FILE)),
        )
    for number, line in enumerate(lines, start=1):
        written = line.strip("\r").removeprefix(HTTP_ONLY)
        if written.strip() and not written.startswith("#"):
            yield _cookie(f"{path}:{number}", written)


def _cookie(place: str, line: str) -> Cookie:
    fields = line.split("\t")
    if len(fields) != _FIELDS or not line.replace("\t", "").isprintable() or not fields[0].strip("."):
        raise FetchError(
            Reason.COOKIES,
            about(place, text("expected {n} fields with tabs between them, in Netscape's format", n=_FIELDS)),
        )
    domain, everywhere, path, secure, expires, name, value = fields
    subdomains = everywhere.upper() == "TRUE" or domain.startswith(".")
    domain = "." + domain.lstrip(".") if subdomains else domain
    seconds = int(expires) if expires.isascii() and expires.isdecimal() and len(expires) < 15 else 0
    return Cookie(
        version=0,
        name=name or value,
        value=value if name else None,
        port=None,
        port_specified=False,
        domain=domain.lower(),
        domain_specified=subdomains,
        domain_initial_dot=subdomains,
        path=path or "/",
        path_specified=bool(path),
        secure=secure.upper() == "TRUE",
        expires=seconds or None,  # 0: until the browser is closed
        discard=not seconds,
        comment=None,
        comment_url=None,
        rest={},
    )


def _same_way(site: str, address: str) -> bool:
    """Whether the address is spoken to as the site is, or better: by https, at the same port."""
    first, second = urlsplit(site), urlsplit(address)
    if second.scheme != first.scheme and (first.scheme, second.scheme) != ("http", "https"):
        return False
    return _usual(first.port, first.scheme) == _usual(second.port, second.scheme)


def _usual(port: int | None, scheme: str) -> int | None:
    """Return a port, None for the one that the scheme has anyway."""
    return None if port == _PORTS.get(scheme) else port


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").rstrip(".")
