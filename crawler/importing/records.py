"""One record of a JSONL file -> Article: generous in how keys are spelled, strict in what they hold."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from corpus import urls
from corpus.errors import ImportFailed
from corpus.model import Article, Author, PageDate
from corpus.people.names import fold
from crawler.dates.reader import read_date

# The first key that holds something counts. Exports of other tools are named as they name things.
KEYS: dict[str, tuple[str, ...]] = {
    "url": ("url", "link", "address", "source_url", "canonical_url", "id"),
    "headline": ("headline", "title", "name"),
    "standfirst": ("standfirst", "description", "summary", "abstract", "deck", "subtitle"),
    "byline": ("byline",),
    "authors": ("authors", "author", "creator", "creators", "by"),
    "published": ("published", "date", "date_publish", "publish_date", "pubdate", "datePublished", "published_at"),
    "updated": ("updated", "modified", "date_modify", "dateModified", "updated_at"),
    "body": ("text", "body", "content", "maintext", "raw_text", "article"),
    "language": ("language", "lang"),
    "section": ("section", "category", "categories"),
    "source": ("source", "site", "publisher", "source_domain", "hostname", "domain"),
}
MAX_AUTHORS = 50

_SEPARATOR = re.compile(r"\s*(?:;|\||\n|,(?!\s*(?:jr|sr|ph\.?d|m\.?d)\b))\s*|\s+(?:and|&)\s+", re.IGNORECASE)


def record_article(record: Any, *, place: str, source: str | None, now: datetime) -> Article:
    """Read one record.

    Args:
        record: A decoded JSON value; an object with at least a text.
        place: Where it stands, `file:line`; it names the article that has no URL.
        source: The source to file it under; None takes the record's own, then the URL's host.
        now: When it was taken in; aware UTC.

    Raises:
        ImportFailed: It is no article; the message says what was expected.
    """
    if not isinstance(record, Mapping):
        raise ImportFailed(f'{place}: expected an object such as {{"url": ..., "title": ..., "text": ...}}')
    body = _text(record, "body", place)
    if not body:
        raise ImportFailed(f'{place}: no text: expected a key "text" (or {", ".join(KEYS["body"][1:])})')
    url = _url(record, place)
    return Article(
        url=url,
        source=source or _text(record, "source", place) or urls.host(url) or "imported",
        headline=_text(record, "headline", place),
        standfirst=_text(record, "standfirst", place),
        byline=_text(record, "byline", place),
        authors=_authors(record, place),
        published=_date(record, "published", place, now),
        updated=_date(record, "updated", place, now),
        language=_text(record, "language", place),
        section=_text(record, "section", place),
        body=paragraphs(body),
        fetched=now,
        facts={"import": place},
    )


def paragraphs(text: str) -> str:
    """Return plain text as paragraphs separated by one blank line, however its lines were broken."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = re.split(r"\n\s*\n", text) if re.search(r"\n\s*\n", text) else text.split("\n")
    return "\n\n".join(kept for part in parts if (kept := " ".join(part.split())))


def _value(record: Mapping[str, Any], field: str) -> Any:
    return next((record[key] for key in KEYS[field] if record.get(key) not in (None, "", [], {})), None)


def _text(record: Mapping[str, Any], field: str, place: str) -> str | None:
    value = _value(record, field)
    if isinstance(value, list) and value and field == "section":
        value = value[0]
    if value is None or isinstance(value, str):
        return (value or "").strip() or None
    raise ImportFailed(f"{place}: {field} = {str(value)[:60]}: expected a text")


def _url(record: Mapping[str, Any], place: str) -> str:
    value = _value(record, "url")
    if isinstance(value, str) and (canonical := urls.canonical(value)):
        return canonical
    if isinstance(value, str) and "://" in value:
        raise ImportFailed(f"{place}: url = {value[:80]!r}: expected an address such as https://gazette.example/story")
    return f"import:{place if value is None else value}"


def _authors(record: Mapping[str, Any], place: str) -> tuple[Author, ...]:
    value = _value(record, "authors")
    items = value if isinstance(value, list) else [] if value is None else [value]
    names: list[str] = []
    for item in items[:MAX_AUTHORS]:
        name = item.get("name") if isinstance(item, Mapping) else item
        if not isinstance(name, str):
            raise ImportFailed(f"{place}: authors = {str(value)[:60]}: expected names")
        names += [name] if isinstance(value, list) else _SEPARATOR.split(name)
    cleaned = (" ".join(name.split()) for name in names)
    return tuple(dict.fromkeys(Author(name, fold(name)) for name in cleaned if fold(name)))


def _date(record: Mapping[str, Any], field: str, place: str, now: datetime) -> PageDate | None:
    value = _value(record, field)
    if value is None:
        return None
    written = str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    found = read_date(written, origin="import", now=now, historic=True)
    if found is None:
        raise ImportFailed(
            f"{place}: {field} = {str(value)[:60]!r}: expected a date such as 2024-03-01 or 2024-03-01T14:05Z"
        )
    return found
