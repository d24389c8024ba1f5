"""A response on its way out: security headers, ETag, gzip."""

import hashlib
from functools import lru_cache

from flask import Flask, Response, request
from isal import igzip
from werkzeug.http import parse_accept_header

from web.languages.speaking import vary
from web.layout.notes import noted

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "interest-cohort=()",
    "Cache-Control": "private, no-cache",  # stored by browsers, which ask each time
}
_USUAL = [(name.lower(), name, value) for name, value in HEADERS.items()]
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_RANGE")
MIN_GZIP = 600  # bytes; a smaller answer fits into one packet as it is
LEVEL = 2  # of ISA-L: 28 kB in .06 ms; level 3 takes .11 for a sixtieth less, zlib .4 for a twentieth
CACHED = 200_000  # bytes of an answer that stays in memory, packed, for the next who asks for the same
PLAIN = ("image/", "font/")


def finish(app: Flask) -> None:
    """Let every response of the app pass through here."""
    app.after_request(_headers)
    app.after_request(_tagged)  # flask runs these in reverse: gzip, then ETag, of a quarter of the bytes, then headers
    app.after_request(_compressed)
    app.after_request(noted)


def say_whole(response: Response, *, is_whole: bool) -> None:
    """Say in a header whether an answer has all of what it is a list of."""
    response.headers["Pressmark-Complete"] = "yes" if is_whole else "no"


def _headers(response: Response) -> Response:
    given = _names(response)
    response.headers.extend([(name, value) for small, name, value in _USUAL if small not in given])
    return response


def _names(response: Response) -> list[str]:
    """The names of the headers an answer has, in small letters; to ask for one that is not there takes much longer."""
    return [name.lower() for name, _ in response.headers]


def _is_streamed(response: Response) -> bool:
    """Whether the bytes are not in memory: a stream, or a file that the server sends by itself."""
    return response.is_streamed or response.direct_passthrough


def _tagged(response: Response) -> Response:
    """Tag an answer by its bytes: whatever it was made of, the same bytes need not be sent twice."""
    environ = request.environ
    if response.status_code != 200 or _is_streamed(response) or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return response
    if "etag" not in _names(response):  # who made it may know it by what it was made of
        digest = hashlib.sha256(response.get_data()).hexdigest()[:24]  # processors have it built in
        response.set_etag(digest, weak=True)  # weak: packed by another version, it is the same answer
    if any(name in environ for name in CONDITIONS):
        response.make_conditional(environ)
    return response


@lru_cache(maxsize=64)
def _packed(data: bytes) -> bytes:
    packed: bytes = igzip.compress(data, LEVEL, mtime=0)
    return packed


@lru_cache(maxsize=64)
def _takes_gzip(header: str) -> bool:
    return parse_accept_header(header or None).quality("gzip") > 0


def _compressed(response: Response) -> Response:
    if _is_streamed(response) or (response.mimetype or "").startswith(PLAIN):
        return response
    vary(response, "Accept-Encoding")
    if (
        response.status_code in (204, 304)
        or not _takes_gzip(request.environ.get("HTTP_ACCEPT_ENCODING", ""))
        or "content-encoding" in _names(response)
        or (response.content_length or 0) < MIN_GZIP
    ):
        return response
    data = response.get_data()
    response.set_data((_packed if len(data) <= CACHED else _packed.__wrapped__)(data))
    response.headers["Content-Encoding"] = "gzip"
    return response
