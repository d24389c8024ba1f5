"""`pressmark receipt`: the result of a search, kept so that its count can be checked."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from corpus.errors import NotFound, PressmarkError
from web.cli.context import Context
from web.cli.output import clean, json_option, print_json, print_records
from web.cli.words import QueryCommand

if TYPE_CHECKING:
    from corpus.store.desk.receipts import Receipt

HELP = """\
Keep the result of a search, so that a count in a text can be checked.

\b
Examples:
  pressmark receipt make 'flood defences' --for 'chapter 3'
  pressmark receipt check q-7f3k2
  pressmark receipt list
"""


@click.group(help=HELP)
def receipt() -> None:
    """Run `pressmark receipt`."""


@receipt.command(cls=QueryCommand, help="Run a search and keep its result; prints the receipt's mark.")
@click.argument("query", nargs=-1)
@click.option("--for", "purpose", default="", help="What for, in your words.")
@json_option
@click.pass_context
def make(ctx: click.Context, *, query: tuple[str, ...], purpose: str, as_json: bool) -> None:
    """Run a search and keep its result; prints the receipt's mark."""
    from indexer.results import receipts
    from web.layout.state import State
    from web.layout.who import HERE

    context: Context = ctx.obj
    text, now = " ".join(query), datetime.now(context.config.zone)
    parsed = context.query(text, now)
    address = State(q=text).url().partition("?")[2]
    try:
        made = receipts.make(parsed, address, context.store, context.engine, who=HERE, purpose=purpose, now=now)
    except ValueError as error:
        raise PressmarkError(f"no receipt was made: {error}") from None
    mark = context.store.receipts.add(made)
    if as_json:
        print_json({"receipt": mark, "total": made.total, "read_as": made.read_as, "purpose": made.purpose})
    else:
        click.echo(mark)
    context.say(f"{made.total:,} {'article' if made.total == 1 else 'articles'}")


@receipt.command(help="Run the search of a receipt again and tell the difference.")
@click.argument("mark")
@json_option
@click.pass_context
def check(ctx: click.Context, *, mark: str, as_json: bool) -> None:
    """Run the search of a receipt again and tell the difference."""
    from urllib.parse import parse_qsl

    from indexer.results.receipts import compare
    from web.desk.receipt_words import in_text, zone_of
    from web.search.request import understand

    context: Context = ctx.obj
    found = _receipt(context, mark)
    config = context.config
    search = understand(
        parse_qsl(found.address, keep_blank_values=True),
        per_page=config.web.per_page,
        now=found.made,
        zone=zone_of(found),
        aliases=context.store.authors.aliases(),
        annotations=context.annotations,
    )
    try:
        compared = compare(found, search.query, context.store, context.engine)
    except ValueError as error:
        raise PressmarkError(f"{found.mark}: cannot be run again: {error}") from None
    if as_json:
        counts = {name: len(getattr(compared, name)) for name in ("new", "withdrawn", "lost", "changed")}
        print_json(
            {
                "receipt": found.mark,
                "total": found.total,
                "same_store": compared.same_store,
                "checksum_agrees": compared.intact,
                "found": compared.found,
                **counts,
            }
        )
        return
    for line in in_text(found, compared).splitlines():
        click.echo(clean(line))


@receipt.command("list", help="List the receipts, the last one first.")
@json_option
@click.pass_context
def list_(ctx: click.Context, *, as_json: bool) -> None:
    """List the receipts, the last one first."""
    rows = [
        {
            "receipt": each.mark,
            "made": each.made.astimezone(UTC).isoformat(timespec="seconds"),
            "total": each.total,
            "read_as": each.read_as,
            "purpose": each.purpose,
            "withdrawn": each.withdrawn and each.withdrawn.astimezone(UTC).isoformat(timespec="seconds"),
        }
        for each in ctx.obj.store.receipts.latest()
    ]
    print_records(rows, columns=list(rows[0]) if rows else ["receipt"], as_json=as_json)
    if not rows and not as_json:
        ctx.obj.say("no receipt yet: `pressmark receipt make QUERY` makes one")


def _receipt(context: Context, mark: str) -> "Receipt":
    found = context.store.receipts.get(mark.lower())
    if found is None:
        raise NotFound(f"{clean(mark)}: no such receipt; `pressmark receipt list` has them all")
    if found.withdrawn is not None:
        raise PressmarkError(f"{found.mark}: withdrawn on {found.withdrawn:%d %b %Y}")
    return found
