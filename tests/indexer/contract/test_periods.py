"""A date as typed -> the local minutes it covers."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.contract.periods import EPOCH, local_minutes, minutes, period

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)  # 1 April, 00:30, in Paris


def covers(text, *, now=NOW, zone=PARIS):
    found = period(text, now=now, zone=zone)
    return found and tuple(f"{EPOCH + timedelta(minutes=end):%Y-%m-%d %H:%M}" for end in (found.start, found.end))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024", "2024-01-01 00:00", "2025-01-01 00:00"),
        ("2024-02", "2024-02-01 00:00", "2024-03-01 00:00"),
        ("2024-12", "2024-12-01 00:00", "2025-01-01 00:00"),
        ("2024-2-29", "2024-02-29 00:00", "2024-03-01 00:00"),
        ("2024/03/09", "2024-03-09 00:00", "2024-03-10 00:00"),
        ("31/3/2024", "2024-03-31 00:00", "2024-04-01 00:00"),
        ("3/31/2024", "2024-03-31 00:00", "2024-04-01 00:00"),
        ("03/03/2024", "2024-03-03 00:00", "2024-03-04 00:00"),
        ("2024-03-09T14", "2024-03-09 14:00", "2024-03-09 15:00"),
        ("2024-Q4", "2024-10-01 00:00", "2025-01-01 00:00"),
        ("2024-q1", "2024-01-01 00:00", "2024-04-01 00:00"),
        ("2025-W01", "2024-12-30 00:00", "2025-01-06 00:00"),
        ("1980s", "1980-01-01 00:00", "1990-01-01 00:00"),
        ("today", "2026-04-01 00:00", "2026-04-02 00:00"),
        ("Yesterday", "2026-03-31 00:00", "2026-04-01 00:00"),
        ("-7d", "2026-03-25 00:00", "2026-03-26 00:00"),
        ("−2w", "2026-03-18 00:00", "2026-03-19 00:00"),
        ("-1m", "2026-03-01 00:00", "2026-03-02 00:00"),
        ("-1y", "2025-04-01 00:00", "2025-04-02 00:00"),
        ("-24h", "2026-03-31 00:30", "2026-03-31 00:31"),
        (" ２０２４ ", "2024-01-01 00:00", "2025-01-01 00:00"),
    ],
)
def test_a_date_covers_its_whole_period_in_the_zone(text, start, end):
    assert covers(text) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        *("", "march", "24", "2024-13", "2024-00", "2023-02-29", "2024-W60", "2024-Q5"),
        *("0000", "9999", "-99999y", "-1", "١٩٩٩", "2024-03-09T25"),
        *("9/3/2024", "12/03/2024", "13/14/2024", "31/2/2024"),
    ],
)
def test_what_is_no_date_is_none(text):
    assert period(text, now=NOW, zone=PARIS) is None


def test_a_month_before_its_31st_is_its_last_day():
    assert covers("-1m", now=datetime(2026, 3, 31, 12, tzinfo=UTC)) == ("2026-02-28 00:00", "2026-03-01 00:00")


def test_hours_are_counted_by_the_clock_of_the_world_across_a_change_of_time():
    after_the_change = datetime(2026, 3, 29, 10, tzinfo=UTC)  # 12:00 in Paris; at 02:00 the clock went to 03:00
    assert covers("-24h", now=after_the_change)[0] == "2026-03-28 11:00"


def test_a_day_of_the_change_of_time_is_one_civil_day():
    start = local_minutes(datetime(2026, 3, 28, 23, tzinfo=UTC), PARIS)
    end = local_minutes(datetime(2026, 3, 29, 22, tzinfo=UTC), PARIS)
    found = period("2026-03-29", now=NOW, zone=PARIS)
    assert (found.start, found.end) == (start, end)


def test_minutes_before_1970_are_negative():
    assert minutes(datetime.fromisoformat("1969-12-31 23:59")) == -1


@given(st.text(alphabet="0123456789-/.tTqQwWsdmyh ", max_size=14))
def test_any_text_is_a_period_or_none(text):
    found = period(text, now=NOW, zone=PARIS)
    assert found is None or found.start < found.end
