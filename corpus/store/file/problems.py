"""An error of SQLite -> ours, in words that say what is to be done."""

import os
import resource
import sqlite3
from contextlib import suppress
from pathlib import Path

from corpus import locks
from corpus.errors import LocksMissing, StoreDamaged, StoreError, StoreLocked
from corpus.runs.limits import met_now
from corpus.store.file.access import access

BUSY_SECONDS = 30.0  # a batch of 500 imports commits in well under one
_GROWING = frozenset({"SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_TRUNCATE", "SQLITE_IOERR_FSTAT"})
_BESIDE = 64 << 10  # bytes; the shared memory of a write-ahead log has 32 kB


def in_our_words(path: Path, error: sqlite3.Error | UnicodeDecodeError) -> StoreError:
    """Return what is raised for an error that SQLite met with the file of a store."""
    if isinstance(error, UnicodeDecodeError):  # names in the file's own schema
        return StoreDamaged(f"{path}: damaged: a text of it is not UTF-8; restore a backup")
    name = getattr(error, "sqlite_errorname", None) or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        if locks.are_missing(path.parent):
            return LocksMissing(f"{path}: {locks.MISSING}")
        return StoreLocked(f"{path}: another process has been writing for over {BUSY_SECONDS:.0f} s; try again")
    if is_full(path, error):
        return StoreError(f"{path}: the disk is full; nothing of this step was stored, free some space and repeat it")
    if name == "SQLITE_NOTADB":
        return StoreDamaged(f"{path}: not an article store of Pressmark: not a SQLite file")
    if is_damage(error):
        return StoreDamaged(
            f"{path}: damaged ({error}); `pressmark check --full --mend` mends what it can; else restore a backup, or"
            f" salvage with `sqlite3 {path.name} .recover`"
        )
    if name in _GROWING and (most := resource.getrlimit(resource.RLIMIT_FSIZE)[0]) != resource.RLIM_INFINITY:
        why = f"this process may make no file larger than {most:,} bytes (`ulimit -f`): raise that limit"
        return StoreError(f"{path}: cannot be written: {why}")
    if name.startswith("SQLITE_IOERR"):
        return StoreError(f"{path}: the disk cannot be read or written ({name}): look at its room and its health")
    if name.startswith(("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_CANTOPEN")):
        return StoreError(_unopened(path, error))
    return StoreError(f"{path}: {error}")


def _unopened(path: Path, error: sqlite3.Error) -> str:
    """Say why the file of a store cannot be opened, or not to write to it."""
    if limit := met_now():  # SQLite does not say it
        return limit
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and not access(path, read_only=False).writable:
        why = f"what stands in {log.name} was not written back: copy the folder, and open the copy"
        return f"{path}: cannot be opened: {why}"
    return f"{path}: cannot be opened: {error}; the file and its folder must be writable"


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error says that a file that was read is damaged."""
    return (getattr(error, "sqlite_errorname", None) or "").startswith("SQLITE_CORRUPT")


def is_full(path: Path, error: sqlite3.Error) -> bool:
    """Whether an error says that the disk of a store's file has no room.

    Of the files that SQLite opens beside a store, it calls that an error of the disk; of a file that was opened as it
    stands for want of room, that it cannot be written.
    """
    name = getattr(error, "sqlite_errorname", None) or ""
    if not name.startswith(("SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN")):
        return name == "SQLITE_FULL"
    with suppress(OSError):
        disk = os.statvfs(path.parent)
        is_writable = not disk.f_flag & os.ST_RDONLY  # a medium that is only read has no room, and needs none
        return is_writable and disk.f_bavail * disk.f_frsize < _BESIDE
    return False
