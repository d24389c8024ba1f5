"""`pressmark changes`: what changed between two texts of an article."""

from typing import Any

import click

from corpus.texts.counted import counted
from web.cli.api_calls import ask, path_of
from web.cli.context import Context, is_terminal
from web.cli.output import clean, json_option, print_json, style
from web.cli.show import article_of

HELP = """\
Say what changed between two texts of an article: between the last two, or
those that --old and --new name. `[-so-]` is gone, `{+so+}` is new.

\b
Examples:
  pressmark changes k7f003
  pressmark changes k7f003 --old 1 --new 3
  pressmark changes https://gazette.example/story --json
"""
_AROUND = {"old": ("[-", "-]", "red"), "new": ("{+", "+}", "green")}


@click.command(help=HELP)
@click.argument("which", metavar="MARK|URL")
@click.option("--old", type=click.IntRange(1), help="The number of the older text.")
@click.option("--new", type=click.IntRange(1), help="The number of the newer text.")
@json_option
@click.pass_context
def changes(ctx: click.Context, *, which: str, old: int | None, new: int | None, as_json: bool) -> None:
    """Run `pressmark changes`."""
    context: Context = ctx.obj
    named = {name: str(value) for name, value in (("old", old), ("new", new)) if value is not None}
    found = ask(context, "GET", path_of("articles", article_of(context, which).mark, "changes"), None, **named)
    if as_json:
        print_json(found)
        return
    if found["old"] is None:
        context.say("the article has had only one text: nothing has changed")
        return
    later, earlier = (f"text {found[each]['number']} of {found[each]['seen']}" for each in ("new", "old"))
    seen = f"{later} in place of {earlier}"
    click.echo(f"{seen}: {counted(found['added'], 'word')} new, {found['removed']:,} gone")
    for each in found["items"]:
        for side in ("old", "new"):
            if each[side] is not None:
                click.echo(f"\n{clean(each['part'])}, {side}: {_line(each[side], side)}")
    same = found["unchanged"]
    click.echo(f"\n{same:,} {'part is' if same == 1 else 'parts are'} the same in both")


def _line(stretches: list[dict[str, Any]], side: str) -> str:
    """Return a text in one line, what stands in it alone between marks, or in colour on a terminal."""
    before, after, colour = _AROUND[side]
    parts = []
    for each in stretches:
        text = " ".join(each["text"].split("\n"))
        shown = f"{before}{text}{after}" if each["changed"] else text
        parts.append(style(shown, fg=colour) if each["changed"] and is_terminal() else shown)
    return "".join(parts)
