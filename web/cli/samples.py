"""`pressmark samples`: articles drawn at random for coding, and the file of each draw as it was made."""

from pathlib import Path

import click

from corpus.texts.counted import counted
from web.cli.api_calls import ask, file_of, path_of, say_undo, show
from web.cli.output import file_option, json_option, print_json, print_records, write_bytes
from web.cli.words import QueryCommand

HELP = """\
Draw articles at random, for coding: how they were drawn is written down, and
the file of a draw is given again byte for byte.

\b
Examples:
  pressmark samples draw 'flood defences' -n 100 --seed 1974 --evenly month
  pressmark samples draw --dossier d-7f3k2 -n 12 --column frame --column actor
  pressmark samples export s-4k2ma -o coding.csv
"""
COLUMNS = ("mark", "articles", "candidates", "seed", "evenly", "dossier", "search", "made", "checksum")


@click.group(invoke_without_command=True, help=HELP)
@json_option
@click.pass_context
def samples(ctx: click.Context, *, as_json: bool) -> None:
    """Run `pressmark samples`: `list`, unless another verb follows."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_, as_json=as_json)


@samples.command("list", help="List the samples and how each was drawn, the last one first.")
@json_option
@click.pass_context
def list_(ctx: click.Context, *, as_json: bool) -> None:
    """List the samples and how each was drawn, the last one first."""
    found = ask(ctx.obj, "GET", "/samples")["items"]
    print_records(found, columns=COLUMNS, as_json=as_json)
    if not found:
        ctx.obj.say("no sample was drawn yet: `pressmark samples draw QUERY` draws one")


@samples.command("show", help="Say how a sample was drawn, from which strata, and list its articles.")
@click.argument("mark")
@json_option
@click.pass_context
def show_(ctx: click.Context, *, mark: str, as_json: bool) -> None:
    """Say how a sample was drawn, from which strata, and list its articles."""
    found = ask(ctx.obj, "GET", path_of("samples", mark))
    if as_json:
        print_json(found)
        return
    show(found, as_json=False, columns=COLUMNS)
    if found["strata"]:
        print_records(found["strata"], columns=("stratum", "articles"), as_json=False)
    print_records([{"id": each} for each in found["ids"]], columns=("id",), as_json=False)


@samples.command(cls=QueryCommand, help="Draw articles from a search, or from a dossier.")
@click.argument("query", nargs=-1)
@click.option("--dossier", help="Draw from the dossier with this mark, in place of a search.")
@click.option("-n", "count", type=int, default=12, show_default=True, help="How many articles.")
@click.option("--seed", type=int, help="The same one draws the same; without it, one of chance.")
@click.option("--evenly", type=click.Choice(("source", "month")), help="As many from each; else from all alike.")
@click.option("--column", "columns", multiple=True, help="A column to fill in; again for more of them.")
@json_option
@click.pass_context
def draw(
    ctx: click.Context,
    *,
    query: tuple[str, ...],
    dossier: str | None,
    count: int,
    seed: int | None,
    evenly: str | None,
    columns: tuple[str, ...],
    as_json: bool,
) -> None:
    """Draw articles from a search, or from a dossier."""
    from web.layout.state import State

    words = " ".join(" ".join(query).split())
    if words and dossier is not None:
        raise click.UsageError("QUERY and --dossier: expected one of the two")
    search = None if dossier is not None else State(q=words).url().partition("?")[2]
    body = {"count": count, "seed": seed, "evenly": evenly or "", "columns": list(columns)}
    made = ask(ctx.obj, "POST", "/samples", body | {"dossier": dossier, "search": search})
    show(made, as_json=as_json, columns=COLUMNS)
    if made["articles"] < count:
        ctx.obj.say(f"there are no more than {made['articles']:,}")
    say_undo(ctx.obj, "/samples")


@samples.command(help="Write the file of a sample, as it was made.")
@click.argument("mark")
@file_option("The file.", required=True)
@json_option
@click.pass_context
def export(ctx: click.Context, *, mark: str, output: Path, as_json: bool) -> None:
    """Write the file of a sample, as it was made."""
    found = ask(ctx.obj, "GET", path_of("samples", mark))
    size = write_bytes(output, file_of(ctx.obj, path_of("samples", mark, "file")))
    if as_json:
        print_json({"file": str(output), "bytes": size, "withdrawn": found["withdrawn"]})
    ctx.obj.say(f"{counted(size, 'byte')} in {output}")
    if found["withdrawn"]:
        ctx.obj.say(f"{found['withdrawn']:,} withdrawn since: their lines have place and mark alone")


@samples.command(help="Delete a sample.")
@click.argument("mark")
@json_option
@click.pass_context
def remove(ctx: click.Context, *, mark: str, as_json: bool) -> None:
    """Delete a sample."""
    ask(ctx.obj, "DELETE", path_of("samples", mark))
    if as_json:
        print_json({"sample": mark, "deleted": True})
    say_undo(ctx.obj, "/samples")
