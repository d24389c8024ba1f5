"""Sitemap bytes -> the URLs it names: sitemaps, sitemap indexes, news sitemaps, plain lists, feeds."""

import html
import re
from dataclasses import replace
from datetime import datetime
from itertools import islice

from lxml import etree

from corpus import urls
from corpus.errors import ExtractError
from corpus.model import Discovered, Hints, UrlKind
from corpus.reasons import Reason
from corpus.texts import about
from corpus.texts import text as sentence
from corpus.via import Via
from crawler.dates.reader import read_date
from crawler.discovery import entries
from crawler.discovery.entries import MAX_TEXT, plain
from crawler.discovery.json_feed import looks_like_json
from crawler.fetching.inflate import gunzip
from crawler.markup.xml import plain_xml
from crawler.values import MAX_SITEMAP, Listing, only_first

MAX_URLS = 50_000  # what sitemaps.org allows
MAX_CHILDREN = 500  # sitemaps that one index may name

LOOKED_AT = 5_000  # characters in which the root of the document must begin

_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
_ROOT = re.compile(r"<(?:\w+:)?(?:urlset|sitemapindex)\b", re.IGNORECASE)
_PERIOD = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-_/]?(0[1-9]|1[0-2]))?(?!\d)")
_LOC = re.compile(r"<(?:\w+:)?loc\s*>\s*(?:<!\[CDATA\[)?\s*([^<\]]{1,2048})", re.IGNORECASE)
_IS_INDEX = re.compile(r"<(?:\w+:)?sitemapindex\b", re.IGNORECASE)


def read_sitemap(content: bytes, address: str, *, charset: str | None = None, now: datetime) -> Listing:
    """Read a sitemap, the most recent URLs first; a feed that is named as one is read as a feed.

    gzip files are inflated within limits, as far as they go; what is broken XML is read leniently. The URLs may be of
    any site: which of them are the source's is for its scope to say (crawler/discovery/scope.py).

    Raises:
        ExtractError: `empty`; `not-a-sitemap` when no URL can be read in it though it is not an empty one.
        FetchError: `too-large`, or `encoding` of a gzip file of which nothing can be read.
    """
    inflated, whole = gunzip(address, content, max_bytes=MAX_SITEMAP)
    cut: tuple[str, ...] = () if whole else ("truncated",)
    text, had_dtd = plain_xml(inflated, charset)
    if not text:
        raise ExtractError(Reason.EMPTY, about(address, sentence("expected a sitemap, got nothing")))
    if _FEED.search(text[:LOOKED_AT]) or looks_like_json(text):
        return _of_feed(inflated, address, charset, now)
    root_at = _ROOT.search(text[:LOOKED_AT])
    if root_at is None and not text.startswith("<"):
        return _of_lines(text, address, cut)
    if root_at is not None and root_at.start():
        text, cut = text[root_at.start() :], (*cut, "text-before-xml")
    root, lenient = _parse(text)
    found = [] if root is None else _of_tree(root, address, now)
    if not any(found) and lenient:
        found = _of_pattern(text, address)
        cut += only_first(MAX_URLS, len(found))
    elif root is not None:
        cut += only_first(MAX_URLS, len(root))
    if not any(found) and (root is None or _name(root) not in {"urlset", "sitemapindex"}):
        raise _no_sitemap(address, repr(text[:40]))
    if not any(found) and root is not None and len(root):
        raise ExtractError(
            Reason.NOT_A_SITEMAP,
            about(address, sentence("expected addresses in loc, got {n:,} entries without", n=len(root))),
        )
    notes = (("dtd-ignored",) if had_dtd else ()) + (("lenient",) if lenient else ()) + cut
    return _listing(found, address, notes)


def _no_sitemap(address: str, found: str) -> ExtractError:
    return ExtractError(Reason.NOT_A_SITEMAP, about(address, sentence("expected a sitemap, got {found}", found=found)))


def _of_feed(content: bytes, address: str, charset: str | None, now: datetime) -> Listing:
    from crawler.discovery.feeds import read_feed  # with feedparser, a tenth of a worker's start, and few are feeds

    try:
        listing = read_feed(content, address, charset=charset, now=now)
    except ExtractError as error:
        if error.reason != Reason.NOT_A_FEED:
            raise
        raise _no_sitemap(address, repr(content[:40])) from error
    if not listing.found:
        raise _no_sitemap(address, sentence("a feed without articles"))
    return replace(listing, notes=(*listing.notes, "a-feed"))


