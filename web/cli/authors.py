"""`pressmark authors`: the authors, and which names belong to one person."""

from datetime import UTC, datetime

import click

from corpus.errors import NotFound
from corpus.people.names import fold
from web.cli.completion import author_keys
from web.cli.context import Context
from web.cli.output import clean, json_option, print_json, print_records

COLUMNS = ("author", "key", "kind", "articles")


HELP = """\
List authors; suggest, merge and split names.

A merge changes what a search by author finds, never what was printed, and
`split` undoes it.

\b
Examples:
  pressmark authors list okaf
  pressmark authors suggest
  pressmark authors merge mayank-chayya --into mayank-chhaya
  pressmark authors split mayank-chayya
"""


@click.group(help=HELP)
def authors() -> None:
    """The verb."""


@authors.command("list", help="List authors whose key begins with PREFIX, and how many articles carry their name.")
@click.argument("prefix", default="")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, 100_000))
@json_option
@click.pass_context
def list_(ctx: click.Context, *, prefix: str, limit: int, as_json: bool) -> None:
    """List them."""
    counted = ctx.obj.store.authors.counts(prefix=fold(prefix), limit=limit)
    rows = (
        {"author": one.author.name, "key": one.author.key, "kind": one.author.kind.value, "articles": one.articles}
        for one in counted
    )
    print_records(rows, columns=COLUMNS, as_json=as_json)


@authors.command(help="Suggest names that may be one person's, each with its evidence. Nothing is changed.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10_000))
@json_option
@click.pass_context
def suggest(ctx: click.Context, *, limit: int, as_json: bool) -> None:
    """Suggest merges."""
    context: Context = ctx.obj
    rows = [
        {"from": one.key, "into": one.into, "evidence": list(one.evidence) if as_json else "; ".join(one.evidence)}
        for one in context.store.authors.suggestions(limit=limit)
    ]
    print_records(rows, columns=("from", "into", "evidence"), as_json=as_json)
    if not rows:
        context.say("no two names look like one person's")


@authors.command(help="Make the KEYs count as one author.")
@click.argument("keys", nargs=-1, required=True, shell_complete=author_keys)
@click.option("--into", required=True, shell_complete=author_keys, help="The key or name they count as.")
@click.option("--evidence", default="said by hand", show_default=True, help="Why; stored with the merge.")
@json_option
@click.pass_context
def merge(ctx: click.Context, *, keys: tuple[str, ...], into: str, evidence: str, as_json: bool) -> None:
    """Merge."""
    context: Context = ctx.obj
    folded = [key for given in keys if (key := fold(given)) != fold(into)]
    if not folded:
        raise click.UsageError(f"{clean(into)!r} cannot be merged into itself")
    known = context.store.authors.labels([*folded, fold(into)])
    for given, key in ((key, fold(key)) for key in (*keys, into)):
        if key not in known:
            raise NotFound(
                f"authors: {clean(given)!r} is the author of no article; `pressmark authors list` shows the authors"
            )
    changed = context.store.authors.merge(folded, fold(into), evidence, at=datetime.now(UTC))
    if as_json:
        print_json({"merged": folded, "into": fold(into), "evidence": evidence, "articles": changed})
    said = f"{', '.join(folded)} now {'counts' if len(folded) == 1 else 'count'} as {fold(into)}"
    _indexed(context, changed, None if as_json else said)


@authors.command(help="Undo a merge: the KEY is its own author again.")
@click.argument("key", shell_complete=author_keys)
@json_option
@click.pass_context
def split(ctx: click.Context, *, key: str, as_json: bool) -> None:
    """Undo a merge."""
    context: Context = ctx.obj
    if fold(key) not in context.store.authors.aliases():
        raise NotFound(f"authors: {clean(key)!r} was not merged into another")
    changed = context.store.authors.split(fold(key))
    if as_json:
        print_json({"split": fold(key), "articles": changed})
    _indexed(context, changed, None if as_json else f"{fold(key)} is an author again")


def _indexed(context: Context, changed: int, said: str | None) -> None:
    from web.cli.index import update_index

    if said is not None:
        click.echo(f"{said} ({changed:,} {'article' if changed == 1 else 'articles'})")
    update_index(context)
