"""`pressmark status`: what is here, what comes next, and what needs attention."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from corpus.errors import ExitCode
from web.cli.context import Context
from web.cli.output import clean, json_option, print_json, style
from web.cli.source_page import health_record
from web.layout.health_words import in_a_line
from web.layout.watch import late_sources, little_room, missed_crawls

if TYPE_CHECKING:
    from corpus.health.values import Health
    from corpus.model import Run
    from corpus.store.values import Totals


MANY_TRIES = 3  # of one message: a mail server that is away for a moment is nothing to say

NOTHING = """\
Nothing here yet. Three ways to begin:
  pressmark demo                          400 sample articles, in half a minute
  pressmark init, then pressmark add URL  follow a site
  pressmark import FILES                  HTML, text, JSONL or WARC you have"""


@dataclass(frozen=True, slots=True)
class Status:
    """The corpus in a few lines; `problems` are sentences that each name what to do.

    `failing`: the last crawl did not end as it should, a source has a trouble that nobody has acknowledged, no
    scheduler is alive, or the disk is full.
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
    if not context.config.store.exists():
        facts: dict[str, object] = {"articles": 0, "data": str(context.config.data), "problems": []}
        return Status(facts, tuple(NOTHING.splitlines()), ())
    config, totals, sequence = context.config, context.store.totals(), context.store.sequence
    alive = context.store.schedule.alive()
    indexed, run, upcoming = context.engine.position, totals.last_run, _next_crawl(context, now)
    lines = (
        _corpus(totals, _wanted(context, now)),
        f"last crawl {_day(context, run.started)}: {run.status}" if run else "never crawled",
        _coming(context, upcoming, alive),
        f"index {'up to date' if indexed == sequence else 'behind'} · {_held(context, indexed):,} articles in it",
        f"stored in {config.data}",
    )
    unhealthy, late = _unhealthy(context), late_sources(context.config, context.store, now)
    alarming = [each for each in unhealthy.values() if each.is_alarming]
    absent = tuple(clean(each.text) for each in missed_crawls(config, context.store, now))
    full = tuple(filter(None, [little_room(config)]))
    troubles = (_sentence(context, each) for each in unhealthy.values())
    problems = (*_problems(context, run, sequence - indexed), *troubles, *absent, *full, *_unsent(context))
    facts = {
        "articles": totals.articles,
        "sources": totals.sources,
        "authors": totals.authors,
        "last_crawl": run.started.isoformat() if run else None,
        "last_status": run.status if run else None,
        "next_crawl": upcoming.isoformat() if upcoming else None,
        "sequence": sequence,
        "indexed": indexed,
        "failing": [each.source for each in alarming],
        "health": [{"source": name, **health_record(each, None)} for name, each in unhealthy.items()],
        "scheduler_alive": alive.isoformat() if alive else None,
        "overdue": {source: at.isoformat() for source, at in late.items()},
        "damaged": len(context.store.damage.articles()),
        "data": str(config.data),
        "problems": list(problems),
    }
    is_bad = run is not None and run.status in _BAD
    return Status(facts, lines, problems, failing=bool(alarming or absent or full or is_bad))


_BAD = frozenset({"failed", "died"})  # a partial one has sources with a trouble, which says more


def _problems(context: Context, run: "Run | None", behind: int) -> Iterator[str]:
    config = context.config
    if config.sources and not config.crawler.contact:
        yield "no [crawler] contact in config.toml: crawls are off until sites can reach you"
    if damaged := context.store.damage.articles():
        noun = "article is" if len(damaged) == 1 else "articles are"
        yield f"{len(damaged):,} {noun} damaged and left out: `pressmark check --full --mend`"
    if context.engine.damage:
        yield f"the index is damaged and is built anew by the next search or `pressmark index`: {context.engine.damage}"
    elif context.engine.outdated:
        yield f"{context.engine.outdated}: the next search or `pressmark index` makes it anew"
    elif behind:
        yield f"the index is {behind:,} changes behind: `pressmark index`"
    if run and run.status in _BAD:
        yield f"the last crawl ended as {run.status}: {run.note or 'see `pressmark sources`'}"


