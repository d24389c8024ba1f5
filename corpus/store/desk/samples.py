"""Samples: articles that were drawn at random for coding, and the file that was made of them."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from corpus.marks import new_mark
from corpus.store.file.database import Database
from corpus.store.file.rows import moment, moment_or_none, stamp, stamp_or_none, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How articles were drawn.

    Attributes:
        dossier: The mark of the dossier they were drawn from; empty: from a search.
        address: The parameters of that search.
        evenly: `source` or `month`; empty: from all alike.
        wanted: How many articles; fewer were drawn where there were not so many.
        columns: Names of the columns to fill in.
        position: The state of the index.
        candidates: How many articles they were drawn from.
    """

    dossier: str
    address: str
    seed: int
    evenly: str
    wanted: int
    columns: tuple[str, ...]
    position: int
    candidates: int


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample.

    Attributes:
        articles: How many were drawn.
        withdrawn: Of how many of them the text was taken away since: their lines are blank.
        head: The first line of its file.
        checksum: SHA-256 of the file as it was made.
    """

    id: int
    mark: str
    who: str
    made: datetime
    recipe: Recipe
    articles: int
    withdrawn: int
    head: str
    checksum: str
    deleted: datetime | None


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A line of a sample's file; empty: the text of its article was taken away."""

    place: int
    mark: str
    line: str
    article: int


class Samples:
    """The samples of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, recipe: Recipe, who: str, now: datetime, *, head: str, lines: Sequence[tuple[int, str]], checksum: str
    ) -> Sample:
        """Store a sample: the first line of its file, then each article with its line.

        The line of an article that was withdrawn meanwhile is not stored.
        """
        with self._database.writing() as connection:
            mark = new_mark("s", lambda mark: self.get(mark) is not None)
            cursor = connection.execute(
                "INSERT INTO samples (mark, who, made, dossier, address, seed, evenly, wanted, columns, position,"
                " candidates, head, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    mark,
                    text(who),
                    stamp(now),
                    recipe.dossier,
                    text(recipe.address),
                    recipe.seed,
                    recipe.evenly,
                    recipe.wanted,
                    json.dumps(recipe.columns),
                    recipe.position,
                    recipe.candidates,
                    text(head),
                    checksum,
                ),
            )
            connection.executemany(
                "INSERT INTO sample_rows SELECT ?, ?, id, CASE WHEN withdrawn IS NULL THEN ? ELSE '' END"
                " FROM articles WHERE id = ?",
                [(cursor.lastrowid, place, text(line), article) for place, (article, line) in enumerate(lines, 1)],
            )
        found = self.get(mark)
        assert found is not None
        return found

    def get(self, mark: str) -> Sample | None:
        """Return the sample with a mark, a deleted one too; None when there is none."""
        row = self._database.one(f"{_SELECT} WHERE s.mark = ?", (text(mark),))
        return None if row is None else _sample(row)

    def all(self, dossier: str | None = None) -> list[Sample]:
        """Return the samples that are not deleted, or those of a dossier, the last one first."""
        where, values = ("", ()) if dossier is None else (" AND s.dossier = ?", (dossier,))
        rows = self._database.rows(f"{_SELECT} WHERE s.deleted IS NULL{where} ORDER BY s.id DESC", values)
        return [_sample(row) for row in rows]

    def owners(self) -> list[str]:
        """Return who drew each sample that is not deleted."""
        return [row["who"] for row in self._database.rows("SELECT who FROM samples WHERE deleted IS NULL")]

    def rows(self, sample: int) -> Iterable[SampleRow]:
        """Return the lines of a sample's file in their order."""
        sql = (
            "SELECT r.place, r.article, a.mark, CASE WHEN a.withdrawn IS NULL THEN r.line ELSE '' END AS line"
            " FROM sample_rows r JOIN articles a ON a.id = r.article WHERE r.sample = ? ORDER BY r.place"
        )
        rows = self._database.rows(sql, (sample,))
        return [SampleRow(row["place"], row["mark"], row["line"], row["article"]) for row in rows]

    def delete(self, id: int, when: datetime | None) -> None:
        """Delete a sample; None brings it back."""
        with self._database.writing() as connection:
            connection.execute("UPDATE samples SET deleted = ? WHERE id = ?", (stamp_or_none(when), id))


_SELECT = (
    "SELECT s.*, (SELECT count(*) FROM sample_rows r WHERE r.sample = s.id) AS articles,"
    " (SELECT count(*) FROM sample_rows r JOIN articles a ON a.id = r.article"
    " WHERE r.sample = s.id AND (a.withdrawn IS NOT NULL OR r.line = '')) AS withdrawn FROM samples s"
)


def _sample(row: sqlite3.Row) -> Sample:
    recipe = Recipe(
        dossier=row["dossier"],
        address=row["address"],
        seed=row["seed"],
        evenly=row["evenly"],
        wanted=row["wanted"],
        columns=tuple(json.loads(row["columns"])),
        position=row["position"],
        candidates=row["candidates"],
    )
    return Sample(
        row["id"], row["mark"], row["who"], moment(row["made"]), recipe, row["articles"], row["withdrawn"],
        row["head"], row["checksum"], moment_or_none(row["deleted"]),
    )  # fmt: skip
