"""What crawls did and when jobs are due: the fetch log, resting hosts, their robots.txt, runs, the schedule."""

import json
import logging
import sqlite3
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from corpus.events import event
from corpus.model import Outcome, Run
from corpus.store.addresses import losses
from corpus.store.addresses.frontier import open_run
from corpus.store.file.database import Database
from corpus.store.file.rows import (
    capture,
    json_map,
    moment,
    moment_or_none,
    stamp,
    stamp_or_none,
    text,
    text_or_none,
    word,
)
from corpus.store.values import Host, LoggedVisit, Robots

log = logging.getLogger(__name__)

KEEP_VISITS = timedelta(days=400)  # a year and a bit, so that a source compares with its own past


class Journal:
    """The fetch log, the hosts, the runs and the schedule of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def visits(self, url: str | None = None, *, limit: int = 50) -> list[LoggedVisit]:
        """Return the latest visits, to one canonical URL or to all, the last one first."""
        condition, values = ("", ()) if url is None else ("WHERE f.url = ?", (text(url),))
        rows = self._database.rows(
            "SELECT v.*, f.url AS visited, f.source FROM visits v JOIN frontier f ON f.id = v.url"
            f" {condition} ORDER BY v.at DESC, v.id DESC LIMIT ?",
            (*values, limit),
        )
        return [
            LoggedVisit(
                url=row["visited"],
                source=row["source"],
                at=moment(row["at"]),
                outcome=word(Outcome, row["outcome"]),
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

    def host(self, name: str) -> Host:
        """Return what is remembered of a host; an empty `Host` when nothing is."""
        row = self._database.one("SELECT * FROM hosts WHERE host = ?", (text(name),))
        if row is None:
            return Host(name)
        robots = None
        if row["robots_fetched"] is not None:
            robots = Robots(row["robots"] or "", row["robots_status"], moment(row["robots_fetched"]))
        return Host(name, moment_or_none(row["paused_until"]), moment_or_none(row["last_request"]), robots)

    def pause_host(self, name: str, until: datetime | None) -> None:
        """Lease no URL of a host until a moment; None ends its rest."""
        _upsert_host(self._database, name, {"paused_until": stamp_or_none(until)})

    def keep_robots(self, name: str, robots: Robots) -> None:
        """Remember a host's robots.txt."""
        columns = {"robots": text(robots.text), "robots_status": robots.status, "robots_fetched": stamp(robots.fetched)}
        _upsert_host(self._database, name, columns)

    def start_run(self, *, started: datetime, due: datetime | None = None, trigger: str = "manual") -> int:
        """Open a run's receipt and return its id; a run still open has died and is marked so.

        Visits from over 400 days ago leave the fetch log.
        """
        with self._database.writing() as connection:
            connection.execute("DELETE FROM visits WHERE at < ?", (stamp(started - KEEP_VISITS),))
            connection.execute("UPDATE runs SET status = 'died' WHERE status = 'running'")
            open_run(connection)
            cursor = connection.execute(
                "INSERT INTO runs (started, due, trigger, status) VALUES (?, ?, ?, 'running')",
                (stamp(started), stamp_or_none(due), text(trigger)),
            )
        assert cursor.lastrowid is not None
        event(log, "run begun", run=cursor.lastrowid, trigger=trigger, due=due)
        return cursor.lastrowid

    def finish_run(self, run: Run) -> None:
        """Close a receipt with the ended, status, counts, bytes and note of `run`."""
        with self._database.writing() as connection:
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
            losses.close_run(connection, run.id)
        outcomes: Counter[str] = Counter()
        for counts in run.counts.values():
            outcomes.update(counts)
        took = run.ended - run.started if run.ended else None
        facts = {"run": run.id, "status": run.status, "trigger": run.trigger, "sources": len(run.counts), **outcomes}
        event(log, "run ended", facts, bytes=run.bytes, seconds=took, note=run.note)

    def runs(self, limit: int = 10) -> list[Run]:
        """Return the latest runs, the last one first."""
        return [_run(row) for row in self._database.rows("SELECT * FROM runs ORDER BY id DESC LIMIT ?", (limit,))]

    def due_at(self, job: str) -> datetime | None:
        """Return when a job is due next; None when that was never set."""
        return moment_or_none(self._database.value("SELECT due FROM schedule WHERE job = ?", (text(job),)))

    def set_due(self, job: str, when: datetime | None) -> None:
        """Set when a job is due next; None forgets the job."""
        with self._database.writing() as connection:
            if when is None:
                connection.execute("DELETE FROM schedule WHERE job = ?", (text(job),))
            else:
                connection.execute(
                    "INSERT INTO schedule (job, due) VALUES (?, ?) ON CONFLICT DO UPDATE SET due = excluded.due",
                    (text(job), stamp(when)),
                )


def _upsert_host(database: Database, name: str, columns: Mapping[str, object]) -> None:
    names = ", ".join(columns)
    holes = ", ".join(f":{column}" for column in columns)
    sets = ", ".join(f"{column} = excluded.{column}" for column in columns)
    with database.writing() as connection:
        connection.execute(
            f"INSERT INTO hosts (host, {names}) VALUES (:host, {holes}) ON CONFLICT DO UPDATE SET {sets}",
            {"host": text(name), **columns},
        )


def _run(row: sqlite3.Row) -> Run:
    return Run(
        id=row["id"],
        started=moment(row["started"]),
        ended=moment_or_none(row["ended"]),
        due=moment_or_none(row["due"]),
        trigger=row["trigger"],
        status=row["status"],
        counts=json_map(row["counts"]),
        bytes=row["bytes"],
        note=row["note"],
    )