def _unsent(context: Context) -> Iterator[str]:
    """Say which messages cannot be sent, a line for each way."""
    stuck = {each.channel: each for each in context.store.notices.stuck(MANY_TRIES)}
    for channel, each in stuck.items():
        yield clean(f"no message can be sent by {channel}: {each.error}; `pressmark notify test` tries it")


def _coming(context: Context, upcoming: datetime | None, alive: datetime | None) -> str:
    """Say when the next crawl is, and when a scheduler was last alive if there ever was one."""
    shown = f"next crawl {_day(context, upcoming)}" if upcoming else "no crawl is scheduled"
    return shown + (f" · scheduler last alive {_day(context, alive)}" if alive else "")


def _unhealthy(context: Context) -> dict[str, "Health"]:
    """Return source -> how it does, for the configured sources that have a trouble."""
    followed = {source.name for source in context.config.sources}
    found = context.store.health.all()
    return {name: each for name, each in found.items() if name in followed and each.state != "ok"}


def _sentence(context: Context, health: "Health") -> str:
    name = clean(health.source)
    return f"{name} is {clean(in_a_line(health, context.config.zone))}; see `pressmark sources '{name}'`"


def _next_crawl(context: Context, now: datetime) -> datetime | None:
    """When the next crawl is due, if a scheduler runs; by the schedule alone, which is quick to read."""
    config = context.config
    if not config.crawler.contact:
        return None
    cadences = {source.schedule or config.schedule.crawl for source in config.sources}
    return min((due for each in cadences if (due := each.next(now, config.zone))), default=None)


def _held(context: Context, indexed: int) -> int:
    """How many articles the index has; not asked of one that would first have to be built."""
    return len(context.engine) if indexed else 0


def _wanted(context: Context, now: datetime) -> int:
    """How many sources there are, those counted in that are configured and have given no article yet."""
    configured = {source.name for source in context.config.sources}
    if not configured:
        return 0
    return len(configured.union(name for name, each in context.store.sources.stats(now).items() if each.articles))


def _corpus(totals: "Totals", wanted: int) -> str:
    years = "undated"
    if totals.first_published and totals.last_published:
        first, last = totals.first_published.year, totals.last_published.year
        years = f"{first}" if first == last else f"{first}–{last}"
    sources = _counted(totals.sources, "source")
    if wanted > totals.sources:
        sources = f"{totals.sources:,} of {_counted(wanted, 'source')}"
    return " · ".join([_counted(totals.articles, "article"), sources, _counted(totals.authors, "author"), years])


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _day(context: Context, at: datetime) -> str:
    return f"{at.astimezone(context.config.zone):%d %b %Y %H:%M}"


def overview(context: Context) -> None:
    """Print the status in five lines, and what to do next."""
    found = examine(context, datetime.now(UTC))
    _print(found)
    if found.facts["articles"] and not found.problems:
        click.echo("next: `pressmark search WORDS`, `pressmark serve`; `pressmark --help` lists all")


def _print(found: Status) -> None:
    for line in found.lines:
        click.echo(line)
    for problem in found.problems:
        click.echo(f"{style('!', fg='yellow')} {problem}")


HELP = """\
Say what is here, when the next crawl is, and what needs attention.

Exit code 5 when the last crawl did not end as it should, a source has a trouble
that you have not acknowledged (`pressmark sources ack NAME`), a source is due
and nobody crawls it, no scheduler was alive when a crawl was due, or the disk
is nearly full.

\b
Examples:
  pressmark status
  pressmark status --json
"""


@click.command(help=HELP)
@json_option
@click.pass_context
def status(ctx: click.Context, *, as_json: bool) -> None:
    """The verb."""
    found = examine(ctx.obj, datetime.now(UTC))
    if as_json:
        print_json(found.facts)
    else:
        _print(found)
    if found.failing:
        ctx.exit(ExitCode.SOME_FAILED)
