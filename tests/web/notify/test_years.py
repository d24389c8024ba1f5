"""Years of nights with clock changes, outages, two daemons and crashes: each night is made once or counted."""

import random
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from corpus.config import Config
from corpus.store import ArticleStore
from crawler.schedule import run
from tests.crawler.crawling import Desk, source
from tests.crawler.faultweb import serving
from tests.crawler.test_schedule import quiet, scheduled
from web.layout.alarms import alarms

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
CRASH = """
import sys
from datetime import datetime
from pathlib import Path
from corpus.store import ArticleStore
at = datetime.fromisoformat(sys.argv[2])
with ArticleStore.open(Path(sys.argv[1])) as store:
    with store.runs.begin(["gazette"], started=at, trigger="schedule", due_by=at):
        print("held", flush=True)
        sys.stdin.read()
"""


class Clock:
    """A clock that daemons sleep by: it moves when all of them sleep and no crawl is under way."""

    def __init__(self, at: datetime) -> None:
        self.at, self._changed, self._awake = at, threading.Condition(), 0
        self._asleep = Counter[datetime]()  # the moment that they looked at -> daemons that sleep since

    def now(self) -> datetime:
        return self.at

    @contextmanager
    def daemon(self, config: Config) -> Iterator[None]:
        """A daemon that lives while the block runs."""
        stop, self._awake = threading.Event(), self._awake + 1

        def sleep(_: float) -> None:
            with self._changed:
                seen = self.at
                self._asleep[seen] += 1
                self._changed.notify_all()
                self._changed.wait_for(lambda: self.at != seen or stop.is_set(), 60)
                self._asleep[seen] -= 1

        thread = threading.Thread(target=run, args=(config, stop), kwargs={"now": self.now, "sleep": sleep})
        thread.start()
        try:
            yield
        finally:
            stop.set()
            with self._changed:
                self._changed.notify_all()
            thread.join(60)
            self._awake -= 1
        assert not thread.is_alive()

    def move(self, to: datetime) -> None:
        """Let the daemons look at a moment, and wait for what they begin then."""
        self._rest()
        with self._changed:
            self.at = to
            self._changed.notify_all()
        self._rest()

    def _rest(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with self._changed:
                quiet_now = self._asleep[self.at] == self._awake
            if quiet_now and not any(thread.name == "crawl" for thread in threading.enumerate()):
                return
            time.sleep(0.001)
        raise AssertionError("a daemon neither sleeps nor ends")


def killed(store: Path, at: datetime) -> None:
    """A daemon that began the crawl of the night and was killed with SIGKILL."""
    process = subprocess.Popen(
        [sys.executable, "-c", CRASH, str(store), at.isoformat()], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    process.kill()
    process.communicate()


def keys(config: Config, store: ArticleStore, at: datetime) -> set[str]:
    return {alarm.key for alarm in alarms(config, store, at, behind=0)}


def drawn(nights: int, seed: int) -> list[str]:
    """A kind for each night: of ten a crash in one, and now and then an outage of up to six."""
    draw, kinds = random.Random(seed), list[str]()
    while len(kinds) < nights:
        kind = draw.choices(("usual", "crash", "outage"), (85, 10, 5))[0]
        kinds += [kind] * (draw.randint(1, 6) if kind == "outage" else 1)
    return kinds[:nights]


def live(folder: Path, first: date, kinds: list[str]) -> tuple[Config, ArticleStore, list[tuple[str, set[str]]]]:
    """Live through nights of these kinds; return the keys of what was wrong at looks during and after each of them."""
    seen = []
    with serving({"/": quiet}) as site:
        desk = Desk(folder, source(site), listings_every=0)
        config = scheduled(desk, "nightly", timezone="Europe/Paris")
        cadence, zone = config.schedule.crawl, config.zone
        clock = Clock(datetime(first.year, first.month, first.day, 12, tzinfo=UTC))
        desk.store.schedule.beat(clock.at)
        desk.store.schedule.plan({"gazette": cadence.next(clock.at, zone)})
        for kind in kinds:
            due = cadence.next(clock.at, zone)
            assert due is not None
            if kind == "outage":
                clock.at = due + 20 * MINUTE  # nobody is there but cron, which calls `pressmark notify`
                seen.append((kind, keys(config, desk.store, clock.at)))
                continue
            if kind == "crash":
                killed(desk.store.path, due)
                seen.append((kind, keys(config, desk.store, due + MINUTE)))
            with clock.daemon(config), clock.daemon(config):
                clock.move(due - MINUTE)
                clock.move(due + (6 * MINUTE if kind == "crash" else timedelta()))
                clock.move(clock.at + MINUTE)
            seen.append(("usual", keys(config, desk.store, clock.at + 20 * MINUTE)))
        with clock.daemon(config):  # what is missing at the end is caught up
            clock.move(clock.at + 2 * MINUTE)
    return config, desk.store, seen


def check(folder: Path, first: date, kinds: list[str]) -> None:
    """Live through the nights, and see that each was made once or counted, and each absence was an alarm."""
    config, store, seen = live(folder, first, kinds)
    made = [each for each in reversed(store.runs.latest(100_000)) if each.trigger == "schedule"]
    died = [each for each in made if each.status == "died"]
    days: list[date] = []
    for each in made:
        if each not in died:
            assert each.status == "ok", each
            missed = re.search(r"(\d+) runs missed", each.note or "")
            first_day = each.due.astimezone(config.zone).date()
            days += [first_day + DAY * number for number in range(int(missed[1]) if missed else 1)]
    assert days == [days[0] + DAY * number for number in range(len(kinds))]
    assert len(died) == kinds.count("crash")
    assert {f"run:{each.id}" for each in died} <= set().union(*(wrong for _, wrong in seen))
    for kind, wrong in seen:
        absent = any(key.startswith("crawls:") for key in wrong)
        assert absent if kind == "outage" else not absent or kind == "crash"  # said in the night itself, and over then


@pytest.mark.parametrize("first", [date(2026, 10, 23), date(2027, 3, 26)])  # two nights before a clock change
def test_nights_over_a_clock_change_are_made_once_or_counted(tmp_path, first):
    check(tmp_path, first, ["outage", "outage", "crash", "usual"])


@pytest.mark.soak
def test_the_nights_of_two_years_are_made_once_or_counted(tmp_path):
    kinds = drawn(731, seed=1)
    assert min(kinds.count(kind) for kind in ("crash", "outage")) > 50
    check(tmp_path, date(2026, 1, 1), kinds)
