"""The store, as a crawl uses it from asyncio: one thread of its own, so that the loop never waits for a disk.

Visits that end within a short while of each other are stored as a group: one transaction and one wait for the disk,
and none of them is answered before it. The while is a few times as long as the last group took, so a slow disk has
larger groups, and a fast one hardly makes a visit wait.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Generic, ParamSpec, TypeVar

from corpus import urls
from corpus.errors import StoreError
from corpus.model import CaptureRef, Discovered, FrontierEntry, Outcome, StoredArticle, Visit
from corpus.store import ArticleStore, Host, Robots
from crawler.pool.thread import Threads

LONGEST = 0.05  # seconds a visit waits for others; a page's own host rests for twenty times as long
TIMES = 4  # the last group's duration a visit waits for others: at most a fifth of the time is the disk's
MOST = 64  # visits of a group; each holds a page's article in memory

Capture = Callable[[], CaptureRef]  # stores the response of a visit, and says where

P = ParamSpec("P")
T = TypeVar("T")
V = TypeVar("V")


class Groups(Generic[V]):
    """Stores visits in groups by `write`, which answers each visit with its outcome, or with why it is not stored."""

    def __init__(self, write: Callable[[Sequence[V]], Awaitable[Sequence[Outcome | Exception]]]) -> None:
        self._write = write
        self._waiting: list[tuple[V, asyncio.Future[Outcome]]] = []
        self._wait = 0.0
        self._under_way: set[asyncio.Task[None]] = set()

    async def add(self, visit: V) -> Outcome:
        """Store a visit; return its outcome once it is on disk.

        Raises:
            StoreError: Its group could not be written; nothing of it is stored.
            Exception: What is wrong with this visit; the others of its group are stored.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Outcome] = loop.create_future()
        self._waiting.append((visit, answer))
        if len(self._waiting) == 1:
            loop.call_later(self._wait, self._begin)
        elif len(self._waiting) >= MOST:
            self._begin()
        return await answer

    def _begin(self) -> None:
        group, self._waiting = self._waiting, []
        if group:  # a full group did not wait for its timer
            task = asyncio.create_task(self._store(group))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _store(self, group: list[tuple[V, asyncio.Future[Outcome]]]) -> None:
        began = monotonic()
        outcomes: Sequence[Outcome | BaseException]
        try:
            outcomes = await self._write([visit for visit, _ in group])
        except BaseException as error:  # noqa: BLE001 - the caller that waits for its visit gets it
            outcomes = [error] * len(group)
        self._wait = min(LONGEST, TIMES * (monotonic() - began))
        for (_, answer), outcome in zip(group, outcomes, strict=True):
            if answer.done():  # who waited was cancelled
                continue
            if isinstance(outcome, BaseException):
                answer.set_exception(outcome)
            else:
                answer.set_result(outcome)


class AsyncStore:
    """An ArticleStore behind one thread; methods are those of the store, awaited.

    `sync` is called in that thread before visits are committed: what they name is on disk before they are.
    """

    def __init__(self, store: ArticleStore, *, sync: Callable[[], None] = lambda: None) -> None:
        self.store = store
        self._sync = sync
        self._thread = Threads("store")
        self._groups: Groups[tuple[Visit, Capture | None]] = Groups(self._record_all)

    def close(self) -> None:
        """Finish what was asked, then let the thread go."""
        self._thread.close()

    async def do(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run any call of the store's in its turn."""
        return await self._thread.do(partial(call, *args, **kwargs))

    async def lease(
        self, now: datetime, *, limit: int, busy_hosts: Collection[str], sources: Collection[str], run: int
    ) -> list[FrontierEntry]:
        """Take due URLs, at most one per host, none that the run has asked for before."""
        take = self.store.frontier.lease
        return await self.do(take, now, limit=limit, busy_hosts=busy_hosts, sources=sources, run=run)

    async def take(self, found: Discovered, source: str, now: datetime, *, run: int) -> FrontierEntry | None:
        """Take one URL, added when it is not known, whenever it is due; None when the run may not ask for it now."""
        return await self.do(self._take, found, source, now, run)

    def _take(self, found: Discovered, source: str, now: datetime, run: int) -> FrontierEntry | None:
        """Add and lease in one turn of the thread, so that no other visit of the crawl gets it in between."""
        self.store.frontier.add((found,), source, now)
        key = found.key or urls.key_of(found.url)
        return self.store.frontier.lease_one(key, now, run=run)

    async def release(self, url: str) -> None:
        """Give a lease back."""
        await self.do(self.store.frontier.release, url)

    async def record(self, visit: Visit, capture: Capture | None = None) -> Outcome:
        """Store all a visit led to, together with visits that end at about the same time; see `Groups`.

        Its response is stored first, by `capture`; None: it is not.
        """
        return await self._groups.add((visit, capture))

    async def _record_all(self, group: Sequence[tuple[Visit, Capture | None]]) -> list[Outcome | Exception]:
        def record_all() -> list[Outcome | Exception]:
            ready = [_captured(visit, capture) for visit, capture in group]
            self._sync()
            stored = iter(self.store.record_many(each for each in ready if isinstance(each, Visit)))
            return [next(stored) if isinstance(each, Visit) else each for each in ready]

        return await self.do(record_all)

    async def entry(self, url: str) -> FrontierEntry | None:
        """What is known of a URL."""
        return await self.do(self.store.frontier.entry, url)

    async def entries(self, found: Collection[Discovered]) -> dict[str, FrontierEntry]:
        """Canonical address -> what is known of it, of the found addresses that are known."""
        keys = {urls.key_of(item.url) for item in found}
        return await self.do(self.store.frontier.entries, keys) if keys else {}

    async def article(self, url: str) -> StoredArticle | None:
        """The article at a URL."""
        return await self.do(self.store.by_url, url)

    async def is_said_article(self, url: str) -> bool:
        """Whether a person said that an address holds an article, whatever its page reads as."""
        return await self.do(self.store.corrections.is_article, url)

    async def add(self, found: Iterable[Discovered], source: str, now: datetime) -> int:
        """Add URLs to the frontier."""
        named = tuple(found)
        return await self.do(self.store.frontier.add, named, source, now) if named else 0

    async def add_each(self, groups: Sequence[Sequence[Discovered]], source: str, now: datetime) -> list[int]:
        """Add groups of URLs to the frontier, in their order; return how many of each group are new."""
        if not any(groups):
            return [0] * len(groups)
        return await self.do(self.store.frontier.add_groups, groups, source, now)

    async def host(self, host: str) -> Host:
        """What is remembered of a host."""
        return await self.do(self.store.journal.host, host)

    async def keep_robots(self, host: str, robots: Robots) -> None:
        """Remember a robots.txt."""
        await self.do(self.store.journal.keep_robots, host, robots)

    async def pause_host(self, host: str, until: datetime) -> None:
        """Let a host rest."""
        await self.do(self.store.journal.pause_host, host, until)


def _captured(visit: Visit, capture: Capture | None) -> Visit | Exception:
    """Return a visit that names its capture, which is stored now; or why there is none, which costs this visit alone.

    Raises:
        StoreError: The capture cannot be written, and so none can.
    """
    if capture is None:
        return visit
    try:
        place = capture()
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault of ours in one response
        return error
    article = visit.article and replace(visit.article, capture=place)
    return replace(visit, capture=place, article=article)
