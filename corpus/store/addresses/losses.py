"""Addresses that were named and left out: remembered one by one up to a bound, counted past it."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from corpus import urls
from corpus.model import LeftOut
from corpus.reasons import word_of
from corpus.store.file.database import Database
from corpus.store.file.rows import stamp, text, text_or_none

MAX_REMEMBERED = 20_000  # addresses of one source and reason: some 4 MB; a sitemap of millions may be out of scope


def add(connection: sqlite3.Connection, found: Iterable[LeftOut], source: str, run: int | None, now: datetime) -> None:
    """Remember addresses that are not visited, but none of the frontier, which took them after all."""
    source, at = text(source), stamp(now)
    connection.execute("INSERT OR IGNORE INTO sources (name) VALUES (?)", (source,))
    known = dict(
        connection.execute(
            "SELECT reason, count(*) FROM left_out WHERE source = ? GROUP BY reason", (source,)
        ).fetchall()
    )
    for each in found:
        reason = text(word_of(each.reason))
        outcome = _add(connection, each, source, reason, run, at, full=known.get(reason, 0) >= MAX_REMEMBERED)
        known[reason] = known.get(reason, 0) + outcome


def _add(
    connection: sqlite3.Connection, found: LeftOut, source: str, reason: str, run: int | None, at: int, *, full: bool
) -> int:
    """Remember one address; return 1 when it was new and there was room for it."""
    url = urls.canonical(found.url) or text(found.url)[: urls.MAX_LENGTH]
    if connection.execute("SELECT 1 FROM frontier WHERE url = ?", (url,)).fetchone():
        return 0
    if connection.execute(
        "UPDATE left_out SET last_seen = ?, run = ?, reason = ? WHERE url = ?", (at, run, reason, url)
    ).rowcount:
        return 0
    if full:
        connection.execute(
            "INSERT INTO left_out_more (source, reason, times) VALUES (?, ?, 1)"
            " ON CONFLICT DO UPDATE SET times = times + 1",
            (source, reason),
        )
        return 0
    connection.execute(
        "INSERT INTO left_out (url, source, reason, via, parent, first_seen, last_seen, run)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (url, source, reason, text(found.via), text_or_none(found.parent), at, at, run),
    )
    return 1


def counts(database: Database, source: str) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Return reason -> how many addresses of a source were left out for it, and the latest few; the most first."""
    remembered = "SELECT reason, count(*) FROM left_out WHERE source = ? GROUP BY reason"
    numbers: dict[str, int] = {row[0]: row[1] for row in database.rows(remembered, (text(source),))}
    for reason, times in database.rows("SELECT reason, times FROM left_out_more WHERE source = ?", (text(source),)):
        numbers[reason] = numbers.get(reason, 0) + times
    examples = "SELECT url FROM left_out WHERE source = ? AND reason = ? ORDER BY first_seen DESC, url LIMIT 3"
    return {
        reason: (numbers[reason], tuple(row[0] for row in database.rows(examples, (text(source), reason))))
        for reason in sorted(numbers, key=lambda reason: -numbers[reason])
    }
