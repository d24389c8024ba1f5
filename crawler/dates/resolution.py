"""Every date that a page gives -> the dates that are believed: when it was published, and when it was updated.

Order of trust: the source's selector, JSON-LD, meta, microdata and <time>, a date printed near the headline, the
URL, the hints of a feed or sitemap. Future dates and dates before 1990 are doubted: any other date is preferred to
them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from corpus.model import AHEAD, Hints, PageDate, Precision
from corpus.texts import text
from crawler.dates.clock import Moment
from crawler.dates.order import Order, declared_order, order_shown
from crawler.dates.places import Given, data_dates, url_date
from crawler.dates.printed import parse_date
from crawler.dates.printed_places import SHORT, printed_dates
from crawler.dates.reader import page_date
from crawler.markup.marked import MarkedElement
from crawler.markup.view import PageView
from crawler.values import Candidate

_UNDER = 10  # blocks
_CLOCK = timedelta(days=1)  # between the day of the visit and the day that the page shows, somewhere on earth
_CLOCKS = 5  # such dates that are shown
_SHOWN = 100  # characters of a text
_SAME = timedelta(minutes=1)  # the same moment may be given with seconds and without


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """When the page says it was published and updated; `rules` by field."""

    published: PageDate | None = None
    updated: PageDate | None = None
    rules: tuple[tuple[str, str], ...] = ()
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A date that a page gives; `order` says what decided which number is the day."""

    rule: str
    origin: str
    text: str
    date: PageDate
    updated: bool = False
    at: int | None = None
    above: bool = False
    order: str = ""


def read_dates(
    view: PageView,
    marked: Sequence[MarkedElement],
    *,
    byline_at: int | None = None,
    selected: str | None = None,
    explain: bool = True,
) -> Dates:
    """Read every date a page gives and choose the published and the updated one.

    Args:
        marked: The elements marked as dates.
        byline_at: The block with the byline.
        selected: The date as the source's own selector finds it.
        explain: Give the candidates.
    """
    page, metadata = view.page, view.metadata
    places = (
        Given(page.selectors.origin("published"), "selector", selected or ""),
        *data_dates(metadata),
        *printed_dates(view, marked, byline_at),
        url_date(page.address),
    )
    reader = _Reader(page.fetched, _declared(view), view.language)
    hints = tuple(_of_hints(page.hints))
    given = [*reader.read(places), *hints]
    if reader.either and page.day_first is None:
        certain = [item.date for item in given if not (item.text in reader.either or item.date.doubtful)]
        short = [text for text in view.blocks.texts if len(text) <= SHORT]
        shown = order_shown(reader.either.values(), certain, (*(item.text for item in given), *short))
        if shown.day_first is not None:
            given = [*_Reader(page.fetched, shown, view.language).read(places), *hints]
    clocks = [item for item in given if item.above and abs(item.date.day - page.fetched.date()) <= _CLOCK]
    found = [item for item in given if item not in clocks]
    published = _chosen([item for item in found if not item.updated], page.fetched)
    published = _printed_before(published, found, view.headline_at) or published
    updated = _chosen([item for item in found if item.updated], page.fetched)
    if published is None and updated is not None:
        published, updated = replace(updated, rule=text("{what}, the only date", what=updated.rule)), None
    if published and updated and updated.date.at <= published.date.at:
        updated = None
    return Dates(
        published=_own_day(_refined(published, found), found) if published else None,
        updated=updated.date if updated else None,
        rules=tuple((name, item.rule) for name, item in (("published", published), ("updated", updated)) if item),
        candidates=(
            *_candidates(found, published, updated),
            *(_candidate(item, "the day of the visit, above the story") for item in clocks[:_CLOCKS]),
        )
        if explain
        else (),
    )


class _Reader:
    """Reads texts of one page, knowing when it was fetched and how it writes its days.

    Attributes:
        either: Text -> its readings with the month and with the day first, where both are dates.
    """

    def __init__(self, fetched: datetime, order: Order, language: str | None) -> None:
        self.fetched, self.order, self.language = fetched, order, language
        self.either: dict[str, tuple[Moment, Moment]] = {}
        self._read: dict[str, Moment | None] = {}  # a page gives its date in several places, written alike

    def read(self, places: Iterable[Given | None]) -> Iterator[_Found]:
        for place in places:
            moment = self._moment(place.text) if place else None
            date = page_date(moment, origin=place.origin, now=self.fetched) if moment and place else None
            if date and place:
                order = self._said() if place.text[:_SHOWN] in self.either else ""
                yield _Found(
                    place.rule, place.origin, place.text[:_SHOWN], date, place.updated, place.at, place.above, order
                )

    def _moment(self, written: str) -> Moment | None:
        if written not in self._read:
            moment = parse_date(written, today=self.fetched, language=self.language)
            day_first = parse_date(written, today=self.fetched, day_first=True) if moment and moment.doubtful else None
            if moment and day_first and not day_first.doubtful:
                self.either[written[:_SHOWN]] = moment, day_first
                moment = self._ordered(moment, day_first)
            self._read[written] = moment
        return self._read[written]

    def _ordered(self, month_first: Moment, day_first: Moment) -> Moment:
        order = self.order.day_first
        if order is None:  # no page is published in the future
            order = self._is_to_come(month_first) and not self._is_to_come(day_first)
        doubtful = self.order.disputed or self.order.day_first is None
        return replace(day_first if order else month_first, doubtful=doubtful)

    def _is_to_come(self, moment: Moment) -> bool:
        return moment.at.replace(tzinfo=UTC) > self.fetched.astimezone(UTC) + AHEAD

    def _said(self) -> str:
        day_first, disputed, sign = self.order
        if day_first is None or not sign:
            return ""
        return f"{'day' if day_first else 'month'} first: {sign}{', disputed' if disputed else ''}"


