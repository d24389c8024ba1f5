"""Rows -> articles: one, many, what changed, every one of them, and the revisions of one."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from corpus.model import Article, Author, AuthorKind, Change, Revision, StoredArticle
from corpus.store.database import Database
from corpus.store.rows import details, filed, fingerprint, moment, text, unpack

_IDS = 1 << 63
PAGE = 500  # rows held at once while walking through all articles

_ARTICLES = """
    SELECT a.*, r.body AS body FROM articles a
    JOIN revisions r ON r.article = a.id AND r.number = a.revision
"""


def article(database: Database, id: int) -> StoredArticle | None:
    """Return the article with this id, withdrawn or not."""
    if not 0 < id < _IDS:  # an address may name any number
        return None
    return _first(database, "a.id = ?", id)


def by_mark(database: Database, mark: str) -> StoredArticle | None:
    """Return the article with this pressmark."""
    return _first(database, "a.mark = ?", text(mark))


def by_url(database: Database, url: str) -> StoredArticle | None:
    """Return the article with this canonical URL."""
    return _first(database, "a.url = ?", text(url))


def articles(database: Database, ids: Iterable[int]) -> dict[int, StoredArticle]:
    """Return id -> article, in the order given; ids nobody has are left out."""
    wanted = [id for id in dict.fromkeys(ids) if 0 < id < _IDS]
    found: dict[int, StoredArticle] = {}
    with database.reading():
        for start in range(0, len(wanted), PAGE):
            part = wanted[start : start + PAGE]
            rows = database.rows(f"{_ARTICLES} WHERE a.id IN ({_holes(part)})", part)
            found.update((each.id, each) for each in _filed(database, rows))
    return {id: found[id] for id in wanted if id in found}


def missing(database: Database, ids: Iterable[int]) -> list[int]:
    """Return the ids that nobody has."""
    wanted = [id for id in dict.fromkeys(ids) if 0 < id < _IDS]
    known: set[int] = set()
    with database.reading():
        for start in range(0, len(wanted), PAGE):
            part = wanted[start : start + PAGE]
            known.update(row[0] for row in database.rows(f"SELECT id FROM articles WHERE id IN ({_holes(part)})", part))
    return [id for id in wanted if id not in known]


def changes(database: Database, after: int, limit: int, upto: int | None) -> list[Change]:
    """Return the changes with after < sequence <= upto, in order."""
    last = 2**63 - 1 if upto is None else upto
    with database.reading():
        rows = database.rows(
            f"{_ARTICLES} WHERE a.sequence > ? AND a.sequence <= ? ORDER BY a.sequence LIMIT ?", (after, last, limit)
        )
        return [
            Change(each.sequence, each.id, None if each.withdrawn is not None else each)
            for each in _filed(database, rows)
        ]


def newest(database: Database, limit: int) -> list[StoredArticle]:
    """Return the articles published last, undated ones by when they were first seen."""
    order = "min(coalesce(a.published, a.first_seen), a.first_seen) DESC"
    with database.reading():
        rows = database.rows(f"{_ARTICLES} WHERE a.withdrawn IS NULL ORDER BY {order} LIMIT ?", (limit,))
        return list(_filed(database, rows))


def every(database: Database) -> Iterator[StoredArticle]:
    """Walk through all articles that stand, by id, a page in memory at a time."""
    last = 0
    while True:
        with database.reading():
            rows = database.rows(
                f"{_ARTICLES} WHERE a.id > ? AND a.withdrawn IS NULL ORDER BY a.id LIMIT ?", (last, PAGE)
            )
            page = list(_filed(database, rows))
        if not page:
            return
        yield from page
        last = page[-1].id


def withdrawn(database: Database) -> Iterator[tuple[StoredArticle, datetime]]:
    """Walk through the withdrawn articles by id, each with when its text was taken away."""
    last = 0
    while True:
        with database.reading():
            rows = database.rows(
                f"{_ARTICLES} WHERE a.id > ? AND a.withdrawn IS NOT NULL ORDER BY a.id LIMIT ?", (last, PAGE)
            )
            page = list(zip(_filed(database, rows), (moment(row["withdrawn_at"]) for row in rows), strict=True))
        if not page:
            return
        yield from page
        last = page[-1][0].id


def revisions(database: Database, id: int) -> list[Revision]:
    """Return every text the article has had, the first one first."""
    if not 0 < id < _IDS:
        return []
    rows = database.rows("SELECT * FROM revisions WHERE article = ? ORDER BY number", (id,))
    return [
        Revision(
            number=row["number"],
            seen=moment(row["seen"]),
            headline=row["headline"],
            standfirst=row["standfirst"],
            byline=row["byline"],
            body=unpack(row["body"]),
            fingerprint=row["fingerprint"],
        )
        for row in rows
    ]


def unchanged(database: Database, article: Article) -> bool:
    """Tell whether storing the article would change nothing."""
    row = database.one("SELECT fingerprint, details, withdrawn FROM articles WHERE url = ?", (text(article.url),))
    return row is not None and tuple(row) == (fingerprint(article), details(article), None)


def _first(database: Database, condition: str, value: object) -> StoredArticle | None:
    with database.reading():
        rows = database.rows(f"{_ARTICLES} WHERE {condition}", (value,))
        return next(_filed(database, rows), None)


def _filed(database: Database, rows: list[sqlite3.Row]) -> Iterator[StoredArticle]:
    """Give each row its authors, read in one query."""
    signed: dict[int, list[Author]] = {}
    ids = [int(row["id"]) for row in rows]
    waiting = iter(ids)
    while part := list(islice(waiting, PAGE)):
        for row in database.rows(
            "SELECT s.article, n.name, n.key, n.kind FROM article_authors s JOIN authors n ON n.id = s.author"
            f" WHERE s.article IN ({_holes(part)}) ORDER BY s.article, s.position",
            part,
        ):
            author = Author(row["name"], row["key"], AuthorKind(row["kind"]))
            signed.setdefault(row["article"], []).append(author)
    for row in rows:
        yield filed(row, tuple(signed.get(row["id"], ())))


def _holes(values: list[int]) -> str:
    return ", ".join("?" * len(values))
