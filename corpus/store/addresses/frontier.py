"""The frontier's rows: which URLs we know, what is due, who has a lease, which hosts are at rest."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from corpus import urls
from corpus.model import Discovered, FrontierEntry, Hints, UrlKind, UrlState
from corpus.store.addresses import backlog, losses, returning
from corpus.store.addresses.hints import NO_HINTS, complete, dump_hints, load_hints
from corpus.store.file.database import Database
from corpus.store.file.rows import moment, moment_or_none, stamp, text, text_or_none, word
from corpus.store.values import LEASE, Head
from corpus.via import LISTS_STORIES, Via

# The oldest waiting URL of each host of some sources, however many wait: one step along the index frontier_due each.
_HEADS = """
    WITH RECURSIVE heads (id, source, host) AS (
        SELECT f.id, f.source, f.host FROM json_each(:sources) s JOIN frontier f ON f.id =
            (SELECT id FROM frontier WHERE state = 'waiting' AND run IS NULL AND source = s.value
             ORDER BY host, due LIMIT 1)
        UNION ALL
        SELECT f.id, f.source, f.host FROM heads JOIN frontier f ON f.id =
            (SELECT id FROM frontier
             WHERE state = 'waiting' AND run IS NULL AND source = heads.source AND host > heads.host
             ORDER BY host, due LIMIT 1)
    )
    SELECT f.id, f.source, f.host, max(f.due, coalesce(h.paused_until, 0)) AS due
    FROM heads JOIN frontier f ON f.id = heads.id JOIN hosts h ON h.host = f.host ORDER BY f.due, f.id
