"""Wrong passwords -> how long the next try has to wait, by the name that is tried and by the network that tries."""

from collections.abc import Callable
from dataclasses import dataclass

from web.processes.tables import Table

FREE = 5  # wrong passwords that cost no wait
FORGOTTEN = 900.0  # seconds without a try after which the count begins again
LONGEST_OF_NAME = 60.0  # seconds; longer, and a stranger could lock a person out by the name alone
LONGEST_OF_NETWORK = 900.0
FIRST = 2.0  # seconds after the last free try; doubled by each that follows


@dataclass(frozen=True, slots=True)
class _Failures:
    count: float
    last: float


class Attempts:
    """The wrong passwords of one server, all of its processes together.

    Args:
        now: Gives seconds of a clock that never goes back and is one for all processes.
        table: Where the counts stand.
    """

    def __init__(self, now: Callable[[], float], table: Table | None = None) -> None:
        self._now = now
        self._table = table or Table()

    def wait(self, name: str, network: str | None) -> float:
        """Return the seconds until a password is looked at again; 0: it is looked at now.

        `network` None: nobody knows whose the try is, and others who are not known are not held up for it.
        """
        with self._table.turn():
            now = self._now()
            waits = [self._until(_of_name(name), LONGEST_OF_NAME) - now]
            if network is not None:
                waits.append(self._until(_of_network(network), LONGEST_OF_NETWORK) - now)
            return max(0.0, *waits)

    def wrong(self, name: str, network: str | None) -> None:
        """Note a wrong password."""
        keys = [_of_name(name)] + ([_of_network(network)] if network is not None else [])
        with self._table.turn():
            for key in keys:
                known = self._recent(key)
                self._table.put(key, (known.count if known else 0) + 1, self._now())

    def right(self, name: str) -> None:
        """Forget the wrong passwords of a name; those of the network stay, as its owner may have a name, too."""
        with self._table.turn():
            self._table.drop(_of_name(name))

    def _until(self, key: str, longest: float) -> float:
        known = self._recent(key)
        if known is None or known.count < FREE:
            return 0.0
        return known.last + min(longest, FIRST * float(2.0 ** min(known.count - FREE, 30)))

    def _recent(self, key: str) -> _Failures | None:
        found = self._table.get(key)
        return _Failures(*found) if found is not None and self._now() - found[1] < FORGOTTEN else None


def _of_name(name: str) -> str:
    return f"name {name.casefold()}"


def _of_network(network: str) -> str:
    return f"network {network}"
