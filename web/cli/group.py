"""The verbs of `pressmark`: a verb is loaded when it is called, and all fail in the same way."""

import gc
import importlib
from collections.abc import Collection, Iterable, Sequence
from contextlib import chdir
from itertools import takewhile
from pathlib import Path
from typing import Any, NoReturn

import click

from web.cli.context import Context
from web.cli.loading import interruptible
from web.cli.refusals import refused, unwritten
from web.cli.typed import adapt_types

# verb -> (module, attribute, one line of help). The line stands here so that `--help` loads no verb.
VERBS: dict[str, tuple[str, str, str]] = {
    "demo": ("demo", "demo", "Crawl three fictional sites and serve the pages."),
    "init": ("init", "init", "Write a commented config.toml to start from."),
    "add": ("add", "add", "Look at a site, show three of its articles, add it to config.toml."),
    "sources": ("sources", "sources", "List the sources and how they do."),
    "crawl": ("crawl", "crawl", "Fetch what is due, clean it, index it."),
    "index": ("index", "index", "Bring the index up to date; rebuild or verify it."),
    "search": ("search", "search", "Search the articles."),
    "batch": ("batch", "batch", "Count the articles of many searches, by period and source."),
    "trend": ("trend", "trend", "Count articles over time, searches or sites side by side."),
    "show": ("show", "show", "Show one article by its pressmark or address."),
    "changes": ("changes", "changes", "Say what changed between two texts of an article."),
    "similar": ("similar", "similar", "List the articles that are like one."),
    "cite": ("cite", "cite", "Cite an article, in words or as a file."),
    "why": ("why", "why", "Say what became of a URL, and why."),
    "receipt": ("receipt", "receipt", "Keep the result of a search, so that it can be checked."),
    "saved": ("saved", "saved", "Save searches, and be told what is new in them."),
    "dossiers": ("dossiers", "dossiers", "Collect articles; note, share, hand over."),
    "samples": ("samples", "samples", "Draw articles at random, for coding."),
    "passages": ("passages", "passages", "Mark passages of articles, with notes."),
    "corrections": ("corrections", "corrections", "Correct what was misread; take rules from that."),
    "authors": ("authors", "authors", "List authors; suggest, merge and split names."),
    "import": ("import_", "import_", "Take in files of articles you have."),
    "export": ("export", "export", "Write articles to a file: as data, citations or web archive."),
    "withdraw": ("withdraw", "withdraw", "Take an article's text away for good."),
    "extract": ("extract", "extract", "Clean one page, or a list of them, and show what was read."),
    "runs": ("runs", "runs", "List the latest crawls, or show what one brought."),
    "politeness": ("politeness", "politeness", "Show how a site was asked, for its owner."),
    "schedule": ("schedule", "schedule", "List the crawls to come, or make them."),
    "notify": ("notify", "notify", "Send messages on what is wrong; try the ways they are sent by."),
    "serve": ("serve", "serve", "Serve the pages, and crawl on schedule."),
    "users": ("users", "users", "Add people who may sign in; set roles and passwords."),
    "tokens": ("tokens", "tokens", "Make and revoke what programs sign in with."),
    "status": ("status", "status", "Say what is here and what needs attention."),
    "doctor": ("doctor", "doctor", "Look at this installation, and say what is wrong and the way out."),
    "check": ("check", "check", "Look for damage in the store, the raw responses and the index."),
    "compact": ("compact", "compact", "Pack the articles into less room on the disk."),
    "prune": ("prune", "prune", "Take away old visits, receipts and raw responses."),
    "backup": ("backup", "backup", "Write articles and raw responses to one file, online."),
    "restore": ("backup", "restore", "Put a backup into the data folder."),
    "config": ("config", "config", "Check the configuration, show it, or tell where it is."),
    "mcp": ("mcp", "mcp", "Let a language model read the corpus."),
    "completion": ("completion", "completion", "Print what lets a shell complete verbs, sources and authors."),
}


LONGEST_SENTENCE = 1000  # characters of a help's first sentence in the list of a group's verbs


def fail_unknown(ctx: click.Context, name: str, known: Iterable[str]) -> NoReturn:
    """Say that a word is no command, and which was probably meant, if one is near."""
    import difflib

    near = difflib.get_close_matches(name, list(known), n=1)
    hint = f' Did you mean "{near[0]}"?' if near else ""
    ctx.fail(f'No such command "{name}".{hint}')


