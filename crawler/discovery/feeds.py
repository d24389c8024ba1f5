"""Feed bytes -> the articles it names, with what it says of them. RSS, Atom and RDF, by feedparser.

feedparser gets bytes, never an address; a document type is taken out before it reads (crawler/markup/xml.py).
"""

import html
import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from itertools import islice
from typing import Any

import feedparser

from corpus import urls
from corpus.errors import ExtractError
from corpus.model import Discovered, Hints, PageDate, UrlKind
from crawler.dates.reader import read_date, writes_day_first
from crawler.markup.xml import plain_xml
from crawler.values import Listing

MAX_ENTRIES = 1000
MAX_TAGS = 200_000  # "<" in so many entries; full texts in CDATA count too
MAX_AUTHORS = 20
MAX_TEXT = 500  # signs of a headline or name

_TAG = re.compile(r"<[^<>]{0,500}>")
_SPACE = re.compile(r"\s+")
_NAME_OF_ADDRESS = re.compile(r"\(([^()@]{2,100})\)")  # desk@gazette.example (Ana Pérez)
_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_START = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)


def read_feed(content: bytes, address: str, *, charset: str | None = None, now: datetime) -> Listing:
    """Read a feed.

    Args:
        content: The inflated bytes.
        address: Where it was fetched; relative links start from it.
        now: When it was fetched; a date far after it is doubtful.

    Raises:
        ExtractError: `not-a-feed` when it is none; `hostile-markup`.
    """
    text, had_dtd = plain_xml(content, charset)
    if not _START.search(text[:5000]):
        raise ExtractError("not-a-feed", f"{address}: expected RSS or Atom, got {text[:40]!r}")
    text = _first_entries(text)
    if text.count("<") > MAX_TAGS:
        raise ExtractError("hostile-markup", f"{address}: over {MAX_TAGS:,} tags in {MAX_ENTRIES:,} entries")
    read = feedparser.parse(
        BytesIO(text.encode()),
        response_headers={"content-location": address, "content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    found: dict[str, Discovered] = {}
    for entry in read.entries[:MAX_ENTRIES]:
        link = _link(entry, address)
        if link and link not in found:
            hints = _hints(entry, _text(read.feed.get("language")), now)
            found[link] = Discovered(url=link, kind=UrlKind.ARTICLE, via="feed", parent=address, hints=hints)
    notes = (("dtd-ignored",) if had_dtd else ()) + (("lenient",) if read.bozo and found else ())
    return Listing(tuple(found.values()), _next(read.feed, address), notes)


def _first_entries(text: str) -> str:
    """The feed without what comes after MAX_ENTRIES entries: each costs feedparser a third of a millisecond."""
    starts = list(islice(_ENTRY.finditer(text), MAX_ENTRIES + 1))
    if len(starts) <= MAX_ENTRIES:
        return text
    root = _START.search(text)
    name = root[0].removeprefix("<") if root else "rss"
    return text[: starts[-1].start()] + ("</channel>" if name == "rss" else "") + f"</{name}>"


def _link(entry: Any, address: str) -> str | None:
    link = entry.get("feedburner_origlink") or entry.get("link") or ""
    if not link and str(entry.get("id", "")).startswith(("http://", "https://")):
        link = entry.id
    return urls.join(address, str(link)) if link else None


def _hints(entry: Any, language: str | None, now: datetime) -> Hints:
    return Hints(
        headline=_text(entry.get("title")),
        authors=tuple(dict.fromkeys(_authors(entry)))[:MAX_AUTHORS],
        published=_date(entry, "published", language, now),
        updated=_date(entry, "updated", language, now),
        language=(_text(entry.get("language")) or language or "")[:35] or None,
        section=_text(next((tag.get("term") for tag in entry.get("tags", ()) if tag.get("term")), None)),
    )


def _authors(entry: Any) -> Iterator[str]:
    printed = str(entry.get("author", ""))
    if "@" in printed:  # feedparser takes part of an address for the name where the top-level domain is long
        named = _NAME_OF_ADDRESS.search(printed)
        names = [named[1]] if named else []
    else:
        names = [author.get("name") for author in entry.get("authors", ()) if isinstance(author, dict)]
    yield from (name for name in map(_text, names) if name and "@" not in name)


def _text(value: object) -> str | None:
    """Plain text of a value that may hold markup, escaped once too often or not."""
    if not isinstance(value, str) or not value.strip():
        return None
    plain = html.unescape(_TAG.sub(" ", html.unescape(value[: MAX_TEXT * 8])))
    return _SPACE.sub(" ", plain).strip()[:MAX_TEXT] or None


def _date(entry: Any, name: str, language: str | None, now: datetime) -> PageDate | None:
    if name not in entry:  # feedparser would give `published` for a missing `updated`, with a warning
        return None
    return read_date(str(entry[name]), origin="feed", now=now, day_first=writes_day_first(language))


def _next(feed: Any, address: str) -> str | None:
    for link in feed.get("links", ()):
        if link.get("rel") == "next" and link.get("href"):
            return urls.join(address, str(link["href"]))
    return None
