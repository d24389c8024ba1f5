"""Visits to be stored -> groups of them: one transaction and one wait for the disk each, none answered before it.

Visits that end within a short while of each other are stored together. The while is a few times as long as the last
group took, so a slow disk has larger groups, and a fast one hardly makes a visit wait.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic

from corpus.model import Outcome, Visit

LONGEST = 0.05  # seconds a visit waits for others; a page's own host rests for twenty times as long
TIMES = 4  # the last group's duration a visit waits for others: at most a fifth of the time is the disk's
MOST = 64  # visits of a group; each holds a page's article in memory

Write = Callable[[Sequence[Visit]], Awaitable[Sequence[Outcome | Exception]]]


class Groups:
    """Stores visits in groups by `write`, which answers each visit with its outcome, or with why it is not stored."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._waiting: list[tuple[Visit, asyncio.Future[Outcome]]] = []
        self._wait = 0.0
        self._under_way: set[asyncio.Task[None]] = set()

    async def add(self, visit: Visit) -> Outcome:
        """Store a visit; return its outcome once it is on disk.

        Raises:
            StoreError: Its group could not be written; nothing of it is stored.
            Exception: What is wrong with this visit; the others of its group are stored.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Outcome] = loop.create_future()
        self._waiting.append((visit, answer))
        if len(self._waiting) == 1:
            loop.call_later(self._wait, self._begin)
        elif len(self._waiting) >= MOST:
            self._begin()
        return await answer

    def _begin(self) -> None:
        group, self._waiting = self._waiting, []
        if group:  # a full group did not wait for its timer
            task = asyncio.create_task(self._store(group))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _store(self, group: list[tuple[Visit, asyncio.Future[Outcome]]]) -> None:
        began = monotonic()
        outcomes: Sequence[Outcome | BaseException]
        try:
            outcomes = await self._write([visit for visit, _ in group])
        except BaseException as error:  # noqa: BLE001 - whoever waits for its visit gets it
            outcomes = [error] * len(group)
        self._wait = min(LONGEST, TIMES * (monotonic() - began))
        for (_, answer), outcome in zip(group, outcomes, strict=True):
            if answer.done():  # who waited was cancelled
                continue
            if isinstance(outcome, BaseException):
                answer.set_exception(outcome)
            else:
                answer.set_result(outcome)
