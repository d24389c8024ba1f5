"""When sources were due, and when a scheduler was last alive -> what nobody crawls although it is due."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta, tzinfo

from corpus.schedules.cadence import Cadence

GRACE = timedelta(minutes=15)  # a scheduler looks once a minute; a restart of the machine takes some more
ALIVE = timedelta(minutes=3)  # a scheduler says once a minute that it is


def is_alive(alive: datetime | None, now: datetime) -> bool:
    """Whether a scheduler is at work, of when one was last alive; a moment to come is of a clock that was ahead."""
    return alive is not None and abs(now - alive) <= ALIVE


def is_ahead(moment: datetime, now: datetime) -> bool:
    """Whether a moment that was stored is to come: the clock was ahead then. Two machines' clocks differ a little."""
    return moment - now > ALIVE


def overdue(
    due: Mapping[str, datetime], *, followed: Collection[str], at_rest: Collection[str], now: datetime
) -> dict[str, datetime]:
    """Return source -> when it was due, for the sources that are late by more than GRACE, the longest due first.

    Args:
        due: Source -> when the schedule wants it next, as a scheduler stored it.
        followed: The sources that config names and that have a schedule.
        at_rest: Those that are paused, or that a run under way holds.
    """
    late = {
        source: at for source, at in due.items() if source in followed and source not in at_rest and now - at > GRACE
    }
    return dict(sorted(late.items(), key=lambda item: (item[1], item[0])))


def unmade(
    cadences: Iterable[Cadence], *, alive: datetime | None, last_run: datetime | None, now: datetime, zone: tzinfo
) -> datetime | None:
    """Return when the schedule first wanted a crawl that nobody was there to make; None when nothing is missing.

    Args:
        cadences: The schedules of the sources that are followed and not paused.
        alive: When a scheduler was last alive; None: there never was one, and nobody waits for it.
        last_run: When the last crawl began, manual or not.

    A moment to come is of a clock that was ahead, and hides nothing; of `alive` and `last_run` one has gone by.
    """
    since = max((at for at in (alive, last_run) if at is not None and not is_ahead(at, now)), default=None)
    if alive is None or since is None:
        return None
    wanted = min((at for cadence in set(cadences) if (at := cadence.next(since, zone)) is not None), default=None)
    return wanted if wanted is not None and now - wanted > GRACE else None
