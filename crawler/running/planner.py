"""Sources and their waiting addresses -> those that can be fetched now; sources at rest cost nothing.

A run alone leases what is due of its sources, so their next due times can stand in memory: the store is asked again
only of a source of which a visit began or ended.
"""

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from corpus.store import Head


class Planner:
    """The next due time of each source and host."""

    def __init__(self, sources: Iterable[str]) -> None:
        self._heads: dict[str, dict[str, datetime]] = {}
        self._queue: list[tuple[datetime, str, str]] = []
        self._queued: set[tuple[datetime, str, str]] = set()  # the same, so that none is queued twice
        self._parked: defaultdict[str, set[str]] = defaultdict(set)  # host that is being asked -> sources that wait
        self._stale = set(sources)

    def stale(self) -> set[str]:
        """Return the sources whose heads must be read before the next `ready`."""
        return self._stale

    def touch(self, source: str) -> None:
        """Note that a visit of a source has begun or ended."""
        self._stale.add(source)

    def refresh(self, sources: Collection[str], heads: Iterable[Head]) -> None:
        """Take the heads that the store gave of some sources."""
        for source in sources:
            self._heads[source] = {}
            self._stale.discard(source)
        for head in heads:
            self._heads[head.source][head.host] = head.due
            self._push((head.due, head.source, head.host))

    def _push(self, item: tuple[datetime, str, str]) -> None:
        if item not in self._queued:
            self._queued.add(item)
            heapq.heappush(self._queue, item)

    def forget(self, source: str) -> None:
        """Stop planning a source."""
        self._heads.pop(source, None)
        self._stale.discard(source)

    def ready(self, now: datetime, busy: Collection[str], limit: int) -> dict[str, str]:
        """Return host -> source of what is due on hosts that are not busy, the oldest due first; `limit` hosts.

        Other sources wait for such a host from now on, until it is `freed`, also where nothing of it could be leased.
        """
        chosen: dict[str, str] = {}
        while self._queue and self._queue[0][0] <= now and len(chosen) < limit:
            due, source, host = item = heapq.heappop(self._queue)
            self._queued.discard(item)
            if self._heads.get(source, {}).get(host) != due:
                continue  # it was leased, or has another due time since
            if host in busy or host in chosen:
                self._parked[host].add(source)
            else:
                chosen[host] = source
        return chosen

    def freed(self, host: str) -> None:
        """Note that a host may be asked again."""
        for source in self._parked.pop(host, ()):
            due = self._heads.get(source, {}).get(host)
            if due is not None:
                self._push((due, source, host))

    def next_due(self, source: str) -> datetime | None:
        """Return when something of a source is due next; None: nothing waits."""
        return min(self._heads.get(source, {}).values(), default=None)
