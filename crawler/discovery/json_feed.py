"""JSON Feed bytes -> the articles that the feed names, with their hints (jsonfeed.org, versions 1 and 1.1)."""

import json
from datetime import datetime
from typing import Any

from corpus import urls
from corpus.errors import ExtractError
from corpus.model import Discovered, Hints, PageDate, UrlKind
from corpus.people.names import fold
from corpus.reasons import Reason
from corpus.texts import about
from corpus.texts import text as sentence
from corpus.via import Via
from crawler.dates.reader import read_date
from crawler.discovery import entries
from crawler.values import Listing, only_first

MAX_ENTRIES = 1000


def looks_like_json(text: str) -> bool:
    """Whether a feed's text is JSON: an object."""
    return text.lstrip().startswith("{")


def read_json_feed(text: str, address: str, *, now: datetime) -> Listing:
    """Read a JSON Feed.

    Raises:
        ExtractError: `not-a-feed` when it is other JSON, or none.
    """
    try:
        feed = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        raise ExtractError(
            Reason.NOT_A_FEED, about(address, sentence("expected a feed, got JSON that cannot be read"))
        ) from None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise ExtractError(
            Reason.NOT_A_FEED, about(address, sentence("expected a feed, got JSON without a list of items"))
        )
    found: dict[str, Discovered] = {}
    nameless = 0
    for item in items[:MAX_ENTRIES]:
        link = _link(item, address) if isinstance(item, dict) else None
        if not link:
            nameless += 1
        elif link not in found:
            hints = _hints(item, feed, now)
            found[link] = Discovered(url=link, kind=UrlKind.ARTICLE, via=Via.FEED, parent=address, hints=hints)
    following = feed.get("next_url")
    further = urls.join(address, following) if isinstance(following, str) else None
    notes = only_first(MAX_ENTRIES, len(items)) + entries.nameless(nameless) + entries.cut_texts(found.values())
    return Listing(tuple(found.values()), further, notes)


def _link(item: dict[str, Any], address: str) -> str | None:
    for name in ("url", "id"):  # `external_url` is the page that the article speaks of
        value = item.get(name)
        if isinstance(value, str) and (name == "url" or value.startswith(("http://", "https://"))):
            return urls.join(address, value)
    return None


def _hints(item: dict[str, Any], feed: dict[str, Any], now: datetime) -> Hints:
    language = (entries.plain(item.get("language")) or entries.plain(feed.get("language")) or "")[:35] or None
    outlets = frozenset({fold(entries.plain(feed.get("title")) or "")} - {""})
    tags = item.get("tags")
    subjects = entries.keywords(tags if isinstance(tags, list) else ())
    headline = entries.plain(item.get("title"))
    text, is_cut = _story(item) or (None, False)
    texts = (item.get(name) for name in ("summary", "content_text", "content_html"))
    return Hints(
        headline=headline,
        summary=None if headline else next(filter(None, map(entries.summary, texts)), None),
        authors=entries.names(_authors(item) or _authors(feed), language=language, outlets=outlets),
        published=_date(item.get("date_published"), now),
        updated=_date(item.get("date_modified"), now),
        language=language,
        section=subjects[0] if subjects else None,
        keywords=subjects,
        text=text,
        is_cut=is_cut,
    )


def _authors(value: dict[str, Any]) -> list[object]:
    """The names of `authors`, or of `author` as version 1 has it."""
    several = value.get("authors")
    listed = several if isinstance(several, list) and several else [value.get("author")]
    return [each.get("name") for each in listed if isinstance(each, dict) and each.get("name")]


def _story(item: dict[str, Any]) -> tuple[str, bool] | None:
    for name in ("content_html", "content_text"):
        value = item.get(name)
        if isinstance(value, str) and (story := entries.story(value)):
            return story
    return None


def _date(value: object, now: datetime) -> PageDate | None:
    return read_date(value, origin="feed", now=now) if isinstance(value, str) else None
