"""An imported article and when it was fetched -> its place among the texts that the stored article has had.

A crawl always brings the newest text. An import may bring an older text: it becomes an earlier revision,
and never takes the place of a newer text.
"""

import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime

from corpus.marks import mark
from corpus.model import Article, Outcome, Revision
from corpus.records import ArticleRecord
from corpus.store.articles.filing import Filing
from corpus.store.file.database import Database
from corpus.store.file.rows import fingerprint, moment_or_none, stamp, text

# A crawl that found the text unchanged has seen it too; its visit is in the frontier.
_KNOWN = """
    SELECT a.id, a.revision, a.fingerprint, a.fetched, a.withdrawn, a.withdrawn_at, a.confirmed,
        CASE WHEN f.outcome IN ('new', 'changed', 'unchanged') THEN f.checked END AS checked,
        (SELECT max(length(r.body)) FROM revisions r WHERE r.article = a.id) AS bytes
    FROM articles a LEFT JOIN frontier f ON f.url = a.url
"""
_EMPTY_BYTES = 8  # of an empty body, deflated


@dataclass(frozen=True, slots=True)
class _Text:
    number: int
    seen: int
    fingerprint: str


def file_in_time(connection: sqlite3.Connection, filing: Filing, article: Article) -> Outcome:
    """Store an article by the time it was fetched.

    Returns:
        NEW, CHANGED or UNCHANGED as `Filing.file`. A text older than the one that stands is CHANGED when it becomes
        an earlier revision. WITHDRAWN, and nothing is written, when the article was withdrawn after it was fetched.
    """
    known = connection.execute(f"{_KNOWN} WHERE a.url = ?", (text(article.url),)).fetchone()
    if known is None:
        return filing.file(article)
    at = stamp(article.fetched)
    if known["withdrawn"] is not None:
        return Outcome.WITHDRAWN if at <= (known["withdrawn_at"] or 0) else filing.file(article)
    if not article.body and (known["bytes"] or 0) > _EMPTY_BYTES:
        return Outcome.UNCHANGED  # a citation, which has no text, never takes the place of one
    digest = fingerprint(article)
    if _is_earlier(connection, known, at, digest):
        return Outcome.UNCHANGED
    last_seen = _last_seen(known)
    if at >= last_seen:
        if known["fingerprint"] == digest:
            connection.execute("UPDATE articles SET confirmed = ? WHERE id = ?", (at, known["id"]))
        return filing.file(article)
    return _file_earlier(connection, filing, known["id"], article, digest, last_seen)


def confirmed(database: Database, id: int) -> datetime | None:
    """Return when the text that stands was last seen, by a crawl or an import; None: not since it was fetched."""
    row = database.one(f"{_KNOWN} WHERE a.id = ? AND a.withdrawn IS NULL", (id,))
    last_seen = 0 if row is None else _last_seen(row)
    return moment_or_none(last_seen) if row is not None and last_seen > row["fetched"] else None


def _last_seen(row: sqlite3.Row) -> int:
    return int(max(row["fetched"], row["confirmed"] or 0, row["checked"] or 0))


def _is_earlier(connection: sqlite3.Connection, known: sqlite3.Row, at: int, digest: str) -> bool:
    """Whether a capture is an earlier revision already; several captures may have the same second."""
    row = connection.execute(
        "SELECT 1 FROM revisions WHERE article = ? AND seen = ? AND fingerprint = ? AND number < ?",
        (known["id"], at, digest, known["revision"]),
    ).fetchone()
    return row is not None


def _file_earlier(
    connection: sqlite3.Connection, filing: Filing, id: int, article: Article, digest: str, last_seen: int
) -> Outcome:
    rows = connection.execute(
        "SELECT number, seen, fingerprint FROM revisions WHERE article = ? ORDER BY number", (id,)
    )
    texts = [_Text(*row) for row in rows]
    at = stamp(article.fetched)
    place = sum(each.seen <= at for each in texts)
    if place and texts[place - 1].fingerprint == digest:
        return Outcome.UNCHANGED
    if place < len(texts) and texts[place].fingerprint == digest:
        _seen_since(connection, filing, id, texts[place].number, at)
        return Outcome.UNCHANGED
    _make_room(connection, id, place)
    filing.add_revision(id, place + 1, article, digest)
    revision = len(texts) + 1
    if place == len(texts):  # the text that stands was seen before and after: it came back
        standing = texts[-1].number
        connection.execute(
            "INSERT INTO revisions (article, number, seen, headline, standfirst, byline, body, fingerprint)"
            " SELECT article, ?, ?, headline, standfirst, byline, body, fingerprint FROM revisions"
            " WHERE article = ? AND number = ?",
            (revision + 1, last_seen, id, standing),
        )
        revision += 1
        connection.execute("UPDATE articles SET fetched = ? WHERE id = ?", (last_seen, id))
    connection.execute(
        "UPDATE articles SET revision = ?, first_seen = min(first_seen, ?), sequence = ? WHERE id = ?",
        (revision, at, filing.next(), id),
    )
    return Outcome.CHANGED


