"""A command that takes something away for good -> asks first; where nobody can answer, only `--yes` lets it go on.

Commands whose work can be undone (what a page shows as deleted for 30 days, a store that is set aside) ask nothing.
"""

import sys

import click

yes_option = click.option("--yes", is_flag=True, help="Do not ask; without a terminal it is needed.")


def make_sure(question: str, *, yes: bool) -> None:
    """Ask a person, unless the command line says yes.

    Args:
        question: What is about to be done, with a question mark.

    Raises:
        click.UsageError: No terminal is there to ask at, and `--yes` was not given; nothing may be changed then.
        click.Abort: The answer is no.
    """
    if yes:
        return
    if not sys.stdin.isatty():
        raise click.UsageError(f"{question} There is no terminal to ask at: expected --yes")
    click.confirm(question, abort=True, err=True)
