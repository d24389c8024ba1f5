"""A turn that waits for another's run of its source is said to wait: once, not at each look."""

import threading
from datetime import UTC, datetime, timedelta

from crawler.schedule import _Daemon
from tests.crawler.crawling import Desk, front, source
from tests.crawler.faultweb import serving

NIGHT = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)


def waiting(caplog) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.getMessage().startswith("run waits")]


def test_a_turn_that_another_run_holds_up_is_said_to_wait_once_and_is_made_when_that_run_ends(tmp_path, caplog):
    caplog.set_level("INFO", "crawler.schedule")
    clock, stop = [NIGHT - timedelta(minutes=1)], threading.Event()
    with serving({"/": front(feed=None)}) as site:
        desk = Desk(tmp_path, source(site))
        desk.store.schedule.plan({"gazette": NIGHT})
        daemon = _Daemon(
            desk.config, desk.store, stop, after=None, on_progress=None, now=lambda: clock[0], workers=None
        )
        daemon.start()
        with desk.store.runs.begin(["gazette"], started=NIGHT - timedelta(hours=1)) as claim:
            daemon.look()
            assert waiting(caplog) == []  # it is not due
            for minute in range(3):
                clock[0] = NIGHT + timedelta(minutes=minute)
                daemon.look()
            [line] = waiting(caplog)
            assert "due=2026-11-23T02:30:00+00:00" in line
            assert "in_another_run=gazette" in line
            assert [run.id for run in desk.store.runs.latest()] == [claim.run.id]
        daemon.look()
        stop.set()
        daemon.end()
    made = desk.store.runs.latest()[0]
    assert (made.trigger, made.due) == ("schedule", NIGHT)
    assert len(waiting(caplog)) == 1
