"""A date as HTTP writes it -> the moment; None for anything else."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

SKEW = timedelta(days=1)  # between the clocks of a server and of this machine
MAX_DATE = 100  # characters; a date has 29


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
