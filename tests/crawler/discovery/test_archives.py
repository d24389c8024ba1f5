from datetime import UTC, date, datetime

import pytest

from crawler.discovery.archives import is_over, span_of

HOST = "https://gazette.example"


@pytest.mark.parametrize(
    ("path", "first", "last"),
    [
        ("/2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("/archive/2024/05/", date(2024, 5, 1), date(2024, 5, 31)),
        ("/news/2024/2/29", date(2024, 2, 29), date(2024, 2, 29)),
        ("/archive/2024/may/06", date(2024, 5, 6), date(2024, 5, 6)),
        ("/archiv/2024/märz", date(2024, 3, 1), date(2024, 3, 31)),
        ("/archives/2024-12.html", date(2024, 12, 1), date(2024, 12, 31)),
        ("/2024/05/index.html", date(2024, 5, 1), date(2024, 5, 31)),
        ("/news?year=2024&month=5", date(2024, 5, 1), date(2024, 5, 31)),
        ("/archive?date=2024-05-06", date(2024, 5, 6), date(2024, 5, 6)),
        ("/?m=202405", date(2024, 5, 1), date(2024, 5, 31)),
    ],
)
def test_a_dated_archive_says_which_days_it_lists(path, first, last):
    assert span_of(HOST + path) == (first, last)


@pytest.mark.parametrize(
    "path",
    ["/", "/news", "/2024/05/storm", "/2024/13/01", "/2024/02/30", "/1234", "/20240506", "/2024/05/06/07"],
)  # fmt: skip
def test_other_addresses_list_no_period(path):
    assert span_of(HOST + path) is None


def test_an_archive_is_over_two_days_after_its_last():
    now = datetime(2024, 6, 3, 1, 0, tzinfo=UTC)
    assert is_over(HOST + "/2024/05", "archive", now)
    assert not is_over(HOST + "/2024/06", "archive", now)
    assert not is_over(HOST + "/2024/05", "archive", datetime(2024, 6, 2, 1, 0, tzinfo=UTC))
    assert not is_over(HOST + "/2024/05", "home", now)
    assert is_over(HOST + "/news/page/2", "next-page", now)
