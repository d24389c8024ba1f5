"""The latest runs of a source -> whether a trouble of single runs comes and goes, since when, and whether it is over.

A source that fails each second night has one trouble, not fifteen a month.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from corpus.health.values import HealthState, Past, Trouble
from corpus.runs.receipts import SourceReceipt
from corpus.texts import text

MOST_APART, MOST_DAYS_APART = 14, timedelta(days=14)  # good runs, or days, between two times of one trouble
LONGER = 2  # times the longest while between two: it did not come back when it was expected to


@dataclass(frozen=True, slots=True)
class Flapping:
    """A trouble that came back, or changed: in how many of the latest runs it was there, of how many since it began.

    `states` has those of all its runs but the last.
    """

    since: datetime
    bad: int
    runs: int
    is_over: bool
    last: Trouble
    states: frozenset[HealthState]

    def said(self, now: Trouble, state: HealthState | None = None) -> Trouble:
        """Return the trouble of now as one that comes and goes; `state` is what it was called, if not as now."""
        if self.bad == self.runs:
            return replace(now, state=state or now.state)
        why = text("on and off, in {bad:,} of the last {n:,} crawls: {why}", bad=self.bad, n=self.runs, why=now.why)
        return Trouble(state or now.state, now.cause, why, self.since)


def flapping(past: Past, of_run: Callable[[SourceReceipt], Trouble | None]) -> Flapping | None:
    """Return the trouble that came back in the latest runs; None: there was none, or it came once.

    Args:
        of_run: Receipt -> the trouble that it shows by itself. A run that read nothing says nothing.
    """
    last: Trouble | None = None  # of the latest of its runs
    first: SourceReceipt | None = None  # of its runs, as far as one has looked
    states: list[HealthState] = []  # the latest first
    runs = seen = good = well = longest = 0
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
        states.append(found.state)
        first, good, seen = receipt, 0, seen + 1
        runs = seen
    if last is None or first is None or not (longest or len(set(states)) > 1):
        return None
    return Flapping(first.started, len(states), runs, well > LONGER * longest, last, frozenset(states[1:]))
