"""A source and a year -> its days, its gaps and its months, as the pages of coverage and their files show them."""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from corpus.reasons import most_first
from corpus.runs.coverage import WEEKS, CoveredDay, Gap, covered
from corpus.texts import Text, joined, text
from web.layout.services import current_services
from web.sources.reason_words import meaning

T = TypeVar("T")
MONTHS = 12
_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a source. `usual`: of its days together; None: of none is anything usual yet."""

    first: date
    days: tuple[CoveredDay, ...]

    @property
    def name(self) -> str:
        """Such as 2026-08."""
        return f"{self.first:%Y-%m}"

    @property
    def read(self) -> int:
        """Articles read, in time or later."""
        return sum(each.facts.read for each in self.days)

    @property
    def lost(self) -> int:
        """Stories that crawls did not get."""
        return sum(each.facts.lost for each in self.days)

    @property
    def usual(self) -> int | None:
        """Articles that are usual in such days."""
        found = [each.usual for each in self.days if each.usual is not None]
        return round(sum(found)) if found else None


@dataclass(frozen=True, slots=True)
class Year:
    """Twelve months of a source, the last one first, and the gaps in them, the earliest first."""

    source: str
    months: tuple[Month, ...]
    gaps: tuple[Gap, ...]

    @property
    def days(self) -> list[CoveredDay]:
        """All days, the first one first."""
        return [day for month in reversed(self.months) for day in month.days]

    @property
    def read(self) -> int:
        """Articles read in all."""
        return sum(month.read for month in self.months)


def lost_for(days: Iterable[CoveredDay]) -> dict[str, int]:
    """Return why stories of some days were lost -> how many, the most frequent reason first."""
    found = Counter[str]()
    for each in days:
        found.update(each.facts.lost_for)
    return most_first(found)


def why_lost(reasons: Mapping[str, int]) -> Text:
    """Return what each reason means, with its number; stories that were lost for no noted reason are counted last."""
    noted = [text("{reason} ×{n:,}", reason=meaning(word), n=count) for word, count in reasons.items() if word]
    unsaid = [text("no reason noted ×{n:,}", n=reasons[""])] if reasons.get("") else []
    return joined("; ", [*noted, *unsaid])


def present_day() -> date:
    """Return the day that it is in the archive's time zone."""
    services = current_services()
    return services.now().astimezone(services.zone).date()


def month_of(typed: str) -> date:
    """Return the first day of a month as an address names it; of the present month where it names none."""
    found = _MONTH.fullmatch(typed)
    if found and 1 <= int(found[2]) <= 12 and int(found[1]) >= 2:
        return date(int(found[1]), int(found[2]), 1)
    return present_day().replace(day=1)


def months_before(first: date, count: int) -> date:
    """Return the first day of the month so many months before; after it where the count is negative."""
    at = first.year * 12 + first.month - 1 - count
    return date(max(1, at // 12), at % 12 + 1, 1)


def once(make: Callable[[], T], *what: Hashable) -> T:
    """Return what is made of the days of sources, from memory while the archive and the day are the same."""
    services = current_services()
    key = ("coverage", *what, present_day(), services.store.sequence, services.totals().last_run)
    found: T | None = services.remembered(key)
    if found is None:
        found = make()
        services.remember(key, found)
    return found


def read_year(source: str, last: date) -> Year:
    """Return twelve months of a source, the last of which begins on a day."""
    today = present_day()
    services = current_services()
    begin = months_before(last, MONTHS - 1)
    end = min(last.replace(day=monthrange(last.year, last.month)[1]), today)
    sources = services.store.sources
    facts = sources.day_facts(
        source, begin - timedelta(weeks=min(WEEKS, (begin - date.min).days // 7)), end, services.zone
    )
    since = sources.first_crawl(source, services.zone)
    days, gaps = covered(facts, begin, end, today=today, since=since)
    months = []
    for back in range(MONTHS):
        first = months_before(last, back)
        own = tuple(each for each in days if (each.day.year, each.day.month) == (first.year, first.month))
        months.append(Month(first, own))
    return Year(source, tuple(months), tuple(gaps))
