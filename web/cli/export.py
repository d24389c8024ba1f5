"""`pressmark export`: articles as JSONL or CSV, all of them or those of a search, in bounded memory."""

from collections.abc import Iterator
from pathlib import Path

import click

from corpus.model import StoredArticle
from indexer.results.exporting import csv_lines, jsonl
from web.cli.context import Context

HELP = """\
Write articles as JSONL or CSV: all of them, or those a QUERY finds.

Cells a spreadsheet would take for a formula are quoted.

\b
Examples:
  pressmark export -o all.jsonl
  pressmark export 'author:okafor 2024..' --format csv -o okafor.csv
"""


@click.command(help=HELP)
@click.argument("query", required=False)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file, not stdout.")
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@click.pass_context
def export(ctx: click.Context, *, query: str | None, output: Path | None, form: str) -> None:
    """The verb."""
    context: Context = ctx.obj
    articles = _found(context, query) if query else context.store.every()
    lines = csv_lines(articles) if form == "csv" else jsonl(articles)
    count = -1 if form == "csv" else 0  # the heading is a line too
    if output is None:
        for line in lines:
            click.echo(line.encode(), nl=False)
        return
    beside = not output.exists() or output.is_file()  # a device or a pipe is written to, never replaced
    partial = output.with_name(f".{output.name}.partial") if beside else output
    try:
        with partial.open("w", encoding="utf-8", newline="") as opened:
            for line in lines:
                opened.write(line)
                count += 1
        if beside:
            partial.replace(output.resolve())
    finally:
        if beside:
            partial.unlink(missing_ok=True)
    context.say(f"{output}: {count:,} articles")


def _found(context: Context, text: str) -> Iterator[StoredArticle]:
    """Walk through all a query finds, a page at a time."""
    from dataclasses import replace
    from datetime import UTC, datetime

    from indexer.query.query import parse

    query = parse(text, now=datetime.now(UTC), zone=context.config.zone, aliases=context.store.aliases())
    query = replace(query, per_page=500, facets=(), interval=None)
    for page in range(1, 1_000_000):
        hits = context.engine.search(replace(query, page=page)).hits
        if not hits:
            return
        yield from context.store.articles([hit.id for hit in hits]).values()
