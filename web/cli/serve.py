"""`pressmark serve`: the pages on this machine."""

import click

from web.cli.context import Context

HELP = """\
Serve the pages until Ctrl-C.

The pages answer on this machine only, unless --host says otherwise; read
SECURITY.md before it does.

\b
Examples:
  pressmark serve --open
  pressmark serve --port 9000
"""


@click.command(help=HELP)
@click.option("--host", help="Address to serve on; [web] host when not given.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port; 0 takes a free one.")
@click.option("--open", "open_", is_flag=True, help="Open the pages in a browser.")
@click.pass_context
def serve(ctx: click.Context, *, host: str | None, port: int | None, open_: bool) -> None:
    """The verb."""
    context: Context = ctx.obj
    serve_pages(context, host=host, port=port, open_=open_)


def serve_pages(context: Context, *, host: str | None = None, port: int | None = None, open_: bool = False) -> None:
    """Serve the pages until SIGTERM or Ctrl-C; the address is printed first."""
    from indexer.open import open_engine
    from web.app import create_app
    from web.server import bind

    config = context.config
    app = create_app(config, lambda: context.store, lambda: open_engine(config.index, config.indexer.engine))
    server = bind(app, host=host or config.web.host, port=config.web.port if port is None else port)
    click.echo(server.url)
    if open_:
        import webbrowser

        webbrowser.open(server.url)
    try:
        server.run()
    except KeyboardInterrupt:
        context.say("stopped")
    finally:
        server.close()
