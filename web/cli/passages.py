"""`pressmark passages`: words of articles that are marked, each with a note."""

import click

from web.cli.api_calls import ask, path_of, say_undo, show
from web.cli.output import json_option, print_json, print_records

HELP = """\
Mark passages of articles, with a note each.

\b
Examples:
  pressmark passages mark k7f003 'the council knew' --note 'since when?'
  pressmark passages list k7f003
  pressmark passages note 4 'since March'
"""
COLUMNS = ("id", "paragraph", "quote", "note", "made")


@click.group(help=HELP)
def passages() -> None:
    """Run `pressmark passages`."""


@passages.command("list", help="List the passages marked in an article, in the order of its text.")
@click.argument("article")
@json_option
@click.pass_context
def list_(ctx: click.Context, *, article: str, as_json: bool) -> None:
    """List the passages marked in an article, in the order of its text."""
    found = ask(ctx.obj, "GET", path_of("articles", article, "passages"))["items"]
    print_records(found, columns=COLUMNS, as_json=as_json)
    if not found and not as_json:
        ctx.obj.say("no passage of it is marked: `pressmark passages mark ARTICLE QUOTE` marks one")


@passages.command(help="Mark words of an article, as its text has them.")
@click.argument("article")
@click.argument("quote")
@click.option("--note", default="", help="A note on them.")
@click.option("--start", type=int, help="About where they begin, in characters, where they stand there twice.")
@json_option
@click.pass_context
def mark(ctx: click.Context, *, article: str, quote: str, note: str, start: int | None, as_json: bool) -> None:
    """Mark some."""
    body = {"quote": quote, "note": note, **({} if start is None else {"start": start})}
    show(ask(ctx.obj, "POST", path_of("articles", article, "passages"), body), as_json=as_json, columns=COLUMNS)
    say_undo(ctx.obj, "/dossiers")


@passages.command(help="Write the note on a passage, in place of the one it has.")
@click.argument("id", type=int)
@click.argument("text")
@json_option
@click.pass_context
def note(ctx: click.Context, *, id: int, text: str, as_json: bool) -> None:
    """Write the note on a passage, in place of the one it has."""
    show(ask(ctx.obj, "PATCH", path_of("passages", id), {"note": text}), as_json=as_json, columns=COLUMNS)
    say_undo(ctx.obj, "/dossiers")


@passages.command(help="Take the mark of a passage away.")
@click.argument("id", type=int)
@json_option
@click.pass_context
def remove(ctx: click.Context, *, id: int, as_json: bool) -> None:
    """Take the mark of a passage away."""
    ask(ctx.obj, "DELETE", path_of("passages", id))
    if as_json:
        print_json({"id": id, "deleted": True})
    say_undo(ctx.obj, "/dossiers")
