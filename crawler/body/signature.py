"""The object of a page's data that holds its story -> its titles, who signs it and its days, as the data has them."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any, NamedTuple

MAX_DEPTH = 4  # values within an author's or a day's value; within the story's object what it is about is nearer
MAX_VALUES = 2_000  # of an object, with those of the objects in it, that are looked at
MAX_AUTHORS = 500
MAX_TITLES = 20
_SECONDS = (300_000_000, 10_000_000_000)  # numbers that are seconds since 1970; a thousand times as much: milliseconds

_AUTHOR = re.compile(
    r"(?:article_?|primary_?|display_?|full_?)?(?:authors?|by_?lines?|writers?|reporters?|journalists?|creators?|contributors?)"
    r"(?:_?(?:names?|display|text|info|data|list))?|by",
    re.I,
)
_NAME = re.compile(r"(?:full_?|display_?|pen_?)?name|label|title|text|value|html|byline", re.I)
_TITLE = re.compile(r"(?:article_?|main_?|news_?|seo_?|page_?|post_?)?(?:headline|title|heading)", re.I)
_FIRST = ("firstname", "givenname", "first")
_LAST = ("lastname", "familyname", "surname", "last")
_PUBLISHED = re.compile(
    r"(?:first_?|date_?|original_?|article_?)?(?:publish(?:ed)?|publication|pub|display|issued)(?:_?(?:at|on|date|time|datetime|timestamp|utc|iso))*"
    r"|date(?:_?time)?|created(?:_?(?:at|on|date|time))?|date_?created",
    re.I,
)
_UPDATED = re.compile(
    r"(?:date_?|last_?)*(?:updated?|modified|modification)(?:_?(?:at|on|date|time|datetime|timestamp|utc|iso))*", re.I
)
_BEST = re.compile(r"publi|issued|pub_?date", re.I)
_ASIDE = re.compile(
    r"related|recommend|comment|more|next|prev|latest|popular|promo|image|video|media|photo|source", re.I
)


class Signature(NamedTuple):
    """What an object says of its story; empty or None where it says nothing.

    Attributes:
        authors: As they stand there, in their order.
        published: A day as it stands there; a number of seconds or milliseconds as ISO 8601.
        updated: Likewise.
        titles: What the objects call the story.
    """

    authors: tuple[str, ...] = ()
    published: str | None = None
    updated: str | None = None
    titles: tuple[str, ...] = ()


def signature_of(parts: Sequence[Any]) -> Signature:
    """Read who signs a story, and its days, from the objects around its text, the nearest first."""
    authors: tuple[str, ...] = ()
    published = updated = None
    titles: dict[str, None] = {}
    for part in parts:
        fields = [*_fields(part)]
        titles |= {
            " ".join(value.split()): None for key, value in fields if _is(_TITLE, key) and isinstance(value, str)
        }
        authors = authors or next(
            (names for key, value in fields if _is(_AUTHOR, key) and (names := _names(value))), ()
        )
        published = published or _first_day(fields, _PUBLISHED)
        updated = updated or _first_day(fields, _UPDATED)
    return Signature(authors, published, updated, tuple(titles)[:MAX_TITLES])


def _is(pattern: re.Pattern[str], key: str) -> bool:
    return pattern.fullmatch(key) is not None


def _fields(part: Any) -> Iterator[tuple[str, Any]]:
    """The fields of an object, then those of the objects in it, but of those about other things; MAX_VALUES in all."""
    waiting = deque([part])
    left = MAX_VALUES
    while waiting and left > 0:
        node = waiting.popleft()
        if not isinstance(node, dict):
            continue
        for key, value in islice(node.items(), left):
            yield str(key), value
            if isinstance(value, dict) and not _ASIDE.search(str(key)) and not _is(_AUTHOR, str(key)):
                waiting.append(value)
        left -= len(node)


def _names(value: Any, depth: int = 0) -> tuple[str, ...]:
    """The names in an author's field: a string, an object that is named, or a list of them."""
    if depth > MAX_DEPTH:
        return ()
    if isinstance(value, str):
        plain = " ".join(re.sub(r"<[^<>]{0,300}>", " ", value).split())
        return (plain,) if plain and not plain.startswith(("http://", "https://", "/")) and not plain.isdigit() else ()
    if isinstance(value, list):
        return tuple(dict.fromkeys(name for part in value[:MAX_AUTHORS] for name in _names(part, depth + 1)))
    if not isinstance(value, dict):
        return ()
    plain_keys = {str(key).replace("_", "").casefold(): part for key, part in value.items()}
    first, last = (
        next((plain_keys[key] for key in keys if isinstance(plain_keys.get(key), str)), "") for keys in (_FIRST, _LAST)
    )
    if first and last:
        return (f"{first} {last}",)
    for key, part in value.items():
        if _is(_NAME, str(key)) and (names := _names(part, depth + 1)):
            return names
    inner = (_names(part, depth + 1) for part in value.values() if isinstance(part, dict | list))
    return next((names for names in inner if names), ())


def _first_day(fields: Sequence[tuple[str, Any]], pattern: re.Pattern[str]) -> str | None:
    """The first day under a key of a kind; of days of publication one that says so goes before one of making."""
    found = [(key, day) for key, value in fields if _is(pattern, key) and (day := _day(value))]
    return next((day for key, day in found if _BEST.search(key)), found[0][1] if found else None)


def _day(value: Any, depth: int = 0) -> str | None:
    if isinstance(value, dict):
        inner = value.values() if depth < MAX_DEPTH else ()
        return next((day for part in inner if (day := _day(part, depth + 1))), None)
    if isinstance(value, str) and value.isdecimal() and len(value) in {10, 13}:
        value = int(value)
    if isinstance(value, str):
        return value.strip()[:100] if re.search(r"\d{1,4}", value) else None
    if isinstance(value, bool) or not isinstance(value, int | float) or value >= 1_000 * _SECONDS[1]:
        return None
    seconds = value / 1_000 if value >= _SECONDS[1] else value
    if not _SECONDS[0] <= seconds < _SECONDS[1]:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat()
