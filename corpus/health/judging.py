"""What is known of a source, and its latest runs -> its health: a state, since when and why.

What a run says nothing of stays as it was: a night on which no story was due does not make a failing source well.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from corpus.health.comparing import ANSWERS, TOO_BUSY, busy, quiet, reasons_of, slow, standing
from corpus.health.drifting import drifts, still_loses
from corpus.health.flapping import Flapping, flapping
from corpus.health.losing import by_itself, lost_in, lost_lists, lost_news
from corpus.health.rhythm import YEAR
from corpus.health.shares import STORY
from corpus.health.values import BY_COMPARISON, NO_STORY, NOT_FOLLOWED, Health, HealthState, Past, Trouble, troubled
from corpus.reasons import Reason
from corpus.runs.receipts import SourceReceipt
from corpus.texts import joined, text

_TROUBLED = frozenset({HealthState.FAILING, HealthState.BLOCKED})
_BY_RUN = _TROUBLED | {HealthState.MOVED}


def judge(past: Past, before: Health | None) -> Health | None:
    """Return how a source does after a run; None when nothing is known of it yet.

    Args:
        before: How it did after the run before; None: it was never judged. Each of its troubles has its beginning and
            its acknowledgement as long as it lasts.
    """
    if not past.recent or not _says_something(past.recent[-1]):
        return before
    latest = past.recent[-1]
    past = replace(past, recent=tuple(each for each in past.recent if _says_something(each)))
    found = lost_in(latest, has_articles=past.has_articles) or lost_news(past, before) or lost_lists(past.recent)
    if found is None and before is not None and _stands(before, past, latest):
        return before
    is_by_run = found is not None or (before is not None and before.state in _BY_RUN)
    whole = flapping(past, lambda each: by_itself(each, has_articles=past.has_articles)) if is_by_run else None
    of_run = _on_and_off(whole, before, found) or _storyless(past, latest)
    if of_run is None and before is not None and before.state in _TROUBLED:
        of_run = still_loses(past, before)
    known = before.troubles if before is not None else ()
    if whole is not None and found is not None and whole.is_outage:  # it no longer comes and goes: that is news
        known = tuple(each for each in known if each.state not in _BY_RUN or _is_of(each, whole.streak_since))
    if found is not None:  # what is left of its articles cannot be compared
        others = [each for each in known if each.state not in _BY_RUN]
    else:
        others = _compared(past, before, is_losing=of_run is not None)
    troubles = [_lasting(each, known) for each in ([of_run] if of_run else []) + others]
    troubles = [each for each in troubles if not _is_usual_by_now(each, past)]
    if troubles:
        return troubled(past.source, troubles)
    since = before.since if before and before.state is HealthState.OK else latest.started
    return Health(source=past.source, state=HealthState.OK, since=since)


def _says_something(receipt: SourceReceipt) -> bool:
    """Whether a visit of a run says something of the source; one that met a limit of this machine does not."""
    return receipt.visits > receipt.counts.get("failed", {}).get(Reason.LIMITS, 0)


def _lasting(trouble: Trouble, known: Iterable[Trouble]) -> Trouble:
    """Return a trouble with the beginning and acknowledgement that it had before."""
    had = next((each for each in known if each.is_same(trouble)), trouble)
    return replace(trouble, since=had.since, acknowledged=had.acknowledged)


def _compared(past: Past, before: Health | None, *, is_losing: bool) -> list[Trouble]:
    """Return what the latest articles, answers and silences show beside the usual ones, the worst first.

    Args:
        is_losing: Whether the source fails on and off, which says all of the stories that are lost by it.
    """
    found = drifts(past, before)
    late = _busy_on_and_off(past, before, slow(past, before))
    lost = next((each for each in found if each.kind == STORY), None)
    if lost is not None and standing(before, HealthState.DRIFTING, STORY) is None:
        if is_losing or (late is not None and {late.cause, lost.cause} <= TOO_BUSY):
            found.remove(lost)
    elif lost is not None and late is not None and standing(before, HealthState.SLOW) is None:
        late = None if {late.cause, lost.cause} <= TOO_BUSY else late
    return [*found, *filter(None, [late, quiet(past, before)])]


def _is_usual_by_now(trouble: Trouble, past: Past) -> bool:
    """Whether a change that its user knows of has lasted so long that nothing of before it is compared any more."""
    if trouble.acknowledged is None or trouble.state not in BY_COMPARISON:
        return False
    first = (*past.earlier, *past.recent)[0].started
    return first > trouble.since and past.recent[-1].started - trouble.since > YEAR


def _is_of(trouble: Trouble, since: datetime) -> bool:
    """Whether a trouble began at a moment or later, or its user has said since then that they know."""
    return max(trouble.since, trouble.acknowledged or trouble.since) >= since


def _on_and_off(whole: Flapping | None, before: Health | None, found: Trouble | None) -> Trouble | None:
    """Return what a run shows as a part of a trouble that comes and goes; such a one may stand though a run is well."""
    if whole is None or (found is None and whole.is_over):
        return found
    if found is not None and whole.is_outage:
        return replace(found, since=whole.streak_since)
    state = before.state if before is not None else HealthState.OK
    known = state if state in _BY_RUN and (found is None or found.state in whole.states) else None
    return whole.said(found or whole.last, known)


def _busy_on_and_off(past: Past, before: Health | None, found: Trouble | None) -> Trouble | None:
    """Return what a slow source shows as a part of a trouble that comes and goes, as `_on_and_off` does."""
    stands = standing(before, HealthState.SLOW)
    if found is None and (stands is None or stands.cause == ANSWERS):
        return None
    whole = flapping(past, busy)
    return found if whole is None or whole.is_over else whole.said(found or whole.last)


def _stands(before: Health, past: Past, latest: SourceReceipt) -> bool:
    """Whether a run says nothing of a trouble that goes on until something shows the contrary.

    Lists that are read show it, unless they were read as well when the stories were lost.
    """
    if before.state is HealthState.MOVED:
        return latest.moved_to is None or (before.cause == Reason.OUT_OF_SCOPE and not latest.had)
    if before.state not in _TROUBLED or latest.had:
        return False
    only_lists = sum(reasons_of(latest).values()) == latest.lists_lost
    if not (past.has_articles and latest.lists > latest.lists_lost and only_lists):
        return True
    losing = next((each for each in reversed(past.recent[:-1]) if each.lost and each.started >= before.since), None)
    return losing is not None and losing.lists > losing.lists_lost


def _storyless(past: Past, latest: SourceReceipt) -> Trouble | None:
    """Say that a source's lists were read to their end, and no story of it was ever found."""
    if past.has_articles or latest.had or latest.lost or latest.left or latest.lists <= latest.lists_lost:
        return None
    why = text("its front page and lists were read, and no story was found")
    if latest.unfollowed:
        return Trouble(HealthState.FAILING, Reason.NOFOLLOW, joined("; ", [why, NOT_FOLLOWED]), latest.started)
    return Trouble(HealthState.FAILING, NO_STORY, why, latest.started)
