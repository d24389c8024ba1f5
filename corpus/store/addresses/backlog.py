"""A source of which more is due than a run can ask for -> what its news comes by goes first, the rest waits longest.

What waits is asked for in the order in which it was found. A sitemap that suddenly names 30,000 old pages would else
keep front page, feeds and news from being asked for until all of them are read.
"""

import sqlite3

from corpus.model import Discovered

MANY = 500  # due addresses of a source: with fewer, each of them is asked for in the run
FILLING = frozenset({"sitemap", "sitemap-index", "archive", "next-page"})  # what names old stories as well as new ones

_IS_LONG = "SELECT count(*) FROM (SELECT 1 FROM frontier WHERE source = ? AND state = 'waiting' AND due <= ? LIMIT ?)"
_FIRST = "SELECT min(due) FROM frontier WHERE source = ? AND state = 'waiting'"
_LISTS_FIRST = """
    UPDATE frontier SET due = ? WHERE source = ? AND state = 'waiting' AND due <= ? AND kind != 'article'
"""


def lists_first(connection: sqlite3.Connection, source: str, now: int) -> None:
    """Let a run that begins ask for the due lists of a source before all else, where much is due."""
    first = first_due(connection, source, now)
    if first is not None:
        connection.execute(_LISTS_FIRST, (first - 1, source, now))


def first_due(connection: sqlite3.Connection, source: str, now: int) -> int | None:
    """Return when the first of what waits of a source is due; None where no more is due than a run asks for."""
    due = connection.execute(_IS_LONG, (source, now, MANY)).fetchone()[0]
    if due < MANY:
        return None
    first: int | None = connection.execute(_FIRST, (source,)).fetchone()[0]
    return first


def is_news(found: Discovered) -> bool:
    """Whether an address was named where news stands, or with the day of its story."""
    return found.via not in FILLING or found.hints.published is not None
