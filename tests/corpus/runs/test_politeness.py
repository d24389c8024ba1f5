from datetime import UTC, date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from corpus.runs.politeness import HostVisit, by_day
from tests.corpus.samples import NOW

SECOND = timedelta(seconds=1)


def visit(after: float, took: float = 1, *, host: str = "a", **more) -> HostVisit:
    given: dict[str, Any] = {"kind": "article", "outcome": "new", "status": 200, "bytes": 10}
    return HostVisit(host=host, ended=NOW + after * SECOND, took=took * SECOND, **(given | more))


def test_a_rest_is_from_the_end_of_a_request_to_the_start_of_the_next_to_the_same_host():
    day = by_day([visit(0), visit(3), visit(4, host="b"), visit(10, 2)], UTC)[0]
    assert (day.shortest, day.usual) == (2 * SECOND, 3.5 * SECOND)


def test_one_request_has_no_rest():
    day = by_day([visit(0), visit(1, host="b")], UTC)[0]
    assert (day.shortest, day.usual, day.requests) == (None, None, {"article": 2})


def test_what_robots_txt_forbids_is_no_request_and_is_counted_apart():
    refused = visit(1, 0, outcome="refused", reason="robots: /private", status=None, bytes=0)
    day = by_day([visit(0), refused, visit(3, kind="feed")], UTC)[0]
    assert (day.requests, day.disallowed, day.shortest) == ({"article": 1, "feed": 1}, 1, 2 * SECOND)


def test_answers_that_ask_to_slow_down_are_counted():
    slow = [visit(0, outcome="failed", status=429), visit(9, outcome="failed", status=503), visit(20, status=500)]
    assert by_day(slow, UTC)[0].slow_down == 2


def test_days_are_those_of_the_wall_clock():
    late = [visit(0), visit(22.5 * 3600)]
    assert [day.day for day in by_day(late, ZoneInfo("Europe/Paris"))] == [date(2026, 3, 1), date(2026, 3, 2)]
    assert by_day([], UTC) == []


@pytest.mark.parametrize(
    ("outcome", "reason", "counts"),
    [
        ("refused", "robots: /private", False), ("refused", "robots-unreachable: x", False),
        ("refused", "private-address: x", False), ("failed", "dns: no name", False), ("failed", "cookies: x", False),
        ("refused", "out-of-scope: redirects to x", True), ("refused", "scheme: javascript:", True),
        ("failed", "bad-url: x", True), ("failed", "timeout: x", True), ("failed", "tls: x", True),
    ],
)  # fmt: skip
def test_what_the_site_was_asked_is_counted_whatever_came_of_it(outcome: str, reason: str, counts: bool) -> None:
    [day] = by_day([visit(0, outcome=outcome, reason=reason, status=None, bytes=0)], UTC)
    assert sum(day.requests.values()) == counts
