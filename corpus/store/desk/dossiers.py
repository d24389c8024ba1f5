"""Dossiers: collections of articles in an order of one's own, with notes; and the tags of articles."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from corpus.marks import new_mark
from corpus.store.desk.additions import Additions, additions
from corpus.store.file.database import Database
from corpus.store.file.rows import moment, moment_or_none, stamp, stamp_or_none, text


class Sharing(StrEnum):
    """Who reads a dossier besides its owner; nobody else changes it."""

    NOBODY = ""
    PEOPLE = "people"  # all who have an account
    LINK = "link"  # all who have its address


@dataclass(frozen=True, slots=True)
class Dossier:
    """A named collection.

    Attributes:
        about: A sentence on it.
        articles: How many it holds.
        address: A number in the address by which it is shared; another number ends that address.
    """

    id: int
    mark: str
    name: str
    about: str
    who: str
    made: datetime
    changed: datetime
    deleted: datetime | None
    articles: int
    shared: Sharing
    address: int


@dataclass(frozen=True, slots=True)
class Entry:
    """An article of a dossier: its place among the others, and the note on it."""

    article: int
    place: float
    note: str
    added: datetime


@dataclass(frozen=True, slots=True)
class Filling:
    """A search that filled a dossier: its parameters, when, and how many articles it brought."""

    address: str
    at: datetime
    articles: int


class Dossiers:
    """The dossiers of one store, and the tags of its articles."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def revision(self) -> int:
        """A number that another state of dossiers and tags does not have; it goes up with every change."""
        return int(self._database.value("SELECT number FROM desk_revision"))

    def add(self, name: str, who: str, now: datetime) -> Dossier:
        """Begin a dossier."""
        with self._writing() as connection:
            mark = new_mark("d", lambda mark: self.get(mark) is not None)
            connection.execute(
                "INSERT INTO dossiers (mark, name, about, who, made, changed) VALUES (?, ?, '', ?, ?, ?)",
                (mark, text(name), text(who), stamp(now), stamp(now)),
            )
        found = self.get(mark)
        assert found is not None
        return found

    def get(self, mark: str) -> Dossier | None:
        """Return the dossier with a mark, a deleted one too; None when there is none."""
        row = self._database.one(f"{_SELECT} WHERE d.mark = ?", (text(mark),))
        return None if row is None else _dossier(row)

    def all(self) -> list[Dossier]:
        """Return the dossiers that are not deleted, the one changed last first."""
        rows = self._database.rows(f"{_SELECT} WHERE d.deleted IS NULL ORDER BY d.changed DESC, d.id DESC")
        return [_dossier(row) for row in rows]

    def count(self) -> int:
        """Return how many dossiers there are."""
        return int(self._database.value("SELECT count(*) FROM dossiers WHERE deleted IS NULL"))

    def describe(self, dossier: int, name: str, about: str) -> None:
        """Give a dossier another name and sentence."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE dossiers SET name = ?, about = ? WHERE id = ?", (text(name), text(about), dossier)
            )

    def share(self, dossier: int, shared: Sharing, address: int) -> None:
        """Share a dossier, or end that; `address` is the number in its shared address."""
        with self._writing() as connection:
            connection.execute("UPDATE dossiers SET shared = ?, address = ? WHERE id = ?", (shared, address, dossier))

    def delete(self, dossier: int, when: datetime | None) -> None:
        """Delete a dossier; None brings it back with all it held."""
        with self._writing() as connection:
            connection.execute("UPDATE dossiers SET deleted = ? WHERE id = ?", (stamp_or_none(when), dossier))

    def entries(self, dossier: int) -> list[Entry]:
        """Return the articles of a dossier in its order."""
        sql = "SELECT * FROM dossier_articles WHERE dossier = ? ORDER BY place, added, article"
        return [_entry(row) for row in self._database.rows(sql, (dossier,))]

    def put(self, dossier: int, articles: Sequence[int], now: datetime) -> list[int]:
        """Put articles at the end of a dossier, in the order given; return those that were not in it."""
        with self._writing() as connection:
            known = {entry.article for entry in self.entries(dossier)}
            new = [id for id in dict.fromkeys(articles) if id not in known]
            sql = "SELECT coalesce(max(place), 0) FROM dossier_articles WHERE dossier = ?"
            last = float(self._database.value(sql, (dossier,)))
            connection.executemany(
                "INSERT INTO dossier_articles VALUES (?, ?, ?, '', ?)",
                [(dossier, id, last + at, stamp(now)) for at, id in enumerate(new, 1)],
            )
            _touch(connection, dossier, now)
        return new

    def note_search(self, dossier: int, filling: Filling) -> None:
        """Note by which search articles came into a dossier."""
        with self._database.writing() as connection:
            row = (dossier, text(filling.address), stamp(filling.at), filling.articles)
            connection.execute("INSERT INTO dossier_searches VALUES (?, ?, ?, ?)", row)

    def forget_search(self, dossier: int, at: datetime) -> None:
        """Forget the search that was noted at a moment."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM dossier_searches WHERE dossier = ? AND at = ?", (dossier, stamp(at)))

    def searches(self, dossier: int) -> list[Filling]:
        """Return the searches that filled a dossier, in that order."""
        sql = "SELECT address, at, articles FROM dossier_searches WHERE dossier = ? ORDER BY at, rowid"
        rows = self._database.rows(sql, (dossier,))
        return [Filling(row["address"], moment(row["at"]), row["articles"]) for row in rows]

    def put_back(self, dossier: int, entries: Iterable[Entry], now: datetime) -> None:
        """Put entries where they were, with their notes."""
        with self._writing() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO dossier_articles VALUES (?, ?, ?, ?, ?)",
                [(dossier, each.article, each.place, text(each.note), stamp(each.added)) for each in entries],
            )
            _touch(connection, dossier, now)

    def take_out(self, dossier: int, articles: Iterable[int], now: datetime) -> list[Entry]:
        """Take articles out of a dossier; return their entries."""
        wanted = set(articles)
        with self._writing() as connection:
            gone = [entry for entry in self.entries(dossier) if entry.article in wanted]
            connection.executemany(
                "DELETE FROM dossier_articles WHERE dossier = ? AND article = ?",
                [(dossier, each.article) for each in gone],
            )
            _touch(connection, dossier, now)
        return gone

    def set_note(self, dossier: int, article: int, note: str, now: datetime) -> None:
        """Write the note on an article of a dossier."""
        with self._writing() as connection:
            sql = "UPDATE dossier_articles SET note = ? WHERE dossier = ? AND article = ?"
            connection.execute(sql, (text(note), dossier, article))
            _touch(connection, dossier, now)

    def set_places(self, dossier: int, places: Mapping[int, float], now: datetime) -> None:
        """Put articles at the places given, then number all of them from 1; at one place they keep their order."""
        with self._writing() as connection:
            entries = self.entries(dossier)
            order = sorted(entries, key=lambda each: places.get(each.article, each.place))
            connection.executemany(
                "UPDATE dossier_articles SET place = ? WHERE dossier = ? AND article = ?",
                [(place, dossier, each.article) for place, each in enumerate(order, 1)],
            )
            _touch(connection, dossier, now)

    def of_article(self, article: int) -> list[tuple[Dossier, Entry]]:
        """Return the dossiers that hold an article, not counted, with its entry in each."""
        rows = self._database.rows(
            "SELECT d.*, 0 AS articles, e.article, e.place, e.note, e.added FROM dossiers d"
            " JOIN dossier_articles e ON e.dossier = d.id WHERE e.article = ? AND d.deleted IS NULL"
            " ORDER BY d.name, d.id",
            (article,),
        )
        return [(_dossier(row), _entry(row)) for row in rows]

    def tags(self, articles: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """Return article -> its tags in alphabetical order, of those that have any."""
        found: dict[int, tuple[str, ...]] = {}
        with self._database.reading():
            for start in range(0, len(articles), 500):
                part = articles[start : start + 500]
                holes = ", ".join("?" * len(part))
                for row in self._database.rows(
                    f"SELECT article, tag FROM tags WHERE article IN ({holes}) ORDER BY tag", part
                ):
                    found[row["article"]] = (*found.get(row["article"], ()), row["tag"])
        return found

    def additions(self, articles: Sequence[int]) -> dict[int, Additions]:
        """Return article -> the dossiers, notes and tags that people added to it; of at most 500 articles."""
        return additions(self._database, articles)

    def set_tags(self, article: int, tags: Iterable[str]) -> None:
        """Give an article these tags in place of those it had."""
        with self._writing() as connection:
            connection.execute("DELETE FROM tags WHERE article = ?", (article,))
            connection.executemany(
                "INSERT INTO tags VALUES (?, ?)", [(article, text(tag)) for tag in dict.fromkeys(tags)]
            )

    def known_tags(self) -> list[tuple[str, int]]:
        """Return every tag with how many articles have it, the most frequent first."""
        rows = self._database.rows("SELECT tag, count(*) AS n FROM tags GROUP BY tag ORDER BY n DESC, tag")
        return [(row["tag"], row["n"]) for row in rows]

    def tagged(self) -> dict[str, list[int]]:
        """Return tag -> the articles that have it."""
        found: dict[str, list[int]] = {}
        for row in self._database.rows("SELECT tag, article FROM tags ORDER BY tag, article"):
            found.setdefault(row["tag"], []).append(row["article"])
        return found

    def collected(self) -> dict[int, list[int]]:
        """Return the id of each dossier that is not deleted -> the articles in it."""
        found: dict[int, list[int]] = {}
        sql = "SELECT e.dossier, e.article FROM dossier_articles e JOIN dossiers d ON d.id = e.dossier"
        for row in self._database.rows(f"{sql} WHERE d.deleted IS NULL ORDER BY e.dossier, e.article"):
            found.setdefault(row["dossier"], []).append(row["article"])
        return found

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._database.writing() as connection:
            connection.execute("UPDATE desk_revision SET number = number + 1")
            yield connection


_SELECT = "SELECT d.*, (SELECT count(*) FROM dossier_articles c WHERE c.dossier = d.id) AS articles FROM dossiers d"


def _touch(connection: sqlite3.Connection, dossier: int, now: datetime) -> None:
    connection.execute("UPDATE dossiers SET changed = ? WHERE id = ?", (stamp(now), dossier))


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(row["article"], row["place"], row["note"], moment(row["added"]))


def _dossier(row: sqlite3.Row) -> Dossier:
    return Dossier(
        id=row["id"],
        mark=row["mark"],
        name=row["name"],
        about=row["about"],
        who=row["who"],
        made=moment(row["made"]),
        changed=moment(row["changed"]),
        deleted=moment_or_none(row["deleted"]),
        articles=row["articles"],
        shared=Sharing(row["shared"]),
        address=row["address"],
    )
