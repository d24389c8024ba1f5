import threading
import time
from datetime import UTC, datetime, timedelta

from corpus import locks
from corpus.config import Config, ScheduleSettings
from crawler.crawl import crawl
from crawler.schedule import jobs, next_runs, run
from tests.crawler.crawling import Desk, front, source, story
from tests.crawler.faultweb import serving

NIGHT = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)


def last_night() -> datetime:
    """A nightly due time that has gone by."""
    return datetime.now(UTC).replace(hour=2, minute=30, second=0, microsecond=0) - timedelta(days=1)


def scheduled(desk: Desk, crawl: str, **more: object) -> Config:
    """The desk's config with another schedule."""
    return desk.config.model_copy(update={"schedule": ScheduleSettings.model_validate({"crawl": crawl}), **more})


def run_until(config: Config, done, *, now, after=None) -> None:
    """Run the daemon in a thread until `done()`, then stop it."""
    stop = threading.Event()
    daemon = threading.Thread(target=run, args=(config, stop), kwargs={"now": now, "after": after})
    daemon.start()
    deadline = time.monotonic() + 20
    while not done() and time.monotonic() < deadline:
        time.sleep(0.01)
    stop.set()
    daemon.join(20)
    assert not daemon.is_alive()


def test_next_runs_are_those_of_the_schedule_on_the_wall_clock(tmp_path):
    with serving({}) as site:
        desk = Desk(tmp_path, source(site))
    config = scheduled(desk, "nightly", timezone="Europe/Paris")
    planned = next_runs(config, desk.store, 2, now=NIGHT)
    assert [each.due.isoformat() for each in planned] == ["2026-11-24T01:30:00+00:00", "2026-11-25T01:30:00+00:00"]


def test_a_source_with_its_own_schedule_is_a_job_of_its_own(tmp_path):
    with serving({}) as site:
        desk = Desk(
            tmp_path, source(site), source(site, "hourly", schedule="hourly"), source(site, "no", schedule="never")
        )
    assert [(job.name, job.sources) for job in jobs(desk.config)] == [
        ("crawl", ("gazette",)),
        ("crawl:hourly", ("hourly",)),
    ]
    planned = next_runs(desk.config, desk.store, 3, now=NIGHT - timedelta(minutes=45))
    assert [each.job for each in planned] == ["crawl:hourly", "crawl", "crawl:hourly"]


def test_a_run_that_was_missed_is_shown_first(tmp_path):
    with serving({}) as site:
        desk = Desk(tmp_path, source(site))
    desk.store.journal.set_due("crawl", NIGHT)
    planned = next_runs(desk.config, desk.store, 2, now=NIGHT + timedelta(hours=6))
    assert [(each.due, each.missed) for each in planned] == [(NIGHT, True), (NIGHT + timedelta(days=1), False)]


def test_a_due_time_of_an_earlier_schedule_is_forgotten(tmp_path):
    with serving({}) as site:
        desk = Desk(tmp_path, source(site))
    desk.store.journal.set_due("crawl", NIGHT)
    planned = next_runs(scheduled(desk, "daily 06:00"), desk.store, 1, now=NIGHT + timedelta(hours=1))
    assert (planned[0].due.hour, planned[0].missed) == (6, False)


def test_missed_nights_are_caught_up_once_and_said(tmp_path):
    with serving({"/": front("/news/a-b-c-d", feed=None), "/news/a-b-c-d": story()}) as site:
        desk = Desk(tmp_path, source(site))
        last = last_night() - timedelta(days=2)
        desk.store.journal.set_due("crawl", last)
        ended = []
        run_until(desk.config, lambda: ended, now=desk.now, after=ended.append)
    (receipt,) = desk.store.journal.runs()
    assert (receipt.trigger, receipt.due, receipt.status) == ("schedule", last, "ok")
    assert receipt.note.startswith(f"due {last:%Y-%m-%d} 02:30, ran ")
    assert "machine off" in receipt.note
    assert "runs missed, caught up once" in receipt.note
    assert list(desk.bodies) == ["/news/a-b-c-d"]
    assert desk.store.journal.due_at("crawl") > datetime.now(UTC)


def test_a_run_that_fails_does_not_stop_the_next(tmp_path):
    with serving({"/": front("/news/a-b-c-d", feed=None), "/news/a-b-c-d": story()}) as site:
        desk = Desk(tmp_path, source(site, "bad", schedule="hourly"), source(site, "good", schedule="every 30m"))
        past = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=2)
        desk.store.journal.set_due("crawl:bad", past)
        desk.store.journal.set_due("crawl:good", past)
        ended = []

        def after(receipt):
            ended.append(receipt)
            if len(ended) == 1:
                raise RuntimeError("the index could not be updated")

        run_until(desk.config, lambda: len(ended) == 2, now=desk.now, after=after)
    assert [each.status for each in desk.store.journal.runs()] == ["ok", "ok"]


def test_a_run_waits_while_someone_crawls_by_hand(tmp_path):
    with serving({"/": front(feed=None)}) as site:
        desk = Desk(tmp_path, source(site))
        past = last_night()
        desk.store.journal.set_due("crawl", past)
        looked = []

        def now():
            looked.append(1)
            return datetime.now(UTC)

        with locks.hold(desk.config.crawl_lock, what="a crawl"):
            run_until(desk.config, lambda: len(looked) > 4, now=now)
    assert desk.store.journal.due_at("crawl") == past
    assert desk.store.journal.runs() == []


def test_a_paused_source_is_not_crawled_by_schedule(tmp_path):
    with serving({"/": front(feed=None)}) as site:
        desk = Desk(tmp_path, source(site))
        desk.store.sources.pause("gazette", datetime.now(UTC))
        desk.store.journal.set_due(
            "crawl", datetime.now(UTC).replace(hour=2, minute=30, second=0, microsecond=0) - timedelta(days=1)
        )
        ended = []
        run_until(desk.config, lambda: ended, now=desk.now, after=ended.append)
    assert site.log == []


def test_a_manual_crawl_leaves_the_schedule_alone(tmp_path):
    with serving({"/": front(feed=None)}) as site:
        desk = Desk(tmp_path, source(site))
        desk.store.journal.set_due("crawl", NIGHT)
        crawl(desk.config, desk.store)
    assert desk.store.journal.due_at("crawl") == NIGHT
