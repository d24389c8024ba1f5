"""`pressmark init`: a commented config.toml to start from."""

import json
import re
from pathlib import Path

import click

from corpus.errors import PressmarkError
from web.cli.context import Context
from web.cli.output import json_option, print_json

HELP = """\
Write a commented config.toml into DIR, here by default; never over one.

It names every key with its default.

\b
Examples:
  pressmark init
  pressmark init my-press --contact me@example.org
"""


@click.command(help=HELP)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--contact", help="Mail address or page where sites can reach you; crawls need one.")
@json_option
@click.pass_context
def init(ctx: click.Context, *, folder: Path | None, contact: str | None, as_json: bool) -> None:
    """Run `pressmark init`."""
    from corpus.config import example

    context: Context = ctx.obj
    written = example() if contact is None else _with_contact(example(), contact)
    target = (context.folder or Path.cwd()) / (folder or "")
    target.mkdir(parents=True, exist_ok=True)
    file = target / "config.toml"
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(written)
    except FileExistsError:
        raise PressmarkError(f"{file}: is there already; it was left as it is") from None
    if as_json:
        print_json({"file": str(file), "contact": contact})
    else:
        click.echo(str(file))
    context.say(
        "next: `pressmark add URL`" if contact else "next: set [crawler] contact in it, then `pressmark add URL`"
    )


def _with_contact(text: str, contact: str) -> str:
    """Put the contact in its place.

    Raises:
        PressmarkError: It is none.
    """
    from corpus.config.units import contact as checked

    try:
        value = json.dumps(checked(contact), ensure_ascii=False)
    except ValueError as error:
        raise PressmarkError(f"--contact: {error}") from None
    return re.sub(r"(?m)^#contact = .*$", lambda _: f"contact = {value}", text)
