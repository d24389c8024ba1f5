"""An archive that is served or crawled -> messages on what is wrong with it, each minute and after each crawl."""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from corpus.errors import PressmarkError, StoreError
from corpus.events import event
from web.cli.context import Context

if TYPE_CHECKING:
    from corpus.model import Run
    from corpus.notices.values import Delivery

log = logging.getLogger(__name__)

LOOK_EVERY = 60.0  # seconds
PATIENT = 2  # looks in a row that may fail: another process may have been writing
LAST_LOOK = 5.0  # seconds that the end of the process waits for a look under way


def look_and_send(context: Context, now: datetime | None = None) -> "list[Delivery]":
    """Look at what is wrong, and send the messages that are due; return the deliveries that failed."""
    from web.layout.alarms import alarms
    from web.notify import sending
    from web.notify.endings import ended

    at = now or datetime.now(UTC)
    context.follow_config()
    found = alarms(context.config, context.store, at, behind=_behind(context))
    sending.look(
        context.config,
        context.store,
        found,
        at,
        lines=lambda run: run_lines(context, run),
        ended=lambda over: ended(context.config, context.store, over),
    )
    _store_news(context, at)
    return sending.send(context.config, context.store, lambda: now or datetime.now(UTC))


def _store_news(context: Context, at: datetime) -> None:
    """Store the messages on saved searches that are due; where the index cannot be asked, they are made later."""
    from web.notify import saved_searches

    if not any(each.ways for each in context.store.saved.all()):
        return
    try:
        saved_searches.store_news(context.config, context.store, context.engine, at)
    except PressmarkError as error:
        event(log, "saved searches not looked at", level=logging.WARNING, error=error)


def _behind(context: Context) -> int:
    """How many changes the index is behind; 0 where it cannot be asked, which its own reader says."""
    try:
        return context.store.sequence - context.engine.position
    except PressmarkError:
        return 0


def run_lines(context: Context, run: "Run") -> Sequence[str]:
    """Return what a terminal, a log and a message say of a crawl that ended."""
    from web.notify.run_lines import lost_lines, receipt

    return (*receipt(run), *lost_lines(context.store, run.id, context.config.zone))


def after_crawl(context: Context) -> None:
    """Send what a crawl that just ended is a reason for; a message that cannot be sent is said, and tried again."""
    if not context.config.notify.sends:
        return
    try:
        for each in look_and_send(context):
            context.say(f"not sent by {each.channel}: {each.error}; it is tried again")
    except PressmarkError as error:
        context.say(f"messages not looked at: {error}")


def look_or_say(context: Context, failures: int) -> int:
    """Look once; return at how many looks in a row the store failed by now, `failures` of them before.

    A store that cannot be written at two looks in a row, as on a full disk, is said once, by a message without it.
    """
    from web.notify import sending

    try:
        look_and_send(context)
    except PressmarkError as error:
        event(log, "messages not looked at", level=logging.WARNING, error=error)
        if not isinstance(error, StoreError):
            return failures  # it says nothing of the store
        if failures + 1 == PATIENT:
            sending.unstored(context.config, str(error), datetime.now(UTC))
        return failures + 1
    except Exception:  # noqa: BLE001 - a fault of ours costs one look, not all that follow
        from crawler.visiting.faults import FAULT

        event(log, "messages not looked at", level=logging.ERROR, error=FAULT, trace="debug")
        return failures
    return 0


@contextmanager
def watching(context: Context) -> Iterator[None]:
    """Look each minute while the block runs, in a thread; nothing where [notify] sets up no way to send."""
    over = threading.Event()
    context.follow_config()

    def watch() -> None:
        failures = 0
        while not over.wait(LOOK_EVERY):
            failures = look_or_say(context, failures)

    thread = threading.Thread(target=watch, name="watch", daemon=True)
    if context.config.notify.sends:
        thread.start()
    try:
        yield
    finally:
        over.set()
        if thread.is_alive():
            thread.join(LAST_LOOK)
