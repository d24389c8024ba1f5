"""`pressmark runs`: what the latest crawls brought, or the receipt of one, source by source."""

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from corpus.errors import NotFound
from corpus.reasons import in_words
from corpus.runs.clock import took
from corpus.runs.words import trigger_word
from corpus.texts.sizes import Size
from web.cli.context import Context
from web.cli.output import clean, json_option, minute, moment, print_json, print_records, print_rows
from web.notify.run_lines import lost_lines
from web.sources.run_record import record_of, results_of

if TYPE_CHECKING:
    from corpus.model import Run
    from web.sources.run_record import SourceResult

HELP = """\
List the latest crawls, or show the receipt of crawl N: what each source
brought, what was refused or failed and why, how long it took, and what was left
for the next. Refused and failed count visits: what robots.txt disallows is
refused, and an address of a failed visit may not have failed at another try.

\b
Examples:
  pressmark runs
  pressmark runs -n 50 --json
  pressmark runs 1420
"""

MAX_NUMBER = 2**63 - 1  # of a row in SQLite
LIST = ("run", "started", "status", "took", "new", "changed", "unchanged", "refused", "failed", "size", "note")
SOURCES = (
    "source", "state", "new", "changed", "unchanged", "no article", "withdrawn", "copies", "refused", "failed",
    "left out", "size", "waited", "took", "left",
)  # fmt: skip


@click.command(help=HELP)
@click.argument("number", metavar="[N]", required=False, type=click.IntRange(1, MAX_NUMBER))
@click.option("-n", "count", default=10, show_default=True, type=click.IntRange(1, 10_000), help="Crawls listed.")
@json_option
@click.pass_context
def runs(ctx: click.Context, *, number: int | None, count: int, as_json: bool) -> None:
    """Run `pressmark runs`."""
    context: Context = ctx.obj
    if number is None:
        listed = context.store.runs.latest(count)
        records = [_typed(run) if as_json else _line(context, run) for run in listed]
        print_records(records, columns=LIST, as_json=as_json)
        if not records:
            context.say("no crawl yet: `pressmark crawl` makes one")
        return
    run = context.store.runs.run(number)
    if run is None:
        raise NotFound(f"crawl {number}: there is none of this number; `pressmark runs` lists them")
    if as_json:
        print_json(record_of(context.store, run))
        return
    due = f"due {minute(run.due, context.config.zone)}" if run.due else None
    facts = (run.status, f"started by {trigger_word(run.trigger)}", due, in_words(run.note or ""))
    click.echo(f"crawl {run.id}, {minute(run.started, context.config.zone)}: {clean('; '.join(filter(None, facts)))}")
    results = results_of(context.store, run)
    rows = [[_cells(result)[column] for column in SOURCES] for result in results]
    print_rows(SOURCES, rows, right=SOURCES[2:])
    for line in lost_lines(context.store, run.id, context.config.zone):
        click.echo(line)


def _cells(result: "SourceResult") -> dict[str, str]:
    receipt = result.receipt
    outcomes = {name: f"{receipt.of(outcome):,}" for name, outcome in _OUTCOMES.items()}
    return outcomes | {
        "source": receipt.source,
        "state": result.state,
        "copies": "" if result.copies is None else f"{result.copies:,}",
        "left out": f"{result.times_left_out:,}",
        "size": str(Size(receipt.bytes)),
        "waited": "" if receipt.visits_alone else _length(receipt.waiting),
        "took": _length(receipt.took),
        "left": "" if receipt.visits_alone else f"{receipt.left:,}",
    }


_OUTCOMES = {name: name for name in ("new", "changed", "unchanged", "withdrawn", "refused", "failed")} | {
    "no article": "not-article"
}


def _outcomes(run: "Run") -> Counter[str]:
    counts: Counter[str] = Counter()
    for of_source in run.counts.values():
        counts.update(of_source)
    return counts


def _typed(run: "Run") -> dict[str, Any]:
    """Return a crawl for a program."""
    counts, length = _outcomes(run), took(run)
    return {
        "run": run.id,
        "started": moment(run.started),
        "ended": moment(run.ended),
        "status": run.status,
        "seconds": None if length is None else length.total_seconds(),
        "new": counts["new"],
        "changed": counts["changed"],
        "unchanged": counts["unchanged"],
        "refused": counts["refused"],
        "failed": counts["failed"],
        "bytes": run.bytes,
        "note": run.note,
    }


def _line(context: Context, run: "Run") -> dict[str, Any]:
    counts = _outcomes(run)
    return {
        "run": run.id,
        "started": minute(run.started, context.config.zone),
        "status": run.status,
        "took": _length(took(run)),
        "new": counts["new"],
        "changed": counts["changed"],
        "unchanged": counts["unchanged"],
        "refused": counts["refused"],
        "failed": counts["failed"],
        "size": str(Size(run.bytes)),
        "note": in_words(run.note or ""),
    }


def _length(length: timedelta | None) -> str:
    """Return hours, minutes and seconds, such as 1:02:03; nothing when the length is not known."""
    return "" if length is None else str(timedelta(seconds=int(length.total_seconds())))
