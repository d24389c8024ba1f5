"""A run's sources -> visited until nothing of them is due; each source is let go when its own work is done."""

import asyncio
import contextlib
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from corpus.captures import Captures
from corpus.config import Config, Source
from corpus.errors import StoreError
from corpus.health import shortfalls
from corpus.model import FrontierEntry, Run
from corpus.store import ArticleStore
from corpus.texts import joined
from crawler.discovery.scope import Series, scope_of
from crawler.fetching.host_locks import HostLocks, is_supported
from crawler.fetching.politeness import Gate
from crawler.fetching.requests import fetcher_of
from crawler.pool.workers import Workers, shared_or_own
from crawler.running.learner import Learner
from crawler.running.planner import Planner
from crawler.running.reporting import COUNT_EVERY, TICK, OnProgress, Reporter
from crawler.visiting.async_store import AsyncStore
from crawler.visiting.context import CrawlContext
from crawler.visiting.faults import failure_of, record_fault
from crawler.visiting.listings import begin
from crawler.visiting.quota import Quota
from crawler.visiting.tally import Tally
from crawler.visiting.visitor import visit_url

LONGEST_REST = timedelta(seconds=30)  # a source at rest is waited for so long, rather than let go without its pages

NextDue = Callable[[str, datetime], datetime | None]


