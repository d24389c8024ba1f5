"""`pressmark dossiers bundle`: files of a dossier that were handed over, stored as they were."""

from pathlib import Path

import click

from corpus.texts.counted import counted
from web.cli.api_calls import ask, file_of, path_of, say_undo, show
from web.cli.output import file_option, json_option, print_json, print_records, write_bytes

HELP = """\
Make the bundle of a dossier and store it, so that what was handed over can be
shown later: its time, who made it, its counts, size and SHA-256, and the file.

\b
Examples:
  pressmark dossiers bundle make d-7f3k2
  pressmark dossiers bundle list d-7f3k2
  pressmark dossiers bundle export d-7f3k2 b-4k2ma -o wall.zip
"""
COLUMNS = ("mark", "made", "who", "tag", "articles", "left_out", "bytes", "sha256", "withdrawn", "file")


@click.group(help=HELP)
def bundle() -> None:
    """Run `pressmark dossiers bundle`."""


@bundle.command(help="Write a bundle now, and store it: at most 100 MB.")
@click.argument("mark")
@click.option("--tag", default="", help="Only articles with this tag; none: those without any.")
@json_option
@click.pass_context
def make(ctx: click.Context, *, mark: str, tag: str, as_json: bool) -> None:
    """Write a bundle now, and store it: at most 100 MB."""
    made = ask(ctx.obj, "POST", path_of("dossiers", mark, "bundles"), {"tag": tag})
    show(made, as_json=as_json, columns=COLUMNS)
    say_undo(ctx.obj, path_of("d", mark, "history"))


@bundle.command("list", help="List the bundles of a dossier, the last one first.")
@click.argument("mark")
@json_option
@click.pass_context
def list_(ctx: click.Context, *, mark: str, as_json: bool) -> None:
    """List the bundles of a dossier, the last one first."""
    found = ask(ctx.obj, "GET", path_of("dossiers", mark, "bundles"))["items"]
    print_records(found, columns=COLUMNS, as_json=as_json)
    if not found:
        ctx.obj.say("no bundle was stored yet: `pressmark dossiers bundle make MARK` makes one")


@bundle.command(help="Write the file of a bundle, as it was handed over.")
@click.argument("mark")
@click.argument("bundle")
@file_option("The file.", required=True)
@json_option
@click.pass_context
def export(ctx: click.Context, *, mark: str, bundle: str, output: Path, as_json: bool) -> None:
    """Write the file of a bundle, as it was handed over."""
    size = write_bytes(output, file_of(ctx.obj, path_of("dossiers", mark, "bundles", bundle, "file")))
    if as_json:
        print_json({"file": str(output), "bytes": size})
    else:
        ctx.obj.say(f"{counted(size, 'byte')} in {output}")


@bundle.command(help="Delete a bundle.")
@click.argument("mark")
@click.argument("bundle")
@json_option
@click.pass_context
def remove(ctx: click.Context, *, mark: str, bundle: str, as_json: bool) -> None:
    """Delete a bundle."""
    ask(ctx.obj, "DELETE", path_of("dossiers", mark, "bundles", bundle))
    if as_json:
        print_json({"bundle": bundle, "deleted": True})
    say_undo(ctx.obj, path_of("d", mark, "history"))
