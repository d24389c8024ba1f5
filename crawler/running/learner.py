"""A pass and its sources -> the blocks that a source repeats: guessed while it is read, taken out of its texts after.

While a source is read, the blocks that nearly all of its first pages have are left out of the next ones, which saves
most of the second readings. That is a guess, held in memory: what is stored is decided by all counts, when the work on
the source is done (crawler/running/learning.py), and texts that were read by a guess that did not hold are read again.
Of an earlier run that ended before this the store knows where its guesses began, not which: all texts since are read.
"""

import asyncio
import logging
import threading
from collections import defaultdict

from corpus.config import Config
from corpus.errors import StoreError
from corpus.events import event
from corpus.model import Outcome
from corpus.store import ArticleStore
from crawler.running.learning import EARLY_PAGES, clean_stored, early, learn
from crawler.visiting.context import CrawlContext
from crawler.visiting.faults import FAULT
from crawler.visiting.tally import Tally

log = logging.getLogger(__name__)


class Learner:
    """Learns what the sources of one run repeat; `done` holds those whose stored texts were looked at."""

    def __init__(self, config: Config, store: ArticleStore, tally: Tally, stop: threading.Event) -> None:
        self._config, self._store, self._tally, self._stop = config, store, tally, stop
        self._cleaning = asyncio.Lock()
        self._asks_at: defaultdict[str, int] = defaultdict(lambda: EARLY_PAGES)
        self._own: dict[str, bool] = {}  # source -> all open guesses at what it repeats are of this run
        self.done: set[str] = set()

    async def note(self, context: CrawlContext, source: str) -> None:
        """Guess what a source repeats, by its counts after a visit, each time its new pages have doubled."""
        new = self._tally.new_of(source)
        if new < self._asks_at[source] or source in self.done:
            return
        self._asks_at[source] = 2 * new
        do, sources = context.async_store.do, self._store.sources
        try:
            if source not in self._own:
                self._own[source] = await do(sources.guessed_from, source) is None
            context.guesses[source] = await do(early, self._store, source)
        except StoreError:
            raise
        except Exception:  # noqa: BLE001 - the visit is stored, and the pages are read as before
            event(log, "no guess at what recurs", level=logging.ERROR, source=source, error=FAULT, trace="debug")

    async def learn(self, context: CrawlContext, source: str) -> None:
        """Learn the boilerplate of a source and take it out of its stored texts; a fault of ours costs only that."""
        self.done.add(source)
        counts = self._tally.outcomes_of(source)
        has_new = bool(counts[Outcome.NEW] or counts[Outcome.CHANGED])
        context.guesses.pop(source, None)
        guessed, trimmables = context.guessed.pop(source, {}), context.trimmables.pop(source, {})
        do, sources = context.async_store.do, self._store.sources
        try:
            known = await do(learn, self._store, source, has_new=has_new)
            wrong = frozenset(url for url, blocks in guessed.items() if not blocks <= known)
            since = None if self._own.get(source) else await do(sources.guessed_from, source)
            if not wrong and since is None and await do(sources.looked_at, source) is None:
                if source in self._own:
                    await do(sources.set_guessed_from, source, None)
                return
            context.boilerplate.pop(source, None)
            given = (self._config, self._store, context.captures, context.workers, source)
            async with self._cleaning:  # the threads that look up names are the same ones
                cleaned = await asyncio.to_thread(
                    clean_stored, *given, besides=wrong, since=since, stop=self._stop, trimmables=trimmables
                )
        except StoreError:
            raise
        except Exception:  # noqa: BLE001 - the next crawl goes on with it
            event(log, "stored texts not read again", level=logging.ERROR, source=source, error=FAULT, trace="debug")
            return
        self._tally.count_read_again(source, cleaned.read, cleaned=cleaned.amended, unread=cleaned.unread)
