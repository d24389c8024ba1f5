"""`pressmark backup` and `pressmark restore`: the corpus in one file, and back."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.cli.context import Context
from web.cli.output import json_option, print_json

if TYPE_CHECKING:
    from corpus.backups import Backup

BACKUP = """\
Write the articles and the raw responses to one FILE.

It may be done during a crawl: the file holds the store as it was at one
moment. It is read back before it takes its name. The index is not in it, as
it is made anew from the articles; config.toml is not in it either.

\b
Examples:
  pressmark backup corpus.tar
"""

RESTORE = """\
Put the articles and raw responses of a backup into the data folder.

Nothing is put in place before all of FILE was read and checked. Stop `serve`
and crawls first. With --force, a store that is there is set aside under a
name with the time; nothing is deleted. The next search makes the index anew.

\b
Examples:
  pressmark restore corpus.tar
"""


@click.command(help=BACKUP)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
@json_option
@click.pass_context
def backup(ctx: click.Context, *, file: Path, force: bool, as_json: bool) -> None:
    """The verb."""
    from corpus import backups
    from corpus.errors import NotFound

    context: Context = ctx.obj
    if not context.config.store.exists():
        raise NotFound(f"{context.config.store}: no article store here: there is nothing to back up")
    made = backups.write(context.store, context.config.captures, file, force=force)
    if as_json:
        print_json(_record(file, made))
        return
    click.echo(f"{file}: {_said(made)}, read back and whole")


@click.command(help=RESTORE)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Set aside a store that is there.")
@json_option
@click.pass_context
def restore(ctx: click.Context, *, file: Path, force: bool, as_json: bool) -> None:
    """The verb."""
    from corpus import backups, locks

    config = ctx.obj.config
    ctx.obj.require_folder()
    with locks.hold(config.crawl_lock, what="a restore"):
        made = backups.restore(file, config.data, now=datetime.now(config.zone), force=force)
    if as_json:
        print_json(_record(file, made) | {"data": str(config.data)})
    else:
        click.echo(f"{config.data}: {_said(made)}")
    ctx.obj.say("the next search, or `pressmark index`, makes the index anew")


def _record(file: Path, made: "Backup") -> dict[str, object]:
    return {"file": str(file), "articles": made.articles, "captures": made.captures, "bytes": made.bytes}


def _said(made: "Backup") -> str:
    articles = "article" if made.articles == 1 else "articles"
    files = "file" if made.captures == 1 else "files"
    return f"{made.articles:,} {articles}, {made.captures:,} {files} of raw responses, {made.bytes / 1e6:,.1f} MB"
