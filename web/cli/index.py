"""`pressmark index`: bring the index up to date, rebuild it beside, verify it."""

import time

import click

from web.cli.context import Context

HELP = """\
Bring the index up to date with the articles.

\b
Examples:
  pressmark index            what changed since the last time
"""


@click.group(invoke_without_command=True, help=HELP)
@click.pass_context
def index(ctx: click.Context) -> None:
    """The verb; `update` when nothing else is said."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(update)


@index.command(help="Index what changed since the last time.")
@click.pass_context
def update(ctx: click.Context) -> None:
    """Sync the store's changes into the index."""
    update_index(ctx.obj)


def update_index(context: Context) -> None:
    """Index what changed, and say how much that was and how long it took."""
    from indexer import sync

    started = time.monotonic()
    counts = sync.update(context.store, context.engine, zone=context.config.zone)
    took = time.monotonic() - started
    if counts.indexed or counts.deleted:
        gone = f", {counts.deleted:,} taken out" if counts.deleted else ""
        context.say(f"indexed {counts.indexed:,} articles{gone} in {took:.1f} s")
    else:
        context.say("the index is up to date")
