"""Threads make calls in their turn and answer asyncio."""

import asyncio
import functools
import threading
from collections.abc import Callable, Coroutine

import pytest

from crawler.pool.thread import Threads


def awaited(test: Callable[[], Coroutine[None, None, None]]) -> Callable[[], None]:
    @functools.wraps(test)
    def run() -> None:
        asyncio.run(test())

    return run


@awaited
async def test_calls_are_made_in_their_turn_by_one_thread() -> None:
    thread, made = Threads("store"), list[tuple[int, str]]()

    def note(number: int) -> int:
        made.append((number, threading.current_thread().name))
        return number

    answers = await asyncio.gather(*(thread.do(functools.partial(note, number)) for number in range(50)))
    thread.close()
    assert answers == list(range(50))
    assert made == [(number, "store") for number in range(50)]


@awaited
async def test_what_a_call_raises_is_raised_where_it_is_awaited() -> None:
    thread = Threads("store")
    with pytest.raises(ZeroDivisionError):
        await thread.do(lambda: 1 / 0)
    assert await thread.do(lambda: 1) == 1
    thread.close()


@awaited
async def test_a_call_that_raises_stop_iteration_is_answered() -> None:
    thread = Threads("store")
    with pytest.raises(RuntimeError, match="StopIteration"):
        await asyncio.wait_for(thread.do(lambda: next(iter(()))), 30)
    thread.close()


@awaited
async def test_a_call_that_nobody_waits_for_is_not_begun() -> None:
    thread, go, made = Threads("store"), threading.Event(), list[str]()
    first = asyncio.create_task(thread.do(lambda: made.append(f"first {go.wait(30)}")))
    second = asyncio.create_task(thread.do(lambda: made.append("second")))
    await asyncio.sleep(0)
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    go.set()
    await first
    thread.close()
    assert made == ["first True"]


@awaited
async def test_a_closed_thread_has_finished_what_was_asked_and_takes_no_more() -> None:
    thread, made = Threads("store"), list[str]()
    asked = asyncio.create_task(thread.do(lambda: made.append("done")))
    await asyncio.sleep(0)
    await asyncio.to_thread(thread.close)
    thread.close()
    await asked
    assert made == ["done"]
    with pytest.raises(RuntimeError, match="closed"):
        await thread.do(lambda: None)


class ClosingLoop(asyncio.SelectorEventLoop):
    """A loop that closes threads in the middle of a call that is given to them, as another thread may."""

    threads: Threads | None = None

    def create_future(self) -> asyncio.Future[None]:
        if self.threads is not None:
            closing, self.threads = threading.Thread(target=self.threads.close), None
            closing.start()
            closing.join(30)
        return super().create_future()


def test_a_call_that_comes_while_the_threads_are_closed_is_refused_and_not_waited_for_without_end() -> None:
    loop, threads = ClosingLoop(), Threads("store")

    async def meet() -> None:
        await threads.do(lambda: None)
        coming = threads.do(lambda: None)
        loop.threads = threads
        with pytest.raises(RuntimeError, match="closed"):
            await coming

    try:
        loop.run_until_complete(asyncio.wait_for(meet(), 10))
    finally:
        loop.close()


def test_a_thread_that_was_never_asked_is_closed_at_once() -> None:
    Threads("store").close()


def test_an_answer_after_the_loop_has_ended_harms_nobody() -> None:
    thread, go = Threads("store"), threading.Event()

    async def leave() -> None:
        asyncio.ensure_future(thread.do(lambda: go.wait(30)))  # noqa: RUF006 - it is left behind on purpose
        await asyncio.sleep(0)

    asyncio.run(leave())
    go.set()
    thread.close()


@awaited
async def test_as_many_calls_are_made_at_once_as_there_are_threads() -> None:
    threads, met = Threads("read", 2), threading.Barrier(2, timeout=30)
    assert sorted(await asyncio.gather(threads.do(met.wait), threads.do(met.wait))) == [0, 1]
    threads.close()


@awaited
async def test_a_call_that_waits_and_is_dropped_is_cancelled_and_not_begun() -> None:
    threads, begun, go, made = Threads("read"), threading.Event(), threading.Event(), list[str]()

    def wait() -> None:
        begun.set()
        go.wait(30)
        made.append("first")

    first = asyncio.create_task(threads.do(wait))
    second = asyncio.create_task(threads.do(lambda: made.append("second")))
    await asyncio.to_thread(begun.wait, 30)
    threads.drop()
    go.set()
    await asyncio.to_thread(threads.close)
    await first
    with pytest.raises(asyncio.CancelledError):
        await second
    assert made == ["first"]
