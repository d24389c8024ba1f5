"""A crawl under way -> how far it is: lines for a log, or a table on a terminal; many sources are summed up."""

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from corpus.texts.counted import counted

if TYPE_CHECKING:
    from crawler.running.progress import Progress, SourceProgress

PLAIN_EVERY = 10.0  # seconds between lines where nobody watches
PLAIN_MOST = 5  # sources that a line names
AROUND = 5  # rows of a table that are no source: its head, the sum, how many have no row, the caption, the cursor's
COLUMNS = ("due", "fetched", "new", "changed", "failed")


class Watcher(Protocol):
    """Shows progress."""

    def show(self, progress: "Progress") -> None:
        """Show how far the crawl is."""

    def close(self) -> None:
        """The crawl has ended."""


def named(sources: "Sequence[SourceProgress]", most: int) -> "list[SourceProgress]":
    """Return the sources that have room, as they stand in config; where not all have, those with the most due."""
    due = sorted(range(len(sources)), key=lambda number: -sources[number].due)
    return [sources[number] for number in sorted(due[: max(most, 1)])]


def line(progress: "Progress") -> str:
    """Say in one line how far a crawl is."""
    sources, shown = progress.sources, named(progress.sources, PLAIN_MOST)
    parts = [f"{one.source} {one.fetched} fetched {one.new} new {one.due} due" for one in shown]
    if left := len(sources) - len(shown):
        all_due, fetched, new = (sum(getattr(one, name) for one in sources) for name in ("due", "fetched", "new"))
        parts.insert(0, f"{counted(len(sources), 'source')} {fetched:,} fetched {new:,} new {all_due:,} due")
        parts.append(f"and {left:,} more with no more due than these")
    return f"crawling {progress.elapsed.total_seconds():.0f} s: {'; '.join(parts)}"


def rows(sources: "Sequence[SourceProgress]", height: int) -> list[tuple[str, ...]]:
    """Return the rows of a table that fits a terminal of so many lines; the sum stands first where there is one."""
    shown = named(sources, height - AROUND)
    made = [(one.source, *(f"{getattr(one, column):,}" for column in COLUMNS)) for one in shown]
    if len(sources) > 1:
        sums = (f"{sum(getattr(one, column) for one in sources):,}" for column in COLUMNS)
        made.insert(0, (counted(len(sources), "source"), *sums))
    if left := len(sources) - len(shown):
        made.append((f"and {left:,} more with no more due", *[""] * len(COLUMNS)))
    return made


class Plain:
    """A line every ten seconds, for logs."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._next = time.monotonic() + PLAIN_EVERY

    def show(self, progress: "Progress") -> None:
        """Print a line when it is time."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + PLAIN_EVERY
        self._say(line(progress))

    def close(self) -> None:
        """Nothing is left on the screen."""


class Watched:
    """A table that is drawn again in place, for a person."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.live import Live

        self._console = Console(stderr=True)
        self._live = Live(console=self._console, refresh_per_second=4, transient=True)
        self._live.start()

    def show(self, progress: "Progress") -> None:
        """Draw the progress."""
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, pad_edge=False, header_style="bold")
        table.add_column("source")
        for column in COLUMNS:
            table.add_column(column, justify="right")
        for source, *cells in rows(progress.sources, self._console.height):
            table.add_row(Text(source), *cells)
        if progress.stopping:
            table.caption = "finishing the pages in flight; Ctrl-C again stops at once"
        self._live.update(table)

    def close(self) -> None:
        """Take the progress off the screen; the receipt follows."""
        self._live.stop()
