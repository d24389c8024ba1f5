"""The corrections of one store: made, undone, listed; each stands above what any crawl, re-reading or import brings."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from corpus.corrections.values import Correction, Field, Kind, read_value
from corpus.store.articles.filing import Filing
from corpus.store.file.database import Database
from corpus.store.file.finding import has_url_of
from corpus.store.file.rows import moment, moment_or_none, stamp, text, text_or_none, word


class Corrections:
    """What people corrected in one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, url: str) -> list[Correction]:
        """Return the corrections that stand for a URL and for its group of copies, the oldest first."""
        rows = self._database.rows(f"{_STANDING} AND (url = :url OR other = :url) ORDER BY id", {"url": text(url)})
        return [_correction(row) for row in rows]

    def get(self, id: int) -> Correction | None:
        """Return a correction, undone or not; None when there is none of that number."""
        row = self._database.one("SELECT * FROM corrections WHERE id = ?", (id,)) if 0 < id < 1 << 63 else None
        return None if row is None else _correction(row)

    def all(self) -> Iterator[Correction]:
        """Walk through the corrections that stand, the first one first."""
        last = 0
        while rows := self._database.rows(f"{_STANDING} AND id > ? ORDER BY id LIMIT 500", (last,)):
            yield from map(_correction, rows)
            last = rows[-1]["id"]

    def count(self) -> int:
        """Return how many corrections stand."""
        return int(self._database.value("SELECT count(*) FROM corrections WHERE undone IS NULL"))

    def by_source(self) -> dict[tuple[str, Field], int]:
        """Return (source, field) -> how many corrections stand for it; articles that were withdrawn do not count."""
        rows = self._database.rows(
            "SELECT a.source AS source, c.field AS field, count(*) AS n FROM corrections c CROSS JOIN articles a"
            f" ON {has_url_of('c.url')} WHERE c.undone IS NULL AND a.withdrawn IS NULL GROUP BY a.source, c.field"
            " ORDER BY n DESC, a.source, c.field"
        )
        return {(row["source"], word(Field, row["field"])): row["n"] for row in rows}

    def of_source(self, source: str, field: Field, limit: int) -> list[Correction]:
        """Return the latest corrections that stand for a field of a source's articles, the last one first."""
        rows = self._database.rows(
            f"SELECT c.* FROM corrections c CROSS JOIN articles a ON {has_url_of('c.url')} WHERE c.undone IS NULL"
            " AND a.withdrawn IS NULL AND a.source = ? AND c.field = ? ORDER BY c.id DESC LIMIT ?",
            (text(source), field.value, limit),
        )
        return [_correction(row) for row in rows]

    def urls(self) -> list[str]:
        """Return the URLs of which something is corrected, in alphabetical order."""
        rows = self._database.rows("SELECT DISTINCT url FROM corrections WHERE undone IS NULL ORDER BY url")
        return [row["url"] for row in rows]

    def is_article(self, url: str) -> bool:
        """Whether a person said that a URL holds an article, whatever it looks like."""
        sql = f"{_STANDING} AND url = ? AND field = 'kind' AND value = ?"
        return self._database.one(sql, (text(url), json.dumps(Kind.ARTICLE))) is not None

    def copies(self) -> dict[str, dict[str, bool]]:
        """Return URL -> URLs of other articles -> whether a person said that they tell the same story, or do not."""
        found: dict[str, dict[str, bool]] = {}
        for row in self._database.rows(f"{_STANDING} AND field = ? ORDER BY id", (Field.COPIES.value,)):
            each = _correction(row)
            found.setdefault(each.url, {})[each.other or ""] = each.value
            found.setdefault(each.other or "", {})[each.url] = each.value
        return found

    def add(self, correction: Correction) -> tuple[int, list[int]]:
        """Store a correction in place of one that stands for the same field; return its number, and theirs.

        Raises:
            ValueError: Its value is not of its field.
        """
        with self._database.writing() as connection:
            filing = Filing(connection)
            done = add(connection, filing, correction)
            filing.finish()
        return done

    def undo(self, id: int, at: datetime, *, again: Iterable[int] = ()) -> bool:
        """Undo a correction; those that it replaced stand again. False: it did not stand."""
        with self._database.writing() as connection:
            filing = Filing(connection)
            rows = connection.execute(f"{_STANDING} AND id = ?", (id,)).fetchall()
            for row in rows:
                connection.execute("UPDATE corrections SET undone = ? WHERE id = ?", (stamp(at), id))
                filing.correct(row["url"], at)
                for other in again:
                    _restore(connection, filing, other, at)
            filing.finish()
        return bool(rows)

    def redo(self, id: int, at: datetime) -> bool:
        """Restore a correction that was undone; False: it stands, or another one stands for its field."""
        with self._database.writing() as connection:
            filing = Filing(connection)
            done = _restore(connection, filing, id, at)
            filing.finish()
        return done