class Verbs(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order in which a user needs them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a verb."""
        if cmd_name not in VERBS:
            return None
        module, attribute, _ = VERBS[cmd_name]
        with interruptible():
            command = getattr(importlib.import_module(f"web.cli.{module}"), attribute)
        assert isinstance(command, click.Command)
        adapt_types(command)
        _list_whole_sentences(command)
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb, or name the verb that was probably meant; a guess is never run."""
        name = args[0]
        if name not in VERBS and not name.startswith("-"):
            fail_unknown(ctx, name, VERBS)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of verbs from the table above."""
        with formatter.section("Commands"):
            formatter.write_dl([(verb, line) for verb, (_, _, line) in VERBS.items()])

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the options; help that cannot be printed ends as any other answer does."""
        typed = tuple(args)
        try:
            return super().make_context(info_name, args, parent, **extra)
        except OSError as error:
            raise SystemExit(unwritten(error)) from error
        except click.UsageError as error:
            valued = {name for each in self.params if not _is_flag(each) for name in each.opts}
            if _log_format(typed, valued) != "json":
                raise
            _say_as_json(error)
            raise SystemExit(error.exit_code) from error

    def invoke(self, ctx: click.Context) -> Any:
        """Run a verb; an error raised on purpose is one line on stderr and its exit code."""
        from corpus.errors import ConfigError, ExitCode, IndexDamaged, PressmarkError

        try:
            return super().invoke(ctx)
        except ConfigError as error:
            count = len(error.problems)
            named = "1 problem" if count == 1 else f"{count} problems"
            click.echo(f"error: the configuration has {named}\n{error}", err=True)
            ctx.exit(error.exit_code)
        except PressmarkError as error:
            click.echo(f"error: {error}", err=True)
            if isinstance(error, IndexDamaged):
                click.echo("hint: `pressmark index rebuild` rebuilds it from the articles; nothing is lost", err=True)
            ctx.exit(error.exit_code)
        except click.UsageError as error:
            _misused(ctx, error)
        except click.Abort as error:
            _unanswered(ctx, error)
        except (OSError, RuntimeError, MemoryError) as error:  # a full disk, a folder that may not be written, a limit
            ctx.exit(refused(ctx, error))
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(ExitCode.INTERRUPTED)


def _misused(ctx: click.Context, error: click.UsageError) -> NoReturn:
    """Say how a command is to be typed as JSON where the log is; else click says it once the log has ended."""
    if ctx.params["log_format"] != "json":
        raise error
    _say_as_json(error)
    ctx.exit(error.exit_code)


def _say_as_json(error: click.UsageError) -> None:
    from web.cli.logs import in_form

    with in_form("json"):
        error.show()


def _is_flag(param: click.Parameter) -> bool:
    return isinstance(param, click.Option) and (param.is_flag or param.count)


def _log_format(typed: Sequence[str], valued: Collection[str]) -> str | None:
    """Return what was typed as --log-format before the verb, the last one, where not all options could be read.

    `valued` are the options whose value is a word of its own: that may be the name of a verb, such as a folder's.
    """
    found, words = None, iter(typed)
    for word in takewhile(lambda word: word not in VERBS, words):
        option, equals, value = word.partition("=")
        if option in valued and not equals:
            value = next(words, "")
        if option == "--log-format":
            found = value
    return found


def _unanswered(ctx: click.Context, error: click.Abort) -> NoReturn:
    """Say that a question was answered with no, or not at all."""
    from corpus.errors import ExitCode

    if error.__context__ is None:
        click.echo("nothing was changed", err=True)
        ctx.exit(ExitCode.FAILED)
    click.echo(err=True)  # the question stands in a line that has not ended
    if isinstance(error.__context__, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        ctx.exit(ExitCode.INTERRUPTED)
    click.echo("error: the question was not answered; nothing was changed", err=True)
    ctx.exit(ExitCode.FAILED)


def _list_whole_sentences(command: click.Command) -> None:
    """Let a group list its verbs with the first sentence of each one's help, not with the words that fit a line."""
    if isinstance(command, click.Group):
        for each in command.commands.values():
            each.short_help = each.get_short_help_str(limit=LONGEST_SENTENCE)
            _list_whole_sentences(each)


EXAMPLES = """\b
Examples:
  pressmark demo
  pressmark init my-press
  pressmark search 'flood defences author:okafor 2024..'
  pressmark serve
"""


@click.command(
    cls=Verbs,
    invoke_without_command=True,
    help=f"Search the press you follow, by word, author and date.\n\n{EXAMPLES}",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 79},
)
@click.option(
    "-C",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Work in this folder, as if started there.",
)
@click.option("--config", "file", type=click.Path(dir_okay=False, path_type=Path), help="Use this config.toml.")
@click.option("-v", "--verbose", count=True, help="Say more; twice for all.")
@click.option("-q", "--quiet", is_flag=True, help="Say only what was asked for.")
@click.option(
    "--log-format",
    type=click.Choice(("text", "json")),
    default="text",
    help="What a line of the log looks like.",
)
@click.option("--log-file", type=click.Path(dir_okay=False, path_type=Path), help="Append the log to this file, too.")
@click.option("--version", is_flag=True, is_eager=True, help="Print the version.")
@click.pass_context
def pressmark(
    ctx: click.Context,
    *,
    folder: Path | None,
    file: Path | None,
    verbose: int,
    quiet: bool,
    log_format: str,
    log_file: Path | None,
    version: bool,
) -> None:
    """Search the press you follow (the help a person sees is in the decorator)."""
    if version:
        from corpus import VERSION

        click.echo(f"pressmark {VERSION}")
        ctx.exit()
    if folder is not None:
        ctx.with_resource(chdir(folder))  # as git and make: paths given after it start there
        folder = Path.cwd()
    verbosity, verb = -1 if quiet else verbose, ctx.invoked_subcommand or ""
    ctx.obj = Context(folder=folder, file=file, verbosity=verbosity, verb=verb, shared_workers=ctx.obj)
    ctx.call_on_close(ctx.obj.close)
    from web.cli.logs import log_to

    ctx.with_resource(log_to(ctx.obj.verbosity, format=log_format, file=log_file))
    if ctx.invoked_subcommand is None:
        from web.cli.status import overview

        overview(ctx.obj)
