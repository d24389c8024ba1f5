"""A clock that was ahead in an earlier run -> what was visited then is due now, not when time has caught up."""

import logging
import sqlite3
from datetime import datetime, timedelta

from corpus.events import event
from corpus.store.file.rows import stamp

log = logging.getLogger(__name__)

LATEST = timedelta(days=31)  # no address that was never read waits longer
LONGEST_REST = timedelta(days=1)  # of a host

_AGAIN = """
    UPDATE frontier SET due = :now, state = 'waiting'
    WHERE source IN (SELECT value FROM json_each(:sources)) AND (
        (state = 'waiting' AND due > :now AND (checked > :now OR (checked IS NULL AND due > :latest)))
        OR (state = 'dropped' AND checked > :now AND outcome IN ('new', 'changed', 'unchanged'))
    )
"""


_ROBOTS_AGAIN = "UPDATE hosts SET robots_fetched = NULL WHERE robots_fetched > ?"
_NO_REST = "UPDATE hosts SET paused_until = NULL WHERE paused_until > ?"


def mend(connection: sqlite3.Connection, sources: str, now: datetime) -> None:
    """Make due what the sources of a run that begins were read for while the clock was ahead; else do nothing.

    A robots.txt of the time to come is asked for again, and a host's rest is none when it would last over a day. A
    story that was read then, and found too old to be looked at again, was so by that clock alone, and is due. `sources`
    is a JSON list of names. A clock that was a year ahead for one night silenced its sources for a year.
    """
    ahead = connection.execute("SELECT 1 FROM runs WHERE started > ? LIMIT 1", (stamp(now),)).fetchone()
    if ahead is None:
        return
    given = {"now": stamp(now), "sources": sources, "latest": stamp(now + LATEST)}
    again = connection.execute(_AGAIN, given).rowcount
    robots = connection.execute(_ROBOTS_AGAIN, (stamp(now),)).rowcount
    rests = connection.execute(_NO_REST, (stamp(now + LONGEST_REST),)).rowcount
    if again or robots or rests:  # the run of that time stands in the store for as long as the clock was ahead
        event(log, "clock was ahead in an earlier run", level=logging.WARNING, due_now=again)
