"""What to fetch next, and when: next visits, retries after failures, what is dropped and why. Pure policy.

The frontier itself is a table of the store; these functions decide what is written to it.
"""

from datetime import datetime, timedelta

from corpus.config import CrawlerSettings
from corpus.model import FrontierEntry, Outcome, UrlKind, UrlState, value
from corpus.reasons import Reason, Retry, consequence, word_of
from corpus.runs.politeness import SLOW_DOWN
from corpus.via import Via
from crawler.discovery import archives

FIRST_RETRY = timedelta(minutes=10)
LAST_RETRY = timedelta(days=7)
GONE_ATTEMPTS = 3  # times in a row a page answers 404 before its article is withdrawn
RECHECK_GONE = timedelta(days=1)
NEWS = timedelta(days=7)  # age at which a story that is announced is no news any more
LATEST_LISTING = timedelta(hours=12)  # however quiet a listing is: each nightly crawl reads it
LATEST_SECTION = timedelta(days=7)  # of a section below another, such as a subject's page: there may be hundreds
RECHECK_ROBOTS = timedelta(days=7)  # when an address robots.txt disallows is looked at again
RECHECK_REFUSED = timedelta(days=30)
SECOND_LOOK = timedelta(days=7)  # at an answer that is wrong in a way that does not heal by itself
LOOKS = 2  # at such an answer, before its address is dropped
SECOND_TRY = 10  # times the rest between two requests, before the same run asks once more

LISTINGS = frozenset({UrlKind.HOME, UrlKind.FEED, UrlKind.SITEMAP, UrlKind.SECTION})

ASK_TO_WAIT = frozenset(f"http-{status}" for status in SLOW_DOWN)  # which says nothing of what is there
_RECHECKED = {Retry.WEEKLY: RECHECK_ROBOTS, Retry.MONTHLY: RECHECK_REFUSED}
_LASTING = frozenset({Retry.SECOND_LOOK, Retry.NEVER})
_DECIDED = frozenset({Reason.NOINDEX, Reason.TOO_OLD, Reason.EXCLUDED})  # by the site's owner, or by config


@value()
class Next:
    """What becomes of a URL after a visit; `again`: the run under way may ask once more."""

    outcome: Outcome
    state: UrlState
    due: datetime
    attempts: int = 0
    again: bool = False


def after_article(
    entry: FrontierEntry, now: datetime, *, rules: CrawlerSettings, born: datetime | None, changed: bool
) -> Next:
    """Revisit an article: the interval doubles from `revisit_after` to `revisit_at_most`, and starts again at a change.

    One that has been quiet for `revisit_until` is not looked at again, but each gets one later look after its first.

    Args:
        entry: As it was before the visit; its `changed` is None at the first.
        born: When it was published; None: not said.
        changed: Whether this visit found another text.
    """
    first = entry.changed is None
    quiet = now - ((born or now) if entry.changed is None else now if changed else entry.changed)
    if quiet > rules.revisit_until:
        state = UrlState.WAITING if first else UrlState.DROPPED
        return Next(Outcome.NEW, state, now + rules.revisit_at_most)
    wait = rules.revisit_after if first else max(quiet, rules.revisit_after)
    return Next(Outcome.NEW, UrlState.WAITING, now + min(wait, rules.revisit_at_most))


def after_listing(entry: FrontierEntry, now: datetime, *, rules: CrawlerSettings, changed: bool) -> Next:
    """Read a listing again: at its rhythm when it brought something new, else after twice the time since last."""
    if archives.is_over(entry.address, entry.via, now):  # what is new comes on the first page
        return Next(Outcome.READ, UrlState.DROPPED, now)
    since = now - entry.checked if entry.checked and not changed else timedelta()
    latest = LATEST_SECTION if entry.via == Via.SECTION else LATEST_LISTING
    return Next(Outcome.READ, UrlState.WAITING, now + max(min(since * 2, latest), rules.listings_every))