_STANDING = "SELECT * FROM corrections WHERE undone IS NULL"


def add(connection: sqlite3.Connection, filing: Filing, correction: Correction) -> tuple[int, list[int]]:
    """Store a correction inside a transaction, in place of one that stands; return its number, and theirs."""
    read_value(correction.field, correction.value)
    url, at = text(correction.url), stamp(correction.at)
    other = text_or_none(correction.other)
    replaced = _set_aside(connection, _rivals(connection, correction), correction.at)
    cursor = connection.execute(
        "INSERT INTO corrections (url, field, value, said, other, who, why, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            url,
            correction.field.value,
            text(json.dumps(correction.value)),
            text(json.dumps(correction.said)),
            other,
            text(correction.who),
            text(correction.why),
            at,
        ),
    )
    filing.correct(url, correction.at)
    assert cursor.lastrowid is not None
    return cursor.lastrowid, replaced


def restore(connection: sqlite3.Connection, filing: Filing, corrections: Iterable[Correction]) -> bool:
    """Store corrections of another store for fields that have none here, or an older one; return if any was stored."""
    done = False
    for each in corrections:
        if _gives_way(_rivals(connection, each), each):
            add(connection, filing, each)
            done = True
    return done


def move(connection: sqlite3.Connection, filing: Filing, old: str, new: str, at: datetime) -> None:
    """Move the corrections of an article to its new URL, but for fields that have a newer correction there.

    They keep their numbers, so that what was noted of them still undoes them.
    """
    values = {"old": text(old), "new": text(new)}
    rows = connection.execute(f"{_STANDING} AND (url = :old OR other = :old)", values).fetchall()
    for row in rows:
        was = _correction(row)
        one = replace(was, url=new if was.url == old else was.url, other=new if was.other == old else was.other)
        rivals = _rivals(connection, one)
        if one.url == one.other or not _gives_way(rivals, one):
            continue
        _set_aside(connection, rivals, at)
        connection.execute(
            "UPDATE corrections SET url = ?, other = ? WHERE id = ?", (text(one.url), text_or_none(one.other), one.id)
        )
        filing.correct(text(one.url), at)
    if rows:
        filing.correct(text(old), at)


def _rivals(connection: sqlite3.Connection, one: Correction) -> list[sqlite3.Row]:
    """Return what stands for the same field of the same article; of copies, for the same two in either order."""
    return connection.execute(
        f"{_STANDING} AND field = :field AND (url = :url AND other IS :other OR url = :other AND other = :url)",
        {"field": one.field.value, "url": text(one.url), "other": text_or_none(one.other)},
    ).fetchall()


def _gives_way(rivals: list[sqlite3.Row], one: Correction) -> bool:
    """Whether what stands is older than a correction and says something else; so it is where nothing stands."""
    return all(row["at"] < stamp(one.at) and json.loads(row["value"]) != one.value for row in rivals)


def _set_aside(connection: sqlite3.Connection, rows: list[sqlite3.Row], at: datetime) -> list[int]:
    """Withdraw corrections, as another takes their place; return their numbers."""
    numbers = [int(row["id"]) for row in rows]
    connection.executemany("UPDATE corrections SET undone = ? WHERE id = ?", [(stamp(at), id) for id in numbers])
    return numbers


def _restore(connection: sqlite3.Connection, filing: Filing, id: int, at: datetime) -> bool:
    """Let an undone correction stand again where none stands for its field; return whether it does now."""
    row = connection.execute("SELECT * FROM corrections WHERE id = ? AND undone IS NOT NULL", (id,)).fetchone()
    if row is None or _rivals(connection, _correction(row)):
        return False
    connection.execute("UPDATE corrections SET undone = NULL WHERE id = ?", (id,))
    filing.correct(row["url"], at)
    return True


def _correction(row: sqlite3.Row) -> Correction:
    return Correction(
        id=row["id"],
        url=row["url"],
        field=word(Field, row["field"]),
        value=json.loads(row["value"]),
        said=json.loads(row["said"]),
        other=row["other"],
        who=row["who"],
        why=row["why"],
        at=moment(row["at"]),
        undone=moment_or_none(row["undone"]),
    )
