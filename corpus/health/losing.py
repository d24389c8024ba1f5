"""Receipts of a source -> whether its stories are lost: all or most of one run, or the new ones of the latest runs.

Stories that are visited again hide the loss of those that are news: a site with five new ones a night has fifty of
before that still read.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from corpus.health.chance import Counts, by_chance
from corpus.health.comparing import TOO_BUSY, reasons_of, standing, usual_of
from corpus.health.shortfalls import MIN_LOST, MOST_LOST, Shortfall, is_most, most_frequent, not_there, shortfall
from corpus.health.values import Health, HealthState, Past, Trouble
from corpus.reasons import Reason
from corpus.runs.receipts import SourceReceipt
from corpus.texts import Text, text

_OF_HOST = frozenset(
    {Reason.ROBOTS_UNREACHABLE, Reason.RESTING, Reason.DNS, Reason.CONNECT, Reason.TLS, Reason.PROXY}
)  # what says that no address of a host can be asked for
MIN_DAYS = 3  # without a list that was asked for
MIN_LISTS = 2  # a single one may be the only one that was due
TURNED_AWAY = frozenset({"http-401", "http-402", "http-403", "http-407", "http-429", "http-451", "robots", "challenge"})
_OF_RUNS = frozenset({HealthState.FAILING, HealthState.BLOCKED, HealthState.MOVED})
BY_CHANCE = 1 / 30_000  # as likely as four standard errors: a source is judged once a run


def lost_in(receipt: SourceReceipt, *, has_articles: bool) -> Trouble | None:
    """Return the trouble that one run shows by itself: its stories are elsewhere, or lost; None where it shows none."""
    lost_here = None if _are_old(receipt) else _lost(receipt, has_articles=has_articles)
    return _moved(receipt) or lost_here or _left_alone(receipt)


def _are_old(receipt: SourceReceipt) -> bool:
    """Whether what is lost was read before and is gone, while news is read: `drifting` judges that by its own bound."""
    gone = sum(receipt.gone_for.values()) - receipt.of("withdrawn")
    return receipt.first_had > receipt.first_lost and gone > MOST_LOST * receipt.lost


def _left_alone(receipt: SourceReceipt) -> Trouble | None:
    """Say that nothing was read as the host could not be asked: the first visit ended the run, what is due is left.

    So does a host that asks to slow down before a story came, whether its lists were read or not.
    """
    reasons = reasons_of(receipt)
    busy = {word: count for word, count in reasons.items() if word in TOO_BUSY}
    if busy and not receipt.had and receipt.left >= MIN_LOST and reasons.keys() - _OF_HOST:
        return _trouble(text("no story could be read"), busy, receipt)
    nothing = bool(reasons) and sum(reasons.values()) == receipt.visits and reasons.keys() <= _OF_HOST
    return _trouble(text("nothing could be read"), reasons, receipt) if nothing and receipt.left >= MIN_LOST else None


def _moved(latest: SourceReceipt) -> Trouble | None:
    if latest.moved_to:
        return Trouble(
            HealthState.MOVED, "moved", text("its front page is at {url} now", url=latest.moved_to), latest.started
        )
    elsewhere = latest.counts.get("refused", {}).get(Reason.OUT_OF_SCOPE, 0)
    if latest.lost >= MIN_LOST and elsewhere > MOST_LOST * (latest.lost + latest.had):
        stories = latest.lost + latest.had
        why = text("{some:,} of {all:,} stories are at another site", some=elsewhere, all=stories)
        return Trouble(HealthState.MOVED, Reason.OUT_OF_SCOPE, why, latest.started)
    return None


def _lost(latest: SourceReceipt, *, has_articles: bool) -> Trouble | None:
    """Say that nothing, no story or less than half of the stories could be read; `lost_news` judges new ones alone."""
    found = shortfall(latest, has_articles=has_articles)
    if found is None or found is Shortfall.NEW_STORIES:
        return None
    reasons = (found is not Shortfall.ALL and latest.lost_for) or reasons_of(latest)  # of stories, else of visits
    said = (
        text("nothing could be read")
        if found is Shortfall.ALL
        else text("no story could be read")
        if found is Shortfall.STORIES
        else text("{lost:,} of {all:,} stories could not be read", lost=latest.lost, all=latest.lost + latest.had)
    )
    return _trouble(said, reasons, latest)


def lost_news(past: Past, before: Health | None) -> Trouble | None:
    """Return the trouble of a source most of whose new stories are lost, more than chance makes; else None.

    The latest runs count as one as long as each lost most of its own: a source with one story a day is told after a few
    days, and a day without a story ends nothing.
    """
    now: list[SourceReceipt] = []
    for receipt in reversed((*past.earlier, *past.recent)):
        gone, of = _news([receipt])
        if of + receipt.stories and gone <= MOST_LOST * max(of, gone + receipt.stories):
            break
        now += [receipt] if gone else []
    gone, of = _news(now)
    if not is_most(gone, of):
        return None
    if before is not None and before.state in _OF_RUNS and before.since <= now[-1].started:
        return _of_news(now)  # what is looked at as usual is another once there is a trouble, and ends none
    lasting = standing(before, before.state) if before is not None and before.state in _OF_RUNS else None
    usual = [each for each in usual_of(past, lasting) if each.started < now[-1].started]
    return None if by_chance((gone, of), _usual_news(usual)) > BY_CHANCE else _of_news(now)


def lost_lists(recent: Sequence[SourceReceipt]) -> Trouble | None:
    """Return the trouble of a source none of whose lists could be read in the latest runs, two at least; else None.

    What is stored may still read; what is news is not seen. A run in which no list was asked for ends nothing, and such
    runs on three days say it, too: something else came first, and the host was left alone for it.
    """
    lists, runs, days = 0, [], set()
    reasons: Counter[str] = Counter()
    for receipt in reversed(recent):
        if receipt.lists > receipt.lists_lost + not_there(receipt):
            break
        if receipt.lists_lost or not receipt.lists:
            runs.append(receipt)
            lists += receipt.lists_lost
            days.add(receipt.started.date())
            why = receipt.lists_lost_for or reasons_of(receipt)
            reasons.update({word: count for word, count in why.items() if receipt.lists or word in _OF_HOST})
    else:
        days.clear()  # none was ever read, or the receipts are of a version that did not count it
    if lists < MIN_LISTS and len(days) < MIN_DAYS:
        return None
    first = next(each for each in reversed(runs) if each.lists_lost or lists < MIN_LISTS)
    return _trouble(text("its front page and lists could not be read"), dict(reasons.most_common()), first)


def by_itself(receipt: SourceReceipt, *, has_articles: bool) -> Trouble | None:
    """Return the trouble that one run shows by itself, whatever was before and even if by chance; else None."""
    found = lost_in(receipt, has_articles=has_articles)
    if found is None and is_most(*_news([receipt])):
        found = _of_news([receipt])
    return found or lost_lists([receipt])


def _of_news(now: Sequence[SourceReceipt]) -> Trouble:
    gone, of = _news(now)
    reasons: Counter[str] = Counter()
    for receipt in now:
        reasons.update(receipt.first_lost_for)
    if reasons[Reason.OUT_OF_SCOPE] > MOST_LOST * gone:
        why = text("{some:,} of {all:,} new stories are at another site", some=reasons[Reason.OUT_OF_SCOPE], all=of)
        return Trouble(HealthState.MOVED, Reason.OUT_OF_SCOPE, why, now[-1].started)
    said = text("{lost:,} of {all:,} new stories could not be read", lost=gone, all=of)
    return _trouble(said, dict(reasons.most_common()), now[-1])


def _trouble(said: Text, reasons: Mapping[str, int], since: SourceReceipt) -> Trouble:
    named = most_frequent(reasons)
    away = sum(count for word, count in reasons.items() if word in TURNED_AWAY)
    state = HealthState.BLOCKED if away > MOST_LOST * sum(reasons.values()) else HealthState.FAILING
    why = text("{what}: {reasons}", what=said, reasons=named) if named else said
    return Trouble(state, next(iter(reasons), ""), why, since.started)


def _news(receipts: Iterable[SourceReceipt]) -> Counts:
    """Return how many new stories were lost, and of how many."""
    gone = of = 0
    for receipt in receipts:
        gone += receipt.first_lost
        of += receipt.first_lost + receipt.first_had
    return gone, of


def _usual_news(receipts: Iterable[SourceReceipt]) -> Counts:
    """Return the lost and all new stories of usual runs; an older receipt without these figures counts all stories."""
    gone = of = 0
    for receipt in receipts:
        has_figures = receipt.first_had or receipt.first_lost
        lost, had = (receipt.first_lost, receipt.first_had) if has_figures else (receipt.lost, receipt.stories)
        gone += lost
        of += lost + had
    return gone, of
