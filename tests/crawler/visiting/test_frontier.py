from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from corpus.config import CrawlerSettings
from corpus.model import FrontierEntry, Hints, Outcome, PageDate, Precision, UrlKind, UrlState
from corpus.store.values import LEASE
from corpus.via import Via
from crawler.fetching.robots import MAX_DELAY
from crawler.visiting.frontier import (
    Next,
    after_article,
    after_failure,
    after_gone,
    after_listing,
    after_not_article,
)

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
    seen = entry(UrlKind.SECTION, via=Via.NEXT_PAGE)
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


SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
NIGHTLY = "timeout: x"


def failure(reason: str = NIGHTLY, kind: UrlKind = UrlKind.ARTICLE, **known: Any) -> Next:
    return after_failure(entry(kind, **known), reason, NOW, rules=RULES)


def quiet_for(quiet: timedelta) -> Next:
    """Return what follows when a stored article that last changed so long ago is the same again."""
    return after_article(entry(changed=NOW - quiet), NOW, rules=RULES, born=None, changed=False)


def first_look(age: timedelta | None) -> Next:
    born = None if age is None else NOW - age
    return after_article(entry(), NOW, rules=RULES, born=born, changed=True)


def quiet_listing(since: timedelta, via: str = "feed") -> timedelta:
    seen = entry(UrlKind.SECTION, via=via, checked=NOW - since)
    return wait(after_listing(seen, NOW, rules=RULES, changed=False))


def test_a_lease_outlasts_an_exchange_after_the_longest_delay_of_a_robots_file():
    assert LEASE == 10 * MINUTE
    assert RULES.deadline + MAX_DELAY < LEASE


@pytest.mark.parametrize(
    ("quiet", "again"),
    [
        (6 * HOUR - SECOND, 6 * HOUR),
        (6 * HOUR + SECOND, 6 * HOUR + SECOND),
        (30 * DAY - SECOND, 30 * DAY - SECOND),
        (30 * DAY + SECOND, 30 * DAY),
    ],
)
def test_an_article_rests_as_long_as_it_was_quiet_but_six_hours_at_least_and_thirty_days_at_most(quiet, again):
    assert wait(quiet_for(quiet)) == again


def test_an_article_is_given_up_when_it_has_been_quiet_for_more_than_180_days():
    assert quiet_for(180 * DAY) == Next(Outcome.NEW, UrlState.WAITING, NOW + 30 * DAY)
    assert quiet_for(180 * DAY + SECOND).state is UrlState.DROPPED


def test_an_article_of_180_days_is_young_at_its_first_look_and_an_older_one_is_not():
    assert wait(first_look(None)) == 6 * HOUR
    assert wait(first_look(180 * DAY)) == 6 * HOUR
    assert wait(first_look(180 * DAY + SECOND)) == 30 * DAY


def test_the_date_of_a_page_does_not_age_an_article_that_was_seen_to_change_since():
    seen = entry(changed=NOW - DAY)
    assert wait(after_article(seen, NOW, rules=RULES, born=NOW - 2000 * DAY, changed=False)) == DAY


@pytest.mark.parametrize(
    ("since", "again"),
    [
        (30 * MINUTE - SECOND, HOUR),
        (30 * MINUTE + SECOND, HOUR + 2 * SECOND),
        (6 * HOUR - SECOND, 12 * HOUR - 2 * SECOND),
        (6 * HOUR + SECOND, 12 * HOUR),
    ],
)
def test_a_quiet_listing_rests_twice_as_long_as_before_from_an_hour_to_twelve(since, again):
    assert quiet_listing(since) == again


@pytest.mark.parametrize(
    ("since", "again"), [(84 * HOUR - SECOND, 7 * DAY - 2 * SECOND), (84 * HOUR + SECOND, 7 * DAY)]
)
def test_a_quiet_section_below_another_rests_a_week_at_most(since, again):
    assert quiet_listing(since, "section") == again


def test_a_listing_read_for_the_first_time_is_read_again_at_its_rhythm():
    assert after_listing(entry(UrlKind.FEED), NOW, rules=RULES, changed=False) == Next(
        Outcome.READ, UrlState.WAITING, NOW + HOUR
    )


