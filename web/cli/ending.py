"""The signals that ask a command to end what it does: Ctrl-C, a service manager's, a terminal that is closed."""

import signal
from collections.abc import Callable
from threading import Event
from types import FrameType

Handler = Callable[[int, FrameType | None], None]


def ending_signals() -> tuple[signal.Signals, ...]:
    """Return them; that of a closed terminal only where it is not ignored, as it is under `nohup`."""
    hangs_up = signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN
    return (signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hangs_up else []))


def interrupt(number: int, _frame: FrameType | None) -> None:
    """Interrupt the program; by a terminal that is closed once, which may tell so twice: by the shell, and by itself.

    Raises:
        KeyboardInterrupt: always.
    """
    if number == signal.SIGHUP:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def first_sets(stop: Event, said: Callable[[], None] = lambda: None) -> Handler:
    """Return what has the first of them set `stop` and call `said`, and the second end the program.

    A closed terminal is never the second.
    """

    def ask(number: int, _frame: FrameType | None) -> None:
        if not stop.is_set():
            stop.set()
            said()
        elif number != signal.SIGHUP:
            raise KeyboardInterrupt

    return ask
