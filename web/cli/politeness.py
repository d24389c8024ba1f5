"""`pressmark politeness`: how a site was asked, for its owner."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

import click

from corpus import urls
from corpus.errors import NotFound
from corpus.runs.politeness import DayOfRequests, by_day
from corpus.runs.robots_bounds import beyond, in_words
from corpus.texts.counted import counted
from corpus.texts.sizes import Size
from web.cli.completion import source_names
from web.cli.context import Context
from web.cli.output import clean, json_option, minute, print_json, print_rows

HELP = """\
Show how the site of a source was asked: for each day what for, how much was
read, which addresses robots.txt kept us from, how often the site asked to slow
down, and the rests between two requests to one host. It is what one can show
the owner of a site.

\b
Examples:
  pressmark politeness valley-herald.example
  pressmark politeness valley-herald.example --days 7 --json
"""

APART = "redirects and further pages of a story count with the page that led to them, robots.txt is not counted"

COLUMNS = ("day", "requests", "what for", "size", "disallowed", "slow down", "shortest rest", "usual rest")


@click.command(help=HELP)
@click.argument("name", metavar="SOURCE", shell_complete=source_names)
@click.option("--days", default=30, show_default=True, type=click.IntRange(1, 400), help="Days shown.")
@json_option
@click.pass_context
def politeness(ctx: click.Context, *, name: str, days: int, as_json: bool) -> None:
    """Run `pressmark politeness`."""
    context: Context = ctx.obj
    config, store = context.config, context.store
    source = config.source(name)
    if source is None:
        known = ", ".join(each.name for each in config.sources) or "none"
        raise NotFound(f"{clean(name)}: no such source in config.toml; there are: {clean(known)}")
    now = datetime.now(UTC)
    found = by_day(store.journal.of_hosts(name, now - timedelta(days=days)), config.zone)
    host = store.journal.host(urls.authority(source.url))
    rests_until = store.journal.rests(now).get(urls.host(source.url))
    rest = source.delay or config.crawler.delay
    if as_json:
        robots = host.robots
        print_json(
            {
                "source": name,
                "user_agent": config.crawler.user_agent,
                "delay": rest.total_seconds(),
                "robots": {
                    "status": robots.status,
                    "fetched": robots.fetched.isoformat(),
                    "beyond": asdict(beyond(robots.text)),
                }
                if robots
                else None,
                "rests_until": rests_until.isoformat() if rests_until else None,
                "days": [_record(day) for day in found],
            }
        )
        return
    click.echo(
        clean(f"{name}: asked as {config.crawler.user_agent}, at least {rest.total_seconds():g} s between requests")
    )
    if host.robots:
        at = host.robots.fetched.astimezone(config.zone)
        click.echo(f"its robots.txt was last read on {at:%Y-%m-%d %H:%M} and answered {host.robots.status}")
        for each in in_words(host.robots.text):
            click.echo(f"its robots.txt: {each}")
    if rests_until:
        click.echo(f"its host rests until {minute(rests_until, config.zone)}")
    if not found:
        click.echo(f"no request in the last {counted(days, 'day')}")
        return
    print_rows(COLUMNS, [_row(day) for day in found], right=("requests", "size", *COLUMNS[4:]))
    total = sum(sum(day.requests.values()) for day in found)
    click.echo(f"{counted(total, 'request')} on {counted(len(found), 'day')}; {APART}")


def _row(day: DayOfRequests) -> tuple[object, ...]:
    what = ", ".join(f"{kind} ×{count:,}" for kind, count in day.requests.items())
    return (
        day.day,
        f"{sum(day.requests.values()):,}",
        what,
        Size(day.bytes),
        f"{day.disallowed:,}",
        f"{day.slow_down:,}",
        _seconds(day.shortest),
        _seconds(day.usual),
    )


def _seconds(length: timedelta | None) -> str:
    """Say a rest; a short one with its hundredths, so that it does not look like none."""
    if length is None:
        return ""
    seconds = length.total_seconds()
    return f"{seconds:,.1f} s" if seconds >= 1 else f"{seconds:.2f} s"


def _record(day: DayOfRequests) -> dict[str, Any]:
    return {
        "day": day.day.isoformat(),
        "requests": day.requests,
        "bytes": day.bytes,
        "disallowed": day.disallowed,
        "slow_down": day.slow_down,
        "shortest_rest": day.shortest.total_seconds() if day.shortest is not None else None,
        "usual_rest": day.usual.total_seconds() if day.usual is not None else None,
    }
