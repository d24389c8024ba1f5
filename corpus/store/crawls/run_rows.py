"""A row of a run or of its source <-> the run and its receipt."""

import sqlite3
from datetime import timedelta

from corpus.model import Run
from corpus.runs.receipts import SourceReceipt
from corpus.store.file.rows import json_map, moment, moment_or_none, stamp_or_none
from corpus.texts.storing import restored

_FIGURES = (
    "bytes", "requests", "left", "stories", "no_author", "no_date", "empty", "had", "lost", "lists", "lists_lost",
    "read_again", "cleaned", "unread", "first_had", "left_at_rest", "unfollowed",
)  # fmt: skip
_REASONS = ("lost_for", "first_lost_for", "lists_lost_for")
_TIMES = ("fetching", "waiting")  # stored as microseconds
_MICROSECOND = timedelta(microseconds=1)


def run_of(row: sqlite3.Row) -> Run:
    """Return a row of `runs` as a run."""
    return Run(
        id=row["id"],
        started=moment(row["started"]),
        ended=moment_or_none(row["ended"]),
        due=moment_or_none(row["due"]),
        trigger=row["trigger"],
        status=row["status"],
        counts=json_map(row["counts"]),
        bytes=row["bytes"],
        note=restored(row["note"], row["message"]) if row["note"] else None,
        worker_restarts=row["worker_restarts"],
    )


def figures_of(receipt: SourceReceipt) -> dict[str, int | str | dict[str, int] | None]:
    """Return what stands in the column `figures` of `run_sources`."""
    figures = {name: getattr(receipt, name) for name in (*_FIGURES, "moved_to", "no_day", "no_headline", *_REASONS)}
    figures["rests_until"] = stamp_or_none(receipt.rests_until)
    return figures | {name: getattr(receipt, name) // _MICROSECOND for name in _TIMES}


def receipt_of(row: sqlite3.Row) -> SourceReceipt:
    """Return a row of `run_sources` as a receipt."""
    figures = json_map(row["figures"])
    return SourceReceipt(
        source=row["source"],
        state=row["state"],
        started=moment(row["started"]),
        ended=moment_or_none(row["ended"]),
        due=moment_or_none(row["due"]),
        counts=json_map(row["counts"]),
        moved_to=figures.get("moved_to"),
        no_day=figures.get("no_day"),
        rests_until=moment_or_none(figures.get("rests_until")),
        no_headline=figures.get("no_headline"),
        visits_alone="left" not in figures,
        **{name: figures.get(name, 0) for name in _FIGURES},
        **{name: figures.get(name, {}) for name in _REASONS},
        **{name: figures.get(name, 0) * _MICROSECOND for name in _TIMES},
    )
