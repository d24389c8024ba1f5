from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from corpus.config import CrawlerSettings
from corpus.model import FrontierEntry, Outcome, UrlKind, UrlState
from crawler.visiting.frontier import Next, after_article, after_failure, after_gone, after_listing, after_not_article

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
RULES = CrawlerSettings()
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def entry(kind: UrlKind = UrlKind.ARTICLE, **known: Any) -> FrontierEntry:
    told: dict[str, Any] = {"via": "feed", "first_seen": NOW, "due": NOW, **known}
    url = "https://gazette.example/a"
    return FrontierEntry(
        url=url, address=url, source="gazette", host="gazette.example", kind=kind, state=UrlState.LEASED, **told
    )


def wait(next: Next) -> timedelta:
    return next.due - NOW


def test_a_new_article_is_looked_at_again_soon():
    assert wait(after_article(entry(), NOW, rules=RULES, born=NOW, changed=True)) == 6 * HOUR


@pytest.mark.parametrize(("quiet", "again"), [(6 * HOUR, 6 * HOUR), (3 * DAY, 3 * DAY), (60 * DAY, 30 * DAY)])
def test_the_interval_doubles_while_an_article_stays_the_same(quiet, again):
    seen = entry(checked=NOW - HOUR, changed=NOW - quiet, first_seen=NOW - quiet)
    assert wait(after_article(seen, NOW, rules=RULES, born=NOW - quiet, changed=False)) == again


def test_a_change_starts_the_interval_anew():
    seen = entry(checked=NOW - DAY, changed=NOW - 20 * DAY, first_seen=NOW - 20 * DAY)
    assert wait(after_article(seen, NOW, rules=RULES, born=None, changed=True)) == 6 * HOUR


def test_an_article_long_quiet_is_not_looked_at_any_more():
    seen = entry(checked=NOW - DAY, changed=NOW - 200 * DAY, first_seen=NOW - 200 * DAY)
    assert after_article(seen, NOW, rules=RULES, born=None, changed=False).state is UrlState.DROPPED


def test_an_old_article_gets_one_later_look_after_its_first():
    next = after_article(entry(), NOW, rules=RULES, born=NOW - 2000 * DAY, changed=True)
    assert (next.state, wait(next)) == (UrlState.WAITING, 30 * DAY)


def test_a_listing_with_news_is_read_again_at_its_rhythm():
    seen = entry(UrlKind.FEED, checked=NOW - DAY)
    assert wait(after_listing(seen, NOW, rules=RULES, changed=True)) == HOUR


@pytest.mark.parametrize(("since", "again"), [(HOUR, 2 * HOUR), (4 * HOUR, 8 * HOUR), (DAY, 12 * HOUR)])
def test_a_quiet_listing_is_read_less_often_but_twice_a_day(since, again):
    assert wait(after_listing(entry(UrlKind.FEED, checked=NOW - since), NOW, rules=RULES, changed=False)) == again


def test_an_archive_page_is_read_once():
    seen = entry(UrlKind.SECTION, via="next-page")
    assert after_listing(seen, NOW, rules=RULES, changed=True).state is UrlState.DROPPED


def test_failures_are_retried_with_growing_patience():
    waits = [wait(after_failure(entry(attempts=n), "timeout", NOW, rules=RULES)) for n in range(4)]
    assert waits == sorted(set(waits))


def test_an_address_that_fails_too_often_is_dropped():
    assert after_failure(entry(attempts=4), "timeout: x", NOW, rules=RULES).state is UrlState.DROPPED


def test_an_article_we_have_is_never_dropped_for_failures():
    seen = entry(attempts=40, changed=NOW - DAY)
    assert after_failure(seen, "timeout", NOW, rules=RULES).state is UrlState.WAITING


def test_a_front_page_is_never_dropped():
    assert after_failure(entry(UrlKind.HOME, attempts=40), "dns", NOW, rules=RULES).state is UrlState.WAITING


def test_a_disallowed_address_is_looked_at_again_since_rules_change():
    next = after_failure(entry(), "robots: disallowed", NOW, rules=RULES)
    assert (next.outcome, next.state, wait(next)) == (Outcome.REFUSED, UrlState.WAITING, 7 * DAY)


@pytest.mark.parametrize("reason", ["pdf", "image: a picture", "not-html"])
def test_what_is_no_page_is_not_asked_again(reason):
    next = after_failure(entry(), reason, NOW, rules=RULES)
    assert (next.outcome, next.state) == (Outcome.NOT_ARTICLE, UrlState.DROPPED)


def test_a_410_withdraws_at_once():
    assert after_gone(entry(changed=NOW), 410, NOW, rules=RULES).outcome is Outcome.WITHDRAWN


def test_failures_of_another_kind_do_not_count_towards_404():
    seen = entry(changed=NOW - DAY, attempts=5, reason="timeout: x")
    assert after_gone(seen, 404, NOW, rules=RULES).outcome is Outcome.FAILED


def test_a_listing_taken_for_an_article_is_not_asked_again():
    assert after_not_article(entry(), "listing: x", NOW).state is UrlState.DROPPED


def test_a_paywall_is_tried_a_few_times():
    states = [after_not_article(entry(attempts=n), "paywall: x", NOW).state for n in range(3)]
    assert states == [UrlState.WAITING, UrlState.WAITING, UrlState.DROPPED]