def _seen_since(connection: sqlite3.Connection, filing: Filing, id: int, number: int, at: int) -> None:
    """Set the time at which a text was first seen back."""
    connection.execute("UPDATE revisions SET seen = ? WHERE article = ? AND number = ?", (at, id, number))
    connection.execute(
        "UPDATE articles SET fetched = CASE WHEN revision = ? THEN ? ELSE fetched END, confirmed ="
        " CASE WHEN revision = ? THEN max(fetched, coalesce(confirmed, 0)) ELSE confirmed END,"
        " first_seen = min(first_seen, ?), sequence = ? WHERE id = ?",
        (number, at, number, at, filing.next(), id),
    )


def _make_room(connection: sqlite3.Connection, id: int, place: int) -> None:
    """Add one to the numbers of the revisions behind `place`; by way of negative numbers, since numbers are unique."""
    connection.execute("UPDATE revisions SET number = -number - 1 WHERE article = ? AND number > ?", (id, place))
    connection.execute("UPDATE revisions SET number = -number WHERE article = ? AND number < 0", (id,))


# ---------------------------------------------------------------- articles of another store


def restore(connection: sqlite3.Connection, filing: Filing, record: ArticleRecord) -> Outcome:
    """Store an article of another store with all its texts; an article that is here gets the texts it lacks."""
    article = record.article
    known = connection.execute("SELECT id FROM articles WHERE url = ?", (text(article.url),)).fetchone()
    if known is None:
        return _restore_new(connection, filing, record)
    if record.withdrawn is not None:
        at = record.withdrawn_at or article.fetched
        return Outcome.CHANGED if filing.withdraw(known["id"], record.withdrawn, at) else Outcome.UNCHANGED
    outcomes = [file_in_time(connection, filing, _as_it_was(article, each)) for each in record.revisions]
    outcomes.append(file_in_time(connection, filing, article))
    if record.confirmed is not None and not _confirm(connection, known["id"], article, record.confirmed):
        outcomes.append(file_in_time(connection, filing, replace(article, fetched=record.confirmed)))
    _seen_first(connection, known["id"], record.first_seen)
    return next((each for each in (Outcome.CHANGED, Outcome.WITHDRAWN) if each in outcomes), Outcome.UNCHANGED)


def _confirm(connection: sqlite3.Connection, id: int, article: Article, at: datetime) -> bool:
    """Store when an article was last seen again; False when this is not the text that stands."""
    return bool(
        connection.execute(
            "UPDATE articles SET confirmed = max(coalesce(confirmed, 0), ?)"
            " WHERE id = ? AND fingerprint = ? AND withdrawn IS NULL",
            (stamp(at), id, fingerprint(article)),
        ).rowcount
    )


def _restore_new(connection: sqlite3.Connection, filing: Filing, record: ArticleRecord) -> Outcome:
    article = record.article
    texts = [(_as_it_was(article, each), each.fingerprint) for each in record.revisions]
    texts.append((article, record.fingerprint or fingerprint(article)))
    id = filing.insert(article, mark=_own_mark(record))
    connection.execute("DELETE FROM revisions WHERE article = ?", (id,))
    for number, (each, digest) in enumerate(texts, start=1):
        filing.add_revision(id, number, each, digest if record.withdrawn is not None else fingerprint(each))
    connection.execute("UPDATE articles SET revision = ? WHERE id = ?", (len(texts), id))
    connection.execute("UPDATE articles SET first_seen = ? WHERE id = ?", (stamp(record.first_seen), id))
    if record.confirmed is not None:
        connection.execute("UPDATE articles SET confirmed = ? WHERE id = ?", (stamp(record.confirmed), id))
    if record.withdrawn is not None:
        connection.execute("UPDATE articles SET fingerprint = ? WHERE id = ?", (texts[-1][1], id))
        filing.withdraw(id, record.withdrawn, record.withdrawn_at or article.fetched)
    return Outcome.NEW


def _as_it_was(article: Article, revision: Revision) -> Article:
    return replace(
        article,
        headline=revision.headline,
        standfirst=revision.standfirst,
        byline=revision.byline,
        body=revision.body,
        fetched=revision.seen,
    )


def _own_mark(record: ArticleRecord) -> str | None:
    """Return the mark that the article had, when it is a mark of its URL."""
    if record.mark is None or not 6 <= len(record.mark) <= 14:
        return None
    return record.mark if mark(record.article.url, length=len(record.mark)) == record.mark else None


def _seen_first(connection: sqlite3.Connection, id: int, when: datetime) -> None:
    connection.execute("UPDATE articles SET first_seen = min(first_seen, ?) WHERE id = ?", (stamp(when), id))
