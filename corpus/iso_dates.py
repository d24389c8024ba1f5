"""PageDate -> ISO 8601 as the page gave the date: by the page's clock and offset, as exact as the page and no more.

Every machine-readable answer writes its dates here: exports, searches, articles, feeds, the command line.
"""

from datetime import UTC, timezone

from corpus.model import PageDate, Precision

_LENGTHS = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}


def iso_date(date: PageDate | None) -> str | None:
    """Return the date to its precision: 2024, 2024-03, 2024-03-09, 2024-03-09T00:30:00+02:00; None for no date.

    An offset of zero is written Z. A time that the page gave without a zone has none: it is read as UTC, and
    reads back as it was.
    """
    if date is None:
        return None
    if date.precision is not Precision.MINUTE:
        return date.at.date().isoformat()[: _LENGTHS[date.precision]]
    if date.offset is None:
        return date.at.replace(tzinfo=None).isoformat(timespec="seconds")
    written = date.at.astimezone(timezone(date.offset)).isoformat(timespec="seconds")
    return f"{written[:-6]}Z" if not date.offset else written


def iso_day(date: PageDate | None) -> str | None:
    """Return the day that the page itself prints, 2024-03-09; a month or a year where it gives no day."""
    written = iso_date(date)
    return written[:10] if written else None


def rfc3339(date: PageDate | None) -> str | None:
    """Return the moment as Atom wants it, zone and all; None when the page gave no time of day."""
    if date is None or date.precision is not Precision.MINUTE:
        return None
    return date.at.astimezone(timezone(date.offset) if date.offset else UTC).isoformat(timespec="seconds")
