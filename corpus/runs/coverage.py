"""What came of a source day by day -> what is usual on such days, and the gaps: when they were, why, what they cost."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median

from corpus.reasons import word_of
from corpus.texts import text, texts

WEEKS = 12  # before a day, whose same weekdays say what is usual on it
FEWEST_WEEKS = 4  # of them that were followed; of fewer nothing is usual yet
LATER = timedelta(days=7)  # an article stored that long after its day was read later
UNCRAWLED = 7  # days from a crawl to the next: where they are more and nothing is usual yet, those between are a gap
LEAST = 2  # articles that are usual on a day: of fewer, none is no sign of a gap
SHARE = 4  # a gap has less than one part of so many of the usual


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFacts:
    """What is known of a day of a source.

    Attributes:
        read: Articles that are dated on the day, or undated and stored on it.
        later: Those of them that were stored LATER after it, or still later.
        lost: Stories that the crawls of the day did not get.
        lost_for: First word of the reason -> stories among those lost; "": crawls that noted no reason.
        crawls: Crawls of the day that asked the source for something.
        broken: Crawls of the day that broke off or failed.
        reasons: Why visits of the day failed or were refused -> how many.
    """

    read: int = 0
    later: int = 0
    lost: int = 0
    lost_for: Mapping[str, int] = field(default_factory=dict, hash=False)
    crawls: int = 0
    broken: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class CoveredDay:
    """A day as a calendar shows it. `usual`: articles; None: too early to say. `gap`: its number, or None."""

    day: date
    facts: DayFacts
    usual: float | None
    gap: int | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Days on end of which nothing, or under a quarter of the usual, was read in time.

    Attributes:
        number: 1 for the earliest.
        missed: About how many articles were missed; None where nothing was usual yet.
        later: How many of its days' articles were read later.
        name: The cause in a few words.
        what: What happened, in a sentence.
    """

    number: int
    first: date
    last: date
    missed: int | None
    later: int
    name: str
    what: str


_NOTHING = DayFacts()


def covered(
    facts: Mapping[date, DayFacts], first: date, last: date, *, today: date, since: date | None
) -> tuple[list[CoveredDay], list[Gap]]:
    """Return every day from `first` to `last`, and the gaps in them.

    Args:
        facts: Of the days, and of those of the WEEKS before `first`; a day that is not there is empty.
        today: It is not over, and no gap.
        since: The day of the source's first crawl; what was before is no gap. None: it was never crawled.
    """
    crawled = sorted(day for day, each in facts.items() if each.crawls)
    days: list[CoveredDay] = []
    number = 0
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        each = CoveredDay(day, facts.get(day, _NOTHING), _usual(facts, day, since))
        if since is not None and since <= day < today and _is_gap(each, crawled, today):
            number += not (days and days[-1].gap)
            each = CoveredDay(each.day, each.facts, each.usual, number)
        days.append(each)
    return days, [_gap(number, [each for each in days if each.gap == number]) for number in range(1, number + 1)]


def _usual(facts: Mapping[date, DayFacts], day: date, since: date | None) -> float | None:
    if since is None:
        return None
    past = [day - timedelta(weeks=week) for week in range(1, WEEKS + 1)]
    found = [facts.get(each, _NOTHING) for each in past if each >= since]
    counts = [each.read for each in found if each.crawls or each.read]
    return float(median(counts)) if len(counts) >= FEWEST_WEEKS else None


def _is_gap(each: CoveredDay, crawled: Sequence[date], today: date) -> bool:
    in_time = each.facts.read - each.facts.later
    at = bisect_left(crawled, each.day)
    after = crawled[at] if at < len(crawled) else None
    if each.usual is not None and each.usual >= LEAST:
        # What came yesterday may not have been asked for yet.
        is_over = each.day < today - timedelta(days=1) or (after is not None and after > each.day)
        return is_over and in_time * SHARE < each.usual
    if in_time or each.facts.crawls:
        return False
    before = crawled[at - 1] if at else each.day
    return ((after or today) - before).days > UNCRAWLED


def _gap(number: int, days: Sequence[CoveredDay]) -> Gap:
    usual = [each.usual for each in days if each.usual is not None]
    later = sum(each.facts.later for each in days)
    in_time = sum(each.facts.read for each in days) - later
    name, what = _cause([each.facts for each in days])
    missed = max(0, round(sum(usual)) - in_time) if usual else None
    return Gap(number, days[0].day, days[-1].day, missed, later, name, what)


def _cause(days: Iterable[DayFacts]) -> tuple[str, str]:
    """Name why nothing came: from the reasons of the crawls that were made, or because none was."""
    reasons: Counter[str] = Counter()
    crawls = broken = 0
    for each in days:
        reasons.update({word_of(reason): count for reason, count in each.reasons.items()})
        crawls, broken = crawls + each.crawls, broken + each.broken
    if reasons:
        reason, count = reasons.most_common(1)[0]
        failures = reasons.total()
        what = text("{n:,} of {all:,} failures were {reason}.", n=count, all=failures, reason=reason)
        return text("Fetches failed: {reason}", reason=reason), what
    if broken:
        whole = crawls + broken
        what = text("{n:,} of {all:,} crawls ended before their work was done.", n=broken, all=whole)
        return text("Crawls broke off"), what
    if not crawls:
        return text("No crawl was made"), text("Nobody asked the source on these days.")
    what = texts(
        "{n:,} crawl was made, and read less than a quarter of the usual.",
        "{n:,} crawls were made, and read less than a quarter of the usual.",
        crawls,
    )
    return text("Little came"), what
