"""The day after which a page asks to be left out (`unavailable_after`), as it is written -> is it past?

None where no day can be read. A day that may be read in two ways (3/4/2024) is past when both are.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from corpus.model import PageDate, Precision


def past_at(at: datetime) -> Callable[[str], bool | None]:
    """Return `is_past` of a moment."""
    return partial(is_past, at=at)


def is_past(said: str, at: datetime) -> bool | None:
    """Whether a day is before a moment; a day without a zone begins in UTC, and a month or year is its last day.

    Args:
        said: The day; further directives may stand after it, each after a comma.
        at: The moment.
    """
    from crawler.dates.reader import read_date  # which a crawl loads for such a page alone

    parts = said.split(",")
    for count in range(len(parts), 0, -1):
        written = ",".join(parts[:count]).strip()
        ways = [read_date(written, origin="robots", now=at, day_first=way, historic=True) for way in (True, False)]
        if found := [_moment(day) for day in ways if day is not None]:
            return max(found) < at
    return None


def _moment(day: PageDate) -> datetime:
    if day.precision is Precision.YEAR:
        return day.at.replace(month=12, day=31)
    if day.precision is Precision.MONTH:
        return day.at + timedelta(days=monthrange(day.at.year, day.at.month)[1] - 1)
    return day.at
