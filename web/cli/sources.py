"""`pressmark sources`: the sites we follow and how they do."""

from datetime import UTC, datetime

import click

from corpus.errors import NotFound
from corpus.health.values import Health, HealthState
from corpus.store.values import SourceStats
from corpus.texts import text
from web.cli.api_calls import note
from web.cli.completion import source_names
from web.cli.context import Context, is_terminal
from web.cli.group import fail_unknown
from web.cli.output import clean, json_option, moment, print_json, print_records
from web.cli.source_coverage import coverage
from web.cli.source_page import show
from web.cli.subscriptions import export_opml, import_opml
from web.sources.reason_words import meaning

COLUMNS = ("source", "url", "articles", "new", "last_ok", "no_byline", "no_date", "problems")
NARROW = tuple(column for column in COLUMNS if column != "url")  # what fits a terminal


HELP = """\
List the sources and how they do, or show one; stop one for a while, let it go
on, or acknowledge its trouble.

`new` counts seven days; `problems` are its trouble and the failures of those
days. A source that config.toml does not name any more keeps its articles and
has no trouble.

\b
Examples:
  pressmark sources
  pressmark sources valley-herald.example
  pressmark sources coverage valley-herald.example
  pressmark sources pause valley-herald.example
  pressmark sources resume valley-herald.example
  pressmark sources ack valley-herald.example
  pressmark sources import subscriptions.opml
"""


class _Sources(click.Group):
    """A word that is no subcommand is the name of a source: `sources NAME` is `sources show NAME`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the subcommand."""
        known = bool(args) and self.get_command(ctx, args[0]) is not None
        if not known and len(args) > 1 and not any(each.startswith("-") for each in args):  # a word before the name
            fail_unknown(ctx, args[0], self.commands)
        return super().resolve_command(ctx, args if known else ["show", *args])


@click.group(cls=_Sources, invoke_without_command=True, help=HELP)
@json_option
@click.pass_context
def sources(ctx: click.Context, *, as_json: bool) -> None:
    """Run `pressmark sources`: the list, unless another verb follows."""
    if ctx.invoked_subcommand is None:
        _list(ctx.obj, as_json=as_json)


sources.add_command(show)
sources.add_command(coverage)
sources.add_command(import_opml)
sources.add_command(export_opml)


@sources.command("list", help="List the sources, as `pressmark sources` does.")
@json_option
@click.pass_context
def list_(ctx: click.Context, *, as_json: bool) -> None:
    """List the sources, as `pressmark sources` does."""
    _list(ctx.obj, as_json=as_json)


@sources.command(help="Stop crawling a source until it is resumed.")
@click.argument("name", shell_complete=source_names)
@json_option
@click.pass_context
def pause(ctx: click.Context, *, name: str, as_json: bool) -> None:
    """Stop crawling a source until it is resumed."""
    _set_pause(ctx.obj, name, datetime.now(UTC), as_json=as_json)


@sources.command(help="Crawl a paused source again.")
@click.argument("name", shell_complete=source_names)
@json_option
@click.pass_context
def resume(ctx: click.Context, *, name: str, as_json: bool) -> None:
    """Crawl a paused source again."""
    _set_pause(ctx.obj, name, None, as_json=as_json)


@sources.command(
    help="Acknowledge a source's trouble: `status` no longer fails for it, until it is well or another trouble comes."
)
@click.argument("name", shell_complete=source_names)
@json_option
@click.pass_context
def ack(ctx: click.Context, *, name: str, as_json: bool) -> None:
    """Acknowledge a source's trouble: `status` no longer fails for it, until it is well or another trouble comes."""
    context: Context = ctx.obj
    _require(context, name)
    found = context.store.health.acknowledge(name, datetime.now(UTC))
    if as_json:
        print_json({"source": name, "state": found.state.value if found else None, "acknowledged": found is not None})
    elif found is None:
        context.say(f"{clean(name)} has no trouble to acknowledge")
    else:
        context.say(f"{clean(name)} is {found.state}: acknowledged until it is well, or another trouble comes")


def _require(context: Context, name: str) -> None:
    if context.config.source(name) is None:
        known = ", ".join(source.name for source in context.config.sources) or "none"
        raise NotFound(f"{clean(name)}: no such source in config.toml; there are: {clean(known)}")


def _set_pause(context: Context, name: str, since: datetime | None, *, as_json: bool) -> None:
    _require(context, name)
    context.store.sources.pause(name, since)
    said = (
        text("{name} is paused: no crawl asks it.", name=name) if since else text("{name} is crawled again.", name=name)
    )
    note(context, said)
    if as_json:
        print_json({"source": name, "paused": moment(since)})
        return
    context.say(f"{clean(name)} is {'paused' if since else 'crawled again'}")


def _list(context: Context, *, as_json: bool) -> None:
    stats = context.store.sources.stats(datetime.now(UTC))
    addresses = {source.name: source.url for source in context.config.sources}
    health = context.store.health.of_followed(addresses)
    names = dict.fromkeys((*addresses, *stats))
    found = [(name, addresses.get(name), stats.get(name) or SourceStats(name=name), health.get(name)) for name in names]
    if as_json:
        print_json([_record(*each) for each in found])
    else:
        columns = NARROW if is_terminal() else COLUMNS
        print_records([_cells(context, *each) for each in found], columns=columns, as_json=False)
    if not found:
        context.say("no source yet: `pressmark add URL` adds one")


def _record(name: str, url: str | None, stats: SourceStats, health: Health | None) -> dict[str, object]:
    """Return a source for a program; the shares of articles are numbers from 0 to 1."""
    return {
        "source": name,
        "url": url,
        "followed": url is not None,
        "articles": stats.articles,
        "new": stats.new,
        "last_ok": moment(stats.last_ok),
        "no_byline": round(stats.without_byline, 4) if stats.articles else None,
        "no_date": round(stats.without_date, 4) if stats.articles else None,
        "paused": stats.paused,
        "state": health.state.value if health else None,
        "since": moment(health.since) if health else None,
        "failures": stats.failures,
    }


def _cells(
    context: Context, name: str, url: str | None, stats: SourceStats, health: Health | None
) -> dict[str, object]:
    """Return a source for a table."""
    zone = context.config.zone
    said = [] if url is not None else ["not in config.toml: it is no longer crawled"]
    said += ["paused"] if stats.paused else []
    if health is not None and health.state is not HealthState.OK:
        said += [f"{each.state} since {each.since.astimezone(zone):%Y-%m-%d}" for each in health.apart()]
    shape = "%m-%d %H:%M" if is_terminal() else "%Y-%m-%d %H:%M"
    return {
        "source": name,
        "url": url,
        "articles": stats.articles,
        "new": stats.new,
        "last_ok": stats.last_ok.astimezone(zone).strftime(shape) if stats.last_ok else None,
        "no_byline": f"{stats.without_byline:.0%}" if stats.articles else None,
        "no_date": f"{stats.without_date:.0%}" if stats.articles else None,
        "problems": "; ".join([*said, *(f"{meaning(reason)} ×{count:,}" for reason, count in stats.failures.items())])
        or None,
    }
