"""The headers and cookies of a source's config -> those that a request to an address may carry.

Headers go to the source's own address: the same scheme or its upgrade to https, the same port, the exact host in any
spelling. A cookie goes where its own rule says: domain, host-only, path, `Secure`, as http.cookiejar has them, by the
same scheme and port. What a redirect has left once is not sent again on the rest of its way.
"""

from dataclasses import replace
from urllib.parse import urlsplit
from urllib.request import Request as CookieRequest

from corpus import urls
from crawler.values import Credentials

_PORTS = {"http": 80, "https": 443}


def carried(credentials: Credentials, address: str) -> tuple[tuple[str, str], ...]:
    """Return the headers a request to the address carries, a `Cookie` among them when one belongs there."""
    if not _same_way(credentials.site, address):
        return ()
    headers = credentials.headers if _same_host(credentials.site, address) else ()
    if credentials.cookies is None:
        return headers
    plain = urlsplit(address)._replace(netloc=urls.authority(address)).geturl()
    request = CookieRequest(plain)  # noqa: S310  never opened: the jar asks it for host and path
    credentials.cookies.add_cookie_header(request)
    cookie = request.unredirected_hdrs.get("Cookie")
    return (*headers, ("Cookie", cookie)) if cookie else headers


def after_redirect(credentials: Credentials, address: str) -> Credentials | None:
    """Return what may still be sent once a redirect has led to the address; None when nothing is left."""
    if not _same_way(credentials.site, address):
        return None
    same_host = _same_host(credentials.site, address)
    left = credentials if same_host else replace(credentials, headers=())
    if left.cookies is not None and not same_host and not any(name == "Cookie" for name, _ in carried(left, address)):
        left = replace(left, cookies=None)
    return left if left.headers or left.cookies is not None else None


def _same_way(site: str, address: str) -> bool:
    """Whether the address is spoken to as the site is, or better: by https, at the same port."""
    first, second = urlsplit(site), urlsplit(address)
    if second.scheme != first.scheme and (first.scheme, second.scheme) != ("http", "https"):
        return False
    return _usual(first.port, first.scheme) == _usual(second.port, second.scheme)


def _usual(port: int | None, scheme: str) -> int | None:
    """Return a port, None for the one that the scheme has anyway."""
    return None if port == _PORTS.get(scheme) else port


def _same_host(site: str, address: str) -> bool:
    return urls.host(site).rstrip(".") == urls.host(address).rstrip(".") != ""
