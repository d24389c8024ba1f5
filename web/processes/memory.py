"""Numbers of one server -> memory in which all of its processes count, and the lock by which they take turns."""

import fcntl
import mmap
import os
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Lock
from typing import Protocol

NUMBER = 8  # bytes of a double


class Turn(Protocol):
    """A lock as a context: one thread of one process is within it at a time."""

    def __call__(self) -> AbstractContextManager[None]:
        """Wait for the turn, and hold it while the block runs."""


def turn_of_threads() -> Turn:
    """Return a turn for the threads of this process alone."""
    lock = Lock()

    @contextmanager
    def turn() -> Iterator[None]:
        with lock:
            yield

    return turn


def turn_of_processes() -> Turn:
    """Return a turn for this process and all that are forked from it; it ends with its holder, kill -9 included.

    The lock is the kernel's, on a file without a name. Each turn opens the file again: an opening that a fork copied
    would be one holder in both processes.
    """
    with tempfile.TemporaryFile() as file:
        handle = os.dup(file.fileno())

    @contextmanager
    def turn() -> Iterator[None]:
        own = os.open(f"/proc/self/fd/{handle}", os.O_RDWR | os.O_CLOEXEC)
        try:
            fcntl.flock(own, fcntl.LOCK_EX)
            yield
        finally:
            os.close(own)

    return turn


class Numbers:
    """A row of numbers, 0 at first, in memory that forked processes share; `values` is used within `turn`."""

    def __init__(self, count: int, turn: Turn | None = None) -> None:
        self.turn = turn or turn_of_threads()
        self.values: memoryview[float] = memoryview(mmap.mmap(-1, count * NUMBER)).cast("d")

    def add(self, place: int, amount: float = 1) -> None:
        """Add to one of the numbers."""
        with self.turn():
            self.values[place] += amount

    def take(self, place: int, most: float) -> bool:
        """Add one to one of the numbers, unless all together are `most` or more; return whether that was done."""
        with self.turn():
            if sum(self.values) >= most:
                return False
            self.values[place] += 1
            return True

    def all(self) -> list[float]:
        """Return the numbers of one moment."""
        with self.turn():
            return list(self.values)
