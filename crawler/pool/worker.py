"""One worker process: pages come in over a socket, extractions go out, under limits the kernel keeps.

Started by crawler/pool/workers.py as `python -m crawler.worker FD CPU MEMORY`. Its standard input is a lifeline: when
the parent dies, however it dies, the lifeline closes and the worker goes with it, in the middle of a page too.
"""

import math
import os
import pickle
import resource
import signal
import socket
import struct
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from corpus.errors import ExtractError, FetchError

HEADER = struct.Struct("!Q")
MAX_PAGES = 2_000  # a worker is replaced after so many, which bounds what a library may leak


def main(arguments: list[str]) -> None:
    """Answer pages until the parent closes the socket."""
    link = socket.socket(fileno=int(arguments[0]))
    cpu, memory = float(arguments[1]), int(arguments[2])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    threading.Thread(target=_die_with_parent, daemon=True).start()
    with suppress(ConnectionError):  # the parent was killed: there is nobody left to answer
        _serve(link, cpu)


def _serve(link: socket.socket, cpu: float) -> None:
    while (request := receive(link)) is not None:
        read, args, options = pickle.loads(request)  # noqa: S301  the parent's own words
        _allow(cpu)
        answer = _answer(read, args, options)
        send(link, pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
        if answer[0] == "out-of-memory":
            return  # what the failed page left behind goes with the process


def send(link: socket.socket, message: bytes) -> None:
    """Send one message, its length before it."""
    link.sendall(HEADER.pack(len(message)))
    link.sendall(message)


def receive(link: socket.socket) -> bytes | None:
    """Receive one message; None when the other side has closed."""
    header = _exactly(link, HEADER.size)
    return None if header is None else _exactly(link, HEADER.unpack(header)[0])


def _exactly(link: socket.socket, size: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        part = link.recv(min(size - len(parts), 1 << 20))
        if not part:
            return None
        parts += part
    return bytes(parts)


def _answer(read: Callable[..., Any], args: tuple[Any, ...], options: dict[str, Any]) -> tuple[str, Any]:
    """Return ("", what was read), or the reason it was not and a message."""
    try:
        return "", read(*args, **options)
    except (ExtractError, FetchError) as error:  # a fetch error is a gzip file's, inflated here
        return error.reason, str(error)
    except MemoryError:
        return "out-of-memory", "page needs more memory than a worker may have"
    except Exception as error:  # noqa: BLE001
        # Whatever a page can do to us, the other pages go on; the reason is recorded with its URL.
        return "crashed", f"{type(error).__name__}: {error}"


def _allow(cpu: float) -> None:
    """Let this process use `cpu` seconds more; the kernel ends it (SIGXCPU) when they are gone."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(used.ru_utime + used.ru_stime + cpu)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _die_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