class Pass:
    """One run under way.

    `next_due` says, of a source and the moment its work began, when the schedule wants it next; None: by hand.
    """

    def __init__(
        self,
        config: Config,
        store: ArticleStore,
        sources: tuple[Source, ...],
        run: Run,
        *,
        limit: int | None,
        on_progress: OnProgress | None,
        stop: threading.Event | None,
        now: Callable[[], datetime],
        next_due: NextDue | None,
    ) -> None:
        self._config, self._store, self._run = config, store, run
        self._sources = {source.name: source for source in sources}
        self._limit, self._stop, self._now, self._next_due = limit, stop or threading.Event(), now, next_due
        self.tally = Tally()
        self.quota = Quota()
        self._planner = Planner(self._sources)
        self._reporter = Reporter(on_progress, run, self._sources, self.tally)
        self._open = set(self._sources)
        self._tasks: set[asyncio.Task[None]] = set()
        self._busy: set[str] = set()
        self._learners = 0  # of the tasks: they clean stored texts, one at a time, and hold no host
        self._begun = 0
        self._counted = float("-inf")
        self._taken: Counter[str] = Counter()
        self._under_way: Counter[str] = Counter()
        self._learner = Learner(config, store, self.tally, self._stop)
        self._news = asyncio.Event()

    async def work(self, shared_workers: Workers | None = None) -> str:
        """Make the pass; return the run's status. `shared_workers` workers stay open.

        Raises:
            StoreError: The store or the captures cannot be written.
        """
        rules = self._config.crawler
        async with contextlib.AsyncExitStack() as closing:
            captures = closing.enter_context(Captures(self._config.captures))
            async_store = AsyncStore(self._store, sync=captures.sync)
            closing.callback(async_store.close)
            hosts = HostLocks(self._config.data / "hosts.lock") if is_supported() else None
            if hosts is not None:
                closing.push_async_callback(hosts.close)
            async with fetcher_of(rules) as fetcher, shared_or_own(shared_workers, rules.processes) as workers:
                closing.callback(lambda: self.tally.count_restarts(workers.take_replaced()))
                closing.callback(workers.idle.expect, None)
                workers.idle.expect(0)  # until they are counted
                context = CrawlContext(
                    fetcher=fetcher,
                    gate=Gate(fetcher, async_store, token=rules.name, now=self._now, host_locks=hosts),
                    workers=workers,
                    async_store=async_store,
                    captures=captures,
                    rules=rules,
                    scopes={source.name: scope_of(source) for source in self._sources.values()},
                    series=Series(),
                    tally=self.tally,
                    quota=self.quota,
                    run=self._run.id,
                    now=self._now,
                )
                return await self._over(context)

    async def _over(self, context: CrawlContext) -> str:
        await begin(context, self._sources.values())
        try:
            status = await self._until_done(context)
        finally:
            context.gate.close()
            if self._tasks:
                await asyncio.wait(self._tasks)
            failure_of(self._tasks)  # of those that ended while another failure was on its way
            await self._tell(context, force=True)
        self._raise_failures()
        if status != "stopped":
            for source in self._open - self._learner.done:
                if self.tally.visits(source):
                    await self._learner.learn(context, source)
        await self._let_go(context, set(self._open), "stopped" if status == "stopped" else "done")
        return status

    async def _until_done(self, context: CrawlContext) -> str:
        while not self._stop.is_set():
            await self._refresh(context)
            taken = await self._take(context)
            if not self._tasks and not taken and (not self._open or self._limit_is_reached()):
                return "partial" if await context.async_store.do(self.shortfalls) else "ok"
            await self._pause(context)
            self._raise_failures()
        return "stopped"

    def shortfalls(self) -> str:
        """Return a sentence on the sources of which too little could be read, and on limits that visits met; or ""."""
        began, now = self._run.started, self._now()
        sources = sorted(self.tally.figures)
        found = [self.tally.receipt_of(each, "done", started=began, ended=now, left=0) for each in sources]
        without = self._store.census.without_articles(receipt.source for receipt in found if receipt.lost)
        parts = (shortfalls.said_of_limits(self.tally.limits), shortfalls.said(found, without))
        return joined("; ", filter(None, parts))

    def judge(self) -> None:
        """Store how the sources of the run do now."""
        self._store.health.judge_run(self._run.id, self._now())

    async def _refresh(self, context: CrawlContext) -> None:
        """Read what waits of the sources that changed; let those go whose work is done."""
        stale = self._planner.stale() & self._open
        if not stale:
            return
        heads = await context.async_store.do(self._store.frontier.heads, stale)
        self._planner.refresh(stale, [head for head in heads if self._may_take(head.source)])
        done = {source for source in stale if self._is_done(source)}
        for source in done - self._learner.done:
            self._begin_learning(context, source)
        await self._let_go(context, {source for source in done if not self._under_way[source]}, "done")

    def _is_done(self, source: str) -> bool:
        if self._under_way[source]:
            return False
        due = self._planner.next_due(source)
        return due is None or due - self._now() > LONGEST_REST

    def _begin_learning(self, context: CrawlContext, source: str) -> None:
        """Look at the stored texts of a source whose pages are read; it is let go when that is done."""
        self._learner.done.add(source)
        if not self.tally.visits(source):
            return
        self._under_way[source] += 1
        task = asyncio.create_task(self._learning(context, source))
        task.add_done_callback(lambda _: self._news.set())
        self._tasks.add(task)

    async def _learning(self, context: CrawlContext, source: str) -> None:
        self._learners += 1
        try:
            await self._learner.learn(context, source)
        finally:
            self._learners -= 1
            self._under_way[source] -= 1
            self._planner.touch(source)

    async def _let_go(self, context: CrawlContext, sources: Iterable[str], state: str) -> None:
        """Close the receipts of sources, so that another run may have them."""
        sources = tuple(sources)
        if not sources:
            return
        left = await context.async_store.do(self._store.frontier.due_count, self._now(), sources)
        waiting = await context.async_store.do(self._store.census.due_now, left, self._now()) if left else {}
        receipts, due = [], {}
        for source in sources:
            self._open.discard(source)
            self._planner.forget(source)
            began, now, rest = self._run.started, self._now(), waiting.get(source)
            found = self.tally.receipt_of(source, state, started=began, ended=now, left=left.get(source, 0), rest=rest)
            receipts.append(found)
            if self._next_due is not None and state == "done":
                due[source] = self._next_due(source, self._run.started)
        await context.async_store.do(self._store.runs.finish_sources, self._run.id, receipts, due)

    async def _take(self, context: CrawlContext) -> int:
        """Lease what is due on hosts that are free; return how many."""
        room = self._config.crawler.concurrency - len(self._busy)
        if len(self._tasks) - len(self._busy) - self._learners >= 2 * context.workers.count:
            return 0  # what is fetched and not yet stored would be fetched again after a kill
        if self._limit is not None:
            room = min(room, self._limit - self._begun)
        ready = self._planner.ready(self._now(), self._busy, room) if room > 0 else {}
        if not ready:
            return 0
        sources = set(ready.values())
        for source in sources:
            self._planner.touch(source)
        entries = await context.async_store.lease(
            self._now(), limit=room, busy_hosts=self._busy, sources=sources, run=self._run.id
        )
        for entry in entries:
            self._begun += 1
            self._taken[entry.source] += 1
            self._under_way[entry.source] += 1
            self._busy.add(entry.host)
            self._reporter.touch(entry.source)
            task = asyncio.create_task(self._visit(context, entry))
            task.add_done_callback(lambda _: self._news.set())
            self._tasks.add(task)
        for host in ready.keys() - self._busy:  # it rests since: the sources that wait for it are to know
            self._planner.freed(host)
        return len(entries)

    def _may_take(self, source: str) -> bool:
        most = self._config.crawler.max_pages
        return not most or self._taken[source] < most

    def _limit_is_reached(self) -> bool:
        return self._limit is not None and self._begun >= self._limit

    async def _visit(self, context: CrawlContext, entry: FrontierEntry) -> None:
        holds = True

        def fetched() -> None:  # once: afterwards another visit holds the host
            nonlocal holds
            if holds:
                holds = False
                self._busy.discard(entry.host)
                self._planner.freed(entry.host)
            self._news.set()

        try:
            await visit_url(context, entry, fetched)
            await self._learner.note(context, entry.source)
        except StoreError:
            raise
        except Exception:  # noqa: BLE001 - a fault of ours costs one page, and is counted
            await record_fault(context, entry)
        finally:
            fetched()
            self._under_way[entry.source] -= 1
            self._planner.touch(entry.source)
            self._reporter.touch(entry.source)

    def _raise_failures(self) -> None:
        """Forget visits that are done; a store that cannot be written ends the crawl."""
        done = {task for task in self._tasks if task.done()}
        self._tasks -= done
        if error := failure_of(done):
            raise error

    async def _pause(self, context: CrawlContext) -> None:
        """Wait until a host is free or a visit done, but no longer than a tick."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(TICK):
                await self._news.wait()
        self._news.clear()
        await self._count(context)
        await self._tell(context)

    async def _count(self, context: CrawlContext) -> None:
        """Say how many pages are due when that decides whether a further process is started to read them."""
        clock = asyncio.get_running_loop().time()
        if clock - self._counted >= COUNT_EVERY and context.workers.idle.is_pressed():
            self._counted = clock
            due = await context.async_store.do(self._store.frontier.due_count, self._now(), self._open)
            context.workers.idle.expect(sum(due.values()))

    async def _tell(self, context: CrawlContext, *, force: bool = False) -> None:
        clock = asyncio.get_running_loop().time()
        await self._reporter.report(
            context.async_store,
            self._now(),
            clock,
            in_flight=len(self._tasks) - self._learners,
            stopping=self._stop.is_set(),
            force=force,
        )
