"""A worker that computes on a busy machine has time until its limit of CPU; one that waits for nothing has not."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from crawler.pool import waiting
from crawler.pool.waiting import cpu_of, limit_waits, wait_for_answer
from crawler.pool.worker import receive, send

COMPUTING = "import sys, time\nprint(flush=True)\nwhile time.process_time() < float(sys.argv[1]): pass\nprint('done')"
STUCK = "import time\nprint(flush=True)\ntime.sleep(600)"


@contextmanager
def running(*program: str) -> Iterator[tuple[socket.socket, int]]:
    """A process whose standard output is a socket of ours."""
    ours, theirs = socket.socketpair()
    with ours, theirs, subprocess.Popen([sys.executable, "-c", *program], stdout=theirs.fileno()) as process:
        theirs.close()
        yield ours, process.pid
        process.kill()


def test_who_computes_longer_than_the_limit_by_the_clock_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "WALL_FACTOR", 1000)
    with running(COMPUTING, "0.6") as (link, pid):
        assert link.recv(1) == b"\n"  # it has started: a start may wait for a disk
        wait_for_answer(link, pid, 0.3)
        assert link.recv(4) == b"done"  # the look before it took nothing


def test_who_computes_without_end_is_waited_for_some_times_as_long() -> None:
    with running(COMPUTING, "600") as (link, pid):
        assert link.recv(1) == b"\n"
        with pytest.raises(TimeoutError):
            wait_for_answer(link, pid, 0.05)
        assert cpu_of(pid) > 0


def test_who_takes_no_cpu_is_not_waited_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "WALL_FACTOR", 1_000_000)
    with running(STUCK) as (link, pid):
        assert link.recv(1) == b"\n"  # it has started
        with pytest.raises(TimeoutError):
            wait_for_answer(link, pid, 0.3)


def test_the_end_of_a_worker_is_no_time_out() -> None:
    with running("") as (link, pid):
        wait_for_answer(link, pid, 60)
        assert link.recv(1) == b""
    assert cpu_of(pid) == 0


def test_half_an_answer_and_a_page_that_nobody_reads_end_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "WALL_FACTOR", 2)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        limit_waits(ours, 0.02)
        send(theirs, b"whole")
        assert receive(ours) == b"whole"
        theirs.sendall(b"half")
        with pytest.raises(BlockingIOError):
            receive(ours)
        with pytest.raises(BlockingIOError):
            send(ours, bytes(50_000_000))
