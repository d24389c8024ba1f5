"""`pressmark status`: what is here, what comes next, and what needs attention."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from corpus.errors import ExitCode
from corpus.reasons import in_words
from corpus.runs.emptiness import not_begun, nothing_yet
from corpus.runs.lost_lists import of_source
from corpus.texts.counted import counted
from web.cli.context import Context
from web.cli.index_state import IndexState, index_state
from web.cli.output import clean, json_option, print_json, style
from web.cli.source_page import health_record
from web.layout.alarms import (
    behind_by,
    cut_short,
    hanging_crawls,
    late_sources,
    left_out,
    limits_met,
    lists_lost,
    little_room,
    missed_crawls,
    unsent,
)
from web.layout.health_words import named_in_a_line

if TYPE_CHECKING:
    from corpus.health.values import Health
    from corpus.store.values import Totals


MANY_TRIES = 3  # of one message: a mail server that is away for a moment is nothing to say


@dataclass(frozen=True, slots=True)
class Status:
    """The corpus in a few lines; `problems` are sentences that each name what to do.

    `failing`: a crawl failed or died and no later one made up for it, the latest met a limit of this machine, a source
    has a trouble that nobody has acknowledged (one that comes and goes counts while it is there), no scheduler is
    alive, or the disk is full.
    """

    facts: dict[str, object]
    lines: tuple[str, ...]
    problems: tuple[str, ...]
    failing: bool = False


def examine(context: Context, now: datetime) -> Status:
    """Look at the store, the index and the last run; nothing is made where there is nothing.

    Raises:
        PressmarkError: `data` is a file.
    """
    context.require_folder()
    outline = context.outline
    if not outline.store.exists():
        facts: dict[str, object] = {"articles": 0, "data": str(outline.data), "problems": []}
        return Status(facts, not_begun(len(outline.cadences)), ())
    totals, sequence, index = context.store.totals(), context.store.sequence, index_state(context)
    alive, resting = context.store.schedule.alive(), context.store.schedule.paused() & {*outline.cadences}
    indexed, run, upcoming = index.position, totals.last_run, _next_crawl(context, now, resting)
    lines = (
        _corpus(totals, _wanted(context, now)),
        f"last crawl {_day(context, run.started)}: {run.status}" if run else "never crawled",
        _coming(context, upcoming, alive, len(resting)),
        f"index {_state(index, sequence)} · {_within(index)}",
        f"stored in {outline.data}",
    )
    unhealthy, late = _unhealthy(context), late_sources(outline, context.store, now)
    alarming = [each for each in unhealthy.values() if each.is_bad_now]
    idle = (*missed_crawls(outline, context.store, now), *hanging_crawls(outline, context.store, now))
    absent = tuple(clean(each.text) for each in idle)
    full = tuple(filter(None, [little_room(outline), limits_met(outline, context.store)]))
    troubles = (_sentence(context, each) for each in unhealthy.values())
    lost = lists_lost(outline, context.store)
    lists = (
        f"{clean(of_source(name, each, outline.zone))}; see `pressmark sources '{clean(name)}'`"
        for name, each in lost.items()
    )
    gone = _removed_trouble(context)
    damaged, damaged_revisions = context.store.damage.counts()
    ended = [clean(in_words(each)) for each in cut_short(outline, context.store, now)]
    found = (*_problems(context, index, sequence - indexed), *ended, *left_out(damaged, damaged_revisions))
    problems = (*found, *gone, *troubles, *lists, *absent, *full, *_unsent(context))
    facts = {
        "articles": totals.articles,
        "sources": totals.sources,
        "authors": totals.authors,
        "last_crawl": run.started.isoformat() if run else None,
        "last_status": run.status if run else None,
        "next_crawl": upcoming.isoformat() if upcoming else None,
        "sequence": sequence,
        "indexed": indexed,
        "partly_indexed": index.cut,
        "failing": [each.source for each in alarming],
        "health": [{"source": name, **health_record(each, None)} for name, each in unhealthy.items()],
        "lists_lost": {name: len(each) for name, each in lost.items()},
        "scheduler_alive": alive.isoformat() if alive else None,
        "overdue": {source: at.isoformat() for source, at in late.items()},
        "damaged": damaged,
        "damaged_revisions": damaged_revisions,
        "data": str(outline.data),
        "problems": list(problems),
    }
    return Status(facts, lines, problems, failing=bool(alarming or absent or full or ended))


def _removed_trouble(context: Context) -> tuple[str, ...]:
    """Say what is damaged of the index of texts that are gone; it is read only where its table is not enough."""
    from indexer.contract.origin import origin
    from indexer.storage.glance import FOLDER_OF_REMOVED, glance

    folder, zone = context.outline.index / FOLDER_OF_REMOVED, context.outline.zone
    if not folder.exists() or glance(folder, lambda position: origin(context.store, position, zone)) is not None:
        return ()
    from indexer.storage.check_index import verify

    problems = verify(folder)[:1]
    says = "the index of texts that are gone is damaged and is rebuilt by the next search with in:removed"
    return tuple(f"{says}, or `pressmark index rebuild`: {each}" for each in problems)


def _state(index: IndexState, sequence: int) -> str:
    if index.trouble:
        return "to be rebuilt"
    return "up to date" if index.position == sequence else "behind"


def _within(index: IndexState) -> str:
    """Say how many articles an index has, and of how many it has the first words only."""
    if index.articles is None:
        return "how many articles are in it is not known"
    cut = f", {index.cut:,} of them not to their last word: `pressmark why URL` says how far" if index.cut else ""
    return f"{counted(index.articles, 'article')} in it{cut}"


def _problems(context: Context, index: IndexState, behind: int) -> Iterator[str]:
    if context.outline.cadences and not context.outline.contact:
        yield "no [crawler] contact in config.toml: crawls are off until sites can reach you"
    if index.trouble:
        yield index.trouble
    elif behind:
        yield behind_by(behind)
    if context.store.copies.to_be_made:
        yield "the texts of all articles are to be compared for copies: the next crawl does it, or `pressmark index`"


def _unsent(context: Context) -> Iterator[str]:
    """Say which messages cannot be sent, a line for each way."""
    for channel, (why, reaches_some) in unsent(context.store, MANY_TRIES).items():
        what = f"not all addresses get what is sent by {channel}"
        what = what if reaches_some else f"no message can be sent by {channel}"
        yield clean(f"{what}: {why}; `pressmark notify test` tries it")


def _coming(context: Context, upcoming: datetime | None, alive: datetime | None, resting: int) -> str:
    """Say when the next crawl is, of all sources but those that rest; when a scheduler was last alive, if ever."""
    shown = f"next crawl {_day(context, upcoming)}" if upcoming else "no crawl is scheduled"
    shown += f" · {counted(resting, 'source')} paused" if resting else ""
    if upcoming and not alive:
        return f"{shown} · made by `pressmark serve` or `pressmark schedule run`; neither ran so far"
    return shown + (f" · scheduler last alive {_day(context, alive)}" if alive else "")


def _unhealthy(context: Context) -> dict[str, "Health"]:
    """Return source -> how it does, for the configured sources that have a trouble."""
    health = context.store.health.of_followed(context.outline.cadences)
    return {name: each for name, each in health.items() if each.state != "ok"}


def _sentence(context: Context, health: "Health") -> str:
    return f"{clean(named_in_a_line(health, context.outline.zone))}; see `pressmark sources '{clean(health.source)}'`"


def _next_crawl(context: Context, now: datetime, resting: set[str]) -> datetime | None:
    """When the next crawl is due of what does not rest, if a scheduler runs; by the schedule alone: that is quick."""
    if not context.outline.contact:
        return None
    cadences = {each for name, each in context.outline.cadences.items() if name not in resting}
    return min((due for each in cadences if (due := each.next(now, context.outline.zone))), default=None)


def _wanted(context: Context, now: datetime) -> int:
    """How many sources there are, those counted in that are configured and have given no article yet."""
    configured = set(context.outline.cadences)
    if not configured:
        return 0
    return len(configured.union(name for name, each in context.store.sources.stats(now).items() if each.articles))


def _corpus(totals: "Totals", wanted: int) -> str:
    years = "undated" if totals.articles else ""
    if totals.first_published and totals.last_published:
        first, last = totals.first_published.year, totals.last_published.year
        years = f"{first}" if first == last else f"{first}–{last}"
    some = f"{totals.sources:,} of " if wanted > totals.sources else ""
    sources = some + counted(max(wanted, totals.sources), "source")
    parts = [counted(totals.articles, "article"), sources, counted(totals.authors, "author"), years]
    return " · ".join(filter(None, parts))


def _day(context: Context, at: datetime) -> str:
    return f"{at.astimezone(context.outline.zone):%d %b %Y %H:%M}"


def overview(context: Context) -> None:
    """Print the status in five lines, and what to do next."""
    found = examine(context, datetime.now(UTC))
    _print(found)
    if not found.facts["articles"]:
        crawled = found.facts.get("last_crawl") is not None
        if "sources" in found.facts:  # a store is there; else the ways to begin were said
            click.echo(nothing_yet(articles=0, sources=len(context.outline.cadences), crawled=crawled))
    elif not found.problems:
        click.echo("next: `pressmark search WORDS`, `pressmark serve`; `pressmark --help` lists all")


def _print(found: Status) -> None:
    for line in found.lines:
        click.echo(line)
    for problem in found.problems:
        click.echo(f"{style('!', fg='yellow')} {problem}")


HELP = """\
Say what is here, when the next crawl is, and what needs attention.

Exit code 5 when the last crawl did not end as it should or met a limit of this
machine (open files, threads, memory), a crawl hangs, a source has a trouble
that you have not acknowledged (`pressmark sources ack NAME`), a source is due
and nobody crawls it, no scheduler was alive when a crawl was due, or the disk
is nearly full. A source that fails now and then (`kind` is "now-and-then" in
JSON) counts on the nights on which it fails.

\b
Examples:
  pressmark status
  pressmark status --json
"""


@click.command(help=HELP)
@json_option
@click.pass_context
def status(ctx: click.Context, *, as_json: bool) -> None:
    """Run `pressmark status`."""
    found = examine(ctx.obj, datetime.now(UTC))
    if as_json:
        print_json(found.facts)
    else:
        _print(found)
    if found.failing:
        ctx.exit(ExitCode.SOME_FAILED)
