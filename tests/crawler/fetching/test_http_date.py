from datetime import UTC, datetime, timedelta

import pytest

from crawler.fetching.http_date import http_date, past, retry_after

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "hour"),
    [("Fri, 27 Nov 2026 10:00:00 GMT", 10), ("27 Nov 2026 10:00:00 +0200", 8), ("27 Nov 26 10:00", 10)],
)
def test_a_date_of_a_header_is_in_utc(written: str, hour: int) -> None:
    assert http_date(written) == datetime(2026, 11, 27, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [None, "", "0", "Wed, 01 Jan 100 00:00:00 +2500", "Fri, 31 Dec 9999 23:59:59 -1000", "27 Nov 99999 10:00:00 GMT"],
)
def test_what_no_calendar_has_is_no_date(written: str | None) -> None:
    assert http_date(written) is None


@pytest.mark.parametrize(
    ("written", "stands"),
    [
        ("Fri, 27 Nov 2026 10:00:00 GMT", True),
        ("Sat, 28 Nov 2026 10:00:00 GMT", True),  # a day ahead: a clock that is wrong
        ("Sat, 28 Nov 2026 10:00:01 GMT", False),
        ("Fri, 01 Jan 2038 00:00:00 GMT", False),
        ("Monday, sometime", True),
        (None, True),
    ],
)
def test_a_page_that_will_be_changed_has_no_date_to_ask_by(written: str | None, stands: bool) -> None:
    assert past(written, datetime(2026, 11, 27, 10, tzinfo=UTC)) == (written if stands else None)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("99999999999", 86_400),
        ("Mon, 23 Nov 2026 12:10:00 GMT", 600),
        ("Mon, 23 Nov 2020 12:10:00 GMT", 0),
        ("Wed, 01 Dec 2027 00:00:00 GMT", 86_400),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(header: str, seconds: int) -> None:
    assert retry_after(header, now=NOW) == timedelta(seconds=seconds)


@pytest.mark.parametrize("header", [None, "", "soon", "-5", "1e9", "٣", "Mon, 99 Foo"])
def test_a_retry_after_that_says_nothing_is_none(header: str | None) -> None:
    assert retry_after(header, now=NOW) is None
