"""A source's latest runs and its usual ones -> what got worse: times of answers, news."""

from collections.abc import Mapping
from statistics import median

from corpus.health import rhythm
from corpus.health.values import NOT_FOLLOWED, Health, HealthState, Past, Trouble
from corpus.reasons import IN_PLACE_OF_STORY, Reason, most_first
from corpus.runs.receipts import SourceReceipt
from corpus.texts import Text, joined, text, texts

TOO_BUSY = frozenset({"http-429", "http-503", "timeout", "resting"})
MIN_BUSY = 3  # visits: fewer are an accident
MOST_BUSY = 0.2  # share of a run's visits that ask us to slow down; a busy hour has less

MIN_REQUESTS, MIN_USUAL_RUNS = 5, 8  # requests of a run whose answers are timed; runs to compare with
SLOWER = 3  # times the usual: a busy evening doubles it
EASED = 0.5  # of these bounds, for what is in that state already: a share at its bound does not go back and forth
ANSWERS = "answers"  # the cause where these alone are slow
MIN_SLOW = 2  # seconds an answer takes; below, nobody waits


def reasons_of(receipt: SourceReceipt) -> dict[str, int]:
    """Return why visits brought nothing, the most frequent reason first."""
    found: dict[str, int] = {}
    for outcome in ("refused", "failed", "not-article"):
        for word, count in receipt.counts.get(outcome, {}).items():
            if (outcome != "not-article" or word in IN_PLACE_OF_STORY) and word != Reason.LIMITS:
                found[word or outcome] = found.get(word or outcome, 0) + count
    return most_first(found)


def counted_reasons(reasons: Mapping[str, int]) -> Text:
    """Return reasons with how often each was: "http-503 ×12, timeout ×3"."""
    return joined(", ", [text("{reason} ×{n:,}", reason=str(word), n=count) for word, count in reasons.items()])


def usual_of(past: Past, trouble: Trouble | None) -> list[SourceReceipt]:
    """Return the receipts of before a trouble, oldest first; all where there is none."""
    known = (*past.usual, *past.earlier, *past.recent)
    return [receipt for receipt in known if trouble is None or receipt.started < trouble.since]


def standing(before: Health | None, state: HealthState, kind: str = "") -> Trouble | None:
    """Return the trouble of a state and kind that a source had before; None: it had none."""
    troubles = before.troubles if before is not None else ()
    return next((each for each in troubles if (each.state, each.drifting) == (state, kind)), None)


def busy(latest: SourceReceipt) -> Trouble | None:
    """Return the trouble of a source that asks us to slow down in a run; else None.

    That it asks once is enough where more due addresses were left than stories were read.
    """
    reasons = {word: count for word, count in reasons_of(latest).items() if word in TOO_BUSY}
    must_wait = bool(reasons) and latest.left > latest.had and latest.left >= MIN_BUSY
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

    It is well again when its answers are nearer to the usual than to what was called slow; a run of few answers says
    nothing of that.
    """
    latest, stands = past.recent[-1], standing(before, HealthState.SLOW)
    if (found := busy(latest)) is not None:
        return found
    ease = EASED if stands else 1
    usual = [
        each.fetching.total_seconds() / each.requests
        for each in usual_of(past, stands)
        if each.started < latest.started and each.requests >= MIN_REQUESTS
    ]
    if latest.requests < MIN_REQUESTS or len(usual) < MIN_USUAL_RUNS:
        return stands if stands is not None and stands.cause == ANSWERS else None
    takes, took = latest.fetching.total_seconds() / latest.requests, median(usual)
    if takes < MIN_SLOW * ease or takes < SLOWER * took * ease:
        return None
    why = text("an answer takes {takes:.1f} s, usual {usual:.1f} s", takes=takes, usual=took)
    return Trouble(HealthState.SLOW, ANSWERS, why, latest.started)


def quiet(past: Past, before: Health | None) -> Trouble | None:
    """Return the trouble of a source without news, where its rhythm says that there should be some; else None.

    News alone ends it: after years of silence no rhythm is known any more.
    """
    found = rhythm.silence(past.days)
    if found is None:
        stands = standing(before, HealthState.QUIET)
        came = stands is None or any(day.new and day.day >= stands.since.date() for day in past.days)
        return None if came else stands
    silent, longest = found
    usual = text("usually at most {n:,} in a row", n=longest) if longest else text("usually on each")
    why = texts(
        "no new article on the last {n:,} day it was crawled, {usual}",
        "no new article on the last {n:,} days it was crawled, {usual}",
        silent,
        usual=usual,
    )
    began = past.days[-silent].day
    at = next((each.started for each in past.recent if each.started.date() >= began), past.recent[-1].started)
    if any(each.unfollowed for each in past.recent if each.started.date() >= began):
        return Trouble(HealthState.QUIET, Reason.NOFOLLOW, joined("; ", [why, NOT_FOLLOWED]), at)
    return Trouble(HealthState.QUIET, "silence", why, at)
