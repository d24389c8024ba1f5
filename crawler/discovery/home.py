"""Home or section page -> the URLs it leads to: feeds, sections, articles, and the page that continues it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from lxml import etree

from corpus import urls
from corpus.model import Discovered, UrlKind
from crawler.discovery import links
from crawler.markup.tree import parse
from crawler.values import Listing

MAX_FEEDS = 10  # per page; some sites offer one per tag
MAX_SECTIONS = 40  # that a home page leads to
MAX_LINKS = 2000  # of a page that are looked at

# Tried when neither the home page nor robots.txt names a feed or sitemap.
WELL_KNOWN = (
    (UrlKind.FEED, ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml")),
    (UrlKind.SITEMAP, ("/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml")),
)

_FEED_TYPE = re.compile(r"^(?:application|text)/(?:rss|atom|rdf)(?:\+xml)?\b", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|kommentar|comentario|commentaire", re.IGNORECASE)


def read_section(content: bytes, address: str, *, charset: str | None, kind: UrlKind) -> Listing:
    """Read what a home or section page leads to.

    A home page leads to feeds, sections and articles; a section page to articles and to the page that continues it.

    Raises:
        ExtractError: The page's markup is beyond our limits.
    """
    tree = parse(content, charset)
    if tree is None:
        return Listing(notes=("empty",))
    base = tree.find("head/base[@href]")
    start = (urls.join(address, base.get("href", "")) if base is not None else None) or address
    hrefs = _hrefs(tree, start)
    found = [*_feeds(tree, start, address), *from_links(hrefs, address, home=kind is UrlKind.HOME)]
    return Listing(tuple(found), _continuation(tree, start, address, hrefs), ())


def from_links(hrefs: Iterable[str], address: str, *, home: bool) -> Iterator[Discovered]:
    """Return which of a page's links lead to articles and, from a home page, to sections."""
    via = "home" if home else "section"
    sections = 0
    for href in hrefs:
        kind = links.guess(href) if urls.same_site(href, address) else None
        if kind is UrlKind.SECTION:
            sections += 1
            if not home or sections > MAX_SECTIONS:
                continue
        if kind is not None:
            yield Discovered(url=href, kind=kind, via=via, parent=address)


def well_known(address: str, *, feeds: bool, sitemaps: bool) -> tuple[Discovered, ...]:
    """Return addresses at which a site often keeps feeds and sitemaps."""
    origin = urls.origin(address)
    tried = {UrlKind.FEED: feeds, UrlKind.SITEMAP: sitemaps}
    return tuple(
        Discovered(url=origin + path, kind=kind, via="well-known", parent=address)
        for kind, paths in WELL_KNOWN
        if tried[kind]
        for path in paths
    )


def next_page(listing: Listing, address: str, kind: UrlKind, *, pages: int) -> Discovered | None:
    """Return the page that continues a listing, while fewer than `pages` are read; None past that."""
    if listing.next is None or (links.page_number(listing.next) or 2) > pages + 1:
        return None
    return Discovered(url=listing.next, kind=kind, via="next-page", parent=address)


def listed(listing: Listing) -> Listing:
    """Drop from a feed or sitemap what cannot be an article."""
    kept = (each for each in listing.found if each.kind is not UrlKind.ARTICLE or links.is_listed(each.url))
    return replace(listing, found=tuple(kept))


def _hrefs(tree: etree._Element, start: str) -> list[str]:
    found: dict[str, None] = {}
    for anchor in tree.iter("a", "area"):
        href = anchor.get("href") or ""
        link = urls.join(start, href) if href and not href.startswith("#") else None
        if link is not None and "nofollow" not in (anchor.get("rel") or "").lower().split():
            found[link] = None
        if len(found) >= MAX_LINKS:
            break
    return list(found)


def _feeds(tree: etree._Element, start: str, address: str) -> Iterator[Discovered]:
    taken: set[str] = set()
    for link in tree.iter("link"):
        rels = (link.get("rel") or "").lower().split()
        if "alternate" not in rels or not _FEED_TYPE.match(link.get("type") or ""):
            continue
        url = urls.join(start, link.get("href") or "")
        if url is None or url in taken or _COMMENTS.search(url + (link.get("title") or "")):
            continue
        taken.add(url)
        if len(taken) <= MAX_FEEDS:
            yield Discovered(url=url, kind=UrlKind.FEED, via="alternate", parent=address)


def _continuation(tree: etree._Element, start: str, address: str, hrefs: list[str]) -> str | None:
    """The page after this one: rel=next, else the link to this page's address with the next number."""
    for node in tree.iter("link", "a"):
        if "next" in (node.get("rel") or "").lower().split():
            url = urls.join(start, node.get("href") or "")
            if url and urls.same_site(url, address) and url != address:
                return url
    number = (links.page_number(address) or 1) + 1
    folder = _folder(address)
    return next((href for href in hrefs if links.page_number(href) == number and _folder(href) == folder), None)


def _folder(url: str) -> str:
    """The address of a listing without its page number."""
    parts = urlsplit(url)
    return parts.netloc + re.sub(r"/page/\d+/?$", "", unquote(parts.path)).rstrip("/")
