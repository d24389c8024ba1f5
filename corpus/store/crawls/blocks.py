"""The text blocks of a source's pages -> which of them recur, and so are not the story.

A page is counted once, on its first visit with blocks. At MAX_PAGES all counts are halved and what
falls to zero is forgotten: the table stays bounded, and a redesign of the site is learnt within as many pages.
"""

import json
import sqlite3

from corpus.store.file.database import Database

MAX_PAGES = 1000
MAX_BLOCKS_PER_PAGE = 500  # a hostile page may have any number
_SIGN_BIT = 1 << 63
_RANGE = 1 << 64


def count(connection: sqlite3.Connection, url: int, source: str, blocks: tuple[int, ...]) -> None:
    """Count a page's blocks, unless its URL was counted before."""
    if not connection.execute("UPDATE frontier SET counted = 1 WHERE id = ? AND counted = 0", (url,)).rowcount:
        return
    distinct = list(dict.fromkeys(blocks))[:MAX_BLOCKS_PER_PAGE]
    connection.execute(  # one statement: each lets another thread have its turn, and 50 blocks were 50 turns
        "INSERT INTO source_blocks (source, fingerprint, pages) SELECT ?, value, 1 FROM json_each(?) WHERE true"
        " ON CONFLICT DO UPDATE SET pages = pages + 1",
        (source, json.dumps(sorted(map(_signed, distinct)))),
    )
    pages = connection.execute(
        "UPDATE sources SET pages = pages + 1 WHERE name = ? RETURNING pages", (source,)
    ).fetchall()[0][0]
    if pages >= MAX_PAGES:
        connection.execute("UPDATE sources SET pages = pages / 2 WHERE name = ?", (source,))
        connection.execute("UPDATE source_blocks SET pages = pages / 2 WHERE source = ?", (source,))
        connection.execute("DELETE FROM source_blocks WHERE source = ? AND pages = 0", (source,))


def recurring(database: Database, source: str, *, min_pages: int, share: float) -> frozenset[int]:
    """Return the blocks (signed) seen on at least `min_pages` pages and at least `share` of those counted."""
    pages = database.value("SELECT pages FROM sources WHERE name = ?", (source,)) or 0
    rows = database.rows(
        "SELECT fingerprint FROM source_blocks WHERE source = ? AND pages >= ?", (source, max(min_pages, share * pages))
    )
    return frozenset(row[0] for row in rows)


def set_boilerplate(database: Database, source: str, fingerprints: frozenset[int]) -> None:
    """Make these the blocks that the source's pages are read without from now on; no stored text was looked at yet."""
    with database.writing() as connection:
        connection.execute("INSERT OR IGNORE INTO sources (name) VALUES (?)", (source,))
        connection.execute("UPDATE sources SET boilerplate_upto = 0 WHERE name = ?", (source,))
        connection.execute("DELETE FROM boilerplate WHERE source = ?", (source,))
        connection.execute(
            "INSERT INTO boilerplate (source, fingerprint) SELECT ?, value FROM json_each(?)",
            (source, json.dumps(sorted(map(_signed, fingerprints)))),
        )


def looked_at(database: Database, source: str) -> int | None:
    """Return the id up to which stored articles were looked at since blocks were learned; None: all were."""
    found: int | None = database.value("SELECT boilerplate_upto FROM sources WHERE name = ?", (source,))
    return found


def set_looked_at(database: Database, source: str, upto: int | None) -> None:
    """Store up to which article the texts of a source were looked at; None: all were."""
    with database.writing() as connection:
        connection.execute("UPDATE sources SET boilerplate_upto = ? WHERE name = ?", (upto, source))


def guessed_from(database: Database, source: str) -> int | None:
    """Return the sequence after which articles may lack guessed blocks; None: all guesses were compared with counts."""
    found: int | None = database.value("SELECT guessed_from FROM sources WHERE name = ?", (source,))
    return found


def set_guessed_from(database: Database, source: str, sequence: int | None) -> None:
    """Store the sequence after which articles may lack guessed blocks; None: all guesses were compared with counts."""
    with database.writing() as connection:
        connection.execute("UPDATE sources SET guessed_from = ? WHERE name = ?", (sequence, source))


def boilerplate(database: Database, source: str) -> frozenset[int]:
    """Return the blocks that the source's pages are read without; none before the first `set_boilerplate`."""
    rows = database.rows("SELECT fingerprint FROM boilerplate WHERE source = ?", (source,))
    return frozenset(row[0] for row in rows)


def _signed(block: int) -> int:
    """Return 64 bits as SQLite's signed integer holds them."""
    return (block + _SIGN_BIT) % _RANGE - _SIGN_BIT
