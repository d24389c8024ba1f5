"""Few pages are read by one worker; a further one is started when pages have waited as long, and many are to come."""

import threading

import pytest

from crawler.pool.idle import LONG, LONGEST_WAIT, MANY, START, IdleWorkers

PATIENCE = 60.0  # seconds; only a test that fails waits so long


class Clock:
    """A clock to set."""

    def __init__(self) -> None:
        self.at = 100.0
        self.read = threading.Event()

    def __call__(self) -> float:
        at = self.at
        self.read.set()
        return at


@pytest.fixture
def clock() -> Clock:
    return Clock()


def taken(idle: IdleWorkers[str], clock: Clock) -> tuple[threading.Thread, list[str]]:
    """Take a worker in a thread, as who waits for one does; it has looked at the clock when this returns."""
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.append(idle.take()), daemon=True)
    clock.read.clear()
    thread.start()
    assert clock.read.wait(PATIENCE)
    return thread, found


def test_pages_one_after_the_other_are_read_by_one_worker(clock: Clock) -> None:
    idle = IdleWorkers(["one", "two"], clock=clock)
    for _ in range(50):
        assert idle.take() == "one"
        clock.at += 1
        idle.give("one")


def test_who_waits_gets_the_first_worker_that_is_given_back(clock: Clock) -> None:
    idle = IdleWorkers(["one", "two"], clock=clock)
    assert idle.take() == "one"
    thread, found = taken(idle, clock)
    clock.at += LONGEST_WAIT - 0.1  # it starts, and nothing is read yet
    idle.give("one")
    thread.join(PATIENCE)
    assert found == ["one"]


def test_a_further_worker_is_taken_when_pages_have_waited_as_long_as_its_start_takes(clock: Clock) -> None:
    idle = IdleWorkers(["one", "two", "three"], clock=clock)
    idle.give(idle.take())
    assert idle.take() == "one"
    thread, found = taken(idle, clock)
    clock.at += START
    thread.join(PATIENCE)
    assert found == ["two"]
    thread, found = taken(idle, clock)
    clock.at += START - 0.1
    idle.give("one")
    thread.join(PATIENCE)
    assert found == ["one"]  # not yet long enough for a third


def test_no_further_worker_is_taken_where_few_pages_are_to_come(clock: Clock) -> None:
    idle = IdleWorkers(["one", "two"], clock=clock)
    idle.expect(MANY - 1)
    idle.give(idle.take())
    assert idle.take() == "one"
    thread, found = taken(idle, clock)
    clock.at += START
    idle.give("one")
    thread.join(PATIENCE)
    assert found == ["one"]
    assert idle.is_pressed()
    idle.expect(MANY)
    assert idle.take() == "two"
    assert not idle.is_pressed()  # there is no other


def test_a_further_worker_is_taken_when_pages_have_waited_long_however_few_are_to_come(clock: Clock) -> None:
    idle = IdleWorkers(["one", "two"], clock=clock)
    idle.expect(0)
    idle.give(idle.take())
    assert idle.take() == "one"
    for _ in range(5):
        thread, found = taken(idle, clock)
        clock.at += LONG / 5 - 0.001
        idle.give("one")
        thread.join(PATIENCE)
        assert found == ["one"]
    thread, found = taken(idle, clock)
    clock.at += 0.01
    thread.join(PATIENCE)
    assert found == ["two"]


def test_a_first_page_that_takes_long_does_not_hold_up_the_others(clock: Clock) -> None:
    idle = IdleWorkers(["one", "two"], clock=clock)
    assert idle.take() == "one"
    thread, found = taken(idle, clock)
    clock.at += LONGEST_WAIT
    thread.join(PATIENCE)
    assert found == ["two"]
