"""A worker that reads a page -> its answer, or that it took too long: by CPU time, as other work may slow a machine."""

import select
import socket
import struct
import time

WALL_FACTOR = 10  # times the limit by the clock, for a worker that gets some of a processor, but too little of it
PROGRESS = 0.001  # of a processor; a process that waits for something that never comes takes none


def wait_for_answer(link: socket.socket, pid: int, wall: float) -> None:
    """Wait until there is something to read, or the worker has gone.

    A worker that computes has a limit of its own, of CPU. It reaches that first, unless the machine is busy: then it
    has more time. Where the system does not say what CPU another process took, no worker has more.

    Args:
        pid: The worker.
        wall: Seconds that a worker has which takes no CPU.

    Raises:
        TimeoutError: There is no answer in time.
    """
    answers = select.poll()
    answers.register(link, select.POLLIN)
    for _ in range(WALL_FACTOR):
        before = cpu_of(pid)
        if answers.poll(1000 * wall):
            return
        if cpu_of(pid) - before < PROGRESS * wall:
            break
    raise TimeoutError


def limit_waits(link: socket.socket, wall: float) -> None:
    """Let the kernel end a blocking socket's wait for the next part of an answer, or of a page, by BlockingIOError.

    A worker that starts reads nothing yet, so who sends waits WALL_FACTOR times as long. A time-out of Python's own
    makes two calls of one, and gives the interpreter away twice.
    """
    for option, seconds in ((socket.SO_RCVTIMEO, wall), (socket.SO_SNDTIMEO, WALL_FACTOR * wall)):
        microseconds = max(1, round(seconds * 1_000_000))  # 0 would be: for ever
        link.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", *divmod(microseconds, 1_000_000)))


def cpu_of(pid: int) -> float:
    """Return the seconds of CPU that a process took; 0 where the system does not say, as of one that is gone."""
    try:
        return time.clock_gettime((~pid << 3) | 2)  # as clock_getcpuclockid(3) of Linux does
    except (OSError, OverflowError):
        return 0.0
