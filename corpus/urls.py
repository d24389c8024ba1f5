"""Any spelling of a URL -> the canonical URL that a page is known by.

Parsing follows the WHATWG standard where crawled links differ from RFC 3986 (backslashes, stray white space,
one slash for two, numeric hosts). On top of it: the fragment, tracking parameters and session ids are dropped,
the query is sorted by name, escapes are written one way. The host never changes.

No function here raises: the answer for a text that can be no page's http(s) address is None. A page is known by its
key, and fetched from its address as it was found.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urljoin

from corpus.hosts import canonical_host
from corpus.tracking import tracks

MAX_LENGTH = 4096  # longer ones are session states or traps; servers commonly refuse from 8 kB
MAX_CACHED = 300  # characters of an address whose parts are remembered: a visit asks for them a dozen times

_DEFAULT_PORTS = {"http": 80, "https": 443}
_EDGES = "".join(map(chr, range(0x21)))  # C0 controls and space
_INNER = str.maketrans("", "", "\t\n\r")
_START = re.compile(r"(https?):[/\\]*", re.IGNORECASE)
_ABSOLUTE = re.compile(r"https?://[^/?#\\\x00-\x20]", re.IGNORECASE)
_SITE = re.compile(r"https?://[^/?#\\\x00-\x20]+(?=[/?#\\]|\Z)", re.IGNORECASE)
# An address, and a path from a site's root, that is joined as it stands: without dots for folders, without parameters.
_PLAIN = r"(?:/(?!\.{1,2}(?:[/?]|\Z))[\w.~%!$&'()*+,=:@-]*)+(?:\?[\w./~%!$&'()*+,=:@-]+)?\Z"
_PLAIN_ORIGIN = r"https?://[a-z0-9.-]+(?::\d+)?"
_PLAIN_ADDRESS = re.compile(_PLAIN_ORIGIN + _PLAIN, re.ASCII)
_PLAIN_PATH = re.compile("(?!//)" + _PLAIN, re.ASCII)
_PLAIN_BASE = re.compile(f"({_PLAIN_ORIGIN})(?:[/?#]|\\Z)", re.ASCII)
# What may be canonical as it stands: nothing in its path to escape, to resolve or to drop, and no query.
_PLAIN_KEY = re.compile(
    r"(https?://[a-z0-9.-]+(?::[0-9]+)?)(?:/(?!\.{1,2}(?:/|\Z)|\([ASFXasfx]\()[\w~!$&()*+,=:@.-]*)+", re.ASCII
)
_AUTHORITY = re.compile(r"(\[[^\]]*\]|[^:]*)(?::([0-9]{0,5}))?")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})|%|[^!$&()*+,\-./0-9:;=?@A-Z_a-z~]")
_UNRESERVED = re.compile(r"[A-Za-z0-9\-._~]")
# Of Java and PHP after a segment; of ASP.NET, `/(S(4xk...))/`, as one: a session, a log-in, a form's, one or several.
_SESSION_PATH = re.compile(
    r";(?:jsessionid|phpsessid|sessionid|sid)=[^/;]*|/\((?:[ASFX]\([\w-]{1,400}\))+\)(?=/)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Parts:
    scheme: str
    host: str
    port: int | None  # None: the scheme's own
    path: str
    query: str


def canonical(url: str) -> str | None:
    """Return the canonical key of a URL, or None when it is no http(s) address a page can have.

    Refused are other schemes, user names in the address, hosts and ports that cannot be, and more than
    MAX_LENGTH characters. Canonical URLs are their own canonical form.
    """
    return _cached_canonical(url) if len(url) <= MAX_CACHED else _canonical(url)


def _canonical(url: str) -> str | None:
    plain = _PLAIN_KEY.fullmatch(url)
    if plain is not None and len(url) <= MAX_LENGTH and _origin_of(plain[1]) == plain[1]:
        return url
    parts = _parse(url)
    if parts is None:
        return None
    query = _query(parts.query)
    key = _origin(parts) + _path(parts.path) + (f"?{query}" if query else "")
    return key if len(key) <= MAX_LENGTH else None


def key_of(url: str) -> str:
    """Return what an address is known by in the store: its canonical form, or itself where it has none."""
    return canonical(url) or url


def join(base: str, link: str) -> str | None:
    """Return the absolute address of a link as a page at `base` writes it, fragment dropped; None for junk."""
    if len(link) > MAX_CACHED:
        return _joined(base, link)
    # What has a host of its own takes the scheme alone of its page, so it is read once for all pages of a site.
    return _cached_join(f"{base.partition(':')[0]}:" if _ABSOLUTE.match(link) else base, link)


def join_all(base: str, links: Iterable[str]) -> list[str | None]:
    """Return `join` of the links of one page."""
    own = f"{base.partition(':')[0]}:"
    return [
        _joined(base, link) if len(link) > MAX_CACHED else _cached_join(own if _ABSOLUTE.match(link) else base, link)
        for link in links
    ]


def _joined(base: str, link: str) -> str | None:
    if _PLAIN_ADDRESS.match(link):
        return link if _parse(link) else None
    if _PLAIN_PATH.match(link) and (site := _PLAIN_BASE.match(base)):
        return site[1] + link if _parse(site[1] + link) else None
    try:
        address = urljoin(base, _stripped(link).replace("\\", "/")).partition("#")[0]
    except ValueError:
        return None
    return address if _parse(address) else None


def host(url: str) -> str:
    """Return the host of a URL as its canonical form has it, without port; empty for junk."""
    parts = _site_parts(url)
    return parts.host if parts else ""


def origin(url: str) -> str:
    """Return scheme, host and port, such as `https://news.example:8443`; empty for junk."""
    parts = _site_parts(url)
    return _origin(parts) if parts else ""


def authority(url: str) -> str:
    """Return host and port, such as `news.example:8443`, by which a robots.txt is stored; empty for junk."""
    return origin(url).partition("://")[2]


def same_site(a: str, b: str) -> bool:
    """Tell whether two URLs are of one site: the same host and port, `www.` or a phone's `m.` or `amp.` aside."""
    found = site_of(a)
    return found is not None and found == site_of(b)


