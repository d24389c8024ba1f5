"""`pressmark saved`: searches to come back to, what is new in them, and how their owner is notified."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import update_wrapper
from typing import TYPE_CHECKING, Any

import click

from corpus.characters import shortened
from corpus.errors import ExitCode, NotFound, PressmarkError
from corpus.texts import text
from web.cli.api_calls import note
from web.cli.context import Context
from web.cli.output import clean, json_option, minute, moment, print_json, print_records
from web.cli.words import QueryCommand

if TYPE_CHECKING:
    from corpus.store.desk.saved import SavedSearch

HELP = """\
Save searches, and get what is new in them by feed, mail or webhook.

Mails and webhooks go by the ways of [notify] in config.toml, after each run, at
the time of [notify] digest once a day, or once a week. `pressmark serve` and
`pressmark schedule run` send them; where neither runs, let cron call
`pressmark saved run`.

\b
Examples:
  pressmark saved add 'flood defences' --name Floods --by mail --often daily
  pressmark saved
  pressmark saved set 1 --by webhook --often runs
  pressmark saved pause 1
  pressmark saved run
"""

COLUMNS = ("id", "name", "search", "by", "often", "delivered", "paused")
WAYS = click.Choice(("mail", "webhook"))
OFTEN = click.Choice(("runs", "daily", "weekly"))


def of_search(function: Callable[..., None]) -> Callable[..., None]:
    """Give a verb the number of a saved search and --json: it is called with the search that has the number."""

    @click.argument("id", type=int)
    @json_option
    @click.pass_context
    def command(ctx: click.Context, /, *, id: int, as_json: bool, **options: Any) -> None:
        function(ctx.obj, _search(ctx.obj, id), as_json=as_json, **options)

    return update_wrapper(command, function)


@click.group(invoke_without_command=True, help=HELP)
@json_option
@click.pass_context
def saved(ctx: click.Context, *, as_json: bool) -> None:
    """Run `pressmark saved`: `list`, unless another verb follows."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_, as_json=as_json)


@saved.command("list", help="List the saved searches, and how each tells what is new.")
@json_option
@click.pass_context
def list_(ctx: click.Context, *, as_json: bool) -> None:
    """List the saved searches, and how each tells what is new."""
    context: Context = ctx.obj
    records = [_record(context, each, typed=as_json) for each in context.store.saved.all()]
    print_records(records, columns=COLUMNS, as_json=as_json)
    if not records:
        context.say("no search is saved yet: `pressmark saved add QUERY` saves one")


@saved.command(cls=QueryCommand, help="Save a search; what enters the corpus from now on is new in it.")
@click.argument("query", nargs=-1)
@click.option("--name", default="", help="What to call it; the query when not given.")
@click.option("--by", "ways", multiple=True, type=WAYS, help="How to tell what is new; again for both ways.")
@click.option("--often", default="runs", show_default=True, type=OFTEN, help="When messages are made.")
@json_option
@click.pass_context
def add(
    ctx: click.Context, *, query: tuple[str, ...], name: str, ways: tuple[str, ...], often: str, as_json: bool
) -> None:
    """Save a search; what enters the corpus from now on is new in it."""
    from corpus.store.desk.saved import Often
    from web.desk.actions import save_for
    from web.layout.changes import LONGEST_PURPOSE
    from web.layout.state import State
    from web.layout.who import HERE

    context: Context = ctx.obj
    words = " ".join(" ".join(query).split())
    _require_ways(context, ways)
    address = State(q=words).url().partition("?")[2]
    now = datetime.now(UTC)
    called = _name(name) or shortened(words, LONGEST_PURPOSE) or "All articles"
    said, undo = save_for(context.store, called, address, HERE, now)
    id = undo["id"]
    if ways:
        context.store.saved.set_delivery(id, sorted(set(ways)), Often(often), now)
    note(context, said, undo)
    context.say(clean(said))
    _say(context, id, as_json=as_json)


@saved.command(
    "set", help="Change the name of a saved search, or how it tells what is new; --by none: by its feed alone."
)
@click.option("--name", help="What to call it.")
@click.option("--by", "ways", multiple=True, type=click.Choice(("mail", "webhook", "none")), help="How to tell.")
@click.option("--often", type=OFTEN, help="When messages are made.")
@of_search
def set_(
    context: Context,
    found: "SavedSearch",
    *,
    as_json: bool,
    name: str | None,
    ways: tuple[str, ...],
    often: str | None,
) -> None:
    """Change the name of a saved search, or how it tells what is new; --by none: by its feed alone."""
    from corpus.store.desk.saved import Often
    from web.desk.actions import delivery

    chosen = sorted(set(ways) - {"none"}) if ways else list(found.ways)
    _require_ways(context, tuple(set(chosen) - set(found.ways)))
    if name:
        context.store.saved.rename(found.id, new := _name(name))
        undo = {"kind": "search renamed", "id": found.id, "name": found.name}
        note(context, text("“{name}” is called “{new}” now.", name=found.name, new=new), undo)
    if ways or often:
        how = Often(often or found.often)
        context.store.saved.set_delivery(found.id, chosen, how, datetime.now(UTC))
        undo = {"kind": "search told", "id": found.id, "ways": list(found.ways), "often": found.often.value}
        note(context, delivery(found.name, chosen, how), undo)
    _say(context, found.id, as_json=as_json)


