"""Segments that were copied here and checked whole -> a note beside them, so that the check is made once.

The stamp of a file is made by the file system and not by a program (indexer/storage/segment.py), so a note that came
with the files does not hold for them. Where the folder cannot be written to, they are read at each start.
"""

import json
import os
from contextlib import suppress
from pathlib import Path

NAME = "verified.json"
RULES = 1  # of indexer/storage/segment_checks.py; after a change of them files are read again
_MOST = 1 << 20  # bytes of a note; a longer one is none of ours

Stamp = tuple[int, int]


def is_verified(path: Path, stamp: Stamp) -> bool:
    """Return whether a segment's file was seen to be whole since it has this stamp."""
    return _notes(path.parent).get(path.name) == [*stamp]


def note_verified(path: Path, stamp: Stamp) -> None:
    """Note that a segment's file was seen to be whole when it had this stamp; notes on files that are gone go."""
    folder = path.parent
    notes = {name: own for name, own in _notes(folder).items() if (folder / name).exists()}
    said = json.dumps({"rules": RULES, "files": {**notes, path.name: stamp}})
    beside = folder / f"{NAME}.{os.getpid()}.{os.urandom(4).hex()}"
    with suppress(OSError):  # an archive that is read only
        try:
            with beside.open("x", encoding="utf-8") as file:  # never through a link that stands in its place
                file.write(said)
            beside.replace(folder / NAME)
        finally:
            beside.unlink(missing_ok=True)


def _notes(folder: Path) -> dict[str, object]:
    """The stamps noted; none where there is no note, or one that is none of ours."""
    with suppress(OSError, TypeError, ValueError, RecursionError):
        handle = os.open(folder / NAME, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)  # a pipe in its place is empty
        with os.fdopen(handle, "rb") as file:
            said = json.loads(file.read(_MOST))
        if isinstance(said, dict) and said.get("rules") == RULES and isinstance(said.get("files"), dict):
            return {name: own for name, own in said["files"].items() if Path(name).name == name}
    return {}
