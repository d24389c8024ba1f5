"""A test under `--cov` -> its lines counted at first: a test that goes on runs the same lines again and again.

Python takes twice as long where lines are counted, and most of what the suite takes goes into the loops of few tests.
"""

import functools
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SHARE = 0.2  # seconds of CPU, of a test and of each command that a test gives; most end before


@contextmanager
def counted_at_first(share: float = SHARE) -> Iterator[None]:
    """Count the lines that run within so many seconds of CPU: what is counted is less than what runs, never more.

    The tracer of the run rests meanwhile. It follows all calls and returns, and a tracer that ends early misses some.
    """
    whole: Any = sys.gettrace()
    if whole is None or not hasattr(whole, "get_stats"):  # nothing is counted, or not by coverage
        yield
        return
    from coverage import Coverage

    _count_commands()
    current: Any = Coverage.current()
    of_threads = threading.gettrace()
    whole.stop()
    counting = _Counting(current._collector, of_threads, share)
    before = signal.signal(signal.SIGVTALRM, counting.end)
    _running.append(counting)
    counting.start()
    try:
        yield
    finally:
        _running.remove(counting)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        counting.end()
        signal.signal(signal.SIGVTALRM, before)
        threading.settrace(of_threads)
        whole.start()


class _Counting:
    """The lines of a test, counted until the share of CPU is used up, and again from each start."""

    def __init__(self, collector: Any, of_threads: Any, share: float) -> None:
        self._collector, self._of_threads, self._share = collector, of_threads, share
        self._tracer: Any = None

    def start(self) -> None:
        if self._tracer is None:
            self._collector._start_tracer()
            self._tracer = self._collector.tracers.pop()
            threading.settrace(self._of_threads)
        signal.setitimer(signal.ITIMER_VIRTUAL, self._share)

    def end(self, *_: object) -> None:
        if self._tracer is not None:
            self._tracer.stop()
            self._tracer = None
            threading.settrace(None)


_running: list[_Counting] = []


@functools.cache
def _count_commands() -> None:
    """Begin again with each command: a test crawls, which takes long, to see what a command says of it."""
    from click.testing import CliRunner

    invoke = CliRunner.invoke

    def counted(self: CliRunner, *given: Any, **options: Any) -> Any:
        if _running and threading.current_thread() is threading.main_thread():
            _running[-1].start()
        return invoke(self, *given, **options)

    CliRunner.invoke = counted  # type: ignore[method-assign]
