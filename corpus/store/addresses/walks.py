"""The older pages of lists -> which wait until their user asks for them, and how far back a source is walked."""

import sqlite3
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, date, datetime, time

from corpus import urls
from corpus.model import Discovered, UrlKind
from corpus.reasons import Reason
from corpus.runs.lost_lists import LostList
from corpus.store.addresses import frontier
from corpus.store.addresses.census import WRONG_GUESS
from corpus.store.file.database import Database
from corpus.store.file.finding import has_url_of
from corpus.store.file.rows import moment_or_none, stamp, text, word
from corpus.store.values import Backfill, ListingStats
from corpus.via import Via

NOT_WALKED = Reason.NOT_WALKED.value  # the reason of a row until its address is asked for


class Walks:
    """The older pages of one store's lists, and how far back its sources are walked."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def postpone(self, found: Iterable[Discovered], source: str, now: datetime) -> int:
        """Remember older pages that are not asked for until `resume`; return how many were new."""
        new = 0
        with self._database.writing() as connection:
            for item in found:
                if frontier.add(connection, (item,), source, now):
                    new += 1
                    connection.execute(
                        "UPDATE frontier SET state = 'dropped', reason = ? WHERE url = ?",
                        (NOT_WALKED, text(urls.key_of(item.url))),
                    )
        return new

    def put_off(self, source: str, now: datetime, until: datetime, *, is_alike: Callable[[str], bool]) -> int:
        """Let alike addresses of a sitemap that nobody has asked for wait, and return how many.

        None waits where one is a story's, or where nothing else of the source is due that could have its turn.
        """
        with self._database.writing() as connection:
            if all(is_alike(row["url"]) for row in connection.execute(_DUE, (text(source), stamp(now)))):
                return 0
            rows = connection.execute(_BY_SITEMAP, (text(source), Via.SITEMAP.value)).fetchall()
            alike = [row for row in rows if is_alike(row["url"])]
            if any(row["changed"] is not None for row in alike):
                return 0
            waiting = [(stamp(until), Reason.SERIES.value, row["url"]) for row in alike]
            connection.executemany("UPDATE frontier SET due = ?, reason = ? WHERE url = ?", waiting)
            return len(waiting)

    def postponed(self) -> dict[str, tuple[str, ...]]:
        """Return source -> the older pages that wait until they are asked for, in the order they were found."""
        found: dict[str, list[str]] = {}
        for row in self._database.rows(
            "SELECT source, address FROM frontier WHERE state = 'dropped' AND reason = ? ORDER BY id", (NOT_WALKED,)
        ):
            found.setdefault(row[0], []).append(row[1])
        return {source: tuple(addresses) for source, addresses in found.items()}

    def waiting(self, sources: Iterable[str]) -> frozenset[str]:
        """Return which of these sources have older pages that wait until they are asked for."""
        query = "SELECT 1 FROM frontier WHERE source = ? AND state = 'dropped' AND reason = ? LIMIT 1"
        return frozenset(name for name in sources if self._database.one(query, (text(name), NOT_WALKED)) is not None)

    def resume(
        self, addresses: Collection[str], source: str, since: datetime, now: datetime, *, until: date | None = None
    ) -> int:
        """Walk a source back to a day from now on, and make these postponed pages due; return how many are.

        Pages newer than `until` are left, as Backfill says.
        """
        newest = None if until is None else datetime.combine(until, time(), UTC)
        with self._database.writing() as connection:
            connection.execute("INSERT OR IGNORE INTO sources (name) VALUES (?)", (text(source),))
            connection.execute(
                "UPDATE sources SET backfill = ?, backfill_until = ?, backfill_set = ? WHERE name = ?",
                (stamp(since), None if newest is None else stamp(newest), stamp(now), text(source)),
            )
            return sum(_make_due(connection, address, source, now) for address in addresses)

    def goal(self, source: str) -> Backfill | None:
        """Return how far back a source is walked; None: as far as config says."""
        row = self._database.one(
            "SELECT backfill, backfill_until, backfill_set FROM sources WHERE name = ?", (text(source),)
        )
        since, until, set_on = (None, None, None) if row is None else (moment_or_none(value) for value in row)
        if since is None:
            return None
        return Backfill(since.date(), until.date() if until else None, set_on.date() if set_on else None)

    def walked(self, source: str, via: str) -> int:
        """Return how many addresses of a source that were found this way are or were asked for."""
        return int(
            self._database.value(
                "SELECT count(*) FROM frontier WHERE source = ? AND via = ? AND coalesce(reason, '') != ?",
                (text(source), text(via), NOT_WALKED),
            )
        )

    def newest_below(self, source: str, parent: str) -> datetime | None:
        """Return when the newest stored article that a listing named was published; None when nothing says so."""
        value = self._database.value(
            f"SELECT max(a.published) FROM frontier f CROSS JOIN articles a ON {has_url_of('f.url')}"
            " WHERE f.source = ? AND f.parent = ?",
            (text(source), text(parent)),
        )
        return moment_or_none(value)

    def ways_in(self, source: str) -> list[ListingStats]:
        """Return the listings of a source, and how many articles each was the first to name; the most first."""
        rows = self._database.rows(
            "SELECT f.address, f.kind, f.via, f.outcome, f.reason, f.checked, coalesce(n.articles, 0) AS articles"
            " FROM frontier f LEFT JOIN ("
            "   SELECT parent, count(*) AS articles FROM frontier"
            "   WHERE source = :source AND kind = 'article' GROUP BY parent"
            " ) n ON n.parent = f.address"
            " WHERE f.source = :source AND f.kind != 'article' AND f.outcome IS NOT NULL"
            f" AND NOT ({WRONG_GUESS.format(outcome='f.outcome')}) ORDER BY articles DESC, f.id",
            {"source": text(source)},
        )
        return [
            ListingStats(
                address=row["address"],
                kind=word(UrlKind, row["kind"]),
                via=row["via"],
                outcome=row["outcome"],
                reason=row["reason"],
                checked=moment_or_none(row["checked"]),
                articles=row["articles"],
            )
            for row in rows
        ]

    def lost(self, source: str | None = None) -> dict[str, list[LostList]]:
        """Return source -> its lists that were read once and give nothing now, the longest silent first.

        Args:
            source: Of this one alone.

        Visits that are no longer stored do not count: such a list has given nothing for longer than is said.
        """
        found: dict[str, list[LostList]] = {}
        for row in self._database.rows(_LOST, {"source": source}):
            since = moment_or_none(row["since"]) or moment_or_none(row["checked"])
            one = LostList(row["address"], word(UrlKind, row["kind"]), row["reason"] or "", since, bool(row["is_over"]))
            found.setdefault(row["source"], []).append(one)
        return found


_DUE = "SELECT url FROM frontier WHERE source = ? AND state = 'waiting' AND run IS NULL AND due <= ?"
_BY_SITEMAP = """
    SELECT url, changed FROM frontier
    WHERE source = ? AND via = ? AND kind = 'article'
        AND (changed IS NOT NULL OR (state = 'waiting' AND checked IS NULL))
"""
_LOST = """
    SELECT source, address, kind, reason, checked, is_over,
        (SELECT min(v.at) FROM visits v INDEXED BY visits_by_url WHERE v.url = l.id AND v.at > l.was_read) AS since
    FROM (
        SELECT *, state = 'dropped' AS is_over,
            (SELECT max(v.at) FROM visits v WHERE v.url = f.id AND v.outcome IN ('read', 'unchanged')) AS was_read
        FROM frontier f WHERE kind != 'article' AND outcome IN ('failed', 'refused', 'not-article')
            AND (:source IS NULL OR source = :source)
    ) l WHERE was_read IS NOT NULL ORDER BY source, since, id
"""


def _make_due(connection: sqlite3.Connection, address: str, source: str, now: datetime) -> int:
    return connection.execute(
        "UPDATE frontier SET state = 'waiting', reason = NULL, due = ?"
        " WHERE url = ? AND source = ? AND state = 'dropped' AND reason = ?",
        (stamp(now), text(urls.key_of(address)), text(source), NOT_WALKED),
    ).rowcount
