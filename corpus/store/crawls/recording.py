"""A Visit -> everything it changes, in one transaction: article, fetch log, frontier, discovered URLs, blocks."""

import sqlite3
from collections.abc import Iterable

from corpus import urls
from corpus.errors import StoreError
from corpus.model import FROM_FEED, Outcome, Visit
from corpus.reasons import Reason, word_of
from corpus.store.addresses import evidence, frontier, losses
from corpus.store.addresses.frontier import MAX_TURNS, stamp_of
from corpus.store.articles import correcting
from corpus.store.articles.filing import MOVED, Filing
from corpus.store.articles.in_time import confirm
from corpus.store.crawls import blocks
from corpus.store.desk.moved_articles import carry
from corpus.store.file.capture_names import capture_column
from corpus.store.file.database import Database
from corpus.store.file.finding import HAS_URL, of_url
from corpus.store.file.rows import stamp, text, text_or_none

_STORED = frozenset({Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED})


def record(database: Database, visit: Visit) -> Outcome:
    """Store a visit whole; return its outcome, NEW, CHANGED or UNCHANGED decided by what was stored before."""
    with database.writing() as connection:
        return _record(connection, Filing(connection, database.known), visit)


def record_many(database: Database, visits: Iterable[Visit]) -> list[Outcome | Exception]:
    """Store visits in one transaction, each whole or not at all; an error of ours that one raises is its answer."""
    answers: list[Outcome | Exception] = []
    with database.writing() as connection:
        filing = Filing(connection, database.known)
        for visit in visits:
            connection.execute("SAVEPOINT visit")
            try:
                answers.append(_record(connection, filing, visit))
            except (sqlite3.Error, StoreError):
                raise  # of the file, and so of all visits
            except Exception as error:  # noqa: BLE001 - it costs this visit
                connection.execute("ROLLBACK TO visit")
                filing = Filing(connection, database.known)  # the other one knows of rows that are gone
                answers.append(error)
            connection.execute("RELEASE visit")
    return answers


def _record(connection: sqlite3.Connection, filing: Filing, visit: Visit) -> Outcome:
    url, source = _known(connection, filing, visit)
    outcome = _article(connection, filing, visit, source)
    if visit.retracts:
        evidence.retract(connection, filing, visit.retracts, reason=visit.reason or "", now=visit.at, due=visit.due)
    filing.finish()
    _log(connection, url, visit, outcome)
    if outcome not in _STORED:
        confirm(connection, text(visit.url))
    _frontier(connection, url, visit, outcome)
    if visit.refutes is not None:
        evidence.revive(connection, source, visit.refutes, visit.at)
    if outcome is Outcome.WITHDRAWN:
        evidence.revive(connection, source, text(visit.url), visit.at)
    if visit.found:
        frontier.add(connection, visit.found, source, visit.at)
    if visit.left_out:
        losses.add(connection, visit.left_out, source, visit.run, visit.at)
    if visit.blocks:
        blocks.count(connection, url, source, visit.blocks)
    return outcome


