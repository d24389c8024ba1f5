"""Who asks, and how often -> how long the next request has to wait: a bucket of tokens for each."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

PER_SECOND = 20.0  # requests that may follow one another for ever; a page of 100 articles each is 2,000 articles
AT_ONCE = 100.0  # requests before that is looked at
MOST = 10_000  # askers remembered


class Rates:
    """The requests of one server; safe for threads. `now` gives seconds of a clock that never goes back."""

    def __init__(self, now: Callable[[], float], *, per_second: float = PER_SECOND, at_once: float = AT_ONCE) -> None:
        self._now = now
        self._per_second = per_second
        self._at_once = at_once
        self._lock = Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, who: str) -> float:
        """Count a request of somebody; return the seconds until it may be sent, 0: it may be answered now."""
        with self._lock:
            now = self._now()
            left, then = self._buckets.get(who, (self._at_once, now))
            left = min(self._at_once, left + (now - then) * self._per_second)
            is_allowed = left >= 1
            self._buckets[who] = (left - 1 if is_allowed else left, now)
            self._buckets.move_to_end(who)
            while len(self._buckets) > MOST:
                self._buckets.popitem(last=False)
            return 0.0 if is_allowed else (1 - left) / self._per_second
