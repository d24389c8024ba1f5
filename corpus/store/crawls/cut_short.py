"""Crawls that failed or died, until all of their sources were crawled to the end again."""

from datetime import datetime

from corpus.store.file.database import Database
from corpus.store.file.rows import stamp

MOST = 20  # that are given

_CUT_SHORT = """
    SELECT id FROM runs r
    WHERE started >= ? AND status IN ('failed', 'died', 'running') AND EXISTS (
        SELECT 1 FROM run_sources s
        WHERE s.run = r.id AND s.state != 'done' AND NOT EXISTS (
            SELECT 1 FROM run_sources later
            WHERE later.source = s.source AND later.started >= s.started AND later.run > r.id AND later.state = 'done'
        )
    )
    ORDER BY id DESC LIMIT ?
"""


def ids(database: Database, since: datetime) -> list[int]:
    """Return the runs since then that failed, died or are under way, whose sources no later run was done with."""
    return [row["id"] for row in database.rows(_CUT_SHORT, (stamp(since), MOST))]
