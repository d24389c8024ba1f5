"""Who asks, and how often -> how long the next request has to wait: a bucket of tokens for each."""

from collections.abc import Callable

from web.processes.tables import Table

PER_SECOND = 20.0  # requests that may follow one another for ever; a page of 100 articles each is 2,000 articles
AT_ONCE = 100.0  # requests before that is looked at


class Rates:
    """The requests of one server, all of its processes together.

    Args:
        now: Gives seconds of a clock that never goes back and is one for all processes.
        table: Where the counts stand.
    """

    def __init__(
        self,
        now: Callable[[], float],
        table: Table | None = None,
        *,
        per_second: float = PER_SECOND,
        at_once: float = AT_ONCE,
    ) -> None:
        self._now = now
        self._per_second = per_second
        self._at_once = at_once
        self._table = table or Table()

    def wait(self, who: str) -> float:
        """Count a request of somebody; return the seconds until it may be sent, 0: it may be answered now."""
        with self._table.turn():
            now = self._now()
            left, then = self._table.get(who) or (self._at_once, now)
            left = min(self._at_once, left + (now - then) * self._per_second)
            is_allowed = left >= 1
            self._table.put(who, left - 1 if is_allowed else left, now)
            return 0.0 if is_allowed else (1 - left) / self._per_second
