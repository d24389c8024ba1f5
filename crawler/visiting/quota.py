"""What one source may add in one run -> whether there is room left: no site fills the frontier or the disk.

What finds no room is counted: addresses as left out, for `quota`; responses in the receipt's note.
"""

from collections import Counter

from corpus.texts import Text, joined, text

MAX_ADDED = 100_000  # addresses of a source that join the frontier in one run; max_pages takes a twentieth of them
MAX_CAPTURED = 5_000_000_000  # bytes of responses of a source that are stored in one run; 5,000 pages of 1 MB


class Quota:
    """Counts what a run takes of each source. A listing or response that begins within the quota is taken whole."""

    def __init__(self) -> None:
        self._added: Counter[str] = Counter()
        self._captured: Counter[str] = Counter()
        self._unstored: Counter[str] = Counter()

    def has_room_for_addresses(self, source: str) -> bool:
        """Whether a source may add addresses still."""
        return self._added[source] < MAX_ADDED

    def add_addresses(self, source: str, count: int) -> None:
        """Count addresses that joined the frontier."""
        self._added[source] += count

    def takes_response(self, source: str, size: int) -> bool:
        """Whether a response of so many bytes is stored; it is counted either way."""
        if self._captured[source] >= MAX_CAPTURED:
            self._unstored[source] += 1
            return False
        self._captured[source] += size
        return True

    def note(self) -> Text | None:
        """Return what the receipt says of responses that were not stored; None when all were."""
        if not self._unstored:
            return None
        each = [text("{n:,} of {source}", n=count, source=source) for source, count in sorted(self._unstored.items())]
        return text(
            "responses over the {most:,} bytes a source may store in a run were not stored: {responses}",
            most=MAX_CAPTURED,
            responses=joined(", ", each),
        )
