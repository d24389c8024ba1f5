"""Dates as machines read them: the page's own day, clock and offset, and no more than the page gave."""

from datetime import UTC, datetime, timedelta

import pytest

from corpus.iso_dates import iso_date, iso_day, rfc3339
from corpus.model import PageDate, Precision

AT = datetime(2024, 5, 2, 22, 30, 5, tzinfo=UTC)


def made(precision=Precision.MINUTE, offset=None):
    return PageDate(AT, precision, "meta", None if offset is None else timedelta(minutes=offset))


@pytest.mark.parametrize(
    ("precision", "written"), [(Precision.YEAR, "2024"), (Precision.MONTH, "2024-05"), (Precision.DAY, "2024-05-02")]
)
def test_a_date_is_no_more_exact_than_the_page_was(precision, written):
    assert iso_date(made(precision)) == written
    assert iso_day(made(precision)) == written[:10]
    assert rfc3339(made(precision)) is None


@pytest.mark.parametrize(
    ("offset", "written"),
    [
        (120, "2024-05-03T00:30:05+02:00"),
        (330, "2024-05-03T04:00:05+05:30"),
        (-240, "2024-05-02T18:30:05-04:00"),
        (0, "2024-05-02T22:30:05Z"),
        (None, "2024-05-02T22:30:05"),
    ],
)
def test_a_moment_keeps_the_offset_and_the_day_of_its_page(offset, written):
    date = made(offset=offset)
    assert iso_date(date) == written
    assert iso_day(date) == written[:10] == date.day.isoformat()


def test_a_feed_gets_a_moment_with_a_zone_whatever_the_page_gave():
    assert rfc3339(made()) == "2024-05-02T22:30:05+00:00"
    assert rfc3339(made(offset=120)) == "2024-05-03T00:30:05+02:00"


def test_a_year_before_1000_keeps_its_four_digits():
    assert iso_date(PageDate(datetime(900, 1, 1, tzinfo=UTC), Precision.YEAR, "text")) == "0900"


def test_no_date_is_none():
    assert iso_date(None) is iso_day(None) is rfc3339(None) is None
