"""A source that config.toml calls by another name now -> all that is stored of it, under that name."""

import sqlite3
from contextlib import suppress

from corpus.store.articles.filing import Filing
from corpus.store.file.database import Database
from corpus.store.file.rows import text
from corpus.via import Via

BATCH = 1000  # articles of a transaction: other writers wait for it
_OWN = ("backfill", "backfill_until", "backfill_set", "boilerplate_upto", "guessed_from", "paused")
_BESIDE = (
    "boilerplate",
    "left_out",
    "left_out_groups",
    "left_out_more",
    "run_left_out",
    "run_sources",
    "source_blocks",
    "source_health",
    "source_troubles",
)


def rename(database: Database, before: str, name: str) -> int:
    """Give a source's articles, addresses, receipts and what was learned of it another name; return how many articles.

    The addresses come last, in the transaction with all else and the articles that another process stored meanwhile:
    after a kill half way, they still say what is to be done. Two runs may begin at once: the second finds nothing left
    under the old name. The details of an article have its source, so that its next visit that reads it finds it
    changed; to compute them again would say of each receipt of a search that its articles changed.
    """
    before, name, count = text(before), text(name), 0
    with database.writing() as connection:
        Filing(connection).know_source(name)
    moved = BATCH
    while moved == BATCH:
        count += (moved := _move_articles(database, before, name))
    with database.writing() as connection:
        while moved := _move_articles(database, before, name):
            count += moved
        own = ", ".join(
            f"{column} = coalesce({column}, (SELECT {column} FROM sources WHERE name = :before))" for column in _OWN
        )
        connection.execute(
            f"UPDATE sources SET pages = pages + coalesce((SELECT pages FROM sources WHERE name = :before), 0), {own}"
            " WHERE name = :name",
            {"before": before, "name": name},
        )
        for table in _BESIDE:  # what the new name has of its own already stays, and the old one keeps its row
            connection.execute(f"UPDATE OR IGNORE {table} SET source = ? WHERE source = ?", (name, before))
        connection.execute("UPDATE frontier SET source = ? WHERE source = ?", (name, before))
        with suppress(sqlite3.IntegrityError):
            connection.execute("DELETE FROM sources WHERE name = ?", (before,))
    return count


def _move_articles(database: Database, before: str, name: str) -> int:
    with database.writing() as connection:
        rows = connection.execute("SELECT id FROM articles WHERE source = ? LIMIT ?", (before, BATCH)).fetchall()
        filing = Filing(connection)
        connection.executemany(
            "UPDATE articles SET source = ?, sequence = ? WHERE id = ?",
            [(name, filing.next(), row["id"]) for row in rows],
        )
        filing.finish()
    return len(rows)


def take(database: Database, url: str, name: str) -> None:
    """Make an address the front page, due now, of the source that config.toml names with it."""
    with database.writing() as connection:
        Filing(connection).know_source(name)
        connection.execute(
            f"UPDATE frontier SET source = ?, kind = 'home', via = '{Via.CONFIG}', parent = NULL, state = 'waiting',"
            " due = min(due, first_seen), lease = NULL, attempts = 0, etag = NULL, last_modified = NULL"
            " WHERE url = ? AND state != 'leased'",
            (text(name), text(url)),
        )
