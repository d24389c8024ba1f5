"""What is known of a source, and its latest runs -> its health: a state, since when and why.

What a run says nothing of stays as it was: a night on which no story was due does not make a failing source well.
"""

from corpus.health.comparing import busy, quiet, reasons_of, slow
from corpus.health.drifting import drifting
from corpus.health.flapping import flapping
from corpus.health.losing import by_itself, lost_in, lost_lists, lost_news
from corpus.health.values import GONE, NO_STORY, Health, HealthState, Past, Trouble
from corpus.reasons import Reason
from corpus.runs.receipts import SourceReceipt
from corpus.texts import text

_TROUBLED = frozenset({HealthState.FAILING, HealthState.BLOCKED})
_BY_RUN = _TROUBLED | {HealthState.MOVED}


def judge(past: Past, before: Health | None) -> Health | None:
    """Return how a source does after a run; None when nothing is known of it yet.

    Args:
        before: How it did after the run before; None: it was never judged. Its acknowledgement goes on as long as its
            state does.
    """
    if not past.recent or not past.recent[-1].visits:
        return before
    latest = past.recent[-1]
    found = lost_in(latest, has_articles=past.has_articles) or lost_news(past, before) or lost_lists(past.recent)
    if found is None and before is not None and _stands(before, past, latest):
        return before
    found = (
        _on_and_off(past, before, found)
        or _storyless(past, latest)
        or drifting(past, before)
        or _busy_on_and_off(past, before, slow(past, before))
        or quiet(past, before)
    )
    usual_from = before.usual_from if before else None
    if found is None:
        since = before.since if before and before.state is HealthState.OK else latest.started
        return Health(source=past.source, state=HealthState.OK, since=since, usual_from=usual_from)
    same = before is not None and before.state is found.state and (before.cause == GONE) == (found.cause == GONE)
    return Health(
        source=past.source,
        state=found.state,
        since=before.since if before and same else found.since,
        cause=found.cause,
        why=found.why,
        acknowledged=before.acknowledged if before and same else None,
        usual_from=usual_from,
    )


def _on_and_off(past: Past, before: Health | None, found: Trouble | None) -> Trouble | None:
    """Return what a run shows as a part of a trouble that comes and goes; such a one may stand though a run is well."""
    state = before.state if before is not None else HealthState.OK
    if found is None and state not in _BY_RUN:
        return None
    whole = flapping(past, before, lambda each: by_itself(each, has_articles=past.has_articles))
    if whole is None or (found is None and whole.is_over):
        return found
    known = state if state in _BY_RUN and (found is None or found.state in whole.states) else None
    return whole.said(found or whole.last, known)


def _busy_on_and_off(past: Past, before: Health | None, found: Trouble | None) -> Trouble | None:
    """Return the same of a source that is slow."""
    is_slow = before is not None and before.state is HealthState.SLOW
    if found is None and not is_slow:
        return None
    whole = flapping(past, before, busy)
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
    return Trouble(HealthState.FAILING, NO_STORY, why, latest.started)
