"""Addresses that were named and left out: remembered in full up to a bound, by a digest up to another, then counted."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import blake2b
from typing import Any

from corpus import urls
from corpus.model import LeftOut
from corpus.reasons import word_of
from corpus.store.file.database import Database
from corpus.store.file.rows import stamp, text

MAX_REMEMBERED = 20_000  # addresses of one source and reason: some 4 MB; a sitemap of millions may be out of scope
MAX_BRIEF = 1_000_000  # addresses of one source and reason of which a digest is remembered: some 20 MB
EXAMPLES = 3

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class _Part:
    """The addresses of one source and reason: how many are remembered in full, and by a digest."""

    full: int
    brief: int
    id: int | None = None


def add(connection: sqlite3.Connection, found: Iterable[LeftOut], source: str, run: int | None, now: datetime) -> None:
    """Remember addresses that are not visited, but none of the frontier, which took them after all.

    One that is found several times was found as at first, and left out for the last reason.
    """
    source, at = text(source), stamp(now)
    connection.execute("INSERT OR IGNORE INTO sources (name) VALUES (?)", (source,))
    named: dict[str, LeftOut] = {}
    for each in found:
        url = urls.canonical(each.url) or text(each.url)[: urls.MAX_LENGTH]
        first = named.setdefault(url, each)
        if first.reason != each.reason:
            named[url] = replace(first, reason=each.reason)
    taken = _known(connection, "SELECT url FROM frontier WHERE url", named)
    _add(connection, {url: each for url, each in named.items() if url not in taken}, source, run, at)


def forget(connection: sqlite3.Connection, url: str) -> None:
    """Forget that an address was left out: it is asked for after all."""
    connection.execute("DELETE FROM left_out WHERE url = ?", (url,))
    connection.execute("DELETE FROM left_out_brief WHERE address = ?", (digest(url),))


def digest(url: str) -> int:
    """Return 63 bits that stand for an address: of a million, two are alike once in ten million stores."""
    return int.from_bytes(blake2b(url.encode(errors="replace"), digest_size=8).digest()) >> 1


def day_of(at: int) -> int:
    """Return the day of a stamp, counted from 1970."""
    return (EPOCH + timedelta(microseconds=at) - EPOCH).days


def close_run(connection: sqlite3.Connection, run: int) -> None:
    """Store what a run's listings named and left out; the next run that names an address takes it over."""
    for source, reason, times, examples in _of_run(connection, run):
        connection.execute(
            "INSERT OR REPLACE INTO run_left_out (run, source, reason, times, examples) VALUES (?, ?, ?, ?, ?)",
            (run, source, reason, times, json.dumps(examples)),
        )


