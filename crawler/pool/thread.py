"""Calls -> threads that make them in their turn, awaited from asyncio.

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


class Threads:
    """Makes calls in threads, one or `count` at a time; each of the first calls starts a thread.

    `daemon`: the process ends without waiting for them, even where nobody closed them.
    """

    def __init__(self, name: str, count: int = 1, *, daemon: bool = False) -> None:
        self._calls: SimpleQueue[_Call | None] = SimpleQueue()
        self._threads = [threading.Thread(target=self._work, name=name, daemon=daemon) for _ in range(count)]
        self._started = 0
        self._taking = threading.Lock()  # a call that is taken stands before what ends the threads
        self._is_closed = False
        self._is_dropped = False

    async def do(self, call: Callable[[], T]) -> T:
        """Make a call in its turn and return its answer; one that nobody waits for any more is not begun.

        Raises:
            RuntimeError: The threads were closed.
            CancelledError: It was dropped.
            Exception: Whatever the call raises; a RuntimeError for StopIteration, which no coroutine may raise.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()
        with self._taking:
            if self._is_closed:
                raise RuntimeError("the threads were closed")
            if self._started < len(self._threads):
                self._threads[self._started].start()
                self._started += 1
            self._calls.put((call, answer, loop))
        return await answer

    def drop(self) -> None:
        """Start none of the waiting calls, and accept no further ones."""
        self._is_closed = self._is_dropped = True

    def close(self) -> None:
        """Finish what was asked and not dropped, then let the threads go."""
        with self._taking:
            self._is_closed = True
            running, self._threads = self._threads[: self._started], []
        for _ in running:
            self._calls.put(None)
        for thread in running:
            thread.join()

    def _work(self) -> None:
        while (taken := self._calls.get()) is not None:
            call, answer, loop = taken
            if answer.cancelled():
                continue
            if self._is_dropped:
                with suppress(RuntimeError):
                    loop.call_soon_threadsafe(answer.cancel)
                continue
            outcome, error = None, None
            try:
                outcome = call()
            except BaseException as raised:  # noqa: BLE001 - the caller that waits for it gets it
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
