"""Rows read -> whether they are as they were stored; the list of damaged articles, and their repair.

The fingerprint of an article's text stands in its row, and a body carries a checksum of its own (zlib's): both are
compared whenever an article is read. A damaged article is named once in the log, left out, and counted here.
"""

import logging
import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from itertools import islice

from corpus.errors import StoreDamaged
from corpus.events import event
from corpus.model import Article, StoredArticle
from corpus.store.articles import structures
from corpus.store.articles.filing import Filing
from corpus.store.file.database import Database
from corpus.store.file.digests import digest_of, text_digest
from corpus.store.file.rows import EPOCH, Texts
from corpus.store.file.texts import read, read_text

# What reading a damaged row raises.
UNREADABLE = (StoreDamaged, zlib.error, ValueError, TypeError, LookupError, OverflowError, AttributeError)
REPLACED = "\ufffd"  # stands where a text could not be stored as it was; such a text never has its own fingerprint

MOST_NAMED = 20  # damaged articles that are named in the log at once; the others are counted
MOST_MISSING = 1_000  # earlier texts of an article that are named; the number of its newest may be damaged, too
CURE = "pressmark check --full --mend"

log = logging.getLogger(__name__)


def problem(one: StoredArticle, stored: bytes) -> str | None:
    """Return what is wrong with an article that could be read, given the fingerprint it was stored with."""
    if one.withdrawn is not None or text_digest(one.article) == stored or _was_replaced(one.article):
        return None
    return "its text is not the one that was stored"


def _was_replaced(article: Article) -> bool:
    return any(text and REPLACED in text for text in (article.headline, article.standfirst, article.body))


def note(database: Database, found: Mapping[int, str]) -> None:
    """Note which articles are damaged, and log the newly damaged ones."""
    new = {id: what for id, what in found.items() if id not in database.damaged}
    for id, what in islice(new.items(), MOST_NAMED):
        event(log, "article damaged", level=logging.WARNING, id=id, problem=what, cure=CURE)
    if (more := len(new) - MOST_NAMED) > 0:  # of one cause, such as a dictionary that is lost
        event(log, "articles damaged", level=logging.WARNING, more=more, cure=CURE)
    database.damaged.update(new)
    if new and not database.read_only:
        with database.writing() as connection:
            connection.executemany("INSERT OR IGNORE INTO damage (article, what) VALUES (?, ?)", list(new.items()))


def listed(database: Database) -> dict[int, str]:
    """Return id -> what is wrong, of every article that was found damaged and is not mended."""
    return {row["article"]: row["what"] for row in database.rows("SELECT article, what FROM damage ORDER BY article")}


def forget(database: Database, ids: Iterable[int]) -> None:
    """Take articles off the list of damaged ones."""
    gone = [(id,) for id in ids]
    for (id,) in gone:
        database.damaged.pop(id, None)
    if gone and not database.read_only:
        with database.writing() as connection:
            connection.executemany("DELETE FROM damage WHERE article = ?", gone)


def note_revisions(database: Database, found: Iterable[tuple[int, int]]) -> None:
    """Remember which earlier texts are damaged, as article and number, and log those that were not known to be."""
    known = {tuple(row) for row in database.rows("SELECT article, number FROM damaged_revisions")}
    new = [each for each in found if each not in known]
    for article, number in new[:MOST_NAMED]:
        event(log, "revision damaged", level=logging.WARNING, article=article, revision=number)
    if (more := len(new) - MOST_NAMED) > 0:
        event(log, "revisions damaged", level=logging.WARNING, more=more)
    if new and not database.read_only and not database.connection.in_transaction:  # else with the next reading
        with database.writing() as connection:
            connection.executemany("INSERT OR IGNORE INTO damaged_revisions (article, number) VALUES (?, ?)", new)


def damaged_revisions(database: Database) -> list[tuple[int, int]]:
    """Return article and number of earlier texts found damaged; those that are whole again, or gone, are forgotten."""
    listed = [tuple(row) for row in database.rows("SELECT article, number FROM damaged_revisions ORDER BY 1, 2")]
    broken = {id: set(broken_revisions(database, id)) for id in {id for id, _ in listed}}
    left = [(id, number) for id, number in listed if number in broken[id]]
    if len(left) < len(listed) and not database.read_only:
        with database.writing() as connection:
            gone = sorted({*listed}.difference(left))
            connection.executemany("DELETE FROM damaged_revisions WHERE article = ? AND number = ?", gone)
    return left


def mend_from_revision(database: Database, id: int) -> int | None:
    """Give a damaged article the newest of its texts that is whole; return that revision's number, or None.

    The article's row says again what its revision says; byline, dates and the rest of the row stay. Spans that are
    damaged go: the text without them is worth more than an older text.
    """
    with database.writing() as connection:
        rows = connection.execute("SELECT * FROM revisions WHERE article = ? ORDER BY number DESC", (id,)).fetchall()
        whole = next((row for row in rows if is_text_whole(row, database)), None)
        if whole is None:
            return None
        filing = Filing(connection)
        if not _has_whole_structure(whole, database):
            (facts,) = connection.execute("SELECT facts FROM articles WHERE id = ?", (id,)).fetchone()
            texts = read_text(database.texts, whole)
            texts = texts._replace(structure=None, facts=texts.facts or facts)
            filing.revisions.write(id, whole["number"], texts, digest_of(whole))
        connection.execute(
            "UPDATE articles SET headline = ?, standfirst = ?, byline = ?, fingerprint = ?, revision = ?, sequence = ?"
            " WHERE id = ? AND withdrawn IS NULL",
            (*(whole[name] for name in _COPIED), digest_of(whole), whole["number"], filing.next(), id),
        )
        filing.finish()
        return int(whole["number"])


def broken_revisions(database: Database, id: int) -> list[int]:
    """Return the numbers of an article's earlier texts that are not as they were stored, or not there any more."""
    last = database.one("SELECT revision FROM articles WHERE id = ? AND withdrawn IS NULL", (id,))
    if last is None:
        return []
    rows = database.rows("SELECT * FROM revisions WHERE article = ? AND number <> ?", (id, last["revision"]))
    whole = {int(row["number"]): is_whole(row, database) for row in rows}
    there = range(1, min(last["revision"], len(rows) + MOST_MISSING))
    return sorted({number for number in (*there, *whole) if not whole.get(number)})


_COPIED = ("headline", "standfirst", "byline")


def is_whole(row: sqlite3.Row, database: Database) -> bool:
    """Are the text of a revision and its spans those that were stored?"""
    return is_text_whole(row, database) and _has_whole_structure(row, database)


def _has_whole_structure(row: sqlite3.Row, database: Database) -> bool:
    try:
        return structures.is_whole(read(database.texts, row))
    except UNREADABLE:  # it has a column of its own
        return False


def is_text_whole(row: sqlite3.Row, database: Database) -> bool:
    """Is the text of a revision the one that was stored, whatever became of its spans?"""
    try:
        return is_as_stored(read_text(database.texts, row), digest_of(row))
    except UNREADABLE:
        return False


def is_as_stored(texts: Texts, stored: bytes) -> bool:
    """Do the texts of a revision have the fingerprint that was stored with them?"""
    headline, standfirst = texts.headline or None, texts.standfirst or None
    article = Article(url="", source="", headline=headline, standfirst=standfirst, body=texts.body, fetched=EPOCH)
    return text_digest(article) == stored or _was_replaced(article)
