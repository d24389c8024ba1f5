"""Troubles that come and go: told once, and well again when they stayed away longer than before."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from corpus.health.judging import judge
from corpus.health.values import Health, HealthState
from corpus.runs.receipts import SourceReceipt
from tests.corpus.health.past import NIGHT, lost, past, receipt
from tests.corpus.samples import NOW


def down(ago: int) -> SourceReceipt:
    return receipt(ago, {"failed": {"http-500": 4}}, lists=2, lists_lost=2, had=0, stories=0, moved_to=None)


def moved(ago: int) -> SourceReceipt:
    return receipt(ago, moved_to="b.example")


def busy(ago: int) -> SourceReceipt:
    return receipt(ago, {"new": {"": 10}, "failed": {"http-429": 3}})


def blocked(ago: int) -> SourceReceipt:
    return lost(ago, word="http-403")


def walled(ago: int) -> SourceReceipt:
    wall = {"first_lost_for": {"paywall": 4}, "lost_for": {"paywall": 4}, "lost": 4, "stories": 0}
    return receipt(ago, {"unchanged": {"": 20}, "not-article": {"paywall": 4}}, had=20, **wall)


def well(ago: int) -> SourceReceipt:
    return receipt(ago, first_had=10)


def told(*runs: SourceReceipt) -> list[Health]:
    """Judge run after run; return each state that is another, or of another beginning, than the one before."""
    health, found = None, []
    for last in range(len(runs)):
        before, health = health, judge(past(*runs[max(0, last - 59) : last + 1]), health)
        assert health is not None
        if before is None or (health.state, health.since) != (before.state, before.since):
            found.append(health)
    return found[1:]  # it was well first


@pytest.mark.parametrize("trouble", [down, moved, busy, blocked, walled])
@pytest.mark.parametrize("period", [2, 4, 7])
def test_a_trouble_of_each_few_nights_is_told_twice_and_then_stands(trouble, period):
    nights = [well(ago) for ago in range(90, 59, -1)]
    nights += [trouble(ago) if ago % period == 0 else well(ago) for ago in range(period * 8, -1, -1)]
    first, back, again = told(*nights)
    assert (back.state, again.state) == (HealthState.OK, first.state)
    assert again.since == first.since == NOW - period * 8 * NIGHT
    assert again.why.startswith("on and off, in 2 of the last ")


def test_a_source_that_fails_on_each_tenth_night_is_told_twice_and_then_stands():
    nights = [well(ago) for ago in range(120, 100, -1)]
    nights += [down(ago) if ago % 10 == 0 else well(ago) for ago in range(100, -1, -1)]
    assert [each.state for each in told(*nights)] == ["failing", "ok", "failing"]


@pytest.mark.parametrize(("nights", "found"), [(6, "failing"), (7, "ok")])
def test_what_came_and_went_is_well_when_it_stayed_away_for_twice_as_long(nights, found):
    usual = [well(ago) for ago in range(60, 20, -1)]
    on_and_off = [down(20), *[well(ago) for ago in (19, 18, 17)], down(16)]
    assert told(*usual, *on_and_off, *[well(ago) for ago in range(15, 15 - nights, -1)])[-1].state == found


def test_what_comes_back_after_a_month_is_another_trouble():
    usual, month = [well(ago) for ago in range(60, 40, -1)], [well(ago) for ago in range(39, 10, -1)]
    *_, back, again, _ = told(*usual, down(40), *month, down(10), well(9))
    assert (back.state, again.since) == (HealthState.OK, NOW - 10 * NIGHT)
    assert "on and off" not in again.why


def test_what_a_source_was_a_month_ago_is_no_name_for_what_it_is_now():
    usual, month = [well(ago) for ago in range(60, 40, -1)], [well(ago) for ago in range(39, 10, -1)]
    assert [each.state for each in told(*usual, down(40), *month, blocked(10), down(9))][2:] == ["blocked", "failing"]


def test_a_night_of_ten_well_ones_ends_a_trouble_that_came_once():
    assert [each.state for each in told(well(30), *[down(ago) for ago in range(20, 10, -1)], well(9))] == [
        "failing",
        "ok",
    ]


def test_what_comes_and_goes_is_one_trouble_and_bad_only_on_the_nights_on_which_it_is_there():
    draw = random.Random(3)
    bad = [night >= 60 and draw.random() < 0.1 for night in range(240)]
    runs = [(down if is_bad else well)(240 - night) for night, is_bad in enumerate(bad)]
    health, red, messages = None, [], set()
    for night in range(240):
        health = judge(past(*runs[max(0, night - 59) : night + 1]), health)
        assert health is not None
        red.append(health.is_bad_now)
        messages |= {each.since for each in health.troubles}
    assert red == bad
    assert len(messages) <= 3


@pytest.mark.parametrize("known", [False, True])
def test_what_came_and_went_and_now_stays_is_another_trouble_told_once(known):
    runs = [well(ago) for ago in range(80, 60, -1)]
    runs += [down(ago) if ago % 5 == 0 else well(ago) for ago in range(60, 20, -1)]
    health = None
    for last in range(len(runs)):
        health = judge(past(*runs[max(0, last - 59) : last + 1]), health)
    assert health is not None
    now_and_then = health.since
    if known:
        health = replace(health, acknowledged=NOW - 25 * NIGHT)
    since = []
    for ago in range(20, 5, -1):
        runs.append(down(ago))
        health = judge(past(*runs[-60:]), health)
        assert health is not None
        since.append(health.since)
    assert {*since} == {now_and_then, NOW - 20 * NIGHT}
    assert since[5] == NOW - 20 * NIGHT
    assert health.acknowledged is None
    assert health.is_bad_now


def test_a_source_that_turns_us_away_on_each_second_bad_night_is_called_what_it_was_called():
    nights = [blocked(ago) if ago % 2 else down(ago) for ago in range(9, -1, -1)]
    assert [each.state for each in told(well(20), *nights)] == ["blocked", "failing"]


def test_a_source_that_is_off_for_an_hour_of_each_day_is_told_twice():
    hours = [(down if hour % 24 == 5 else well)(0) for hour in range(24 * 9)]
    hours = [replace(each, started=NOW + timedelta(hours=number)) for number, each in enumerate(hours)]
    assert [each.state for each in told(*hours)] == ["failing", "ok", "failing"]


def test_a_share_at_its_bound_does_not_go_to_and_fro():
    usual = [receipt(ago) for ago in range(60, 20, -1)]
    drift = [receipt(ago, no_author=(0, 2, 3)[ago % 3]) for ago in range(20, -1, -1)]  # two nights have 25 %, 10 or 15
    assert [each.state for each in told(*usual, *drift)] == ["drifting"]
    assert told(*usual, *drift[:-5], *[receipt(ago) for ago in range(4, -1, -1)])[-1].state == "ok"
