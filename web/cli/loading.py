"""Ctrl-C while a verb or the configuration loads -> the end of the process, at once and without a word."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def interruptible() -> Iterator[None]:
    """Let Ctrl-C end the process, as the system does it, until the block ends. Nothing may be half written in it.

    An exception would not do: the library that checks settings passes over one that comes while it builds its tables,
    and the command would go on as if nobody had stopped it.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
