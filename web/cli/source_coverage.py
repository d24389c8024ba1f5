"""`pressmark sources coverage NAME`: what was read and lost of a source, by month or day, and its gaps."""

from itertools import dropwhile
from typing import Any

import click

from corpus.errors import NotFound
from corpus.texts.counted import counted
from web.cli.api_calls import ask, path_of
from web.cli.completion import source_names
from web.cli.context import is_terminal
from web.cli.output import clean, json_option, print_json, print_rows

HELP = """\
Say what was read and what was lost of a source in twelve months, beside what
is usual, why stories were lost, and name its gaps. `usual` is empty where it
is too early to say.

\b
Examples:
  pressmark sources coverage valley-herald.example
  pressmark sources coverage valley-herald.example --month 2026-08 --days
"""
COLUMNS = ("read", "lost", "usual")


@click.command(help=HELP)
@click.argument("name", shell_complete=source_names)
@click.option("--month", help="The last of the twelve months, such as 2026-08; else the present one.")
@click.option("--days", is_flag=True, help="A row a day, not a month.")
@json_option
@click.pass_context
def coverage(ctx: click.Context, *, name: str, month: str | None, days: bool, as_json: bool) -> None:
    """Print what was read and lost of a source, by month or day, and its gaps."""
    from web.sources.coverage_reading import why_lost

    path = path_of("sources", name, "coverage")
    try:
        found = ask(ctx.obj, "GET", path, None, **({"month": month} if month is not None else {}))
    except NotFound:
        known = clean(", ".join(each.name for each in ctx.obj.config.sources)) or "none"
        raise NotFound(f"{clean(name)}: no source has this name; in config.toml there are: {known}") from None
    if as_json:
        print_json(found)
        return
    unit, columns = ("day", (*COLUMNS, "crawls")) if days else ("month", COLUMNS)
    given = found[f"{unit}s"]
    shown = [*dropwhile(_is_empty, given)] if is_terminal() else given
    rows = [[each[unit], *(_cell(each[column]) for column in columns), why_lost(each["lost_for"])] for each in shown]
    print_rows((unit, *columns, "why lost"), rows, right=columns)
    if len(shown) < len(given):
        before = counted(len(given) - len(shown), f"{unit}")
        ctx.obj.say(f"{before} before that: nothing was read, lost or usual; with --json or into a file all stand")
    ctx.obj.say(f"in all {sum(each['read'] for each in given):,} read, {sum(each['lost'] for each in given):,} lost")
    for each in found["gaps"]:
        ctx.obj.say(f"gap {each['number']}, {each['first']} to {each['last']}: {clean(each['what'])}")


def _is_empty(each: dict[str, Any]) -> bool:
    return not any(each.get(column) for column in (*COLUMNS, "crawls"))


def _cell(value: Any) -> str | None:
    return None if value is None else f"{value:g}"
