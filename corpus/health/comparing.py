"""A source's latest runs and its usual ones -> what got worse: times of answers, news."""

from collections.abc import Mapping
from statistics import median

from corpus.health import rhythm
from corpus.health.values import Health, HealthState, Past, Trouble
from corpus.reasons import IN_PLACE_OF_STORY, most_first
from corpus.runs.receipts import SourceReceipt
from corpus.texts import Text, joined, text, texts

TOO_BUSY = frozenset({"http-429", "http-503", "timeout", "resting"})
MIN_BUSY = 3  # visits: fewer are an accident
MOST_BUSY = 0.2  # share of a run's visits that ask us to slow down; a busy hour has less

MIN_REQUESTS, MIN_USUAL_RUNS = 5, 8  # requests of a run whose answers are timed; runs to compare with
SLOWER = 3  # times the usual: a busy evening doubles it
EASED = 0.5  # of these bounds, for what is in that state already: a share at its bound does not go to and fro
MIN_SLOW = 2  # seconds an answer takes; below, nobody waits


def reasons_of(receipt: SourceReceipt) -> dict[str, int]:
    """Return why visits brought nothing, the most frequent reason first."""
    found: dict[str, int] = {}
    for outcome in ("refused", "failed", "not-article"):
        for word, count in receipt.counts.get(outcome, {}).items():
            if outcome != "not-article" or word in IN_PLACE_OF_STORY:
                found[word or outcome] = found.get(word or outcome, 0) + count
    return most_first(found)


def counted_reasons(reasons: Mapping[str, int]) -> Text:
    """Return reasons with how often each was: "http-503 ×12, timeout ×3"."""
    return joined(", ", [text("{reason} ×{n:,}", reason=str(word), n=count) for word, count in reasons.items()])


def compared(past: Past, before: Health | None) -> list[SourceReceipt]:
    """Return the receipts that count as usual: those of before the trouble, and of after a change for good."""
    until = before.since if before is not None and before.state is not HealthState.OK else None
    first = before.usual_from if before is not None else None
    return [
        receipt
        for receipt in (*past.usual, *past.earlier, *past.recent)
        if (until is None or receipt.started < until) and (first is None or receipt.started >= first)
    ]


def lasts(before: Health | None, state: HealthState) -> bool:
    """Whether a source is in a state, and its user has not said that this is its usual."""
    return before is not None and before.state is state and before.acknowledged is None


def busy(latest: SourceReceipt) -> Trouble | None:
    """Return the trouble of a source that asks us to slow down in a run; else None.

    That it asks once is enough where more addresses that were due were not asked for than stories were had.
    """
    reasons = {word: count for word, count in reasons_of(latest).items() if word in TOO_BUSY}
    must_wait = bool(reasons) and latest.left > latest.had
    if not must_wait and sum(reasons.values()) < max(MIN_BUSY, MOST_BUSY * latest.visits):
        return None
    why = texts(
        "it asks us to slow down, or answers too late: {reasons} in {n:,} visit",
        "it asks us to slow down, or answers too late: {reasons} in {n:,} visits",
        latest.visits,
        reasons=counted_reasons(reasons),
    )
    return Trouble(HealthState.SLOW, next(iter(reasons)), why, latest.started)


def slow(past: Past, before: Health | None) -> Trouble | None:
    """Return the trouble of a source that asks us to slow down, or answers later than usual; else None.

    It is well again when its answers are nearer to the usual than to what was called slow.
    """
    latest = past.recent[-1]
    if (found := busy(latest)) is not None:
        return found
    ease = EASED if lasts(before, HealthState.SLOW) else 1
    usual = [
        each.fetching.total_seconds() / each.requests
        for each in compared(past, before)
        if each.started < latest.started and each.requests >= MIN_REQUESTS
    ]
    if latest.requests < MIN_REQUESTS or len(usual) < MIN_USUAL_RUNS:
        return None
    takes, took = latest.fetching.total_seconds() / latest.requests, median(usual)
    if takes < MIN_SLOW * ease or takes < SLOWER * took * ease:
        return None
    why = text("an answer takes {takes:.1f} s, usual {usual:.1f} s", takes=takes, usual=took)
    return Trouble(HealthState.SLOW, "answers", why, latest.started)


def quiet(past: Past, before: Health | None) -> Trouble | None:
    """Return the trouble of a source without news, where its rhythm says that there should be some; else None."""
    first = before.usual_from.date() if before is not None and before.usual_from is not None else None
    days = [day for day in past.days if first is None or day.day >= first]
    found = rhythm.silence(days)
    if found is None:
        return None
    silent, longest = found
    usual = text("usually at most {n:,} in a row", n=longest) if longest else text("usually on each")
    why = texts(
        "no new article on the last {n:,} day it was crawled, {usual}",
        "no new article on the last {n:,} days it was crawled, {usual}",
        silent,
        usual=usual,
    )
    began = days[-silent].day
    at = next((each.started for each in past.recent if each.started.date() >= began), past.recent[-1].started)
    return Trouble(HealthState.QUIET, "silence", why, at)
