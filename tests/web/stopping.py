"""A verb that stays, run in this process -> ended as a service manager ends it, once something is so."""

import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress


def stopped_when(is_time: Callable[[], bool]) -> threading.Thread:
    """Send this process SIGTERM once it is time, or after two minutes."""

    def wait() -> None:
        end = time.monotonic() + 120
        while not is_time() and time.monotonic() < end:
            time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGTERM)

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    return thread


def answers(host: str, port: int) -> bool:
    """Whether the pages answer there, and have let the connection go again; a port that is held is not served yet."""
    with suppress(OSError), socket.create_connection((host, port), timeout=5) as asked:
        asked.sendall(f"GET /healthz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        return b"".join(iter(lambda: asked.recv(4096), b"")).startswith(b"HTTP/1.1 200 ")
    return False
