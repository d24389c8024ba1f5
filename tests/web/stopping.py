"""A verb that stays, run in this process -> ended as a service manager ends it, once something is so."""

import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import closing


def stopped_when(is_time: Callable[[], bool]) -> threading.Thread:
    """Send this process SIGTERM once it is time, or after half a minute."""

    def wait() -> None:
        end = time.monotonic() + 30
        while not is_time() and time.monotonic() < end:
            time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGTERM)

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    return thread


def answers(host: str, port: int) -> bool:
    """Whether a server listens there."""
    with closing(socket.socket()) as tried:
        return tried.connect_ex((host, port)) == 0
