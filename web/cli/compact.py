"""`pressmark compact`: the store in less room on the disk."""

import click

from corpus.texts.counted import counted
from corpus.texts.sizes import Size
from web.cli.context import Context
from web.cli.output import json_option, print_json

HELP = """\
Pack the texts of the store into less room, and give what is free back to the disk.

The texts are packed with a dictionary that is made from them, where there are
at least 1,000, or 8 MB of longer ones, and rebuilt where they have outgrown
it; stores of earlier versions become much smaller. A damaged copy of the
dictionary is rewritten. No text changes.
Stop `serve` and crawls first: the last step rewrites the whole file, and
needs as much free room on the disk.

\b
Examples:
  pressmark compact
"""


@click.command(help=HELP)
@json_option
@click.pass_context
def compact(ctx: click.Context, *, as_json: bool) -> None:
    """Run `pressmark compact`."""
    from dataclasses import asdict

    from corpus.errors import NotFound
    from corpus.store.file.database import PAGE

    context: Context = ctx.obj
    if not context.config.store.exists():
        raise NotFound(f"{context.config.store}: no article store here: there is nothing to pack")
    done = context.store.compact()
    if as_json:
        print_json(asdict(done))
        return
    sizes = f"{Size(done.after)}, before {Size(done.before)}"
    click.echo(f"{counted(done.texts, 'text')} repacked; the store takes {sizes}")
    if done.page != PAGE:
        click.echo(
            f"its pages stay at {done.page:,} bytes, as something has the store open: without, it would be smaller"
        )
    if done.damaged:
        click.echo(f"{counted(done.damaged, 'damaged text')} left as before; `pressmark check --full` names them")
