"""StoredArticle -> one line of an export, JSON or CSV; the pages' downloads and `pressmark export` write the same."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from corpus.iso_dates import iso_date, iso_day
from corpus.model import StoredArticle

COLUMNS = (
    "id", "url", "source", "headline", "standfirst", "byline", "authors", "published", "day", "updated", "language",
    "section", "first_seen", "revision", "text",
)  # fmt: skip

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run
_UNWRITABLE = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])  # control signs but \t \n \r


def record(filed: StoredArticle, *, with_text: bool = True) -> dict[str, Any]:
    """Return an article as an export has it; `id` is the pressmark, dates are ISO 8601 as precise as known."""
    article = filed.article
    return {
        "id": filed.mark,
        "url": article.url,
        "source": article.source,
        "headline": article.headline,
        "standfirst": article.standfirst,
        "byline": article.byline,
        "authors": [author.name for author in article.authors],
        "published": iso_date(article.published),
        "day": iso_day(article.published),
        "updated": iso_date(article.updated),
        "language": article.language,
        "section": article.section,
        "first_seen": filed.first_seen.isoformat(timespec="seconds"),
        "revision": filed.revision,
        "text": article.body if with_text else None,
    }


def jsonl(articles: Iterable[StoredArticle], *, with_text: bool = True) -> Iterator[str]:
    """Write one JSON object a line."""
    for filed in articles:
        yield json.dumps(record(filed, with_text=with_text), ensure_ascii=False) + "\n"


def csv_lines(articles: Iterable[StoredArticle], *, with_text: bool = True) -> Iterator[str]:
    """Write a heading, then one row an article; authors are joined by "; ", formulas are quoted."""
    yield _line(COLUMNS)
    for filed in articles:
        row = record(filed, with_text=with_text)
        row["authors"] = "; ".join(row["authors"])
        yield _line([_cell(row[column]) for column in COLUMNS])


def _cell(value: object) -> str:
    text = "" if value is None else str(value).translate(_UNWRITABLE)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
