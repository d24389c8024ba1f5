"""The visits of a source -> how its site was asked, day by day: what for, with which rests, what was left alone."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from statistics import median

from corpus.reasons import Reason, was_request, word_of

SLOW_DOWN = frozenset({429, 503})


@dataclass(frozen=True, slots=True, kw_only=True)
class HostVisit:
    """One visit as its host saw it. `ended` is when the answer was there, `took` how long it took."""

    host: str
    kind: str
    ended: datetime
    took: timedelta
    outcome: str
    reason: str | None = None
    status: int | None = None
    bytes: int = 0

    @property
    def was_request(self) -> bool:
        """Whether the site was asked; what robots.txt or a name that does not resolve kept us from was not."""
        return self.status is not None or was_request(self.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfRequests:
    """How a site was asked on one day.

    Attributes:
        requests: Kind of page -> requests for it.
        disallowed: Addresses that robots.txt kept us from.
        slow_down: Answers with 429 or 503.
        shortest, usual: The shortest and the median time from the end of a request to the start of the next one to
            the same host; None on a day with one request for each host.
    """

    day: date
    requests: dict[str, int] = field(hash=False)
    disallowed: int = 0
    slow_down: int = 0
    bytes: int = 0
    shortest: timedelta | None = None
    usual: timedelta | None = None


def by_day(visits: Iterable[HostVisit], zone: tzinfo) -> list[DayOfRequests]:
    """Return the days on which a site was asked, oldest first; `visits` stand in the order in which they ended."""
    days: dict[date, list[HostVisit]] = {}
    rests: dict[date, list[timedelta]] = {}
    before: dict[str, datetime] = {}
    for visit in visits:
        day = visit.ended.astimezone(zone).date()
        days.setdefault(day, []).append(visit)
        if not visit.was_request:
            continue
        if visit.host in before:
            rests.setdefault(day, []).append(max(visit.ended - visit.took - before[visit.host], timedelta()))
        before[visit.host] = visit.ended
    return [_day(day, of_day, rests.get(day, [])) for day, of_day in days.items()]


def _day(day: date, visits: list[HostVisit], rests: list[timedelta]) -> DayOfRequests:
    seconds = median(rest.total_seconds() for rest in rests) if rests else None
    return DayOfRequests(
        day=day,
        requests=dict(Counter(visit.kind for visit in visits if visit.was_request).most_common()),
        disallowed=sum(word_of(visit.reason or "") == Reason.ROBOTS for visit in visits),
        slow_down=sum(visit.status in SLOW_DOWN for visit in visits),
        bytes=sum(visit.bytes for visit in visits),
        shortest=min(rests, default=None),
        usual=None if seconds is None else timedelta(seconds=seconds),
    )
