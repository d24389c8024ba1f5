"""The command tree -> docs/commands.md. `make fix` runs it; a test sees that it was."""

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from corpus.errors import ExitCode
from web.cli.group import VERBS, pressmark

PAGE = Path(__file__).with_suffix(".md")
HEAD = """# Commands

Written by `make fix` from the commands themselves. `pressmark VERB --help` says the same.

Before the verb stand: `-C DIR`, to run it in another folder; `--config FILE`, with another file; `-q`, quietly; `-v`,
with more words, `-vv` with all; `--log-format json` and `--log-file FILE`, for [the log](service.md#the-log).
`--version` prints the version.

"""
MEANING = {
    ExitCode.OK: "it did its work",
    ExitCode.FAILED: "it could not do its work; one line says why",
    ExitCode.USAGE: "the command line cannot be read",
    ExitCode.CONFIG: "the configuration has problems, all named with file and line",
    ExitCode.NOTHING: "the name, the address or the search has no result",
    ExitCode.SOME_FAILED: "it did its work; some sources need attention",
    ExitCode.LOCKED: "another process is at work here",
    ExitCode.INTERRUPTED: "Ctrl-C",
    ExitCode.BROKEN_PIPE: "the reader of its output went away",
}


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield every command with the words that call it, in the order of `pressmark --help`."""
    context = click.Context(pressmark, info_name="pressmark")
    for verb in VERBS:
        command = pressmark.get_command(context, verb)
        assert command is not None
        yield from _with_those_inside(verb, command, context)


def _with_those_inside(
    words: str, command: click.Command, context: click.Context
) -> Iterator[tuple[str, click.Command]]:
    yield words, command
    if isinstance(command, click.Group):
        inside = click.Context(command, info_name=words, parent=context)
        for name in command.list_commands(inside):
            found = command.get_command(inside, name)
            assert found is not None
            yield from _with_those_inside(f"{words} {name}", found, inside)


def page() -> str:
    """Return docs/commands.md as it should be."""
    codes = "\n".join(f"| {int(code)} | {meaning} |" for code, meaning in MEANING.items())
    parts = [HEAD + f"## Exit codes\n\n| code | when |\n|---|---|\n{codes}\n"]
    parts += [_section(words, command) for words, command in commands()]
    return "\n".join(parts)


def _section(words: str, command: click.Command) -> str:
    context = click.Context(command, info_name=f"pressmark {words}")
    usage = " ".join(command.collect_usage_pieces(context))
    level = "##" if " " not in words else "###"
    said, _, examples = inspect.cleandoc(command.help or "").replace("\b\n", "\b").partition("\bExamples:\n")
    said = said.replace("\b", "").strip()
    text = f"{level} {words}\n\n```\npressmark {words} {usage}\n```\n\n{said}\n"
    rows = [_row(option, context) for option in command.params if isinstance(option, click.Option)]
    if rows:
        text += "\n| option | |\n|---|---|\n" + "\n".join(rows) + "\n"
    if examples:
        text += f"\n```\n{inspect.cleandoc(examples)}\n```\n"
    return text


def _row(option: click.Option, context: click.Context) -> str:
    record = option.get_help_record(context)
    names, said = record if record else ("", "")
    cells = (cell.replace("|", "\\|") for cell in (names, " ".join(said.split())))
    return "| `{}` | {} |".format(*cells)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.exit(0)
