"""`pressmark corrections`: what is said of articles in place of what was read; and the rules that this offers."""

from typing import Any

import click

from web.cli.api_calls import ask, path_of, say_undo, show
from web.cli.output import clean, json_option, print_json, print_records

HELP = """\
Correct what was misread of an article; take a rule for its source from that.

Three corrections of one field on one source offer a rule: `try` asks a
scheduler to look for it and to try it on captured pages, `trial` shows what
came of it, and `take` writes it into config.toml.

\b
Examples:
  pressmark corrections add k7f003 authors 'Ana Pérez' 'Jan de Wit'
  pressmark corrections add k7f003 published 2024-03-09 --why 'in print'
  pressmark corrections rules
  pressmark corrections try herald.example authors
  pressmark corrections take 12 0
"""
COLUMNS = ("id", "article", "field", "value", "page_said", "who", "at", "why")
RULES = ("source", "field", "corrections", "has_rule", "request")
REQUEST = ("id", "kind", "about", "state", "outcome")


@click.group(invoke_without_command=True, help=HELP)
@json_option
@click.pass_context
def corrections(ctx: click.Context, *, as_json: bool) -> None:
    """Run `pressmark corrections`: `list`, unless another verb follows."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_, as_json=as_json)


@corrections.command("list", help="List the corrections that stand, the latest first.")
@json_option
@click.pass_context
def list_(ctx: click.Context, *, as_json: bool) -> None:
    """List the corrections that stand, the latest first."""
    found, cursor = [], ""
    while True:
        part = ask(ctx.obj, "GET", "/corrections", None, limit="100", **({"cursor": cursor} if cursor else {}))
        found += part["items"]
        cursor = part["next"]
        if not cursor:
            break
    print_records(found if as_json else _worded(ctx, found), columns=COLUMNS, as_json=as_json)
    if not found:
        ctx.obj.say("no correction: `pressmark corrections add` makes one")


@corrections.command(
    help="Correct a field of an article; several VALUEs are several authors, none says that it is empty."
)
@click.argument("article")
@click.argument("field")
@click.argument("values", metavar="[VALUE]...", nargs=-1)
@click.option("--why", default="", help="Why; it stands with the correction.")
@json_option
@click.pass_context
def add(ctx: click.Context, *, article: str, field: str, values: tuple[str, ...], why: str, as_json: bool) -> None:
    """Correct a field of an article; several VALUEs are several authors, none says that it is empty."""
    value = list(values) if field == "authors" else " ".join(values) or None
    made = ask(ctx.obj, "POST", path_of("articles", article, "corrections"),
               {"field": field, "value": value, "why": why})  # fmt: skip
    show(made if as_json else _worded(ctx, [made])[0], as_json=as_json, columns=COLUMNS)
    say_undo(ctx.obj, "/corrections")


@corrections.command(help="Withdraw a correction: the article says again what its page says.")
@click.argument("id", type=int)
@json_option
@click.pass_context
def remove(ctx: click.Context, *, id: int, as_json: bool) -> None:
    """Withdraw a correction: the article says again what its page says."""
    ask(ctx.obj, "DELETE", path_of("corrections", id))
    if as_json:
        print_json({"id": id, "undone": True})
    say_undo(ctx.obj, "/corrections")


@corrections.command(help="List the fields that were corrected so often on a source that a rule may read them.")
@json_option
@click.pass_context
def rules(ctx: click.Context, *, as_json: bool) -> None:
    """List what is offered."""
    found = ask(ctx.obj, "GET", "/rules")["items"]
    print_records(found, columns=RULES, as_json=as_json)
    if not found:
        ctx.obj.say("no rule is offered: it takes three corrections of one field on one source")


@corrections.command("try", help="Ask a scheduler to try rules for a field of a source; `trial` shows what came of it.")
@click.argument("source")
@click.argument("field")
@json_option
@click.pass_context
def try_(ctx: click.Context, *, source: str, field: str, as_json: bool) -> None:
    """Want a trial."""
    made = ask(ctx.obj, "POST", "/requests", {"kind": "rule", "about": f"{field} {source}"})
    show(made, as_json=as_json, columns=REQUEST)
    if not ask(ctx.obj, "GET", "/requests")["scheduler_alive"]:
        ctx.obj.say("no scheduler is alive: the trial waits for one, for a day")


@corrections.command(help="Show what came of a trial: each rule, and how many pages it reads otherwise.")
@click.argument("id", type=int)
@json_option
@click.pass_context
def trial(ctx: click.Context, *, id: int, as_json: bool) -> None:
    """Show what came of a trial: each rule, and how many pages it reads otherwise."""
    found = ask(ctx.obj, "GET", path_of("requests", id))
    if as_json:
        print_json(found)
        return
    tried = (found["found"] or {}).get("rules", [])
    print_records([each | {"rule": place} for place, each in enumerate(tried)],
                  columns=("rule", "setting", "value", "held", "changed", "lost"), as_json=False)  # fmt: skip
    ctx.obj.say(f"request {id}: {found['state']}" + (f": {clean(found['outcome'])}" if found["outcome"] else ""))


@corrections.command(help="Write a rule that was tried into config.toml, a copy of which is made.")
@click.argument("id", type=int)
@click.argument("rule", type=int)
@json_option
@click.pass_context
def take(ctx: click.Context, *, id: int, rule: int, as_json: bool) -> None:
    """Write a rule that was tried into config.toml, a copy of which is made."""
    state = ask(ctx.obj, "GET", path_of("requests", id))["config"] or ""
    made = ask(ctx.obj, "POST", path_of("requests", id, "addition"), {"rule": rule, "expected": state})
    show(made, as_json=as_json, columns=("source", "said"))
    say_undo(ctx.obj, path_of("requests", id))


def _worded(ctx: click.Context, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return corrections with their values in words, as the pages have them."""
    from corpus.corrections.values import Field
    from web.corrections.wording import in_words

    zone = ctx.obj.config.zone
    return [
        each | {name: in_words(Field(each["field"]), each[name], zone) for name in ("value", "page_said")}
        for each in found
    ]
