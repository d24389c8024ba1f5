import pytest

from corpus.health.rhythm import silence
from tests.corpus.health.past import days

WEEK = (5, 5, 5, 5, 5, 5, 0)  # a paper without a Sunday


@pytest.mark.parametrize(("silent", "found"), [(0, None), (2, None), (3, (3, 0)), (4, (4, 0))])
def test_a_paper_of_every_day_is_quiet_from_its_third_silent_day_on(silent, found):
    assert silence(days(*[5] * 20, *[0] * silent)) == found


@pytest.mark.parametrize(("silent", "found"), [(2, None), (3, (3, 1))])
def test_a_silent_sunday_is_usual_where_all_sundays_are_silent(silent, found):
    assert silence(days(*WEEK * 12, *[5] * 6, *[0] * silent)) == found


def test_a_holiday_beside_the_days_off_of_a_week_is_not_told():
    weekdays = (5, 5, 5, 5, 5, 0, 0)
    assert silence(days(*weekdays * 6, *[5] * 4, 0, 0, 0, 0)) is None
    assert silence(days(*weekdays * 6, *[5] * 4, 0, 0, 0, 0, 0)) == (5, 2)


@pytest.mark.parametrize("issue", [1, 8])
@pytest.mark.parametrize("between", [6, 13, 30])
def test_a_weekly_or_monthly_is_quiet_when_a_second_issue_does_not_come(issue, between):
    issues = (issue, *[0] * between) * max(10, 120 // between)
    assert silence(days(*issues, issue, *[0] * (2 * between + 1))) is None
    assert silence(days(*issues, issue, *[0] * (2 * between + 2))) == (2 * between + 2, between)


def test_a_source_that_publishes_in_bursts_has_silences_between_them():
    lengths = (3, 11, 1, 6, 2, 19, 4, 7, 5, 9) * 3
    bursts = [new for length in lengths for new in (9, 4, *[0] * length)]
    assert silence(days(*bursts, 9, *[0] * 38)) is None
    assert silence(days(*bursts, 9, *[0] * 39)) == (39, 19)


def test_a_daily_that_becomes_a_weekly_is_told_once():
    daily, weekly = [5] * 60, [8, *[0] * 6]
    assert silence(days(*daily, 8, 0, 0, 0)) == (3, 0)
    for weeks in (1, 2, 9):
        assert not any(silence(days(*daily, *weekly * weeks, 8, *[0] * silent)) for silent in range(7))


def test_the_break_of_last_summer_is_no_trouble_in_this_one():
    year = [4] * 120 + [0] * 40 + [4] * 204
    assert silence(days(*year[:120], 0, 0, 0)) == (3, 0)
    assert silence(days(*year, *[4] * 127, *[0] * 40)) is None  # a week later than last year
    assert silence(days(*year, *[4] * 60, 0, 0, 0)) == (3, 0)


@pytest.mark.parametrize("before", [[5] * 13, [0] * 20 + [5] * 7])
def test_too_short_a_past_has_no_rhythm(before):
    assert silence(days(*before, *[0] * 30)) is None


def test_a_source_with_an_article_now_and_then_may_have_none_for_a_while():
    now_and_then = (1, 0, 0) * 8
    assert silence(days(*now_and_then, *[0] * 14)) is None
    assert silence(days(*now_and_then, *[0] * 15)) == (17, 2)


def test_one_long_silence_of_before_does_not_hide_the_next():
    assert silence(days(*[5] * 10, *[0] * 9, *[5] * 10, 0, 0, 0)) == (3, 0)


def test_the_one_longer_silence_that_days_without_news_make_by_chance_is_usual():
    now_and_then = (1, 1, 0, 1, 1, 1, 0, 1) * 6
    assert silence(days(*now_and_then, 1, 0, 0, 0, *now_and_then, 0, 0, 0)) is None
    assert silence(days(*now_and_then, 1, 0, 0, 0, *now_and_then, *[0] * 7)) == (7, 3)


def test_a_source_with_one_story_a_day_is_quiet_when_chance_makes_its_silence_seldom():
    one_a_day = (1, 0, 1, 2, 1, 0, 0, 1, 3, 0, 1, 1, 0, 2, 0) * 6  # a third of the days is silent
    assert silence(days(*one_a_day, 1, *[0] * 7)) is None
    found = [silence(days(*one_a_day, 1, *[0] * silent)) for silent in range(8, 13)]
    assert found[-1] is not None


def test_a_silence_that_was_unusual_does_not_make_the_days_of_a_week_silent():
    assert silence(days(*[5] * 30, *[0] * 12, *[5] * 30, 0, 0, 0)) == (3, 0)


def test_a_source_without_any_day_or_news_is_not_judged():
    assert silence(()) is None
    assert silence(days(*[0] * 40)) is None