def counts(database: Database, source: str) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Return reason -> how many addresses of a source were left out for it, and the latest few; the most first."""
    numbers = {row["reason"]: row["times"] for row in database.rows(_NUMBERS, {"source": text(source)})}
    examples = "SELECT url FROM left_out WHERE source = ? AND reason = ? ORDER BY first_seen DESC, url LIMIT ?"
    return {
        reason: (
            numbers[reason],
            tuple(row[0] for row in database.rows(examples, (text(source), reason, EXAMPLES))),
        )
        for reason in sorted(numbers, key=lambda reason: -numbers[reason])
    }


_NUMBERS = """
SELECT reason, sum(times) AS times FROM (
    SELECT reason, count(*) AS times FROM left_out WHERE source = :source GROUP BY reason
    UNION ALL SELECT reason, held FROM left_out_groups WHERE source = :source AND held > 0
    UNION ALL SELECT reason, times FROM left_out_more WHERE source = :source
) GROUP BY reason
"""


def _parts(connection: sqlite3.Connection, source: str) -> dict[str, _Part]:
    full = connection.execute("SELECT reason, count(*) FROM left_out WHERE source = ? GROUP BY reason", (source,))
    parts = {row[0]: _Part(row[1], 0) for row in full.fetchall()}
    for row in connection.execute("SELECT id, reason, held FROM left_out_groups WHERE source = ?", (source,)):
        part = parts.setdefault(row["reason"], _Part(0, 0))
        part.brief, part.id = row["held"], row["id"]
    return parts


def _add(connection: sqlite3.Connection, named: Mapping[str, LeftOut], source: str, run: int | None, at: int) -> None:
    """Remember addresses by their keys, each in the part of its reason, as far as there is room."""
    reason_of, stored = cache(_reason), cache(text)  # a page names a hundred addresses, in the same words
    parts = _parts(connection, source)
    full = _known(connection, "SELECT url FROM left_out WHERE url", named)
    connection.executemany(
        "UPDATE left_out SET last_seen = ?, run = ?, reason = ? WHERE url = ?",
        [(at, run, reason_of(named[url].reason), url) for url in full],
    )
    digests = {digest(url): url for url in named if url not in full}
    brief = _known(connection, "SELECT address FROM left_out_brief WHERE address", digests)
    connection.executemany("UPDATE left_out_brief SET run = ? WHERE address = ?", [(run, address) for address in brief])
    whole: list[tuple[object, ...]] = []
    short: list[tuple[object, ...]] = []
    more: Counter[str] = Counter()
    for address, url in digests.items():
        if address in brief:
            continue
        found, reason = named[url], reason_of(named[url].reason)
        part = parts.setdefault(reason, _Part(0, 0))
        if part.full < MAX_REMEMBERED:
            part.full += 1
            whole.append((url, source, reason, stored(found.via), stored(found.parent or "") or None, at, at, run))
        elif part.brief < MAX_BRIEF:
            part.brief += 1
            part.id = part.id or _group(connection, source, reason)
            short.append((address, part.id, day_of(at), run))
        else:
            more[reason] += 1
    connection.executemany(
        "INSERT INTO left_out (url, source, reason, via, parent, first_seen, last_seen, run)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        whole,
    )
    connection.executemany("INSERT INTO left_out_brief (address, part, day, run) VALUES (?, ?, ?, ?)", short)
    connection.executemany(
        "INSERT INTO left_out_more (source, reason, times) VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET times = times + excluded.times",
        [(source, reason, times) for reason, times in more.items()],
    )


def _reason(reason: str) -> str:
    return text(word_of(reason))


def _known(connection: sqlite3.Connection, query: str, keys: Iterable[str | int]) -> set[Any]:
    """Return which of some keys a query finds, that ends with the name of their column."""
    found = connection.execute(f"{query} IN (SELECT value FROM json_each(?))", (json.dumps([*keys]),))
    return {row[0] for row in found}


def _group(connection: sqlite3.Connection, source: str, reason: str) -> int:
    connection.execute("INSERT OR IGNORE INTO left_out_groups (source, reason) VALUES (?, ?)", (source, reason))
    return int(
        connection.execute(
            "SELECT id FROM left_out_groups WHERE source = ? AND reason = ?", (source, reason)
        ).fetchone()[0]
    )


def _of_run(connection: sqlite3.Connection, run: int) -> list[tuple[str, str, int, list[str]]]:
    """Return source, reason, number and a few examples of what a run named and left out."""
    found: dict[tuple[str, str], int] = {}
    for row in connection.execute(
        "SELECT source, reason, count(*) FROM left_out WHERE run = :run GROUP BY source, reason"
        " UNION ALL SELECT g.source, g.reason, count(*) FROM left_out_brief b JOIN left_out_groups g ON g.id = b.part"
        " WHERE b.run = :run GROUP BY g.id",
        {"run": run},
    ):
        found[row[0], row[1]] = found.get((row[0], row[1]), 0) + row[2]
    examples = "SELECT url FROM left_out WHERE source = ? AND reason = ? AND run = ? ORDER BY first_seen DESC LIMIT ?"
    return [
        (*key, times, [row[0] for row in connection.execute(examples, (*key, run, EXAMPLES))])
        for key, times in found.items()
    ]
