from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.schedules.cadence import parse

START = datetime(2020, 1, 1, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")  # 2026: forward on 29 March at 02:00, back on 25 October at 03:00


def upcoming(text: str, after: str, count: int, zone: ZoneInfo = PARIS) -> list[str]:
    start = datetime.fromisoformat(after).replace(tzinfo=zone)
    due = islice(parse(text).upcoming(start, zone), count)
    return [f"{each.astimezone(zone):%Y-%m-%d %H:%M%z}" for each in due]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nightly", ["2026-11-24 02:30+0100", "2026-11-25 02:30+0100"]),
        ("hourly", ["2026-11-23 21:00+0100", "2026-11-23 22:00+0100"]),
        ("Daily 06:15", ["2026-11-24 06:15+0100", "2026-11-25 06:15+0100"]),
        ("weekdays 6:00", ["2026-11-24 06:00+0100", "2026-11-25 06:00+0100"]),
        ("weekends 09:00", ["2026-11-28 09:00+0100", "2026-11-29 09:00+0100"]),
        ("monday 20:30", ["2026-11-23 20:30+0100", "2026-11-30 20:30+0100"]),
        ("mon, thu 18:00", ["2026-11-26 18:00+0100", "2026-11-30 18:00+0100"]),
        ("every 30m", ["2026-11-23 20:30+0100", "2026-11-23 21:00+0100"]),
        ("every 6 hours", ["2026-11-24 01:00+0100", "2026-11-24 07:00+0100"]),
        ("30 2 * * 0", ["2026-11-29 02:30+0100", "2026-12-06 02:30+0100"]),
        ("30 2 * * 7", ["2026-11-29 02:30+0100", "2026-12-06 02:30+0100"]),
        ("30 2 * * mon-fri", ["2026-11-24 02:30+0100", "2026-11-25 02:30+0100"]),
        ("*/20 20 * * *", ["2026-11-23 20:20+0100", "2026-11-23 20:40+0100"]),
        ("0 0 1 * 1", ["2026-11-30 00:00+0100", "2026-12-01 00:00+0100"]),
        ("0 12 29 feb *", ["2028-02-29 12:00+0100", "2032-02-29 12:00+0100"]),
        ("@monthly", ["2026-12-01 00:00+0100", "2027-01-01 00:00+0100"]),
        ("never", []),
    ],
)
def test_words_and_cron_say_when_it_is_due(text: str, expected: list[str]):
    assert upcoming(text, "2026-11-23 20:15", 2) == expected


def test_when_clocks_go_back_a_fixed_time_is_due_once():
    assert upcoming("nightly", "2026-10-24 12:00", 2) == ["2026-10-25 02:30+0200", "2026-10-26 02:30+0100"]


def test_when_clocks_skip_a_fixed_time_it_is_due_as_much_later():
    assert upcoming("nightly", "2026-03-28 12:00", 2) == ["2026-03-29 03:30+0200", "2026-03-30 02:30+0200"]


def test_a_skipped_time_and_the_one_it_falls_on_are_one():
    assert upcoming("30 2,3 * * *", "2026-03-29 01:00", 2) == ["2026-03-29 03:30+0200", "2026-03-30 02:30+0200"]


@pytest.mark.parametrize("text", ["hourly", "every 1h", "0 */1 * * *"])
@pytest.mark.parametrize("night", ["2026-10-25 00:30", "2026-03-29 00:30"])
def test_every_hour_follows_elapsed_time_through_both(text: str, night: str):
    start = datetime.fromisoformat(night).replace(tzinfo=PARIS)
    due = list(islice(parse(text).upcoming(start, PARIS), 5))
    assert {later - earlier for earlier, later in pairwise(due)} == {timedelta(hours=1)}


def test_a_day_without_midnight_is_not_skipped():
    zone = ZoneInfo("America/Sao_Paulo")  # 4 November 2018 began at 01:00
    assert upcoming("0 0 * * *", "2018-11-03 12:00", 2, zone) == ["2018-11-04 01:00-0200", "2018-11-05 00:00-0200"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "expected"),
        ("sometimes", 'expected "nightly"'),
        ("daily 25:00", 'hour "25": expected 0 to 23'),
        ("someday 10:00", '"someday" is no day'),
        ("every 0m", "1 minute or more"),
        ("60 * * * *", 'minute "60": expected 0 to 59'),
        ("* * * * 8", 'weekday "8": expected 0 to 7'),
        ("5-1 * * * *", 'minute "5-1"'),
        ("*/0 * * * *", 'minute "*/0"'),
        ("* * * *", 'expected "nightly"'),
        ("* * 30 2 *", "never comes"),
        ("٣ * * * *", "minute"),
    ],
)
def test_what_is_no_schedule_is_told(text: str, told: str):
    with pytest.raises(ValueError, match=told.replace("*", r"\*")):
        parse(text)


@given(
    st.sampled_from(["nightly", "hourly", "every 45m", "weekdays 02:00", "15 1-3 * * *", "*/7 * * * 1"]),
    st.integers(0, 10 * 365 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes)),
    st.sampled_from(["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]),
)
def test_the_next_time_is_later_and_nothing_due_lies_between(text: str, after: datetime, zone: str):
    cadence = parse(text)
    due = cadence.next(after, ZoneInfo(zone))
    assert due is not None
    assert due > after
    assert cadence.next(due - timedelta(seconds=1), ZoneInfo(zone)) == due
    assert cadence.next(after + (due - after) / 2, ZoneInfo(zone)) == due
