"""`pressmark authors`: the authors, and which names belong to one person."""

from collections.abc import Callable
from datetime import UTC, datetime

import click

from corpus.errors import NotFound
from corpus.people.names import fold
from corpus.texts import text
from web.cli.api_calls import note
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


def with_json(function: Callable[..., None]) -> Callable[..., None]:
    """Give a verb --json, and call it with what all verbs share."""
    return json_option(click.pass_obj(function))


def limited(default: int, *, most: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a verb --limit: how many lines it prints."""
    return click.option("--limit", default=default, show_default=True, type=click.IntRange(1, most))


@click.group(help=HELP)
def authors() -> None:
    """Run `pressmark authors`."""


@authors.command(
    "list", help="List authors by a part of their name, and how many articles carry it: PREFIX begins one of its words."
)
@click.argument("prefix", default="")
@limited(100, most=100_000)
@with_json
def list_(context: Context, *, prefix: str, limit: int, as_json: bool) -> None:
    """List authors by a part of their name, and how many articles carry it: PREFIX begins one of its words."""
    counted = context.store.authors.counts(prefix=fold(prefix), limit=limit + 1)
    rows = (
        {"author": one.author.name, "key": one.author.key, "kind": one.author.kind.value, "articles": one.articles}
        for one in counted[:limit]
    )
    print_records(rows, columns=COLUMNS, as_json=as_json)
    _say_more(context, len(counted), limit)
    if not counted:
        context.say(
            f"no author has a name with a word that begins with {clean(prefix)!r}" if prefix else "no author yet"
        )


@authors.command(help="Suggest names that may be one person's, each with its evidence. Nothing is changed.")
@limited(50, most=10_000)
@with_json
def suggest(context: Context, *, limit: int, as_json: bool) -> None:
    """Suggest merges."""
    found = context.store.authors.suggestions(limit=limit + 1)
    rows = [
        {"from": one.key, "into": one.into, "evidence": list(one.evidence) if as_json else "; ".join(one.evidence)}
        for one in found[:limit]
    ]
    print_records(rows, columns=("from", "into", "evidence"), as_json=as_json)
    _say_more(context, len(found), limit)
    if not rows:
        context.say("no two names look like one person's")


@authors.command(help="Make the KEYs count as one author.")
@click.argument("keys", nargs=-1, required=True, shell_complete=author_keys)
@click.option("--into", required=True, shell_complete=author_keys, help="The key or name they count as.")
@click.option("--evidence", default="said by hand", show_default=True, help="Why; stored with the merge.")
@with_json
def merge(context: Context, *, keys: tuple[str, ...], into: str, evidence: str, as_json: bool) -> None:
    """Merge."""
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
    for each in folded:
        note(context, text("{one} now counts as {other}.", one=known[each].name, other=known[fold(into)].name))
    if as_json:
        print_json({"merged": folded, "into": fold(into), "evidence": evidence, "articles": changed})
    said = f"{', '.join(folded)} now {'counts' if len(folded) == 1 else 'count'} as {fold(into)}"
    _indexed(context, changed, None if as_json else said)


@authors.command(help="Undo a merge: the KEY is its own author again.")
@click.argument("key", shell_complete=author_keys)
@with_json
def split(context: Context, *, key: str, as_json: bool) -> None:
    """Undo a merge."""
    if fold(key) not in context.store.authors.aliases():
        raise NotFound(f"authors: {clean(key)!r} was not merged into another")
    changed = context.store.authors.split(fold(key))
    note(context, text("{name} is an author again.", name=fold(key)))
    if as_json:
        print_json({"split": fold(key), "articles": changed})
    _indexed(context, changed, None if as_json else f"{fold(key)} is an author again")


def _say_more(context: Context, found: int, limit: int) -> None:
    if found > limit:
        context.say(f"there are more than {limit:,}: --limit N lists N")


def _indexed(context: Context, changed: int, said: str | None) -> None:
    from web.cli.index import update_index

    if said is not None:
        click.echo(f"{said} ({changed:,} {'article' if changed == 1 else 'articles'})")
    update_index(context)
