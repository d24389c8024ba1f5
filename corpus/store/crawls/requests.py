"""What people want of the scheduler: looks at addresses, crawls and rules of sources; who has them, how they ended.

A scheduler holds a request by a lease, which it renews. When its process dies the lease ends, and another takes the
request up. Each time is a try with a number, and only the latest try may say how the request ended.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from corpus.errors import StoreLocked
from corpus.store.crawls.journal import KEEP_VISITS
from corpus.store.file.database import Database
from corpus.store.file.rows import json_map, moment, moment_or_none, stamp, text, text_or_none, word
from corpus.texts import text as sentence
from corpus.texts.storing import as_json, restored

EXPIRES = timedelta(days=1)  # what nobody took up by then is no longer wanted, or would surprise
LEASE = timedelta(minutes=5)  # a scheduler renews it each minute
MAX_TRIES = 3  # a request that ended so many processes is not tried again
MAX_LOOKS = 100  # that may wait; crawls are bounded by the number of sources

_OPEN = "finished IS NULL"
_BROKEN_OFF = sentence("the scheduler broke off {n} times at it", n=MAX_TRIES)


class RequestKind(StrEnum):
    """What a person requests of the scheduler."""

    LOOK = "look"
    CRAWL = "crawl"
    RULE = "rule"


class RequestState(StrEnum):
    """How far a request is."""

    WAITING = "waiting"
    TAKEN = "taken"
    DONE = "done"
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class CrawlRequest:
    """One request.

    Attributes:
        about: The address to look at, the source to crawl, or a rule as corpus/corrections/rules.py has it.
        taken: When a scheduler first took it up.
        tries: How often one took it up.
        outcome: Why it failed; None when it did not, or has not ended.
        answer: What a look found, as crawler/looking.py gives it, or crawler/ruling.py for a rule; empty for a crawl.
        run: The number of the crawl that was made.
    """

    id: int
    kind: RequestKind
    about: str
    who: str
    made: datetime
    state: RequestState
    taken: datetime | None
    tries: int
    finished: datetime | None
    outcome: str | None
    answer: dict[str, Any]
    run: int | None

    def state_at(self, now: datetime) -> RequestState:
        """Return the request's state; it has expired when it waited too long, also if no scheduler noted that."""
        is_late = self.state is RequestState.WAITING and now - self.made > EXPIRES
        return RequestState.EXPIRED if is_late else self.state


