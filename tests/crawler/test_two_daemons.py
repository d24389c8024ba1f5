"""Two daemons over one store: one that was stopped amid a look undoes nothing that the other did meanwhile."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from crawler.schedule import _Daemon
from tests.crawler.crawling import Desk, front, source, workers_of
from tests.crawler.faultweb import serving

NIGHT = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
BEFORE, AFTER = NIGHT - timedelta(seconds=1), NIGHT + timedelta(seconds=1)


def look(desk: Desk, *, now: Callable[[], datetime]) -> None:
    """Let a daemon look once, and wait for the run that it begins."""
    stop = threading.Event()
    daemon = _Daemon(desk.config, desk.store, stop, after=None, on_progress=None, now=now, workers=workers_of())
    daemon.start()
    daemon.look()
    daemon.end()


@pytest.mark.parametrize("is_planned", [True, False])
@pytest.mark.parametrize("stopped_at", [2, 3])  # both moments of a look at which the clock is read; 1: the start
def test_a_night_that_another_daemon_made_while_this_one_was_stopped_is_made_once(tmp_path, stopped_at, is_planned):
    with serving({"/": front(feed=None)}) as site:
        desk = Desk(tmp_path, source(site))
        if is_planned:
            desk.store.schedule.plan({"gazette": NIGHT})
        reads: list[int] = []

        def now() -> datetime:
            reads.append(len(reads))
            if len(reads) == stopped_at:  # the clock is read, and the daemon stopped: it goes on after the night
                look(desk, now=lambda: BEFORE)
                look(desk, now=lambda: AFTER)
            return BEFORE if len(reads) <= stopped_at else AFTER

        look(desk, now=now)
        look(desk, now=lambda: AFTER + timedelta(minutes=1))
    assert len(reads) >= 3
    assert [run.due for run in desk.store.runs.latest(9)] == [NIGHT]
    assert desk.store.schedule.due() == {"gazette": NIGHT + timedelta(days=1)}
