"""Receipts and days as the health tests need them."""

from datetime import date, datetime, timedelta

from corpus.health.values import Day, Past
from corpus.runs.receipts import SourceReceipt
from tests.corpus.samples import NOW

NIGHT = timedelta(days=1)


def receipt(ago: int = 0, counts: dict[str, dict[str, int]] | None = None, **figures: object) -> SourceReceipt:
    """The receipt of a run so many nights ago: ten articles that were read, where nothing else is given."""
    at = NOW - ago * NIGHT
    usual: dict[str, object] = {
        "lists": 1, "had": 10, "stories": 10, "requests": 11, "fetching": timedelta(seconds=11), "moved_to": "",
    }  # fmt: skip
    counts = {"new": {"": 10}, "read": {"": 1}} if counts is None else counts
    return SourceReceipt(source="a", state="done", started=at, ended=at, counts=counts, **(usual | figures))  # type: ignore[arg-type]


def lost(
    ago: int = 0, *, had: int = 0, word: str = "http-500", outcome: str = "failed", lost: int = 10
) -> SourceReceipt:
    """The receipt of a run in which stories were lost."""
    counts = {"new": {"": had}, outcome: {word: lost}, "read": {"": 1}}
    return receipt(ago, counts, had=had, lost=lost, stories=had)


def past(
    *recent: SourceReceipt, days: tuple[Day, ...] = (), usual: tuple[SourceReceipt, ...] = (), has_articles: bool = True
) -> Past:
    return Past(source="a", recent=recent, usual=usual, days=days, has_articles=has_articles)


def days(*new: int, last: datetime = NOW) -> tuple[Day, ...]:
    """The last so many days, each with its new articles."""
    first: date = last.date() - timedelta(days=len(new) - 1)
    return tuple(Day(first + timedelta(days=number), count) for number, count in enumerate(new))
