"""A source's latest runs and its usual ones -> a share that jumped: of articles that lack something, or are lost."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from corpus.health.comparing import EASED, compared, counted_reasons, lasts
from corpus.health.values import GONE, Health, HealthState, Past, Trouble
from corpus.reasons import Reason
from corpus.runs.receipts import SourceReceipt
from corpus.texts import Text, joined, message, text

MIN_STORIES, MIN_USUAL_STORIES = 20, 50  # articles now and before: below, a share is chance
MIN_JUMP = 0.2  # of a share: a fifth of the articles is what a reader of the facets notices
MIN_GONE = 1 / 3  # the same of stored stories that are gone: some sites clear away what is old, a month at a time
BETWEEN_WAVES = timedelta(days=30)
MIN_LOSING = 3  # of the runs that are looked at, where there are as many
MIN_DEVIATIONS = 4  # standard errors: by chance once in 30,000 comparisons


Counted = tuple[Mapping[str, int], int]
"""Why so many of the articles of a receipt lack something, "" where no reason is noted, and how many there are."""


class _Share(NamedTuple):
    """What is counted of a receipt, how it is said, and by how much it must jump."""

    what: str
    lacking: Callable[[SourceReceipt], Counted]
    says: str
    jump: float = MIN_JUMP


class _Jump(NamedTuple):
    """A share that is above the usual one: by how much, in which receipts, the newest first, and for which reasons."""

    by: float
    share: _Share
    now: list[SourceReceipt]
    of: int
    usual: float
    reasons: Counter[str]


def drifting(past: Past, before: Health | None) -> Trouble | None:
    """Return the trouble of a source of whose latest stories more than usual are lost, or lack something; else None."""
    stands, comparable = lasts(before, HealthState.DRIFTING), compared(past, before)
    ease = EASED if stands else 1
    jumps: dict[str, _Jump] = {}
    for share in _SHARES:
        now = _latest((*past.earlier, *past.recent), share)
        usual = [each for each in comparable if each.started < now[-1].started]
        (reasons, of), (usual_reasons, usual_of) = _sum(now, share), _sum(usual, share)
        if of < MIN_STORIES or usual_of < MIN_USUAL_STORIES or (share.what == "story" and _is_of_one_night(now)):
            continue
        if not stands and not _is_lacking(now, share):
            continue
        was = usual_reasons.total() / usual_of
        by = reasons.total() / of - was
        if by >= share.jump * ease and by >= MIN_DEVIATIONS * _error(was, of) * ease:
            jumps[share.what] = _Jump(by, share, now, of, was, reasons)
    if "date" in jumps:
        jumps.pop("day", None)  # what has no date has no day
    if not jumps:
        return _wave(past, before)
    worst = max(jumps.values(), key=lambda each: each.by)
    cause = next(
        (word for word, _ in worst.reasons.most_common() if word and worst.share.what != GONE), worst.share.what
    )
    said = joined("; ", [_said(each) for each in jumps.values()])
    return Trouble(HealthState.DRIFTING, cause, said, _first_above(worst))


def _wave(past: Past, before: Health | None) -> Trouble | None:
    """Return the trouble of stories that are gone for as long as others may be found gone: old ones are read seldom."""
    if before is None or before.cause != GONE or not lasts(before, HealthState.DRIFTING):
        return None
    waves = [each.started for each in past.recent if _is_wave(each)]
    if not waves or past.recent[-1].started - waves[-1] >= BETWEEN_WAVES:
        return None
    return Trouble(HealthState.DRIFTING, GONE, before.why, before.since)


def _is_wave(receipt: SourceReceipt) -> bool:
    gone, of = _gone(receipt)
    return sum(gone.values()) >= max(MIN_LOSING, MIN_GONE * of)


def _author(receipt: SourceReceipt) -> Counted:
    return {"": receipt.no_author}, receipt.stories


def _date(receipt: SourceReceipt) -> Counted:
    return {"": receipt.no_date}, receipt.stories


def _day(receipt: SourceReceipt) -> Counted:
    return ({}, 0) if receipt.no_day is None else ({"": receipt.no_day}, receipt.stories)


def _text(receipt: SourceReceipt) -> Counted:
    return {"": receipt.empty}, receipt.stories + receipt.empty


def _story(receipt: SourceReceipt) -> Counted:
    """Count new stories that were lost; those without a text are said as such."""
    lost = {word: count for word, count in receipt.first_lost_for.items() if word != Reason.EMPTY}
    return lost, receipt.first_had + receipt.first_lost


def _gone(receipt: SourceReceipt) -> Counted:
    """Count stories that were had before, and are no more at their addresses."""
    of = receipt.of("withdrawn") + receipt.had + receipt.lost - receipt.first_had - receipt.first_lost
    return receipt.gone_for, of


_SHARES = (
    _Share("author", _author, message("no author in {lacking:,} of {of:,} articles, usual {usual:.0%}")),
    _Share("date", _date, message("no date in {lacking:,} of {of:,} articles, usual {usual:.0%}")),
    _Share("day", _day, message("no day of publication in {lacking:,} of {of:,} articles, usual {usual:.0%}")),
    _Share("text", _text, message("no text in {lacking:,} of {of:,} articles, usual {usual:.0%}")),
    _Share("story", _story, message("{lacking:,} of {of:,} new stories could not be had, usual {usual:.0%}")),
    _Share(
        GONE,
        _gone,
        message("{lacking:,} of {of:,} stories are gone from their addresses, usual {usual:.0%}"),
        MIN_GONE,
    ),
)


def _sum(receipts: Iterable[SourceReceipt], share: _Share) -> tuple[Counter[str], int]:
    """Return why articles of receipts lack something, and how many there are."""
    reasons: Counter[str] = Counter()
    all_of = 0
    for receipt in receipts:
        why, of = share.lacking(receipt)
        reasons.update(why)
        all_of += of
    return reasons, all_of


def _latest(recent: Sequence[SourceReceipt], share: _Share) -> list[SourceReceipt]:
    """Return the latest receipts, the newest first: as many as it takes to see MIN_STORIES."""
    now: list[SourceReceipt] = []
    seen = 0
    for receipt in reversed(recent):
        if seen >= MIN_STORIES:
            break
        now.append(receipt)
        seen += share.lacking(receipt)[1]
    return now


def _is_of_one_night(latest: Sequence[SourceReceipt]) -> bool:
    """Whether new stories were lost in one or two of several runs: that passed, and was told then where it was much."""
    losing = sum(1 for receipt in latest if receipt.first_lost)
    return losing < min(MIN_LOSING, len(latest))


def _is_lacking(latest: Sequence[SourceReceipt], share: _Share) -> bool:
    """Whether the latest run with articles lacks some: with a run that is well no drift begins, but a failure ends."""
    counted = (share.lacking(receipt) for receipt in latest)
    return next((bool(sum(reasons.values())) for reasons, of in counted if of), False)


def _error(usual: float, number: int) -> float:
    """Return the standard error of a share."""
    spread = max(usual, 1 / MIN_USUAL_STORIES)  # none in fifty may still be one in fifty
    return float((spread * (1 - min(spread, 0.99)) / number) ** 0.5)


def _said(jump: _Jump) -> Text:
    said = text(jump.share.says, lacking=jump.reasons.total(), of=jump.of, usual=jump.usual)
    reasons = {word: count for word, count in jump.reasons.most_common() if word}
    return text("{what}: {reasons}", what=said, reasons=counted_reasons(reasons)) if reasons else said


def _first_above(jump: _Jump) -> datetime:
    """Return when the first run began whose own share is as high as makes a drift."""
    for receipt in reversed(jump.now):
        reasons, of = _sum([receipt], jump.share)
        if of and reasons.total() / of >= jump.usual + jump.share.jump:
            return receipt.started
    return jump.now[-1].started
