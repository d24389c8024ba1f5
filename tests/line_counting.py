"""A test under `--cov` -> its lines counted while they are new: what tests share is run thousands of times.

Python takes twice as long where lines are counted.
"""

import functools
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

SLICE = 0.02  # seconds of CPU without a new line, after which counting rests; a page takes about as long
LONGEST = 0.2  # seconds of CPU that counting rests at most; each rest takes twice as long as the one before
_of_threads: list[Any] = []  # what threads are traced by in a run that counts, while its own tracer rests
_running: list["_Counting"] = []


def counting() -> bool:
    """Return whether coverage counts each line now."""
    return hasattr(sys.gettrace(), "get_stats")


@contextmanager
def resting() -> Iterator[None]:
    """Count nothing but what `counted_while_new` counts: what pytest does between the tests is none of our lines.

    The tracer of the run rests meanwhile. It follows all calls and returns, and a tracer that ends early misses some.
    """
    if not counting():
        yield
        return
    _count_commands()
    whole: Any = sys.gettrace()
    of_threads: Any = threading.gettrace()
    whole.stop()
    threading.settrace(None)
    _of_threads.append(of_threads)
    try:
        yield
    finally:
        _of_threads.pop()
        threading.settrace(of_threads)
        whole.start()


@contextmanager
def counted_while_new() -> Iterator[None]:
    """Count lines until none is new for a slice of CPU, and look again later: never more is counted than what runs."""
    if not _of_threads:
        yield
        return
    from coverage import Coverage

    current: Any = Coverage.current()
    lines = _Counting(current._collector)
    before = signal.signal(signal.SIGVTALRM, lines.look)
    _running.append(lines)
    lines.start()
    try:
        yield
    finally:
        _running.remove(lines)
        lines.end()
        signal.signal(signal.SIGVTALRM, before)


@contextmanager
def uncounted() -> Iterator[None]:
    """Count no line meanwhile, nor look for one: who counts calls would count those of counting."""
    for lines in _running:
        lines.end()
    try:
        yield
    finally:
        for lines in _running:
            lines.start()


class _Counting:
    """The lines of a test: counted while there are new ones, and looked for again after rests and at each start."""

    def __init__(self, collector: Any) -> None:
        self._collector = collector
        self._tracer: Any = None
        self._seen, self._rest = 0, SLICE

    def start(self) -> None:
        if self._tracer is None:
            self._collector._start_tracer()
            self._tracer = self._collector.tracers.pop()
            threading.settrace(_of_threads[-1])
        self._seen = self._counted()
        signal.setitimer(signal.ITIMER_VIRTUAL, SLICE)

    def look(self, *_: object) -> None:
        """Go on when there were new lines; else rest, and go on after a rest."""
        if self._tracer is None:
            self.start()
        elif self._counted() > self._seen:
            self._rest = SLICE
            self.start()
        else:
            self.end()
            self._rest = min(2 * self._rest, LONGEST)
            signal.setitimer(signal.ITIMER_VIRTUAL, self._rest)

    def end(self) -> None:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        if self._tracer is not None:
            self._tracer.stop()
            self._tracer = None
            threading.settrace(None)

    def _counted(self) -> int:
        return sum(map(len, [*self._collector.data.values()]))


@functools.cache
def _count_commands() -> None:
    """Begin again with each command and each request: a test crawls, which takes long, to see what is said of it."""
    from click.testing import CliRunner
    from werkzeug.test import Client

    for owner, name in ((CliRunner, "invoke"), (Client, "open")):
        setattr(owner, name, _begun(getattr(owner, name)))


def _begun(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def counted(*given: Any, **options: Any) -> Any:
        if _running and threading.current_thread() is threading.main_thread():
            _running[-1].start()
        return function(*given, **options)

    return counted
