"""`pressmark sources coverage NAME`: what was read and lost of a source, by month or day, and its gaps."""

from typing import Any

import click

from corpus.errors import NotFound
from web.cli.at_desk import ask, path_of
from web.cli.completion import source_names
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
    unit = "day" if days else "month"
    rows = [
        [each[unit], *(_cell(each[column]) for column in COLUMNS), why_lost(each["lost_for"])]
        for each in found[f"{unit}s"]
    ]
    print_rows((unit, *COLUMNS, "why lost"), rows, right=COLUMNS)
    for each in found["gaps"]:
        ctx.obj.say(f"gap {each['number']}, {each['first']} to {each['last']}: {clean(each['what'])}")


def _cell(value: Any) -> str | None:
    return None if value is None else f"{value:g}"
