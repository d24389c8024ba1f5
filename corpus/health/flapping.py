"""The latest runs of a source -> whether a trouble of single runs comes and goes, since when, and whether it is over.

A source that fails each second night has one trouble, not fifteen a month.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from corpus.health.values import NOW_AND_THEN, HealthState, Past, Trouble
from corpus.runs.receipts import SourceReceipt
from corpus.texts import text

MOST_APART, MOST_DAYS_APART = 28, timedelta(days=28)  # good runs, or days, between two times of one trouble
LONGER = 2  # times the longest while between two: it did not come back when it was expected to
AWAY_BY_CHANCE = 1 / 20  # that a trouble of as many runs stays away for so long
STREAK_BY_CHANCE = 1 / 1000  # that it is there in so many runs in a row
ESTABLISHED = 3  # runs with a trouble before a streak, so that the streak is another thing


@dataclass(frozen=True, slots=True)
class Flapping:
    """A trouble that came back, or changed: in how many of the latest runs it was there, of how many since it began.

    `states` has those of all its runs but the last; `streak`: the latest runs with it, and without a good one between
    them, `streak_since`: when the first of these began.
    """

    since: datetime
    bad: int
    runs: int
    is_over: bool
    last: Trouble
    states: frozenset[HealthState]
    streak: int
    streak_since: datetime

    @property
    def is_outage(self) -> bool:
        """Whether a trouble that came and went is there in more runs in a row than chance makes."""
        bad, runs = self.bad - self.streak, self.runs - self.streak
        return bad >= ESTABLISHED and ((bad + 0.5) / (runs + 1)) ** self.streak < STREAK_BY_CHANCE

    def said(self, now: Trouble, state: HealthState | None = None) -> Trouble:
        """Return the trouble of now as one that comes and goes; `state` is what it was called, if not as now."""
        kind = "" if self.streak else NOW_AND_THEN
        if self.bad == self.runs:
            return replace(now, state=state or now.state)
        why = text("on and off, in {bad:,} of the last {n:,} crawls: {why}", bad=self.bad, n=self.runs, why=now.why)
        return Trouble(state or now.state, now.cause, why, self.since, kind)


def flapping(past: Past, of_run: Callable[[SourceReceipt], Trouble | None]) -> Flapping | None:
    """Return the trouble that came back in the latest runs; None: there was none, or it came once.

    Args:
        of_run: Receipt -> the trouble that it shows by itself. A run that read nothing says nothing.
    """
    last: Trouble | None = None  # of the latest of its runs
    first: SourceReceipt | None = None  # of its runs, as far as one has looked
    states: list[HealthState] = []  # the latest first
    runs = seen = good = well = longest = streak = 0
    streak_since = past.recent[-1].started
    for receipt in reversed(past.recent):
        found = of_run(receipt)
        if found is None:
            is_good = bool(receipt.had) or receipt.lists > receipt.lists_lost
            good, seen = good + is_good, seen + is_good
            continue
        if first is None:
            last, well = found, good
        elif good > MOST_APART and first.started - receipt.started > MOST_DAYS_APART:
            break
        else:
            longest = max(longest, good)
        if not (well or longest or good):
            streak, streak_since = streak + 1, receipt.started
        states.append(found.state)
        first, good, seen = receipt, 0, seen + 1
        runs = seen
    if last is None or first is None or not (longest or len(set(states)) > 1):
        return None
    by_chance = (1 - len(states) / (runs - well)) ** well
    is_over = well > LONGER * longest and by_chance < AWAY_BY_CHANCE
    return Flapping(first.started, len(states), runs, is_over, last, frozenset(states[1:]), streak, streak_since)
