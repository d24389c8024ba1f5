"""`pressmark index`: bring the index up to date, rebuild it beside, verify it."""

import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import click

from corpus.errors import ExitCode
from corpus.texts.counted import counted
from web.cli.context import Context
from web.cli.output import json_option, print_json

HELP = """\
Bring the index up to date with the articles.

\b
Examples:
  pressmark index            what changed since the last time
  pressmark index rebuild    all of it, beside the one that serves, then swap
  pressmark index verify     check every checksum
"""

MANY = 4_000  # changes from nothing on: building with all cores is then worth its start


@click.group(invoke_without_command=True, help=HELP)
@json_option
@click.pass_context
def index(ctx: click.Context, *, as_json: bool) -> None:
    """Run `pressmark index`: `update`, unless another verb follows."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(update, as_json=as_json)


@index.command(help="Index what changed since the last time.")
@json_option
@click.pass_context
def update(ctx: click.Context, *, as_json: bool = False) -> None:
    """Sync the store's changes into the index."""
    counts = update_index(ctx.obj)
    if as_json:
        print_json(_record(ctx.obj, counts))


@index.command(help="Rebuild the index beside the serving one, then swap them.")
@json_option
@click.pass_context
def rebuild(ctx: click.Context, *, as_json: bool = False) -> None:
    """Rebuild."""
    counts = _rebuild(ctx.obj)
    if as_json:
        print_json(_record(ctx.obj, counts))


@index.command(help="Check every file of the index; exit code 1 if one is not as it was written.")
@json_option
@click.pass_context
def verify(ctx: click.Context, *, as_json: bool = False) -> None:
    """Check the index."""
    from indexer.open import verify_configured

    context: Context = ctx.obj
    problems = verify_configured(context.config, context.store)
    if as_json:
        print_json({"problems": problems})
    for problem in problems if not as_json else ():
        click.echo(problem)
    if problems:
        context.say("`pressmark index rebuild` rebuilds it from the articles; nothing is lost")
        ctx.exit(ExitCode.FAILED)
    if not as_json:
        click.echo("the index is as it was written")


@dataclass(frozen=True, slots=True)
class Indexed:
    """What an update did to the index, and in how many seconds."""

    indexed: int
    deleted: int
    seconds: float


def _record(context: Context, done: Indexed) -> dict[str, Any]:
    """Return an update for a program."""
    return asdict(done) | {"seconds": round(done.seconds, 3), "position": context.engine.position}


def update_index(context: Context) -> Indexed:
    """Index what changed, and say how much that was and how long it took."""
    from indexer import sync

    group(context)
    position = context.engine.position
    behind = context.store.sequence - position
    if context.engine.damage:
        context.say(f"the index is damaged: {context.engine.damage}; it is rebuilt, nothing is lost")
    elif context.engine.outdated:
        context.say(f"{context.engine.outdated}; it is rebuilt from the articles")
    if position == 0 and behind >= MANY:
        return _rebuild(context)
    started = time.monotonic()
    show = _shown(context)
    counts = sync.update(context.store, context.engine, zone=context.config.zone, progress=show)
    show(1)
    took = time.monotonic() - started
    if counts.indexed or counts.deleted:
        gone = f", {counts.deleted:,} taken out" if counts.deleted else ""
        context.say(f"indexed {counted(counts.indexed, 'article')}{gone} in {took:.1f} s")
    else:
        context.say("the index is up to date")
    return Indexed(counts.indexed, counts.deleted, took)


def group(context: Context) -> None:
    """Group the articles that tell the same text, and say how many have another group, or are now the first of one."""
    from corpus.copies.grouping import group_copies

    if context.store.copies.to_be_made and context.store.sequence >= MANY:
        context.say("compares the texts of all articles, to find copies of one text")
    grouped = group_copies(context.store, [source.name for source in context.config.sources])
    if grouped.changed:
        changed = counted(grouped.changed, "article is", "articles are")
        context.say(f"looked for copies of one text: {changed} in another group than before, or first of one")
    if grouped.bounded:
        some = counted(grouped.bounded, "article is", "articles are")
        why = "not all of these were compared, or that not all later copies will be found"
        context.say(f"{some} like so many others that {why}: some copies may stand apart")


def _rebuild(context: Context) -> Indexed:
    from indexer.open import rebuild_index

    started = time.monotonic()
    built = rebuild_index(context.config, context.store)
    took = time.monotonic() - started
    context.say(f"indexed {counted(built.articles, 'article')} in {took:.1f} s")
    return Indexed(built.articles, 0, took)


def _shown(context: Context) -> Callable[[float], None]:
    """How far an update is, in one line of the terminal that is written over; nothing elsewhere."""

    def show(share: float) -> None:
        click.echo(f"\r\033[Kindexing: {share:.0%}" if share < 1 else "\r\033[K", err=True, nl=False)

    return show if sys.stderr.isatty() and context.verbosity >= 0 else lambda share: None