def is_other_page(url: str, address: str) -> bool:
    """Tell whether a URL is that of another page of the site of an address."""
    return same_site(url, address) and canonical(url) != canonical(address)


def site_of(url: str) -> tuple[str, int | None] | None:
    """Return what the URLs of one site have in common, as `same_site` compares it; None for junk."""
    return _cached_site(url) if len(url) <= MAX_CACHED else _found_site(url)


def _found_site(url: str) -> tuple[str, int | None] | None:
    parts = _parse(url)
    if parts is None:
        return None
    host = parts.host
    for label in ("www.", "m.", "mobile.", "amp."):
        if host.startswith(label) and "." in host[len(label) :]:
            host = host[len(label) :]
    return host, parts.port


def _site_parts(url: str) -> _Parts | None:
    """Return the parts of a URL of which scheme, host and port are wanted: they are read once for all of a site."""
    site = _SITE.match(url) if len(url) <= 2 * MAX_LENGTH else None
    return _parse(site[0] if site else url)


def _parse(url: str) -> _Parts | None:
    return _cached_parts(url) if len(url) <= MAX_CACHED else _parsed(url)


def _parsed(url: str) -> _Parts | None:
    address = _stripped(url).partition("#")[0] if len(url) <= 2 * MAX_LENGTH else ""
    start = _START.match(address)
    if start is None:
        return None
    before, _, query = address[start.end() :].partition("?")
    authority, _, path = before.replace("\\", "/").partition("/")
    found = _AUTHORITY.fullmatch(authority)
    host = canonical_host(found[1]) if found else None
    if found is None or host is None:
        return None
    scheme = start[1].lower()
    port = int(found[2]) if found[2] else None
    if port is not None and not 0 < port < 65_536:
        return None
    return _Parts(scheme, host, None if port == _DEFAULT_PORTS[scheme] else port, "/" + path, query)


def _stripped(url: str) -> str:
    """Return an address without what browsers leave out of it."""
    within = url.strip(_EDGES)
    return within if within.isprintable() else within.translate(_INNER)


@lru_cache(1_024)  # of sites, a few characters each
def _origin_of(site: str) -> str | None:
    parts = _parse(site)
    return _origin(parts) if parts else None


_cached_join = lru_cache(4_096)(_joined)
_cached_parts = lru_cache(4_096)(_parsed)
_cached_site = lru_cache(4_096)(_found_site)
_cached_canonical = lru_cache(4_096)(_canonical)  # the menu of a site stands on all of its pages


def _origin(parts: _Parts) -> str:
    return f"{parts.scheme}://{parts.host}" + (f":{parts.port}" if parts.port is not None else "")


def without_session(path: str) -> str:
    """Return a path without the session ids that servers of Java, PHP and ASP.NET write into it."""
    return _SESSION_PATH.sub("", path) if ";" in path or "(" in path else path


def _path(path: str) -> str:
    """Escape one way, resolve `.` and `..`, drop session ids."""
    resolved: list[str] = []
    segments = without_session(_escaped(path)).split("/")[1:]
    for segment in segments:
        if segment == "..":
            del resolved[-1:]
        elif segment != ".":
            resolved.append(segment)
    if segments[-1] in (".", ".."):
        resolved.append("")
    return "/" + "/".join(resolved)


def _query(query: str) -> str:
    """Escape one way, drop what tracks, sort by name; parameters of one name keep their order."""
    pairs = [
        (name, value)
        for name, _, value in (_escaped(pair).replace("%20", "+").partition("=") for pair in query.split("&") if pair)
        if not tracks(name.lower())
    ]
    pairs.sort(key=lambda pair: pair[0])
    return "&".join(f"{name}={value}" if value or not name else name for name, value in pairs)


def _escaped(text: str) -> str:
    """Write escapes in capitals, where an escape is needed; unescape letters, digits and `-._~`."""
    return _ESCAPE.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    if found[1] is not None:
        character = chr(int(found[1], 16))
        return character if _UNRESERVED.fullmatch(character) else found[0].upper()
    character = "\ufffd" if "\ud800" <= found[0] <= "\udfff" else found[0]
    return "".join(f"%{byte:02X}" for byte in character.encode())
