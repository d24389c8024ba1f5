"""A daemon whose clock is set back looks again within a minute, not when the time of before has come again."""

import threading
from datetime import UTC, datetime, timedelta
from queue import SimpleQueue

import pytest

from corpus.errors import PressmarkError
from corpus.runs.absence import is_alive
from corpus.runs.clock import took
from corpus.texts.sizes import Size
from crawler.schedule import LOOK_EVERY, _Daemon
from tests.crawler.crawling import Desk, front, source, story
from tests.crawler.faultweb import Asked, Reply, serving
from web.notify.run_lines import receipt

RIGHT = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
AHEAD = RIGHT + timedelta(hours=2)


class Clock:
    """A clock that is ahead until somebody sets it back."""

    def __init__(self) -> None:
        self.at, self.looks, self.is_planned = AHEAD, SimpleQueue[datetime](), threading.Event()

    def now(self) -> datetime:
        return self.at


class Fast(_Daemon):
    """A daemon whose alarms are as much ahead as its clock; it says what it looked at when."""

    clock: Clock

    def wake_at(self, moment: datetime) -> None:
        is_first = self.clock.looks.empty()
        super().wake_at(moment if is_first else moment + (self.clock.at - RIGHT))
        if not is_first:
            self.clock.is_planned.set()

    def look(self) -> None:
        super().look()
        self.clock.looks.put(self.clock.at)


class Minutes(threading.Event):
    """An end that does not come; the clock is set back in the first minute of waiting, which passes at once."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock, self.waits = clock, list[float | None]()

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout)
        if len(self.waits) > 1:
            return super().wait(timeout)
        self.clock.is_planned.wait(60)
        self.clock.at = RIGHT
        return False


def test_a_daemon_looks_again_within_a_minute_after_its_clock_was_set_back(tmp_path):
    desk, clock = Desk(tmp_path), Clock()
    stop = Minutes(clock)
    daemon = Fast(desk.config, desk.store, stop, after=None, on_progress=None, now=clock.now, workers=None)
    daemon.clock = clock
    daemon.start()
    living = threading.Thread(target=daemon.live)
    living.start()
    try:
        clock.is_planned.wait(60)
        assert clock.looks.get(timeout=60) == AHEAD
        assert clock.looks.get(timeout=20) == RIGHT  # only a test that fails waits so long
    finally:
        stop.set()
        living.join(60)
        daemon.end()
    assert stop.waits[0] == LOOK_EVERY.total_seconds()
    assert desk.store.schedule.alive() == RIGHT


def test_a_scheduler_that_was_alive_at_a_moment_to_come_is_not_called_alive():
    assert is_alive(RIGHT, RIGHT - timedelta(minutes=1))  # two machines' clocks differ as much
    assert not is_alive(AHEAD, RIGHT)
    assert not is_alive(RIGHT, AHEAD)


def test_nothing_is_crawled_and_planned_by_a_clock_that_begins_in_1970(tmp_path):
    clock = Clock()
    with serving({"/": front(feed=None)}) as site:
        desk = Desk(tmp_path, source(site))
        daemon = _Daemon(
            desk.config, desk.store, threading.Event(), after=None, on_progress=None, now=clock.now, workers=None
        )
        for clock.at in (RIGHT, datetime(1970, 1, 1, 0, 2, tzinfo=UTC)):
            daemon.look()
        desk.later = clock.at - datetime.now(UTC)
        with pytest.raises(PressmarkError, match="shows 1970-01-01 00:02 UTC, which is long past: nothing is crawled"):
            desk.crawl()
    assert site.paths == []
    assert desk.store.schedule.alive() == RIGHT
    assert all(due > RIGHT for due in desk.store.schedule.due().values())
    assert desk.store.runs.latest() == []


def test_the_first_crawl_after_a_clock_was_set_back_says_so(tmp_path):
    with serving({"/": front(feed=None)}) as site:
        desk = Desk(tmp_path, source(site))
        notes = []
        for days in (1, 0, 0):
            desk.later = timedelta(days=days)
            notes.append(desk.crawl().note or "")
    assert ["the clock shows an earlier time than when crawl 1 began" in note for note in notes] == [False, True, False]


def test_a_crawl_amid_which_the_clock_is_set_back_is_partial_and_says_what_is_due_later(tmp_path):
    pages = {f"/news/story-of-day-{n:05}": story(f"Story {n}") for n in range(4)}
    with serving({"/": front(*pages, feed=None), **pages}) as site:
        desk = Desk(tmp_path, source(site))

        def feed(_: Asked) -> Reply:
            desk.wait(hours=-1)
            return Reply("no", 404)

        site.routes["/feed.xml"] = feed  # after the front page, which names the stories, and before these
        run = desk.crawl()
        assert (run.status, took(run)) == ("partial", None)
        assert "UTC meanwhile: what was found before that is due only when the clock shows that time again" in run.note
        assert receipt(run)[0] == f"crawl partial: {Size(run.bytes)}"
        desk.wait(hours=2)
        assert desk.crawl().status == "ok"
    assert set(desk.bodies) == set(pages)
