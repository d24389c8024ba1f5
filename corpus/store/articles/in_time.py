"""An imported article and when it was fetched -> its place among the texts that the stored article has had.

A crawl always brings the newest text, whatever its clock says. An import may bring an older text: it becomes an
earlier revision, and never takes the place of a newer text.
"""

import sqlite3
from dataclasses import dataclass

from corpus.model import Article, Outcome
from corpus.store.articles import structures
from corpus.store.articles.filing import Filing
from corpus.store.file.database import Database
from corpus.store.file.digests import digest_of, text_digest
from corpus.store.file.finding import HAS_URL, of_url
from corpus.store.file.rows import Row, moment_or_none, stamp
from corpus.store.values import Times

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
    digest: bytes


def file_in_time(connection: sqlite3.Connection, filing: Filing, article: Article) -> Outcome:
    """Store an article by the time it was fetched.

    Returns:
        NEW, CHANGED or UNCHANGED as `Filing.file`. A text older than the one that stands is CHANGED when it becomes
        an earlier revision. WITHDRAWN, and nothing is written, when the article was withdrawn after it was fetched.
    """
    known = known_article(connection, article.url)
    if known is None:
        return filing.file(article)
    at = stamp(article.fetched)
    is_withdrawn = at <= (known["withdrawn_at"] or 0)
    if known["withdrawn"] is not None:
        return Outcome.WITHDRAWN if is_withdrawn else filing.file(article)
    if not article.body and (known["bytes"] or 0) > _EMPTY_BYTES:
        return Outcome.UNCHANGED  # a citation, which has no text, never takes the place of one
    digest = text_digest(article)
    texts = _texts(connection, known["id"])
    last_seen = last_seen_of(known)
    is_standing = known["fingerprint"] == digest
    if _is_covered(texts, last_seen, at, digest):
        return filing.file(article) if is_standing and at == last_seen else Outcome.UNCHANGED
    if is_withdrawn:
        return Outcome.WITHDRAWN
    if at >= last_seen:
        if is_standing:
            connection.execute("UPDATE articles SET confirmed = ? WHERE id = ?", (at, known["id"]))
        return filing.file(article)
    return _file_earlier(
        connection, filing, known["id"], texts=texts, article=article, digest=digest, last_seen=last_seen
    )


def times(database: Database, id: int) -> Times:
    """Return when the text that stands was last seen, and when an article's text was last taken away."""
    row = database.one(f"{_KNOWN} WHERE a.id = ?", (id,))
    if row is None:
        return Times()
    seen = last_seen_of(row)
    is_seen_again = row["withdrawn"] is None and seen > row["fetched"]
    return Times(moment_or_none(seen if is_seen_again else None), moment_or_none(row["withdrawn_at"]))


def last_seen_of(row: Row) -> int:
    """Return when the text that stands was last seen, by a crawl or an import; times that damage took do not count."""
    times = row["fetched"], row["confirmed"], row["checked"]
    return max(each if isinstance(each, int) else 0 for each in times)


def confirm(connection: sqlite3.Connection, url: str) -> None:
    """Store when a crawl last saw the text that stands, before a visit that did not see it takes that time's place."""
    connection.execute(
        f"UPDATE articles AS a SET confirmed = f.checked FROM frontier f WHERE {HAS_URL} AND f.url = a.url"
        " AND f.outcome IN ('new', 'changed', 'unchanged')"
        " AND f.checked > max(a.fetched, coalesce(a.confirmed, 0))",
        of_url(url),
    )


def known_article(connection: sqlite3.Connection, url: str) -> sqlite3.Row | None:
    """Return the row that `last_seen_of` reads; None: no article has this URL."""
    row: sqlite3.Row | None = connection.execute(f"{_KNOWN} WHERE {HAS_URL}", of_url(url)).fetchone()
    return row


def _texts(connection: sqlite3.Connection, id: int) -> list[_Text]:
    rows = connection.execute(
        "SELECT number, seen, fingerprint, digest FROM revisions WHERE article = ? ORDER BY number", (id,)
    )
    return [_Text(row["number"], row["seen"], digest_of(row)) for row in rows]


def _is_covered(texts: list[_Text], last_seen: int, at: int, digest: bytes) -> bool:
    """Whether the history says already that this was the text at this moment.

    A text was the article's from when it was first seen to when the next text was; both moments count, as two captures
    may have the same second. After a clock was set back the next moment is the earlier one: the first one counts alone.
    """
    ends = [*(each.seen for each in texts[1:]), last_seen][: len(texts)]  # a disk may have lost every text
    return any(
        each.digest == digest and (at == each.seen or each.seen <= at <= end)
        for each, end in zip(texts, ends, strict=True)
    )


def _file_earlier(
    connection: sqlite3.Connection,
    filing: Filing,
    id: int,
    *,
    texts: list[_Text],
    article: Article,
    digest: bytes,
    last_seen: int,
) -> Outcome:
    at = stamp(article.fetched)
    place = next((place for place, each in enumerate(texts) if each.seen > at), len(texts))
    if place < len(texts) and texts[place].digest == digest:
        _seen_since(connection, filing, id, texts[place].number, at)
        return Outcome.UNCHANGED
    _make_room(connection, id, place)
    filing.revisions.add(id, place + 1, structures.fitted(article), digest)
    revision = len(texts) + 1
    if place == len(texts):  # the text that stands was seen before and after: it came back
        standing = texts[-1].number
        connection.execute(
            "INSERT INTO revisions (article, number, seen, headline, standfirst, byline, body, structure, fingerprint,"
            " digest) SELECT article, ?, ?, headline, standfirst, byline, body, structure, fingerprint, digest"
            " FROM revisions WHERE article = ? AND number = ?",
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
    """Add one to the numbers of the revisions after `place`; by way of negative numbers, since numbers are unique."""
    connection.execute("UPDATE revisions SET number = -number - 1 WHERE article = ? AND number > ?", (id, place))
    connection.execute("UPDATE revisions SET number = -number WHERE article = ? AND number < 0", (id,))
