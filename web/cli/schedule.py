"""`pressmark schedule`: when the next crawls are, what was missed, and the daemon that makes them."""

import signal
import threading
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

import click

from web.cli.context import Context
from web.cli.ending import ending_signals, first_sets
from web.cli.output import json_flag, json_option, minute, moment, print_json_line, print_records

if TYPE_CHECKING:
    from corpus.model import Run
    from corpus.runs.planning import Planned

HELP = """\
Show the crawls to come, or make them: `run` stays and crawls by schedule.

`pressmark serve` does the same beside the pages, unless `--no-scheduler` is given.

\b
Examples:
  pressmark schedule               the next five runs, and what was missed
  pressmark schedule run           crawl by schedule until Ctrl-C
  pressmark schedule next --json   the next run alone
  pressmark schedule requests      what people want of it from the pages
"""

COLUMNS = ("due", "job", "sources", "note")
REQUESTS = ("id", "wanted", "about", "state", "who", "made", "run", "outcome")


@click.group(invoke_without_command=True, help=HELP)
@json_option
@click.pass_context
def schedule(ctx: click.Context, *, as_json: bool) -> None:
    """Run `pressmark schedule`: `list`, unless another verb follows."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_, as_json=as_json)


@schedule.command("list", help="List the next runs of all sources; a missed one stands first.")
@click.option("-n", "count", default=5, show_default=True, type=click.IntRange(1, 1000), help="Runs listed.")
@json_option
@click.pass_context
def list_(ctx: click.Context, *, count: int = 5, as_json: bool = False) -> None:
    """List the next runs of all sources; a missed one stands first."""
    context: Context = ctx.obj
    records = planned(context, count, typed=as_json)
    print_records(records, columns=COLUMNS, as_json=as_json)
    if not records:
        context.say('nothing is scheduled: no source, or [schedule] crawl = "never"')


@schedule.command(help="Print when the next run is.")
@json_option
@click.pass_context
def next(ctx: click.Context, *, as_json: bool) -> None:
    """Print when the next run is."""
    ctx.invoke(list_, count=1, as_json=as_json)


@schedule.command(help="List what people want of the scheduler from the pages: looks and crawls, the last one first.")
@click.option("-n", "count", default=20, show_default=True, type=click.IntRange(1, 1000), help="Requests listed.")
@json_option
@click.pass_context
def requests(ctx: click.Context, *, count: int, as_json: bool) -> None:
    """List what people want of the scheduler from the pages: looks and crawls, the last one first."""
    context: Context = ctx.obj
    now, zone = datetime.now(UTC), context.config.zone
    records = [
        {
            "id": each.id,
            "wanted": each.kind.value,
            "about": each.about,
            "state": each.state_at(now).value,
            "who": each.who,
            "made": moment(each.made) if as_json else minute(each.made, zone),
            "run": each.run,
            "outcome": each.outcome,
        }
        for each in context.store.requests.latest(count)
    ]
    print_records(records, columns=REQUESTS, as_json=as_json)
    if not records:
        context.say("nobody has wanted a look or a crawl from the pages")


@schedule.command(help="Crawl by schedule until Ctrl-C; each run is followed by an update of the index.")
@json_flag("Print the receipt of each run as a line of JSON.")
@click.pass_context
def run(ctx: click.Context, *, as_json: bool) -> None:
    """Be the daemon."""
    context: Context = ctx.obj
    stop = threading.Event()
    ask = first_sets(stop, lambda: context.say("finishing the pages in flight; Ctrl-C again stops at once"))
    for number in ending_signals():
        signal.signal(number, ask)
    for each in planned(context, 1):
        context.say(f"next run: {each['due']}, {each['sources']}")
    run_by_schedule(context, stop, as_json=as_json)


def run_by_schedule(context: Context, stop: threading.Event, *, as_json: bool = False) -> None:
    """Crawl by schedule until `stop` is set, and bring the index up to date after each run."""
    from crawler.schedule import run as crawl_by_schedule
    from web.cli.index import update_index
    from web.cli.index_updates import following
    from web.cli.watching import after_crawl, run_lines, watching
    from web.sources.run_record import record_of

    one_at_a_time = threading.Lock()  # runs side by side may end together

    def after(ended: "Run") -> None:
        with one_at_a_time:
            for line in run_lines(context, ended):
                context.say(line)
            update_index(context)
            if as_json:
                print_json_line(record_of(context.store, ended))
        after_crawl(context)  # outside: a slow mail server holds up no index

    with watching(context), following(context, one_at_a_time):
        crawl_by_schedule(context.config, stop, after=after, workers=context.shared_workers)


def planned(context: Context, count: int, *, typed: bool = False) -> list[dict[str, object]]:
    """Return the next runs as records, in the configured time zone; `typed` for a program."""
    from corpus.runs.planning import next_runs

    upcoming = next_runs(context.config, context.store.schedule.due(), count, now=datetime.now(UTC))
    return [_typed(each) if typed else _record(each, context.config.zone) for each in upcoming]


def _typed(each: "Planned") -> dict[str, object]:
    return {"due": moment(each.due), "job": each.job, "sources": list(each.sources), "missed": each.missed}


def _record(each: "Planned", zone: tzinfo) -> dict[str, object]:
    return {
        "due": f"{each.due.astimezone(zone):%a %Y-%m-%d %H:%M %Z}",
        "job": each.job,
        "sources": ", ".join(each.sources),
        "note": "missed; made as soon as the scheduler runs" if each.missed else None,
    }
