"""`pressmark extract --all`: every stored article read again from its capture, then the index."""

import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from web.cli.context import Context
from web.cli.differences import Differences
from web.cli.output import clean, clean_lines

if TYPE_CHECKING:
    from crawler.running.amending import Reread

SHOWN_EVERY = 0.25  # seconds


def reread_all(context: Context, *, source: str | None, dry_run: bool) -> None:
    """Read all again, name what was left as it is, say how much changed, and bring the index up to date."""
    from crawler.rereading import reread
    from web.cli.index import update_index

    if source is not None and source not in _known(context):
        raise click.BadParameter(f'"{clean(source)}": expected one of {", ".join(_known(context)) or "none yet"}')
    began = time.monotonic()
    shown, differences = _Shown(context), Differences()
    counts = reread(
        context.config,
        context.store,
        source=source,
        dry_run=dry_run,
        left=shown.left,
        changed=differences.add,
        progress=shown.progress,
        workers=context.shared_workers,
    )
    shown.clear()
    took = time.monotonic() - began
    amended = "would change" if dry_run else "changed"
    rate = f" ({counts.read / took:,.0f} a second)" if took else ""
    click.echo(f"read {counts.read:,} again, {counts.amended:,} {amended}, in {took:.1f} s{rate}")
    for line in differences.lines():
        click.echo(clean_lines(line))
    if counts.left:
        click.echo(f"{counts.left:,} left as they are, named above")
    if counts.bare:
        click.echo(f"{counts.bare:,} have no stored response to read: imported, not to be archived, or emptied since")
    if not dry_run:
        update_index(context)


def _known(context: Context) -> list[str]:
    """The names of sources, of the config and of the store."""
    stored = context.store.sources.stats(datetime.now(UTC))
    return sorted({source.name for source in context.config.sources} | set(stored))


class _Shown:
    """A line that is written over, where a person watches; left articles each have a line that stays."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._watched = sys.stderr.isatty() and context.verbosity >= 0
        self._next = 0.0

    def left(self, url: str, reason: str) -> None:
        """Name an article that stays as it is."""
        self.clear()
        self._context.say(f"left as it is: {clean(url)}: {clean(reason)}")

    def progress(self, counts: "Reread") -> None:
        """Show how far the re-reading is."""
        if self._watched and time.monotonic() >= self._next:
            self._next = time.monotonic() + SHOWN_EVERY
            click.echo(f"\r\033[Kread again: {counts.read:,}, {counts.amended:,} differ", err=True, nl=False)

    def clear(self) -> None:
        """Take the line off the screen."""
        if self._watched:
            click.echo("\r\033[K", err=True, nl=False)
