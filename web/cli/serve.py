"""`pressmark serve`: the pages on this machine, and the scheduler beside them."""

import errno
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from corpus.errors import PressmarkError
from web.cli.context import Context
from web.cli.output import json_flag, print_json_line

if TYPE_CHECKING:
    from flask import Flask

    from corpus.config import Config
    from indexer.contract.protocol import SearchEngine
    from web.layout.server import Server

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
    """The verb."""
    context: Context = ctx.obj
    with scheduler(context, wanted=not no_scheduler):
        serve_pages(context, host=host, port=port, open_=open_, as_json=as_json)


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
) -> None:
    """Serve the pages until SIGTERM or Ctrl-C; the address is printed first.

    Raises:
        PressmarkError: the port is taken; with `any_port`, a free one is used instead.
    """
    from indexer.open import open_healing
    from web.app import create_app

    config = context.config

    def engine() -> "SearchEngine":
        return context.engine if context.is_federated else open_healing(config, lambda: context.store, wait=False)

    refuse_open_doors(config, host or config.web.host)
    app = create_app(config, lambda: context.articles, engine)
    server = _bound(app, host or config.web.host, config.web.port if port is None else port, any_port)
    if as_json:
        print_json_line({"url": server.url, "host": server.host, "port": server.port})
    else:
        click.echo(server.url)
        sys.stdout.flush()
    if open_:
        import webbrowser

        webbrowser.open(server.url)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        server.run()
    except KeyboardInterrupt:
        context.say("stopped")
    finally:
        server.close()


def refuse_open_doors(config: "Config", host: str) -> None:
    """See that pages which other machines reach ask who reads them.

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


def _bound(app: "Flask", host: str, port: int, any_port: bool) -> "Server":
    from web.layout.server import bind

    try:
        return bind(app, host=host, port=port)
    except OSError as error:
        if not any_port or error.errno != errno.EADDRINUSE:
            raise PressmarkError(
                f"{host}:{port}: cannot be used: {error.strerror}; --port 0 takes a free one"
            ) from error
        click.echo(f"{host}:{port} is taken; the pages are on a free port", err=True)
        return bind(app, host=host, port=0)
