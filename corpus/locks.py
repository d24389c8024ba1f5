"""A lock file -> one holder at a time, or several that share it, in any process; the lock ends with the process."""

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryFile

from corpus.errors import LocksMissing, PressmarkError, StoreError, StoreLocked

MISSING = "its file system has no file locks: put the folder on another one"
UNNAMED = "held by another process"  # it has not said yet who it is, or the disk is full
_WITHOUT = {errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS}  # what file systems without locks answer, on other machines too
_LONGEST = 200  # bytes read of a holder's note


@contextmanager
def hold(path: Path, *, what: str, error: type[PressmarkError] = StoreLocked, shared: bool = False) -> Iterator[None]:
    """Hold the lock at `path`, or raise `error` which says who holds it and since when.

    The lock is the kernel's (flock): it ends with the process, kill -9 included. The file stays; its text
    only says who holds the lock.

    Args:
        path: The lock file; made if missing, its folder too.
        what: What the holder does, as a noun: "a crawl", "an index update".
        error: Raised when another holds it.
        shared: Others that share may hold it, too; a holder that does not share keeps all of them out.

    Raises:
        StoreError: The file cannot be made, or a link, pipe or folder stands in its place.
        LocksMissing: The file system has no locks.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # A link is not followed: the note would be written into whatever file it leads to.
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK, 0o600)
    except OSError as failure:
        raise StoreError(f"{path}: cannot be made: {failure.strerror}") from failure
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise StoreError(f"{path}: it is no file: expected a lock file")
        try:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            raise error(f"{path}: {_holder(handle)}; wait for it to end, or stop it") from None
        except OSError as failure:
            if failure.errno not in _WITHOUT:
                raise
            raise LocksMissing(f"{path}: {failure.strerror}: {MISSING}") from failure
        _sign(handle, f"{what}, pid {os.getpid()}, since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC")
        try:
            yield
        finally:
            if not shared:  # the note may be that of another holder
                os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def are_missing(folder: Path) -> bool:
    """Whether the file system of a folder has none of the locks that SQLite takes, which calls that "busy"."""
    try:
        with TemporaryFile(dir=folder) as file:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as failure:
        return failure.errno in _WITHOUT
    return False


def holder(path: Path) -> str | None:
    """Return who holds the lock, such as "a crawl, pid 4711, since 2026-11-23 02:00:00 UTC"; None when free.

    Of a lock that is shared, nothing is seen.

    Raises:
        StoreError: What stands there is no file that can be opened, such as a link.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    except OSError as failure:
        raise StoreError(f"{path}: cannot be read: {failure.strerror}: expected a lock file") from failure
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _holder(handle)
    except OSError as failure:
        if failure.errno not in _WITHOUT:
            raise
        return None  # nobody can hold it
    else:
        return None
    finally:
        os.close(handle)


def _holder(handle: int) -> str:
    note = os.pread(handle, _LONGEST, 0).decode("utf-8", "replace").strip()
    return note or UNNAMED


def _sign(handle: int, note: str) -> None:
    """Write who holds the lock; on a full disk the lock holds without that."""
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.pwrite(handle, note.encode(), 0)
