"""A page that names another address as its own -> whether both are one page, as far as that is seen without a request.

What needs proof, a fetch of the other address and a comparison of texts, is in crawler/visiting/proof.py.
"""

import re
from urllib.parse import parse_qsl, urlsplit

from corpus import urls
from corpus.tracking import tracks
from crawler.discovery.path_words import PRINT

_VERSION = re.compile(rf"(?:amp|{PRINT}|m|mobile?)", re.IGNORECASE)
_VERSION_QUERY = frozenset(
    {"amp", "print", "printable", "outputtype", "output", "view", "mode", "format", "layout", "m", "mobile"}
)
_VERSION_VALUE = re.compile(r"(?:1|true|yes|amp|print|printable|mobile|)", re.IGNORECASE)
_SUFFIX = re.compile(r"[.\-_]amp(?=\.html?$|$)", re.IGNORECASE)
_OF_PART = re.compile(r"(?:/(?:\w{1,12}/)?\d{1,3})?")  # what its address has after that of the first page
_PIECES = re.compile(r"[/?&=.]")
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_][a-z]{2})?", re.IGNORECASE)
_INDEX = re.compile(r"/index\.(?:html?|php|aspx?)$", re.IGNORECASE)


def same_page(here: str, there: str) -> bool:
    """Whether two addresses name one page by their spelling alone.

    They may differ in scheme, in `www.`, `m.` or `amp.` before the host, in a slash at the end or an index file, in
    tracking parameters, and in what names a version of a page for phones or paper.
    """
    return urls.same_site(here, there) and _plain(here) == _plain(there)


def is_part(here: str, there: str) -> bool:
    """Whether an address is a part of the other's page, such as its second: its path with another query or number."""
    one, other = urlsplit(here).path.rstrip("/"), urlsplit(there).path.rstrip("/")
    return one.startswith(other) and _OF_PART.fullmatch(one, len(other)) is not None


def variant(here: str, there: str) -> str | None:
    """Return the plain address of which two addresses may be variants; None when their spelling says nothing of it.

    Of addresses of one path, it is that path with the parameters they share; of versions of a page, the shorter one; of
    those that differ in capitals, as some servers take them for one, the one with fewer; of two schemes, the safe one.
    """
    one, other = urlsplit(here), urlsplit(there)
    if one.path != other.path and one.query == other.query and here.lower() == there.lower():
        return min(here, there, key=_capitals)
    if one.scheme != other.scheme and one._replace(scheme=other.scheme) == other:
        return max(here, there, key=lambda url: url.startswith("https:"))
    if (one.netloc, one.path) != (other.netloc, other.path):
        return min(here, there, key=len) if same_page(here, there) else None
    if one.query == other.query:
        return None
    common = [pair for pair in one.query.split("&") if pair and pair in other.query.split("&")]
    return urls.canonical(here.partition("?")[0] + ("?" + "&".join(common) if common else ""))


def _capitals(url: str) -> tuple[int, str]:
    return sum(map(str.isupper, url)), url


def languages(here: str, there: str) -> tuple[str, str] | None:
    """Return the languages that two addresses of a host name, where they differ in nothing else; None where they do.

    A folder, a parameter, or an ending before the last may name it, as a code of two letters with or without a country.
    """
    if urlsplit(here).netloc != urlsplit(there).netloc:
        return None
    one, other = _PIECES.split(here), _PIECES.split(there)
    differing = [pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]]
    if len(one) != len(other) or len(differing) != 1:
        return None
    mine, its = map(_LANGUAGE.fullmatch, differing[0])
    return (mine[1].lower(), its[1].lower()) if mine and its else None


def place(url: str) -> str:
    """Return an address without its query: what the redirects of several stories share when they lead to one page."""
    return url.partition("?")[0]


def _plain(url: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    parts = urlsplit(url)
    path = _SUFFIX.sub("", _INDEX.sub("/", parts.path))
    segments = [segment for segment in path.split("/") if segment and not _VERSION.fullmatch(segment)]
    query = tuple(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not tracks(name.lower()) and not _is_version(name, value)
    )
    return "/".join(segments), query


def _is_version(name: str, value: str) -> bool:
    return name.lower() in _VERSION_QUERY and _VERSION_VALUE.fullmatch(value) is not None
