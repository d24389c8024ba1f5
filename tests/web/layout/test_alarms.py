"""An absent scheduler is an alarm, whatever moments to come were stored while the clock was ahead."""

from datetime import UTC, datetime, timedelta

from corpus.config import ScheduleSettings
from tests.crawler.crawling import Desk, source
from tests.crawler.faultweb import serving
from web.layout.alarms import absent_scheduler

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
AHEAD = NOW + timedelta(days=400)


def test_a_crawl_or_a_scheduler_of_a_clock_that_was_ahead_hides_no_absence(tmp_path):
    with serving({}) as site:
        desk = Desk(tmp_path, source(site))
    hourly = ScheduleSettings.model_validate({"crawl": "hourly"})
    outline = desk.config.model_copy(update={"schedule": hourly, "timezone": "UTC"}).outline

    def begun(at: datetime) -> None:
        with desk.store.runs.begin(["gazette"], started=at) as claim:
            desk.store.runs.finish_sources(claim.run.id, [], {})

    desk.store.schedule.beat(AHEAD)
    begun(AHEAD)
    assert absent_scheduler(outline, desk.store, NOW) == "no scheduler since the clock of this machine was set back"
    desk.store.schedule.beat(NOW - timedelta(hours=3))
    said = "no scheduler since 23 Nov 2026 09:00, and the crawl of 23 Nov 2026 10:00 was not made"
    assert absent_scheduler(outline, desk.store, NOW) == said
    desk.store.schedule.beat(AHEAD)
    begun(NOW - timedelta(hours=3))
    assert absent_scheduler(outline, desk.store, NOW) == said
    begun(NOW - timedelta(minutes=10))
    assert absent_scheduler(outline, desk.store, NOW) is None
