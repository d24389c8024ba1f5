"""What crawls did: the fetch log, resting hosts, their robots.txt."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta

from corpus.model import Outcome
from corpus.runs.politeness import HostVisit
from corpus.store.crawls import pruning
from corpus.store.file.capture_names import capture
from corpus.store.file.database import Database
from corpus.store.file.rows import further, moment, moment_or_none, stamp, stamp_or_none, text, word
from corpus.store.values import Host, LoggedVisit, Robots

KEEP_VISITS = timedelta(days=400)  # a year and a bit, so that a source compares with its own past
PAGE = 5000  # visits that are read at once
_OF_HOSTS = (
    "SELECT v.id, v.at, v.took, v.outcome, v.reason, v.status, v.bytes, f.host, f.kind"
    " FROM visits v JOIN frontier f ON f.id = v.url WHERE f.source = ? AND (v.at, v.id) > (?, ?)"
    " ORDER BY v.at, v.id LIMIT ?"
)

_LOGGED = "SELECT v.*, f.url AS visited, f.source FROM visits v JOIN frontier f ON f.id = v.url"


class Journal:
    """The fetch log and the hosts of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def visits(self, url: str | None = None, *, limit: int | None = None, captured: bool = False) -> list[LoggedVisit]:
        """Return the latest visits, to one canonical URL or to all, the last one first.

        Args:
            limit: How many at most; None: all.
            captured: Only those whose response is stored.
        """
        condition, values = _of_url(url, captured=captured)
        rows = self._database.rows(
            f"{_LOGGED} WHERE {condition} ORDER BY v.at DESC, v.id DESC LIMIT ?",
            (*values, -1 if limit is None else limit),
        )
        return [_logged(row) for row in rows]

    def count(self, url: str, *, captured: bool = False) -> int:
        """Return how many visits to a canonical URL are stored, or of them those whose response is."""
        condition, values = _of_url(url, captured=captured)
        sql = f"SELECT count(*) FROM visits v JOIN frontier f ON f.id = v.url WHERE {condition}"
        return int(self._database.value(sql, values))

    def last_seen(self, url: str, *, since: datetime, before: datetime) -> datetime | None:
        """Return when the page of an article last gave its text in a span of time; None: no visit is known to have."""
        rows = self._database.rows(
            "SELECT max(v.at) FROM visits v JOIN frontier f ON f.id = v.url"
            " WHERE f.url = ? AND v.at >= ? AND v.at < ? AND v.outcome IN ('new', 'changed', 'unchanged')",
            (text(url), stamp(since), stamp(before)),
        )
        return moment_or_none(rows[0][0])

    def last_visit(self, run: int) -> datetime | None:
        """Return when a run last stored a visit; None when it has none."""
        sql = "SELECT at FROM visits WHERE run = ? ORDER BY id DESC LIMIT 1"
        return moment_or_none(self._database.value(sql, (run,)))

    def of_run(
        self,
        run: int,
        *,
        outcome: str | None = None,
        source: str | None = None,
        reason: str | None = None,
        after: int = 0,
        limit: int,
    ) -> list[tuple[int, LoggedVisit]]:
        """Return the visits of a run, the first one first, each with its number; `after` goes on after a number.

        Args:
            outcome, source, reason: Only those with it; a reason is its first word.
        """
        condition, values = _of_run(run, outcome, source, reason)
        rows = self._database.rows(
            f"{_LOGGED} WHERE {condition} AND v.id > :after ORDER BY v.id LIMIT :limit",
            {**values, "after": after, "limit": limit},
        )
        return [(row["id"], _logged(row)) for row in rows]

    def count_of_run(
        self, run: int, *, outcome: str | None = None, source: str | None = None, reason: str | None = None
    ) -> int:
        """Return how many visits of a run are stored, as `of_run` chooses them."""
        condition, values = _of_run(run, outcome, source, reason)
        return int(
            self._database.value(
                f"SELECT count(*) FROM visits v JOIN frontier f ON f.id = v.url WHERE {condition}", values
            )
        )

    def of_hosts(self, source: str, since: datetime) -> Iterator[HostVisit]:
        """Give the visits of a source from a moment on as its hosts saw them, in the order in which they ended."""
        after = (stamp(since) - 1, 0)
        while rows := self._database.rows(_OF_HOSTS, (text(source), *after, PAGE)):
            for row in rows:
                yield HostVisit(
                    host=row["host"],
                    kind=row["kind"],
                    ended=moment(row["at"]),
                    took=timedelta(microseconds=row["took"]),
                    outcome=row["outcome"],
                    reason=row["reason"],
                    status=row["status"],
                    bytes=row["bytes"],
                )
            after = further((rows[-1]["at"], rows[-1]["id"]), after)

    def host(self, name: str) -> Host:
        """Return what is remembered of a host; an empty `Host` when nothing is."""
        row = self._database.one("SELECT * FROM hosts WHERE host = ?", (text(name),))
        if row is None:
            return Host(name)
        robots = None
        if row["robots_fetched"] is not None:
            robots = Robots(row["robots"] or "", row["robots_status"], moment(row["robots_fetched"]))
        return Host(name, moment_or_none(row["paused_until"]), moment_or_none(row["last_request"]), robots)

    def forget(self, *, visits: datetime, runs: datetime, dry_run: bool = False) -> tuple[int, int]:
        """Delete the visits and the runs that are older, and return how many; `dry_run` counts them alone."""
        return pruning.forget(self._database, visits=visits, runs=runs, dry_run=dry_run)

    def forget_captures(self, file: str, offsets: Collection[int] | None) -> None:
        """Forget that visits and articles have raw responses at these places of a file; None: anywhere in it."""
        pruning.forget_captures(self._database, file, offsets)

    def rests(self, now: datetime) -> dict[str, datetime]:
        """Return host -> until when it is not asked for anything, for those that rest."""
        rows = self._database.rows("SELECT host, paused_until FROM hosts WHERE paused_until > ?", (stamp(now),))
        return {row["host"]: moment(row["paused_until"]) for row in rows}

    def pause_host(self, name: str, until: datetime | None) -> None:
        """Lease no URL of a host until a moment; None ends its rest."""
        _upsert_host(self._database, name, {"paused_until": stamp_or_none(until)})

    def keep_robots(self, name: str, robots: Robots) -> None:
        """Remember a host's robots.txt; where the power fails at once, it is asked for again."""
        columns = {"robots": text(robots.text), "robots_status": robots.status, "robots_fetched": stamp(robots.fetched)}
        _upsert_host(self._database, name, columns, lasting=False)

    def landings(self, urls: Collection[str]) -> dict[str, str]:
        """Return canonical URL -> where its last answer with status 200 ended, for those that were led elsewhere."""
        rows = self._database.rows(
            "SELECT f.url, (SELECT v.final_url FROM visits v WHERE v.url = f.id AND v.status = 200"
            " AND v.final_url IS NOT NULL ORDER BY v.at DESC, v.id DESC LIMIT 1) AS landed"
            " FROM frontier f WHERE f.url IN (SELECT value FROM json_each(?))",
            (json.dumps([text(url) for url in urls]),),
        )
        return {row["url"]: row["landed"] for row in rows if row["landed"]}