def _declared(view: PageView) -> Order:
    """How a page writes its days by what its source's configuration, its language and its host say."""
    page, metadata = view.page, view.metadata
    if page.day_first is not None:
        return Order(page.day_first)
    language = metadata.language or page.language
    if view.language and (language or "")[:2].lower() != view.language[:2]:  # a template's, of another language
        language = view.language
    return declared_order(language, metadata.metas.get("og:locale", ()), page.address)


def _of_hints(hints: Hints) -> Iterator[_Found]:
    for updated, date in ((False, hints.published), (True, hints.updated)):
        if date is not None:
            yield _Found(
                text("hint of a {origin}", origin=date.origin), date.origin, date.at.isoformat(), date, updated
            )


# ---------------------------------------------------------------- the decision


def _chosen(found: list[_Found], fetched: datetime) -> _Found | None:
    """Return the first date that is not doubted, a month only when there is no day; else the first doubted date."""
    sound = [item for item in found if not item.date.doubtful]
    days = [item for item in sound if item.date.precision.has_day]
    for choice in (days, sound, [item for item in found if _may_be(item, fetched)]):
        if choice:
            return choice[0]
    return None


def _printed_before(chosen: _Found | None, found: list[_Found], headline_at: int | None) -> _Found | None:
    """Return the day printed under the headline when the page's data has a later day.

    Sites rewrite their data when they move or save a story again; they print no day before the day of publication.
    """
    if chosen is None or chosen.origin in {"time", "text", "selector"} or headline_at is None:
        return None
    for item in found:
        is_line = (
            item.origin in {"time", "text"} and item.at is not None and headline_at <= item.at <= headline_at + _UNDER
        )
        if is_line and not item.updated and not item.date.doubtful and len(item.text) <= SHORT and _has_day(item):
            return item if timedelta(days=2) < chosen.date.at - item.date.at else None
    return None


def _has_day(item: _Found) -> bool:
    return item.date.precision.has_day and "away" not in item.rule


def _may_be(item: _Found, fetched: datetime) -> bool:
    """Whether a doubted date is shown: a date years in the future is not."""
    return item.date.at < fetched.astimezone(UTC) + timedelta(days=366) and item.date.at.year > 1000


def _refined(chosen: _Found, found: list[_Found]) -> PageDate:
    """Decide which number is the day and which the month, by another date of the page."""
    if not chosen.date.doubtful or chosen.date.precision is Precision.YEAR:
        return chosen.date
    for item in found:
        if not item.date.doubtful and abs((item.date.at - chosen.date.at).days) <= 1:
            return replace(chosen.date, doubtful=False)
    return chosen.date


def _own_day(date: PageDate, found: list[_Found]) -> PageDate:
    """Give a moment in UTC the page's own offset, when the page prints its day: the 19th, 02:00, is the 18th there.

    The offset is that of another spelling of the same moment, else the smallest that gives the printed day.
    """
    if date.precision is not Precision.MINUTE or date.offset:
        return date
    for item in found:
        if abs(item.date.at - date.at) < _SAME and item.date.offset and item.date.precision is Precision.MINUTE:
            return replace(date, offset=item.date.offset)
    printed = next(
        (item for item in found if item.origin in {"text", "time"} and not item.updated and _is_near(item, date)), None
    )
    if printed is None or printed.date.day == date.day:
        return date
    ahead = printed.date.day > date.day
    midnight = datetime.combine(printed.date.day if ahead else date.day, datetime.min.time(), UTC)
    hours = (
        -(-abs((midnight - date.at).total_seconds()) // 3600)
        if ahead
        else (date.at - midnight).total_seconds() // 3600 + 1
    )
    if hours > (14 if ahead else 12):
        return date
    return replace(date, offset=timedelta(hours=hours if ahead else -hours))


def _is_near(item: _Found, date: PageDate) -> bool:
    """Whether a printed day is the day of a moment, or the one before or after it."""
    return item.date.offset is None and not item.date.doubtful and abs((item.date.day - date.at.date()).days) <= 1


def _candidates(found: list[_Found], published: _Found | None, updated: _Found | None) -> Iterator[Candidate]:
    for item in found[:30]:
        won = item is published or item is updated
        why = "in doubt: day and month, or the year" if item.date.doubtful else "a source believed more"
        yield _candidate(item, None if won else why)


def _candidate(item: _Found, lost: str | None) -> Candidate:
    name = "updated" if item.updated else "published"
    order = f" ({item.order})" if item.order else ""
    return Candidate(name, f"{item.text} = {item.date.day}{order}", item.rule, lost)
