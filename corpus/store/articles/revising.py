"""Texts of an article -> their row of `revisions`, within the transaction of the caller."""

import sqlite3
import zlib
from contextlib import suppress

from corpus.model import Article
from corpus.store.file import bodies, dictionaries
from corpus.store.file.digests import text_digest
from corpus.store.file.rows import Texts, stamp
from corpus.store.file.texts import ASSIGNED, columns_of, read, texts_of


class Revisions:
    """Writes the texts that articles have had, packed with the last dictionary."""

    def __init__(self, connection: sqlite3.Connection, known: dictionaries.Known) -> None:
        self._connection = connection
        self._known = known
        self._dictionaries: dict[int, bytes] | None = None

    def add(self, id: int, number: int, article: Article, digest: bytes) -> None:
        """Store the text of an article whose spans fit as a revision of this number, first seen when it was fetched."""
        columns = {
            "article": id,
            "number": number,
            "seen": stamp(article.fetched),
            "fingerprint": "",
            "digest": digest,
            **columns_of(texts_of(article), self._dictionary()),
        }
        holes = ", ".join(f":{name}" for name in columns)
        self._connection.execute(f"INSERT INTO revisions ({', '.join(columns)}) VALUES ({holes})", columns)

    def write_again(self, id: int, number: int, article: Article) -> None:
        """Store the texts of a revision as they were read again; spans that a reading does not tell of stay."""
        texts = texts_of(article)
        if texts.structure is None and (stored := self.stored(id, number)) is not None:
            texts = texts._replace(structure=stored.structure)
        self.write(id, number, texts, text_digest(article))

    def write(self, id: int, number: int, texts: Texts, digest: bytes) -> bool:
        """Replace the texts of a revision; return whether there is a revision of this number."""
        columns = columns_of(texts, self._dictionary())
        held = self._connection.execute(
            f"UPDATE revisions SET {ASSIGNED}, fingerprint = '', digest = :digest"
            " WHERE article = :id AND number = :number",
            {**columns, "digest": digest, "id": id, "number": number},
        )
        return held.rowcount > 0

    def forget_dictionaries(self) -> None:
        """Look for the last dictionary again, as one was trained in this transaction."""
        self._dictionaries = None

    def stored(self, id: int, number: int) -> Texts | None:
        """Return the texts of a revision; None where there are none that can be read."""
        row = self._connection.execute(
            "SELECT * FROM revisions WHERE article = ? AND number = ?", (id, number)
        ).fetchone()
        with suppress(zlib.error, ValueError):
            return None if row is None else read(self._unpack, row)
        return None

    def _unpack(self, stored: bytes | None) -> list[str]:
        return bodies.unpack(stored or b"", self._known_dictionaries())

    def _dictionary(self) -> bytes:
        return next(reversed(self._known_dictionaries().values()), b"")

    def _known_dictionaries(self) -> dict[int, bytes]:
        if self._dictionaries is None:
            self._dictionaries = self._known.written(self._connection)
        return self._dictionaries
