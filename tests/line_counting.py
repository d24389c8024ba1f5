"""A test under `--cov` -> its lines counted at first: a test that goes on runs the same lines again and again.

Python takes twice as long where lines are counted, and most of what the suite takes goes into the loops of few tests.
"""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SHARE = 0.05  # seconds of CPU; nine tests in ten end before


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

    current: Any = Coverage.current()
    collector, of_threads = current._collector, threading.gettrace()
    whole.stop()
    collector._start_tracer()
    own: Any = collector.tracers.pop()
    at_first = True

    def end(*_: object) -> None:
        nonlocal at_first
        if at_first:
            at_first = False
            own.stop()
            threading.settrace(None)

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, share)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        end()
        signal.signal(signal.SIGVTALRM, before)
        threading.settrace(of_threads)
        whole.start()
