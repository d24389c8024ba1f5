"""`pressmark notify`: messages to those who run the archive, when something is wrong or done."""

from datetime import UTC, datetime

import click

from corpus.errors import ExitCode, PressmarkError
from corpus.texts.counted import counted
from web.cli.context import Context
from web.cli.output import clean, json_option, minute, moment, print_json, print_records

HELP = """\
Look at what is wrong, and send the messages that are due by the ways that
[notify] in config.toml sets up. `pressmark serve` and `pressmark schedule run`
do so each minute; where neither runs, let cron call this.

Exit code 5 when a message could not be sent; it is tried again later.

\b
Examples:
  pressmark notify          look, and send what is due
  pressmark notify test     send a test by each way
  pressmark notify list     the latest messages, and how far they are
"""

COLUMNS = ("made", "channel", "state", "tries", "subject", "error")


@click.group(invoke_without_command=True, help=HELP)
@json_option
@click.pass_context
def notify(ctx: click.Context, *, as_json: bool) -> None:
    """Run `pressmark notify`: look for what is wrong, unless another verb follows."""
    if ctx.invoked_subcommand is not None:
        return
    from web.cli.watching import look_and_send

    context: Context = ctx.obj
    _require_way(context)
    failed = look_and_send(context)
    for each in failed:
        context.say(clean(f"not sent by {each.channel}: {each.error}; it is tried again"))
    wrong = len(context.store.notices.wrong())
    if as_json:
        unsent = [{"channel": each.channel.value, "error": each.error} for each in failed]
        print_json({"problems": wrong, "not_sent": unsent})
    if failed:
        ctx.exit(ExitCode.SOME_FAILED)
    if wrong:
        them = "names it" if wrong == 1 else "names them"
        context.say(f"{counted(wrong, 'problem')} now; `pressmark status` {them}")
    else:
        context.say("no unacknowledged problem now")


@notify.command(help="Send a test by each way; exit code 5 if one does not work.")
@json_option
@click.pass_context
def test(ctx: click.Context, *, as_json: bool) -> None:
    """Send a test."""
    from corpus.notices.composing import trial
    from web.languages.choice import speaking
    from web.notify.news import language_of
    from web.notify.sending import channels, for_people, try_to_send

    context: Context = ctx.obj
    _require_way(context)
    with speaking(language_of(context.config)):
        message = for_people(trial(datetime.now(UTC)))
    records = []
    for channel in channels(context.config.notify):
        lost = try_to_send(message, channel, context.config.notify)
        sent = "sent" if lost is None else "sent, but not to all" if lost.addresses else "not sent"
        error = lost.why if lost else None
        records.append({"channel": str(channel), "sent": sent != "not sent", "error": error})
        if not as_json:
            click.echo(clean(f"{channel}: {sent}{f': {error}' if error else ''}"))
    if as_json:
        print_json(records)
    if any(each["error"] for each in records):
        ctx.exit(ExitCode.SOME_FAILED)


@notify.command("list", help="List the latest messages and how far each is; a message goes by each way once.")
@click.option("-n", "count", default=20, show_default=True, type=click.IntRange(1, 10_000), help="Messages listed.")
@json_option
@click.pass_context
def list_(ctx: click.Context, *, count: int, as_json: bool) -> None:
    """List the latest messages and how far each is; a message goes by each way once."""
    context: Context = ctx.obj
    records = [
        {
            "made": moment(each.message.at) if as_json else minute(each.message.at, context.config.zone),
            "channel": each.channel.value,
            "state": each.state,
            "tries": each.tries,
            "subject": each.message.subject,
            "error": each.error,
        }
        for each in context.store.notices.latest(count)
    ]
    print_records(records, columns=COLUMNS, as_json=as_json)
    if not records:
        context.say("no message yet")


def _require_way(context: Context) -> None:
    if not context.config.notify.sends:
        raise PressmarkError(
            "[notify] sets up no way to send a message: expected mail_to, webhook or command in config.toml"
        )
