"""The receipts of searches, and what an article was when a receipt was made."""

import hashlib
import sqlite3
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from corpus.marks import new_mark
from corpus.store.file.database import Database
from corpus.store.file.digests import hexadecimal
from corpus.store.file.rows import moment, moment_or_none, stamp, stamp_or_none, text

_PAGE = 500  # articles read at once
_FACT = struct.Struct("<q8s")


class Fact(NamedTuple):
    """An article as a receipt holds it: its digest changes with its text and with what is known of it."""

    id: int
    digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The result of a search as it was.

    Attributes:
        mark: Such as `q-7f3k2`; empty before it is stored.
        purpose: What for, in the words of who made it.
        address: The parameters of the search, as a query string; relative dates count from `made`.
        store: The store it is of; `ArticleStore.birth`.
        sequence: The store's sequence that the index had reached.
        facts: The articles found, in their order.
        checksum: SHA-256 of their marks in that order, a line each.
        withdrawn: When it was taken back; its mark still says so.
    """

    mark: str = ""
    made: datetime
    who: str
    purpose: str
    address: str
    read_as: str
    zone: str
    engine: str
    store: str
    sequence: int
    total: int
    checksum: str
    facts: tuple[Fact, ...] = ()
    withdrawn: datetime | None = None


class Receipts:
    """The receipts of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, receipt: Receipt) -> str:
        """Store a receipt under a new mark, and return the mark."""
        with self._database.writing() as connection:
            mark = new_mark("q", lambda mark: self.get(mark) is not None)
            connection.execute(
                "INSERT INTO receipts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    mark,
                    stamp(receipt.made),
                    text(receipt.who),
                    text(receipt.purpose),
                    text(receipt.address),
                    text(receipt.read_as),
                    text(receipt.zone),
                    text(receipt.engine),
                    receipt.store,
                    receipt.sequence,
                    receipt.total,
                    receipt.checksum,
                    _packed(receipt.facts),
                    None,
                ),
            )
        return mark

    def get(self, mark: str) -> Receipt | None:
        """Return the receipt with a mark; None when there is none."""
        row = self._database.one("SELECT * FROM receipts WHERE mark = ?", (text(mark),))
        return None if row is None else _receipt(row)

    def count(self, *, withdrawn: bool = False) -> int:
        """Return how many receipts stand; `withdrawn`: with those that were withdrawn."""
        return int(self._database.value("SELECT count(*) FROM receipts WHERE withdrawn IS NULL OR ?", (withdrawn,)))

    def latest(self, limit: int = 200) -> list[Receipt]:
        """Return the receipts, the last one first, without the articles they found."""
        columns = (
            "mark, made, who, purpose, address, read_as, zone, engine, store, sequence, total, checksum, withdrawn"
        )
        rows = self._database.rows(f"SELECT {columns} FROM receipts ORDER BY made DESC, mark LIMIT ?", (limit,))
        return [_receipt(row) for row in rows]

    def set_purpose(self, mark: str, purpose: str) -> str:
        """Replace the note on what a receipt is for; return the former note."""
        with self._database.writing() as connection:
            before = self._database.value("SELECT purpose FROM receipts WHERE mark = ?", (mark,))
            connection.execute("UPDATE receipts SET purpose = ? WHERE mark = ?", (text(purpose), mark))
        return str(before or "")

    def set_withdrawn(self, mark: str, when: datetime | None) -> None:
        """Take a receipt back, or let it stand again."""
        with self._database.writing() as connection:
            connection.execute("UPDATE receipts SET withdrawn = ? WHERE mark = ?", (stamp_or_none(when), mark))

    def facts(self, ids: Iterable[int]) -> tuple[list[Fact], str]:
        """Return the articles that stand of these ids as a receipt holds them, and the checksum of their marks."""
        wanted = list(ids)
        known: dict[int, tuple[str, bytes]] = {}
        with self._database.reading():
            for start in range(0, len(wanted), _PAGE):
                part = wanted[start : start + _PAGE]
                rows = self._database.rows(
                    "SELECT id, mark, fingerprint, details, corrected FROM articles"
                    f" WHERE withdrawn IS NULL AND id IN ({', '.join('?' * len(part))})",
                    part,
                )
                known.update((row["id"], (row["mark"], _digest(row))) for row in rows)
        standing = [id for id in wanted if id in known]
        marks = "".join(f"{known[id][0]}\n" for id in standing)
        return [Fact(id, known[id][1]) for id in standing], hashlib.sha256(marks.encode()).hexdigest()

    def marks(self, ids: Iterable[int]) -> dict[int, str]:
        """Return id -> mark, of withdrawn articles too: their marks stay."""
        wanted = list(ids)
        found: dict[int, str] = {}
        with self._database.reading():
            for start in range(0, len(wanted), _PAGE):
                part = wanted[start : start + _PAGE]
                sql = f"SELECT id, mark FROM articles WHERE id IN ({', '.join('?' * len(part))})"
                found.update((row["id"], row["mark"]) for row in self._database.rows(sql, part))
        return found

    def checksum(self, ids: Iterable[int]) -> str:
        """Return the checksum of the marks of these ids, those of withdrawn articles too."""
        wanted = list(ids)
        marks = self.marks(wanted)
        return hashlib.sha256("".join(f"{marks.get(id, '?')}\n" for id in wanted).encode()).hexdigest()


def _digest(row: sqlite3.Row) -> bytes:
    by_hand = f" {row['corrected']}" if row["corrected"] else ""  # an article that nobody corrected keeps its digest
    return hashlib.blake2b(
        f"{hexadecimal(row['fingerprint'])} {hexadecimal(row['details'])}{by_hand}".encode(), digest_size=8
    ).digest()


def _packed(facts: Iterable[Fact]) -> bytes:
    return zlib.compress(b"".join(_FACT.pack(*each) for each in facts), 6)


def _unpacked(packed: bytes) -> tuple[Fact, ...]:
    return tuple(Fact(*each) for each in _FACT.iter_unpack(zlib.decompress(packed)))


def _receipt(row: sqlite3.Row) -> Receipt:
    return Receipt(
        mark=row["mark"],
        made=moment(row["made"]),
        who=row["who"],
        purpose=row["purpose"],
        address=row["address"],
        read_as=row["read_as"],
        zone=row["zone"],
        engine=row["engine"],
        store=row["store"],
        sequence=row["sequence"],
        total=row["total"],
        checksum=row["checksum"],
        facts=_unpacked(row["articles"]) if "articles" in row.keys() else (),  # noqa: SIM118  a row is no mapping
        withdrawn=moment_or_none(row["withdrawn"]),
    )
