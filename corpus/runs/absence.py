"""When sources were due and which are crawled now -> the sources that nobody crawls although they are due."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

GRACE = timedelta(minutes=15)  # a scheduler looks once a minute; a restart of the machine takes some more


def overdue(
    due: Mapping[str, datetime], *, followed: Collection[str], at_rest: Collection[str], now: datetime
) -> dict[str, datetime]:
    """Return source -> when it was due, for those that are late by more than GRACE, the longest first.

    Args:
        due: Source -> when the schedule wants it next, as a scheduler stored it.
        followed: The sources that config names and that have a schedule.
        at_rest: Those that are paused, or that a run under way holds.
    """
    late = {
        source: at for source, at in due.items() if source in followed and source not in at_rest and now - at > GRACE
    }
    return dict(sorted(late.items(), key=lambda item: (item[1], item[0])))
