"""What one source may take of one run -> whether there is room left: no site fills the frontier, the disk or the night.

What finds no room is counted: addresses as left out, for `quota`; responses, and addresses of a pattern without
stories that wait for later nights, in the receipt's note.
"""

from collections import Counter

from corpus.texts import Text, joined, text

MAX_ADDED = 100_000  # addresses of a source that join the frontier in one run; max_pages takes a twentieth of them
MAX_STORYLESS = 100  # addresses of one pattern that a sitemap names and a run asks for while none of them is a story
MAX_CAPTURED = 5_000_000_000  # bytes of responses of a source that are stored in one run; 5,000 pages of 1 MB


class Quota:
    """Counts what a run takes of each source. A listing or response that begins within the quota is taken whole."""

    def __init__(self) -> None:
        self._added: Counter[str] = Counter()
        self._captured: Counter[str] = Counter()
        self._unstored: Counter[str] = Counter()
        self._storyless: Counter[tuple[str, str]] = Counter()
        self._with_stories: set[tuple[str, str]] = set()
        self._put_off: Counter[str] = Counter()

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

    def is_storyless(self, source: str, pattern: str, *, is_story: bool) -> bool:
        """Count what an address that a sitemap names is; True when MAX_STORYLESS alike are no story.

        It is True again at twice as many, and so on, as there may be something else to ask for by then.

        Some sitemaps name each view of a shop or a tag, or for ever what is gone, before their stories.
        """
        key = (source, pattern)
        if is_story:
            self._with_stories.add(key)
        else:
            self._storyless[key] += 1
        times, others = divmod(self._storyless[key], MAX_STORYLESS)
        return not is_story and not others and times.bit_count() == 1 and key not in self._with_stories

    def put_off(self, source: str, count: int) -> None:
        """Count addresses of a pattern without stories that wait for later nights."""
        if count:
            self._put_off[source] += count

    def note(self) -> Text | None:
        """Return what the receipt says of responses that were not stored, and of addresses that wait; None: nothing."""
        notes = []
        if self._unstored:
            notes.append(
                text(
                    "responses over the {most:,} bytes a source may store in a run were not stored: {responses}",
                    most=MAX_CAPTURED,
                    responses=_by_source(self._unstored),
                )
            )
        if self._put_off:
            notes.append(
                text(
                    "addresses that sitemaps name wait for later nights, as {most:,} of their form are no stories:"
                    " {addresses}",
                    most=MAX_STORYLESS,
                    addresses=_by_source(self._put_off),
                )
            )
        return joined("; ", notes) if notes else None


def _by_source(counts: Counter[str]) -> Text:
    return joined(", ", [text("{n:,} of {source}", n=count, source=source) for source, count in sorted(counts.items())])
