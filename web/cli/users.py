"""`pressmark users`: the people who may sign in, where `[web] accounts` asks for it."""

import sys
from datetime import UTC, datetime
from typing import TextIO

import click

from corpus.errors import NotFound, PressmarkError
from web.cli.context import Context
from web.cli.output import clean, print_records

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
    """The verb."""


@users.command(help="Add a person. The password is asked for, unless a file or stdin has it.")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="reader", show_default=True)
@click.option("--password-file", type=click.File("r"), help="File whose first line is the password; - is stdin.")
@click.option("--no-password", is_flag=True, help='Only a proxy signs the person in: accounts = "proxy".')
@click.pass_context
def add(ctx: click.Context, *, name: str, role: str, password_file: TextIO | None, no_password: bool) -> None:
    """Add one."""
    from corpus.passwords import hash_password
    from corpus.store.accounts.users import Role

    context: Context = ctx.obj
    named = _name(name)
    if context.store.users.get(named):
        raise PressmarkError(f"users: {clean(named)!r} is there already; `pressmark users list` shows the people")
    hashed = None if no_password else hash_password(_password(password_file))
    if not context.store.users.add(named, Role(role), hashed, datetime.now(UTC)):
        raise PressmarkError(f"users: {clean(named)!r} is there already; `pressmark users list` shows the people")
    context.say(f"{clean(named)} is {role}")
    if context.config.web.accounts == "none":
        context.say('nobody signs in yet: write accounts = "password" under [web] in config.toml')


@users.command("list", help="List the people.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def list_(ctx: click.Context, *, as_json: bool) -> None:
    """List them."""
    rows = [
        {
            "name": each.name,
            "role": each.role.value,
            "made": each.made.isoformat(timespec="seconds"),
            "disabled": each.disabled and each.disabled.isoformat(timespec="seconds"),
            "password": each.password is not None if as_json else "yes" if each.password else "no",
        }
        for each in ctx.obj.store.users.all()
    ]
    print_records(rows, columns=COLUMNS, as_json=as_json)


@users.command(help="Give a person another role.")
@click.argument("name")
@click.argument("role", type=click.Choice(ROLES))
@click.pass_context
def role(ctx: click.Context, *, name: str, role: str) -> None:
    """Give a role."""
    from corpus.store.accounts.users import Role

    _found(ctx.obj.store.users.set_role(name, Role(role)), name)
    ctx.obj.say(f"{clean(name)} is {role}")


@users.command(help="Set a person's password; every browser of the person is signed out.")
@click.argument("name")
@click.option("--password-file", type=click.File("r"), help="File whose first line is the password; - is stdin.")
@click.pass_context
def password(ctx: click.Context, *, name: str, password_file: TextIO | None) -> None:
    """Set a password."""
    from corpus.passwords import hash_password

    _found(ctx.obj.store.users.get(name) is not None, name)
    ctx.obj.store.users.set_password(name, hash_password(_password(password_file)))
    ctx.obj.say(f"{clean(name)} has a new password, and is signed out everywhere")


@users.command(help="Sign a person out, and let the person in no more; tokens rest, too.")
@click.argument("name")
@click.pass_context
def disable(ctx: click.Context, *, name: str) -> None:
    """Lock a person out."""
    _found(ctx.obj.store.users.disable(name, datetime.now(UTC)), name)
    ctx.obj.say(f"{clean(name)} is locked out; `pressmark users enable` lets the person in again")


@users.command(help="Let a person in again.")
@click.argument("name")
@click.pass_context
def enable(ctx: click.Context, *, name: str) -> None:
    """Let a person in."""
    _found(ctx.obj.store.users.disable(name, None), name)
    ctx.obj.say(f"{clean(name)} may sign in")


@users.command(help="Forget a person, with tokens and sessions; what the person saved and wrote stays.")
@click.argument("name")
@click.pass_context
def remove(ctx: click.Context, *, name: str) -> None:
    """Forget a person."""
    _found(ctx.obj.store.users.remove(name), name)
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