def _upsert_host(database: Database, name: str, columns: Mapping[str, object], *, lasting: bool = True) -> None:
    names = ", ".join(columns)
    holes = ", ".join(f":{column}" for column in columns)
    sets = ", ".join(f"{column} = excluded.{column}" for column in columns)
    with database.writing(lasting=lasting) as connection:
        connection.execute(
            f"INSERT INTO hosts (host, {names}) VALUES (:host, {holes}) ON CONFLICT DO UPDATE SET {sets}",
            {"host": text(name), **columns},
        )


def _of_run(run: int, outcome: str | None, source: str | None, reason: str | None) -> tuple[str, dict[str, object]]:
    """Return a condition on visits v and their addresses f, and its values."""
    parts, values = ["v.run = :run"], dict[str, object](run=run)
    if outcome is not None:
        parts.append("v.outcome = :outcome")
        values["outcome"] = text(outcome)
    if source is not None:
        parts.append("f.source = :source")
        values["source"] = text(source)
    if reason is not None:
        parts.append("(v.reason = :reason OR substr(v.reason, 1, length(:reason) + 1) = :reason || ':')")
        values["reason"] = text(reason)
    return " AND ".join(parts), values


def _of_url(url: str | None, *, captured: bool) -> tuple[str, tuple[str, ...]]:
    condition, values = ("1", ()) if url is None else ("f.url = ?", (text(url),))
    return condition + (" AND v.capture_file IS NOT NULL" if captured else ""), values


def _logged(row: sqlite3.Row) -> LoggedVisit:
    return LoggedVisit(
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
