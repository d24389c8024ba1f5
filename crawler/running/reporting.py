"""A run under way -> its progress, as a terminal shows it; sources at rest cost nothing."""

from collections.abc import Callable, Iterable
from datetime import datetime

from corpus.model import Run
from crawler.running.progress import Progress, SourceProgress, line_of
from crawler.visiting.async_store import AsyncStore
from crawler.visiting.tally import Tally

TICK = 0.25  # seconds between progress calls
COUNT_EVERY = 1.0  # seconds between counts of what is due, which takes long in a large frontier

OnProgress = Callable[[Progress], None]


class Reporter:
    """Calls `on_progress` about four times a second; None: never."""

    def __init__(self, on_progress: OnProgress | None, run: Run, sources: Iterable[str], tally: Tally) -> None:
        self._on_progress, self._run, self._tally = on_progress, run, tally
        self._lines = {source: SourceProgress(source=source) for source in sources}
        self._due: dict[str, int] = {}
        self._touched = set(self._lines)  # sources to count, and to show again
        self._reported = self._counted = float("-inf")

    def touch(self, source: str) -> None:
        """Note that a visit of a source has begun or ended."""
        self._touched.add(source)

    async def report(
        self, store: AsyncStore, now: datetime, clock: float, *, in_flight: int, stopping: bool, force: bool = False
    ) -> None:
        """Report if it is time, or if forced; `clock` is a monotonic time in seconds."""
        if self._on_progress is None or (not force and clock - self._reported < TICK):
            return
        self._reported = clock
        if force or clock - self._counted >= COUNT_EVERY:
            self._counted = clock
            touched, self._touched = self._touched, set()
            due = await store.do(store.store.frontier.due_count, now, touched)
            for source in touched:
                self._due[source] = due.get(source, 0)
                self._lines[source] = line_of(self._tally, source, self._due[source])
        else:
            for source in self._touched:
                self._lines[source] = line_of(self._tally, source, self._due.get(source, 0))
        self._on_progress(
            Progress(
                sources=tuple(self._lines.values()),
                started=self._run.started,
                elapsed=now - self._run.started,
                bytes=self._tally.bytes,
                in_flight=in_flight,
                stopping=stopping,
            )
        )
