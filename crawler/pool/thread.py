"""Calls -> one thread that makes them in their turn, awaited from asyncio.

An executor of the standard library answers by two futures and a lock: a third of what a short call of the store takes.
"""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")
_Call = tuple[Callable[[], Any], asyncio.Future[Any], asyncio.AbstractEventLoop]


class OneThread:
    """Makes calls one after the other; the thread is started for the first one."""

    def __init__(self, name: str) -> None:
        self._calls: SimpleQueue[_Call | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name=name)
        self._is_closed = False

    async def do(self, call: Callable[[], T]) -> T:
        """Make a call in its turn and return its answer; one that nobody waits for any more is not begun.

        Raises:
            RuntimeError: The thread was closed.
            Exception: Whatever the call raises; a RuntimeError for StopIteration, which no coroutine may raise.
        """
        if self._is_closed:
            raise RuntimeError("the thread was closed")
        if self._thread.ident is None:
            self._thread.start()
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()
        self._calls.put((call, answer, loop))
        return await answer

    def close(self) -> None:
        """Finish what was begun, then let the thread go."""
        if not self._is_closed:
            self._is_closed = True
            self._calls.put(None)
        if self._thread.ident is not None:
            self._thread.join()

    def _work(self) -> None:
        while (taken := self._calls.get()) is not None:
            call, answer, loop = taken
            if answer.cancelled():
                continue
            outcome, error = None, None
            try:
                outcome = call()
            except BaseException as raised:  # noqa: BLE001 - whoever waits for the call gets it
                error = raised
            with suppress(RuntimeError):  # the loop has ended: nobody waits
                loop.call_soon_threadsafe(_settle, answer, outcome, error)
            del taken, call, answer, outcome, error  # not held until the next call


def _settle(answer: asyncio.Future[Any], outcome: Any, error: BaseException | None) -> None:
    if answer.done():
        return
    if error is None:
        answer.set_result(outcome)
    elif isinstance(error, StopIteration):  # a future does not take it, and would be waited for without end
        stopped = RuntimeError("the call raised StopIteration")
        stopped.__cause__ = error
        answer.set_exception(stopped)
    else:
        answer.set_exception(error)
