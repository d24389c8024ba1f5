"""`pressmark tokens`: what programs and feed readers ask the pages with, in a person's name."""

from datetime import UTC, datetime

import click

from corpus.errors import NotFound
from web.accounts import change_words
from web.cli.api_calls import note
from web.cli.context import Context
from web.cli.output import clean, json_option, moment, print_json, print_records

COLUMNS = ("id", "user", "purpose", "scope", "made", "used", "revoked")

HELP = """\
What programs and feed readers ask the pages with, in a person's name.

A token is shown once. A program sends it as "Authorization: Bearer TOKEN"; a
feed reader asks for name and password: the token is the password.

\b
Examples:
  pressmark tokens add okafor --for 'feed reader'
  pressmark tokens add okafor --for 'nightly script' --scope write
  pressmark tokens revoke 3
"""


@click.group(help=HELP)
def tokens() -> None:
    """Run `pressmark tokens`."""


@tokens.command(help="Make a token of the person NAME, and print it.")
@click.argument("name")
@click.option("--for", "purpose", required=True, help="What for, in your words.")
@click.option("--scope", type=click.Choice(("read", "write")), default="read", show_default=True)
@json_option
@click.pass_context
def add(ctx: click.Context, *, name: str, purpose: str, scope: str, as_json: bool) -> None:
    """Make a token of the person NAME, and print it."""
    from corpus.store.accounts.sessions import Scope

    context: Context = ctx.obj
    user = context.store.users.get(name)
    if user is None:
        raise NotFound(f"tokens: nobody is called {clean(name)!r}; `pressmark users list` shows the people")
    number, secret = context.store.tokens.add(user.name, purpose, Scope(scope), datetime.now(UTC))
    note(context, change_words.token_made(number, user.name))
    if as_json:
        print_json({"id": number, "user": user.name, "purpose": purpose, "scope": scope, "token": secret})
    else:
        click.echo(secret)
    context.say(f"token {number} of {clean(user.name)}; it cannot be shown again")


@tokens.command("list", help="List the tokens, revoked ones too; never their secrets.")
@json_option
@click.pass_context
def list_(ctx: click.Context, *, as_json: bool) -> None:
    """List the tokens, revoked ones too; never their secrets."""
    rows = [
        {
            "id": each.id,
            "user": each.user,
            "purpose": each.purpose,
            "scope": each.scope.value,
            "made": moment(each.made),
            "used": moment(each.used),
            "revoked": moment(each.revoked),
        }
        for each in ctx.obj.store.tokens.all()
    ]
    print_records(rows, columns=COLUMNS, as_json=as_json)
    if not rows and not as_json:
        ctx.obj.say("no token yet: `pressmark tokens add NAME` makes one")


@tokens.command(help="Revoke the token ID: nothing can ask with it any more.")
@click.argument("id", type=click.IntRange(1))
@json_option
@click.pass_context
def revoke(ctx: click.Context, *, id: int, as_json: bool) -> None:
    """Revoke the token ID: nothing can ask with it any more."""
    if not ctx.obj.store.tokens.revoke(id, datetime.now(UTC)):
        raise NotFound(f"tokens: there is no token {id} that is not revoked; `pressmark tokens list` shows them")
    note(ctx.obj, change_words.token_revoked(id))
    if as_json:
        print_json({"id": id, "revoked": True})
    ctx.obj.say(f"token {id} is revoked")
