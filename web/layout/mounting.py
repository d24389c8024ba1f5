"""A request from a proxy -> the same request as its sender made it; our answer -> its links under `[web] url`.

Pages, feeds and redirects are written as if they stood at the root of a host. Where `[web] url` names another
place, every link of ours in an answer gets its path here, so that no page can forget it. A text of a stranger never
looks like such a link: in a page its quotation marks are escaped.

An address that begins with a language, such as `/de/search`, is the same page in that language, and all its links lead
on in it. Only pages and redirects carry the language: addresses in files, feeds and citations have none.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any
from urllib.parse import quote, unquote, urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, request

from web.languages.choice import split_path
from web.languages.speaking import is_page

_LINK = re.compile(r'(\s(?:href|src|action|formaction|data-url)=")/(?!/)(static/)?')
FROM_A_PROXY = "pressmark.from_a_proxy"  # in the environ: a trusted proxy passed the request on
UNKNOWN_SENDER = "pressmark.unknown_sender"  # in the environ: a proxy passed the request on, and we cannot tell whose
LANGUAGE = "pressmark.language"  # in the environ: the code of the language that the address names
FORWARDED = ("X_FORWARDED_FOR", "X_FORWARDED_PROTO", "X_FORWARDED_HOST")


@dataclass(frozen=True, slots=True)
class PublicAddress:
    """The address that readers type; `path` has no escapes, no slash at its end, and is empty at the root."""

    scheme: str
    host: str
    path: str


def public_address(url: str) -> PublicAddress:
    """Split the configured address."""
    parts = urlsplit(url)
    return PublicAddress(parts.scheme, parts.netloc, unquote(parts.path).rstrip("/"))


class Mounted:
    """A WSGI app at the public address.

    A proxy may pass the public path on or cut it off; both are understood. Who asks, by which scheme and for which
    host is read from the `X-Forwarded-...` headers of a trusted proxy; of any other sender these are dropped.
    """

    def __init__(
        self, app: WSGIApplication, url: str | None, proxies: Sequence[IPv4Network | IPv6Network] = ()
    ) -> None:
        self._app = app
        self._public = public_address(url) if url else None
        self._proxies = proxies

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        _read_forwarded(environ, self._proxies)
        if self._public is not None:
            _move(environ, self._public)
        language, environ["PATH_INFO"] = split_path(environ.get("PATH_INFO", ""))
        if language:
            environ[LANGUAGE] = language
        return self._app(environ, start_response)


def put_links_under_their_path(app: Flask) -> None:
    """Let every answer of the app name its own pages by the path it is mounted at."""
    app.after_request(_prefixed)


def _prefixed(response: Response) -> Response:
    root = root_of_addresses()
    language = request.environ.get(LANGUAGE)
    pages = f"{root}/{language}" if language else root
    if not pages:
        return response
    where = response.headers.get("Location", "")
    if where.startswith("/") and not where.startswith("//"):
        response.headers["Location"] = pages + where
    if is_page(response) and not response.is_streamed:
        text = response.get_data(as_text=True)
        response.set_data(_LINK.sub(lambda found: f"{found[1]}{root if found[2] else pages}/{found[2] or ''}", text))
    return response


def root_of_addresses() -> str:
    """Return what stands before every path of ours: the path of `[web] url`, empty at the root of a host."""
    root = request.script_root
    return quote(root) if root else ""


def _move(environ: dict[str, Any], public: PublicAddress) -> None:
    path: str = environ.get("PATH_INFO", "")
    prefix = public.path.encode().decode("latin-1")  # as WSGI writes every text
    if path == prefix or path.startswith(f"{prefix}/"):
        environ["PATH_INFO"] = path[len(prefix) :] or "/"
    environ["SCRIPT_NAME"] = prefix
    environ["wsgi.url_scheme"] = public.scheme


def _read_forwarded(environ: dict[str, Any], proxies: Sequence[IPv4Network | IPv6Network]) -> None:
    client, scheme, host = (environ.pop(f"HTTP_{name}", "") for name in FORWARDED)
    passed_on = bool(client or scheme or host or environ.get("HTTP_FORWARDED") or environ.get("HTTP_VIA"))
    environ[FROM_A_PROXY] = _is_within(environ.get("REMOTE_ADDR", ""), proxies)
    if not environ[FROM_A_PROXY]:
        environ[UNKNOWN_SENDER] = passed_on
        return
    # The last sender that is no proxy of ours: those before it are what the client itself may have written.
    senders = [each.strip() for each in client.split(",") if each.strip()]
    while len(senders) > 1 and _is_within(senders[-1], proxies):
        senders.pop()
    environ[UNKNOWN_SENDER] = not senders or not _is_address(senders[-1])
    if not environ[UNKNOWN_SENDER]:
        environ["REMOTE_ADDR"] = senders[-1]
    if (last := scheme.rpartition(",")[2].strip().lower()) in ("http", "https"):
        environ["wsgi.url_scheme"] = last
    if named := host.rpartition(",")[2].strip():
        environ["HTTP_HOST"] = named


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_within(text: str, networks: Sequence[IPv4Network | IPv6Network]) -> bool:
    return bool(networks) and _is_address(text) and any(ip_address(text) in each for each in networks)
