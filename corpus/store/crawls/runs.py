"""Which runs there are, which is under way, which sources each holds, and what each brought.

A source is held by one run at a time: a row of `run_sources` that is `running`. A run lives as long as its process
holds the lock file whose name stands in its row; so kill -9 frees its sources, and no other process is ever taken
for the one that died.
"""

import json
import logging
import re
import secrets
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from corpus import locks
from corpus.errors import StoreLocked
from corpus.events import event
from corpus.model import Run
from corpus.runs.clock import took
from corpus.runs.receipts import SourceReceipt
from corpus.store.addresses import backlog, frontier, losses
from corpus.store.crawls import clock_ahead, cut_short, uncounted
from corpus.store.crawls.journal import KEEP_VISITS
from corpus.store.crawls.run_rows import figures_of, receipt_of, run_of
from corpus.store.file.database import Database
from corpus.store.file.rows import moment, moment_or_none, stamp, stamp_or_none, text, text_or_none
from corpus.texts.storing import as_json

log = logging.getLogger(__name__)

FOLDER = "runs"  # of lock files, in the data directory
_LOCK_NAME = re.compile(r"[0-9a-f]{16}\.lock")

_AMONG = "source IN (SELECT value FROM json_each(:sources))"


@dataclass(frozen=True, slots=True)
class Claim:
    """A run that has begun: the sources it holds, and source -> run of those that another run holds."""

    run: Run
    sources: frozenset[str]
    busy: dict[str, int]


