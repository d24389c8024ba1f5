"""A worker that reads a page -> its answer, or that it took too long: by CPU time, as other work may slow a machine."""

import socket
import time

PATIENCE = 10  # times the limit by the clock, for a worker that gets some of a processor, but too little of it
PROGRESS = 0.001  # of a processor; whoever waits for something that never comes takes none


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
    link.settimeout(wall)
    for _ in range(PATIENCE):
        before = cpu_of(pid)
        try:
            link.recv(1, socket.MSG_PEEK)
        except TimeoutError:
            if cpu_of(pid) - before < PROGRESS * wall:
                break
        else:
            return
    raise TimeoutError


def cpu_of(pid: int) -> float:
    """Return the seconds of CPU that a process took; 0 where that is not to be had, as of one that is gone."""
    try:
        return time.clock_gettime((~pid << 3) | 2)  # as clock_getcpuclockid(3) of Linux does
    except (OSError, OverflowError):
        return 0.0
