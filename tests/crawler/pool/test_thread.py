"""One thread makes calls in their turn and answers asyncio."""

import asyncio
import functools
import threading
from collections.abc import Callable, Coroutine

import pytest

from crawler.pool.thread import OneThread


def awaited(test: Callable[[], Coroutine[None, None, None]]) -> Callable[[], None]:
    @functools.wraps(test)
    def run() -> None:
        asyncio.run(test())

    return run


@awaited
async def test_calls_are_made_in_their_turn_by_one_thread() -> None:
    thread, made = OneThread("store"), list[tuple[int, str]]()

    def note(number: int) -> int:
        made.append((number, threading.current_thread().name))
        return number

    answers = await asyncio.gather(*(thread.do(functools.partial(note, number)) for number in range(50)))
    thread.close()
    assert answers == list(range(50))
    assert made == [(number, "store") for number in range(50)]


@awaited
async def test_what_a_call_raises_is_raised_where_it_is_awaited() -> None:
    thread = OneThread("store")
    with pytest.raises(ZeroDivisionError):
        await thread.do(lambda: 1 / 0)
    assert await thread.do(lambda: 1) == 1
    thread.close()


@awaited
async def test_a_call_that_raises_stop_iteration_is_answered() -> None:
    thread = OneThread("store")
    with pytest.raises(RuntimeError, match="StopIteration"):
        await asyncio.wait_for(thread.do(lambda: next(iter(()))), 30)
    thread.close()


@awaited
async def test_a_call_that_nobody_waits_for_is_not_begun() -> None:
    thread, go, made = OneThread("store"), threading.Event(), list[str]()
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
    thread, made = OneThread("store"), list[str]()
    asked = asyncio.create_task(thread.do(lambda: made.append("done")))
    await asyncio.sleep(0)
    await asyncio.to_thread(thread.close)
    thread.close()
    await asked
    assert made == ["done"]
    with pytest.raises(RuntimeError, match="closed"):
        await thread.do(lambda: None)


def test_a_thread_that_was_never_asked_is_closed_at_once() -> None:
    OneThread("store").close()


def test_an_answer_after_the_loop_has_ended_harms_nobody() -> None:
    thread, go = OneThread("store"), threading.Event()

    async def leave() -> None:
        asyncio.ensure_future(thread.do(lambda: go.wait(30)))  # noqa: RUF006 - it is left behind on purpose
        await asyncio.sleep(0)

    asyncio.run(leave())
    go.set()
    thread.close()
