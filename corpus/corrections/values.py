"""What a person says of an article in place of what was read -> the article as it reads with that.

A value is plain data, as JSON holds it: a headline, section or language is a text or null; authors are a list of
objects with `name`, `key` and `kind`; a date is null or an object with `at`, `precision`, `origin`, `offset` (seconds)
and `doubtful`; a kind is `article` or `not-article`; copies are true (the same story) or false.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from corpus.model import Article, Author, AuthorKind, PageDate, Precision

BY_HAND = "hand"  # the origin of a date that a person gave
MOST_AUTHORS = 100
LONGEST = 2_000  # characters of a text
_ANY_ZONE = timedelta(days=1)  # from the first and the last moment of the calendar: a minute is shown in any time zone


class Field(StrEnum):
    """What can be corrected."""

    AUTHORS = "authors"
    PUBLISHED = "published"
    HEADLINE = "headline"
    SECTION = "section"
    LANGUAGE = "language"
    KIND = "kind"
    COPIES = "copies"


class Kind(StrEnum):
    """What an address holds, as a person says."""

    ARTICLE = "article"
    NOT_ARTICLE = "not-article"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One correction that stands, or stood.

    Attributes:
        id: The store's number for it.
        url: Of the article, or of an address that gave none.
        value: What holds, as plain data.
        said: What was read when it was corrected, as plain data.
        other: Of `copies`, the URL of the other article.
        undone: When it was undone; None: it stands.
    """

    id: int = 0
    url: str
    field: Field
    value: Any
    said: Any = None
    other: str | None = None
    who: str
    why: str = ""
    at: datetime
    undone: datetime | None = None


def value_of(article: Article, field: Field) -> Any:
    """Return what an article says in a field, as plain data; None for `kind` and `copies`, which no article says."""
    match field:
        case Field.AUTHORS:
            return authors_value(article.authors)
        case Field.PUBLISHED:
            return date_value(article.published)
        case Field.HEADLINE:
            return article.headline
        case Field.SECTION:
            return article.section
        case Field.LANGUAGE:
            return article.language
        case _:
            return None


def with_values(article: Article, values: Mapping[str, Any]) -> Article:
    """Return the article with these values in place of its own; `kind` and `copies` change nothing in it.

    Raises:
        ValueError: A value is not of its field.
    """
    changed = {str(field): read_value(field, values[field]) for field in _OF_ARTICLE if field in values}
    return replace(article, **changed) if changed else article


def read_value(field: Field, value: Any) -> Any:
    """Return the value of a field as the model has it.

    Raises:
        ValueError: It is not of this field.
    """
    try:
        match field:
            case Field.AUTHORS:
                return _authors(value)
            case Field.PUBLISHED:
                return _date(value)
            case Field.KIND:
                return Kind(value)
            case Field.COPIES:
                if not isinstance(value, bool):
                    raise ValueError(value)
                return value
            case _:
                if value is not None and not (isinstance(value, str) and 0 < len(value) <= LONGEST):
                    raise ValueError(value)
                return value
    except (KeyError, TypeError, AttributeError, OverflowError, ValueError):
        raise ValueError(f"{field}: {ascii(value)[:80]} is no value of this field") from None


def authors_value(authors: Iterable[Author]) -> list[dict[str, str]]:
    """Return authors as plain data."""
    return [{"name": each.name, "key": each.key, "kind": each.kind.value} for each in authors]


def date_value(date: PageDate | None) -> dict[str, Any] | None:
    """Return a date as plain data."""
    if date is None:
        return None
    return {
        "at": date.at.isoformat(),
        "precision": date.precision.value,
        "origin": date.origin,
        "offset": None if date.offset is None else date.offset.total_seconds(),
        "doubtful": date.doubtful,
    }


_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
_OF_ARTICLE = (Field.AUTHORS, Field.PUBLISHED, Field.HEADLINE, Field.SECTION, Field.LANGUAGE)


def _authors(value: Any) -> tuple[Author, ...]:
    if not isinstance(value, list) or len(value) > MOST_AUTHORS:
        raise ValueError(value)
    found = tuple(Author(str(each["name"]), str(each["key"]), AuthorKind(each["kind"])) for each in value)
    if not all(each.name and each.key and len(each.name) <= LONGEST for each in found):
        raise ValueError(value)
    return found


def _date(value: Any) -> PageDate | None:
    if value is None:
        return None
    at = datetime.fromisoformat(value["at"])
    offset = None if value.get("offset") is None else timedelta(seconds=float(value["offset"]))
    if at.tzinfo is None or (offset is not None and abs(offset) >= timedelta(hours=24)):
        raise ValueError(value)
    precision = Precision(value["precision"])
    if precision is Precision.MINUTE and not _FIRST + _ANY_ZONE <= at <= _LAST - _ANY_ZONE:
        raise ValueError(value)
    origin, doubtful = str(value.get("origin", BY_HAND)), bool(value.get("doubtful"))
    return PageDate(at.astimezone(UTC), precision, origin, offset, doubtful)
