"""A file of cookies in Netscape's format -> the jar of a source."""

from collections.abc import Iterator
from http.cookiejar import Cookie, CookieJar, DefaultCookiePolicy
from pathlib import Path

from corpus.errors import FetchError
from corpus.hosts import canonical_host
from corpus.reasons import Reason
from corpus.texts import about, text

MAX_COOKIE_FILE = 1_000_000  # bytes; a browser's whole jar has less
HTTP_ONLY = "#HttpOnly_"  # how browsers' exports mark a cookie that no script may read
_FIELDS = 7


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
    host = canonical_host(domain.lstrip(".")) or domain.lstrip(".").lower()
    seconds = int(expires) if expires.isascii() and expires.isdecimal() and len(expires) < 15 else 0
    return Cookie(
        version=0,
        name=name or value,
        value=value if name else None,
        port=None,
        port_specified=False,
        domain=f".{host}" if subdomains else host,
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
