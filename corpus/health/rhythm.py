"""The days of a source -> whether there should be news by now."""

from collections.abc import Sequence
from datetime import timedelta
from math import prod
from statistics import fmean, median, pvariance

from corpus.health.values import Day

QUARTER, YEAR = timedelta(days=91), timedelta(days=364)  # 52 weeks: the same day of the week
MIN_DAYS = 14  # crawled days before the silence: two weeks show which days of a week are silent
MIN_NEWS_DAYS = 8  # of them with news: fewer have no rhythm
ENOUGH_NEWS_DAYS = 30  # a quarter that has fewer is too short to show the longest silence
MIN_SILENCE = 3  # days: the first Christmas of a daily has two
MIN_EXPECTED = 6  # articles that the silence should have brought, where less than a quarter is known
LONGER = 2  # times the longest silence of before: the next issue did not come either
BY_CHANCE = 1 / 100  # that days which are silent each for itself make one silence so long among those of before
SILENT_BY_CHANCE = 1 / 5000  # of the days of a silence: a new one begins on many days of a year
REGULAR = 0.25  # of the variance that silences have where each day is silent for itself: a weekly, a monthly
SEASON = timedelta(days=14)  # by which the holidays of two years differ


def silence(days: Sequence[Day]) -> tuple[int, int] | None:
    """Return how many crawled days were silent until now, and how many at most before; None when that is usual.

    Days on which nobody looked do not count: none was crawled, or no list of it could be read. The usual is that of the
    last quarter, of as much more as it takes to see ENOUGH_NEWS_DAYS, and of the same weeks a year ago. A silence that
    was itself unusual is no part of it, so that one strike does not hide the next; but one that has just been is: a
    source has come to a new rhythm by it. Where days are silent by chance, chance must make the silence rarely, too.
    """
    silent = 0
    while silent < len(days) and not days[-1 - silent].new:
        silent += 1
    known = days[: len(days) - silent]
    if silent < MIN_SILENCE or not known:
        return None
    past = _lately(known)
    news = [day.new for day in past if day.new]
    if len(past) < MIN_DAYS or len(news) < MIN_NEWS_DAYS:
        return None
    expected = median(news) * len(news) / len(past) * silent
    if expected < MIN_EXPECTED and past[-1].day - past[0].day < QUARTER - SEASON:
        return None
    began, today = days[-silent].day, days[-1].day
    season = [day for day in known if began - YEAR - SEASON <= day.day <= today - YEAR + SEASON]
    longest = max(_longest_usual(_silences(past)), *_silences(season))
    if _is_regular(past):
        return (silent, longest) if silent >= LONGER * (longest + 1) else None
    by_chance = _chance(days[-silent:], _without(past, longest))
    return (silent, longest) if silent > LONGER * longest and by_chance < SILENT_BY_CHANCE else None


def _is_regular(past: Sequence[Day]) -> bool:
    """Whether the silences between issues are all of much the same length, so that a missing one is no chance."""
    between = _silences(past)[1:-1]
    mean = fmean(between) if between else 0
    return bool(mean) and pvariance(between) < REGULAR * mean * (mean + 1)


def _without(past: Sequence[Day], longest: int) -> Sequence[Day]:
    """Return the days without those of silences that were longer than the longest usual one."""
    found, silent = list[Day](), list[Day]()
    for day in past:
        silent.append(day)
        if day.new:
            found += silent if len(silent) <= longest + 1 else [day]
            silent = []
    return found + (silent if len(silent) <= longest else [])


def _chance(silent: Sequence[Day], past: Sequence[Day]) -> float:
    """Return how likely these days are all silent, where each is as often as those of the same day of the week were."""
    usual = (sum(not day.new for day in past) + 0.5) / (len(past) + 1)
    shares = []
    for weekday in range(7):
        same = [not day.new for day in past if day.day.weekday() == weekday]
        shares.append((sum(same) + usual) / (len(same) + 1))
    return prod(shares[day.day.weekday()] for day in silent)


def _lately(days: Sequence[Day]) -> Sequence[Day]:
    """Return the days of the last quarter, and as many before as it takes to see enough days with news."""
    first, found = len(days), 0
    while first and (found < ENOUGH_NEWS_DAYS or days[-1].day - days[first - 1].day <= QUARTER):
        first -= 1
        found += days[first].new > 0
    return days[first:]


def _longest_usual(silences: Sequence[int]) -> int:
    """Return the longest silence, without one that was unusual among the others, and has passed.

    One that comes by chance now and then, where some days are silent, is not unusual, be it the only one of its length.
    """
    *others, longest = sorted(silences)
    if not others or longest in silences[-MIN_NEWS_DAYS:] or longest <= LONGER * others[-1]:
        return longest
    silent_share = (sum(others) + 0.5) / (sum(others) + len(others) + 1)
    return others[-1] if len(silences) * silent_share**longest < BY_CHANCE else longest


def _silences(days: Sequence[Day]) -> list[int]:
    """Return how many crawled days without news stood before, between and after days with news, in their order."""
    found, silent = [], 0
    for day in days:
        if day.new:
            found.append(silent)
            silent = 0
        else:
            silent += 1
    return [*found, silent]