def after_failure(entry: FrontierEntry, reason: str, now: datetime, *, rules: CrawlerSettings) -> Next:
    """Decide after a visit that failed or was refused for a reason of corpus/reasons.py."""
    follows = consequence(reason)
    outcome = Outcome.FAILED if follows.outcome is Outcome.NOT_ARTICLE and entry.kind in LISTINGS else follows.outcome
    if follows.retry is Retry.UNCOUNTED:
        return Next(outcome, UrlState.WAITING, now + FIRST_RETRY, _failures(entry))
    attempts = _failures(entry) + 1
    if follows.retry in _RECHECKED:
        wait = _RECHECKED[follows.retry]
        return Next(outcome, UrlState.WAITING, now + (min(wait, LATEST_LISTING) if _is_lasting_list(entry) else wait))
    if follows.retry is Retry.ALWAYS:
        attempts = entry.attempts + 1
        return Next(outcome, UrlState.WAITING, now + _backoff(attempts), attempts)
    if follows.retry is Retry.NEVER and (word_of(reason) in _DECIDED or not _lasts(entry)):
        return Next(outcome, UrlState.DROPPED, now, attempts)
    if entry.via == Via.WELL_KNOWN and not entry.was_read and reason not in ASK_TO_WAIT:
        return Next(Outcome.NOT_ARTICLE, UrlState.DROPPED, now, attempts)
    if follows.retry is Retry.SAME_RUN and entry.turns > 1:
        attempts = max(_failures(entry), 1)  # the second failure of one night
    looks = LOOKS if follows.retry in _LASTING else rules.attempts
    if attempts >= looks and not _lasts(entry):
        return Next(outcome, UrlState.DROPPED, now, attempts)
    if follows.retry is Retry.SAME_RUN and entry.turns < 2:
        return Next(outcome, UrlState.WAITING, now + rules.delay * SECOND_TRY, attempts, again=True)
    is_slow = follows.retry in _LASTING and not _is_lasting_list(entry)
    wait = SECOND_LOOK * min(attempts, 4) if is_slow else _backoff(attempts)
    return Next(outcome, UrlState.WAITING, now + wait, attempts)


def after_gone(entry: FrontierEntry, status: int, now: datetime, *, rules: CrawlerSettings) -> Next:
    """Decide after 404 or 410: 410 withdraws at once, 404 when it is answered again and again.

    A URL that never was an article is dropped at its first 410 and its second 404; a well-known path that was
    only tried, at its first; a list that was read once, at as many as other failures are allowed. So is news that a
    feed or news sitemap announces, after twice the wait each time: it may come later than its announcement.
    """
    attempts = entry.attempts + 1 if (entry.reason or "").startswith(("http-404", "http-410")) else 1
    if entry.kind is UrlKind.HOME or (entry.kind in LISTINGS and entry.via == Via.CONFIG):
        return after_failure(entry, f"http-{status}", now, rules=rules)
    most = 1 if entry.via == Via.WELL_KNOWN else 2
    if entry.changed or entry.was_read:
        most = GONE_ATTEMPTS if entry.changed else rules.attempts
    wait = RECHECK_GONE
    if entry.changed is None and _is_announced(entry):
        most, wait = max(most, rules.attempts), RECHECK_GONE * int(2 ** min(attempts - 1, 4))
    if status == 410 or attempts >= most:
        outcome = Outcome.WITHDRAWN if entry.changed else Outcome.NOT_ARTICLE
        return Next(outcome, UrlState.DROPPED, now, attempts)
    return Next(Outcome.FAILED, UrlState.WAITING, now + wait, attempts)


def after_not_article(entry: FrontierEntry, reason: str, now: datetime) -> Next:
    """Decide about a page that is no article: one that never was, nor a list, is given up at once or after some looks.

    The wait is twice that after a 404, and doubles: a wall often stands for some days, and three looks span six.
    """
    lasting = consequence(reason).retry is Retry.NEVER
    attempts = _failures(entry) + 1
    if not _lasts(entry) and (lasting or attempts >= GONE_ATTEMPTS):
        return Next(Outcome.NOT_ARTICLE, UrlState.DROPPED, now, attempts)
    wait = min(RECHECK_GONE * int(2 ** min(attempts, 5)), RECHECK_REFUSED)
    return Next(Outcome.NOT_ARTICLE, UrlState.WAITING, now + wait, attempts)


def _failures(entry: FrontierEntry) -> int:
    """How many visits failed in a row by what they found: none of those that could not even look at the address."""
    was_looked_at = entry.reason is None or consequence(entry.reason).retry is not Retry.ALWAYS
    return entry.attempts if was_looked_at else 0


def _lasts(entry: FrontierEntry) -> bool:
    """Whether an address is asked for ever: an article we have, a front page, a list that config names or that was one.

    Otherwise a site that is down or shut for a week would lose its feeds and sections, and nobody would ask for them.
    """
    return entry.changed is not None or _is_lasting_list(entry)


def _is_announced(entry: FrontierEntry) -> bool:
    """Whether a feed or news sitemap dated the address as news of these days, when we first saw it."""
    published = entry.hints.published
    return entry.kind is UrlKind.ARTICLE and published is not None and entry.first_seen - published.at < NEWS


def _is_lasting_list(entry: FrontierEntry) -> bool:
    """Whether it is a list that a source's news come by: what is wrong in one night may be well in the next."""
    return entry.kind is UrlKind.HOME or (entry.kind in LISTINGS and (entry.via == Via.CONFIG or entry.was_read))


def _backoff(attempts: int) -> timedelta:
    return min(FIRST_RETRY * int(3 ** min(attempts - 1, 12)), LAST_RETRY)
