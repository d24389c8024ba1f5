"""What to fetch next, and when: next visits, patience with failures, what is dropped and why. Pure policy.

The frontier itself is a table of the store; these functions decide what is written to it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from corpus.config import CrawlerSettings
from corpus.model import FrontierEntry, Outcome, UrlKind, UrlState
from crawler.discovery import archives

LEASE = timedelta(minutes=10)  # longer than any one visit may take: delay, redirects and reading included

FIRST_RETRY = timedelta(minutes=10)
LAST_RETRY = timedelta(days=7)
GONE_ATTEMPTS = 3  # times in a row a page answers 404 before its article is withdrawn
RECHECK_GONE = timedelta(days=1)
LATEST_LISTING = timedelta(hours=12)  # however quiet a listing is: each nightly crawl reads it
LATEST_SECTION = timedelta(days=7)  # of a section below another, such as a subject's page: there may be hundreds
RECHECK_ROBOTS = timedelta(days=7)  # when an address robots.txt disallows is looked at again
RECHECK_REFUSED = timedelta(days=30)

LISTINGS = frozenset({UrlKind.HOME, UrlKind.FEED, UrlKind.SITEMAP, UrlKind.SECTION})

# What will not become a page by asking again soon.
_HOPELESS = frozenset(
    {"bad-url", "scheme", "userinfo", "port", "pdf", "image", "media", "archive", "office", "binary", "not-html"}
)
_REFUSALS = frozenset({"robots", "noindex", "private-address", "out-of-scope", "scheme", "userinfo", "port", "too-old"})


@dataclass(frozen=True, slots=True)
class Next:
    """What becomes of a URL after a visit."""

    outcome: Outcome
    state: UrlState
    due: datetime
    attempts: int = 0


def after_article(
    entry: FrontierEntry, now: datetime, *, rules: CrawlerSettings, born: datetime | None, changed: bool
) -> Next:
    """Revisit an article: the interval doubles from `revisit_after` to `revisit_at_most`, and starts anew at a change.

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
    latest = LATEST_SECTION if entry.via == "section" else LATEST_LISTING
    return Next(Outcome.READ, UrlState.WAITING, now + max(min(since * 2, latest), rules.listings_every))


def after_failure(entry: FrontierEntry, reason: str, now: datetime, *, rules: CrawlerSettings) -> Next:
    """Decide after a fetch or reading that failed for a named reason (see crawler/fetching/fetch.py)."""
    word = reason.partition(":")[0]
    attempts = entry.attempts + 1
    if word == "robots":
        return Next(Outcome.REFUSED, UrlState.WAITING, now + RECHECK_ROBOTS)
    if word == "robots-unreachable":
        return Next(Outcome.REFUSED, UrlState.WAITING, now + _backoff(attempts), attempts)
    if word == "private-address":
        return Next(Outcome.REFUSED, UrlState.WAITING, now + RECHECK_REFUSED)
    if word in _REFUSALS:
        return Next(Outcome.REFUSED, UrlState.DROPPED, now, attempts)
    if word in _HOPELESS or entry.via == "well-known":
        return Next(Outcome.NOT_ARTICLE, UrlState.DROPPED, now, attempts)
    if attempts >= rules.attempts and entry.changed is None and entry.kind is not UrlKind.HOME:
        return Next(Outcome.FAILED, UrlState.DROPPED, now, attempts)
    return Next(Outcome.FAILED, UrlState.WAITING, now + _backoff(attempts), attempts)


def after_gone(entry: FrontierEntry, status: int, now: datetime, *, rules: CrawlerSettings) -> Next:
    """Decide after 404 or 410: 410 withdraws at once, 404 when it is answered again and again.

    A URL that never was an article is dropped at its first 410 and its second 404; a well-known path that was
    only tried, at its first.
    """
    attempts = entry.attempts + 1 if (entry.reason or "").startswith("http-404") else 1
    if entry.kind is UrlKind.HOME:
        return after_failure(entry, f"http-{status}", now, rules=rules)
    patience = GONE_ATTEMPTS if entry.changed else (1 if entry.via == "well-known" else 2)
    if status == 410 or attempts >= patience:
        outcome = Outcome.WITHDRAWN if entry.changed else Outcome.NOT_ARTICLE
        return Next(outcome, UrlState.DROPPED, now, attempts)
    return Next(Outcome.FAILED, UrlState.WAITING, now + RECHECK_GONE, attempts)


def after_not_article(entry: FrontierEntry, now: datetime, *, lasting: bool) -> Next:
    """Decide about a page that is no article: a lasting verdict on a page that never was one is not asked again."""
    attempts = entry.attempts + 1
    if entry.changed is None and (lasting or attempts >= GONE_ATTEMPTS):
        return Next(Outcome.NOT_ARTICLE, UrlState.DROPPED, now, attempts)
    wait = min(RECHECK_GONE * int(2 ** min(attempts, 5)), RECHECK_REFUSED)
    return Next(Outcome.NOT_ARTICLE, UrlState.WAITING, now + wait, attempts)


def _backoff(attempts: int) -> timedelta:
    return min(FIRST_RETRY * int(3 ** min(attempts - 1, 12)), LAST_RETRY)
