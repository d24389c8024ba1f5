"""`pressmark mcp`: the corpus as tools of a language model, on stdin and stdout."""

from datetime import datetime

import click

from corpus.errors import PressmarkError
from web.cli.context import Context

HELP = """\
Let a language model read the corpus, over the Model Context Protocol.

It speaks on stdin and stdout with the program that starts it, changes
nothing and fetches nothing. It needs `pip install 'pressmark[mcp]'`.

\b
Examples:
  pressmark -C my-press mcp
"""


@click.command(help=HELP)
@click.pass_context
def mcp(ctx: click.Context) -> None:
    """Run `pressmark mcp`."""
    context: Context = ctx.obj
    try:
        from web.mcp.server import make
    except ModuleNotFoundError as error:
        if error.name not in ("mcp", "mcp_types"):
            raise
        raise PressmarkError("mcp: its library is not here; `pip install 'pressmark[mcp]'` brings it") from None
    from web.mcp.answers import Corpus

    zone = context.config.zone
    unsearched, annotations = lambda: context.unsearched, lambda: context.annotations
    languages = context.config.indexer.languages
    corpus = Corpus(context.articles, context.engine, zone, unsearched, annotations, languages)
    make(context.config, corpus, lambda: datetime.now(zone)).run("stdio")
