"""A run that ended -> how its sources do now, stored with since when, and acknowledged by hand."""

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import takewhile

from corpus.health.judging import judge
from corpus.health.rhythm import MIN_SILENCE, QUARTER, YEAR
from corpus.health.values import Day, Health, HealthState, Past, Trouble, troubled
from corpus.runs.receipts import SourceReceipt
from corpus.store.crawls.run_rows import receipt_of
from corpus.store.file.database import Database
from corpus.store.file.rows import moment, moment_or_none, stamp, stamp_or_none, text, word
from corpus.texts.storing import as_json, restored

RECENT = 60  # receipts that are looked at: two months of nights, two and a half days of hours
ENOUGH = 100  # new stories; where they have fewer, as many receipts with new stories of before are looked at as well
SPAN = timedelta(days=14)  # that are looked at, however many runs: each day of a week stands among them twice
EARLIER = 1440  # receipts among which these are: four years of nights, two months of hours
LONG_AGO = 2 * YEAR  # the days of a source that is silent are read back so far: a monthly has twelve issues a year

_DAY = 86_400_000_000  # microseconds
_MICROSECOND = timedelta(microseconds=1)
_RECEIPTS = (
    "SELECT * FROM run_sources WHERE source = ? AND state IN ('done', 'stopped') AND started < ?"
    " ORDER BY started DESC, run DESC LIMIT ?"
)
# Most receipts of a weekly, and of an hourly source, have no new story: sixty of them may have eight stories in all.
_WITH_NEWS = f"""
    SELECT * FROM ({_RECEIPTS})
    WHERE json_extract(figures, '$.stories') > 0 OR json_extract(figures, '$.empty') > 0
        OR json_extract(figures, '$.first_lost_for') != '{{}}'
    ORDER BY started DESC, run DESC
"""
# Day after day by the index: an hourly source has 17,000 receipts in two years. A day is silent when a list
# was read and no story was new; one that was lost is news all the same. The oldest receipts have no figures of lists.
_CRAWLED = """
    WITH RECURSIVE days (day) AS (
        SELECT min(started) / :day FROM run_sources WHERE source = :source AND started >= :since
        UNION ALL
        SELECT (SELECT min(started) / :day FROM run_sources WHERE source = :source AND started >= (days.day + 1) * :day)
        FROM days WHERE days.day IS NOT NULL
    )
    SELECT day, EXISTS (
        SELECT 1 FROM run_sources WHERE source = :source AND started >= days.day * :day
            AND started < (days.day + 1) * :day AND state IN ('done', 'stopped') AND counts != '{}'
            AND coalesce(json_extract(figures, '$.lists'), 1) > coalesce(json_extract(figures, '$.lists_lost'), 0)
    ) AS is_read, EXISTS (
        SELECT 1 FROM run_sources WHERE source = :source AND started >= days.day * :day
            AND started < (days.day + 1) * :day AND state IN ('done', 'stopped')
            AND coalesce(json_extract(figures, '$.first_lost_for'), '{}') != '{}'
    ) AS is_lost
    FROM days WHERE day IS NOT NULL
"""
_NEW = "SELECT first_seen / ? AS day, count(*) AS times FROM articles WHERE source = ? AND first_seen >= ? GROUP BY day"


