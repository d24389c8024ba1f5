"""`pressmark serve`: the pages on this machine, and the scheduler beside them."""

import errno
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING

import click

from corpus.errors import PressmarkError
from web.cli.context import Context
from web.cli.output import json_flag, print_json_line
from web.cli.streams import give_up_stdout

if TYPE_CHECKING:
    from corpus.config import Config
    from web.layout.server import Port

HELP = """\
Serve the pages until Ctrl-C, and crawl by schedule.

The pages answer on this machine only, unless --host says otherwise; read
SECURITY.md before it does.

\b
Examples:
  pressmark serve --open
  pressmark serve --port 9000 --no-scheduler
"""


@click.command(help=HELP)
@click.option("--host", help="Address to serve on; [web] host when not given.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port; 0 takes a free one.")
@click.option("--open", "open_", is_flag=True, help="Open the pages in a browser.")
@click.option("--no-scheduler", is_flag=True, help="Serve only; crawl nothing.")
@json_flag("Print the address as a line of JSON.")
@click.pass_context
def serve(
    ctx: click.Context, *, host: str | None, port: int | None, open_: bool, no_scheduler: bool, as_json: bool
) -> None:
    """Run `pressmark serve`."""
    context: Context = ctx.obj

    def beside() -> AbstractContextManager[None]:
        return scheduler(context, wanted=not no_scheduler)

    serve_pages(context, host=host, port=port, open_=open_, as_json=as_json, beside=beside)


@contextmanager
def scheduler(context: Context, *, wanted: bool) -> Iterator[None]:
    """Crawl by schedule in a thread; when it cannot, a message says so and the pages are served all the same.

    Messages on what is wrong are sent either way.
    """
    from web.cli.schedule import planned, run_by_schedule
    from web.cli.watching import watching

    if context.is_federated:  # crawls, and what goes wrong with them, are watched where the stores are
        yield
        return
    if not wanted:
        with watching(context):
            yield
        return
    if not context.config.crawler.contact:
        context.say("no [crawler] contact in config.toml: the pages are served, nothing is crawled")
        with watching(context):
            yield
        return
    for each in planned(context, 1):
        context.say(f"next crawl: {each['due']}")
    stop = threading.Event()
    thread = threading.Thread(target=run_by_schedule, args=(context, stop), name="scheduler")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def serve_pages(
    context: Context,
    *,
    host: str | None = None,
    port: int | None = None,
    any_port: bool = False,
    open_: bool = False,
    as_json: bool = False,
    beside: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> None:
    """Serve the pages until SIGTERM or Ctrl-C; the address is printed first.

    Args:
        beside: What this process does meanwhile; it begins when the processes that answer are there.

    Raises:
        PressmarkError: the port is taken; with `any_port`, a free one is used instead.
        StoreUnfit, StoreDamaged: the store cannot be opened, and will not by waiting.
    """
    from web.cli.serving import end_by_signals, processes_of, serving

    config = context.config
    refuse_open_doors(config, host or config.web.host)
    context.check_store()
    held = _held(host or config.web.host, config.web.port if port is None else port, any_port)
    with serving(context, held, processes_of(config.web, context)) as answer, beside():
        end_by_signals()
        try:
            _print_address(context, held, as_json=as_json)
            if open_:
                import webbrowser

                webbrowser.open(held.url)
            answer()
        except KeyboardInterrupt:
            context.say("stopped")


def _print_address(context: Context, held: "Port", *, as_json: bool) -> None:
    """Print where the pages are; they are served, too, when nobody can read that, such as with stdout closed."""
    try:
        if as_json:
            print_json_line({"url": held.url, "host": held.host, "port": held.port})
        else:
            click.echo(held.url)
            sys.stdout.flush()
    except OSError as error:
        give_up_stdout()
        context.say(
            f"cannot write the address, {held.url}: {error.strerror or error}; the pages are served all the same"
        )


def refuse_open_doors(config: "Config", host: str) -> None:
    """Refuse to serve pages to other machines without accounts, unless the archive is public.

    Raises:
        PressmarkError: Other machines reach the address, and neither accounts nor a public archive is configured.
    """
    from web.layout.who import is_here

    if is_here(host) or host == "localhost" or config.web.public or config.web.accounts != "none":
        return
    raise PressmarkError(
        f"{host}: other machines reach the pages there, and nobody would have to sign in; under [web] in config.toml,"
        ' accounts = "password" asks people to sign in, and public = true shows others snippets and links'
    )


def _held(host: str, port: int, any_port: bool) -> "Port":
    from web.layout.server import Port

    try:
        return Port(host, port)
    except OSError as error:
        if not any_port or error.errno != errno.EADDRINUSE:
            from corpus.texts.system_errors import words_of

            said = f"{host}:{port}: cannot be used: {words_of(error)}; --port 0 takes a free one"
            raise PressmarkError(said) from error
        click.echo(f"{host}:{port} is taken; the pages are on a free port", err=True)
        return Port(host)
