"""The newest committed state of an index, opened when the table of contents has moved.

Where the newest commit is damaged, the last whole commit answers as long as its files are unchanged; `damage` says so
to the code that can repair the index.
"""

import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import NamedTuple, TypeVar

from corpus.errors import IndexDamaged
from indexer.searching.snapshot import Snapshot
from indexer.storage import commits
from indexer.storage.commits import Contents
from indexer.storage.origins import Expected, is_foreign, is_readable, outdated
from indexer.storage.segment_checks import checked

T = TypeVar("T")

FAILURES = (ArithmeticError, AssertionError, LookupError, MemoryError, TypeError, ValueError)  # of damaged arrays
SETTLED = 50_000_000  # nanoseconds after a change until the next one must show in a folder's time: clocks are coarse
FRESH = 0.02  # seconds for which what was looked at is believed; a commit of this process is seen at once
LISTED = 1.0  # seconds after which a folder is listed again whatever its time says: another machine's clock may err
TRIES = 20  # a writer may commit, and remove what we were about to open, this often while we open it


class _Listed(NamedTuple):
    """When a folder was listed, its time as it was then, and the file of the newest commit in it, with its stamp."""

    at: float
    changed: tuple[int, int]
    number: int
    path: str
    stamp: tuple[int, ...]  # of that file, which is never written to


class Reading:
    """Snapshots of one directory. A snapshot and its mapped files live as long as a reference to the snapshot."""

    def __init__(self, directory: Path, languages: tuple[str, ...] = (), expected: Expected | None = None) -> None:
        self.damage: IndexDamaged | None = None
        self._directory = directory
        self._folder = str(directory)
        self._languages = languages
        self._expected = expected
        self._snapshot: Snapshot | None = None  # what answered last
        self._seen: tuple[int, ...] = ()  # the stamp of the commit we last tried to open
        self._listed: _Listed | None = None
        self._fresh: tuple[float, int] = 0.0, 0  # until when the snapshot is, and the commits of this process then
        self._lock = Lock()

    @property
    def position(self) -> int:
        """The position of the snapshot last given; 0 before there is one."""
        known = self._snapshot
        return known.position if known else 0

    @property
    def outdated(self) -> str | None:
        """Why the snapshot last given is to be rebuilt although it is whole, in words; None when it is not."""
        known = self._snapshot
        return known.outdated if known else None

    def snapshot(self) -> Snapshot:
        """Return the newest commit's snapshot, or the last whole one.

        Raises:
            IndexDamaged: a file is missing, or not as it was written, and nothing before it can answer.
        """
        known, (until, count), now = self._snapshot, self._fresh, time.monotonic()
        if known is None or now > until or count != commits.written():
            count = commits.written()
            stamp = self._stamp()
            known = self._snapshot
            if known is None or stamp != self._seen:
                with self._lock:
                    known = self._moved(self._stamp())
            self._fresh = now + FRESH, count
        if known.touched():  # looked at each time: to read past the end of a file that was cut is fatal
            self._checked(known, known.check)
        return known

    def answered(self, ask: Callable[[Snapshot], T]) -> T:
        """Answer from the newest snapshot. Where that fails, every byte is read: damage may be why.

        Raises:
            IndexDamaged: a file is not as it was written.
        """
        known = self.snapshot()
        try:
            return ask(known)
        except FAILURES:
            self._checked(known, lambda: known.check(wholly=True))
            raise

    def examine(self) -> None:
        """Read every byte of what answers now; where it is damaged, it stops answering."""
        known = self.snapshot()
        self._checked(known, lambda: known.check(wholly=True))

    def _checked(self, known: Snapshot, check: Callable[[], None]) -> None:
        try:
            check()
        except IndexDamaged as error:
            with self._lock:
                if self._snapshot is known:
                    self._snapshot, self.damage = None, error
            raise

    def close(self) -> None:
        """Forget the snapshot."""
        self._snapshot, self._seen = None, ()

    def _stamp(self) -> tuple[int, ...]:
        """The stamp of the newest commit; the folder is listed only when it may have changed."""
        changed = _changed(self._folder)
        known = self._listed
        if known is None or known.changed != changed or time.monotonic() - known.at > LISTED:
            number = commits.generation(self._directory)
            path = str(self._directory / commits.filename(number))
            known = _Listed(time.monotonic(), changed, number, path, commits.stamp(path, number))
            self._listed = known if time.time_ns() - changed[1] > SETTLED else None
        return known.stamp

    def _moved(self, stamp: tuple[int, ...]) -> Snapshot:
        """Open the newest commit, once; where it is damaged, the known snapshot goes on."""
        if stamp != self._seen:
            try:
                self._snapshot, self.damage = self._open(self._snapshot), None
            except IndexDamaged as error:
                self.damage = error
            self._seen = stamp
        if self._snapshot is None:
            raise IndexDamaged(str(self.damage))
        return self._snapshot

    def _open(self, known: Snapshot | None) -> Snapshot:
        missing = f"{self._directory}: its table of contents is missing"
        for _ in range(TRIES):
            number = commits.generation(self._directory)
            if number < 0:
                if commits.has_segments(self._directory) or (known and known.number >= 0):
                    continue
                return Snapshot(self._directory, Contents(), -1, languages=self._languages)
            try:
                return self._opened(commits.read(self._directory, number), number, known)
            except FileNotFoundError as error:
                missing = f"{error.filename}: missing: the index needs it"
                if commits.generation(self._directory) == number:
                    break
        raise IndexDamaged(missing)

    def _opened(self, contents: Contents, number: int, known: Snapshot | None) -> Snapshot:
        if is_foreign(contents, self._expected):
            raise IndexDamaged(
                f"{self._directory}: it is made of another store, or of a later state than the store was restored to"
            )
        why = outdated(contents, self._expected)
        if why and not is_readable(contents):
            contents, known = replace(contents, segments=()), None  # nothing can answer until it is rebuilt
        try:
            return Snapshot(self._directory, contents, number, known, languages=self._languages, outdated=why)
        except FAILURES:
            for segment in contents.segments:
                checked(self._directory, segment, wholly=True)
            raise


def _changed(folder: str) -> tuple[int, int]:
    """Which folder it is, and when a file was last made, renamed or removed in it; zeros where there is none."""
    try:
        status = os.stat(folder)  # noqa: PTH116  half the time
    except FileNotFoundError:
        return 0, 0
    return status.st_ino, status.st_mtime_ns
