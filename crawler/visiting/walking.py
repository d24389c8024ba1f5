"""A listing that was read -> which of its older pages are asked for now, and which wait until their user asks.

By itself a crawl walks each list back as many pages as `backfill` says, and takes MAX_ARCHIVES dated archives a page
of that, or MAX_DAYS of those that have a single day. Where the walk ends, the next address is stored and waits;
`pressmark crawl SOURCE --backfill 2020..` goes on from there, to that day, over as many runs as it takes;
`--backfill 2019..2021` leaves what is newer than 2021.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice, takewhile

from corpus import urls
from corpus.model import Discovered, FrontierEntry, UrlKind, UrlState
from corpus.store import ArticleStore
from corpus.store.values import Backfill
from corpus.texts import Text, first_of, text
from corpus.via import Via
from crawler.discovery.archives import span_of
from crawler.values import Listing
from crawler.visiting.context import CrawlContext

# Dated archives taken for each page of `backfill`: with its usual 20 pages, five years by month and 200 days by day,
# which are one page of a daily's stories each, as a page of a list is.
MAX_ARCHIVES, MAX_DAYS = 3, 10
_SINCE = date(2020, 1, 1)  # the day to which the command goes on that a receipt names
_OLDER = (Via.NEXT_PAGE, Via.ARCHIVE)  # how older pages of a list are found
MAX_WALKED = 20_000  # further pages of a source's lists, however far back its user wants to go


@dataclass(frozen=True, slots=True)
class Walk:
    """Older pages: `due` now, `again` due although read before, and `postponed`."""

    due: tuple[Discovered, ...] = ()
    again: tuple[str, ...] = ()
    postponed: tuple[Discovered, ...] = ()


async def walk(
    crawl: CrawlContext,
    entry: FrontierEntry,
    listing: Listing,
    address: str,
    *,
    goal: Backfill | None,
    leads: bool,
    has_gap: bool,
) -> Walk:
    """Return what becomes of the page that continues a listing, and of the dated archives it names.

    Args:
        address: Where the listing answered.
        goal: How far back its source is walked; None: as far as config says.
        leads: Whether it leads to any story or section; one that does not ends its walk.
        has_gap: Most of its stories are new: those before them stand on the page after it, read before or not.
    """
    archives = await _archives(crawl, entry, listing, goal=goal, leads=leads)
    following = _following(listing, address, entry)
    if following is None or (entry.via == Via.NEXT_PAGE and not leads):
        return archives
    before = await crawl.async_store.entry(urls.key_of(following.url))
    if before is not None:
        again = has_gap and entry.checked is not None and before.state is UrlState.DROPPED
        return replace(archives, again=(before.url,) if again else ())
    most = crawl.scopes[entry.source].source.backfill
    pages = await _pages_back(crawl, entry, most)
    if pages < most or (goal is not None and await _goes_on(crawl, entry, listing, goal)):
        return replace(archives, due=(*archives.due, following))
    return replace(archives, postponed=(*archives.postponed, following))


async def _archives(
    crawl: CrawlContext, entry: FrontierEntry, listing: Listing, *, goal: Backfill | None, leads: bool
) -> Walk:
    """Return what becomes of the dated archives that a listing names, the latest first; arguments as of `walk`."""
    found = [item for item in listing.found if item.via == Via.ARCHIVE]
    if entry.via == Via.ARCHIVE and not leads:
        found = [item for item in found if _is_within(item.url, entry.address)]  # else a calendar without end
    if not found:
        return Walk()
    source = crawl.scopes[entry.source].source
    taken = await crawl.async_store.do(crawl.async_store.store.walks.walked, source.name, "archive")
    known = await crawl.async_store.entries(found)
    due: list[Discovered] = []
    postponed: list[Discovered] = []
    for item in sorted(found, key=lambda item: _first_day(item.url), reverse=True):
        if urls.key_of(item.url) in known:
            continue
        first, last = _first_day(item.url), _last_day(item.url)
        is_within_goal = goal is not None and last >= goal.since
        most = source.backfill * (MAX_DAYS if first == last else MAX_ARCHIVES)
        is_taken = is_within_goal or len(due) + taken < most
        (due if is_taken and not (goal and goal.is_too_new(first, last)) else postponed).append(item)
    return Walk(tuple(due), (), tuple(postponed))


def behind(store: ArticleStore, sources: Collection[str]) -> Text | None:
    """Return what to say of those of these sources whose lists have older pages that wait; None: there are none.

    A source that is walked back as far as the command would is not named: what waits is older than that.
    """
    waiting = {name: store.walks.goal(name) for name in store.walks.waiting(sources)}
    named = sorted(name for name, goal in waiting.items() if not (goal and goal.until is None and goal.since <= _SINCE))
    if not named:
        return None
    return text(
        "older pages of {sources} were not read: {command} goes on to 2020",
        sources=first_of(named),
        command=f"`pressmark crawl '{named[0]}' --backfill 2020..`",
    )


def too_new(
    found: Collection[Discovered], goal: Backfill | None, entry: FrontierEntry, now: datetime
) -> list[Discovered]:
    """Return the stories of an older page that are newer than a backfill's last day; stories without a day are not."""
    if goal is None or goal.until is None or entry.via not in _OLDER:
        return []
    days = ((item, _day_of(item, now)) for item in found)
    return [item for item, day in days if day is not None and goal.is_too_new(day, day)]


