"""A stored article <-> the record of it in an index, from which a page shows it where its store is not at hand."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from corpus.model import Article, Author, AuthorKind, PageDate, Precision, StoredArticle
from corpus.records import stored_record
from corpus.structure import packing
from corpus.structure.checking import problem
from corpus.structure.values import Span

_KEYS = (
    "url", "source", "headline", "standfirst", "byline", "signed", "dateline", "date_details", "language", "section",
    "fetched", "fetched_url", "facts", "text",
)  # fmt: skip

STRUCTURE = "structure"  # the key of the text's spans


def packed(stored: StoredArticle) -> dict[str, Any]:
    """Return the record of an article as JSON can hold it; what the article does not say is left out."""
    shown = stored_record(stored, _KEYS) | {
        "mark": stored.mark,
        "sequence": stored.sequence,
        "first_seen": stored.first_seen.isoformat(),
        "revision": stored.revision,
    }
    record = {key: value for key, value in shown.items() if value not in (None, "", [], {})}
    spans = stored.article.structure
    return (
        record if spans is None else record | {STRUCTURE: packing.packed(spans, stored.article.body)}
    )  # "" says that there is none


def unpacked(record: Mapping[str, Any], *, id: int, copy_of: int | None = None) -> StoredArticle:
    """Return the article of a record; where its raw response is, only its store knows.

    Args:
        id, copy_of: What the article, and the leader of its copies, are known by here.
    """
    dates = record.get("date_details", {})
    article = Article(
        url=record["url"],
        source=record["source"],
        headline=record.get("headline"),
        standfirst=record.get("standfirst"),
        byline=record.get("byline"),
        authors=tuple(Author(each["name"], each["key"], AuthorKind(each["kind"])) for each in record.get("signed", ())),
        dateline=record.get("dateline"),
        published=_date(dates.get("published")),
        updated=_date(dates.get("updated")),
        language=record.get("language"),
        section=record.get("section"),
        body=record.get("text", ""),
        fetched=datetime.fromisoformat(record["fetched"]),
        fetched_url=record.get("fetched_url"),
        facts=dict(record.get("facts", {})),
        structure=_structure(record),
    )
    return StoredArticle(
        id=id,
        mark=record["mark"],
        sequence=record["sequence"],
        first_seen=datetime.fromisoformat(record["first_seen"]),
        revision=record["revision"],
        article=article,
        copy_of=copy_of,
    )


def _structure(record: Mapping[str, Any]) -> tuple[Span, ...] | None:
    """Return the spans of a record's text; None where it has none, or none of this text."""
    given = record.get(STRUCTURE)
    if not isinstance(given, str):
        return None
    try:
        spans = packing.unpacked(given, record.get("text", ""))
    except (ValueError, TypeError, LookupError, RecursionError):
        return None
    return None if problem(spans, record.get("text", "")) else spans


def _date(given: Mapping[str, Any] | None) -> PageDate | None:
    if given is None:
        return None
    return PageDate(
        at=datetime.fromisoformat(given["at"]),
        precision=Precision(given["precision"]),
        origin=given["origin"],
        offset=None if given["offset"] is None else timedelta(seconds=given["offset"]),
        doubtful=given["doubtful"],
    )
