"""Visits, runs and places of raw responses that are no longer wanted -> gone from the store, or counted."""

import json
from collections.abc import Collection
from datetime import datetime

from corpus.store.file.capture_names import capture_column
from corpus.store.file.database import Database
from corpus.store.file.rows import stamp, text

_OLD_RUNS = (
    "SELECT id FROM runs WHERE started < ? AND status != 'running' AND id < (SELECT max(id) FROM runs)"
    " AND NOT EXISTS (SELECT 1 FROM visits v WHERE v.run = runs.id AND v.at >= ?)"
)
_OF_RUN = (("run_sources", "run"), ("run_left_out", "run"), ("runs", "id"))


def forget(database: Database, *, visits: datetime, runs: datetime, dry_run: bool) -> tuple[int, int]:
    """Delete the visits and the runs that are older, and return how many; `dry_run` counts them alone.

    A run stays as long as a visit names it, and the latest one always does.
    """
    with database.reading() if dry_run else database.writing() as connection:
        of_visits = connection.execute("SELECT count(*) FROM visits WHERE at < ?", (stamp(visits),)).fetchone()[0]
        ids = [row["id"] for row in connection.execute(_OLD_RUNS, (stamp(runs), stamp(visits))).fetchall()]
        if not dry_run:
            connection.execute("DELETE FROM visits WHERE at < ?", (stamp(visits),))
            for table, column in _OF_RUN:
                connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", [(id,) for id in ids])
    return of_visits, len(ids)


def forget_captures(database: Database, file: str, offsets: Collection[int] | None) -> None:
    """Forget that visits and articles have raw responses at these places of a file; None: anywhere in it."""
    condition, values = "capture_file IN (?, ?)", [text(file), capture_column(text(file))]
    if offsets is not None:
        condition += " AND capture_offset IN (SELECT value FROM json_each(?))"
        values.append(json.dumps(list(offsets)))
    with database.writing() as connection:
        for table in ("visits", "articles"):
            connection.execute(
                f"UPDATE {table} SET capture_file = NULL, capture_offset = NULL WHERE {condition}", values
            )
