"""`pressmark sources NAME`: how one source is read, what became of its addresses, and what was not walked."""

from dataclasses import asdict
from typing import Any

import click

from corpus import urls
from corpus.errors import NotFound
from corpus.health.advice import advice
from corpus.health.values import Health
from corpus.reasons import consequence
from corpus.runs.robots_bounds import beyond
from corpus.runs.robots_bounds import in_words as robots_in_words
from web.cli.completion import source_names
from web.cli.context import Context
from web.cli.output import clean, json_option, print_json, print_rows
from web.layout.health_words import in_a_line

MAX_LISTINGS = 20  # of a source that are shown; --json has all

HELP = """\
Show a source: how it does and what to try where it does badly; the feeds,
sitemaps and sections it is read by and how many articles each was the first to
name; what became of each address and why, what was left out, and which older
pages were not walked. `pressmark sources NAME` does the same.
"""


@click.command(help=HELP)
@click.argument("name", shell_complete=source_names)
@json_option
@click.pass_context
def show(ctx: click.Context, *, name: str, as_json: bool) -> None:
    """Show one source."""
    context: Context = ctx.obj
    source = context.config.source(name)
    if source is None:
        known = ", ".join(each.name for each in context.config.sources) or "none"
        raise NotFound(f"{clean(name)}: no such source in config.toml; there are: {clean(known)}")
    listings = context.store.walks.ways_in(name)
    left_out = context.store.census.left_out(name)
    counts = context.store.census.counts(name)
    health = context.store.health.of(name)
    waiting = context.store.walks.postponed().get(name, ())
    goal = context.store.walks.goal(name)
    robots = context.store.journal.host(urls.authority(source.url)).robots
    if as_json:
        print_json(
            {
                "source": name,
                "url": source.url,
                "robots_beyond": asdict(beyond(robots.text)) if robots else None,
                "health": health_record(health, source.url) if health else None,
                "addresses": counts,
                "listings": [_record(listing) for listing in listings],
                "left_out": {
                    reason: {"count": count, "examples": examples} for reason, (count, examples) in left_out.items()
                },
                "not_walked": {"count": len(waiting), "examples": waiting[:3]},
                "backfill": goal.since.isoformat() if goal else None,
                "backfill_until": goal.until.isoformat() if goal and goal.until else None,
            }
        )
        return
    click.echo(f"{clean(name)}: {clean(source.url)}")
    _say_health(context, health, source.url)
    for each in robots_in_words(robots.text) if robots else ():
        click.echo(f"its robots.txt: {each}")
    for state, reasons in counts.items():
        click.echo(clean(f"{sum(reasons.values()):,} {state}: {in_words(reasons)}"))
    if not listings:
        click.echo(f"nothing was read yet: `pressmark crawl '{clean(name)}'` does")
        return
    rows = [
        (listing.kind.value, listing.via or "", listing.outcome, f"{listing.articles:,}", clean(listing.address))
        for listing in listings[:MAX_LISTINGS]
    ]
    print_rows(("kind", "found by", "last visit", "articles", "address"), rows, right=("articles",))
    if len(listings) > MAX_LISTINGS:
        click.echo(f"and {len(listings) - MAX_LISTINGS:,} more listings; --json has all")
    for reason, (count, examples) in left_out.items():
        click.echo(f"left out: {count:,} {clean(reason)}: {consequence(reason).says}, such as {clean(examples[0])}")
    if goal is not None:
        until = f"; what is newer than {goal.until} waits" if goal.until else ""
        click.echo(f"its lists are walked back to {goal.since}{until}")
    if waiting:
        command = f"pressmark crawl '{clean(name)}' --backfill 2020.."
        click.echo(f"not walked: {len(waiting):,} older pages, such as {clean(waiting[0])}; `{command}` goes on")


def in_words(reasons: dict[str, int]) -> str:
    """Return the reasons of one state with their numbers, such as `http-403 ×4, timeout ×1`."""
    return ", ".join(f"{reason} ×{count:,}" for reason, count in reasons.items())


def _say_health(context: Context, health: Health | None, site: str) -> None:
    """Say how a source does, and what to try."""
    if health is None:
        return
    click.echo(clean(in_a_line(health, context.config.zone)))
    for number, each in enumerate(advice(health, site=site), start=1):
        click.echo(f"  {number}. {clean(each)}")


def health_record(health: Health, site: str | None) -> dict[str, Any]:
    """Return how a source does, for a program."""
    return {
        "state": health.state.value,
        "since": health.since.isoformat(),
        "cause": health.cause,
        "why": health.why,
        "acknowledged": health.acknowledged.isoformat() if health.acknowledged else None,
        "try": list(advice(health, site=site)),
    }


def _record(listing: Any) -> dict[str, Any]:
    return {
        "address": listing.address,
        "kind": listing.kind.value,
        "via": listing.via,
        "outcome": listing.outcome,
        "reason": listing.reason,
        "checked": listing.checked.isoformat() if listing.checked else None,
        "articles": listing.articles,
    }
