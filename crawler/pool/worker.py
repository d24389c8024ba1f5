"""One worker process: pages come in over a socket, what was read goes out, within walls the kernel keeps.

Started by crawler/pool/workers.py as `python -m crawler.pool.worker FD CPU MEMORY READ`; READ names the function that
reads the first page. Its standard input is a lifeline: when the parent dies, however it dies, the lifeline closes and
the worker goes with it, in the middle of a page too.
"""

import gc
import json
import math
import os
import pickle
import resource
import signal
import socket
import struct
import sys
import threading
import time
import traceback
from contextlib import suppress

from corpus.errors import ExtractError, FetchError
from corpus.memory import give_back
from corpus.texts import text
from crawler.pool import answers, sandbox

HEADER = struct.Struct("!Q")
MAX_PAGES = 2_000  # a worker is replaced after so many, which bounds what a library may leak
OBJECTS = 20_000  # more of them than were given back, before garbage is looked for: a page's own hardly hold any
LARGE = 1_000_000  # bytes; after such a page free memory is given back: 1 ms, and as much to take it again
AT_ONCE = 1 << 16  # bytes; most answers are shorter
MAX_ANSWER = 256_000_000  # bytes; a page has at most 8 MB, and what is read of it is rarely more


def main(arguments: list[str]) -> None:
    """Answer pages until the parent closes the socket; nothing of a page is received until the walls stand."""
    link = socket.socket(fileno=int(arguments[0]))
    cpu, memory = float(arguments[1]), int(arguments[2])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    sandbox.limit(memory)
    gc.disable()  # until all is imported that reads pages: nothing of it is ever garbage
    with suppress(Exception):  # the first page asks for it again, and is answered with what is wrong
        pickle.loads(bytes.fromhex(arguments[3]))  # noqa: S301  the parent's own words
    _confine()
    with suppress(ConnectionError):  # the parent was killed: there is nobody left to answer
        _serve(link, cpu)


def _serve(link: socket.socket, cpu: float) -> None:
    while (request := receive(link)) is not None:
        _allow(cpu)
        answer = _answer(request)
        send(link, answer)
        if answer.startswith(b'["out-of-memory"'):
            return  # what the failed page left behind goes with the process
        if len(request) > LARGE:
            del request, answer
            give_back()


def _confine() -> None:
    try:
        sandbox.confine_files()
        threading.Thread(target=_die_with_parent, daemon=True).start()
        sandbox.confine_calls()
        gc.freeze()
        gc.set_threshold(OBJECTS)
        gc.enable()
    except Exception:  # noqa: BLE001
        traceback.print_exc()
        os._exit(1)  # no page is read by a worker whose walls could not be built


def send(link: socket.socket, message: bytes) -> None:
    """Send one message, its length before it: at once, so that the other side wakes once."""
    head = HEADER.pack(len(message))
    if (sent := link.sendmsg((head, message))) < len(head) + len(message):
        link.sendall((head + message)[sent:] if sent < len(head) else memoryview(message)[sent - len(head) :])


def receive(link: socket.socket, *, at_most: int = sys.maxsize, within: float = math.inf) -> bytes | None:
    """Receive one message, the only one under way.

    None when the other side has closed, the message is over its bound, or there is more after it.

    Args:
        within: Seconds for all of it: a time-out of the socket begins again with each part.

    Raises:
        TimeoutError: It has not come whole by then.
    """
    parts, whole = bytearray(), HEADER.size
    is_sized, ends = False, time.monotonic() + within
    while len(parts) < whole:
        if parts and time.monotonic() > ends:
            raise TimeoutError
        part = link.recv(max(AT_ONCE, min(whole - len(parts), 1 << 20)))
        if not part:
            return None
        parts += part
        if not is_sized and len(parts) >= whole:
            size = HEADER.unpack_from(parts)[0]
            if size > at_most:
                return None
            whole, is_sized = whole + size, True
    return bytes(memoryview(parts)[HEADER.size :]) if len(parts) == whole else None


def _answer(request: bytes) -> bytes:
    """Return `["", ANSWER]` in JSON, or the reason why nothing was read and a message."""
    try:
        read, args, options = pickle.loads(request)  # noqa: S301  the parent's own words
        return b'["",' + answers.written(read(*args, **options), answers.declared(read)) + b"]"
    except (ExtractError, FetchError) as error:  # a fetch error is a gzip file's, inflated here
        reason, message = error.reason, str(error)
    except MemoryError:
        reason, message = "out-of-memory", str(text("page needs more memory than a worker may have"))
    except Exception as error:  # noqa: BLE001
        # Whatever a page can do to us, the other pages go on; the reason is recorded with its URL.
        with suppress(OSError):  # the parent has not read what was written before
            traceback.print_exc()
        reason, message = "crashed", str(text("reading it failed: {why}", why=str(error)))
    return json.dumps([reason, message[:1000]]).encode("ascii")


def _allow(cpu: float) -> None:
    """Let this process use `cpu` seconds more; the kernel ends it (SIGXCPU) when they are gone."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = math.ceil(used.ru_utime + used.ru_stime + cpu)
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _die_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
