"""Rows -> articles: by id, mark or URL, by change, all of them; and the revisions of an article."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from corpus.errors import StoreDamaged
from corpus.model import Article, Author, AuthorKind, Change, Revision, StoredArticle
from corpus.store.articles import damage, structures
from corpus.store.articles.corrected import corrected
from corpus.store.articles.damage import UNREADABLE
from corpus.store.file.database import Database
from corpus.store.file.digests import digest_bytes, digest_of, text_digest
from corpus.store.file.finding import HAS_URL, of_url
from corpus.store.file.rows import (
    NO_FACTS,
    OWN,
    Texts,
    details,
    further,
    moment,
    stored_article,
    text,
    word,
)
from corpus.store.file.texts import read

_IDS = 1 << 63
_NO_TEXTS = Texts(None, None, None, "", NO_FACTS)
PAGE = 500  # rows held at once while walking through all articles

_OWN = ", ".join(f"a.{name}" for name in OWN)
_BESIDE = 8  # columns before these; a row of SQLite looks for a name from its first column on
_ARTICLES = f"""
    SELECT r.body AS body, a.fingerprint, a.corrected, r.structure AS structure, a.headline, a.standfirst, a.byline,
    a.withdrawn_at, {_OWN} FROM articles a
    LEFT JOIN revisions r ON r.article = a.id AND r.number = a.revision
"""

# The index on article and number may be damaged and lead to another row, so what it says is compared with that row.
_REVISIONS = """
    SELECT r.*, place.number AS wanted FROM revisions place INDEXED BY sqlite_autoindex_revisions_1
    CROSS JOIN revisions r ON r.rowid = place.rowid
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
    return _first(database, HAS_URL, *of_url(url))


def articles(database: Database, ids: Iterable[int], *, with_structure: bool = True) -> dict[int, StoredArticle]:
    """Return id -> article, in the order given; unknown ids and damaged articles are left out.

    Args:
        with_structure: False for lists of texts: no spans and facts are unpacked and checked; `structure` is None
            then, and `facts` is empty.
    """
    wanted = [id for id in dict.fromkeys(ids) if 0 < id < _IDS]
    found: dict[int, StoredArticle] = {}
    for start in range(0, len(wanted), PAGE):
        part = wanted[start : start + PAGE]
        found.update((one.id, one) for one in _whole(database, f"a.id IN ({_holes(part)})", part, with_structure))
    return {id: found[id] for id in wanted if id in found}


def heads(database: Database, ids: Iterable[int]) -> dict[int, StoredArticle]:
    """Return id -> article without its body and facts, in the order given; unknown and damaged ones are left out."""
    found = articles(database, ids, with_structure=False)
    return {id: replace(one, article=replace(one.article, body="")) for id, one in found.items()}


def damaged(database: Database) -> dict[int, str]:
    """Return id -> what is wrong, for the articles found damaged; articles that are whole again are forgotten."""
    listed = damage.listed(database)
    whole = articles(database, listed)
    damage.forget(database, whole)
    return {id: what for id, what in listed.items() if id not in whole}


def without_text(database: Database, id: int) -> StoredArticle | None:
    """Return an article without its texts and facts; None when not even its row makes sense."""
    try:
        row = database.one(f"SELECT {_OWN} FROM articles a WHERE a.id = ?", (id,))
        return stored_article(tuple(row), (), _NO_TEXTS) if row else None
    except (StoreDamaged, *UNREADABLE):
        return None


def changes(
    database: Database, after: int, limit: int, upto: int | None, *, revised: bool = False, with_structure: bool = True
) -> list[Change]:
    """Return the changes with after < sequence <= upto, in order. A damaged article comes without its text."""
    last = 2**63 - 1 if upto is None else upto
    chosen = " AND (a.revision > 1 OR a.withdrawn IS NOT NULL)" if revised else ""
    condition = f"a.sequence > ? AND a.sequence <= ?{chosen} ORDER BY a.sequence LIMIT ?"
    page = _read(database, condition, (after, last, limit), with_structure)
    if page:
        further(page[-1].sequence, after)
    return [
        Change(
            one.sequence,
            one.id,
            None if one.stored is None or one.stored.withdrawn is not None else one.stored,
        )
        for one in page
    ]


