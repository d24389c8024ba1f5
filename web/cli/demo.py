"""`pressmark demo`: three fictional news sites, crawled for real, indexed, and served."""

import shlex
import shutil
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import ExitCode, PressmarkError
from web.cli.context import Context
from web.cli.output import style

if TYPE_CHECKING:
    from corpus.model import Run
    from web.demo.server import DemoWeb

HELP = """\
Crawl three fictional news sites, index them, serve the pages.

The sites run on this machine (127.77.0.1 to .3); nothing is fetched from the
network. DIR keeps what was crawled; without it a temporary folder does.

\b
Examples:
  pressmark demo
  pressmark demo my-demo --no-serve
"""

SITES_PORT = 8901  # asked for first, so that addresses and pressmarks are the same each time

CONFIG = """\
# What `pressmark demo` crawled: three fictional sites that run while the demo does.
timezone = "UTC"

[crawler]
contact = "demo@pressmark.example"
delay = "1 ms"                        # the sites are our own; others are asked once a second
allow_addresses = ["{network}"]  # addresses of this machine, which are refused otherwise
allow_ports = [{port}]

[schedule]
crawl = "never"
"""
SOURCE = """
[[source]]
name = "{name}"
url = "{origin}/"
"""
BACKFILL = "backfill = 20  # it has no sitemap: its older stories stand on later pages of its sections\n"

TRY = (
    ("search 'flood defences'", "ranked, with the words marked"),
    ("search 'author:okafor harbour 2024..'", "by person and date"),
    ("search --lang ar الفيضانات", "in six languages"),
    ("authors list", "who signs"),
    ("status", "what is here"),
)


@click.command(help=HELP)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--no-serve", is_flag=True, help="End when all is indexed.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port of the pages; 8765 or a free one when not given.")
@click.option("--open", "open_", is_flag=True, help="Open the pages in a browser.")
@click.pass_context
def demo(ctx: click.Context, *, folder: Path | None, no_serve: bool, port: int | None, open_: bool) -> None:
    """The verb."""
    began = time.monotonic()
    outer: Context = ctx.obj
    place = (outer.folder or Path.cwd()) / folder if folder else Path(tempfile.mkdtemp(prefix="pressmark-demo-"))
    with _sites() as sites:
        context = Context(folder=place, file=write_config(place, sites), verbosity=outer.verbosity)
        ctx.call_on_close(context.close)
        if not crawl_and_index(context, sites):
            ctx.exit(ExitCode.INTERRUPTED)
        click.echo(f"ready in {time.monotonic() - began:.1f} s; kept in {place}\n\nTry:")
        command = f"{_command()} -C {shlex.quote(str(place))}"
        for words, what in TRY:
            click.echo(f"  {style(f'{command} {words}', bold=True)}  # {what}")
        if not no_serve:
            from web.cli.serve import serve_pages

            click.echo("\nThe pages, until Ctrl-C:")
            serve_pages(context, port=port, any_port=port is None, open_=open_)


def write_config(folder: Path, sites: "DemoWeb") -> Path:
    """Write a config.toml that names the sites, and return it.

    Raises:
        PressmarkError: one is there already; it is left as it is.
    """
    from web.demo.server import NETWORK
    from web.demo.sites import LEDGER, SITES

    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "config.toml"
    text = CONFIG.format(network=NETWORK, port=sites.port)
    for site in SITES:
        text += SOURCE.format(name=site.name, origin=sites.origin(site)) + (BACKFILL if site is LEDGER else "")
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(text)
    except FileExistsError:
        raise PressmarkError(f"{file}: is there already; `pressmark -C {folder} serve` shows what it has") from None
    return file


def crawl_and_index(context: Context, sites: "DemoWeb") -> bool:
    """Crawl as if it were yesterday, bring out second editions, crawl again, index; False when interrupted."""
    from indexer import sync
    from web.cli.crawl import run_crawl, stopping
    from web.cli.index import group

    stop = threading.Event()
    with stopping(stop):
        for said, now in (("crawled three sites, as if yesterday", _yesterday), ("crawled them again, today", _today)):
            run = run_crawl(context, stop=stop, now=now)
            click.echo(f"{said}: {_counted(run)}")
            if stop.is_set():
                return False
            sites.revise()
    began = time.monotonic()
    group(context)
    synced = sync.update(context.store, context.engine, zone=context.config.zone)
    click.echo(f"indexed {synced.indexed:,} articles in {time.monotonic() - began:.1f} s")
    return True


def _counted(run: "Run") -> str:
    totals: dict[str, int] = {}
    for counts in run.counts.values():
        for outcome, count in counts.items():
            totals[outcome] = totals.get(outcome, 0) + count
    parts = [
        f"{totals[name]:,} {name}" for name in ("new", "changed", "unchanged", "withdrawn", "failed") if name in totals
    ]
    took = (run.ended - run.started).total_seconds() if run.ended else 0.0
    return f"{', '.join(parts) or 'nothing'} in {took:.1f} s"


def _command() -> str:
    """Return what to type for `pressmark`: its name if the shell finds it, else as it was called."""
    called = Path(sys.argv[0])
    return "pressmark" if shutil.which("pressmark") or called.name != "pressmark" else shlex.quote(str(called))


def _sites() -> "DemoWeb":
    from web.demo.server import DemoWeb

    try:
        return DemoWeb(SITES_PORT)
    except OSError:
        pass
    try:
        return DemoWeb()
    except OSError as error:
        raise PressmarkError(
            f"127.77.0.1: cannot be used: {error.strerror}; the demo needs loopback addresses 127.77.0.1 to .3"
        ) from error


def _today() -> datetime:
    return datetime.now(UTC)


def _yesterday() -> datetime:
    return datetime.now(UTC) - timedelta(days=1)
