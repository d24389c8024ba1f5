"""What takes CPU without end is ended and fails; what ends soon does not."""

import contextlib
import signal

import pytest

from tests.stalling import Stalled, no_stall


def test_work_without_end_is_ended_even_where_every_error_is_taken_for_one_of_the_input() -> None:
    def work() -> None:
        while True:
            with contextlib.suppress(Exception):
                sum(range(1_000))

    with pytest.raises(Stalled), no_stall(0.05):
        work()


def test_work_that_swallows_its_end_fails() -> None:
    def work() -> None:
        try:
            while True:
                pass
        except BaseException:
            return

    with pytest.raises(AssertionError, match="has gone on"), no_stall(0.05):
        work()


def test_work_that_ends_soon_leaves_no_trace() -> None:
    before = signal.getsignal(signal.SIGPROF)
    with no_stall():
        pass
    assert signal.getsignal(signal.SIGPROF) is before
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)
