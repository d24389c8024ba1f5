"""Shares that jump: each kind is a trouble of its own, told once, and by more than chance makes."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from corpus.health.judging import judge
from corpus.health.values import Health, HealthState, Trouble
from corpus.runs.receipts import SourceReceipt
from tests.corpus.health.past import NIGHT, lost, past, receipt
from tests.corpus.samples import NOW

YEAR = 364


def judged(receipts: Iterable[SourceReceipt], before: Health | None = None) -> list[Health]:
    """Judge run after run as the store does, with all that came before each; return how the source did after each."""
    found, runs = [], list[SourceReceipt]()
    for each in receipts:
        runs.append(each)
        before = judge(replace(past(*runs[-60:]), earlier=tuple(each for each in runs[:-60] if each.stories)), before)
        assert before is not None
        found.append(before)
    return found


def kinds(health: Health) -> dict[str, int]:
    """Kind -> how many nights ago it began."""
    return {each.kind: (NOW - each.since).days for each in health.troubles}


def nights(first: int, last: int, **figures: Any) -> list[SourceReceipt]:
    return [receipt(ago, **figures) for ago in range(first, last - 1, -1)]


def weekly(weeks: int, *, ago: int = 0, **figures: Any) -> list[SourceReceipt]:
    """So many weeks of nights with one story in seven, the last one so many nights ago."""
    silent: dict[str, Any] = {"stories": 0, "first_had": 0}
    issue: dict[str, Any] = {"stories": 1, "first_had": 1, **figures}
    return [receipt(ago + night, **(silent if night % 7 else issue)) for night in range(7 * weeks - 1, -1, -1)]


def test_a_second_drift_beside_a_first_one_is_a_trouble_with_its_own_beginning():
    health = judged([*nights(40, 8), *nights(7, 4, no_date=9), *nights(3, 0, no_date=9, no_author=9)])[-1]
    assert kinds(health) == {"date": 7, "author": 3}
    assert {each.why for each in health.troubles} == {
        "no date in 18 of 20 articles, usual 0%",
        "no author in 18 of 20 articles, usual 0%",
    }


def test_a_drift_in_place_of_another_is_a_new_one_whatever_is_known_of_the_first():
    first = judged([*nights(40, 5), *nights(4, 3, no_date=9)])[-1]
    known = replace(first, acknowledged=NOW)
    after = judged([*nights(40, 5), *nights(4, 3, no_date=9), *nights(2, 0, no_author=9)], None)[-1]
    assert kinds(after) == {"author": 2}
    both = judge(past(*nights(40, 5), *nights(4, 3, no_date=9), *nights(2, 2, no_date=9, no_author=9)), known)
    assert both is not None
    assert {each.kind: each.acknowledged for each in both.troubles} == {"date": NOW, "author": None}
    assert both.is_alarming


def test_a_drift_that_ends_and_comes_again_is_a_new_one_although_its_user_knew_of_the_first():
    runs = [*nights(60, 31), *nights(30, 21, no_author=9)]
    known = replace(judged(runs)[-1], acknowledged=NOW - 21 * NIGHT)
    runs += nights(20, 19, no_author=9)
    lasting = judge(past(*runs), known)
    assert lasting is not None
    assert (kinds(lasting), lasting.is_alarming) == ({"author": 30}, False)
    runs += nights(18, 7)
    well = judge(past(*runs), lasting)
    assert well is not None
    assert well.state is HealthState.OK
    again = next(each for each in judged([*runs, *nights(6, 0, no_author=9)])[-7:] if each.troubles)
    assert (kinds(again), again.is_alarming) == ({"author": 6}, True)


def test_a_drift_that_lasts_is_compared_with_before_it_began_however_long_it_does():
    usual = tuple(nights(99, 90))
    lasting = Health(source="a", state=HealthState.DRIFTING, kind="author", cause="author", since=NOW - 80 * NIGHT)
    health = judge(past(*nights(59, 0, no_author=9), usual=usual), lasting)
    assert health is not None
    assert (kinds(health), health.why) == ({"author": 80}, "no author in 18 of 20 articles, usual 0%")


@pytest.mark.parametrize(("articles", "found"), [(20, "ok"), (19, "drifting")])
def test_a_drift_that_began_before_all_receipts_that_are_read_ends_where_their_articles_are_well(articles, found):
    before = Health(source="a", state=HealthState.DRIFTING, kind="author", cause="author", since=NOW - 90 * NIGHT)
    well = nights(articles - 1, 0, stories=1, first_had=1)  # it was blocked for months
    health = judge(past(*well, usual=tuple(nights(200, 150))), before)
    assert health is not None
    assert health.state == found


@pytest.mark.parametrize(
    ("known", "began", "found"), [(True, 365, "ok"), (True, 360, "drifting"), (False, 365, "drifting")]
)
def test_a_change_that_its_user_knows_of_is_the_usual_after_a_year(known, began, found):
    acknowledged = NOW - 300 * NIGHT if known else None
    drift = {"kind": "author", "cause": "author", "why": "x", "since": NOW - began * NIGHT}
    before = Health(source="a", state=HealthState.DRIFTING, acknowledged=acknowledged, **drift)
    health = judge(past(*nights(59, 0, no_author=9), usual=tuple(nights(480, 420))), before)
    assert health is not None
    assert health.state == found


def test_a_drift_waits_while_the_source_is_blocked_and_is_the_same_one_afterwards():
    runs = [*nights(40, 10), *nights(9, 7, no_author=9), lost(6, word="http-403"), lost(5, word="http-403")]
    blocked = judged(runs)[-1]
    assert [(each.state, each.kind) for each in blocked.troubles] == [("blocked", ""), ("drifting", "author")]
    again = judge(past(*runs, *nights(4, 0, no_author=9)), blocked)
    assert again is not None
    assert kinds(again) == {"author": 9}


def test_a_weekly_with_one_story_that_loses_its_authors_is_told_after_some_weeks():
    runs = [*weekly(60, ago=7 * 8), *weekly(8, no_author=1)]
    found = judged(runs)[-7 * 8 :]
    told = next(number for number, each in enumerate(found) if each.troubles)
    assert told // 7 in range(2, 6)
    assert kinds(found[-1]) == {"author": 7 * 7}
    well = judged([*runs[7 * 12 :], *(replace(each, started=each.started + 84 * NIGHT) for each in weekly(12))])
    assert well[-1].state is HealthState.OK


def test_a_source_with_a_story_now_and_then_does_not_drift_by_chance():
    draw = random.Random(4)
    for share in (0.05, 0.3):
        years = []
        for ago in range(2 * YEAR, -1, -1):
            count = draw.choices((0, 1, 2), (67, 26, 7))[0]
            lacking = [sum(draw.random() < share for _ in range(count)) for _ in range(3)]
            counts: dict[str, Any] = {
                "stories": count,
                "no_author": lacking[0],
                "no_date": lacking[1],
                "first_had": count,
            }
            lost_for = {"paywall": lacking[2]} if lacking[2] else {}
            years.append(receipt(ago, **counts, first_lost_for=lost_for))
        assert {each.state for each in judged(years[:400])} == {HealthState.OK}


def test_days_that_are_all_signed_or_not_at_all_say_no_more_than_one_article_each():
    draw = random.Random(1)
    agency = [draw.random() < 0.15 for _ in range(YEAR)]
    runs = [receipt(YEAR - day, no_author=9 if of_agency else 0) for day, of_agency in enumerate(agency)]
    assert {each.state for each in judged(runs[:200])} == {HealthState.OK}
    assert judged([*runs[:120], *nights(YEAR - 120, YEAR - 131, no_author=9)])[-1].troubles


def test_hours_of_the_night_without_authors_are_no_drift_of_an_hourly_source():
    def hours(first: int, last: int, *, all_day: bool = False) -> list[SourceReceipt]:
        unsigned = [all_day or hour % 24 < 6 for hour in range(first, last)]
        return [
            replace(receipt(stories=2, no_author=2 * each), started=NOW + timedelta(hours=first + number))
            for number, each in enumerate(unsigned)
        ]

    days = hours(0, 24 * 14)
    assert {each.state for each in judged(days)} == {HealthState.OK}
    told = [bool(each.troubles) for each in judged([*days, *hours(24 * 14, 24 * 16, all_day=True)])[-48:]]
    assert 6 <= told.index(True) <= 24


def test_a_share_that_is_higher_for_a_while_after_weeks_of_failing_is_no_drift():
    down = [receipt(ago, first_had=0, stories=0, first_lost_for={"http-500": 1}) for ago in range(60, 40, -1)]
    usual = [receipt(ago, first_had=1, stories=1) for ago in range(120, 60, -1)]
    after = [receipt(ago, first_had=1, stories=1) for ago in range(40, 0, -1)]
    last = receipt(0, first_had=0, stories=0, first_lost_for={"http-500": 1})
    before = Health(source="a", state=HealthState.OK, since=NOW - 40 * NIGHT)
    health = judge(replace(past(*down, *after, last), earlier=tuple(usual)), before)
    assert health == before


def test_an_article_that_lacks_its_author_soon_after_a_drift_begins_it_no_second_time():
    of_one: dict[str, Any] = {"stories": 1, "first_had": 1}
    runs = [*nights(160, 61, **of_one), *nights(60, 21, **of_one, no_author=1), *nights(20, 17, **of_one)]
    over = judged(runs)[-1]
    assert over.state is HealthState.OK
    assert judge(past(*runs[-59:], receipt(16, **of_one, no_author=1), usual=tuple(runs[:-59])), over) == over


def test_a_source_that_is_busy_is_not_told_as_one_that_loses_stories_as_well():
    lost_for = {"http-503": 5}
    counts = {"new": {"": 5}, "failed": lost_for}
    busy = [
        receipt(ago, counts, stories=5, first_had=5, first_lost_for=lost_for, lost=5, lost_for=lost_for)
        for ago in range(5, -1, -1)
    ]
    health = judged([*[receipt(ago, first_had=10) for ago in range(40, 5, -1)], *busy])[-1]
    assert [each.state for each in health.troubles] == [HealthState.SLOW]


def test_slow_answers_are_one_trouble_over_nights_with_few_requests():
    usual = [receipt(ago) for ago in range(30, 3, -1)]
    slow = timedelta(seconds=44)
    few = receipt(1, requests=2, fetching=timedelta(seconds=2))
    found = judged([*usual, receipt(2, fetching=slow), few, receipt(0, fetching=slow)])[-3:]
    assert {(each.state, each.since) for each in found} == {(HealthState.SLOW, NOW - 2 * NIGHT)}


def test_what_is_acknowledged_apart_is_alarming_apart():
    of_dates = Trouble(HealthState.DRIFTING, "date", "y", NOW, "date")
    health = Health(
        source="a", state=HealthState.DRIFTING, kind="author", since=NOW, acknowledged=NOW, beside=(of_dates,)
    )
    assert [each.is_alarming for each in health.apart()] == [False, True]
    assert health.is_alarming
