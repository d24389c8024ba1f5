"""A store's file -> how this process may open it: to write, to read beside a writer, or as a file that stays as it is.

An archive of another user, on a read-only medium or without the right to write is read all the same. SQLite reads a
file with a log only beside a folder it may write to, or where it is promised that nobody writes (`immutable`). That
promise is kept by looking: when the file or its log has changed, it is opened again.
"""

import os
from pathlib import Path
from typing import NamedTuple

from corpus.errors import StoreError

Stamp = tuple[int, ...]


class Access(NamedTuple):
    """How a file may be opened.

    Attributes:
        writable: Whether it can be written.
        parameters: What follows `?` in SQLite's address of it.
        stamp: Of a file that is taken to stay as it is: what shows that it did not; None of another.
    """

    writable: bool
    parameters: str
    stamp: Stamp | None = None


def access(path: Path, *, read_only: bool) -> Access:
    """Return how a store's file may be opened; one that is not there yet is made.

    Args:
        read_only: It is not to be written in any case.
    """
    if not path.exists() or (os.access(path.parent, os.W_OK) and os.access(path, os.W_OK)):
        return Access(not read_only, f"mode={'ro' if read_only else 'rwc'}")
    return as_it_stands(path) or Access(False, "mode=ro")


def as_it_stands(path: Path) -> Access | None:
    """Return how a file is read where nothing can be written beside it, as on a full disk; None: it has a log."""
    stamp = stamp_of(path)
    return Access(False, "mode=ro&immutable=1", stamp) if len(stamp) > 1 and not stamp[-1] else None


def make_room(path: Path) -> None:
    """Make the folder of a store's file."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path.parent}: cannot be made: {error.strerror}") from error


def identity_of(path: Path) -> tuple[int, int] | None:
    """Return what another file at the same place does not have; None: there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def require_same(path: Path, identity: tuple[int, int] | None) -> None:
    """Raise StoreError where the opened file is no longer at its path: what is written to it would be lost.

    None: no file was opened to be written.
    """
    if identity is not None and identity != identity_of(path):
        raise StoreError(f"{path}: removed, or replaced by another file, while it was open: begin again")


def stamp_of(path: Path) -> Stamp:
    """Return what changes with every write to a store's file: its state, and the size of its log."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return (0,)
    try:
        log = os.stat(f"{path}-wal").st_size  # noqa: PTH116  a path beside, not below
    except FileNotFoundError:
        log = 0
    return status.st_ino, status.st_size, status.st_mtime_ns, log
