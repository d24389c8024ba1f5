"""`pressmark status`: what is here, what comes next, and what needs attention."""

from dataclasses import dataclass
from datetime import UTC, datetime

import click

from web.cli.context import Context
from web.cli.output import print_json, style

FAILING = 5  # exit code: something was done, some sources fail


@dataclass(frozen=True, slots=True)
class Status:
    """The corpus in a few lines; `problems` are sentences that each name what to do."""

    facts: dict[str, object]
    lines: tuple[str, ...]
    problems: tuple[str, ...]


def examine(context: Context, now: datetime) -> Status:
    """Look at the store, the index and the last run."""
    config, store = context.config, context.store
    totals, runs = store.totals(), store.runs(1)
    indexed = context.engine.position
    problems = []
    if not config.sources:
        problems.append("no source yet: `pressmark add URL` adds one, `pressmark demo` shows what it looks like")
    elif not config.crawler.contact:
        problems.append("no [crawler] contact in config.toml: crawls are off until sites can reach you")
    if indexed < store.sequence:
        problems.append(f"the index is {store.sequence - indexed} changes behind: `pressmark index`")
    if runs and runs[0].status not in {"running", "ok", "stopped"}:
        problems.append(f"the last crawl ended as {runs[0].status}: {runs[0].note or 'see `pressmark sources`'}")
    last = runs[0].started if runs else None
    years = "undated"
    if totals.first_published and totals.last_published:
        years = f"{totals.first_published:%Y}–{totals.last_published:%Y}"
    lines = (
        f"{totals.articles:,} articles · {totals.sources} sources · {totals.authors:,} authors · {years}",
        f"last crawl {last.astimezone(config.zone):%d %b %Y %H:%M}" if last else "never crawled",
        f"index {'up to date' if indexed == store.sequence else 'behind'} · {len(context.engine):,} articles in it",
        f"kept in {config.data}",
    )
    facts: dict[str, object] = {
        "articles": totals.articles,
        "sources": totals.sources,
        "authors": totals.authors,
        "last_crawl": last.isoformat() if last else None,
        "sequence": store.sequence,
        "indexed": indexed,
        "data": str(config.data),
        "problems": problems,
    }
    return Status(facts, lines, tuple(problems))


def overview(context: Context) -> None:
    """Print the status in five lines, and what to do next."""
    found = examine(context, datetime.now(UTC))
    for line in found.lines:
        click.echo(line)
    for problem in found.problems:
        click.echo(f"{style('!', fg='yellow')} {problem}")
    if not found.problems:
        click.echo("next: `pressmark search WORDS`, `pressmark serve`; `pressmark --help` lists all")


@click.command(
    help="Say what is here, when the next crawl is, and what needs attention.\n\nExit code 5 if something does."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def status(ctx: click.Context, *, as_json: bool) -> None:
    """The verb."""
    context: Context = ctx.obj
    found = examine(context, datetime.now(UTC))
    if as_json:
        print_json(found.facts)
    else:
        for line in (*found.lines, *(f"! {problem}" for problem in found.problems)):
            click.echo(line)
    if found.problems:
        ctx.exit(FAILING)
