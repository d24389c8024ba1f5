"""`pressmark demo`: three fictional news sites, crawled for real, indexed, and served."""

import json
import shlex
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import ExitCode, PressmarkError
from corpus.runs.clock import took
from corpus.texts.counted import counted
from web.cli.context import Context
from web.cli.output import json_flag, print_json_line, style

if TYPE_CHECKING:
    from corpus.model import Run
    from web.demo.server import DemoWeb

HELP = """\
Crawl three fictional news sites, index them, serve the pages.

The sites run on this machine alone; nothing is fetched from the network. DIR
keeps what was crawled; without it a temporary folder does, removed at the end.

\b
Examples:
  pressmark demo
  pressmark demo my-demo --no-serve
  pressmark demo my-demo --cluster http://127.0.0.1:9200
"""

SITES_PORT = 8901  # asked for first, so that addresses and pressmarks are the same each time

CONFIG = """\
# What `pressmark demo` crawled: three fictional sites that run while the demo does.
timezone = "UTC"

[crawler]
contact = "demo@pressmark.example"
delay = "1 ms"                        # the sites are our own; others are asked once a second
allow_addresses = ["{network}"]  # addresses of this machine, which are refused otherwise
allow_ports = {ports}

[schedule]
crawl = "never"
"""
CLUSTER = """
[indexer]
engine = "opensearch"
hosts = {hosts}
prefix = "pressmark-demo"  # apart from the indexes of other articles
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
    ("authors list", "the authors"),
    ("status", "what is here"),
)


@click.command(help=HELP)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--keep", is_flag=True, help="Keep the temporary folder.")
@click.option("--no-serve", is_flag=True, help="End when all is indexed.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port of the pages; 8765 or a free one when not given.")
@click.option(
    "--cluster", "hosts", metavar="URL", multiple=True, help="Index in this OpenSearch cluster; once for each node."
)
@click.option("--open", "open_", is_flag=True, help="Open the pages in a browser.")
@json_flag("Print what was made, and the address, as lines of JSON.")
@click.pass_context
def demo(
    ctx: click.Context,
    *,
    folder: Path | None,
    keep: bool,
    no_serve: bool,
    port: int | None,
    hosts: tuple[str, ...],
    open_: bool,
    as_json: bool,
) -> None:
    """Run `pressmark demo`."""
    began = time.monotonic()
    outer: Context = ctx.obj
    with demo_folder(outer, folder, keep=keep) as place, _sites() as sites:
        file = write_config(place, sites, hosts)
        context = Context(folder=place, file=file, verbosity=outer.verbosity, shared_workers=outer.shared_workers)
        with closing(context), _indexed(context, keep=keep or folder is not None):
            say = context.say if as_json else click.echo
            if not crawl_and_index(context, sites, say):
                ctx.exit(ExitCode.INTERRUPTED)
            took = time.monotonic() - began
            say(f"ready in {took:.1f} s")
            if as_json:
                articles = context.store.totals().articles
                print_json_line({"folder": str(place), "articles": articles, "seconds": round(took, 3)})
            elif folder or keep or not no_serve:
                _suggest(place)
            if not no_serve:
                from web.cli.serve import serve_pages

                say("\nThe pages, until Ctrl-C:")
                serve_pages(context, port=port, any_port=port is None, open_=open_, as_json=as_json)


@contextmanager
def demo_folder(context: Context, folder: Path | None, *, keep: bool) -> Iterator[Path]:
    """Give the folder of the demo; a temporary one is removed at the end, and both are said."""
    if folder is not None:
        yield (context.folder or Path.cwd()) / folder
        return
    place = Path(tempfile.mkdtemp(prefix="pressmark-demo-"))
    try:
        yield place
    finally:
        if keep:
            context.say(f"stored in {place}")
        else:
            shutil.rmtree(place, ignore_errors=True)
            context.say(f"removed {place}; `pressmark demo DIR` or --keep leaves it there")


@contextmanager
def _indexed(context: Context, *, keep: bool) -> Iterator[None]:
    """See that a cluster answers before anything is crawled; what a temporary demo has there goes with its folder."""
    if context.config.indexer.engine != "opensearch":
        yield
        return
    from indexer.open import delete_from_cluster

    _ = context.engine.position
    try:
        yield
    finally:
        if not keep:
            delete_from_cluster(context.config, context.store)


def _suggest(place: Path) -> None:
    click.echo(f"the corpus is in {place}\n\nTry:")
    command = f"{_command()} -C {shlex.quote(str(place))}"
    for words, what in TRY:
        click.echo(f"  {style(f'{command} {words}', bold=True)}  # {what}")


def write_config(folder: Path, sites: "DemoWeb", hosts: Sequence[str] = ()) -> Path:
    """Write a config.toml that names the sites, and the nodes of a cluster that has the index; return it.

    Raises:
        PressmarkError: one is there already; it is left as it is.
    """
    from web.demo.server import NETWORK
    from web.demo.sites import LEDGER, SITES

    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "config.toml"
    text = CONFIG.format(network=NETWORK, ports=sorted(set(sites.ports)))
    if hosts:
        text += CLUSTER.format(hosts=json.dumps(hosts))
    for site in SITES:
        text += SOURCE.format(name=site.name, origin=sites.origin(site)) + (BACKFILL if site is LEDGER else "")
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(text)
    except FileExistsError:
        raise PressmarkError(f"{file}: is there already; `pressmark -C {folder} serve` shows what it has") from None
    return file


def crawl_and_index(context: Context, sites: "DemoWeb", say: Callable[[str], object] = click.echo) -> bool:
    """Crawl as if it were yesterday, bring out second editions, crawl again, index; False when interrupted."""
    from indexer import sync
    from web.cli.crawl import run_crawl, stopping
    from web.cli.index import group

    stop = threading.Event()
    with stopping(stop):
        for said, now in (("crawled three sites, as if yesterday", _yesterday), ("crawled them again, today", _today)):
            run = run_crawl(context, stop=stop, now=now)
            say(f"{said}: {_counted(run)}")
            if stop.is_set():
                return False
            sites.revise()
    began = time.monotonic()
    group(context)
    synced = sync.update(context.store, context.engine, zone=context.config.zone)
    say(f"indexed {counted(synced.indexed, 'article')} in {time.monotonic() - began:.1f} s")
    return True


def _counted(run: "Run") -> str:
    totals: dict[str, int] = {}
    for counts in run.counts.values():
        for outcome, count in counts.items():
            totals[outcome] = totals.get(outcome, 0) + count
    parts = [
        f"{totals[name]:,} {name}" for name in ("new", "changed", "unchanged", "withdrawn", "failed") if name in totals
    ]
    seconds = (took(run) or timedelta()).total_seconds()
    return f"{', '.join(parts) or 'nothing'} in {seconds:.1f} s"


def _command() -> str:
    """Return what to type for `pressmark`: its name if the shell finds it, else as it was called."""
    called = Path(sys.argv[0])
    return "pressmark" if shutil.which("pressmark") or called.name != "pressmark" else shlex.quote(str(called))


def _sites() -> "DemoWeb":
    from corpus.texts.system_errors import words_of
    from web.demo.server import ONLY, DemoWeb

    problem: OSError | None = None
    for port, apart in ((SITES_PORT, True), (0, True), (SITES_PORT, False), (0, False)):
        try:
            return DemoWeb(port, apart=apart)
        except OSError as error:
            problem = error
    assert problem is not None
    raise PressmarkError(f"{ONLY}: no port can be used: {words_of(problem)}") from problem


def _today() -> datetime:
    return datetime.now(UTC)


def _yesterday() -> datetime:
    return datetime.now(UTC) - timedelta(days=1)
