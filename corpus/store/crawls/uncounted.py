"""The log of visits -> what a run brought of the sources whose receipts it did not come to write.

A run that is killed, or ends as the disk is full, writes no receipts; what it stored until then stands nevertheless.
"""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from corpus.model import Outcome
from corpus.reasons import was_request, word_of
from corpus.runs.receipts import SourceReceipt
from corpus.store.crawls.run_rows import receipt_of
from corpus.store.file.database import Database

_VISITS = """
    SELECT f.source, v.outcome, v.reason, count(*) AS visits, sum(v.bytes) AS bytes, sum(v.took) AS took,
        sum(v.bytes > 0) AS answered
    FROM visits v JOIN frontier f ON f.id = v.url
    WHERE v.run = :run AND EXISTS
        (SELECT 1 FROM run_sources s WHERE s.run = :run AND s.source = f.source AND s.state = 'running')
    GROUP BY f.source, v.outcome, v.reason
"""
_RECEIPTS = "SELECT * FROM run_sources WHERE run = ? ORDER BY source"
_READ = frozenset({Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.READ})  # their reasons are not counted

Brought = dict[str, tuple[dict[str, dict[str, int]], dict[str, int]]]
"""Source -> outcome -> first word of the reason -> visits, and the figures of these visits."""


def brought(rows: Iterable[sqlite3.Row]) -> Brought:
    """Count rows of `_VISITS` as a receipt does."""
    counts: defaultdict[str, defaultdict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    figures: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        source, reason, visits = row["source"], row["reason"], row["visits"]
        word = word_of(reason) if reason and row["outcome"] not in _READ else ""
        counts[source][row["outcome"]][word] += visits
        requests = visits if was_request(reason) else row["answered"]
        figures[source].update(bytes=row["bytes"], fetching=row["took"], requests=requests)
    return {
        source: ({outcome: dict(words.most_common()) for outcome, words in found.items()}, dict(figures[source]))
        for source, found in counts.items()
    }


def close(connection: sqlite3.Connection, run: int, state: str, ended: int | None) -> None:
    """Close the receipts that a run left open, with what its visits brought."""
    found = brought(connection.execute(_VISITS, {"run": run}).fetchall())
    connection.executemany(
        "UPDATE run_sources SET counts = ?, figures = ? WHERE run = ? AND source = ? AND state = 'running'",
        [(json.dumps(counts), json.dumps(figures), run, source) for source, (counts, figures) in found.items()],
    )
    connection.execute(
        "UPDATE run_sources SET state = ?, ended = ? WHERE run = ? AND state = 'running'", (state, ended, run)
    )


def sum_up(connection: sqlite3.Connection, run: int) -> None:
    """Give the receipt of a run that died the sums of those of its sources."""
    rows = connection.execute(_RECEIPTS, (run,)).fetchall()
    counts, size = _totals([receipt_of(row) for row in rows])
    connection.execute("UPDATE runs SET counts = ?, bytes = ? WHERE id = ?", (json.dumps(counts), size, run))


def receipts(database: Database, run: int, *, died: bool) -> list[SourceReceipt]:
    """Return the receipts of a run's sources, by name; open ones with what its visits have brought."""
    with database.reading():  # a run that ends meanwhile closes its receipts
        written = [receipt_of(row) for row in database.rows(_RECEIPTS, (run,))]
        is_open = any(receipt.state == "running" for receipt in written)
        found = brought(database.rows(_VISITS, {"run": run})) if is_open else {}
    return [
        _filled(receipt, *found.get(receipt.source, ({}, {})), died=died) if receipt.state == "running" else receipt
        for receipt in written
    ]


def of_dead(database: Database, run: int) -> tuple[dict[str, dict[str, int]], int]:
    """Return the counts and bytes of a run that died and that nobody has closed yet."""
    return _totals(receipts(database, run, died=True))


def _filled(
    receipt: SourceReceipt, counts: dict[str, dict[str, int]], figures: dict[str, int], *, died: bool
) -> SourceReceipt:
    return replace(
        receipt,
        state="died" if died else receipt.state,
        counts=counts,
        bytes=figures.get("bytes", 0),
        requests=figures.get("requests", 0),
        fetching=timedelta(microseconds=figures.get("fetching", 0)),
    )


def _totals(receipts: Iterable[SourceReceipt]) -> tuple[dict[str, dict[str, int]], int]:
    """Return source -> outcome -> visits, as a run's own receipt has them, and the bytes of all."""
    found = [receipt for receipt in receipts if receipt.counts]
    counts = {each.source: {outcome: each.of(outcome) for outcome in sorted(each.counts)} for each in found}
    return counts, sum(each.bytes for each in found)