def resume(
    store: ArticleStore, source: str, since: datetime, now: datetime, *, until: date | None = None
) -> tuple[int, int, int]:
    """Make the older pages of a source's lists due, from one day back to another.

    Returns:
        How many waiting pages are due now, how many end before `since`, and how many begin after `until`.
    """
    waiting = store.walks.postponed().get(source, ())
    older = [address for address in waiting if _last_day(address) < since.date()]
    newer = [address for address in waiting if until is not None and _first(address, now) > until]
    left = {*older, *newer}
    due = [address for address in waiting if address not in left]
    return store.walks.resume(due, source, since, now, until=until), len(older), len(newer)


def _first(address: str, now: datetime) -> date:
    """The first day of an archive, or the day of a story; the first there is for any other address."""
    return span[0] if (span := span_of(address)) else (_day_in(address, now) or date.min)


def _following(listing: Listing, address: str, entry: FrontierEntry) -> Discovered | None:
    if listing.next is None:
        return None
    kind = UrlKind.SECTION if entry.kind is UrlKind.HOME else entry.kind
    return Discovered(url=listing.next, kind=kind, via=Via.NEXT_PAGE, parent=address)


async def _goes_on(crawl: CrawlContext, entry: FrontierEntry, listing: Listing, goal: Backfill) -> bool:
    """Whether a listing has not reached the day to which its source is walked back."""
    if await crawl.async_store.do(crawl.async_store.store.walks.walked, entry.source, "next-page") >= MAX_WALKED:
        return False
    dated = [found for item in listing.found if (found := _day_of(item, crawl.now())) is not None]
    if not dated and entry.parent:
        stored = await crawl.async_store.do(crawl.async_store.store.walks.newest_below, entry.source, entry.parent)
        dated = [stored.date()] if stored is not None else []
    return not dated or max(dated) >= goal.since


def _day_of(item: Discovered, now: datetime) -> date | None:
    if item.kind is not UrlKind.ARTICLE:
        return None
    if item.hints.published is not None:
        return item.hints.published.day
    return _day_in(item.url, now)


def _day_in(address: str, now: datetime) -> date | None:
    from crawler.dates.places import url_date  # with what reads pages; only a backfill asks
    from crawler.dates.printed import parse_date

    given = url_date(address)
    moment = parse_date(given.text, today=now) if given else None
    return None if moment is None else moment.at.date()


def _is_within(url: str, address: str) -> bool:
    """Whether an archive's days are some of another's: those of a month that lists no articles, but its days."""
    days, whole = span_of(url), span_of(address)
    return days is not None and whole is not None and days != whole and whole[0] <= days[0] and days[1] <= whole[1]


def _first_day(url: str) -> date:
    found = span_of(url)
    return found[0] if found else date.min


def _last_day(url: str) -> date:
    """The last day an archive lists; the last there is for any other address."""
    found = span_of(url)
    return found[1] if found else date.max


async def _pages_back(crawl: CrawlContext, entry: FrontierEntry, most: int) -> int:
    """How many continuations lead to this page, from the first one; no more than `most` are counted."""

    def count() -> int:  # in the store's thread, which asks for each page in between
        pages = takewhile(lambda each: each.via == Via.NEXT_PAGE and each.parent, store.frontier.above(entry))
        return sum(1 for _ in islice(pages, most))

    store = crawl.async_store.store
    return await crawl.async_store.do(count) if entry.via == Via.NEXT_PAGE else 0
