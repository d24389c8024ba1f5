"""Which texts have a hash in their sketch: those stored last are rows, the others stand packed in pages.

A row of SQLite takes 13 bytes for a hash and an article, an entry of a page five. A page has the entries of a range of
hashes, sorted: its first two bytes say how many bytes a hash has, counted from the page's first, and how many an
article; then come all hashes, then all articles. An entry whose article has no sketch any more is dropped when it is
packed next. None of this is a claim: what shares hashes is compared as texts.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence

from corpus.store.file.database import Database

MOST_TEXTS = 64  # texts that are stored for a hash: a line that a thousand texts share finds no copies
HASHES = 1 << 32
IDS = f"BETWEEN 1 AND {(1 << 63) - 1}"  # of articles; damage may have put anything in a column

_LEAST = 1 << 16  # rows that are not worth packing
_SHARE = 2  # rows are packed when there is more than one to so many packed entries: each is packed thrice or so in all


def having(database: Database, sketch: Iterable[int]) -> list[int]:
    """Return the articles that share hashes with a sketch, an article once for each shared hash."""
    wanted = json.dumps([*sketch])
    found = [
        row[0]
        for row in database.rows(
            f"SELECT r.article FROM json_each(?) h JOIN copy_recent r ON r.hash = h.value AND r.article {IDS}",
            (wanted,),
        )
    ]
    for hash, first, entries in database.rows(
        "SELECT h.value, p.first, p.entries FROM json_each(?) h JOIN copy_pages p"
        " ON p.first = (SELECT max(first) FROM copy_pages WHERE first <= h.value)",
        (wanted,),
    ):
        found += _articles_of(entries, hash - first)
    return found


def add(connection: sqlite3.Connection, article: int, sketch: Sequence[int]) -> None:
    """Store the hashes of a sketch."""
    connection.execute(
        "INSERT OR IGNORE INTO copy_recent SELECT h.value, ? FROM json_each(?) h WHERE (SELECT count(*) FROM"
        f" (SELECT 1 FROM copy_recent WHERE hash = h.value LIMIT {MOST_TEXTS})) < {MOST_TEXTS}",
        (article, json.dumps([*sketch])),
    )
    connection.execute("UPDATE meta SET value = value + ? WHERE key = 'copies_recent'", (len(sketch),))


def are_many(database: Database) -> bool:
    """Whether the hashes in rows are so many that they should be packed."""
    sql = "SELECT value FROM meta WHERE key = ? AND typeof(value) = 'integer'"
    recent, packed = (database.value(sql, (key,)) or 0 for key in ("copies_recent", "copies_packed"))
    return bool(recent > _LEAST + packed // _SHARE)


def digest(fingerprint: str) -> int:
    """Return the first 64 bits of a fingerprint as a signed number; 0 of one that is damaged."""
    try:
        return int.from_bytes(bytes.fromhex(fingerprint[:16]), signed=True)
    except ValueError:
        return 0


def _articles_of(page: bytes, offset: int) -> list[int]:
    """Return the articles of one hash of a page; none of a page that is damaged."""
    of_hash, of_article, count = shape(page)
    end = 2 + count * of_hash
    if not count or offset >> 8 * of_hash:
        return []
    wanted, found, at = offset.to_bytes(of_hash), [], 1
    while (at := page.find(wanted, at + 1, end)) >= 0:
        place, within = divmod(at - 2, of_hash)
        if not within:
            start = end + place * of_article
            found.append(int.from_bytes(page[start : start + of_article]))
    return found


def shape(page: bytes) -> tuple[int, int, int]:
    """Return how many bytes a hash and an article of a page have, and how many entries it has; 0: it is damaged."""
    of_hash, of_article = page[:2] if isinstance(page, bytes) and len(page) > 2 else (0, 0)
    if 0 < of_hash <= 4 and 0 < of_article <= 8 and not (len(page) - 2) % (of_hash + of_article):
        return of_hash, of_article, (len(page) - 2) // (of_hash + of_article)
    return 1, 1, 0
