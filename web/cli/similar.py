"""`pressmark similar`: the articles that are like one."""

import click

from web.cli.api_calls import ask, path_of
from web.cli.context import Context
from web.cli.output import json_option, print_json, print_records
from web.cli.show import article_of

HELP = """\
List the articles that say most of what an article says, the one most like it
first; its copies are not among them.

\b
Examples:
  pressmark similar k7f003
  pressmark similar https://gazette.example/story --json
"""


@click.command(help=HELP)
@click.argument("which", metavar="MARK|URL")
@json_option
@click.pass_context
def similar(ctx: click.Context, *, which: str, as_json: bool) -> None:
    """Run `pressmark similar`."""
    context: Context = ctx.obj
    found = ask(context, "GET", path_of("articles", article_of(context, which).mark, "similar"))
    if as_json:
        print_json(found)
        return
    rows = [{**each, "authors": "; ".join(each["authors"])} for each in found["items"]]
    print_records(rows, columns=("id", "published", "authors", "source", "headline", "url"), as_json=False)
    if not rows:
        context.say("no other article is like it, copies of its text apart")
