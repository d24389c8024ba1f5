"""Which other addresses of a source answered with this text, redirected to this place, or claim this address?"""

import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta

from corpus.model import Article, LeftOut
from corpus.store.addresses import losses
from corpus.store.articles import reading
from corpus.store.articles.filing import Filing
from corpus.store.file.database import Database
from corpus.store.file.digests import text_digest
from corpus.store.file.finding import HAS_URL, has_url_of, of_url
from corpus.store.file.rows import moment, stamp, text, text_or_none
from corpus.store.values import Teller

MOST = 50  # addresses that are returned; a wall stands before thousands
MAX_STEPS = 5  # from an address to another one that stands for it
SHOWN = 12  # stories by which a source shows a habit


class Evidence:
    """What a source's addresses say together; every question leaves out `url` itself."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def tellers(self, source: str, digest: int, url: str) -> list[Teller]:
        """Return other addresses of the source whose last answer had a text, first those under which it is stored.

        An address whose redirects end at `url` has its text from there, and is not among them.
        """
        rows = self._database.rows(
            "SELECT f.url, (a.id IS NOT NULL AND a.withdrawn IS NULL AND f.outcome IN ('new', 'changed', 'unchanged'))"
            " AS stands FROM frontier f"
            f" LEFT JOIN articles a ON {has_url_of('f.url')} WHERE f.source = ? AND f.text = ? AND f.url != ?"
            " AND coalesce(f.landed, '') != ? ORDER BY stands DESC, f.id LIMIT ?",
            (text(source), digest, text(url), text(url.partition("?")[0]), MOST),
        )
        return [Teller(row["url"], stands=bool(row["stands"])) for row in rows]

    def stories(self, source: str, url: str) -> list[Article]:
        """Return the latest stories of a source that stand at other addresses."""
        return reading.latest_of(self._database, source, url, SHOWN)

    def left_out(self, url: str, source: str | None = None) -> tuple[LeftOut, datetime] | None:
        """Return why an address that was named is not asked for, and since when; None for any other address.

        With a source, an address that another source left out is any other.

        Where only a digest of it is remembered, `via` is empty, and the time is that of its day.
        """
        only = text_or_none(source)
        row = self._database.one(
            "SELECT * FROM left_out WHERE url = ? AND source = coalesce(?, source)", (text(url), only)
        )
        if row is not None:
            found = LeftOut(url=row["url"], reason=row["reason"], via=row["via"], parent=row["parent"])
            return found, moment(row["first_seen"])
        row = self._database.one(
            "SELECT g.reason, b.day FROM left_out_brief b JOIN left_out_groups g ON g.id = b.part"
            " WHERE b.address = ? AND g.source = coalesce(?, g.source)",
            (losses.digest(text(url)), only),
        )
        if row is None:
            return None
        return LeftOut(url=url, reason=row["reason"], via=""), losses.EPOCH + timedelta(days=row["day"])

    def only_counted(self) -> dict[str, int]:
        """Return source -> how often addresses were left out of which not even a digest is remembered."""
        rows = self._database.rows("SELECT source, sum(times) AS times FROM left_out_more GROUP BY source")
        return {row["source"]: row["times"] for row in rows}

    def landings(self, source: str, place: str, url: str) -> int:
        """Return how many other addresses of the source redirected to a place at their last answer."""
        return int(
            self._database.value(
                "SELECT count(*) FROM (SELECT 1 FROM frontier WHERE source = ? AND landed = ? AND url != ? LIMIT ?)",
                (text(source), text(place), text(url), MOST),
            )
        )

    def lost_for(self, source: str, word: str, url: str) -> int:
        """Return how many other stories of the source stand though their last answers were lost for a reason."""
        return int(
            self._database.value(
                "SELECT count(*) FROM (SELECT 1 FROM frontier WHERE source = ? AND outcome = 'not-article'"
                " AND changed IS NOT NULL AND substr(reason, 1, ?) = ? AND url != ? LIMIT ?)",
                (text(source), len(word) + 1, f"{word}:", text(url), MOST),
            )
        )

    def leads_to(self, url: str) -> str | None:
        """Return the URL under which the page of an address is stored; None where that is the address itself."""
        sql = "SELECT claimed FROM frontier WHERE url = ? AND outcome = 'redirected' AND claimed != url"
        there: str | None = None
        for _ in range(MAX_STEPS):
            found = self._database.value(sql, (text(there or url),))
            if found is None or found == url:
                break
            there = str(found)
        return there

    def is_refuted(self, source: str, claimed: str, url: str) -> bool:
        """Whether another page claims an address as its own, and that address answered with another story."""
        return bool(
            self._database.value(
                "SELECT 1 FROM frontier WHERE source = ? AND claimed = ? AND url != ? AND outcome != 'redirected'"
                " LIMIT 1",
                (text(source), text(claimed), text(url)),
            )
        )

    def times_text(self, url: str, article: Article) -> int:
        """Return how often a text was that of the article of a URL before the one that stands."""
        return int(
            self._database.value(
                "SELECT count(*) FROM revisions r JOIN articles a ON a.id = r.article"
                f" WHERE {HAS_URL} AND r.number < a.revision AND r.digest = ?",
                (*of_url(url), text_digest(article)),
            )
        )


def given_up_for(connection: sqlite3.Connection, source: str, url: str) -> list[str]:
    """Return the addresses of a source whose pages are stored under a given URL, which is not theirs."""
    sql = "SELECT url FROM frontier WHERE source = ? AND claimed = ? AND outcome = 'redirected' AND url != ?"
    return [row["url"] for row in connection.execute(sql, (source, text(url), text(url)))]


def revive(connection: sqlite3.Connection, source: str, claimed: str, now: datetime) -> None:
    """Make due the addresses that were given up for `claimed`, which is another page, or is gone."""
    connection.execute(
        "UPDATE frontier SET state = 'waiting', due = CASE state WHEN 'dropped' THEN :now ELSE min(due, :now) END"
        " WHERE source = :source AND claimed = :claimed AND outcome = 'redirected' AND state != 'leased'",
        {"now": stamp(now), "source": source, "claimed": claimed},
    )


def retract(
    connection: sqlite3.Connection, filing: Filing, stored: Iterable[str], *, reason: str, now: datetime, due: datetime
) -> None:
    """Withdraw articles that turned out to be no stories; their addresses are visited again, as if new.

    An article that had another text before stays as it is.
    """
    for url in stored:
        row = connection.execute(
            f"SELECT a.id FROM articles a WHERE {HAS_URL} AND a.withdrawn IS NULL AND a.revision = 1", of_url(url)
        ).fetchone()
        if row is not None and filing.withdraw(row["id"], reason, now):
            connection.execute(
                "UPDATE frontier SET state = 'waiting', due = ?, changed = NULL, attempts = 1, outcome = 'not-article',"
                " reason = ?, etag = NULL, last_modified = NULL WHERE url = ?",
                (stamp(due), text(reason), text(url)),
            )
