"""Articles, visits and a store to try them on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from corpus.model import Article, Author, Outcome, PageDate, Precision, Run, UrlState, Visit
from corpus.store import ArticleStore

NOW = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
ANA = Author("Ana Pérez", "ana-perez")
LI = Author("Li Wei", "li-wei")


def article(number: int = 1, **fields: Any) -> Article:
    """Return an article that differs from others by its number."""
    given: dict[str, Any] = {
        "url": f"https://news.example/{number}",
        "source": "news.example",
        "headline": f"Flood defences held, part {number}",
        "body": f"The walls came in time.\n\nThey held for {number} nights.",
        "authors": (ANA,),
        "published": PageDate(NOW - timedelta(days=number), Precision.DAY, "json-ld"),
        "fetched": NOW,
    }
    return Article(**given | fields)


def visit(read: Article | None = None, **fields: Any) -> Visit:
    """Return a visit that read this article, or none."""
    given: dict[str, Any] = {
        "url": read.url if read else "https://news.example/1",
        "at": NOW,
        "outcome": Outcome.NEW,
        "state": UrlState.WAITING,
        "due": LATER,
        "article": read,
    }
    return Visit(**given | fields)


def begun(store: ArticleStore) -> Run:
    """A run of no source, as it would end at once."""
    with store.runs.begin([], started=NOW) as claim:
        return replace(claim.run, ended=NOW, status="ok")
