"""A file for a reader -> a place on the disk until it is read; all such files together have a bound.

A file has no name and is gone when it is closed. A slow reader holds its file open for as long as it reads.
"""

import errno
import io
import os
import shutil
import tempfile
from contextlib import suppress
from typing import Any, cast

from corpus.errors import PressmarkError
from web.processes.memory import Numbers

MOST = 4_000_000_000  # bytes of all files together; the largest download is some 1 GB
SPARE = 500_000_000  # bytes that stay free on the disk
BUFFER = 1 << 20  # bytes that are written at once


class SpoolFull(PressmarkError):
    """There is no room for more until others have read what is theirs."""


class Spool:
    """The files under way to readers."""

    def __init__(self, most: int = MOST, spare: int = SPARE) -> None:
        self._most, self._spare = most, spare
        self._taken, self._number = Numbers(1), 0

    def share(self, taken: Numbers, number: int) -> None:
        """Share one bound among the files of several processes.

        Args:
            taken: The bytes of the files of each process.
            number: Which of them are ours; nothing is under way yet.
        """
        self._taken, self._number = taken, number

    @property
    def taken(self) -> int:
        """The bytes of all files that are open."""
        return int(sum(self._taken.all()))

    def file(self) -> io.BufferedRandom:
        """Return an empty file. A write raises SpoolFull when there is no room; closing gives the room back."""
        return _Buffered(cast(io.RawIOBase, _File(self)), BUFFER)

    def take(self, size: int) -> None:
        """Count bytes that are about to be written.

        Raises:
            SpoolFull: They are too many, or the disk is nearly full.
        """
        free = shutil.disk_usage(tempfile.gettempdir()).free
        with self._taken.turn():
            if sum(self._taken.values) + size > self._most or free < self._spare + size:
                raise SpoolFull
            self._taken.values[self._number] += size

    def give_back(self, size: int) -> None:
        """Count bytes that are no longer there."""
        self._taken.add(self._number, -size)


class _Buffered(io.BufferedRandom):
    """A file whose end is not written when there is no room: the caller flushes it before a reader gets it."""

    def close(self) -> None:
        with suppress(SpoolFull):  # the file beneath is closed nevertheless
            super().close()


class _File(io.FileIO):
    """A file without a name whose bytes are counted."""

    def __init__(self, spool: Spool) -> None:
        self._spool, self._counted = spool, 0
        with tempfile.TemporaryFile(buffering=0) as file:
            super().__init__(os.dup(file.fileno()), "r+b")

    def write(self, data: Any) -> int:
        size = memoryview(data).nbytes
        self._spool.take(size)
        self._counted += size
        try:
            return super().write(data) or 0
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise SpoolFull from error
            raise

    def close(self) -> None:
        if not self.closed:
            self._spool.give_back(self._counted)
            self._counted = 0
        super().close()
