"""The sketches of texts, and the groups of articles that have one text (corpus/copies/ decides which articles do)."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from corpus.store.articles import sketches
from corpus.store.articles.filing import set_copy
from corpus.store.file.database import Database

LAST = 2**63 - 1  # microseconds; of an article whose columns are damaged
MOST_CANDIDATES = 20  # texts that are compared with a new text, those that share most hashes first


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that shares `shared` hashes of a sketch; `shingles` is how many it has itself."""

    article: int
    shared: int
    shingles: int


@dataclass(frozen=True, slots=True)
class Listed:
    """An article of a copy group: its time (published or first seen), its source and its address."""

    id: int
    at: int
    source: str
    url: str


class Copies:
    """The copy groups of one store; `writing` makes one transaction of several calls."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def writing(self) -> AbstractContextManager[object]:
        """Return a transaction: what the block writes is stored when it ends, and nothing of that when it raises."""
        return self._database.writing()

    @property
    def position(self) -> int:
        """Return the last sequence whose text was compared with the others; 0 where the store has no such number."""
        value = self._database.value("SELECT value FROM meta WHERE key = 'copies'")
        return value if type(value) is int else 0

    @property
    def to_be_made(self) -> bool:
        """Whether there are articles, and no text was compared so far, or none since texts are compared otherwise."""
        return not self.position and self._database.value("SELECT 1 FROM articles LIMIT 1") is not None

    def advance(self, position: int) -> None:
        """Store the last sequence whose text was compared."""
        with self._database.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('copies', ?)", (position,))

    def settle(self) -> None:
        """Pack the hashes that came since this was done last, if they are many."""
        if sketches.are_many(self._database):
            from corpus.store.articles import sketch_pages  # with NumPy, which most commands need not load

            sketch_pages.pack(self._database)

    def knows(self, article: int, fingerprint: str) -> bool:
        """Is the sketch of an article that of a text with this fingerprint?"""
        found = self._database.value("SELECT digest FROM copy_texts WHERE article = ?", (article,))
        return bool(found == sketches.digest(fingerprint))

    def candidates(self, sketch: Sequence[int], article: int) -> list[Candidate]:
        """Return the texts that share hashes of this sketch, those with most first, without the article itself."""
        shared = Counter(sketches.having(self._database, sketch))
        del shared[article]
        if not shared:
            return []
        most = sorted(shared, key=lambda id: (-shared[id], id))[: 4 * MOST_CANDIDATES]  # some may have no sketch now
        rows = self._database.rows(
            "SELECT article, shingles FROM copy_texts WHERE article IN (SELECT value FROM json_each(?))",
            (json.dumps(most),),
        )
        sizes = {row["article"]: row["shingles"] for row in rows}
        return [Candidate(id, shared[id], sizes[id]) for id in most if id in sizes][:MOST_CANDIDATES]

    def remember(self, article: int, fingerprint: str, sketch: Sequence[int], shingles: int) -> None:
        """Store the sketch of an article's text in place of an earlier one."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO copy_texts VALUES (?, ?, ?)", (article, sketches.digest(fingerprint), shingles)
            )
            sketches.add(connection, article, sketch)

    def forget(self, article: int) -> None:
        """Remove the sketch of an article, as when its text was taken away; its hashes stand for nothing then."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM copy_texts WHERE article = ?", (article,))

    def group(self, article: int) -> list[int]:
        """Return the ids of an article's copy group, the leader first; the article's own id when it has no copies."""
        leader = self._database.value("SELECT coalesce(copy_of, id) FROM articles WHERE id = ?", (article,))
        if leader is None:
            return []
        rows = self._database.rows("SELECT id FROM articles WHERE copy_of = ? ORDER BY id", (leader,))
        return [leader, *(row["id"] for row in rows)]

    def listed(self, article: int) -> tuple[int, list[Listed]]:
        """Return who leads an article's copy group, and all articles of the group; itself when it has no copies."""
        rows = self._database.rows(
            "WITH leader AS (SELECT coalesce(copy_of, id) AS id FROM articles WHERE id = ?)"
            " SELECT id, url, published, first_seen, source, (SELECT id FROM leader) AS leader FROM articles"
            " WHERE id = (SELECT id FROM leader) OR copy_of = (SELECT id FROM leader)",
            (article,),
        )
        found = [
            Listed(
                row["id"],
                next((at for at in (row["published"], row["first_seen"]) if type(at) is int), LAST),
                row["source"],
                str(row["url"]),
            )
            for row in rows
        ]
        if not found:
            return article, [Listed(article, LAST, "", "")]
        leader = rows[0]["leader"]
        return leader if any(one.id == leader for one in found) else found[0].id, found

    def lead(self, leaders: Mapping[int, int]) -> set[int]:
        """Make articles follow their leaders, or lead where they are their own; return those of whom that is new."""
        rows = self._database.rows(
            "SELECT id, copy_of FROM articles WHERE id IN (SELECT value FROM json_each(?))", (json.dumps([*leaders]),)
        )
        wanted = {id: None if leader == id else leader for id, leader in leaders.items()}
        changed = [row["id"] for row in rows if row["copy_of"] != wanted[row["id"]]]
        return {id for id in changed if set_copy(self._database, id, wanted[id])}
