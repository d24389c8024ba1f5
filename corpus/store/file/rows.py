"""Values <-> columns: times, texts, dates, articles and their digests."""

import hashlib
import json
import re
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from corpus.errors import StoreDamaged
from corpus.model import Article, Author, PageDate, Precision, StoredArticle
from corpus.store.file.capture_names import capture_at, capture_column
from corpus.store.file.digests import digest_bytes, text_digest
from corpus.structure.values import Span

NO_FACTS = "{}"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Row = sqlite3.Row | Mapping[str, Any]
W = TypeVar("W", bound=StrEnum)
P = TypeVar("P", int, tuple[int, int])

_MICROSECOND = timedelta(microseconds=1)
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class Texts(NamedTuple):
    """What is stored of the texts of one revision.

    Attributes:
        facts: How they were found, as JSON; None: that stands in the row of the article.
        structure: As corpus/structure/packing.py writes it; "": read, and there is none; None: not read.
    """

    headline: str | None
    standfirst: str | None
    byline: str | None
    body: str
    facts: str | None = None
    structure: str | None = None


def stamp(when: datetime) -> int:
    """Return an aware moment as microseconds since 1970 UTC."""
    return (when - EPOCH) // _MICROSECOND


def stamp_or_none(when: datetime | None) -> int | None:
    """Return `stamp(when)`, or None."""
    return None if when is None else stamp(when)


def moment(microseconds: int) -> datetime:
    """Return the aware UTC datetime of a stamp.

    Raises:
        StoreDamaged: It is the stamp of no moment.
    """
    try:
        return EPOCH + timedelta(0, 0, microseconds)
    except (OverflowError, TypeError, ValueError):
        raise _damaged(microseconds, "a time") from None


@lru_cache(maxsize=256)  # calling an enumeration takes four times as long
def word(kind: type[W], value: str) -> W:
    """Return the member of an enumeration that a column has.

    Raises:
        StoreDamaged: It has none of its members.
    """
    try:
        return kind(value)
    except ValueError:
        raise _damaged(value, f"one of {', '.join(kind)}") from None


