"""The work of one process of a server -> several processes that do this work; each is replaced when it dies.

Three generations, so that nothing is forked that has threads or open files of a store: the process of the command,
which may do other things meanwhile; the supervisor, which does nothing but this; and the processes that answer.
"""

import gc
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from types import FrameType
from typing import Literal, NoReturn

from corpus.errors import PressmarkError
from corpus.events import event
from corpus.runs.limits import limit_reached
from web.processes.inherited import set_for_us

log = logging.getLogger(__name__)

LOOK = 1.0  # seconds between two looks whether the process of the command is alive
ENDS = 10.0  # seconds until a process that was told to end is killed; answers under way have five
STEADY = 10.0  # seconds after which a process that dies is replaced at once
LONGEST = 30.0  # seconds until a process is replaced that dies again and again

Work = Callable[[int, Callable[[], bool]], None]  # the number of the process, and whether it is to go on
_ENDING = {signal.SIGTERM, signal.SIGINT}
_SIGNALS = {*_ENDING, signal.SIGCHLD}


@dataclass(slots=True)
class _Place:
    """A place of a process: who has it, since when, how often it died early, and when the next one begins."""

    pid: int = 0
    since: float = 0
    early: int = 0
    begins: float = 0


class Supervised:
    """The processes, as the process of the command sees them."""

    def __init__(self, prepare: Callable[[], AbstractContextManager[Work]], processes: int) -> None:
        """Fork the supervisor. It prepares the work once, and then forks the processes, each of which does it."""
        parent = os.getpid()
        self._pid = _forked(lambda: _supervise(prepare, processes, parent))

    def wait(self) -> None:
        """Wait until the processes end.

        Raises:
            PressmarkError: They ended though nobody told them to.
        """
        try:
            _, status = os.waitpid(self._pid, 0)
        except KeyboardInterrupt:
            self._end()  # they end while the process of the command ends what else it does
            raise
        self._pid = 0
        raise PressmarkError(f"the processes of the pages ended ({_ending(status)}); the log says why")

    def stop(self) -> None:
        """Tell the processes to end, and wait for that."""
        if self._pid:
            self._end()
            with suppress(ChildProcessError):
                os.waitpid(self._pid, 0)
            self._pid = 0

    def _end(self) -> None:
        """Tell the supervisor to end; it may have ended already, and an interrupt have kept that from being noted."""
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGTERM)


def _supervise(prepare: Callable[[], AbstractContextManager[Work]], processes: int, parent: int) -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # it ends the command, and all of us then: nothing of ours is left
    set_for_us("OPENBLAS_NUM_THREADS", "1")  # or NumPy starts threads, and we fork
    with prepare() as work:
        gc.freeze()  # what is there already stays shared by all
        _replace(work, processes, parent)


def _replace(work: Work, processes: int, parent: int) -> None:
    """Fork the processes, and another for each that dies, until told to end or the process of the command is gone."""
    places = [_Place() for _ in range(processes)]
    while os.getppid() == parent:
        for number, place in enumerate(places):
            if not place.pid and time.monotonic() >= place.begins:
                place.pid, place.since = _forked(lambda number=number: _answer(work, number)), time.monotonic()  # type: ignore[misc]
        found = signal.sigtimedwait(_SIGNALS, LOOK)
        if found is not None and found.si_signo in _ENDING:  # a stop of the process may return a number of no signal
            break
        for number, place in enumerate(places):
            _look(number, place)
    _end(places)


def _look(number: int, place: _Place) -> None:
    """See whether a process died, and say when the next one takes its place."""
    if not place.pid:
        return
    pid, status = os.waitpid(place.pid, os.WNOHANG)
    if not pid:
        return
    now = time.monotonic()
    place.early = place.early + 1 if now - place.since < STEADY else 0
    wait = min(LONGEST, 2.0 ** (place.early - 1)) if place.early else 0.0
    place.pid, place.begins = 0, now + wait
    facts = {"process": number, "pid": pid, "ended": _ending(status), "lived": now - place.since, "next_in": wait}
    event(log, "process of the pages replaced", facts, level=logging.WARNING)


def _end(places: list[_Place]) -> None:
    """Ask all to end; a process that has not when the time is over is killed."""
    left = {place.pid for place in places if place.pid}
    for pid in left:
        os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + ENDS
    while left:
        left = {pid for pid in left if os.waitpid(pid, os.WNOHANG)[0] != pid}
        if left and time.monotonic() >= until:
            for pid in left:
                os.kill(pid, signal.SIGKILL)
            until = float("inf")
        if left:
            signal.sigtimedwait(_SIGNALS, 0.1)


def _answer(work: Work, number: int) -> None:
    supervisor = os.getppid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a terminal; the supervisor has it, too
    signal.signal(signal.SIGTERM, _end_once)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    work(number, lambda: os.getppid() == supervisor)


def _end_once(_number: int, _frame: FrameType | None) -> None:
    """End; what a service manager tells each process, the supervisor tells it again: that cuts no end short."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise KeyboardInterrupt


def _forked(work: Callable[[], None]) -> int:
    """Fork a process that does the work and ends; return its number."""
    sys.stdout.flush()
    sys.stderr.flush()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)  # Ctrl-C in what Python does after a fork would be lost
    pid = os.fork()
    if not pid:
        _only(work)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return pid


def _only(work: Callable[[], None]) -> NoReturn:
    """Do the work and end the process; nothing that the process before the fork had begun is ended here."""
    code = 1
    try:
        work()
        code = 0
    except KeyboardInterrupt:
        code = 0
    except PressmarkError as error:
        event(log, "process of the pages failed", level=logging.ERROR, error=error)
    except BaseException as error:  # noqa: BLE001 - the log has the cause
        limit = limit_reached(error)
        trace: Literal["debug", "always"] = "debug" if limit else "always"
        event(log, "process of the pages failed", level=logging.ERROR, error=limit or error, trace=trace)
    finally:
        logging.shutdown()
        os._exit(code)


def _ending(status: int) -> str:
    """Say how a process ended."""
    code = os.waitstatus_to_exitcode(status)
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