def test_an_archive_page_that_was_read_counts_as_read():
    next = after_listing(entry(UrlKind.SECTION, via=Via.NEXT_PAGE), NOW, rules=RULES, changed=True)
    assert next == Next(Outcome.READ, UrlState.DROPPED, NOW)


@pytest.mark.parametrize(
    ("before", "minutes"),
    [(0, 10), (1, 30), (2, 90), (3, 270), (4, 810), (5, 2430), (6, 7290), (7, 10080), (60, 10080)],
)
def test_the_wait_after_failures_triples_from_ten_minutes_to_a_week(before, minutes):
    next = failure(attempts=before, changed=NOW)
    assert next.again is False
    assert next == Next(Outcome.FAILED, UrlState.WAITING, NOW + minutes * MINUTE, before + 1)


def test_the_wait_of_an_address_that_failed_ten_thousand_times_is_still_a_week():
    assert wait(failure(attempts=10_000, changed=NOW)) == 7 * DAY


def test_the_fifth_failure_in_a_row_drops_an_address_and_the_fourth_does_not():
    assert failure(attempts=3).state is UrlState.WAITING
    assert failure(attempts=4) == Next(Outcome.FAILED, UrlState.DROPPED, NOW, 5)


def test_an_address_we_may_not_ask_for_now_is_asked_for_ever():
    next = failure("robots-unreachable: x", attempts=40)
    assert next == Next(Outcome.REFUSED, UrlState.WAITING, NOW + 7 * DAY, 41)
    assert wait(failure("robots-unreachable: x")) == 10 * MINUTE


@pytest.mark.parametrize(("reason", "days"), [("robots: x", 7), ("private-address: x", 30)])
def test_a_rule_of_the_site_is_asked_again_and_counts_as_no_failure(reason, days):
    next = failure(reason, attempts=3)
    assert next == Next(Outcome.REFUSED, UrlState.WAITING, NOW + days * DAY, 0)


@pytest.mark.parametrize("kept", [{}, {"changed": NOW - DAY}, {"kind": UrlKind.HOME}])
def test_what_the_owner_or_config_refuses_is_dropped_whatever_it_was(kept):
    assert failure("noindex", **kept) == Next(Outcome.REFUSED, UrlState.DROPPED, NOW, 1)


@pytest.mark.parametrize("reason", ["scheme: x", "userinfo: x", "port: x", "out-of-scope: x"])
def test_what_leads_astray_for_a_night_is_asked_again_where_it_was_a_list_or_an_article(reason):
    assert failure(reason) == Next(Outcome.REFUSED, UrlState.DROPPED, NOW, 1)
    assert failure(reason, changed=NOW - DAY) == Next(Outcome.REFUSED, UrlState.WAITING, NOW + 7 * DAY, 1)
    assert failure(reason, UrlKind.SECTION, via=Via.HOME).state is UrlState.DROPPED
    for kind, known in ((UrlKind.HOME, {}), (UrlKind.FEED, {"via": "config"}), (UrlKind.SECTION, {"was_read": True})):
        assert failure(reason, kind, **known) == Next(Outcome.REFUSED, UrlState.WAITING, NOW + 10 * MINUTE, 1)


@pytest.mark.parametrize("reason", ["robots: x", "private-address: x", "bad-url: x", "pdf", "too-large: x"])
def test_the_next_night_asks_for_a_front_page_or_a_list_whatever_was_wrong_in_one(reason):
    assert wait(failure(reason, UrlKind.HOME)) <= 12 * HOUR
    assert wait(failure(reason, UrlKind.FEED, was_read=True)) <= 12 * HOUR
    assert failure(reason, UrlKind.FEED).state is UrlState.DROPPED or wait(failure(reason, UrlKind.FEED)) >= 7 * DAY


@pytest.mark.parametrize(("before", "days"), [(0, 7), (1, 14), (2, 21), (3, 28), (4, 28), (40, 28)])
def test_an_article_we_have_that_became_a_file_is_looked_at_after_one_to_four_weeks(before, days):
    next = failure("pdf", attempts=before, changed=NOW - DAY)
    assert next == Next(Outcome.NOT_ARTICLE, UrlState.WAITING, NOW + days * DAY, before + 1)


