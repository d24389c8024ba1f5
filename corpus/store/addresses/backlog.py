"""A source with more due addresses than a run can fetch -> its lists, then its news become due before the backlog.

What waits is asked for in the order in which it was found. Otherwise a sitemap that suddenly names 30,000 old
pages would keep front page, feeds and news from being asked for until all of them are read.
"""

import sqlite3
from collections.abc import Iterable

from corpus.model import Discovered
from corpus.via import Via

MANY = 500  # due addresses of a source: with fewer, each of them is asked for in the run
NAMES_OLD_STORIES = frozenset({Via.SITEMAP, Via.SITEMAP_INDEX, Via.ARCHIVE, Via.NEXT_PAGE})  # beside the new ones

_IS_LONG = "SELECT count(*) FROM (SELECT 1 FROM frontier WHERE source = ? AND state = 'waiting' AND due <= ? LIMIT ?)"
_EARLIEST = "SELECT min(due) FROM frontier WHERE source = ? AND state = 'waiting'"
# News that was put before it is due before it was found; all other stories are due then, or later.
_FIRST = """
    SELECT due FROM frontier
    WHERE source = ? AND state = 'waiting' AND due <= ? AND kind = 'article' AND due >= first_seen ORDER BY due LIMIT 1
"""
_BEFORE = "UPDATE frontier SET due = ? WHERE url = ? AND state = 'waiting' AND checked IS NULL AND due > ?"
_LISTS_FIRST = """
    UPDATE frontier SET due = ? WHERE source = ? AND state = 'waiting' AND due <= ? AND kind != 'article'
"""

_FAILED_NEXT = """
    UPDATE frontier SET due = ?
    WHERE source = ? AND state = 'waiting' AND due <= ? AND kind = 'article' AND attempts > 0
"""


def lists_first(connection: sqlite3.Connection, sources: Iterable[str], now: int) -> None:
    """Make the due lists of a source, then what failed and is asked again, due before the rest, where many are due.

    A story that failed in a night would else wait behind all that was due when it was first asked for.
    """
    for source in sources:
        if _is_long(connection, source, now):
            (earliest,) = connection.execute(_EARLIEST, (source,)).fetchone()
            connection.execute(_FAILED_NEXT, (earliest - 1, source, now))  # beside news
            connection.execute(_LISTS_FIRST, (earliest - 2, source, now))


def due_of_news(connection: sqlite3.Connection, source: str, now: int) -> int | None:
    """Return a moment before the first of a long backlog is due; None where no more is due than a run asks for."""
    first = connection.execute(_FIRST, (source, now)).fetchone() if _is_long(connection, source, now) else None
    return None if first is None else int(first[0]) - 1


def _is_long(connection: sqlite3.Connection, source: str, now: int) -> bool:
    return bool(connection.execute(_IS_LONG, (source, now, MANY)).fetchone()[0] == MANY)


def put_before(connection: sqlite3.Connection, url: str, found: Discovered, due: int | None) -> None:
    """Make a known story that turns out to be news due before the backlog in which it stands."""
    if due is not None and is_news(found):
        connection.execute(_BEFORE, (due, url, due))


def is_news(found: Discovered) -> bool:
    """Whether an address was named where news stands, or with the day of its story."""
    return found.via not in NAMES_OLD_STORIES or found.hints.published is not None
