"""A date or a rest as HTTP writes it -> the moment, the seconds; None for anything else."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

SKEW = timedelta(days=1)  # between the clocks of a server and of this machine
MAX_DATE = 100  # characters; a date has 29
LONGEST_REST = timedelta(days=1)


def http_date(value: str | None) -> datetime | None:
    """Read the date of a header, such as `Date` or `Retry-After`; one without a zone is in UTC."""
    if not value:
        return None
    try:
        when = parsedate_to_datetime(value.strip()[:MAX_DATE])
        return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def past(value: str | None, now: datetime) -> str | None:
    """Return a `Last-Modified` as received; None when it lies ahead, as none may (RFC 9110, 8.8.2.1)."""
    when = http_date(value)
    return None if when is not None and when > now + SKEW else value


def retry_after(value: str | None, *, now: datetime) -> timedelta | None:
    """Read a Retry-After header, seconds or a date; at most a day, None when it says nothing we can read."""
    text = (value or "").strip()[:MAX_DATE]
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=min(int(text[:9]), 10**6)), LONGEST_REST)
    when = http_date(text)
    return None if when is None else min(max(when - now, timedelta()), LONGEST_REST)