def json_map(value: object) -> dict[str, Any]:
    """Return the JSON object that a column has.

    Raises:
        StoreDamaged: It has none.
    """
    try:
        found = json.loads(value)  # type: ignore[arg-type]  # what is not text raises TypeError
    except (ValueError, TypeError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise _damaged(value, "a JSON object")
    return found


def further(reached: P, last: P) -> P:
    """Return the place that a walk has reached, for the next page to begin after it.

    Raises:
        StoreDamaged: It is not after the last one: the tree of a damaged file can lead back, and a walk would not end.
    """
    try:
        is_further = reached > last
    except TypeError:  # no number
        is_further = False
    if not is_further:
        raise _damaged(reached, f"a place after {last}")
    return reached


def _damaged(value: object, expected: str) -> StoreDamaged:
    said = ascii(value)[:60]
    return StoreDamaged(
        f"the store is damaged: {said} where {expected} is expected; `pressmark check --full` reads all"
    )


def moment_or_none(microseconds: int | None) -> datetime | None:
    """Return `moment(microseconds)`, or None."""
    return None if microseconds is None else moment(microseconds)


def text(value: str) -> str:
    """Return the text as UTF-8 can hold it: lone surrogates and NULs, which no page means, become U+FFFD.

    Raises:
        StoreDamaged: It is no text, as a value read from a damaged store may be.
    """
    try:
        is_plain = value.isascii() and "\x00" not in value
        return value if is_plain or _is_storable(value) else _UNSTORABLE.sub("\ufffd", value)
    except (TypeError, AttributeError):
        raise _damaged(value, "text") from None


def _is_storable(value: str) -> bool:
    """Whether UTF-8 can hold a text: to write it so takes a tenth of a look at each of its characters."""
    with suppress(UnicodeEncodeError):
        return "\x00" not in value and value.encode() is not None
    return False


def text_or_none(value: str | None) -> str | None:
    """Return `text(value)`; None and the empty string are None."""
    return text(value) if value else None


def details(article: Article) -> str:
    """Return the digest of the fields beside the text: byline, authors, dates, section and so on."""
    return _digest(
        [
            article.source,
            article.byline,
            article.dateline,
            [[author.name, author.key, author.kind] for author in article.authors],
            list(_date_columns("published", article.published).values()),
            list(_date_columns("updated", article.updated).values()),
            article.language,
            article.section,
        ]
    )


def _digest(value: object) -> str:
    return hashlib.blake2b(json.dumps(value).encode(), digest_size=16).hexdigest()


def article_columns(article: Article) -> dict[str, Any]:
    """Return the columns of `articles` that an Article fills; its texts are the revision's where it has a body."""
    of = article.capture
    return {
        **own_texts(article),
        "source": text(article.source),
        "fingerprint": text_digest(article),
        "details": digest_bytes(details(article)),
        "dateline": text_or_none(article.dateline),
        **_date_columns("published", article.published),
        **_date_columns("updated", article.updated),
        "language": text_or_none(article.language),
        "section": text_or_none(article.section),
        "fetched": stamp(article.fetched),
        "fetched_url": text_or_none(article.fetched_url),
        "capture_file": capture_column(of.file) if of else None,
        "capture_offset": of.offset if of else None,
    }


def own_texts(article: Article) -> dict[str, Any]:
    """Return the columns of `articles` for texts: empty where the article has a body, whose revision has them all."""
    if article.body:
        return {"headline": None, "standfirst": None, "byline": None, "facts": NO_FACTS}
    return {
        "headline": text_or_none(article.headline),
        "standfirst": text_or_none(article.standfirst),
        "byline": text_or_none(article.byline),
        "facts": json.dumps(article.facts),
    }


def _date_columns(name: str, date: PageDate | None) -> dict[str, Any]:
    parts: tuple[Any, ...] = (None,) * 5
    if date is not None:
        offset = None if date.offset is None else round(date.offset.total_seconds())
        parts = (stamp(date.at), date.precision.value, text(date.origin), offset, int(date.doubtful))
    return dict(zip((name, *(f"{name}_{part}" for part in _DATE_PARTS)), parts, strict=True))


_DATE_PARTS = ("precision", "origin", "offset", "doubtful")
OWN = (
    *"id mark sequence first_seen revision withdrawn copy_of url source dateline language section fetched".split(),
    *"fetched_url capture_file capture_offset facts".split(),
    *(f"{name}{part}" for name in ("published", "updated") for part in ("", *(f"_{each}" for each in _DATE_PARTS))),
)  # the columns of `articles` that `stored_article` reads, in its order


def stored_article(
    own: tuple[Any, ...], authors: tuple[Author, ...], texts: Texts, structure: tuple[Span, ...] | None = None
) -> StoredArticle:
    """Return the article of the columns `OWN` of a row of `articles`, and of the texts of its revision."""
    (
        id,
        mark,
        sequence,
        first_seen,
        revision,
        withdrawn,
        copy_of,
        url,
        source,
        dateline,
        language,
        section,
        fetched,
        fetched_url,
        file,
        offset,
        facts,
        *dates,
    ) = own
    return StoredArticle(
        id,
        mark,
        sequence,
        moment(first_seen),
        revision,
        Article(
            url=url,
            source=source,
            headline=texts.headline,
            standfirst=texts.standfirst,
            byline=texts.byline,
            authors=authors,
            dateline=dateline,
            published=_date(*dates[:5]),
            updated=_date(*dates[5:]),
            language=language,
            section=section,
            body=texts.body,
            fetched=moment(fetched),
            fetched_url=fetched_url,
            capture=capture_at(file, offset),
            structure=structure,
            facts=dict(_facts(facts if texts.facts is None else texts.facts)),
        ),
        withdrawn,
        copy_of,
    )  # fmt: skip


@lru_cache(maxsize=512)  # the articles of a site are mostly read by the same rules
def _facts(column: str) -> dict[str, Any]:
    return json_map(column)


def _date(
    at: int | None, precision: str = "", origin: str = "", offset: float | None = None, doubtful: int = 0
) -> PageDate | None:
    if at is None:
        return None
    distance = None if offset is None else timedelta(seconds=offset)
    return PageDate(moment(at), word(Precision, precision), origin, distance, bool(doubtful))


def date_map(date: PageDate | None) -> dict[str, Any] | None:
    """Return a date as JSON can hold it."""
    return None if date is None else _date_columns("at", date)


def date_of(value: Mapping[str, Any] | None) -> PageDate | None:
    """Return the date `date_map` wrote."""
    if value is None:
        return None
    offset = value["at_offset"]
    return PageDate(
        at=moment(value["at"]),
        precision=word(Precision, value["at_precision"]),
        origin=value["at_origin"],
        offset=None if offset is None else timedelta(seconds=offset),
        doubtful=bool(value["at_doubtful"]),
    )
