"""`pressmark init`: a commented config.toml to start from."""

from pathlib import Path

import click

from corpus.errors import PressmarkError
from web.cli.context import Context

STARTER = """\
# Pressmark's configuration. Every key, its unit and its default: docs/configuration.md, or `pressmark config schema`.

# data = "data"            # where the corpus is kept, beside this file
# timezone = "UTC"         # of schedules and of dates in searches, such as "Europe/Paris"

[crawler]
# Site owners must be able to reach you: an e-mail address or a web page. No crawl without it.
# contact = "you@example.org"
# delay = 1                # seconds between two requests to one host

[schedule]
crawl = "nightly"          # nightly, hourly, "daily 02:30", "weekdays 06:00", "every 30m", or cron

# `pressmark add URL` looks at a site and appends it here.
# [[source]]
# url = "https://gazette.example"
"""


@click.command(help="Write a commented config.toml into DIR (here by default). It never overwrites one.")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.pass_context
def init(ctx: click.Context, *, folder: Path | None) -> None:
    """The verb."""
    context: Context = ctx.obj
    target = (context.folder or Path.cwd()) / (folder or "")
    target.mkdir(parents=True, exist_ok=True)
    file = target / "config.toml"
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(STARTER)
    except FileExistsError:
        raise PressmarkError(f"{file}: is there already; it was left as it is") from None
    click.echo(str(file))
    context.say("next: put your contact in it, then `pressmark add URL`")
