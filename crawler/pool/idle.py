"""The workers of a pool -> the one that takes the next page: a warm one, or a further one when that is worth its start.

A worker's start costs as much as ninety pages. A run with few pages has them read by one; the next one is started
when pages have waited for as long as its start takes, if there are pages enough to come.
"""

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from time import monotonic
from typing import Generic, TypeVar

START = 0.5  # seconds of CPU that the start of a worker takes
MANY = 600  # pages to come; on two cores, one of which the crawl takes, a second worker saves 1 ms or so of each
LONG = 10.0  # seconds that pages wait for warm workers until a further one is started however few are to come
LONGEST_WAIT = 5.0  # seconds for the first worker: it may have a page that takes its limit
LOOK_EVERY = 0.1  # seconds between looks at whether a further worker is worth its start

W = TypeVar("W")


class IdleWorkers(Generic[W]):
    """Gives workers to threads, of which there are at most as many as workers; `clock` counts seconds."""

    def __init__(self, workers: Iterable[W], *, clock: Callable[[], float] = monotonic) -> None:
        self._ahead: int | None = None
        self._spare = deque(workers)  # not started so far
        self._count = len(self._spare)
        self._idle: queue.LifoQueue[W] = queue.LifoQueue()  # the last one used has its caches warm
        self._clock = clock
        self._warm_at: float | None = None  # when the first page was read
        self._waited = 0.0  # seconds that pages have waited since a worker was last added
        self._choosing = threading.Lock()

    def take(self) -> W:
        """Wait for a worker, or take a further one when that is worth its start."""
        began = self._clock()
        while True:
            with self._choosing:
                if self._spare and self._needs_more(began):
                    self._waited = 0.0
                    return self._spare.popleft()
            with suppress(queue.Empty):
                worker = self._idle.get(timeout=LOOK_EVERY if self._spare else None)
                self._waited += self._wait_since(began)
                return worker

    def give(self, worker: W) -> None:
        """Take a worker back that has read a page, or failed to."""
        if self._warm_at is None:
            self._warm_at = self._clock()
        self._idle.put(worker)

    def expect(self, pages: int | None) -> None:
        """Say how many pages are to come; None, as at first: nobody knows, there may be many."""
        self._ahead = pages

    def is_pressed(self) -> bool:
        """Whether pages have waited so long that a further worker is worth its start if many are to come."""
        return bool(self._spare) and self._waited >= START

    def _needs_more(self, began: float) -> bool:
        if len(self._spare) == self._count:
            return True
        waited = self._waited + self._wait_since(began)
        least = START if self._ahead is None or self._ahead >= MANY else LONG
        return waited >= least or self._clock() - began >= LONGEST_WAIT

    def _wait_since(self, began: float) -> float:
        """Return how long a page has waited for warm workers; while the first one starts, a second helps nobody."""
        return 0.0 if self._warm_at is None else self._clock() - max(began, self._warm_at)
