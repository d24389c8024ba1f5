"""Pages that take seconds -> one is made at a time, and one more request waits for it; all others are for later.

The server has four threads: a person who asks for many such pages at once leaves two of them to others.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from corpus.texts import text
from web.layout.problems import NotReady

WAIT = 5.0  # seconds that a request waits for its turn

_turn = BoundedSemaphore(1)
_line = BoundedSemaphore(1)


@contextmanager
def turn_for_slow_page() -> Iterator[None]:
    """Take the turn to make a page that takes seconds.

    Raises:
        NotReady: Another page is being made, and took too long, or another request waits already.
    """
    if not _has_turn():
        raise NotReady(text("A page that takes long is being made: try again in some seconds."))
    try:
        yield
    finally:
        _turn.release()


def _has_turn() -> bool:
    if _turn.acquire(blocking=False):
        return True
    if not _line.acquire(blocking=False):
        return False
    try:
        return _turn.acquire(timeout=WAIT)
    finally:
        _line.release()
