"""What is wrong, and which crawls ended -> messages in the store, and those that wait sent by each channel.

A message is stored before it is sent, so that a process that dies sends it later; it is stored once, and no two
processes have it in hand at once. One that cannot be sent is tried again for three days; where a mail server took it
for some addresses, for the others alone. That a store cannot be written is said without it.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from corpus.config import Config, NotifySettings
from corpus.errors import PressmarkError
from corpus.events import event
from corpus.model import Run
from corpus.notices.composing import digest, next_try, of_alarms, of_run
from corpus.notices.values import Alarm, Channel, Delivery, Message, NotReached
from corpus.reasons import in_words
from corpus.store import ArticleStore
from corpus.texts import text
from web.languages.choice import speaking
from web.languages.wording import said
from web.notify import command, mail, webhook
from web.notify.news import language_of

log = logging.getLogger(__name__)

MOST_RUNS = 1000  # in one look; an hourly crawl has made as many when nobody looked for six weeks
SENDERS: dict[Channel, Callable[[Message, NotifySettings], NotReached | None]] = {
    Channel.MAIL: mail.send,
    Channel.WEBHOOK: webhook.send,
    Channel.COMMAND: command.send,
}

Lines = Callable[[Run], Sequence[str]]


def channels(settings: NotifySettings) -> tuple[Channel, ...]:
    """Return the channels that [notify] sets up."""
    given = {Channel.MAIL: settings.mail_to, Channel.WEBHOOK: settings.webhook, Channel.COMMAND: settings.command}
    return tuple(channel for channel, value in given.items() if value)


def look(
    config: Config,
    store: ArticleStore,
    alarms: Sequence[Alarm],
    now: datetime,
    *,
    lines: Lines,
    ended: Callable[[Sequence[Alarm]], list[Alarm]] = list,
) -> None:
    """Store the messages that are due: on what is wrong or over, on crawls that ended, of the day.

    They are in the language of `[web] language`; English where that is "auto".

    Args:
        alarms: What is wrong now.
        lines: The receipt of a crawl, for a message after each.
        ended: Of what is no alarm any more, returns what is over, in the words that say so.
    """
    ways = channels(config.notify)

    def compose(new: list[Alarm], over: list[Alarm]) -> list[Message]:
        with speaking(language_of(config)):
            return [for_people(message) for message in due(new, over)]

    def due(new: list[Alarm], over: list[Alarm]) -> list[Message]:
        if config.notify.when == "daily":
            return _of_the_day(config, store, alarms, now)
        messages = []
        for run in _ended(store) if config.notify.when == "runs" else ():
            messages.append(of_run(run, lines(run), new, now))
            new = []
        return [*messages, *filter(None, [of_alarms(new, ended(over), now)])]

    store.notices.settle(alarms, compose, ways, now)


def unstored(config: Config, error: str, now: datetime) -> None:
    """Send by each way that nothing can be stored: the one message that is not stored before it is sent."""
    with speaking(language_of(config)):
        alarm = Alarm("store", text("nothing can be stored, no message either: {error}", error=error))
        found = of_alarms([alarm], [], now)
        assert found is not None
        message = for_people(found)
    for channel in channels(config.notify):
        lost = try_to_send(message, channel, config.notify)
        level = logging.WARNING if lost else logging.INFO
        event(log, "message not stored", level=level, channel=channel.value, error=lost.why if lost else None)


def for_people(message: Message) -> Message:
    """Return a message in the language that is spoken now, and with what the reasons in it mean in their place."""
    return replace(message, subject=said(in_words(message.subject)), text=said(in_words(message.text)))


def _ended(store: ArticleStore) -> list[Run]:
    """Return the crawls that ended since the last look, and note that; none at the first look of a store."""
    before = store.notices.mark("run")
    newest = next((run.id for run in store.runs.latest(1)), 0)
    latest = store.runs.latest(min(max(newest - (before or 0), 0), MOST_RUNS))
    ended = [run for run in reversed(latest) if run.status != "running" and run.id > (before or 0)]
    under_way = min((run.id for run in latest if run.status == "running"), default=None)
    come = [run for run in ended if under_way is None or run.id < under_way]
    if come or before is None:
        store.notices.set_mark("run", max((run.id for run in come), default=before or 0))
    return come if before is not None else []


def _of_the_day(config: Config, store: ArticleStore, alarms: Sequence[Alarm], now: datetime) -> list[Message]:
    before = store.notices.mark("digest")
    since = datetime.fromtimestamp(before, now.tzinfo) if before is not None else None
    due = config.notify.digest.next(since, config.zone) if since is not None else None
    if since is not None and (due is None or due > now):
        return []
    store.notices.set_mark("digest", int(now.timestamp()))
    if since is None:
        return []  # the first day is not over
    runs = [run for run in reversed(store.runs.latest(MOST_RUNS)) if run.ended is not None and run.ended > since]
    return [digest(alarms, runs, now, config.zone)]


def send(config: Config, store: ArticleStore, now: Callable[[], datetime]) -> list[Delivery]:
    """Send what waits; return the deliveries that failed, with their error. Nothing that fails here stops a crawl.

    A message is claimed when it is its turn, and a channel that fails has no other turn in this look: with many that
    wait for a server that hangs, a claim would end before its message is sent, and another process send it, too.
    """
    failed, ways = [], list(channels(config.notify))
    while found := store.notices.claim(ways, now(), limit=1):
        delivery = found[0]
        lost = try_to_send(delivery.message, delivery.channel, config.notify)
        error, to = (lost.why, lost.addresses) if lost else (None, ())
        again = next_try(delivery.tries, now()) if lost else None
        store.notices.close(delivery, error, again, to=to)
        facts = {"channel": delivery.channel.value, "message": delivery.message.key, "tries": delivery.tries}
        if lost is None:
            event(log, "message sent", facts)
        else:
            event(log, "message not sent", facts, level=logging.WARNING, error=error, again=again)
            if not to:  # one address that is refused holds up no other message
                ways.remove(delivery.channel)
            failed.append(Delivery(delivery.message, delivery.channel, delivery.state, delivery.tries, error))
    return failed


def try_to_send(message: Message, channel: Channel, settings: NotifySettings) -> NotReached | None:
    """Send a message by one channel; return whom it did not reach, and why; None: it reached all."""
    try:
        return SENDERS[channel](message, settings)
    except PressmarkError as error:
        return NotReached((), str(error))
