"""`pressmark users`: the people who may sign in, where `[web] accounts` asks for it."""

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TextIO

import click

from corpus.errors import NotFound, PressmarkError
from web.accounts import change_words
from web.cli.api_calls import note
from web.cli.confirming import make_sure, yes_option
from web.cli.context import Context
from web.cli.output import clean, json_option, moment, print_json, print_records

if TYPE_CHECKING:
    from corpus.store.accounts.users import User

COLUMNS = ("name", "role", "made", "disabled", "password")
ROLES = ("reader", "editor", "admin")

HELP = """\
Who may sign in to the pages, when [web] accounts asks for it.

Readers search, and have searches and dossiers of their own; editors also
correct, merge and withdraw; admins also see settings and people.

\b
Examples:
  pressmark users add 'Ana Perez' --role admin
  pressmark users add okafor --role reader --password-file secret.txt
  pressmark users role okafor editor
  pressmark users disable okafor
"""


@click.group(help=HELP)
def users() -> None:
    """Run `pressmark users`."""


@users.command(help="Add a person. The password is asked for, unless a file or stdin has it.")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="reader", show_default=True)
@click.option("--password-file", type=click.File("r"), help="File whose first line is the password; - is stdin.")
@click.option("--no-password", is_flag=True, help='Only a proxy signs the person in: accounts = "proxy".')
@json_option
@click.pass_context
def add(
    ctx: click.Context, *, name: str, role: str, password_file: TextIO | None, no_password: bool, as_json: bool
) -> None:
    """Add a person."""
    from corpus.passwords import hash_password
    from corpus.store.accounts.users import Role

    context: Context = ctx.obj
    named = _name(name)
    if context.store.users.get(named):
        raise PressmarkError(f"users: {clean(named)!r} is there already; `pressmark users list` shows the people")
    hashed = None if no_password else hash_password(_password(password_file))
    if not context.store.users.add(named, Role(role), hashed, datetime.now(UTC)):
        raise PressmarkError(f"users: {clean(named)!r} is there already; `pressmark users list` shows the people")
    note(context, change_words.added(named, Role(role)))
    _said(context, named, f"{clean(named)} has the role {role}", as_json=as_json)
    if context.config.web.accounts == "none":
        context.say('nobody signs in yet: write accounts = "password" under [web] in config.toml')


@users.command("list", help="List the people.")
@json_option
@click.pass_context
def list_(ctx: click.Context, *, as_json: bool) -> None:
    """List the people."""
    rows = [_record(each) for each in ctx.obj.store.users.all()]
    if not as_json:
        rows = [{**each, "password": "yes" if each["password"] else "no"} for each in rows]
    print_records(rows, columns=COLUMNS, as_json=as_json)
    if not rows and not as_json:
        ctx.obj.say("nobody is listed yet: `pressmark users add NAME` adds somebody")


def _record(user: "User") -> dict[str, object]:
    return {
        "name": user.name,
        "role": user.role.value,
        "made": moment(user.made),
        "disabled": moment(user.disabled),
        "password": user.password is not None,
    }


def _said(context: Context, name: str, said: str, *, as_json: bool) -> None:
    """Say what became of a person, or print the person as JSON."""
    user = context.store.users.get(name)
    if as_json and user is not None:
        print_json(_record(user))
    else:
        context.say(said)


@users.command(help="Give a person another role.")
@click.argument("name")
@click.argument("role", type=click.Choice(ROLES))
@json_option
@click.pass_context
def role(ctx: click.Context, *, name: str, role: str, as_json: bool) -> None:
    """Give a role."""
    from corpus.store.accounts.users import Role

    _found(ctx.obj.store.users.set_role(name, Role(role)), name)
    note(ctx.obj, change_words.has_role(name, Role(role)))
    _said(ctx.obj, name, f"{clean(name)} has the role {role}", as_json=as_json)


@users.command(help="Set a person's password; every browser of the person is signed out.")
@click.argument("name")
@click.option("--password-file", type=click.File("r"), help="File whose first line is the password; - is stdin.")
@json_option
@click.pass_context
def password(ctx: click.Context, *, name: str, password_file: TextIO | None, as_json: bool) -> None:
    """Set a password."""
    from corpus.passwords import hash_password

    _found(ctx.obj.store.users.get(name) is not None, name)
    ctx.obj.store.users.set_password(name, hash_password(_password(password_file)))
    note(ctx.obj, change_words.has_password(name))
    _said(ctx.obj, name, f"{clean(name)} has a new password, and is signed out everywhere", as_json=as_json)


@users.command(help="Sign a person out and block the account, its tokens too.")
@click.argument("name")
@json_option
@click.pass_context
def disable(ctx: click.Context, *, name: str, as_json: bool) -> None:
    """Lock a person out."""
    _found(ctx.obj.store.users.disable(name, datetime.now(UTC)), name)
    note(ctx.obj, change_words.locked_out(name))
    _said(
        ctx.obj,
        name,
        f"{clean(name)} is locked out; `pressmark users enable` lets the person in again",
        as_json=as_json,
    )


@users.command(help="Let a person in again.")
@click.argument("name")
@json_option
@click.pass_context
def enable(ctx: click.Context, *, name: str, as_json: bool) -> None:
    """Let a person in."""
    _found(ctx.obj.store.users.disable(name, None), name)
    note(ctx.obj, change_words.let_in(name))
    _said(ctx.obj, name, f"{clean(name)} may sign in", as_json=as_json)


@users.command(help="Forget a person, with tokens and sessions; what the person saved and wrote stays.")
@click.argument("name")
@yes_option
@json_option
@click.pass_context
def remove(ctx: click.Context, *, name: str, yes: bool, as_json: bool) -> None:
    """Forget a person."""
    _found(ctx.obj.store.users.get(name) is not None, name)
    make_sure(f"forget {clean(name)}, with tokens and sessions, for good?", yes=yes)
    _found(ctx.obj.store.users.remove(name), name)
    note(ctx.obj, change_words.forgotten(name))
    if as_json:
        print_json({"name": name, "removed": True})
        return
    ctx.obj.say(f"{clean(name)} is forgotten; what the person wrote stays")


def _name(given: str) -> str:
    name = " ".join(given.split())
    if not 0 < len(name) <= 60 or not name.isprintable():
        raise PressmarkError(f"users: {clean(given)!r} cannot be a name: expected 1 to 60 printable characters")
    return name


def _found(found: bool, name: str) -> None:
    if not found:
        raise NotFound(f"users: nobody is called {clean(name)!r}; `pressmark users list` shows the people")


def _password(file: TextIO | None) -> str:
    from corpus.passwords import problem

    if file is not None:
        given = file.readline(10_000).rstrip("\r\n")
    elif sys.stdin.isatty():
        given = str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    else:
        raise PressmarkError("users: no terminal to ask for a password; --password-file - reads it from stdin")
    if found := problem(given):
        raise PressmarkError(f"users: {found}")
    return given