def newest(database: Database, limit: int) -> list[StoredArticle]:
    """Return the articles published last, undated ones by when they were first seen."""
    order = "min(coalesce(a.published, a.first_seen), a.first_seen) DESC"
    return list(_whole(database, f"a.withdrawn IS NULL ORDER BY {order} LIMIT ?", (limit,)))


def latest_of(database: Database, source: str, url: str, limit: int) -> list[Article]:
    """Return the articles of a source that entered the store last and stand, but for that at `url`."""
    condition = "a.source = ? AND a.url != ? AND a.withdrawn IS NULL ORDER BY a.first_seen DESC LIMIT ?"
    return [one.article for one in _whole(database, condition, (text(source), text(url), limit))]


def every(database: Database) -> Iterator[StoredArticle]:
    """Walk through all articles that stand, by id, a page in memory at a time."""
    last = 0
    while page := _read(database, "a.id > ? AND a.withdrawn IS NULL ORDER BY a.id LIMIT ?", (last, PAGE)):
        yield from (one.stored for one in page if one.stored)
        last = further(page[-1].id, last)


def ids_of(database: Database, source: str, after: int) -> list[int]:
    """Return the ids over `after` of a source's articles, withdrawn or not, in their order."""
    rows = database.rows("SELECT id FROM articles WHERE source = ? AND id > ? ORDER BY id", (text(source), after))
    return [row[0] for row in rows]


def withdrawn(database: Database) -> Iterator[tuple[StoredArticle, datetime]]:
    """Walk through the withdrawn articles by id, each with when its text was taken away."""
    last = 0
    while page := _read(database, "a.id > ? AND a.withdrawn IS NOT NULL ORDER BY a.id LIMIT ?", (last, PAGE)):
        yield from ((one.stored, moment(one.row["withdrawn_at"])) for one in page if one.stored and one.row)
        last = further(page[-1].id, last)


def revision_times(database: Database, id: int) -> dict[int, datetime]:
    """Return the number of each text the article has had -> when it was seen, the oldest first; no text is read."""
    if not 0 < id < _IDS:
        return {}
    rows = database.rows("SELECT number, seen FROM revisions WHERE article = ? ORDER BY number", (id,))
    return {row["number"]: moment(row["seen"]) for row in rows}


def revisions(database: Database, id: int, numbers: Collection[int] | None) -> list[Revision]:
    """Return the texts the article has had, all or some by number, the oldest first."""
    if not 0 < id < _IDS:
        return []
    chosen = "" if numbers is None else f" AND place.number IN ({_holes(numbers)})"
    rows = database.rows(f"{_REVISIONS} WHERE place.article = ?{chosen} ORDER BY place.number", (id, *(numbers or ())))
    found, broken = [], []
    for row in rows:
        whole = None
        with suppress(*UNREADABLE):
            texts = read(database.texts, row)
            was_taken_away = not (texts.headline or texts.standfirst or texts.body)
            is_whole = was_taken_away or damage.is_as_stored(texts, digest_of(row))
            if is_whole and (row["article"], row["number"]) == (id, row["wanted"]):
                whole = _revision(row, texts)
        if whole is None:
            broken.append((id, int(row["wanted"])))
        else:
            found.append(whole)
    if broken:  # a damaged text is left out, and counted
        damage.note_revisions(database, broken)
    return found


def _revision(row: sqlite3.Row, texts: Texts) -> Revision:
    return Revision(
        number=row["number"],
        seen=moment(row["seen"]),
        headline=texts.headline,
        standfirst=texts.standfirst,
        byline=texts.byline,
        body=texts.body,
        fingerprint=digest_of(row).hex(),
        structure=structures.read(texts),
    )


