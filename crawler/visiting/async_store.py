"""The store, as a crawl uses it from asyncio: one thread of its own, so that the loop never waits for a disk."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import ParamSpec, TypeVar

from corpus import urls
from corpus.model import Discovered, FrontierEntry, Outcome, StoredArticle, Visit
from corpus.store import ArticleStore, Host, Robots
from crawler.visiting.frontier import LEASE
from crawler.visiting.groups import Groups

P = ParamSpec("P")
T = TypeVar("T")


class AsyncStore:
    """An ArticleStore behind one thread; methods are those of the store, awaited.

    `sync` is called in that thread before visits are committed: what they name is on disk before they are.
    """

    def __init__(self, store: ArticleStore, *, sync: Callable[[], None] = lambda: None) -> None:
        self.store = store
        self._sync = sync
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._groups = Groups(self._record_all)

    def close(self) -> None:
        """Finish what was asked, then let the thread go."""
        self._thread.shutdown(wait=True)

    async def do(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run any call of the store's in its turn."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: call(*args, **kwargs))

    async def lease(
        self, now: datetime, *, limit: int, busy_hosts: Collection[str], sources: Collection[str], run: int
    ) -> list[FrontierEntry]:
        """Take due URLs, at most one per host, none that the run has asked for before."""
        take = self.store.frontier.lease
        return await self.do(take, now, limit=limit, busy_hosts=busy_hosts, sources=sources, lease_for=LEASE, run=run)

    async def take(self, found: Discovered, source: str, now: datetime, *, run: int) -> FrontierEntry | None:
        """Take one URL, added when it is not known, whenever it is due; None when the run may not ask for it now."""
        return await self.do(self._take, found, source, now, run)

    def _take(self, found: Discovered, source: str, now: datetime, run: int) -> FrontierEntry | None:
        """Add and lease in one turn of the thread, so that no other visit of the crawl gets it in between."""
        self.store.frontier.add((found,), source, now)
        key = found.key or urls.canonical(found.url) or found.url
        return self.store.frontier.lease_one(key, now, lease_for=LEASE, run=run)

    async def release(self, url: str) -> None:
        """Give a lease back."""
        await self.do(self.store.frontier.release, url)

    async def record(self, visit: Visit) -> Outcome:
        """Store all a visit led to, together with visits that end at about the same time; see `Groups`."""
        return await self._groups.add(visit)

    async def _record_all(self, visits: Sequence[Visit]) -> list[Outcome | Exception]:
        def record_all() -> list[Outcome | Exception]:
            self._sync()
            return self.store.record_many(visits)

        return await self.do(record_all)

    async def entry(self, url: str) -> FrontierEntry | None:
        """What is known of a URL."""
        return await self.do(self.store.frontier.entry, url)

    async def article(self, url: str) -> StoredArticle | None:
        """The article at a URL."""
        return await self.do(self.store.by_url, url)

    async def add(self, found: Iterable[Discovered], source: str, now: datetime) -> int:
        """Add URLs to the frontier."""
        return await self.do(self.store.frontier.add, tuple(found), source, now)

    async def host(self, host: str) -> Host:
        """What is remembered of a host."""
        return await self.do(self.store.journal.host, host)

    async def keep_robots(self, host: str, robots: Robots) -> None:
        """Remember a robots.txt."""
        await self.do(self.store.journal.keep_robots, host, robots)

    async def pause_host(self, host: str, until: datetime) -> None:
        """Let a host rest."""
        await self.do(self.store.journal.pause_host, host, until)