class SourceHealth:
    """How the sources of one store do."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, *, paused: bool = False) -> dict[str, Health]:
        """Return source -> its health, by name, for sources that were ever crawled; paused ones only on request."""
        rows = self._database.rows(
            "SELECT h.* FROM source_health h JOIN sources s ON s.name = h.source"
            " WHERE s.paused IS NULL OR ? ORDER BY source",
            (paused,),
        )
        beside: dict[str, list[Trouble]] = {}
        for row in self._database.rows("SELECT * FROM source_troubles ORDER BY source, place"):
            beside.setdefault(row["source"], []).append(_trouble(row))
        return {row["source"]: _health(row, beside.get(row["source"], ())) for row in rows}

    def of_followed(self, names: Collection[str]) -> dict[str, Health]:
        """Return the health of the sources that config names: a source that is no longer crawled has no trouble."""
        return {name: health for name, health in self.all().items() if name in names}

    def of(self, source: str) -> Health | None:
        """Return how a source does; None when no run has shown it."""
        row = self._database.one("SELECT * FROM source_health WHERE source = ?", (text(source),))
        if row is None:
            return None
        beside = self._database.rows("SELECT * FROM source_troubles WHERE source = ? ORDER BY place", (text(source),))
        return _health(row, [_trouble(each) for each in beside])

    def judge_run(self, run: int, at: datetime) -> None:
        """Judge the sources of a run that are done and had a visit; what changed is stored in one transaction."""
        rows = self._database.rows(
            "SELECT source, started FROM run_sources WHERE run = ? AND state IN ('done', 'stopped') AND counts != '{}'",
            (run,),
        )
        changed = []
        for row in rows:  # read before the transaction begins: with thousands of sources it would hold up all writers
            with self._database.reading() as connection:
                before = self.of(row["source"])
                after = judge(_past(connection, row["source"], before, row["started"]), before)
            if after is not None and after != before:
                changed.append(after)
        with self._database.writing():
            for health in changed:
                self.write(health, at)

    def write(self, health: Health, at: datetime) -> None:
        """Store how a source does, as it was found at a moment."""
        with self._database.writing() as connection:
            connection.execute("INSERT OR IGNORE INTO sources (name) VALUES (?)", (text(health.source),))
            connection.execute(
                "INSERT OR REPLACE INTO source_health"
                " (source, state, since, cause, why, message, kind, acknowledged, judged)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    text(health.source),
                    health.state.value,
                    stamp(health.since),
                    text(health.cause),
                    text(health.why),
                    as_json(health.why),
                    text(health.kind),
                    stamp_or_none(health.acknowledged),
                    stamp(at),
                ),
            )
            connection.execute("DELETE FROM source_troubles WHERE source = ?", (text(health.source),))
            connection.executemany(
                "INSERT INTO source_troubles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [_row(health.source, place, each) for place, each in enumerate(health.beside)],
            )

    def acknowledge(self, source: str, at: datetime) -> Health | None:
        """Acknowledge all troubles of a source, and return its health; None: it has no trouble.

        What is usual stays what it was: a trouble that ends and comes again is a new one.
        """
        with self._database.writing():
            found = self.of(source)
            if found is None or found.state is HealthState.OK:
                return None
            known = [replace(each, acknowledged=each.acknowledged or at) for each in found.troubles]
            found = troubled(found.source, known)
            self.write(found, at)
        return found


def _past(connection: sqlite3.Connection, source: str, before: Health | None, upto: int) -> Past:
    recent = _before(connection, source, upto + 1)
    earlier = _with_news(connection, source, recent)
    known = (*earlier, *recent)
    usual: tuple[SourceReceipt, ...] = ()
    if known and before is not None and before.state is not HealthState.OK:  # else the usual is among those
        usual = _before(connection, source, stamp(min(known[0].started, *(each.since for each in before.troubles))))
        usual = (*_with_news(connection, source, usual), *usual)
    has_articles = connection.execute(
        "SELECT 1 FROM articles WHERE source = ? AND withdrawn IS NULL LIMIT 1", (source,)
    ).fetchone()
    return Past(
        source=source,
        recent=recent,
        earlier=earlier,
        usual=usual,
        days=_days(connection, source, upto),
        has_articles=has_articles is not None,
    )


def _before(connection: sqlite3.Connection, source: str, before: int) -> tuple[SourceReceipt, ...]:
    """Return the latest receipts before a moment, oldest first."""
    rows = connection.execute(_RECEIPTS, (source, before, RECENT)).fetchall()
    return tuple(receipt_of(row) for row in reversed(rows))


def _with_news(
    connection: sqlite3.Connection, source: str, later: tuple[SourceReceipt, ...]
) -> tuple[SourceReceipt, ...]:
    """Return earlier receipts that have new stories, oldest first; none where the later ones have enough."""
    if len(later) < RECENT:
        return ()  # there are none before them
    stories = sum(each.stories + each.empty + each.first_lost for each in later)
    rows = connection.execute(_WITH_NEWS, (source, stamp(later[0].started), EARLIER))
    since = stamp(later[-1].started - SPAN)
    fewest = 0 if stories >= ENOUGH else RECENT
    found = takewhile(lambda row: row[0] < fewest or row[1]["started"] >= since, enumerate(rows))
    return tuple(receipt_of(row) for _, row in found)[::-1]


def _days(connection: sqlite3.Connection, source: str, upto: int) -> tuple[Day, ...]:
    """Return the days of the last quarter on which lists of a source were read; of a silent one earlier ones, too."""
    days = _days_of(connection, source, upto, QUARTER)
    is_silent = not any(day.new for day in days[-MIN_SILENCE:])
    return _days_of(connection, source, upto, LONG_AGO) if is_silent else days


def _days_of(connection: sqlite3.Connection, source: str, upto: int, length: timedelta) -> tuple[Day, ...]:
    since = upto - length // _MICROSECOND
    new = {row["day"]: row["times"] for row in connection.execute(_NEW, (_DAY, source, since))}
    crawled = connection.execute(_CRAWLED, {"day": _DAY, "source": source, "since": since}).fetchall()
    epoch = datetime(1970, 1, 1, tzinfo=UTC).date()
    return tuple(
        Day(epoch + timedelta(days=row["day"]), new.get(row["day"], 0) or row["is_lost"])
        for row in crawled
        if row["is_read"] or row["is_lost"] or row["day"] in new
    )


def _health(row: sqlite3.Row, beside: Sequence[Trouble]) -> Health:
    state = word(HealthState, row["state"])
    if state is HealthState.OK:
        return Health(source=row["source"], state=state, since=moment(row["since"]))
    return troubled(row["source"], [_trouble(row), *beside])


def _trouble(row: sqlite3.Row) -> Trouble:
    return Trouble(
        state=word(HealthState, row["state"]),
        cause=row["cause"],
        why=restored(row["why"], row["message"]),
        since=moment(row["since"]),
        kind=row["kind"],
        acknowledged=moment_or_none(row["acknowledged"]),
    )


def _row(source: str, place: int, trouble: Trouble) -> tuple[str | int | None, ...]:
    return (
        text(source),
        place,
        trouble.state.value,
        text(trouble.kind),
        stamp(trouble.since),
        text(trouble.cause),
        text(trouble.why),
        as_json(trouble.why),
        stamp_or_none(trouble.acknowledged),
    )
