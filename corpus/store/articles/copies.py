"""The sketches of texts, and the groups of articles that have one text (corpus/copies/ decides which articles do)."""

import hashlib
import itertools
import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from corpus.corrections.values import Field, read_value
from corpus.errors import StoreDamaged
from corpus.store.articles.corrected import unpacked
from corpus.store.articles.filing import set_copy
from corpus.store.file.database import Database
from corpus.store.file.rows import stamp
from corpus.store.sketches.form import MOST_TEXTS, Sketch, digest

if TYPE_CHECKING:
    from corpus.store.sketches.finding import Sketches

LAST = 2**63 - 1  # microseconds; of an article whose columns are damaged


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that shares `shared` hashes of a sketch; `shingles` is how many it has itself."""

    article: int
    shared: int
    shingles: int


@dataclass(frozen=True, slots=True)
class Candidates:
    """The texts that share hashes with a text, those first that have all of them, then those that share the rarest.

    `hidden`: how many of its hashes MOST_TEXTS other texts have, so that it is not found by them.
    """

    found: Sequence[Candidate] = ()
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """An article of a copy group: its time (published or first seen), its source and its address."""

    id: int
    at: int
    source: str
    url: str


_LISTED = "id, url, published, first_seen, source, corrected"


def _listed(row: sqlite3.Row) -> Listed:
    times = (_published(row), row["first_seen"])
    return Listed(row["id"], next((at for at in times if type(at) is int), LAST), row["source"], str(row["url"]))


def _order(sources: Sequence[str]) -> int:
    return digest(hashlib.blake2b(json.dumps([*sources]).encode(), digest_size=8).hexdigest())


def _published(row: sqlite3.Row) -> object:
    """Return when an article was published: what a person said stands above what its page says."""
    if row["corrected"] is not None:
        with suppress(ValueError, StoreDamaged):
            values = unpacked(row["corrected"])
            if Field.PUBLISHED in values:
                date = read_value(Field.PUBLISHED, values[Field.PUBLISHED])
                return date and stamp(date.at)
    return row["published"]


class Copies:
    """The copy groups of one store; `writing` makes one transaction of several calls."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @cached_property
    def sketches(self) -> "Sketches":
        """The sketches of texts; to be used within `writing`."""
        from corpus.store.sketches.finding import Sketches  # with NumPy, which most commands need not load

        return Sketches(self._database)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Begin a transaction: what the block writes is stored when it ends, and nothing of that when it raises."""
        with self._database.writing() as connection:
            self.sketches.begin(connection)
            yield
            self.sketches.end(connection)

    @property
    def position(self) -> int:
        """Return the last sequence whose text was compared with the others; 0 where the store has no such number."""
        value = self._database.value("SELECT value FROM meta WHERE key = 'copies'")
        return value if type(value) is int else 0

    @property
    def to_be_made(self) -> bool:
        """Whether there are articles, and no text was compared so far, or none since texts are compared otherwise."""
        return not self.position and self._database.value("SELECT 1 FROM articles LIMIT 1") is not None

    def is_led_by(self, sources: Sequence[str]) -> bool:
        """Whether groups were made by this order of sources."""
        return bool(self._database.value("SELECT value FROM meta WHERE key = 'copies_sources'") == _order(sources))

    def lead_by(self, sources: Sequence[str]) -> None:
        """Store the order of sources by which groups are made."""
        with self._database.writing() as connection:
            sql = "INSERT OR REPLACE INTO meta (key, value) VALUES ('copies_sources', ?)"
            connection.execute(sql, (_order(sources),))

    def tied(self) -> list[int]:
        """Return the copies that were published in one moment with another article, or whose leader was."""
        rows = self._database.rows(
            "WITH ties AS (SELECT at FROM copy_texts GROUP BY at HAVING count(*) > 1)"
            " SELECT id FROM articles WHERE copy_of IS NOT NULL AND EXISTS (SELECT 1 FROM copy_texts"
            " WHERE article IN (articles.id, articles.copy_of) AND at IN (SELECT at FROM ties))"
        )
        return [row["id"] for row in rows]

    def advance(self, position: int) -> None:
        """Store the last sequence whose text was compared."""
        with self._database.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('copies', ?)", (position,))

    def known(self, articles: Collection[int]) -> dict[int, tuple[int, int]]:
        """Return article -> digest of the text that its sketch is of, and the time by which it was placed.

        Those without a sketch are left out.
        """
        rows = self._database.rows(
            "SELECT article, digest, at FROM copy_texts WHERE article IN (SELECT value FROM json_each(?))",
            (json.dumps([*articles]),),
        )
        return {row["article"]: (row["digest"], row["at"]) for row in rows}

    def crowded(self, hashes: Sequence[int]) -> int:
        """Return how many of some hashes so many texts have that others are not found by them."""
        return sum(len(articles) >= MOST_TEXTS for articles in self.sketches.having(hashes))

    def candidates(self, sketch: Sketch, article: int) -> Candidates:
        """Return the texts that share hashes of this sketch, without the article itself, the likest first.

        A hash weighs the less the more texts have it: what a form has in each text says little, its facts much.
        """
        by_count, hidden = defaultdict[int, list[int]](list), 0
        for articles in self.sketches.having([*sketch.hashes, *sketch.further]):
            by_count[len(articles)] += articles
            hidden += len(articles) >= MOST_TEXTS and article not in articles
        shared, weights = defaultdict[int, int](int), defaultdict[int, float](float)
        for texts, every in by_count.items():
            for one, times in Counter(every).items():
                shared[one] += times
                weights[one] += times / texts
        same = [] if sketch.checksum is None else self.sketches.having([sketch.checksum])
        for one in itertools.chain(*same):
            shared[one] += 1
        shared.pop(article, None)
        if not shared:
            return Candidates((), hidden)
        rows = self._database.rows(
            "SELECT article, shingles FROM copy_texts WHERE article IN (SELECT value FROM json_each(?))",
            (json.dumps([*shared]),),
        )
        found = [Candidate(row["article"], shared[row["article"]], row["shingles"]) for row in rows]
        if len(found) > 1:
            first = {*self._with_all(sketch.hashes), *itertools.chain(*same)}
            found.sort(key=lambda one: (one.article not in first, -weights[one.article], one.article))
        return Candidates(found, hidden)

    def _with_all(self, hashes: Sequence[int]) -> set[int]:
        """Return the texts that have all of some hashes."""
        having = self.sketches.having(hashes)
        return set(having[0]).intersection(*having[1:]) if len(having) == len(hashes) > 0 else set()

    def remember(self, article: int, fingerprint: str, sketch: Sketch, *, at: int) -> None:
        """Store the sketch of an article's text in place of an earlier one."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO copy_texts VALUES (?, ?, ?, ?)",
                (article, digest(fingerprint), sketch.shingles, at),
            )
            self.sketches.add(connection, article, sketch.all)

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
            f" SELECT {_LISTED}, (SELECT id FROM leader) AS leader FROM articles"
            " WHERE id = (SELECT id FROM leader) OR copy_of = (SELECT id FROM leader)",
            (article,),
        )
        found = list(map(_listed, rows))
        if not found:
            return article, [Listed(article, LAST, "", "")]
        leader = rows[0]["leader"]
        return leader if any(one.id == leader for one in found) else found[0].id, found

    def alone(self, articles: Collection[int]) -> list[Listed]:
        """Return those of some articles that have no copies."""
        rows = self._database.rows(
            f"SELECT {_LISTED} FROM articles a WHERE id IN (SELECT value FROM json_each(?)) AND copy_of IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM articles b WHERE b.copy_of = a.id)",
            (json.dumps([*articles]),),
        )
        return list(map(_listed, rows))

    def lead(self, leaders: Mapping[int, int]) -> set[int]:
        """Make articles follow their leaders, or lead where they are their own; return those of whom that is new."""
        rows = self._database.rows(
            "SELECT id, copy_of FROM articles WHERE id IN (SELECT value FROM json_each(?))", (json.dumps([*leaders]),)
        )
        wanted = {id: None if leader == id else leader for id, leader in leaders.items()}
        changed = [row["id"] for row in rows if row["copy_of"] != wanted[row["id"]]]
        return {id for id in changed if set_copy(self._database, id, wanted[id])}
