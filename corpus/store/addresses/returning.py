"""A story that was withdrawn as its page was not there, and that its site names again -> it is asked for again."""

import sqlite3

DAY = 86_400_000_000  # microseconds
SOON = 3  # answers that it is gone, until which it is asked for on each day that names it; then after twice the time
LONGEST = 5  # doublings: 32 days

_AGAIN = f"""
    UPDATE frontier SET state = 'waiting', due = :now, etag = NULL, last_modified = NULL
    WHERE url = :url AND state = 'dropped' AND outcome = 'withdrawn' AND kind = 'article'
        AND (reason LIKE 'http-404%' OR reason LIKE 'http-410%')
        AND (checked > :now OR checked + {DAY} * (1 << min(max(attempts - {SOON}, 0), {LONGEST})) <= :now)
"""


def ask_again(connection: sqlite3.Connection, url: str, now: int) -> None:
    """Make a story due that was withdrawn for a 404 or 410: lists name it, and many go on naming what is gone for good.

    Without validators: its text is not stored any more, so that "not modified" would say nothing. What a clock that was
    ahead found gone is asked for at once.
    """
    connection.execute(_AGAIN, {"url": url, "now": now})
