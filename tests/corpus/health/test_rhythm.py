import pytest

from corpus.health.rhythm import silence
from tests.corpus.health.past import days

WEEK = (5, 5, 5, 5, 5, 5, 0)  # a paper without a Sunday


@pytest.mark.parametrize(("silent", "found"), [(0, None), (1, None), (2, (2, 0)), (3, (3, 0))])
def test_a_paper_of_every_day_is_quiet_from_its_second_silent_day_on(silent, found):
    assert silence(days(*[5] * 20, *[0] * silent)) == found


@pytest.mark.parametrize(("silent", "found"), [(1, None), (2, (2, 1)), (3, (3, 1))])
def test_a_silent_sunday_is_usual_where_all_sundays_are_silent(silent, found):
    assert silence(days(*WEEK * 4, *[5] * 6, *[0] * silent)) == found


def test_a_weekly_is_quiet_when_its_day_has_gone_by_and_half_a_week_more():
    weekly = (8, 0, 0, 0, 0, 0, 0) * 10
    assert silence(days(*weekly, 8, *[0] * 9)) is None
    assert silence(days(*weekly, 8, *[0] * 10)) == (10, 6)


@pytest.mark.parametrize("before", [[5] * 13, [0] * 20 + [5] * 7])
def test_too_short_a_past_has_no_rhythm(before):
    assert silence(days(*before, *[0] * 30)) is None


def test_a_source_with_an_article_now_and_then_may_have_none_for_a_while():
    now_and_then = (1, 0, 0) * 8
    assert silence(days(*now_and_then, *[0] * 14)) is None
    assert silence(days(*now_and_then, *[0] * 15)) == (17, 2)


def test_one_long_silence_of_before_does_not_hide_the_next():
    assert silence(days(*[5] * 10, *[0] * 9, *[5] * 10, 0, 0)) == (2, 0)


def test_a_source_without_any_day_or_news_is_not_judged():
    assert silence(()) is None
    assert silence(days(*[0] * 40)) is None
