from datetime import UTC, datetime, timedelta

from corpus.runs.absence import GRACE, overdue, unmade
from corpus.schedules.cadence import Cadence
from tests.corpus.samples import NOW

MOMENT = timedelta(microseconds=1)


def test_a_source_is_late_when_its_grace_is_over_and_no_moment_before():
    due = {"a": NOW - GRACE, "b": NOW - GRACE - MOMENT, "c": NOW + GRACE}
    assert overdue(due, followed="abc", at_rest=(), now=NOW) == {"b": due["b"]}


def test_what_is_crawled_now_or_paused_or_followed_no_more_is_not_late():
    due = dict.fromkeys("abc", NOW - timedelta(days=3))
    assert overdue(due, followed="ab", at_rest={"a"}, now=NOW) == {"b": due["b"]}


def test_the_source_that_waits_longest_stands_first():
    due = {"a": NOW - timedelta(days=1), "b": NOW - timedelta(days=2)}
    assert list(overdue(due, followed="ab", at_rest=(), now=NOW)) == ["b", "a"]


HOURLY, NEVER = Cadence("every 1h", every=timedelta(hours=1)), Cadence("never")
TEN = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)


def missing(alive: datetime | None, now: datetime, *cadences: Cadence, last_run: datetime | None = None):
    return unmade(cadences or (HOURLY,), alive=alive, last_run=last_run, now=now, zone=UTC)


def test_a_crawl_is_missing_when_its_grace_is_over_and_no_moment_before():
    alive = TEN - timedelta(minutes=20)
    assert missing(alive, TEN + GRACE) is None
    assert missing(alive, TEN + GRACE + MOMENT) == TEN


def test_nothing_is_missing_where_no_scheduler_ever_was_or_nothing_is_scheduled():
    assert missing(None, TEN + timedelta(days=9)) is None
    assert missing(TEN, TEN + timedelta(days=9), NEVER) is None


def test_a_scheduler_that_lives_is_never_missed():
    assert missing(TEN + timedelta(days=9), TEN + timedelta(days=9, minutes=1)) is None


def test_a_crawl_that_another_program_started_is_not_missing():
    alive, now = TEN - timedelta(days=9), TEN + timedelta(minutes=20)
    assert missing(alive, now) is not None
    assert missing(alive, now, last_run=TEN + timedelta(minutes=1)) is None
