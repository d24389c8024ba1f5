"""How many seconds a caller waits for an engine; an engine on other machines gives up after that time.

A person who searches waits for a cluster that is about to answer again; a probe that asks every few seconds does not.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_SECONDS: ContextVar[float | None] = ContextVar("timeout", default=None)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Give an engine so many seconds for each answer asked for in the block, in this thread alone."""
    token = _SECONDS.set(seconds)
    try:
        yield
    finally:
        _SECONDS.reset(token)


def timeout() -> float | None:
    """Return how many seconds one question may take; None: as the settings say."""
    return _SECONDS.get()