def _of_lines(text: str, address: str, notes: tuple[str, ...]) -> Listing:
    """A plain list of addresses, one a line."""
    lines = [line for each in text.splitlines() if (line := each.strip())]
    notes += only_first(MAX_URLS, len(lines))
    named = (line if line.startswith(("http://", "https://")) else "" for line in lines[:MAX_URLS])
    found = [_found(line, address, UrlKind.ARTICLE) for line in named]
    if not any(found):
        raise _no_sitemap(address, repr(text[:40]))
    return _listing(found, address, ("plain-list", *notes))


def _parse(text: str) -> tuple[etree._Element | None, bool]:
    """Parse strictly, else leniently; no document type, no entities, no network."""
    for recover in (False, True):
        parser = etree.XMLParser(
            encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
            remove_comments=True, remove_pis=True, recover=recover,
        )  # fmt: skip
        try:
            root = etree.fromstring(text.encode(), parser)
        except (etree.XMLSyntaxError, ValueError):
            continue
        return root, recover
    return None, True


def _of_tree(root: etree._Element, address: str, now: datetime) -> list[Discovered | None]:
    """What each entry names, the newest first; None for an entry without an address."""
    kind = UrlKind.SITEMAP if _name(root) == "sitemapindex" else UrlKind.ARTICLE
    never = datetime.min.replace(tzinfo=now.tzinfo)

    def dated(found: Discovered | None) -> datetime:
        if found is None:
            return never
        when = found.hints.published or found.hints.updated
        return when.at if when else _year_of(found.url, now) or never

    said = map(_said, islice(root, MAX_URLS))
    return sorted(
        (_found(each.get("loc", ""), address, kind, _hints(each, now)) for each in said), key=dated, reverse=True
    )


def _year_of(url: str, now: datetime) -> datetime | None:
    """When the period begins that a sitemap's name says it is of: sitemap-2024.xml, posts-2024-05.xml."""
    found = _PERIOD.search(url.rpartition("/")[2]) or _PERIOD.search(url)
    return datetime(int(found[1]), int(found[2] or 1), 1, tzinfo=now.tzinfo) if found else None


def _of_pattern(text: str, address: str) -> list[Discovered | None]:
    kind = UrlKind.SITEMAP if _IS_INDEX.search(text) else UrlKind.ARTICLE
    return [_found(html.unescape(match[1]).strip(), address, kind) for match in _LOC.finditer(text)]


def _said(node: etree._Element) -> dict[str, str]:
    """Local name -> text of a `<url>`, its news part included; image and video parts are not ours."""
    said: dict[str, str] = {}
    for child in node:
        if _name(child) == "news":
            for part in child.iter():
                said.setdefault(f"news:{_name(part)}", (part.text or "").strip()[: MAX_TEXT * 4])
        elif len(child) == 0:
            said.setdefault(_name(child), (child.text or "").strip()[:4096])
    return said


def _hints(said: dict[str, str], now: datetime) -> Hints:
    published = said.get("news:publication_date", "")
    return Hints(
        headline=plain(said.get("news:title")),
        published=read_date(published, origin="sitemap", now=now) if published else None,
        updated=read_date(said["lastmod"], origin="sitemap", now=now) if said.get("lastmod") else None,
        language=said.get("news:language", "")[:35] or None,
        keywords=entries.keywords([said.get("news:keywords", "")]),
    )


def _found(loc: str, address: str, kind: UrlKind, hints: Hints | None = None) -> Discovered | None:
    url = urls.join(address, loc) if loc else None
    if url is None:
        return None
    via = Via.SITEMAP
    if kind is UrlKind.SITEMAP:
        via = Via.SITEMAP_INDEX
    elif hints and hints.headline:
        via = Via.NEWS_SITEMAP
    return Discovered(url=url, kind=kind, via=via, parent=address, hints=hints or Hints())


def _listing(found: list[Discovered | None], address: str, notes: tuple[str, ...]) -> Listing:
    """The listing of what its entries name, None for those that name no address."""
    once = {each.url: each for each in found[:MAX_URLS] if each is not None and each.url != address}
    children = [each for each in once.values() if each.kind is UrlKind.SITEMAP]
    notes += only_first(MAX_CHILDREN, len(children)) + entries.nameless(found.count(None))
    children = children[:MAX_CHILDREN]
    pages = [each for each in once.values() if each.kind is not UrlKind.SITEMAP]
    return Listing(tuple(children or pages), None, notes)


def _name(node: etree._Element) -> str:
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""
