"""`pressmark backup` and `pressmark restore`: the corpus in files, and back."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.texts.sizes import Size
from web.cli.context import Context
from web.cli.output import json_option, print_json

if TYPE_CHECKING:
    from corpus.backups.reading import Backup

BACKUP = """\
Write the articles and the raw responses to a FILE.

It may be done during a crawl: the file holds the store as it was at one
moment. Of the raw responses it holds what no other backup in its folder has,
and it needs these backups then: keep them together, or give --full. The folder
must be there: one that is missing may be a disk that is not mounted. Whatever
FILE needs is read back before it takes its name. The index is not in it, as it
is rebuilt from the articles; config.toml is not in it either.

\b
Examples:
  pressmark backup backups/monday.tar
  pressmark backup --full backups/all.tar
"""

RESTORE = """\
Put the articles and raw responses of a backup into the data folder.

Nothing is put in place before all of FILE, and of the backups beside it that
it needs, was read and checked. Stop `serve` and crawls first: a store that
another process has open is refused. With --force, a store that is there is set
aside under a name with the time, which is printed; nothing is deleted. The next
search rebuilds the index.

\b
Examples:
  pressmark restore backups/monday.tar
"""


@click.command(help=BACKUP)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
@click.option("--full", is_flag=True, help="Write all raw responses, so that FILE needs no other backup.")
@json_option
@click.pass_context
def backup(ctx: click.Context, *, file: Path, force: bool, full: bool, as_json: bool) -> None:
    """Run `pressmark backup`."""
    from corpus.backups.writing import write
    from corpus.errors import NotFound

    context: Context = ctx.obj
    if not context.config.store.exists():
        raise NotFound(f"{context.config.store}: no article store here: there is nothing to back up")
    made = write(context.store, context.config.captures, file, force=force, full=full)
    for name in made.damaged:
        context.say(f"note: {file.with_name(name)}: it is damaged, and its raw responses were written again")
    for name in made.missing:
        context.say(
            f"note: {file.with_name(name)}: backups beside it need it, and it is not there: expected its return"
        )
    if as_json:
        print_json(_record(file, made))
        return
    click.echo(f"{file}: {_said(made)}, read back and whole")
    if made.holders:
        click.echo(f"{Size(made.written)} are in it; it needs {', '.join(made.holders)} beside it")


@click.command(help=RESTORE)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Set aside a store that is there.")
@json_option
@click.pass_context
def restore(ctx: click.Context, *, file: Path, force: bool, as_json: bool) -> None:
    """Run `pressmark restore`."""
    from corpus import locks
    from corpus.backups import restoring

    config = ctx.obj.config
    ctx.obj.require_folder()
    with locks.hold(config.crawl_lock, what="a restore"):
        made = restoring.restore(file, config.data, now=datetime.now(config.zone), force=force)
    if as_json:
        print_json(_record(file, made) | {"data": str(config.data), "aside": list(made.aside)})
    else:
        click.echo(f"{config.data}: {_said(made)}")
        for name in made.aside:
            click.echo(f"set aside: {config.data / name}")
    ctx.obj.say("the next search, or `pressmark index`, rebuilds the index")
    if not config.sources:
        where = f"{config.path} names no source" if config.path else "no config.toml was found here"
        ctx.obj.say(f"note: {where}, and no backup holds one: copy yours from where the backup was made")


def _record(file: Path, made: "Backup") -> dict[str, object]:
    return {
        "file": str(file),
        "articles": made.articles,
        "captures": made.captures,
        "bytes": made.bytes,
        "written": made.written,
        "needs": list(made.holders),
        "damaged": list(made.damaged),
        "missing": list(made.missing),
    }


def _said(made: "Backup") -> str:
    articles = "article" if made.articles == 1 else "articles"
    files = "file" if made.captures == 1 else "files"
    return f"{made.articles:,} {articles}, {made.captures:,} {files} of raw responses, {Size(made.bytes)}"
