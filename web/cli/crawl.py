"""`pressmark crawl`: fetch what is due, clean it, index it; and how far it is."""

import signal
import sys
import threading
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from corpus.errors import ExitCode
from corpus.memory import share_arenas
from corpus.model import Run
from web.cli.completion import source_names
from web.cli.context import Context
from web.cli.ending import ending_signals, first_sets
from web.cli.index_updates import Followed, following
from web.cli.output import clean, json_flag, print_json
from web.cli.progress import Plain, Watched, Watcher
from web.sources.run_record import record_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EXIT_CODES = {"stopped": ExitCode.INTERRUPTED, "partial": ExitCode.SOME_FAILED}

HELP = """\
Fetch what is due, clean it, store it, index it.

Ctrl-C, or a terminal that is closed, finishes the pages in flight and stops; a
second Ctrl-C stops at once. Either way nothing stored is lost, and the next
crawl goes on from there.

\b
Examples:
  pressmark crawl
  pressmark crawl --dry-run
  pressmark crawl valley-herald.example --limit 50
  pressmark crawl valley-herald.example --backfill 2020..
  pressmark crawl valley-herald.example --backfill 2019..2021
"""


@click.command(help=HELP)
@click.argument("names", metavar="[NAME]...", nargs=-1, shell_complete=source_names)
@click.option("--limit", type=click.IntRange(1), help="The most visits to make.")
@click.option("--backfill", metavar="DATE..[DATE]", help="Walk lists back, such as 2020.. or 2019..2021 (NAME).")
@click.option("--dry-run", is_flag=True, help="List what is due, and ask for nothing.")
@click.option("--no-index", is_flag=True, help="Do not bring the index up to date.")
@json_flag("Print the receipt as JSON.")
@click.pass_context
def crawl(
    ctx: click.Context,
    *,
    names: tuple[str, ...],
    limit: int | None,
    backfill: str | None,
    dry_run: bool,
    no_index: bool,
    as_json: bool,
) -> None:
    """Run `pressmark crawl`."""
    from web.cli.index import update_index
    from web.cli.watching import after_crawl, run_lines

    context: Context = ctx.obj
    if not context.config.sources and not names:
        _crawl_nothing(context, dry_run=dry_run, no_index=no_index, as_json=as_json)
        return
    if dry_run:
        _print_due(context, names, limit, as_json=as_json, is_alone=backfill is None)
        return
    _walk_back(context, names, backfill)
    stop = threading.Event()
    follow: AbstractContextManager[Followed] = nullcontext(Followed())
    if not no_index:
        follow = following(context, threading.Lock())
    with stopping(stop), follow as followed:
        run = run_crawl(context, names=names, limit=limit, stop=stop)
    for line in (*run_lines(context, run), *filter(None, [followed.said()])):
        context.say(line)
    if not run.counts and (why := nothing_due(context, names, run.started)):
        context.say(why)
    if not no_index:
        update_index(context)
    after_crawl(context)
    if as_json:
        print_json(record_of(context.store, run))
    if run.status != "ok":
        ctx.exit(EXIT_CODES.get(run.status, ExitCode.FAILED))


def _crawl_nothing(context: Context, *, dry_run: bool, no_index: bool, as_json: bool) -> None:
    from web.cli.index import update_index

    context.say("no source yet: `pressmark add URL` adds one")
    if not dry_run and not no_index:
        update_index(context)
    if as_json:
        print_json([] if dry_run else None)


def _walk_back(context: Context, names: tuple[str, ...], backfill: str | None) -> None:
    if backfill is not None:
        from web.cli.backfill import start_backfill

        start_backfill(context, names, backfill)


def _print_due(context: Context, names: tuple[str, ...], limit: int | None, *, as_json: bool, is_alone: bool) -> None:
    from web.cli.due import print_due

    if not is_alone:
        raise click.UsageError("--dry-run: expected without --backfill")
    now = datetime.now(UTC)
    if not print_due(context, names, now, limit=limit, as_json=as_json):
        context.say(nothing_due(context, names, now) or "nothing is due")


def nothing_due(context: Context, names: tuple[str, ...], now: "datetime") -> str:
    """Say why a crawl of these sources (none: of all that are not paused) had nothing to ask for; empty: not known."""
    stats = context.store.sources.stats(now)
    meant = [each.name for each in context.config.sources if not names or each.name in names]
    paused = [name for name in meant if not names and name in stats and stats[name].paused]
    due = context.store.census.next_due([name for name in meant if name not in paused])
    said = [f"paused: {clean(', '.join(paused))}; `pressmark sources resume NAME` goes on"] if paused else []
    if due is not None and due > now:
        local = due.astimezone(context.config.zone)
        waiting = context.store.census.due_now(meant, now).values()
        why = "what is due waits for hosts that rest" if waiting else "nothing is due"
        said.insert(0, f"{why}; the next address is {'asked for' if waiting else 'due'} on {local:%d %b %Y at %H:%M}")
    return "; ".join(said)


def run_crawl(
    context: Context,
    *,
    names: tuple[str, ...] = (),
    limit: int | None = None,
    stop: threading.Event,
    now: "Callable[[], datetime] | None" = None,
) -> Run:
    """Crawl, showing how far it is."""
    from crawler.crawl import crawl as crawl_pass
    from crawler.crawl import utc_now

    share_arenas()
    context.store.limit_cache()
    watcher: Watcher = Watched() if sys.stderr.isatty() and context.verbosity >= 0 else Plain(context.say)
    try:
        return crawl_pass(
            context.config,
            context.store,
            sources=names or None,
            limit=limit,
            on_progress=watcher.show,
            stop=stop,
            now=now or utc_now,
            workers=context.shared_workers,
        )
    finally:
        watcher.close()


@contextmanager
def stopping(stop: threading.Event) -> "Iterator[None]":
    """Let the first Ctrl-C, SIGTERM or SIGHUP set `stop`, and the second end the program."""
    ask = first_sets(stop)
    before = {number: signal.signal(number, ask) for number in ending_signals()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