def test_an_answer_that_does_not_heal_gets_two_looks_a_week_apart():
    assert failure("too-large: x") == Next(Outcome.FAILED, UrlState.WAITING, NOW + 7 * DAY, 1)
    assert failure("too-large: x", attempts=1) == Next(Outcome.FAILED, UrlState.DROPPED, NOW, 2)


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [(UrlKind.FEED, Outcome.FAILED), (UrlKind.SITEMAP, Outcome.FAILED), (UrlKind.SECTION, Outcome.FAILED),
     (UrlKind.HOME, Outcome.FAILED), (UrlKind.ARTICLE, Outcome.NOT_ARTICLE)],
)  # fmt: skip
def test_a_listing_that_is_no_page_failed_and_is_no_story_that_failed_to_be_one(kind, outcome):
    assert failure("pdf", kind).outcome is outcome


def test_a_listing_that_is_refused_is_refused():
    assert failure("robots: x", UrlKind.FEED).outcome is Outcome.REFUSED


def test_a_path_that_was_only_tried_is_dropped_at_its_first_failure():
    assert failure(via=Via.WELL_KNOWN) == Next(Outcome.NOT_ARTICLE, UrlState.DROPPED, NOW, 1)


def test_what_may_pass_is_tried_once_more_in_the_run_after_ten_delays():
    assert failure("connect: x", turns=1) == Next(Outcome.FAILED, UrlState.WAITING, NOW + 10 * SECOND, 1, again=True)
    assert failure("connect: x") == Next(Outcome.FAILED, UrlState.WAITING, NOW + 10 * SECOND, 1, again=True)


def test_the_second_failure_of_a_night_waits_for_another_and_counts_as_one():
    assert failure("connect: x", turns=2, attempts=1) == Next(Outcome.FAILED, UrlState.WAITING, NOW + 10 * MINUTE, 1)
    assert failure("connect: x", turns=2, attempts=4) == Next(Outcome.FAILED, UrlState.WAITING, NOW + 270 * MINUTE, 4)
    assert failure("connect: x", turns=2) == Next(Outcome.FAILED, UrlState.WAITING, NOW + 10 * MINUTE, 1)


def test_the_fifth_night_of_what_may_pass_is_the_last():
    assert failure("connect: x", turns=1, attempts=3).again
    assert failure("connect: x", turns=1, attempts=4) == Next(Outcome.FAILED, UrlState.DROPPED, NOW, 5)


@pytest.mark.parametrize(
    ("kind", "via", "stays"),
    [
        (UrlKind.HOME, "config", True), (UrlKind.HOME, "feed", True),
        (UrlKind.FEED, "config", True), (UrlKind.SITEMAP, "config", True), (UrlKind.SECTION, "config", True),
        (UrlKind.FEED, "home", False), (UrlKind.SITEMAP, "robots", False), (UrlKind.SECTION, "section", False),
        (UrlKind.ARTICLE, "config", False),
    ],
)  # fmt: skip
def test_the_front_page_and_the_listings_config_names_are_asked_for_ever(kind, via, stays):
    state = UrlState.WAITING if stays else UrlState.DROPPED
    assert failure(NIGHTLY, kind, via=via, attempts=40).state is state
    assert after_gone(entry(kind, via=via), 410, NOW, rules=RULES).state is state


@pytest.mark.parametrize("via", ["well-known", "home", "section"])
@pytest.mark.parametrize("reason", [NIGHTLY, "too-large: x", "soft-404: x"])
def test_a_list_that_was_read_is_asked_for_ever_but_where_it_is_not_found(via, reason):
    known = {"via": via, "attempts": 40, "was_read": True}
    assert failure(reason, UrlKind.FEED, **known).state is UrlState.WAITING
    assert after_not_article(entry(UrlKind.SECTION, **known), reason, NOW).state is UrlState.WAITING
    assert missing(4, kind=UrlKind.FEED, via=via, was_read=True).state is UrlState.WAITING
    assert missing(5, kind=UrlKind.FEED, via=via, was_read=True).state is UrlState.DROPPED
    assert missing(1, 410, kind=UrlKind.FEED, via=via, was_read=True).state is UrlState.DROPPED


