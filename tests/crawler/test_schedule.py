import re
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from apscheduler.events import EVENT_JOB_MAX_INSTANCES, EVENT_JOB_SUBMITTED

from corpus import locks
from corpus.config import Config, ScheduleSettings
from corpus.errors import StoreLocked
from corpus.runs.planning import jobs, next_runs
from crawler.crawl import crawl
from crawler.schedule import _Daemon, run
from tests.crawler.crawling import Desk, front, source, story, workers_of
from tests.crawler.faultweb import Reply, serving

NIGHT = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)


class Days:
    """A clock that stands still until someone sleeps; sleeping waits for the runs under way, but for `hanging`."""

    def __init__(self, desk: Desk, start: datetime, *, hanging: str = "") -> None:
        self.at, self._desk, self._hanging, self._lock = start, desk, {hanging}, threading.Lock()

    def now(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        deadline = time.monotonic() + 120
        while self._is_crawling() and time.monotonic() < deadline:
            time.sleep(0.001)
        with self._lock:
            self.at += timedelta(seconds=seconds)

    def _is_crawling(self) -> bool:
        """Whether a run of the daemon is under way, but for one that has nothing left but the hanging source."""
        jobs = {thread.name for thread in threading.enumerate() if thread.name.startswith("crawl")}
        return jobs - {"crawl"} != set() or ("crawl" in jobs and self._desk.store.runs.held() != self._hanging)

    def live(self, config: Config, until: datetime, **more: object) -> None:
        """Run the daemon until a moment of this clock."""
        stop = threading.Event()

        def sleep(seconds: float) -> None:
            self.sleep(seconds)
            if self.at >= until:
                self.sleep(0)
                stop.set()

        run(config, stop, now=self.now, sleep=sleep, **{"workers": workers_of(), **more})  # type: ignore[arg-type]


def quiet(asked):
    """A front page that has not changed since it was first read."""
    return Reply("", 304) if "if-none-match" in asked.headers else Reply(front(feed=None), headers={"ETag": '"1"'})


def last_night() -> datetime:
    """A nightly due time that has gone by."""
    return datetime.now(UTC).replace(hour=2, minute=30, second=0, microsecond=0) - timedelta(days=1)


def scheduled(desk: Desk, crawl: str, **more: object) -> Config:
    """The desk's config with another schedule."""
    return desk.config.model_copy(update={"schedule": ScheduleSettings.model_validate({"crawl": crawl}), **more})


def run_until(config: Config, done, *, now, after=None) -> None:
    """Run the daemon in a thread until `done()`, then stop it."""
    stop = threading.Event()
    daemon = threading.Thread(
        target=run, args=(config, stop), kwargs={"now": now, "after": after, "workers": workers_of()}
    )
    daemon.start()
    deadline = time.monotonic() + 60
    while not done() and time.monotonic() < deadline:
        time.sleep(0.01)
    stop.set()
    daemon.join(60)
    assert not daemon.is_alive()


def test_next_runs_are_those_of_the_schedule_on_the_wall_clock(tmp_path):
    with serving({}) as site:
        desk = Desk(tmp_path, source(site))
    config = scheduled(desk, "nightly", timezone="Europe/Paris")
    planned = next_runs(config, desk.store.schedule.due(), 2, now=NIGHT)
    assert [each.due.isoformat() for each in planned] == ["2026-11-24T01:30:00+00:00", "2026-11-25T01:30:00+00:00"]


def test_sources_of_one_schedule_are_one_job(tmp_path):
    with serving({}) as site:
        desk = Desk(
            tmp_path,
            source(site),
            source(site, "hourly", schedule="hourly"),
            source(site, "too", schedule="hourly"),
            source(site, "no", schedule="never"),
        )
    assert [(job.name, job.sources) for job in jobs(desk.config)] == [
        ("crawl", ("gazette",)),
        ("crawl:hourly", ("hourly", "too")),
    ]
    planned = next_runs(desk.config, desk.store.schedule.due(), 3, now=NIGHT - timedelta(minutes=45))
    assert [each.job for each in planned] == ["crawl:hourly", "crawl", "crawl:hourly"]


def test_a_run_that_was_missed_is_shown_first(tmp_path):
    with serving({}) as site:
        desk = Desk(tmp_path, source(site))
    desk.store.schedule.plan({"gazette": NIGHT})
    planned = next_runs(desk.config, desk.store.schedule.due(), 2, now=NIGHT + timedelta(hours=6))
    assert [(each.due, each.missed) for each in planned] == [(NIGHT, True), (NIGHT + timedelta(days=1), False)]


def test_a_due_time_of_an_earlier_schedule_is_forgotten(tmp_path):
    with serving({}) as site:
        desk = Desk(tmp_path, source(site))
    desk.store.schedule.plan({"gazette": NIGHT})
    planned = next_runs(scheduled(desk, "daily 06:00"), desk.store.schedule.due(), 1, now=NIGHT + timedelta(hours=1))
    assert (planned[0].due.hour, planned[0].missed) == (6, False)


def test_a_due_time_of_a_clock_that_was_ahead_is_forgotten(tmp_path):
    with serving({}) as site:
        desk = Desk(tmp_path, source(site))
    desk.store.schedule.plan({"gazette": NIGHT + timedelta(days=30)})
    assert next_runs(desk.config, desk.store.schedule.due(), 1, now=NIGHT - timedelta(hours=1))[0].due == NIGHT


def test_missed_nights_are_caught_up_once_and_said(tmp_path):
    with serving({"/": front("/news/a-b-c-d", feed=None), "/news/a-b-c-d": story()}) as site:
        desk = Desk(tmp_path, source(site))
        last = last_night() - timedelta(days=2)
        desk.store.schedule.plan({"gazette": last})
        ended = []
        run_until(desk.config, lambda: ended, now=desk.now, after=ended.append)
    (receipt,) = desk.store.runs.latest()
    assert (receipt.trigger, receipt.due, receipt.status) == ("schedule", last, "ok")
    assert receipt.note.startswith(f"due {last:%Y-%m-%d} 02:30, ran ")
    assert "machine off" in receipt.note
    assert "runs missed, caught up once" in receipt.note
    assert list(desk.bodies) == ["/news/a-b-c-d"]
    assert desk.store.schedule.due()["gazette"] > datetime.now(UTC)


def test_a_run_that_fails_does_not_stop_the_next(tmp_path):
    with serving({"/": front("/news/a-b-c-d", feed=None), "/news/a-b-c-d": story()}) as site:
        desk = Desk(tmp_path, source(site, "bad", schedule="hourly"), source(site, "good", schedule="every 30m"))
        past = NIGHT.replace(minute=0) - timedelta(hours=2)
        desk.store.schedule.plan({"bad": past, "good": past})
        ended = []

        def after(receipt):
            ended.append(receipt)
            if len(ended) == 1:
                raise RuntimeError("the index could not be updated")

        run_until(desk.config, lambda: len(ended) == 2, now=lambda: NIGHT, after=after)
    assert [each.status for each in desk.store.runs.latest()] == ["ok", "ok"]


def test_a_run_waits_while_someone_works_on_the_whole_store(tmp_path):
    with serving({"/": quiet}) as site:
        desk = Desk(tmp_path, source(site))
        desk.store.schedule.plan({"gazette": NIGHT})
        days = Days(desk, NIGHT)
        with locks.hold(desk.config.crawl_lock, what="a re-reading"):
            days.live(desk.config, NIGHT + timedelta(minutes=10))
        assert desk.store.schedule.due()["gazette"] == NIGHT
        assert desk.store.runs.latest() == []
        days.live(desk.config, NIGHT + timedelta(minutes=20))
    (receipt,) = desk.store.runs.latest()
    assert receipt.note == "due 02:30, ran 02:40: machine off"


def test_a_paused_source_is_not_crawled_by_schedule_and_leaves_no_receipt(tmp_path):
    with serving({"/": front(feed=None)}) as site:
        desk = Desk(tmp_path, source(site))
        desk.store.sources.pause("gazette", NIGHT)
        desk.store.schedule.plan({"gazette": NIGHT})
        Days(desk, NIGHT).live(desk.config, NIGHT + timedelta(hours=1))
    assert site.log == []
    assert desk.store.runs.latest() == []
    assert desk.store.schedule.due() == {"gazette": NIGHT + timedelta(days=1)}


def test_the_daemon_says_each_minute_that_it_lives_and_a_crawl_by_hand_does_not(tmp_path):
    with serving({"/": front(feed=None)}) as site:
        desk = Desk(tmp_path, source(site, schedule="never"))
        desk.crawl()
        assert desk.store.schedule.alive() is None
        days = Days(desk, NIGHT)
        days.live(desk.config, NIGHT + timedelta(minutes=5))
    alive = desk.store.schedule.alive()
    assert alive is not None
    assert timedelta() <= days.at - alive <= timedelta(minutes=1)


def test_a_manual_crawl_leaves_the_schedule_alone(tmp_path):
    with serving({"/": front(feed=None)}) as site:
        desk = Desk(tmp_path, source(site))
        desk.store.schedule.plan({"gazette": NIGHT})
        desk.crawl()
    assert desk.store.schedule.due()["gazette"] == NIGHT


def test_in_24_hours_an_hourly_source_is_crawled_24_times_whatever_nightly_sources_do(tmp_path):
    release = threading.Event()

    def hang(_):
        release.wait(600)
        return front(feed=None)

    start = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
    with (
        serving({"/": quiet}) as hourly,
        serving({"/": quiet}, "127.88.0.2") as nightly,
        serving({"/": hang, "/robots.txt": hang}, "127.88.0.3") as hanging,
    ):
        desk = Desk(
            tmp_path,
            source(hourly, "hourly", schedule="hourly"),
            source(nightly, "nightly"),
            source(hanging, "hanging"),
            timeout="600 s",
            deadline="600 s",
            listings_every=0,
        )
        days = Days(desk, start, hanging="hanging")
        ended = []

        def after(receipt):
            ended.append(receipt)

        try:
            threading.Thread(target=_let_go, args=(days, start + timedelta(days=1), release)).start()
            days.live(desk.config, start + timedelta(days=1), after=after)
        finally:
            release.set()
    runs = [each for run in desk.store.runs.latest(99) for each in desk.store.runs.receipts(run.id)]
    of_hour = sorted(each.due.hour for each in runs if each.source == "hourly")
    assert of_hour == list(range(24))  # 01:00 to 00:00 of the next day, each once
    assert all(each.started - each.due <= timedelta(minutes=1) for each in runs)
    assert [each.source for each in runs if each.source != "hourly"] == ["hanging", "nightly"]
    assert [path for path in nightly.paths if path == "/"] == ["/"]


def _let_go(days: Days, until: datetime, release: threading.Event) -> None:
    """Let the hanging site answer when the days are over."""
    deadline = time.monotonic() + 500
    while days.at < until and time.monotonic() < deadline:
        time.sleep(0.01)
    release.set()


def test_two_daemons_and_a_crawl_by_hand_crawl_each_night_once_or_say_so(tmp_path):
    with serving({"/": quiet}) as site:
        desk = Desk(tmp_path, source(site), listings_every=0)
        days = Days(desk, NIGHT - timedelta(hours=1))
        until = NIGHT + timedelta(days=6)  # what the last nights miss, no run after them counts

        def live():
            days.live(desk.config, until)

        def by_hand():
            while days.at < until:
                with suppress(StoreLocked):
                    crawl(desk.config, desk.store, sources=["gazette"], now=days.now, limit=1, workers=workers_of())
                free = days.at + timedelta(minutes=3)  # no crawl by hand stops this clock: else none might look between
                while days.at < min(free, until):
                    time.sleep(0.001)

        crawl(desk.config, desk.store, now=days.now, workers=workers_of())  # while a worker starts days would pass
        others = [threading.Thread(target=live), threading.Thread(target=by_hand)]
        for thread in others:
            thread.start()
        live()
        for thread in others:
            thread.join(60)
    made = [run for run in reversed(desk.store.runs.latest(10_000)) if run.trigger == "schedule"]
    nights = [(run.due - NIGHT) // timedelta(days=1) for run in made]
    missed = [int(found[1]) - 1 if (found := re.search(r"(\d+) runs missed", run.note or "")) else 0 for run in made]
    told = [night for first, more in zip(nights, missed, strict=True) for night in range(first, first + more + 1)]
    assert told == list(range(len(told)))  # each night once, or counted by the run that caught it up
    assert len(told) >= 3
    spans = sorted(
        (each.started, each.ended)
        for run in desk.store.runs.latest(10_000)
        for each in desk.store.runs.receipts(run.id)
    )
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_a_turn_that_passed_while_its_source_was_crawled_is_caught_up_at_once(tmp_path):
    with serving({"/": quiet}) as site:
        desk = Desk(tmp_path, source(site, schedule="hourly"), listings_every=0)
        days = Days(desk, NIGHT)

        def long(asked):
            days.at += timedelta(minutes=150 if len(site.log) < 3 else 0)
            return quiet(asked)

        site.routes["/"] = long
        days.live(desk.config, NIGHT + timedelta(hours=5))
    runs = [(run.due, run.note) for run in reversed(desk.store.runs.latest(20))]
    assert [due.hour for due, _ in runs[:3]] == [3, 4, 6]
    assert runs[1][1] == "due 04:00, ran 05:31: machine asleep, or another run took long; 2 runs missed, caught up once"


@pytest.mark.parametrize("is_made", [False, True])
def test_a_turn_that_passed_between_the_look_and_the_begin_of_a_run_is_caught_up_once(tmp_path, is_made):
    with serving({"/": quiet}) as site:
        desk = Desk(tmp_path, source(site), listings_every=0)
        desk.store.schedule.plan({"gazette": NIGHT})
        days, slept = Days(desk, NIGHT), []

        def now() -> datetime:
            if threading.current_thread().name == "crawl" and not slept:  # the machine sleeps before the run begins
                slept.append(days.at)
                days.at += timedelta(days=1, hours=1)
                desk.store.schedule.plan({"gazette": NIGHT + timedelta(days=is_made)})  # made: by another daemon
            return days.at

        days.now = now  # type: ignore[method-assign]
        days.live(desk.config, NIGHT + timedelta(days=1, hours=2))
    runs = reversed(desk.store.runs.latest(20))
    assert [run.due for run in runs] == [NIGHT, NIGHT + timedelta(days=1)][is_made:]


def test_a_daemon_that_is_stopped_while_it_looks_ends(tmp_path):
    with serving({"/": quiet}) as site:
        desk = Desk(tmp_path, source(site))
        desk.store.schedule.plan({"gazette": NIGHT})
        stop, never = threading.Event(), threading.Event()
        calls: list[int] = []

        def now() -> datetime:
            if threading.current_thread() is not daemon:
                calls.append(threading.get_ident())
                if calls.count(calls[0]) == 2:  # the look is done, and sets the next alarm: the end begins meanwhile
                    stop.set()
                    never.wait(0.3)
            return NIGHT - timedelta(minutes=1)

        daemon = threading.Thread(target=run, args=(desk.config, stop), kwargs={"now": now}, daemon=True)
        daemon.start()
        daemon.join(30)
        assert not daemon.is_alive()


def test_a_look_is_made_whose_moment_passed_while_the_one_before_it_ended(tmp_path):
    desk, stop, passed, enough = Desk(tmp_path), threading.Event(), threading.Event(), threading.Event()
    planned = []

    class Sleepy(_Daemon):
        """A daemon on a machine that sleeps whenever a look plans the next one, until that is due."""

        def wake_at(self, moment: datetime) -> None:
            planned.append(moment)
            passed.clear()
            super().wake_at(datetime.now(UTC))
            passed.wait(60)
            if len(planned) == 4:
                enough.set()

    daemon = Sleepy(desk.config, desk.store, stop, after=None, on_progress=None, now=lambda: NIGHT, workers=None)
    daemon._scheduler.add_listener(lambda _: passed.set(), EVENT_JOB_SUBMITTED | EVENT_JOB_MAX_INSTANCES)
    daemon.start()
    daemon.wake_at(NIGHT)
    goes_on = enough.wait(60)  # only a test that fails waits so long
    stop.set()
    daemon.end()
    assert goes_on


def test_a_fault_of_ours_costs_one_look_and_stands_in_the_log_without_a_traceback(tmp_path, caplog):
    config, stop = Desk(tmp_path).config, threading.Event()
    calls: list[int] = []

    def now() -> datetime:
        if threading.current_thread() is not daemon:
            calls.append(1)
            if len(calls) == 1:
                raise ZeroDivisionError("x")
            stop.set()
        return NIGHT

    daemon = threading.Thread(target=run, args=(config, stop), kwargs={"now": now}, daemon=True)
    daemon.start()
    daemon.join(30)
    assert not daemon.is_alive()
    [fault] = [record for record in caplog.records if record.levelname == "ERROR"]
    assert fault.getMessage().startswith("schedule not read; next look in a minute")
    assert not fault.exc_info
