"""What was done and what is due: the fetch log, hosts at rest, robots kept, runs, the schedule."""

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime, timedelta

from corpus.model import Outcome, Run
from corpus.store.addresses.frontier import open_run
from corpus.store.file.database import Database
from corpus.store.file.rows import capture, moment, moment_or_none, stamp, stamp_or_none, text, text_or_none
from corpus.store.values import Host, LoggedVisit, Robots

KEEP_VISITS = timedelta(days=400)  # a year and a bit, so that a source compares with its own past


def visits(database: Database, url: str | None, limit: int) -> list[LoggedVisit]:
    """Return the latest visits, the last one first; of one canonical URL or of all."""
    condition, values = ("", ()) if url is None else ("WHERE f.url = ?", (text(url),))
    rows = database.rows(
        "SELECT v.*, f.url AS visited, f.source FROM visits v JOIN frontier f ON f.id = v.url"
        f" {condition} ORDER BY v.at DESC, v.id DESC LIMIT ?",
        (*values, limit),
    )
    return [
        LoggedVisit(
            url=row["visited"],
            source=row["source"],
            at=moment(row["at"]),
            outcome=Outcome(row["outcome"]),
            reason=row["reason"],
            status=row["status"],
            bytes=row["bytes"],
            took=timedelta(microseconds=row["took"]),
            final_url=row["final_url"],
            run=row["run"],
            capture=capture(row),
        )
        for row in rows
    ]


def forget_visits(database: Database, before: datetime) -> int:
    """Drop old rows of the fetch log; return how many."""
    with database.writing() as connection:
        return connection.execute("DELETE FROM visits WHERE at < ?", (stamp(before),)).rowcount


def host(database: Database, name: str) -> Host:
    """Return what we remember of a host; nothing is remembered of one never asked."""
    row = database.one("SELECT * FROM hosts WHERE host = ?", (text(name),))
    if row is None:
        return Host(name)
    robots = None
    if row["robots_fetched"] is not None:
        robots = Robots(row["robots"] or "", row["robots_status"], moment(row["robots_fetched"]))
    return Host(name, moment_or_none(row["paused_until"]), moment_or_none(row["last_request"]), robots)


def pause_host(database: Database, name: str, until: datetime | None) -> None:
    """Lease nothing of this host until then; None ends the rest."""
    _upsert_host(database, name, {"paused_until": stamp_or_none(until)})


def keep_robots(database: Database, name: str, robots: Robots) -> None:
    """Remember a host's robots.txt."""
    kept = {"robots": text(robots.text), "robots_status": robots.status, "robots_fetched": stamp(robots.fetched)}
    _upsert_host(database, name, kept)


def _upsert_host(database: Database, name: str, columns: Mapping[str, object]) -> None:
    names = ", ".join(columns)
    holes = ", ".join(f":{each}" for each in columns)
    sets = ", ".join(f"{each} = excluded.{each}" for each in columns)
    with database.writing() as connection:
        connection.execute(
            f"INSERT INTO hosts (host, {names}) VALUES (:host, {holes}) ON CONFLICT DO UPDATE SET {sets}",
            {"host": text(name), **columns},
        )


def start_run(database: Database, started: datetime, due: datetime | None, trigger: str) -> int:
    """Open a receipt and return its id; one still open from before has died, visits of old are forgotten."""
    with database.writing() as connection:
        connection.execute("DELETE FROM visits WHERE at < ?", (stamp(started - KEEP_VISITS),))
        connection.execute("UPDATE runs SET status = 'died' WHERE status = 'running'")
        open_run(connection)
        cursor = connection.execute(
            "INSERT INTO runs (started, due, trigger, status) VALUES (?, ?, ?, 'running')",
            (stamp(started), stamp_or_none(due), text(trigger)),
        )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def finish_run(database: Database, run: Run) -> None:
    """Close a receipt: everything of `run` but its id, start, due time and trigger is kept."""
    with database.writing() as connection:
        connection.execute(
            "UPDATE runs SET ended = ?, status = ?, counts = ?, bytes = ?, note = ? WHERE id = ?",
            (
                stamp_or_none(run.ended),
                text(run.status),
                json.dumps(run.counts),
                run.bytes,
                text_or_none(run.note),
                run.id,
            ),
        )


def runs(database: Database, limit: int) -> list[Run]:
    """Return the latest runs, the last one first."""
    return [_run(row) for row in database.rows("SELECT * FROM runs ORDER BY id DESC LIMIT ?", (limit,))]


def _run(row: sqlite3.Row) -> Run:
    return Run(
        id=row["id"],
        started=moment(row["started"]),
        ended=moment_or_none(row["ended"]),
        due=moment_or_none(row["due"]),
        trigger=row["trigger"],
        status=row["status"],
        counts=json.loads(row["counts"]),
        bytes=row["bytes"],
        note=row["note"],
    )


def due_at(database: Database, job: str) -> datetime | None:
    """Return when a job is due next; None when that was never set."""
    return moment_or_none(database.value("SELECT due FROM schedule WHERE job = ?", (text(job),)))


def set_due(database: Database, job: str, when: datetime | None) -> None:
    """Set when a job is due next; None forgets the job."""
    with database.writing() as connection:
        if when is None:
            connection.execute("DELETE FROM schedule WHERE job = ?", (text(job),))
        else:
            connection.execute(
                "INSERT INTO schedule (job, due) VALUES (?, ?) ON CONFLICT DO UPDATE SET due = excluded.due",
                (text(job), stamp(when)),
            )
