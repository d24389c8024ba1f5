"""Hostile input is read soon: reading it is ended after twenty seconds of CPU, and its test fails.

This is for what no count of ours sees, such as the steps of a regular expression. What is right takes half a second at
most; what is wrong takes minutes, as the square of its input or worse. So no clock is read, and it does not matter how
fast a machine is, how many share it, whether lines are counted and in which steps its clocks go. Where the wrong way
takes some times as long as the right one, count the work (`tests/counting.py`).
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

LIMIT = 20.0  # seconds of CPU, of all threads


class Stalled(BaseException):
    """What was to end soon did not; no handler of ours takes it for an error of an input."""


@contextmanager
def no_stall(limit: float = LIMIT) -> Iterator[None]:
    """Fail when what is done within takes so much CPU.

    It is ended where Python looks for signals; what looks for none, such as a parser in C, fails when it has ended.
    """
    stalled = False

    def end(*_: object) -> None:
        nonlocal stalled
        stalled = True
        raise Stalled(f"this has taken {limit:g} seconds of CPU")

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    assert not stalled, f"this has taken {limit:g} seconds of CPU, and has gone on"