def _known(connection: sqlite3.Connection, filing: Filing, visit: Visit) -> tuple[int, str]:
    """Return the id and source of the visited URL; an unknown URL gets its row."""
    found = connection.execute("SELECT id, source FROM frontier WHERE url = ?", (text(visit.url),)).fetchone()
    if found is not None:
        return found["id"], found["source"]
    host = urls.host(visit.url)
    source = text(visit.article.source if visit.article else host)
    filing.know_source(source)
    connection.execute("INSERT OR IGNORE INTO hosts (host) VALUES (?)", (host,))
    cursor = connection.execute(
        "INSERT INTO frontier (url, address, source, host, kind, state, due, via, first_seen)"
        " VALUES (?, ?, ?, ?, 'article', 'waiting', ?, 'visit', ?)",
        (text(visit.url), text(visit.url), source, host, stamp(visit.at), stamp(visit.at)),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid, source


def _article(connection: sqlite3.Connection, filing: Filing, visit: Visit, source: str) -> Outcome:
    if visit.outcome in _STORED and visit.article is not None:
        if visit.amends and (amended := filing.amend(visit.article)):
            return amended
        outcome = filing.file(visit.article)
        if outcome is Outcome.NEW:
            for url in evidence.given_up_for(connection, source, visit.article.url):
                _carry(connection, url, visit.article.url)
        return outcome
    if visit.outcome is Outcome.WITHDRAWN or visit.moved is not None:
        known = connection.execute(f"SELECT a.id FROM articles a WHERE {HAS_URL}", of_url(visit.url)).fetchone()
        if known is not None:
            reason = visit.reason or "gone" if visit.moved is None else f"{MOVED}{visit.moved}"
            filing.withdraw(known["id"], reason, visit.at)
        if visit.moved is not None:
            _carry(connection, visit.url, visit.moved)
        # What is said of a part is not said of all of a story.
        if visit.moved is not None and word_of(visit.reason or "") != Reason.PART:
            correcting.move(connection, filing, visit.url, visit.moved, visit.at)
    return visit.outcome


def _carry(connection: sqlite3.Connection, old: str, new: str) -> None:
    """Let what people added to an article that moved stand with the article at its new address, where there is one."""
    sql = f"SELECT a.id, a.withdrawn FROM articles a WHERE {HAS_URL}"
    moved, there = (connection.execute(sql, of_url(url)).fetchone() for url in (old, new))
    if moved is None or there is None or there["withdrawn"] is not None:
        return
    if (moved["withdrawn"] or "").startswith(MOVED):
        carry(connection, moved["id"], there["id"])


def _log(connection: sqlite3.Connection, url: int, visit: Visit, outcome: Outcome) -> None:
    connection.execute(
        "INSERT INTO visits"
        " (url, at, outcome, reason, status, bytes, took, final_url, run, capture_file, capture_offset)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            url,
            stamp(visit.at),
            outcome.value,
            text_or_none(visit.reason),
            visit.status,
            visit.bytes,
            stamp_of(visit.took),
            text_or_none(visit.final_url),
            visit.run,
            capture_column(visit.capture.file) if visit.capture else None,
            visit.capture.offset if visit.capture else None,
        ),
    )


def _frontier(connection: sqlite3.Connection, url: int, visit: Visit, outcome: Outcome) -> None:
    at = stamp(visit.at)
    connection.execute(
        "UPDATE frontier SET state = :state, due = :due, lease = NULL, attempts = :attempts, checked = :at,"
        " kind = coalesce(:kind, kind), etag = :etag, last_modified = :last_modified,"
        " outcome = :outcome, reason = :reason,"
        " hints = CASE WHEN :from_page THEN json_remove(hints, '$.text', '$.is_cut') ELSE hints END,"
        " changed = CASE WHEN :outcome IN ('new', 'changed') THEN :at ELSE changed END,"
        f" run = CASE WHEN :again AND turns < {MAX_TURNS} THEN NULL ELSE coalesce(:run, run) END,"
        " turns = max(turns, :run IS NOT NULL), text = coalesce(:text, text),"
        " landed = CASE WHEN :answered THEN :landed ELSE landed END,"
        " claimed = CASE WHEN :answered THEN :claimed ELSE coalesce(:claimed, claimed) END WHERE id = :url",
        {
            "state": visit.state.value,
            "due": stamp(visit.due),
            "attempts": visit.attempts,
            "kind": visit.kind.value if visit.kind else None,
            "at": at,
            "etag": text_or_none(visit.etag),
            "last_modified": text_or_none(visit.last_modified),
            "from_page": visit.article is not None and visit.article.facts.get("body") != FROM_FEED,
            "outcome": outcome.value,
            "reason": text_or_none(visit.reason),
            "again": visit.again,
            "run": visit.run,
            "text": visit.text,
            "answered": visit.status == 200,
            "landed": text_or_none(visit.landed),
            "claimed": text_or_none(visit.claimed),
            "url": url,
        },
    )
    connection.execute(
        "UPDATE hosts SET last_request = max(coalesce(last_request, 0), ?)"
        " WHERE host = (SELECT host FROM frontier WHERE id = ?)",
        (at, url),
    )
