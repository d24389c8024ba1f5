"""Feed bytes -> the articles that the feed names, with their hints: RSS, Atom and RDF by feedparser, and JSON Feed.

feedparser gets bytes, never an address; a document type is taken out before it reads (crawler/markup/xml.py).
"""

import re
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from itertools import islice
from typing import Any

import feedparser

from corpus import urls
from corpus.errors import ExtractError
from corpus.model import Discovered, Hints, LeftOut, PageDate, UrlKind
from corpus.people.names import fold
from corpus.reasons import Reason
from corpus.texts import about
from corpus.texts import text as sentence
from corpus.via import Via
from crawler.dates.order import Order, declared_order, shown_by_texts
from crawler.dates.reader import read_date
from crawler.discovery import entries
from crawler.discovery.json_feed import looks_like_json, read_json_feed
from crawler.markup.charset import decode
from crawler.markup.xml import plain_xml
from crawler.values import Listing, only_first

MAX_ENTRIES = 1000
MAX_TAGS = 200_000  # "<" in so many entries; full texts in CDATA count too
MAX_STORIES = 300  # entries whose whole text is read; a feed has the newest first
AT = "\ue000"  # stands for "@" while feedparser reads: it takes part of some addresses for the name

_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_COMMENT = re.compile(r"#(?:comment|komment|respond|disqus)\b|#comment[-_]|/comment-page-\d|#c\d{6,}", re.IGNORECASE)
# The editors of the whole feed, whom feedparser takes for the authors of every entry without one.
_EDITOR = re.compile(r"<managingEditor>[^<]{0,500}</managingEditor>", re.IGNORECASE)
_WRITERS = frozenset({"author", "writer", "reporter", "journalist", "text"})
_DAY = re.compile(r"<(?:\w+:)?date[\s>]", re.IGNORECASE)
_BORN = ("published", "created")
_CONTINUES = ("next", "prev-archive")  # relations of a feed to what comes after its entries
_MOVED = "new-feed-url"  # of podcasts, mostly, with whatever prefix a feed gives it
_AMPERSAND = re.compile(r"&(?:amp;)+")  # feedparser escapes what stands under a prefix that is not declared
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
    if looks_like_json(text := decode(content, charset)[0].lstrip("\ufeff")):
        return read_json_feed(text, address, now=now)
    text, had_dtd = plain_xml(content, charset)
    if not _START.search(text[:5000]):
        raise ExtractError(
            Reason.NOT_A_FEED,
            about(address, sentence("expected RSS, Atom or JSON Feed, got {found}", found=repr(text[:40]))),
        )
    left = only_first(MAX_ENTRIES, sum(1 for _ in _ENTRY.finditer(text)))
    text = _EDITOR.sub("", _first_entries(text), count=1)
    if text.count("<") > MAX_TAGS:
        raise ExtractError(
            Reason.HOSTILE_MARKUP,
            about(address, sentence("over {n:,} tags in {entries:,} entries", n=MAX_TAGS, entries=MAX_ENTRIES)),
        )
    try:
        read = feedparser.parse(
            BytesIO(text.replace("@", AT).encode()),
            response_headers={"content-location": address, "content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # whatever it raises over broken markup, such as the number of a character past the last
        why = " ".join(str(error).split())[:80] or sentence("its markup is broken")
        raise ExtractError(
            Reason.NOT_A_FEED, about(address, sentence("the feed cannot be read: {why}", why=why))
        ) from error
    # Of an item of RSS, Dublin Core's date is when it was published; feedparser calls it `updated`.
    is_rss = str(read.get("version", "")).startswith("rss")
    days = (*_BORN, "updated") if is_rss and _DAY.search(text) else _BORN
    written = [_restored(entry[name]) for entry in read.entries for name in (*_BORN, "updated") if name in entry]
    day_first = shown_by_texts(written)
    found: dict[str, Discovered] = {item.url: item for item in _moved(read.feed, address)}
    comments: list[LeftOut] = []
    nameless = 0
    for number, entry in enumerate(read.entries[:MAX_ENTRIES]):
        link, is_comment = _link(entry, address)
        if not link:
            nameless += 1
        elif is_comment:
            comments.append(LeftOut(url=link, reason=Reason.COMMENT, via=Via.FEED, parent=address))
        elif link not in found:
            hints = _hints(
                entry,
                read.feed,
                now,
                address=address,
                day_first=day_first,
                days=days,
                with_story=number < MAX_STORIES,
            )
            found[link] = Discovered(url=link, kind=UrlKind.ARTICLE, via=Via.FEED, parent=address, hints=hints)
    unread = sum(1 for entry in read.entries[MAX_STORIES:MAX_ENTRIES] if _may_bring_story(entry))
    left += (sentence("the texts of the first {n:,} entries were read", n=MAX_STORIES),) if unread else ()
    left += entries.nameless(nameless) + entries.cut_texts(found.values())
    notes = (("dtd-ignored",) if had_dtd else ()) + (("lenient",) if read.bozo and found else ()) + left
    return Listing(tuple(found.values()), _next(read.feed, address), notes, tuple(comments))


def _moved(feed: Any, address: str) -> list[Discovered]:
    """The feed at the address to which a feed says it has moved, read beside it; none where that is its own.

    It may be on another host. What an entry says is not heard: anyone may have written it.
    """
    named = next((_restored(said) for name, said in feed.items() if name.rpartition("_")[2] == _MOVED), "")
    url = urls.join(address, _AMPERSAND.sub("&", named)) if named else None
    if url is None or urls.key_of(url) == urls.key_of(address):
        return []
    return [Discovered(url=url, kind=UrlKind.FEED, via=Via.REDIRECT, parent=address)]


def _first_entries(text: str) -> str:
    """The feed without what comes after MAX_ENTRIES entries: each costs feedparser a third of a millisecond."""
    starts = list(islice(_ENTRY.finditer(text), MAX_ENTRIES + 1))
    if len(starts) <= MAX_ENTRIES:
        return text
    root = _START.search(text)
    name = root[0].removeprefix("<") if root else "rss"
    return text[: starts[-1].start()] + ("</channel>" if name == "rss" else "") + f"</{name}>"


def _link(entry: Any, address: str) -> tuple[str | None, bool]:
    """The article's address, and whether the entry is a reader's comment on it."""
    link = _restored(entry.get("feedburner_origlink") or entry.get("link") or "")
    if not link and str(entry.get("id", "")).startswith(("http://", "https://")):
        link = _restored(entry.id)
    is_comment = bool(_COMMENT.search(link))
    return (urls.join(address, link) if link else None), is_comment


def _hints(
    entry: Any,
    feed: Any,
    now: datetime,
    *,
    address: str,
    day_first: bool | None,
    days: tuple[str, ...],
    with_story: bool,
) -> Hints:
    """Return what an entry says of its story.

    Args:
        day_first: How the dates of the feed show that it writes 3/4/2024; None: its language and its host decide.
        days: The fields for when the entry was published, the best first.
    """
    language = (_plain(entry.get("language")) or _plain(feed.get("language")) or "")[:35] or None
    order = declared_order(language, (), address) if day_first is None else Order(day_first)
    outlets = frozenset({fold(_plain(feed.get("title")) or "")} - {""})
    subjects = entries.keywords(_restored(tag.get("label") or tag.get("term")) for tag in entry.get("tags", ()))
    headline = _plain(entry.get("title"))
    text, is_cut = (_story(entry) if with_story else None) or (None, False)
    return Hints(
        headline=headline,
        summary=None if headline else entries.summary(_restored(entry.get("summary"))),
        authors=entries.names(_authors(entry) or _authors_of_feed(feed), language=language, outlets=outlets),
        published=next(filter(None, (_date(entry, name, order, now) for name in days)), None),
        updated=_date(entry, "updated", order, now),
        language=language,
        section=subjects[0] if subjects else None,
        keywords=subjects,
        text=text,
        is_cut=is_cut,
    )


def _authors(entry: Any) -> list[str]:
    """The author fields of an entry as they stand: `author`, `dc:creator`, and the writers of Media RSS."""
    named = [_restored(author.get("name")) for author in entry.get("authors", ()) if author.get("name")]
    if not named and entry.get("author"):
        named = [_restored(entry.get("author"))]
    writers = (credit for credit in entry.get("media_credit", ()) if str(credit.get("role", "")).lower() in _WRITERS)
    return named or [_restored(credit.get("content")) for credit in writers]


def _authors_of_feed(feed: Any) -> list[str]:
    """The authors of the whole feed. RSS has a managing editor too, who answers for the paper and wrote none of it."""
    editor = feed.get("publisher_detail", {}).get("name"), feed.get("managingeditor")
    return [
        name for author in feed.get("authors", ()) if (name := _restored(author.get("name"))) and name not in editor
    ]


def _story(entry: Any) -> tuple[str, bool] | None:
    """The whole text, when the entry brings it, in its field or in one for a summary; and whether it is cut."""
    contents = [_restored(part.get("value")) for part in entry.get("content", ())]
    whole = entries.story(max(contents, key=len, default=""))
    return whole or entries.story(_restored(entry.get("summary")), summary=True)


def _may_bring_story(entry: Any) -> bool:
    return bool(entry.get("content")) or len(entry.get("summary") or "") >= entries.MIN_STORY


def _restored(value: object) -> str:
    return value.replace(AT, "@") if isinstance(value, str) else ""


def _plain(value: object) -> str | None:
    return entries.plain(_restored(value))


def _date(entry: Any, name: str, order: Order, now: datetime) -> PageDate | None:
    if name not in entry:  # feedparser would give `published` for a missing `updated`, with a warning
        return None
    date = read_date(_restored(entry[name]), origin="feed", now=now)
    if date is None or not date.doubtful:  # nearly all: it says itself which number is the day
        return date
    date = read_date(_restored(entry[name]), origin="feed", now=now, day_first=order.day_first)
    return replace(date, doubtful=True) if date and order.disputed else date


def _next(feed: Any, address: str) -> str | None:
    """The feed's next page, or the archive before it, which a feed in parts names in place of a page (RFC 5005)."""
    links = feed.get("links", ())
    for rel in _CONTINUES:
        for link in links:
            if link.get("rel") == rel and link.get("href"):
                return urls.join(address, _restored(link["href"]))
    return None