class Requests:
    """The requests of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, kind: RequestKind, about: str, who: str, now: datetime) -> tuple[CrawlRequest, bool]:
        """Store a request, unless one for the same thing is open; return the open request, and whether it is new.

        Raises:
            StoreLocked: MAX_LOOKS looks wait already.
        """
        with self._database.writing() as connection:
            _expire(connection, now)
            row = connection.execute(
                f"SELECT * FROM requests WHERE {_OPEN} AND kind = ? AND about = ?", (kind.value, text(about))
            ).fetchone()
            if row is not None:
                return _request(row), False
            waiting = connection.execute(f"SELECT count(*) FROM requests WHERE {_OPEN} AND kind = 'look'").fetchone()[0]
            if kind is RequestKind.LOOK and waiting >= MAX_LOOKS:
                raise StoreLocked(f"{MAX_LOOKS} looks wait already: expected that some end first")
            cursor = connection.execute(
                "INSERT INTO requests (kind, about, who, made, state) VALUES (?, ?, ?, ?, 'waiting')",
                (kind.value, text(about), text(who), stamp(now)),
            )
            row = connection.execute("SELECT * FROM requests WHERE id = ?", (cursor.lastrowid,)).fetchone()
        return _request(row), True

    def get(self, id: int) -> CrawlRequest | None:
        """Return a request by its number; None when there is none."""
        row = self._database.one("SELECT * FROM requests WHERE id = ?", (id,)) if 0 < id < 1 << 63 else None
        return None if row is None else _request(row)

    def open(self) -> list[CrawlRequest]:
        """Return the requests that have not ended, the oldest first."""
        return [_request(row) for row in self._database.rows(f"SELECT * FROM requests WHERE {_OPEN} ORDER BY id")]

    def count(self) -> int:
        """Return how many requests there are, those that ended, too."""
        return int(self._database.value("SELECT count(*) FROM requests"))

    def latest(self, limit: int) -> list[CrawlRequest]:
        """Return the latest requests, the last one first."""
        rows = self._database.rows("SELECT * FROM requests ORDER BY id DESC LIMIT ?", (limit,))
        return [_request(row) for row in rows]

    def latest_about(self, kind: RequestKind, about: str) -> CrawlRequest | None:
        """Return the latest request for the same; None when there is none."""
        sql = "SELECT * FROM requests WHERE kind = ? AND about = ? ORDER BY id DESC LIMIT 1"
        row = self._database.one(sql, (kind.value, text(about)))
        return None if row is None else _request(row)

    def claim(self, kind: RequestKind, now: datetime, *, limit: int, busy: Collection[str] = ()) -> list[CrawlRequest]:
        """Take up requests: those that wait, and those whose scheduler died; the oldest first.

        A crawl that a scheduler finished, and died before it said so, is noted as done and not made again.

        Args:
            limit: The most to take.
            busy: Sources that a run holds; their requests wait.
        """
        with self._database.writing() as connection:
            _expire(connection, now)
            _note_crawls_made(connection, now)
            why = _BROKEN_OFF
            connection.execute(
                "UPDATE requests SET state = 'failed', finished = ?, outcome = ?, message = ?"
                " WHERE state = 'taken' AND lease < ? AND tries >= ?",
                (stamp(now), text(why), as_json(why), stamp(now), MAX_TRIES),
            )
            connection.execute("DELETE FROM requests WHERE finished < ?", (stamp(now - KEEP_VISITS),))
            rows = connection.execute(
                "SELECT id FROM requests WHERE kind = ? AND (state = 'waiting' OR (state = 'taken' AND lease < ?))"
                " AND about NOT IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT ?",
                (kind.value, stamp(now), json.dumps([text(each) for each in busy]), limit),
            ).fetchall()
            ids = json.dumps([row["id"] for row in rows])
            among = "id IN (SELECT value FROM json_each(?))"
            connection.execute(
                "UPDATE requests SET state = 'taken', taken = coalesce(taken, ?), lease = ?, tries = tries + 1"
                f" WHERE {among}",
                (stamp(now), stamp(now + LEASE), ids),
            )
            claimed = connection.execute(f"SELECT * FROM requests WHERE {among} ORDER BY id", (ids,)).fetchall()
        return [_request(row) for row in claimed]

    def make_due(self, sources: Collection[str], now: datetime) -> None:
        """Make the front pages and feeds of sources due: who asks for a crawl wants what is new there.

        Other addresses keep their time; so do hosts that said when to come back, which the crawl heeds.
        """
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE frontier SET due = ?, run = NULL WHERE state = 'waiting' AND due > ?"
                " AND kind IN ('home', 'feed') AND source IN (SELECT value FROM json_each(?))",
                (stamp(now), stamp(now), json.dumps([text(each) for each in sources])),
            )

    def renew(self, requests: Iterable[CrawlRequest], now: datetime) -> None:
        """Say that who took the requests up is alive."""
        held = [(stamp(now + LEASE), each.id, each.tries) for each in requests]
        if held:
            with self._database.writing() as connection:
                connection.executemany(
                    "UPDATE requests SET lease = ? WHERE id = ? AND tries = ? AND state = 'taken'", held
                )

    def release(self, request: CrawlRequest) -> None:
        """Give a request back, as if it had not been taken up, such as when its scheduler is stopped."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE requests SET state = 'waiting', lease = NULL, tries = tries - 1"
                " WHERE id = ? AND tries = ? AND state = 'taken'",
                (request.id, request.tries),
            )

    def finish(
        self,
        request: CrawlRequest,
        now: datetime,
        *,
        failure: str | None = None,
        answer: dict[str, Any] | None = None,
        run: int | None = None,
    ) -> bool:
        """Note how a request ended; False when another scheduler took it up meanwhile and now answers for it.

        Args:
            failure: Why it failed; None: it is done.
        """
        state = RequestState.DONE if failure is None else RequestState.FAILED
        message = None if failure is None else as_json(failure)
        stored = None if answer is None else json.dumps(answer, ensure_ascii=False)
        with self._database.writing() as connection:
            cursor = connection.execute(
                "UPDATE requests SET state = ?, finished = ?, outcome = ?, message = ?, answer = ?, run = ?,"
                " lease = NULL WHERE id = ? AND tries = ? AND state = 'taken'",
                (
                    state.value,
                    stamp(now),
                    text_or_none(failure),
                    message,
                    text_or_none(stored),
                    run,
                    request.id,
                    request.tries,
                ),
            )
        return cursor.rowcount == 1

    def cancel(self, id: int, now: datetime) -> bool:
        """End a request that no scheduler has taken up; False when there is none such."""
        with self._database.writing() as connection:
            cursor = connection.execute(
                "UPDATE requests SET state = ?, finished = ? WHERE id = ? AND state = 'waiting'",
                (RequestState.CANCELLED.value, stamp(now), id),
            )
        return cursor.rowcount == 1


def _expire(connection: sqlite3.Connection, now: datetime) -> None:
    connection.execute(
        "UPDATE requests SET state = 'expired', finished = ? WHERE state = 'waiting' AND made < ?",
        (stamp(now), stamp(now - EXPIRES)),
    )


def _note_crawls_made(connection: sqlite3.Connection, now: datetime) -> None:
    """Note as done the crawls whose lease ended, though a run that began after they were taken up ended well."""
    made = (
        "SELECT max(r.id) FROM run_sources s JOIN runs r ON r.id = s.run WHERE s.source = requests.about"
        " AND r.started >= requests.taken AND r.ended IS NOT NULL AND r.status IN ('ok', 'partial')"
    )
    connection.execute(
        f"UPDATE requests SET state = 'done', finished = ?, run = ({made})"
        f" WHERE kind = 'crawl' AND state = 'taken' AND lease < ? AND ({made}) IS NOT NULL",
        (stamp(now), stamp(now)),
    )


def _request(row: sqlite3.Row) -> CrawlRequest:
    return CrawlRequest(
        id=row["id"],
        kind=word(RequestKind, row["kind"]),
        about=row["about"],
        who=row["who"],
        made=moment(row["made"]),
        state=word(RequestState, row["state"]),
        taken=moment_or_none(row["taken"]),
        tries=row["tries"],
        finished=moment_or_none(row["finished"]),
        outcome=restored(row["outcome"], row["message"]) if row["outcome"] else None,
        answer=json_map(row["answer"] or "{}"),
        run=row["run"],
    )
