"""The sketches of texts, and the groups of articles that have one text (corpus/copies/ decides which articles do)."""

import struct
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from corpus.store.articles.filing import set_copy
from corpus.store.file.database import Database

MOST_TEXTS = 64  # texts that are stored for a hash: a line that a thousand texts share finds no copies
MOST_CANDIDATES = 20  # texts that are compared with a new text, those that share most hashes first


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that shares `shared` hashes of a sketch; `shingles` is how many it has itself."""

    article: int
    shared: int
    shingles: int


class Copies:
    """The copy groups of one store; `writing` makes one transaction of several calls."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def writing(self) -> AbstractContextManager[object]:
        """Return one transaction: all of it is stored when the block ends, or nothing of it when it raises."""
        return self._database.writing()

    @property
    def position(self) -> int:
        """Return the last sequence whose text was compared with the others; 0 where the store has no such number."""
        value = self._database.value("SELECT value FROM meta WHERE key = 'copies'")
        return value if type(value) is int else 0

    def advance(self, position: int) -> None:
        """Store the last sequence whose text was compared."""
        with self._database.writing() as connection:
            connection.execute("UPDATE meta SET value = ? WHERE key = 'copies'", (position,))

    def known_text(self, article: int) -> str | None:
        """Return the fingerprint of the text of an article's sketch; None when it has no sketch."""
        found: str | None = self._database.value("SELECT fingerprint FROM copy_texts WHERE article = ?", (article,))
        return found

    def candidates(self, sketch: Sequence[int], article: int) -> list[Candidate]:
        """Return the texts that share hashes of this sketch, those with most first, without the article itself."""
        if not sketch:
            return []
        holes = ", ".join("?" * len(sketch))
        rows = self._database.rows(
            f"SELECT t.article, count(*) AS shared, t.shingles FROM copy_hashes h"
            f" JOIN copy_texts t ON t.article = h.article WHERE h.hash IN ({holes}) AND h.article != ?"
            f" GROUP BY t.article ORDER BY shared DESC, t.article LIMIT {MOST_CANDIDATES}",
            (*sketch, article),
        )
        return [Candidate(row["article"], row["shared"], row["shingles"]) for row in rows]

    def remember(self, article: int, fingerprint: str, sketch: Sequence[int], shingles: int) -> None:
        """Store the sketch of an article's text in place of an earlier one."""
        packed = struct.pack(f"<{len(sketch)}q", *sketch)
        with self._database.writing() as connection:
            self.forget(article)
            connection.execute("INSERT INTO copy_texts VALUES (?, ?, ?, ?)", (article, fingerprint, shingles, packed))
            connection.executemany(
                "INSERT INTO copy_hashes SELECT :hash, :article WHERE (SELECT count(*) FROM"
                f" (SELECT 1 FROM copy_hashes WHERE hash = :hash LIMIT {MOST_TEXTS})) < {MOST_TEXTS}",
                [{"hash": value, "article": article} for value in sketch],
            )

    def forget(self, article: int) -> None:
        """Remove the sketch of an article, as when its text was taken away."""
        with self._database.writing() as connection:
            packed = self._database.value("SELECT sketch FROM copy_texts WHERE article = ?", (article,))
            if packed is None:
                return
            hashes = struct.unpack(f"<{len(packed) // 8}q", packed)
            connection.executemany(
                "DELETE FROM copy_hashes WHERE hash = ? AND article = ?", [(value, article) for value in hashes]
            )
            connection.execute("DELETE FROM copy_texts WHERE article = ?", (article,))

    def group(self, article: int) -> list[int]:
        """Return the ids of an article's copy group, the leader first; the article's own id when it has no copies."""
        leader = self._database.value("SELECT coalesce(copy_of, id) FROM articles WHERE id = ?", (article,))
        if leader is None:
            return []
        rows = self._database.rows("SELECT id FROM articles WHERE copy_of = ? ORDER BY id", (leader,))
        return [leader, *(row["id"] for row in rows)]

    def lead(self, leader: int, others: Iterable[int]) -> int:
        """Make an article the leader of others; return how many articles changed their place."""
        changed = 0
        with self._database.writing():
            changed += set_copy(self._database, leader, None)
            for other in others:
                if other != leader:
                    changed += set_copy(self._database, other, leader)
        return changed