class Runs:
    """The runs of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._folder = database.path.parent / FOLDER

    @contextmanager
    def begin(
        self,
        sources: Collection[str],
        *,
        started: datetime,
        trigger: str = "manual",
        due_by: datetime | None = None,
        keep: timedelta = KEEP_VISITS,
        now: Callable[[], datetime] | None = None,
    ) -> Iterator[Claim]:
        """Open a receipt and hold the sources that no other run holds, until the block ends.

        Args:
            sources: Names of sources; a run of none of them is a run all the same.
            due_by: Hold only sources that the schedule wants by then.
            keep: Visits that are older are forgotten.
            now: The clock, asked once the sources are held: that is when the run began, as it may have waited for them.
                None: it began at `started`.

        Raises:
            StoreLocked: Other runs hold all of the sources.
        """
        path = self._folder / f"{secrets.token_hex(8)}.lock"
        with locks.hold(path, what="a crawl"):
            try:
                yield self._claim(sources, now or (lambda: started), trigger, due_by, path.name, started - keep)
            finally:
                path.unlink(missing_ok=True)

    def _claim(
        self,
        sources: Collection[str],
        now: Callable[[], datetime],
        trigger: str,
        due_by: datetime | None,
        lock: str,
        forget: datetime,
    ) -> Claim:
        names = json.dumps([text(source) for source in sources])
        with self._database.writing() as connection:
            started = now()
            self._bury(connection)
            connection.execute("DELETE FROM visits WHERE at < ?", (stamp(forget),))
            held = connection.execute(
                f"SELECT source, run FROM run_sources WHERE state = 'running' AND {_AMONG}", {"sources": names}
            )
            busy: dict[str, int] = {row["source"]: row["run"] for row in held}
            free: dict[str, int | None] = {text(source): None for source in sources if text(source) not in busy}
            if due_by is not None:
                free = _due(connection, free, due_by)
            if sources and not free:
                raise StoreLocked(self._held_by(connection, busy))
            due = min((at for at in free.values() if at is not None), default=None)
            cursor = connection.execute(
                "INSERT INTO runs (started, due, trigger, status, lock) VALUES (?, ?, ?, 'running', ?)",
                (stamp(started), due, text(trigger), lock),
            )
            assert cursor.lastrowid is not None
            connection.executemany(
                "INSERT INTO run_sources (run, source, state, started, due) VALUES (?, ?, 'running', ?, ?)",
                [(cursor.lastrowid, source, stamp(started), at) for source, at in free.items()],
            )
            frontier.open_run(connection, mine := json.dumps(list(free)))
            clock_ahead.mend(connection, mine, started)
            backlog.lists_first(connection, free, stamp(started))  # those that a clock ahead had put off, too
        event(log, "run begun", run=cursor.lastrowid, trigger=trigger, sources=len(free), due=moment_or_none(due))
        run = Run(id=cursor.lastrowid, started=started, due=moment_or_none(due), trigger=trigger)
        return Claim(run, frozenset(free), busy)

    def _held_by(self, connection: sqlite3.Connection, busy: dict[str, int]) -> str:
        """Say who holds the sources that were wanted, or that none of them is due any more."""
        if not busy:
            return f"{self._database.path}: another crawl was first; nothing is due any more"
        source, run = next(iter(busy.items()))
        row = connection.execute("SELECT lock FROM runs WHERE id = ?", (run,)).fetchone()
        path = self._lock(row)
        holder = (path and locks.holder(path)) or "another crawl"
        more = f" and {len(busy) - 1:,} more" if len(busy) > 1 else ""
        return f"{source}{more}: crawled in run {run} by {holder}; wait for it to end, or stop it"

    def _bury(self, connection: sqlite3.Connection) -> None:
        """Mark the runs whose process is gone, and free their sources."""
        for row in connection.execute("SELECT id, lock FROM runs WHERE status = 'running'").fetchall():
            if not self._lives(row):
                uncounted.close(connection, row["id"], "died", None)
                uncounted.sum_up(connection, row["id"])
                connection.execute("UPDATE runs SET status = 'died' WHERE id = ?", (row["id"],))
                if path := self._lock(row):
                    path.unlink(missing_ok=True)

    def _lives(self, row: sqlite3.Row) -> bool:
        path = self._lock(row)
        return path is not None and locks.holder(path) is not None

    def _lock(self, row: sqlite3.Row) -> Path | None:
        """Return the lock file of a run; None when its row names none that `begin` would make.

        A row of a store from elsewhere may name any file, and the lock of a run that died is removed.
        """
        name = row["lock"]
        return self._folder / name if isinstance(name, str) and _LOCK_NAME.fullmatch(name) else None

    def finish_sources(
        self, run: int, receipts: Iterable[SourceReceipt], next_due: Mapping[str, datetime | None]
    ) -> None:
        """Close the receipts of sources and let the sources go, in one transaction.

        `next_due` maps source -> when the schedule wants it next; a source that is not in it keeps its due time.
        """
        with self._database.writing() as connection:
            connection.executemany(
                "UPDATE run_sources SET state = ?, ended = ?, counts = ?, figures = ? WHERE run = ? AND source = ?",
                [
                    (
                        receipt.state,
                        stamp_or_none(receipt.ended),
                        json.dumps(receipt.counts),
                        json.dumps(figures_of(receipt)),
                        run,
                        text(receipt.source),
                    )
                    for receipt in receipts
                ],
            )
            connection.executemany(
                "UPDATE sources SET due = ? WHERE name = ?",
                [(stamp_or_none(due), text(source)) for source, due in next_due.items()],
            )

    def finish(self, run: Run) -> None:
        """Close a run's receipt with the ended, status, counts, bytes and note of `run`, and let its sources go."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE runs SET ended = ?, status = ?, counts = ?, bytes = ?, note = ?, message = ?,"
                " worker_restarts = ?, lock = NULL WHERE id = ?",
                (
                    stamp_or_none(run.ended),
                    text(run.status),
                    json.dumps(run.counts),
                    run.bytes,
                    text_or_none(run.note),
                    as_json(run.note) if run.note else None,
                    run.worker_restarts,
                    run.id,
                ),
            )
            state = "stopped" if run.status == "stopped" else "failed"
            uncounted.close(connection, run.id, state, stamp_or_none(run.ended))
            losses.close_run(connection, run.id)

        outcomes: Counter[str] = Counter()
        for counts in run.counts.values():
            outcomes.update(counts)
        facts = {"run": run.id, "status": run.status, "trigger": run.trigger, "sources": len(run.counts), **outcomes}
        event(log, "run ended", facts, bytes=run.bytes, seconds=took(run), note=run.note)

    def count(self) -> int:
        """Return how many runs there were, with those under way."""
        return int(self._database.value("SELECT count(*) FROM runs"))

    def latest(self, limit: int = 10, *, before: int = 1 << 62) -> list[Run]:
        """Return the latest runs below a number, the newest first; a run whose process is gone has died."""
        sql = "SELECT * FROM runs WHERE id < ? ORDER BY id DESC LIMIT ?"
        return [self._run(row) for row in self._database.rows(sql, (before, limit))]

    def run(self, id: int) -> Run | None:
        """Return one run; None when there is none of this number."""
        row = self._database.one("SELECT * FROM runs WHERE id = ?", (id,))
        return None if row is None else self._run(row)

    def by_status(self) -> dict[str, tuple[int, datetime]]:
        """Return status -> how many runs have it and when the latest began; a run without its process has died."""
        living = len(under_way := self.under_way())
        rows = self._database.rows("SELECT status, count(*) AS runs, max(started) AS last FROM runs GROUP BY status")
        found = {row["status"]: (row["runs"], moment(row["last"])) for row in rows}
        if "running" in found:
            claimed, last = found.pop("running")
            died, died_last = found.get("died", (0, last))
            if claimed > living:
                found["died"] = (died + claimed - living, max(died_last, last))
            if living:
                found["running"] = (living, under_way[0].started)
        return found

    def restarts(self) -> int:
        """Return how many processes pages have cost all runs that ended."""
        row = self._database.one("SELECT total(worker_restarts) AS restarts FROM runs")
        return int(row["restarts"]) if row else 0

    def under_way(self) -> list[Run]:
        """Return the runs whose process lives, the last one first."""
        rows = self._database.rows("SELECT * FROM runs WHERE status = 'running' ORDER BY id DESC")
        return [self._run(row) for row in rows if self._lives(row)]

    def cut_short(self, since: datetime) -> list[Run]:
        """Return the runs since then that failed or died, whose sources no later run was done with, the last first."""
        found = (self.run(id) for id in cut_short.ids(self._database, since))
        return [run for run in found if run is not None and run.status != "running"]

    def held(self) -> set[str]:
        """Return the sources that runs under way hold."""
        names: set[str] = set()
        for run in self.under_way():
            rows = self._database.rows("SELECT source FROM run_sources WHERE run = ? AND state = 'running'", (run.id,))
            names.update(row["source"] for row in rows)
        return names

    def receipts(self, run: int) -> list[SourceReceipt]:
        """Return the receipts of a run's sources, by name; what is under way is counted so far."""
        found = self.run(run)
        return uncounted.receipts(self._database, run, died=found is not None and found.status == "died")

    def of_source(self, source: str, limit: int) -> list[tuple[int, SourceReceipt, int]]:
        """Return the latest runs of a source, each with its receipt and how many addresses it left out."""
        rows = self._database.rows(
            "SELECT r.*, (SELECT coalesce(sum(times), 0) FROM run_left_out l WHERE l.run = r.run"
            " AND l.source = r.source) AS left_out"
            " FROM run_sources r WHERE source = ? ORDER BY started DESC, run DESC LIMIT ?",
            (text(source), limit),
        )
        return [(row["run"], receipt_of(row), row["left_out"]) for row in rows]

    def readings(self) -> list[tuple[str, datetime]]:
        """Return the source and the end of its part in each run that read or stored something of the source."""
        rows = self._database.rows(
            "SELECT source, ended FROM run_sources WHERE state = 'done' AND ended IS NOT NULL AND EXISTS"
            " (SELECT 1 FROM json_each(counts) WHERE key IN ('new', 'changed', 'unchanged', 'read')) ORDER BY ended"
        )
        return [(row["source"], moment(row["ended"])) for row in rows]

    def _run(self, row: sqlite3.Row) -> Run:
        found = run_of(row)
        if found.status != "running" or self._lives(row):
            return found
        counts, size = uncounted.of_dead(self._database, found.id)
        return replace(found, status="died", counts=counts, bytes=size)


def _due(connection: sqlite3.Connection, names: Collection[str], by: datetime) -> dict[str, int | None]:
    """Return those of the sources that the schedule wants by then, each with when."""
    rows = connection.execute("SELECT name, due FROM sources WHERE due <= ?", (stamp(by),)).fetchall()
    return {row["name"]: row["due"] for row in rows if row["name"] in names}