def missing(times: int, status: int = 404, kind: UrlKind = UrlKind.ARTICLE, **known: Any) -> Next:
    """Return what follows at the answer of this number, all before it having been 404."""
    before = {"attempts": times - 1, "reason": "http-404" if times > 1 else None}
    return after_gone(entry(kind, **before, **known), status, NOW, rules=RULES)


def test_an_article_is_withdrawn_at_its_third_404_in_a_row():
    assert missing(2, changed=NOW) == Next(Outcome.FAILED, UrlState.WAITING, NOW + DAY, 2)
    assert missing(3, changed=NOW) == Next(Outcome.WITHDRAWN, UrlState.DROPPED, NOW, 3)


def test_an_address_that_never_was_an_article_is_dropped_at_its_second_404_or_its_first_410():
    assert missing(1) == Next(Outcome.FAILED, UrlState.WAITING, NOW + DAY, 1)
    assert missing(2) == Next(Outcome.NOT_ARTICLE, UrlState.DROPPED, NOW, 2)
    assert missing(1, 410) == Next(Outcome.NOT_ARTICLE, UrlState.DROPPED, NOW, 1)


def announced(days: int) -> Hints:
    return Hints(published=PageDate(NOW - days * DAY, Precision.MINUTE, "feed"))


def test_news_that_a_feed_announces_is_waited_for_longer_each_time():
    known: dict[str, Any] = {"hints": announced(1)}
    found = [missing(times, **known) for times in (1, 2, 3, 4)]
    assert [(next.state, wait(next).days) for next in found] == [(UrlState.WAITING, days) for days in (1, 2, 4, 8)]
    assert missing(5, **known).state is UrlState.DROPPED
    assert missing(1, 410, **known).state is UrlState.DROPPED
    assert missing(2, hints=announced(8)).state is UrlState.DROPPED  # it was no news any more
    assert missing(3, changed=NOW, **known).outcome is Outcome.WITHDRAWN
    first = entry(attempts=0, **known)
    assert after_gone(first, 404, NOW, rules=CrawlerSettings(attempts=1)).state is UrlState.WAITING  # as without news


def test_a_path_that_was_only_tried_is_dropped_at_its_first_404():
    assert missing(1, via=Via.WELL_KNOWN) == Next(Outcome.NOT_ARTICLE, UrlState.DROPPED, NOW, 1)


def test_failures_before_the_first_404_are_forgotten():
    seen = entry(changed=NOW, attempts=40, reason="timeout: x")
    assert after_gone(seen, 404, NOW, rules=RULES).attempts == 1


@pytest.mark.parametrize(("before", "days"), [(0, 2), (1, 4), (2, 8), (3, 16), (4, 30), (5, 30), (40, 30)])
def test_the_wait_doubles_to_thirty_days_while_an_article_we_have_reads_as_none(before, days):
    next = after_not_article(entry(attempts=before, changed=NOW), "paywall: x", NOW)
    assert next == Next(Outcome.NOT_ARTICLE, UrlState.WAITING, NOW + days * DAY, before + 1)


def test_a_page_that_never_was_an_article_is_given_up_at_the_third_look_or_at_once_if_it_lists():
    looks = [after_not_article(entry(attempts=n), "paywall: x", NOW) for n in (1, 2)]
    assert looks[0] == Next(Outcome.NOT_ARTICLE, UrlState.WAITING, NOW + 4 * DAY, 2)
    assert looks[1] == Next(Outcome.NOT_ARTICLE, UrlState.DROPPED, NOW, 3)
    assert after_not_article(entry(), "listing: x", NOW) == Next(Outcome.NOT_ARTICLE, UrlState.DROPPED, NOW, 1)


def test_an_article_we_have_that_reads_as_a_list_is_looked_at_again():
    assert after_not_article(entry(changed=NOW), "listing: x", NOW).state is UrlState.WAITING
