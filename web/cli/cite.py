"""`pressmark cite`: an article as others cite it, in words and as a file of a reference manager."""

from pathlib import Path

import click

from corpus.texts.counted import counted
from web.cli.api_calls import ask, file_of, path_of
from web.cli.context import Context
from web.cli.output import clean, file_option, json_option, print_json, print_records, write_bytes
from web.cli.show import article_of

HELP = """\
Cite an article: in words, or as a file for a reference manager such as Zotero.

\b
Examples:
  pressmark cite k7f003
  pressmark cite https://gazette.example/story --style apa
  pressmark cite k7f003 --format bib
  pressmark cite k7f003 --format ris -o story.ris
"""
STYLES = ("chicago", "apa", "mla", "plain")
FORMATS = ("bib", "ris", "csl.json")


@click.command(help=HELP)
@click.argument("which", metavar="MARK|URL")
@click.option("--style", type=click.Choice(STYLES), help="In this style alone; else in all.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="As a file of this format.")
@file_option("Write it here; else to stdout.")
@json_option
@click.pass_context
def cite(
    ctx: click.Context, *, which: str, style: str | None, form: str | None, output: Path | None, as_json: bool
) -> None:
    """Run `pressmark cite`."""
    context: Context = ctx.obj
    if form is None and output is not None:
        raise click.UsageError("-o takes a file: --format says which")
    if form is not None and (style or (as_json and output is None)):
        raise click.UsageError("--format gives a file: --style has no place beside it, and --json needs -o")
    mark = article_of(context, which).mark
    if form is not None:
        _write(context, mark, form, output, as_json=as_json)
        return
    found = ask(context, "GET", path_of("articles", mark, "citations"))
    items = [each for each in found["items"] if style in (None, each["style"])]
    if as_json:
        print_json({**found, "items": items})
    elif style:
        click.echo(clean(items[0]["text"]))
    else:
        print_records(items, columns=("style", "text"), as_json=False)


def _write(context: Context, mark: str, form: str, output: Path | None, *, as_json: bool) -> None:
    pieces = file_of(context, path_of("articles", mark, "exports", form))
    if output is None:
        for piece in pieces:
            click.echo(piece, nl=False)
        return
    size = write_bytes(output, pieces)
    if as_json:
        print_json({"file": str(output), "bytes": size})
    else:
        context.say(f"{counted(size, 'byte')} in {output}")
