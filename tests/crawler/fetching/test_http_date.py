from datetime import UTC, datetime

import pytest

from crawler.fetching.http_date import http_date


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
