"""Wrong passwords -> how long the next try has to wait, by the name that is tried and by the network that tries."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

FREE = 5  # wrong passwords that cost no wait
FORGOTTEN = 900.0  # seconds without a try after which the count begins anew
LONGEST_OF_NAME = 60.0  # seconds; longer, and a stranger could lock a person out by the name alone
LONGEST_OF_NETWORK = 900.0
FIRST = 2.0  # seconds after the last free try; doubled by each that follows
MOST = 10_000  # names and networks remembered


@dataclass(slots=True)
class _Failures:
    count: int
    last: float


class Attempts:
    """The wrong passwords of one server; safe for threads. `now` gives seconds of a clock that never goes back."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._lock = Lock()
        self._failures: OrderedDict[tuple[str, str], _Failures] = OrderedDict()

    def wait(self, name: str, network: str | None) -> float:
        """Return the seconds until a password is looked at again; 0: it is looked at now.

        `network` None: nobody knows whose the try is, and others who are not known are not held up for it.
        """
        with self._lock:
            now = self._now()
            waits = [self._until(("name", name.casefold()), LONGEST_OF_NAME) - now]
            if network is not None:
                waits.append(self._until(("network", network), LONGEST_OF_NETWORK) - now)
            return max(0.0, *waits)

    def wrong(self, name: str, network: str | None) -> None:
        """Note a wrong password."""
        keys = [("name", name.casefold())] + ([("network", network)] if network is not None else [])
        with self._lock:
            for key in keys:
                known = self._recent(key)
                self._failures[key] = _Failures((known.count if known else 0) + 1, self._now())
                self._failures.move_to_end(key)
            while len(self._failures) > MOST:
                self._failures.popitem(last=False)

    def right(self, name: str) -> None:
        """Forget the wrong passwords of a name; those of the network stay, as its owner may have a name, too."""
        with self._lock:
            self._failures.pop(("name", name.casefold()), None)

    def _until(self, key: tuple[str, str], longest: float) -> float:
        known = self._recent(key)
        if known is None or known.count < FREE:
            return 0.0
        return known.last + min(longest, FIRST * 2.0 ** min(known.count - FREE, 30))

    def _recent(self, key: tuple[str, str]) -> _Failures | None:
        known = self._failures.get(key)
        return known if known is not None and self._now() - known.last < FORGOTTEN else None
