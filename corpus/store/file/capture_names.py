"""The file of a capture <-> its column: of a name that we give to files, only what differs from file to file.

A column of an older store has whole names, and so has that of a file which is named otherwise.
"""

import re
import sqlite3
from collections.abc import Mapping
from typing import Any

from corpus.model import CaptureRef

_BEFORE, _BEHIND = "pressmark-", ".warc.gz"
_OWN = re.compile(re.escape(_BEFORE) + r"([0-9]{14}-[0-9]{5})" + re.escape(_BEHIND))
_SHORT = re.compile(r"[0-9]{14}-[0-9]{5}")
_GLOB = _BEFORE + "[0-9]" * 14 + "-" + "[0-9]" * 5 + _BEHIND
_ROWS = 20_000  # of a transaction


def capture(row: sqlite3.Row | Mapping[str, Any]) -> CaptureRef | None:
    """Return the capture a row points to."""
    return capture_at(row["capture_file"], row["capture_offset"])


def capture_at(column: str | None, offset: int | None) -> CaptureRef | None:
    """Return the capture at an offset of the file that a column stands for."""
    return CaptureRef(capture_name(column), offset or 0) if column else None


def capture_name(column: str) -> str:
    """Return the name of the file that a column stands for; what damage put there stays what it is."""
    is_short = isinstance(column, str) and _SHORT.fullmatch(column)
    return f"{_BEFORE}{column}{_BEHIND}" if is_short else column


def capture_column(name: str) -> str:
    """Return what stands for a file of this name."""
    found = _OWN.fullmatch(name)
    return found[1] if found else name


def shorten(connection: sqlite3.Connection, table: str, after: int) -> int | None:
    """Shorten the names in some rows of an older store, after a given row; return the last row, None at the end.

    Args:
        table: One with the columns `id` and `capture_file`.
    """
    rows = connection.execute(f"SELECT id FROM {table} WHERE id > ? ORDER BY id LIMIT ?", (after, _ROWS)).fetchall()
    if not rows:
        return None
    last: int = rows[-1][0]
    connection.execute(
        f"UPDATE {table} SET capture_file = substr(capture_file, {len(_BEFORE) + 1}, 20)"
        " WHERE id > ? AND id <= ? AND capture_file GLOB ?",
        (after, last, _GLOB),
    )
    return last
