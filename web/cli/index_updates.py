"""A crawl under way -> an index that follows it, so that its articles are found before it ends."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from corpus.errors import PressmarkError
from corpus.events import event
from corpus.texts.counted import counted
from web.cli.context import Context

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Followed:
    """What was indexed while a crawl was under way: articles written or taken out, in how many updates."""

    updates: int = 0
    articles: int = 0

    def said(self) -> str | None:
        """Return the line of the receipt; None when nothing was indexed on the way."""
        if not self.updates:
            return None
        times = "once" if self.updates == 1 else f"{self.updates:,} times"
        return f"the index was brought up to date {times} on the way, with {counted(self.articles, 'change')}"


@contextmanager
def following(
    context: Context, alone: threading.Lock, *, wait: Callable[[threading.Event, float], bool] | None = None
) -> Iterator[Followed]:
    """Bring the index up to date every `[indexer] every` while the block runs; 0: not on the way.

    Args:
        alone: Held during an update, by every thread of this process that updates the index.
        wait: Waits so many seconds for the event, and returns whether it is set. None: as long as it takes.
    """
    every = context.config.indexer.every.total_seconds()
    followed, over = Followed(), threading.Event()

    def follow() -> None:
        while not (wait(over, every) if wait else over.wait(every)):
            _update(context, alone, followed)

    thread = threading.Thread(target=follow, name="index")
    if every:
        thread.start()
    try:
        yield followed
    finally:
        over.set()
        if every:
            thread.join()


def _update(context: Context, alone: threading.Lock, followed: Followed) -> None:
    """Index what changed. An index that must be rebuilt is left to the end; one that another writes, to later."""
    from indexer import sync

    try:
        with alone:
            engine = context.engine
            reached = engine.position  # asked first: it opens the newest commit, and so notices damage and age
            if reached >= context.store.sequence or engine.damage or engine.outdated:
                return
            counts = sync.update(context.store, engine, zone=context.config.zone)
    except PressmarkError as error:
        event(log, "index not updated on the way", error=error)
        return
    except Exception:  # noqa: BLE001 - a fault of ours costs one update, not all that follow
        from crawler.visiting.faults import FAULT

        event(log, "index not updated on the way", level=logging.ERROR, error=FAULT, trace="debug")
        return
    changes = counts.indexed + counts.deleted
    followed.updates += bool(changes)
    followed.articles += changes
