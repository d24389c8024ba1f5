"""`pressmark init`: a commented config.toml to start from."""

from pathlib import Path

import click

from corpus.errors import PressmarkError
from web.cli.context import Context

HELP = """\
Write a commented config.toml into DIR, here by default; never over one.

It names every key with its default.

\b
Examples:
  pressmark init
  pressmark init my-press
"""


@click.command(help=HELP)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.pass_context
def init(ctx: click.Context, *, folder: Path | None) -> None:
    """The verb."""
    from corpus.config import example

    context: Context = ctx.obj
    target = (context.folder or Path.cwd()) / (folder or "")
    target.mkdir(parents=True, exist_ok=True)
    file = target / "config.toml"
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(example())
    except FileExistsError:
        raise PressmarkError(f"{file}: is there already; it was left as it is") from None
    click.echo(str(file))
    context.say("next: set [crawler] contact in it, then `pressmark add URL`")