"""

_READ = "SELECT 1 FROM visits WHERE url = ? AND outcome IN ('read', 'unchanged') LIMIT 1"

MAX_TURNS = 3  # leases of a URL in one run, when its host asks for another try each time
MAX_RELEASES = 10  # leases that were given back unused: the host began to rest, again and again


def add(connection: sqlite3.Connection, found: Iterable[Discovered], source: str, now: datetime) -> int:
    """Add URLs, due now; return how many were new. Addresses without a canonical form are left out."""
    source, at = text(source), stamp(now)
    connection.execute("INSERT OR IGNORE INTO sources (name) VALUES (?)", (source,))
    hosts: set[str] = set()  # that are known to have their row
    of_news = backlog.due_of_news(connection, source, at)
    return sum(_add(connection, each, source, hosts, at, of_news) for each in found)


def _add(
    connection: sqlite3.Connection, found: Discovered, source: str, hosts: set[str], now: int, of_news: int | None
) -> int:
    """Add one URL; `of_news` is when news is due, where it goes before a long backlog."""
    url = found.key or urls.canonical(found.url)
    if url is None:
        return 0
    host = urls.host(url)
    hints, parent = dump_hints(found.hints), text_or_none(found.parent)
    if host not in hosts:
        connection.execute("INSERT OR IGNORE INTO hosts (host) VALUES (?)", (host,))
        hosts.add(host)
    due = now if of_news is None or not backlog.is_news(found) else min(of_news, now)
    added = connection.execute(
        "INSERT OR IGNORE INTO frontier"
        " (url, address, source, host, kind, state, due, via, parent, hints, first_seen)"
        " VALUES (?, ?, ?, ?, ?, 'waiting', ?, ?, ?, ?, ?)",
        (url, text(found.url), source, host, found.kind.value, due, text(found.via), parent, hints, now),
    ).rowcount
    if added:
        losses.forget(connection, url)
    if not added and hints != "{}":  # a section page named the address first, now a feed says more of it
        connection.execute("UPDATE frontier SET hints = ? WHERE url = ? AND hints = '{}'", (hints, url))
        if found.hints.text:  # the story as its feed brings it now; deleted once the page has it (recording.py)
            connection.execute(
                "UPDATE frontier SET hints = ?, due = min(due, ?)"
                " WHERE url = ? AND hints != ? AND json_extract(hints, '$.text') IS NOT NULL",
                (hints, now, url, hints),
            )
        if found.via in LISTS_STORIES:
            complete(connection, url, found.hints, now)
    if not added and found.kind is UrlKind.ARTICLE:
        returning.ask_again(connection, url, now)
        backlog.put_before(connection, url, found, of_news)
    if not added and found.kind is UrlKind.ARTICLE and found.via in LISTS_STORIES:
        connection.execute(
            "UPDATE frontier SET kind = 'article', via = ?, parent = ?, due = ?"
            f" WHERE url = ? AND kind = 'section' AND via = '{Via.HOME}'",
            (found.via, parent, now, url),
        )
    return added


class Frontier:
    """The addresses of one store: which wait, which are due, and which a crawl has leased."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, found: Iterable[Discovered], source: str, now: datetime) -> int:
        """Add URLs to the frontier, due now; those it knows keep their state. Return how many were new."""
        return self.add_all({source: found}, now)

    def add_all(self, found: Mapping[str, Iterable[Discovered]], now: datetime) -> int:
        """Add URLs of many sources in one transaction, as `add` does."""
        with self._database.writing() as connection:
            return sum(add(connection, urls, source, now) for source, urls in found.items())

    def add_groups(self, groups: Iterable[Sequence[Discovered]], source: str, now: datetime) -> list[int]:
        """Add the URLs of a page group by group, as `add` does; return how many of each group were new.

        They last once the visit to the page is stored: before that, it would be read again.
        """
        with self._database.writing(lasting=False) as connection:
            return [add(connection, group, source, now) if group else 0 for group in groups]

    def heads(self, sources: Collection[str]) -> list[Head]:
        """Return when the next URL of each host of the sources can be leased, the rest of the host counted."""
        return [Head(row["source"], row["host"], moment(row["due"])) for row in self._heads(sources)]

    def _heads(self, sources: Collection[str] | None) -> list[sqlite3.Row]:
        if sources is None:
            sources = [row["name"] for row in self._database.rows("SELECT name FROM sources")]
        return self._database.rows(_HEADS, {"sources": json.dumps([text(source) for source in sources])})

    def lease(
        self,
        now: datetime,
        *,
        limit: int,
        busy_hosts: Collection[str] = (),
        sources: Collection[str] | None = None,
        run: int | None = None,
    ) -> list[FrontierEntry]:
        """Take due URLs, oldest due first, at most one per host, none of a busy or paused host.

        A lease ends with `record`, with `release`, or when it expires. A run gets no URL twice, unless a visit was
        recorded with `again`, and then a few times at most. Without a run there is no such limit.
        """
        at = stamp(now)
        chosen: dict[str, int] = {}
        with self._database.writing(lasting=False) as connection:
            connection.execute(
                "UPDATE frontier SET state = 'waiting', lease = NULL WHERE state = 'leased' AND lease <= ?", (at,)
            )
            for row in self._heads(sources):
                if row["due"] <= at and row["host"] not in busy_hosts and len(chosen) < limit:
                    chosen.setdefault(row["host"], row["id"])
            return [_take(connection, id, at + stamp_of(LEASE), run) for id in chosen.values()]

    def lease_one(self, url: str, now: datetime, *, run: int | None = None) -> FrontierEntry | None:
        """Lease a known URL, due or not; None when it is leased, the run asked for it already, or its host rests."""
        with self._database.writing(lasting=False) as connection:
            row = connection.execute(
                "SELECT f.id FROM frontier f JOIN hosts h ON h.host = f.host"
                " WHERE f.url = ? AND f.state != 'leased' AND f.run IS NULL AND coalesce(h.paused_until, 0) <= ?",
                (text(url), stamp(now)),
            ).fetchone()
            return None if row is None else _take(connection, row["id"], stamp(now) + stamp_of(LEASE), run)

    def release(self, url: str) -> bool:
        """End a lease without a visit; False when there is none."""
        with self._database.writing(lasting=False) as connection:
            return bool(
                connection.execute(
                    "UPDATE frontier SET state = 'waiting', lease = NULL,"
                    f" run = CASE WHEN turns < {MAX_RELEASES} THEN NULL ELSE run END"
                    " WHERE state = 'leased' AND url = ?",
                    (text(url),),
                ).rowcount
            )

    def entry(self, url: str) -> FrontierEntry | None:
        """Return what is known of a canonical URL."""
        row = self._database.one("SELECT * FROM frontier WHERE url = ?", (text(url),))
        return None if row is None else entry_of(row)

    def hints(self, url: str) -> Hints:
        """Return what feeds and sitemaps say of a canonical URL; nothing of one that is not known."""
        return entry.hints if (entry := self.entry(url)) else NO_HINTS

    def entries(self, urls: Collection[str]) -> dict[str, FrontierEntry]:
        """Return URL -> its entry, for the canonical URLs that the frontier knows."""
        rows = self._database.rows(
            "SELECT f.* FROM json_each(?) u JOIN frontier f ON f.url = u.value", (json.dumps([*map(text, urls)]),)
        )
        return {row["url"]: entry_of(row) for row in rows}

    def above(self, entry: FrontierEntry) -> Iterator[FrontierEntry]:
        """Give an entry, then that of the page that it was found on, and so on, each once, while the caller asks."""
        above: FrontierEntry | None = entry
        given: set[str] = set()
        while above is not None and above.url not in given:  # a page can link to itself, or to the one it was found on
            yield above
            given.add(above.url)
            above = self.entry(urls.key_of(above.parent)) if above.parent else None

    def reschedule(self, url: str, due: datetime, *, kind: UrlKind | None = None) -> bool:
        """Make a known URL, also a dropped one, due at another time, as its kind or as another; False: unknown."""
        with self._database.writing() as connection:
            return bool(
                connection.execute(
                    "UPDATE frontier SET state = 'waiting', lease = NULL, due = ?, kind = coalesce(?, kind)"
                    " WHERE url = ?",
                    (stamp(due), kind and kind.value, text(url)),
                ).rowcount
            )

    def ask_again(self, url: str, now: datetime, *, standing: bool = False) -> None:
        """Make a URL without an article, or any if `standing`, due in its run, while that may ask."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE frontier SET due = ?, run = NULL"
                f" WHERE url = ? AND state = 'waiting' AND (? OR outcome = 'not-article') AND turns < {MAX_TURNS}",
                (stamp(now), text(url), standing),
            )

    def forget_validators(self, urls: Iterable[str]) -> None:
        """Forget the validators of these URLs, so that the next visits read their pages whatever is stored."""
        with self._database.writing() as connection:
            sql = "UPDATE frontier SET etag = NULL, last_modified = NULL WHERE url = ?"
            connection.executemany(sql, [(text(url),) for url in urls])

    def due_count(self, now: datetime, sources: Collection[str]) -> dict[str, int]:
        """Return source -> how many of its URLs are due, for those of the sources that have any."""
        rows = self._database.rows(
            "SELECT value AS source, (SELECT count(*) FROM frontier"
            "  WHERE state = 'waiting' AND run IS NULL AND source = value AND due <= :now)"
            " + (SELECT count(*) FROM frontier WHERE state = 'leased' AND source = value AND lease <= :now) AS due"
            " FROM json_each(:sources) WHERE due > 0",
            {"now": stamp(now), "sources": json.dumps([text(source) for source in sources])},
        )
        return {row["source"]: row["due"] for row in rows}

    def counts(self, source: str) -> dict[UrlState, int]:
        """Return state -> how many URLs of a source are in it."""
        rows = self._database.rows(
            "SELECT state, count(*) FROM frontier WHERE source = ? GROUP BY state", (text(source),)
        )
        return dict.fromkeys(UrlState, 0) | {word(UrlState, state): number for state, number in rows}

    def feeds(self) -> dict[str, tuple[str, ...]]:
        """Return source -> the addresses of its feeds that were read at their last visit."""
        found: dict[str, list[str]] = {}
        for row in self._database.rows(
            "SELECT source, address FROM frontier WHERE kind = 'feed' AND state != 'dropped'"
            " AND outcome IN ('read', 'unchanged') ORDER BY id"
        ):
            found.setdefault(row["source"], []).append(row["address"])
        return {source: tuple(addresses) for source, addresses in found.items()}


def stamp_of(length: timedelta) -> int:
    """Return a length of time in microseconds."""
    return length // timedelta(microseconds=1)


def _take(connection: sqlite3.Connection, id: int, until: int, run: int | None) -> FrontierEntry:
    """Lease a row; the run cannot lease it again, so that no failure of ours makes a run ask for a URL without end."""
    sql = "UPDATE frontier SET state = 'leased', lease = ?, run = ?, turns = turns + (? IS NOT NULL) WHERE id = ?"
    row = connection.execute(f"{sql} RETURNING *", (until, run, run, id)).fetchone()
    return entry_of(row, was_read=row["kind"] != "article" and bool(connection.execute(_READ, (id,)).fetchone()))


def open_run(connection: sqlite3.Connection, sources: str) -> None:
    """Forget what earlier runs asked of sources that a new run holds, and the leases of one that died.

    `sources` is a JSON list of their names.
    """
    among = "source IN (SELECT value FROM json_each(?))"
    connection.execute(
        f"UPDATE frontier SET state = 'waiting', lease = NULL WHERE state = 'leased' AND {among}", (sources,)
    )
    connection.execute(f"UPDATE frontier SET run = NULL, turns = 0 WHERE turns > 0 AND {among}", (sources,))


def entry_of(row: sqlite3.Row, *, was_read: bool = False) -> FrontierEntry:
    """Return the entry of a row of `frontier`; `was_read` as the entry has it."""
    return FrontierEntry(
        url=row["url"],
        address=row["address"],
        source=row["source"],
        host=row["host"],
        kind=word(UrlKind, row["kind"]),
        state=word(UrlState, row["state"]),
        due=moment(row["due"]),
        attempts=row["attempts"],
        turns=row["turns"],
        text=row["text"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        via=row["via"],
        parent=row["parent"],
        hints=load_hints(row["hints"]),
        first_seen=moment(row["first_seen"]),
        checked=moment_or_none(row["checked"]),
        changed=moment_or_none(row["changed"]),
        outcome=row["outcome"],
        reason=row["reason"],
        was_read=was_read,
    )
