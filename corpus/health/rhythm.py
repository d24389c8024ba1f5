"""The days of a source -> whether there should be news by now."""

from collections.abc import Sequence
from statistics import median

from corpus.health.values import Day

MIN_DAYS = 14  # crawled days before the silence: two weeks show which days of a week are silent
MIN_NEWS_DAYS = 8  # of them with news: fewer have no rhythm
MIN_SILENCE = 2  # days: one may be a holiday
MIN_EXPECTED = 6  # articles that the silence should have brought; by chance none come once in 400 such times
LONGER = 1.5  # than the longest silence of before


def silence(days: Sequence[Day]) -> tuple[int, int] | None:
    """Return how many crawled days were silent until now, and how many at most before; None when that is usual.

    Days without a crawl do not count: nobody looked. With MIN_DAYS silences the longest one of before is left out, so
    that one strike or failed week does not hide the next.
    """
    silent = 0
    while silent < len(days) and not days[-1 - silent].new:
        silent += 1
    past = days[: len(days) - silent]
    news = [day.new for day in past if day.new]
    if silent < MIN_SILENCE or len(past) < MIN_DAYS or len(news) < MIN_NEWS_DAYS:
        return None
    expected = median(news) * len(news) / len(past) * silent
    before = _silences(past)
    longest = before[-2] if len(before) >= MIN_DAYS else before[-1]
    return (silent, longest) if expected >= MIN_EXPECTED and silent > LONGER * longest else None


def _silences(days: Sequence[Day]) -> list[int]:
    """Return how many crawled days without news stood between any two with news, the longest last."""
    found, silent = [0], 0
    for day in days:
        if day.new:
            found.append(silent)
            silent = 0
        else:
            silent += 1
    return sorted(found[1:] or [0])
