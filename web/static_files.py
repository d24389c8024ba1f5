"""The static files of the pages: style sheets and scripts, and their addresses."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Response, request

from web.layout import problems

STATIC = Path(__file__).parent / "static"
TYPES = {".css": "text/css", ".js": "text/javascript"}


@cache
def address(name: str) -> str:
    """Return the address of a static file; it changes with the file, so that browsers may keep it for ever."""
    digest = hashlib.blake2s((STATIC / name).read_bytes(), digest_size=6).hexdigest()
    return f"/static/{name}?{digest}"


def give(name: str) -> Response:
    """Answer with a static file; one of another name or kind is not found."""
    path = STATIC / name
    if path.suffix not in TYPES or path.parent != STATIC or not path.is_file():
        return problems.page(404)
    response = Response(path.read_bytes(), mimetype=TYPES[path.suffix])
    fresh = request.query_string.decode("ascii", "replace") == address(name).partition("?")[2]
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if fresh else "no-cache"
    return response
