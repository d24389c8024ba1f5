"""An Article -> its rows: new, changed or unchanged, its next sequence, its authors and revision."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from corpus.errors import StoreDamaged
from corpus.marks import LENGTH, MAX_LENGTH, mark
from corpus.model import Article, Author, Outcome
from corpus.store.articles import corrected, structures
from corpus.store.articles.revising import Revisions
from corpus.store.file import dictionaries, history
from corpus.store.file.database import Database
from corpus.store.file.finding import HAS_URL, of_url
from corpus.store.file.rows import article_columns, own_texts, stamp, text
from corpus.store.file.texts import texts_of

TRAINED_AT = 2_000  # writes: at each multiple a store that has no dictionary looks whether its texts are enough
MAX_SEQUENCE = 1 << 62  # none comes near it, and SQLite can hold what follows
BY_HAND = "by hand: "  # begins the reason of what the archive's operator took away, which nothing brings back
MOVED = "moved: "  # begins the reason of what stands at another address, which follows


class Filing:
    """Writes articles inside one transaction; `finish` before it commits, and as often as a group's parts end.

    `known` holds the dictionaries that a caller which writes many articles has read.
    """

    def __init__(self, connection: sqlite3.Connection, known: dictionaries.Known | None = None) -> None:
        self._connection = connection
        self._first = self._sequence = sequence(connection)
        self._authors: dict[tuple[str, str, str], int] = {}
        self._sources: set[str] = set()
        self.revisions = Revisions(connection, known or dictionaries.Known())

    def finish(self) -> None:
        """Store the last sequence that was given; train a dictionary when there are enough texts for the first one."""
        if self._sequence != self._first:
            if self._sequence // TRAINED_AT != self._first // TRAINED_AT:
                dictionaries.with_dictionary(self._connection)
                self.revisions.forget_dictionaries()
            history.begin(self._connection, self._first + 1)
            self._connection.execute("UPDATE meta SET value = ? WHERE key = 'sequence'", (self._sequence,))
            self._first = self._sequence

    def next(self) -> int:
        """Return the next sequence."""
        self._sequence += 1
        return self._sequence

    def file(self, article: Article) -> Outcome:
        """Store an article as it stands now; return NEW, CHANGED or UNCHANGED."""
        article = structures.fitted(article)
        columns = article_columns(article)
        known = self._connection.execute(
            "SELECT a.id, a.revision, a.fingerprint, a.details, a.withdrawn, a.corrected FROM articles a"
            f" WHERE {HAS_URL}",
            of_url(article.url),
        ).fetchone()
        if known is None:
            self._insert(article, columns)
            return Outcome.NEW
        if (known["withdrawn"] or "").startswith(BY_HAND) or corrected.is_put_away(known["corrected"]):
            return Outcome.UNCHANGED
        if known["fingerprint"] == columns["fingerprint"] and known["withdrawn"] is None:
            if known["details"] == columns["details"]:
                if self._is_damaged(known["id"]):
                    self.amend(article)
                else:
                    self._set_again(known["id"], known["revision"], article)
                return Outcome.UNCHANGED
            del columns["fetched"]  # when the text was first fetched
            self._update(known["id"], article, columns)
            self.revisions.write_again(known["id"], known["revision"], article)
            return Outcome.CHANGED
        columns["revision"] = self._revise(known, article, columns["fingerprint"])
        columns["confirmed"] = None  # what was seen again is the text before
        self._update(known["id"], article, columns)
        return Outcome.CHANGED

    def amend(self, article: Article, *, sequence: int | None = None) -> Outcome | None:
        """Replace the text that stands with a better reading of it: a write, but no revision.

        Return None and write nothing when no such article stands, or when it has another sequence; UNCHANGED when
        nothing but the text differs.
        """
        article = structures.fitted(article)
        known = self._connection.execute(
            f"SELECT a.id, a.revision, a.sequence, a.details FROM articles a WHERE {HAS_URL} AND a.withdrawn IS NULL",
            of_url(article.url),
        ).fetchone()
        if known is None or sequence not in {None, known["sequence"]}:
            return None
        columns = article_columns(article)
        del columns["fetched"]
        number, digest = known["revision"], columns["fingerprint"]
        if not self.revisions.write(known["id"], number, texts_of(article), digest):  # damage took its row
            self.revisions.add(known["id"], number, article, digest)
        self._update(known["id"], article, columns)
        return Outcome.UNCHANGED if known["details"] == columns["details"] else Outcome.CHANGED

    def withdraw(self, id: int, reason: str, at: datetime) -> bool:
        """Withdraw an article: its text goes, its row stays; False when there is none, or it is withdrawn already."""
        row = self._connection.execute("SELECT withdrawn FROM articles WHERE id = ?", (id,)).fetchone()
        if row is None or row["withdrawn"] not in {None, corrected.NO_ARTICLE}:
            return False
        self._connection.execute("DELETE FROM article_authors WHERE article = ?", (id,))
        self._connection.execute(
            "UPDATE revisions SET headline = NULL, standfirst = NULL, byline = NULL, body = x'', structure = NULL"
            " WHERE article = ?",
            (id,),
        )
        self._connection.execute(
            "UPDATE articles SET withdrawn = ?, withdrawn_at = ?, sequence = ?, headline = NULL, standfirst = NULL,"
            " byline = NULL, dateline = NULL, facts = '{}' WHERE id = ?",
            (text(reason), stamp(at), self.next(), id),
        )
        return True

    def _set_again(self, id: int, number: int, article: Article) -> None:
        """Store how a text is set now, where that changed: a write, so that indexes follow, but no change of a word."""
        if article.structure is None or not structures.is_other(self.revisions.stored(id, number), article):
            return
        self.revisions.write_again(id, number, article)
        columns = own_texts(article) | {"sequence": self.next()}
        sets = ", ".join(f"{name} = :{name}" for name in columns)
        self._connection.execute(f"UPDATE articles SET {sets} WHERE id = :id", columns | {"id": id})

    def correct(self, url: str, at: datetime) -> None:
        """Apply the corrections that stand for a URL to its article, if there is one; the article gets a sequence.

        An article that is said to be none is withdrawn with its text, and comes back when that is undone.
        """
        sql = f"SELECT a.id, a.withdrawn, a.corrected FROM articles a WHERE {HAS_URL}"
        row = self._connection.execute(sql, of_url(url)).fetchone()
        if row is None:
            return
        id, values = row["id"], corrected.standing(self._connection, url)
        authors = corrected.read_authors(self._connection, id, row["corrected"])
        column = corrected.packed(values, authors)
        self._connection.execute(
            "UPDATE articles SET corrected = ?, sequence = ? WHERE id = ?", (column, self.next(), id)
        )
        puts_away = corrected.is_put_away(column)
        if row["withdrawn"] is None and puts_away:
            self._connection.execute("DELETE FROM article_authors WHERE article = ?", (id,))
            self._connection.execute(
                "UPDATE articles SET withdrawn = ?, withdrawn_at = ? WHERE id = ?",
                (corrected.NO_ARTICLE, stamp(at), id),
            )
            return
        if row["withdrawn"] == corrected.NO_ARTICLE and not puts_away:
            self._connection.execute("UPDATE articles SET withdrawn = NULL, withdrawn_at = NULL WHERE id = ?", (id,))
        elif row["withdrawn"] is not None:
            return
        self.sign(id, authors)

    def _is_damaged(self, id: int) -> bool:
        """Whether an article is listed as damaged: then its text is stored again, whatever the fingerprint."""
        return self._connection.execute("SELECT 1 FROM damage WHERE article = ?", (id,)).fetchone() is not None

    def know_source(self, name: str) -> None:
        """Make sure the source has its row."""
        if name not in self._sources:
            self._connection.execute("INSERT OR IGNORE INTO sources (name) VALUES (?)", (name,))
            self._sources.add(name)

    def insert(self, article: Article, *, mark: str | None = None) -> int:
        """Store a new article and return its id; it gets `mark` when no other article has that."""
        article = structures.fitted(article)
        return self._insert(article, article_columns(article), mark)

    def _insert(self, article: Article, columns: dict[str, Any], mark: str | None = None) -> int:
        url = text(article.url)
        self.know_source(str(columns["source"]))
        columns |= {
            "url": url,
            "mark": mark if mark is not None and self._is_free(mark) else self._free_mark(url),
            "sequence": self.next(),
            "first_seen": columns["fetched"],
            "revision": 1,
        }
        names = ", ".join(columns)
        marks = ", ".join(f":{name}" for name in columns)
        cursor = self._connection.execute(f"INSERT INTO articles ({names}) VALUES ({marks})", columns)
        id = cursor.lastrowid
        assert id is not None
        self.revisions.add(id, 1, article, columns["fingerprint"])
        self._sign(id, article.authors)
        if corrected.standing(self._connection, url):
            self.correct(url, article.fetched)
        return id

    def _update(self, id: int, article: Article, columns: dict[str, Any]) -> None:
        self.know_source(str(columns["source"]))
        columns |= {"sequence": self.next(), "withdrawn": None}  # `withdrawn_at` stays: what is older stays away
        sets = ", ".join(f"{name} = :{name}" for name in columns)
        self._connection.execute(f"UPDATE articles SET {sets} WHERE id = :id", columns | {"id": id})
        self.sign(id, article.authors)

    def _revise(self, known: sqlite3.Row, article: Article, digest: bytes) -> int:
        """Store a new text as a revision; a withdrawn article that comes back unchanged gets its last text again."""
        id, number = int(known["id"]), int(known["revision"])
        if known["fingerprint"] == digest:
            self._connection.execute("DELETE FROM revisions WHERE article = ? AND number = ?", (id, number))
        else:
            number += 1
        self.revisions.add(id, number, article, digest)
        return number

    def sign(self, id: int, authors: tuple[Author, ...]) -> None:
        """Store who an article reads as signed by, in place of who it was; a correction by hand stands above that."""
        column = self._connection.execute("SELECT corrected FROM articles WHERE id = ?", (id,)).fetchone()[0]
        authors, now = corrected.signed_by(column, authors)
        if now != column:
            self._connection.execute("UPDATE articles SET corrected = ? WHERE id = ?", (now, id))
        rows = self._rows_of(id, authors)
        sql = "SELECT article, position, author FROM article_authors WHERE article = ? ORDER BY position"
        if [tuple(row) for row in self._connection.execute(sql, (id,))] != rows:  # each row is counted as it is written
            self._connection.execute("DELETE FROM article_authors WHERE article = ?", (id,))
            self._write_authors(rows)

    def _sign(self, id: int, authors: tuple[Author, ...]) -> None:
        """Store who an article that has no authors yet reads as signed by."""
        self._write_authors(self._rows_of(id, authors))

    def _rows_of(self, id: int, authors: tuple[Author, ...]) -> list[tuple[int, int, int]]:
        return [(id, position, self._author(author)) for position, author in enumerate(authors)]

    def _write_authors(self, rows: list[tuple[int, int, int]]) -> None:
        self._connection.executemany("INSERT INTO article_authors (article, position, author) VALUES (?, ?, ?)", rows)

    def _author(self, author: Author) -> int:
        row = (text(author.key), text(author.name), author.kind.value)
        if row not in self._authors:
            sql = "SELECT id FROM authors WHERE key = ? AND name = ? AND kind = ?"
            if (found := self._connection.execute(sql, row).fetchone()) is None:
                self._connection.execute("INSERT INTO authors (key, name, kind) VALUES (?, ?, ?)", row)
                found = self._connection.execute(sql, row).fetchone()
            self._authors[row] = int(found[0])
        return self._authors[row]

    def _free_mark(self, url: str) -> str:
        for length in range(LENGTH, MAX_LENGTH):
            candidate = mark(url, length=length)
            if self._is_free(candidate):
                return candidate
        return mark(url, length=MAX_LENGTH)

    def _is_free(self, mark: str) -> bool:
        return self._connection.execute("SELECT 1 FROM articles WHERE mark = ?", (mark,)).fetchone() is None


def sequence(connection: sqlite3.Connection) -> int:
    """Return the last sequence given.

    Raises:
        StoreDamaged: The store has none that could be counted on from.
    """
    row = connection.execute("SELECT value FROM meta WHERE key = 'sequence'").fetchone()
    if row is None or type(row[0]) is not int or not 0 <= row[0] < MAX_SEQUENCE:
        raise StoreDamaged(
            f"the store is damaged: its last sequence is {ascii(row and row[0])[:60]}: expected a number"
        )
    return int(row[0])


def amend_many(database: Database, readings: Iterable[tuple[int, Article]]) -> int:
    """Amend articles that still have the sequence given with them, in one transaction; return how many."""
    with database.writing() as connection:
        filing = Filing(connection)
        done = sum(filing.amend(article, sequence=sequence) is not None for sequence, article in readings)
        filing.finish()
    return done


def withdraw(database: Database, id: int, reason: str, at: datetime) -> bool:
    """Take one article's text away, in a transaction of its own."""
    with database.writing() as connection:
        filing = Filing(connection)
        done = filing.withdraw(id, reason, at)
        filing.finish()
    return done


def set_copy(database: Database, id: int, copy_of: int | None) -> bool:
    """Say whose copy an article is; return whether that is a change."""
    with database.writing() as connection:
        filing = Filing(connection)
        connection.execute(
            "UPDATE articles SET copy_of = ?, sequence = ? WHERE id = ? AND copy_of IS NOT ?",
            (copy_of, filing.next(), id, copy_of),
        )
        changed = bool(connection.execute("SELECT changes()").fetchone()[0])
        if changed:
            filing.finish()
    return changed
