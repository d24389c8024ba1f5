"""A visit that could not even look at its address says nothing of it: not for robots.txt, a proxy, or this machine."""

from datetime import UTC, datetime, timedelta

import pytest

from corpus.config import CrawlerSettings
from corpus.model import FrontierEntry, Outcome, UrlKind, UrlState
from crawler.visiting.frontier import Next, after_failure, after_not_article

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SOON = NOW + timedelta(minutes=10)
RULES = CrawlerSettings()


def entry(reason: str | None, attempts: int) -> FrontierEntry:
    return FrontierEntry(
        url="https://gazette.example/a",
        address="https://gazette.example/a",
        source="gazette",
        host="gazette.example",
        kind=UrlKind.ARTICLE,
        state=UrlState.LEASED,
        via="feed",
        first_seen=NOW,
        due=NOW,
        reason=reason,
        attempts=attempts,
    )


@pytest.mark.parametrize("before", ["robots-unreachable: x", "proxy: x"])
def test_weeks_in_which_an_address_was_not_looked_at_do_not_drop_it_at_its_first_failure(before: str) -> None:
    failed = after_failure(entry(before, 40), "timeout: x", NOW, rules=RULES)
    assert failed == Next(Outcome.FAILED, UrlState.WAITING, SOON, 1)
    assert after_failure(entry(before, 40), "http-500", NOW, rules=RULES).attempts == 1
    empty = after_not_article(entry(before, 40), "soft-404", NOW)
    assert (empty.state, empty.attempts) == (UrlState.WAITING, 1)


@pytest.mark.parametrize(("before", "attempts"), [(None, 0), ("http-500", 3), ("limits: x", 4)])
def test_a_limit_of_this_machine_costs_an_address_nothing(before: str | None, attempts: int) -> None:
    found = after_failure(entry(before, attempts), "limits: no more files may be open", NOW, rules=RULES)
    assert found == Next(Outcome.FAILED, UrlState.WAITING, SOON, attempts)
