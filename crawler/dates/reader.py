"""The text of a date in a page, feed, sitemap or import -> PageDate, or None; one reader for all.

A date that may mean another day is marked doubtful, and so is a future date. A text that cannot be read gives None:
nothing is filled in from today's date.
"""

from datetime import UTC, datetime, timedelta

from corpus.model import AHEAD, PageDate, Precision
from crawler.dates.calendars import OLDEST_ONLINE
from crawler.dates.clock import Moment
from crawler.dates.printed import parse_date


def read_date(
    written: str,
    *,
    origin: str,
    now: datetime,
    day_first: bool | None = None,
    historic: bool = False,
) -> PageDate | None:
    """Read a text that is meant as a date: ISO 8601, RFC 822, Unix time, or any printed form.

    Args:
        written: The text as it stands; a year or a month alone keeps that precision.
        origin: Where it stood, such as `feed`.
        now: When it was fetched; aware. A date far after it is doubtful.
        day_first: How 3/4/2024 is written there; None: unknown, and such a date is doubtful.
        historic: Dates before the web are as good as any: imports bring old papers.
    """
    moment = parse_date(written, today=None, day_first=day_first, bare=True)
    return page_date(moment, origin=origin, now=now, historic=historic) if moment else None


def page_date(moment: Moment, *, origin: str, now: datetime, historic: bool = False) -> PageDate | None:
    """Return a page's date for a moment that was read; None when it is out of all bounds."""
    at = moment.at.replace(tzinfo=UTC)
    timed = moment.precision is Precision.MINUTE
    try:
        at -= moment.offset or timedelta() if timed else timedelta()
    except OverflowError:
        return None
    implausible = (at.year < OLDEST_ONLINE and not historic) or at > now.astimezone(UTC) + AHEAD
    offset = moment.offset if timed else None
    return PageDate(at, moment.precision, origin, offset, moment.doubtful or implausible)
