"""`pressmark trend`: searches, or the values of a facet, over the same periods, side by side."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from corpus.texts.counted import counted
from web.cli.api_calls import ask, file_of
from web.cli.context import Context
from web.cli.output import clean, file_option, json_flag, print_json, print_rows, write_bytes
from web.cli.search import facet_options
from web.cli.words import QueryCommand

HELP = """\
Count articles over time: up to five queries, or one by site, author, section ...

Each argument is one query; none: all articles. With --line, each value that is
chosen, or the most frequent ones, is a line. A period of which nothing was
crawled has no count; a share is from 0 to 1. -o writes a table (.csv) or one
picture (.svg).

\b
Examples:
  pressmark trend 'flood defences' insurance --by month --from 2025
  pressmark trend --line site --site a.example --site b.example --by month
  pressmark trend flood --line site -o floods.svg
"""
WIDTHS = ("auto", "hour", "day", "week", "month", "quarter", "year", "decade")


@click.command(help=HELP, cls=QueryCommand)
@click.argument("query", nargs=-1, metavar="[QUERY]...")
@click.option("--line", default="query", help="What makes a line: query, site, author, section, lang, has or links.")
@click.option("--by", default="auto", type=click.Choice(WIDTHS), help="Width of a period.", show_default=True)
@click.option("--mean", type=click.Choice(("3", "6", "12")), help="Give the mean of so many periods, too.")
@click.option("--share", is_flag=True, help="Give shares of all articles, not counts.")
@facet_options
@click.option("--from", "since", help="Not before: 2021, 2021-03, 2021-03-09, yesterday, -7d.")
@click.option("--to", "until", help="Not after.")
@file_option("Write this .csv or .svg.")
@json_flag("Print JSON.")
@click.pass_context
def trend(
    ctx: click.Context, /, *, query: Sequence[str], line: str, by: str, mean: str | None, share: bool,
    since: str | None, until: str | None, output: Path | None, as_json: bool, **facets: Sequence[str],
) -> None:  # fmt: skip
    """Run `pressmark trend`."""
    context: Context = ctx.obj
    given: dict[str, Any] = {"q": list(query), "line": line, "by": by, **{name: list(facets[name]) for name in facets}}
    given |= {"mean": mean, "from": since, "to": until, "measure": "share" if share else None}
    parameters = {name: value for name, value in given.items() if value}
    if output is not None:
        _write(context, output, parameters, as_json=as_json)
        return
    found = ask(context, "GET", "/trend", None, **parameters)
    for note in found["notes"]:
        context.say(f"note: {clean(note)}")
    if as_json:
        print_json(found)
    else:
        _print(found)
    for each in found["lines"]:
        if each["undated"]:
            context.say(f"note: {clean(each['name'])}: {each['undated']:,} undated, in no period")
    if empty := len({point["period"] for each in found["lines"] for point in each["points"] if point["count"] is None}):
        context.say(f"note: {counted(empty, 'period')} without a number: nothing from then was crawled")
    if not found["lines"]:
        context.say("no article with a date matches")


def _write(context: Context, output: Path, parameters: dict[str, Any], *, as_json: bool) -> None:
    ending = output.suffix.removeprefix(".").lower()
    if ending not in ("csv", "svg"):
        raise click.BadParameter(f"{str(output)!r}: expected a name that ends with .csv or .svg", param_hint="--output")
    size = write_bytes(output, file_of(context, f"/trend/exports/{ending}", **parameters))
    if as_json:
        print_json({"file": str(output), "bytes": size})
    else:
        context.say(f"{counted(size, 'byte')} in {output}")


def _print(found: dict[str, Any]) -> None:
    """Print a row a period, a column a line, and its mean; an empty cell is a period of which nothing was crawled."""
    lines = found["lines"]
    columns = [(clean(each["name"]), _values(each, found["measure"])) for each in lines]
    columns += [
        (f"{clean(each['name'])} (mean)", [_number(point["mean"]) for point in each["points"]])
        for each in lines
        if any(point["mean"] is not None for point in each["points"])
    ]
    names = [name for name, _ in columns]
    periods = [each["period"] for each in lines[0]["points"]] if lines else []
    print_rows(("period", *names), zip(periods, *(values for _, values in columns), strict=True), right=names)


def _values(line: dict[str, Any], measure: str) -> list[str | None]:
    """Return what is drawn of a line: its counts, or the shares; a share of nothing is none."""
    found = []
    for each in line["points"]:
        of = each["of"] if measure == "share" else 1
        found.append(None if each["count"] is None or not of else _number(each["count"] / of))
    return found


def _number(value: float | None) -> str | None:
    return None if value is None else f"{round(value, 4):.12g}"
