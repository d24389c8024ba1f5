"""`pressmark sources`: the sites we follow and how they do."""

from datetime import UTC, datetime

import click

from web.cli.context import Context
from web.cli.output import print_records

COLUMNS = ("source", "url", "articles", "new_7d", "last_ok", "no_byline", "no_date", "problems")


@click.command(help="List the sources: articles, new ones in seven days, last answer, what went wrong.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def sources(ctx: click.Context, *, as_json: bool) -> None:
    """The verb."""
    context: Context = ctx.obj
    stats = context.store.source_stats(datetime.now(UTC))
    addresses = {source.name: source.url for source in context.config.sources}
    records = []
    for name in dict.fromkeys((*addresses, *stats)):
        found = stats.get(name)
        failures = found.failures if found else {}
        records.append(
            {
                "source": name,
                "url": addresses.get(name),
                "articles": found.articles if found else 0,
                "new_7d": found.new if found else 0,
                "last_ok": f"{found.last_ok.astimezone(context.config.zone):%Y-%m-%d %H:%M}"
                if found and found.last_ok
                else None,
                "no_byline": f"{found.without_byline:.0%}" if found and found.articles else None,
                "no_date": f"{found.without_date:.0%}" if found and found.articles else None,
                "problems": ", ".join(f"{reason} ×{count}" for reason, count in failures.items()) or None,
            }
        )
    print_records(records, columns=COLUMNS, as_json=as_json)
    if not records:
        context.say("no source yet: `pressmark add URL` adds one")
