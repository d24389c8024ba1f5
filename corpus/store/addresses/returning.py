"""A story that its site names again, withdrawn as its page was not there or left by a backfill -> it is asked for."""

import sqlite3

from corpus.reasons import Reason

DAY = 86_400_000_000  # microseconds
SOON = 3  # answers that it is gone, until which it is asked for on each day that names it; then after twice the time
LONGEST = 5  # doublings: 32 days

_IS_DROPPED = "SELECT 1 FROM frontier WHERE url = ? AND state = 'dropped'"  # nearly all that is named again is not
_WALK = """UPDATE frontier SET state = 'waiting', reason = NULL, due = ?
    WHERE url = ? AND kind = 'article' AND state = 'dropped' AND reason = ?"""
_AGAIN = f"""
    UPDATE frontier SET state = 'waiting', due = :now, etag = NULL, last_modified = NULL
    WHERE url = :url AND state = 'dropped' AND outcome = 'withdrawn' AND kind = 'article'
        AND (reason LIKE 'http-404%' OR reason LIKE 'http-410%')
        AND (checked > :now OR checked + {DAY} * (1 << min(max(attempts - {SOON}, 0), {LONGEST})) <= :now)
"""


def ask_again(connection: sqlite3.Connection, url: str, now: int) -> None:
    """Make a story due that a backfill had left, or that was withdrawn for a 404 or 410.

    Lists name the latter, and many go on naming what is gone for good. It is asked for without validators: its text is
    not stored any more, so that "not modified" would say nothing. What a clock that was ahead found gone is asked for
    at once.
    """
    if connection.execute(_IS_DROPPED, (url,)).fetchone() is None:
        return
    connection.execute(_WALK, (now, url, Reason.NOT_WALKED.value))
    connection.execute(_AGAIN, {"url": url, "now": now})
