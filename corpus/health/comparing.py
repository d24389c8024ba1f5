"""A source's latest runs and its usual ones -> what got worse: fields of its articles, times of answers, news."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from statistics import median
from typing import NamedTuple

from corpus.health import rhythm
from corpus.health.values import Health, HealthState, Past, Trouble
from corpus.reasons import IN_PLACE_OF_STORY, Reason
from corpus.runs.receipts import SourceReceipt
from corpus.texts import Text, joined, message, text, texts

TOO_BUSY = frozenset({"http-429", "http-503", "timeout", "resting"})
MIN_BUSY = 3  # visits: fewer are an accident
MOST_BUSY = 0.2  # share of a run's visits that ask us to slow down; a busy hour has less

MIN_STORIES, MIN_USUAL_STORIES = 20, 50  # articles now and before: below, a share is chance
MIN_JUMP = 0.2  # of a share: a fifth of the articles is what a reader of the facets notices
MIN_LOSING = 3  # of the runs that are looked at, where there are as many
MIN_DEVIATIONS = 4  # standard errors: by chance once in 30,000 comparisons

MIN_REQUESTS, MIN_USUAL_RUNS = 5, 8  # requests of a run whose answers are timed; runs to compare with
SLOWER = 3  # times the usual: a busy evening doubles it
EASED = 0.5  # of these bounds, for what is in that state already: a share at its bound does not go to and fro
MIN_SLOW = 2  # seconds an answer takes; below, nobody waits


class _Jump(NamedTuple):
    """A share that is above the usual one: by how much, of what, in which receipts, the newest first."""

    by: float
    what: str
    field: str
    now: list[SourceReceipt]
    lacking: int
    of: int
    usual: float


_LACKING = {
    "author": message("no author in {lacking:,} of {of:,} articles, usual {usual:.0%}"),
    "date": message("no date in {lacking:,} of {of:,} articles, usual {usual:.0%}"),
    "text": message("no text in {lacking:,} of {of:,} articles, usual {usual:.0%}"),
    "story": message("{lacking:,} of {of:,} new stories could not be had, usual {usual:.0%}"),
}


def reasons_of(receipt: SourceReceipt) -> dict[str, int]:
    """Return why visits brought nothing, the most frequent reason first."""
    found: dict[str, int] = {}
    for outcome in ("refused", "failed", "not-article"):
        for word, count in receipt.counts.get(outcome, {}).items():
            if outcome != "not-article" or word in IN_PLACE_OF_STORY:
                found[word or outcome] = found.get(word or outcome, 0) + count
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def counted_reasons(reasons: Mapping[str, int]) -> Text:
    """Return reasons with how often each was: "http-503 ×12, timeout ×3"."""
    return joined(", ", [text("{reason} ×{n:,}", reason=str(word), n=count) for word, count in reasons.items()])


def compared(past: Past, before: Health | None) -> list[SourceReceipt]:
    """Return the receipts that count as usual: those of before the trouble, and of after a change for good."""
    until = before.since if before is not None and before.state is not HealthState.OK else None
    first = before.usual_from if before is not None else None
    return [
        receipt
        for receipt in (*past.usual, *past.recent)
        if (until is None or receipt.started < until) and (first is None or receipt.started >= first)
    ]


def drifting(past: Past, before: Health | None) -> Trouble | None:
    """Return the trouble of a source of whose latest stories more than usual are lost, or lack something; else None."""
    jumps = []
    ease = EASED if _lasts(before, HealthState.DRIFTING) else 1
    for what, field in (("author", "no_author"), ("date", "no_date"), ("text", "empty"), ("story", "first_lost")):
        now = _latest(past.recent, field)
        usual = [each for each in compared(past, before) if each.started < now[-1].started]
        (lacking, of), (lacked, out_of) = _lacking(now, field), _lacking(usual, field)
        if of >= MIN_STORIES and out_of >= MIN_USUAL_STORIES and not (what == "story" and _is_of_one_night(now)):
            share = lacked / out_of
            if (jump := _jump(lacking / of, share, of, ease)) is not None:
                jumps.append(_Jump(jump, what, field, now, lacking, of, share))
    if not jumps:
        return None
    said = joined("; ", [_said(each) for each in jumps])
    worst = max(jumps, key=lambda each: each.by)
    since = _first_above(worst.usual + MIN_JUMP, worst.now, worst.field)
    return Trouble(HealthState.DRIFTING, _cause(worst), said, since)


def _latest(recent: Sequence[SourceReceipt], field: str) -> list[SourceReceipt]:
    """Return the latest receipts, the newest first: as many as it takes to see MIN_STORIES."""
    now: list[SourceReceipt] = []
    for receipt in reversed(recent):
        if _lacking(now, field)[1] >= MIN_STORIES:
            break
        now.append(receipt)
    return now


def _is_of_one_night(latest: Sequence[SourceReceipt]) -> bool:
    """Whether new stories were lost in one or two of several runs: that passed, and was told then where it was much."""
    losing = sum(1 for receipt in latest if receipt.first_lost)
    return losing < min(MIN_LOSING, len(latest))


def _said(jump: _Jump) -> Text:
    said = text(_LACKING[jump.what], lacking=jump.lacking, of=jump.of, usual=jump.usual)
    lost = _lost_for(jump.now) if jump.what == "story" else {}
    return text("{what}: {reasons}", what=said, reasons=counted_reasons(lost)) if lost else said


def _cause(jump: _Jump) -> str:
    return next(iter(_lost_for(jump.now))) if jump.what == "story" else jump.what


def _lost_for(receipts: Sequence[SourceReceipt]) -> dict[str, int]:
    """Return why new stories were lost; without those that have no text, which is said of them."""
    found: Counter[str] = Counter()
    for receipt in receipts:
        found.update(receipt.first_lost_for)
    del found[Reason.EMPTY]
    return dict(found.most_common())


def _first_above(share: float, latest: Sequence[SourceReceipt], field: str) -> datetime:
    """Return when the first run began whose own share is that high; `latest` has the newest first."""
    for receipt in reversed(latest):
        lacking, of = _lacking([receipt], field)
        if of and lacking / of >= share:
            return receipt.started
    return latest[-1].started


def _lacking(receipts: Sequence[SourceReceipt], field: str) -> tuple[int, int]:
    """Return how many articles lack something, and of how many; a page without text is no article otherwise."""
    if field == "first_lost":
        of = sum(receipt.first_lost + receipt.first_had for receipt in receipts)
        return sum(_lost_for(receipts).values()), of
    lacking = sum(getattr(receipt, field) for receipt in receipts)
    of = sum(receipt.stories for receipt in receipts)
    return lacking, of + lacking if field == "empty" else of


def _lasts(before: Health | None, state: HealthState) -> bool:
    """Whether a source is in a state, and its user has not said that this is its usual."""
    return before is not None and before.state is state and before.acknowledged is None


def _jump(share: float, usual: float, number: int, ease: float) -> float | None:
    """Return by how much a share is above the usual one; None when that is little, or may be chance."""
    spread = max(usual, 1 / MIN_USUAL_STORIES)  # none in fifty may still be one in fifty
    error = (spread * (1 - min(spread, 0.99)) / number) ** 0.5
    jump = share - usual
    return jump if jump >= MIN_JUMP * ease and jump >= MIN_DEVIATIONS * error * ease else None


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
    ease = EASED if _lasts(before, HealthState.SLOW) else 1
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