@saved.command(help="Send no message about a saved search until it is resumed.")
@of_search
def pause(context: Context, found: "SavedSearch", *, as_json: bool) -> None:
    """Send no message about a saved search until it is resumed."""
    if found.paused is not None:
        context.say(f"{clean(found.name)} is paused already: nothing was changed")
        return _say(context, found.id, as_json=as_json)
    context.store.saved.pause(found.id, datetime.now(UTC), "by hand")
    note(context, text("“{name}” is paused.", name=found.name), {"kind": "search paused", "id": found.id})
    _say(context, found.id, as_json=as_json)
    return None


@saved.command(help="Send messages about a saved search again, from now on.")
@of_search
def resume(context: Context, found: "SavedSearch", *, as_json: bool) -> None:
    """Send messages about a saved search again, from now on."""
    if found.paused is None:
        context.say(f"{clean(found.name)} is not paused: nothing was changed")
        return _say(context, found.id, as_json=as_json)
    context.store.saved.pause(found.id, None, None)
    context.store.saved.skip_delivery(found.id, datetime.now(UTC))
    note(context, text("“{name}” is resumed.", name=found.name), {"kind": "search resumed", "id": found.id})
    _say(context, found.id, as_json=as_json)
    return None


@saved.command(help="Delete a saved search; the page that is named brings it back for 30 days.")
@of_search
def remove(context: Context, found: "SavedSearch", *, as_json: bool) -> None:
    """Delete a saved search; the page that is named brings it back for 30 days."""
    from web.layout.changes import DONE
    from web.notify.saved_searches import root_of

    now = datetime.now(UTC)
    context.store.saved.delete(found.id, now)
    undo = {"kind": "search deleted", "id": found.id}
    number = note(context, text("“{name}” is deleted.", name=found.name), undo)
    address = f"{root_of(context.config)}/saved?{DONE}={number}"
    if as_json:
        print_json({"id": found.id, "deleted": moment(now), "undo": address})
    else:
        context.say(f"{clean(found.name)} is deleted; for 30 days {address} offers to bring it back")


@saved.command(help="Make the messages that are due, and send them; exit code 5 when one could not be sent.")
@json_option
@click.pass_context
def run(ctx: click.Context, *, as_json: bool) -> None:
    """Tell what is new."""
    from web.notify import saved_searches, sending

    context: Context = ctx.obj
    now = datetime.now(UTC)
    made = saved_searches.store_news(context.config, context.store, context.engine, now)
    failed = sending.send(context.config, context.store, lambda: datetime.now(UTC))
    if as_json:
        unsent = [{"channel": each.channel.value, "error": each.error} for each in failed]
        print_json({"messages": [each.subject for each in made], "not_sent": unsent})
    else:
        for message in made:
            click.echo(clean(message.subject))
        for each in failed:
            context.say(clean(f"not sent by {each.channel}: {each.error}; it is tried again"))
        if not made:
            context.say("nothing is due, or nothing is new")
    if failed:
        ctx.exit(ExitCode.SOME_FAILED)


def _search(context: Context, id: int) -> "SavedSearch":
    found = context.store.saved.get(id)
    if found is None or found.deleted is not None:
        raise NotFound(f"{id}: no such saved search; `pressmark saved` lists them")
    return found


def _name(typed: str) -> str:
    from web.layout.changes import LONGEST_PURPOSE

    name = " ".join(typed.split())
    if len(name) > LONGEST_PURPOSE:
        said = f"{len(name):,} characters are too many: expected at most {LONGEST_PURPOSE}"
        raise click.BadParameter(said, param_hint="--name")
    return name


def _require_ways(context: Context, ways: tuple[str, ...]) -> None:
    from web.desk.actions import set_up

    missing = sorted(set(ways) - set_up(context.config))
    if missing:
        needs = {"mail": "mail_to and smtp_host", "webhook": "webhook"}[missing[0]]
        raise PressmarkError(f"--by {missing[0]}: [notify] in config.toml does not set it up: expected {needs}")


def _say(context: Context, id: int, *, as_json: bool) -> None:
    from web.desk.actions import OFTEN as OFTEN_SAID

    found = _search(context, id)
    record = _record(context, found, typed=as_json)
    if as_json:
        print_json(record)
        return
    often = f", {OFTEN_SAID[found.often]}" if found.ways else ""
    state = f"paused {record['paused']}" if record["paused"] else f"by {record['by']}{often}"
    click.echo(clean(f"{id}: {record['name']}: {state}"))


def _record(context: Context, found: "SavedSearch", *, typed: bool) -> dict[str, Any]:
    from web.desk.saved_links import feed_path
    from web.notify.saved_searches import root_of

    zone = context.config.zone
    record = {
        "id": found.id,
        "name": found.name,
        "search": found.address,
        "often": found.often.value,
    }
    if not typed:
        delivered, paused = (minute(at, zone) if at else None for at in (found.delivered_at, found.paused))
        return record | {"by": ", ".join(("feed", *found.ways)), "delivered": delivered, "paused": paused}
    return record | {
        "by": list(found.ways),
        "delivered": moment(found.delivered_at),
        "paused": moment(found.paused),
        "feed": root_of(context.config) + feed_path(found, context.store.audit.secret),
    }
