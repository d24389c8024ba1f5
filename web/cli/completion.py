"""`pressmark completion`: what a shell runs to complete verbs, options, sources and authors."""

from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem, get_completion_class

from web.cli.context import Context

if TYPE_CHECKING:
    from corpus.config import Config

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_PRESSMARK_COMPLETE"  # click's own name for it: a shell sets it to ask for the words that fit
OFFERED = 50  # authors; a shell shows a screen of them

HELP = """\
Print what lets a shell complete verbs, options, sources and authors.

\b
Examples:
  pressmark completion bash >> ~/.bash_completion
  pressmark completion zsh > "${fpath[1]}/_pressmark"
  pressmark completion fish > ~/.config/fish/completions/pressmark.fish
"""


@click.command(help=HELP)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, *, shell: str) -> None:
    """Run `pressmark completion`."""
    made = get_completion_class(shell)
    assert made is not None, "click completes for each of these shells"
    click.echo(made(ctx.find_root().command, {}, "pressmark", VARIABLE).source())


def source_names(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the name of a source."""
    config = _config(ctx)
    names = [each.name for each in config.sources] if config else []
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def author_keys(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the key of an author, with the name beside it."""
    from corpus.errors import PressmarkError
    from corpus.store import ArticleStore

    config = _config(ctx)
    if config is None or not config.store.is_file():
        return []
    try:
        with ArticleStore.open(config.store, read_only=True) as store:
            found = store.authors.counts(limit=OFFERED, prefix=incomplete)
    except PressmarkError:
        return []
    return [CompletionItem(each.author.key, help=each.author.name) for each in found]


def _config(ctx: click.Context) -> "Config | None":
    """Read the configuration that the line names; None when it cannot be read: a shell shows no errors."""
    from corpus.errors import ConfigError

    given = ctx.find_root().params
    try:
        return Context(folder=given.get("folder"), file=given.get("file")).config
    except ConfigError:
        return None
