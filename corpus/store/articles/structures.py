"""The spans of a text <-> the column `structure` of its revision, packed as the text is, and read back with a check."""

import logging
import sqlite3
import zlib
from contextlib import suppress
from dataclasses import replace

from corpus.events import event
from corpus.model import Article
from corpus.store.file import bodies
from corpus.store.file.database import Database
from corpus.store.file.rows import text
from corpus.structure.checking import fitting, problem
from corpus.structure.comparing import differ
from corpus.structure.packing import packed, unpacked
from corpus.structure.values import Span
from corpus.texts import texts as sentences

_UNREADABLE = (zlib.error, ValueError, TypeError, LookupError, RecursionError, StopIteration)

log = logging.getLogger(__name__)


def fitted(article: Article) -> Article:
    """Return an article without those of its spans that do not fit its text, with how many they are as a fact.

    They are a fault of whoever read them; the log says what is wrong with the first.
    """
    wrong = None if article.structure is None else problem(article.structure, article.body)
    if wrong is None or article.structure is None:
        return article
    spans, count = fitting(article.structure, article.body)
    if not count:  # they stood in another order
        return replace(article, structure=spans)
    event(log, "spans left out", level=logging.WARNING, url=article.url, count=count, problem=wrong)
    unfit = sentences(
        "without {n:,} part that does not fit the text", "without {n:,} parts that do not fit the text", count
    )
    fact = ", ".join(filter(None, (article.facts.get("structure"), unfit)))
    return replace(article, structure=spans, facts={**article.facts, "structure": fact})


def pack(article: Article, dictionary: bytes) -> bytes | None:
    """Return the column of an article that is fitted: None for a structure that was not read, no bytes for an empty."""
    return None if article.structure is None else bodies.pack(packed(article.structure, article.body), dictionary)


def read(database: Database, column: bytes | None, body: str) -> tuple[Span, ...] | None:
    """Return the spans of a text; None: they were not read.

    Raises:
        ValueError: They are not as they were stored, or not of this text.
    """
    if column is None:
        return None
    try:
        spans = unpacked(database.body(column), body)
    except _UNREADABLE as error:
        raise ValueError(f"its structure cannot be read: {error}") from None
    if wrong := problem(spans, body):
        raise ValueError(wrong)
    return spans


def is_whole(row: sqlite3.Row, database: Database) -> bool:
    """Whether the spans of a revision whose text is whole are those that were stored."""
    try:
        read(database, row["structure"], database.body(row["body"]))
    except ValueError:
        return False
    return True


def is_other(connection: sqlite3.Connection, id: int, number: int, article: Article) -> bool:
    """Whether a reading says that the stored text is set otherwise; False where it does not say.

    The query of an image's address does not count: servers of pictures sign it anew at every visit.
    """
    if article.structure is None:
        return False
    row = connection.execute(
        "SELECT structure FROM revisions WHERE article = ? AND number = ?", (id, number)
    ).fetchone()
    if row is None or row["structure"] is None:
        return True
    with suppress(*_UNREADABLE):
        stored = unpacked(bodies.unpack(row["structure"], bodies.dictionaries(connection)), text(article.body))
        return differ(stored, article.structure)
    return True


def store(connection: sqlite3.Connection, id: int, number: int, column: bytes | None) -> None:
    """Store how the text of a revision is set; what is stored stays where `column` is None: a reading did not say."""
    if column is not None:
        connection.execute("UPDATE revisions SET structure = ? WHERE article = ? AND number = ?", (column, id, number))


def forget(connection: sqlite3.Connection, id: int, number: int) -> None:
    """Take away the spans of a revision: it is as one that was stored before they were read."""
    connection.execute("UPDATE revisions SET structure = NULL WHERE article = ? AND number = ?", (id, number))


def compact(connection: sqlite3.Connection, database: Database, row: sqlite3.Row, dictionary: bytes) -> None:
    """Pack the spans of a revision that is whole as densely as it goes."""
    if row["structure"]:
        dense = bodies.pack(database.body(row["structure"]), dictionary, level=bodies.DENSEST)
        if len(dense) < len(row["structure"]):
            connection.execute("UPDATE revisions SET structure = ? WHERE rowid = ?", (dense, row["rowid"]))
