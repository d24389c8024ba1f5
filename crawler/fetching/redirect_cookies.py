"""A chain of redirects that leads back to its start -> the cookies that its answers set, for one more try.

Some sites send each reader once to set a cookie, and back. What is set goes to the origin that set it alone, counts for
this one chain, and is forgotten with it.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from corpus import urls
from crawler.fetching.address import sendable

MAX_COOKIES = 20  # of an origin; a page of a paper sets some five
MAX_COOKIE = 4_096  # characters, as browsers have it


def cookies_set(headers: Iterable[tuple[str, str]], address: str, known: dict[str, str]) -> dict[str, str]:
    """Return the `Cookie` header for each origin, with what an answer from the address sets added."""
    if not urlsplit(address).hostname:
        return known
    origin = urls.origin(address)
    jar = dict(pair.split("=", 1) for pair in known.get(origin, "").split("; ") if "=" in pair)
    for name, value in headers:
        pair = value.partition(";")[0].strip()
        key, _, content = pair.partition("=")
        if name != "set-cookie" or not key.strip() or len(pair) > MAX_COOKIE or not sendable(pair):
            continue
        if len(jar) < MAX_COOKIES or key.strip() in jar:
            jar[key.strip()] = content.strip()
    return known | {origin: "; ".join(f"{key}={content}" for key, content in jar.items())} if jar else known
