"""`pressmark batch`: a list of queries in, a table of their counts by period and source out."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from web.cli.context import Context
from web.cli.output import clean, file_option, json_flag, write_whole

if TYPE_CHECKING:
    from indexer.contract.values import Interval
    from web.batch.counting import Counted
    from web.batch.reading import Line

HELP = """\
Count the articles of many searches, by period and by source.

FILE has one query a line, or is a CSV with a column "query"; a column "name" is what a search is called, and columns
such as "from", "to", "site" and "author" are parameters of the search. `-` reads from standard input. The table is a
CSV with a row for all articles of a search, for each period, and for each source.

\b
Examples:
  pressmark batch queries.csv > counts.csv
  pressmark batch queries.txt --by month --from 2020
"""


@click.command(help=HELP)
@click.argument("file", type=click.File("rb"))
@click.option("--by", default="year", show_default=True, help="Width of a period: year, quarter, month, week or day.")
@click.option("--from", "since", help="Not before, for searches that do not say it.")
@click.option("--to", "until", help="Not after, likewise.")
@file_option("Write here; else to stdout.")
@json_flag("Print a JSON line for each search.")
@click.pass_context
def batch(
    ctx: click.Context,
    /,
    *,
    file: BinaryIO,
    by: str,
    since: str | None,
    until: str | None,
    output: Path | None,
    as_json: bool,
) -> None:
    """Run `pressmark batch`."""
    from crawler.importing.texts import text_in
    from web.batch.counting import INTERVALS
    from web.batch.reading import read_list

    context: Context = ctx.obj
    interval = next((each for each in INTERVALS if each == by), None)
    if interval is None:
        raise click.BadParameter(f"{by!r}: expected one of {', '.join(INTERVALS)}", param_hint="--by")
    typed, encoded = text_in(file.read())
    listed = read_list(typed)
    for note in (*([f"{file.name}: {encoded}"] if encoded else []), *listed.notes):
        context.say(f"note: {clean(note)}")
    unsearched: dict[str, None] = {}  # of all searches, in order
    searches = _counted(context, listed.lines, interval, since=since, until=until, unsearched=unsearched)
    table = _table(context, searches, as_json=as_json)
    if output is not None:
        write_whole(output, table)
    else:
        for text in table:
            click.echo(text, nl=False)
    count = len(listed.lines)
    context.say(f"{count:,} {'search' if count == 1 else 'searches'}")
    for note in unsearched:
        context.say(f"note: {clean(note)}")


def _counted(
    context: Context,
    lines: "Iterable[Line]",
    interval: "Interval",
    *,
    since: str | None,
    until: str | None,
    unsearched: dict[str, None],
) -> "Iterator[Counted]":
    """Count the searches of a list, one after the other; what was not searched is noted in `unsearched`."""
    from indexer.contract.facet_values import site_key
    from indexer.contract.facets import FacetName
    from indexer.query.parameters import SINCE, UNTIL
    from web.batch.counting import counted
    from web.search.request import SearchRequest, understand

    config, now = context.config, datetime.now(UTC)
    aliases, annotations = context.articles.authors.aliases(), context.annotations
    names = {(FacetName.SITE, site_key(source.name)): source.name for source in config.sources}
    shared = [(name, value) for name, value in ((SINCE.name, since), (UNTIL.name, until)) if value]
    root = (config.web.url or "").rstrip("/")

    def search_of(pairs: Iterable[tuple[str, str]]) -> SearchRequest:
        return understand(
            pairs, per_page=config.web.per_page, now=now, zone=config.zone, aliases=aliases, annotations=annotations
        )

    for line in lines:
        yield counted(line, shared, interval, search_of, context.engine.search, names, root=root)
        unsearched.update(dict.fromkeys(context.unsearched))


def _table(context: Context, searches: "Iterable[Counted]", *, as_json: bool) -> Iterator[str]:
    """Give the lines of the table, and say the notes on each search."""
    from web.batch.counting import COLUMNS, csv_lines, record_of, rows_of

    if not as_json:
        yield from csv_lines([COLUMNS])
    for found in searches:
        yield from [json.dumps(record_of(found), ensure_ascii=False) + "\n"] if as_json else csv_lines(rows_of(found))
        for note in found.notes:
            context.say(f"note: {clean(found.name)}: {clean(note)}")