def unchanged(database: Database, article: Article) -> bool:
    """Tell whether storing the article would change nothing of its text and details.

    How its text is set counts as neither: see `structures.is_other`.
    """
    sql = f"SELECT a.fingerprint, a.details, a.withdrawn FROM articles a WHERE {HAS_URL}"
    row, digests = database.one(sql, of_url(article.url)), (text_digest(article), digest_bytes(details(article)))
    return row is not None and tuple(row) == (*digests, None)


def _first(database: Database, condition: str, *values: object) -> StoredArticle | None:
    return next(_whole(database, condition, values), None)


class _Read(NamedTuple):
    """A row as it was read; `stored` None: the article is damaged; `row` None: no part of it can be read."""

    id: int
    sequence: int
    row: sqlite3.Row | None
    stored: StoredArticle | None


def _whole(
    database: Database, condition: str, parameters: Sequence[object], with_structure: bool = True
) -> Iterator[StoredArticle]:
    """The articles of a condition that are as they were stored."""
    return (one.stored for one in _read(database, condition, parameters, with_structure) if one.stored)


def _read(database: Database, condition: str, parameters: Sequence[object], with_structure: bool = True) -> list[_Read]:
    """Read the articles of a condition; damaged articles are put on the list, and the others are read all the same."""
    found: dict[int, str] = {}
    with database.reading():
        try:
            rows = database.rows(f"{_ARTICLES} WHERE {condition}", parameters)
            them = _stored(database, rows, found, with_structure)
        except StoreDamaged:
            places = database.rows(f"SELECT a.id, a.sequence FROM articles a WHERE {condition}", parameters)
            them = [_alone(database, place, found, with_structure) for place in places]
    damage.note(database, found)
    return them


def _alone(database: Database, place: sqlite3.Row, found: dict[int, str], with_structure: bool) -> _Read:
    try:
        rows = database.rows(f"{_ARTICLES} WHERE a.id = ?", (place["id"],))
        return _stored(database, rows, found, with_structure)[0]
    except (StoreDamaged, IndexError):
        found[place["id"]] = "its part of the file cannot be read"
        return _Read(place["id"], place["sequence"], None, None)


def _stored(database: Database, rows: list[sqlite3.Row], found: dict[int, str], with_structure: bool) -> list[_Read]:
    """Read each row with its authors, who are read in one query."""
    signed = _signed(database, [int(row[_BESIDE]) for row in rows])
    return [_judged(database, row, signed.get(row[_BESIDE], []), found, with_structure) for row in rows]


def _signed(database: Database, ids: Iterable[int]) -> dict[int, list[sqlite3.Row]]:
    """Return article -> the rows of its authors, in printed order."""
    signed: dict[int, list[sqlite3.Row]] = {}
    waiting = iter(ids)
    while part := list(islice(waiting, PAGE)):
        for row in database.rows(
            "SELECT s.article, n.name, n.key, n.kind FROM article_authors s JOIN authors n ON n.id = s.author"
            f" WHERE s.article IN ({_holes(part)}) ORDER BY s.article, s.position",
            part,
        ):
            signed.setdefault(row[0], []).append(row)
    return signed


def _judged(
    database: Database, row: sqlite3.Row, signed: list[sqlite3.Row], found: dict[int, str], with_structure: bool
) -> _Read:
    id, _, sequence, *_ = own = row[_BESIDE:]
    try:
        texts = read(database.texts, row, with_structure=with_structure)
        authors = tuple([Author(name, key, word(AuthorKind, kind)) for _, name, key, kind in signed])
        one = stored_article(own, authors, texts, structures.read(texts))
        what = damage.problem(one, row["fingerprint"])
        one = corrected(one, row["corrected"])
    except UNREADABLE:
        one, what = None, "its row cannot be read"
    if what:
        found[id] = what
    return _Read(id, sequence, row, None if what else one)


def _holes(values: Collection[int]) -> str:
    return ", ".join("?" * len(values))
