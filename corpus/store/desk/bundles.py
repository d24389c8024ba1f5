"""Bundles: the files of a dossier that were handed over, as they were."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from corpus.marks import new_mark
from corpus.store.file.database import Database
from corpus.store.file.rows import moment, moment_or_none, stamp, stamp_or_none, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A bundle.

    Attributes:
        dossier: The id of its dossier.
        tag: Which its articles have; empty: any or none.
        articles: How many are in it.
        left_out: How many of the dossier were not.
        size: Of the file, bytes.
        checksum: SHA-256 of the file.
        withdrawn: Of how many of its articles the text was taken away since.
        is_stored: Whether its bytes are there; they go with the text of an article, or to make room.
    """

    id: int
    mark: str
    dossier: int
    who: str
    made: datetime
    tag: str
    articles: int
    left_out: int
    size: int
    checksum: str
    withdrawn: int
    is_stored: bool
    deleted: datetime | None


class Bundles:
    """The bundles of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, dossier: int, who: str, now: datetime, *,
        tag: str, articles: Sequence[int], left_out: int, checksum: str, pieces: Iterable[bytes],
    ) -> Bundle:  # fmt: skip
        """Store a bundle: the ids of its articles, and its file in pieces."""
        with self._database.writing() as connection:
            mark = new_mark("b", lambda mark: self.get(mark) is not None)
            cursor = connection.execute(
                "INSERT INTO bundles (mark, dossier, who, made, tag, left_out, size, checksum)"
                " VALUES (?, ?, ?, ?, ?, ?, 0, ?)",
                (mark, dossier, text(who), stamp(now), text(tag), left_out, checksum),
            )
            connection.executemany(
                "INSERT INTO bundle_articles VALUES (?, ?)", [(cursor.lastrowid, article) for article in articles]
            )
            size = 0
            for number, piece in enumerate(pieces):
                connection.execute("INSERT INTO bundle_pieces VALUES (?, ?, ?)", (cursor.lastrowid, number, piece))
                size += len(piece)
            connection.execute("UPDATE bundles SET size = ? WHERE id = ?", (size, cursor.lastrowid))
        found = self.get(mark)
        assert found is not None
        return found

    def get(self, mark: str) -> Bundle | None:
        """Return the bundle with a mark, a deleted one too; None when there is none."""
        row = self._database.one(f"{_SELECT} WHERE b.mark = ?", (text(mark),))
        return None if row is None else _bundle(row)

    def of(self, dossier: int) -> list[Bundle]:
        """Return the bundles of a dossier that are not deleted, the last one first."""
        sql = f"{_SELECT} WHERE b.dossier = ? AND b.deleted IS NULL ORDER BY b.id DESC"
        return [_bundle(row) for row in self._database.rows(sql, (dossier,))]

    def pieces(self, bundle: int) -> Iterator[bytes]:
        """Yield the pieces of a file in their order; none when its bytes were taken away."""
        numbers = self._database.rows("SELECT number FROM bundle_pieces WHERE bundle = ? ORDER BY number", (bundle,))
        for row in numbers:
            sql = "SELECT bytes FROM bundle_pieces WHERE bundle = ? AND number = ?"
            yield bytes(self._database.value(sql, (bundle, row["number"])) or b"")

    def stored_bytes(self) -> int:
        """Return how many bytes the files have that are not deleted, nor their dossiers."""
        sql = f"SELECT coalesce(sum(size), 0) FROM bundles b WHERE {_DELETED} IS NULL AND {_IS_STORED}"
        return int(self._database.value(sql))

    def make_room(self, size: int, most: int) -> int:
        """Take away the bytes of deleted files, the first one deleted first, until `size` more are below `most`.

        Return how many files were taken away. They are not brought back when their deletion is undone.
        """
        with self._database.writing() as connection:
            rows = connection.execute(
                f"SELECT id, size, {_DELETED} AS deleted FROM bundles b WHERE {_IS_STORED}"
            ).fetchall()
            taken, total = 0, sum(row["size"] for row in rows) + size
            for row in sorted((row for row in rows if row["deleted"] is not None), key=lambda row: row["deleted"]):
                if total <= most:
                    break
                connection.execute("DELETE FROM bundle_pieces WHERE bundle = ?", (row["id"],))
                taken, total = taken + 1, total - row["size"]
        return taken

    def delete(self, id: int, when: datetime | None) -> None:
        """Delete a bundle; None brings it back."""
        with self._database.writing() as connection:
            connection.execute("UPDATE bundles SET deleted = ? WHERE id = ?", (stamp_or_none(when), id))

    def forget(self, before: datetime, *, dry_run: bool = False) -> tuple[int, int]:
        """Take away the bytes of what was deleted before then; return how many files, and their bytes."""
        where = f"{_DELETED} < ? AND {_IS_STORED}"
        sql = f"SELECT count(*) AS files, coalesce(sum(size), 0) AS bytes FROM bundles b WHERE {where}"
        found = self._database.one(sql, (stamp(before),))
        assert found is not None
        if not dry_run:
            with self._database.writing() as connection:
                connection.execute(
                    f"DELETE FROM bundle_pieces WHERE bundle IN (SELECT id FROM bundles b WHERE {where})",
                    (stamp(before),),
                )
        return found["files"], found["bytes"]

    def damaged(self) -> Iterator[str]:
        """Yield the marks of the stored files whose bytes have not their checksum; every byte is read."""
        for row in self._database.rows(f"SELECT id, mark, checksum FROM bundles b WHERE {_IS_STORED}"):
            digest, is_stored = hashlib.sha256(), False
            with self._database.reading():  # all of its bytes, or none that were taken away meanwhile
                for piece in self.pieces(row["id"]):
                    digest.update(piece)
                    is_stored = True
            if is_stored and digest.hexdigest() != row["checksum"]:
                yield row["mark"]


def take_away(connection: sqlite3.Connection, article: int) -> tuple[str, ...]:
    """Take away the bytes of every bundle that has an article in it; return the marks of these bundles."""
    where = f"{_IS_STORED} AND id IN (SELECT bundle FROM bundle_articles WHERE article = ?)"
    rows = connection.execute(f"SELECT id, mark FROM bundles b WHERE {where} ORDER BY id", (article,)).fetchall()
    connection.executemany("DELETE FROM bundle_pieces WHERE bundle = ?", [(row["id"],) for row in rows])
    return tuple(row["mark"] for row in rows)


# When it was deleted, or its dossier with it; NULL: neither was.
_DELETED = "coalesce(b.deleted, (SELECT d.deleted FROM dossiers d WHERE d.id = b.dossier))"
_IS_STORED = "EXISTS (SELECT 1 FROM bundle_pieces p WHERE p.bundle = b.id)"
_SELECT = (
    f"SELECT b.*, {_IS_STORED} AS is_stored,"
    " (SELECT count(*) FROM bundle_articles r WHERE r.bundle = b.id) AS articles,"
    " (SELECT count(*) FROM bundle_articles r JOIN articles a ON a.id = r.article"
    " WHERE r.bundle = b.id AND a.withdrawn IS NOT NULL) AS withdrawn FROM bundles b"
)


def _bundle(row: sqlite3.Row) -> Bundle:
    return Bundle(
        id=row["id"],
        mark=row["mark"],
        dossier=row["dossier"],
        who=row["who"],
        made=moment(row["made"]),
        tag=row["tag"],
        articles=row["articles"],
        left_out=row["left_out"],
        size=row["size"],
        checksum=row["checksum"],
        withdrawn=row["withdrawn"],
        is_stored=bool(row["is_stored"]),
        deleted=moment_or_none(row["deleted"]),
    )
