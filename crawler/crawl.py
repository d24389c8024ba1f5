"""One pass over what is due: frontier -> robots -> fetch -> extract -> store, one bad page at a time.

Everything a page leads to is stored in one transaction, and its capture before it. A crawl can be killed at any
moment: what it had leased is taken again, nothing is lost, and at most the requests in flight are made twice.
"""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from corpus import locks
from corpus.captures import Captures
from corpus.config import Config, Source
from corpus.errors import ConfigError, NotFound, Problem, StoreError
from corpus.model import FrontierEntry, Run
from corpus.store import ArticleStore
from crawler.discovery.scope import Series, scope_of
from crawler.fetching.politeness import Gate
from crawler.pool.workers import Workers
from crawler.visiting import walking
from crawler.visiting.async_store import AsyncStore
from crawler.visiting.context import CrawlContext
from crawler.visiting.faults import record_fault
from crawler.visiting.listings import begin
from crawler.visiting.quota import Quota
from crawler.visiting.requests import fetcher_of
from crawler.visiting.tally import Progress, Tally
from crawler.visiting.visitor import visit_url

PATIENCE = timedelta(seconds=30)  # a pass waits that long for a host at rest, rather than end without its pages
TICK = 0.25  # seconds between looks at the stop event, and between progress calls
COUNT_EVERY = 1.0  # seconds between counts of what is due, which takes long in a large frontier

Clock = Callable[[], datetime]
OnProgress = Callable[[Progress], None]


def utc_now() -> datetime:
    """The time, aware."""
    return datetime.now(UTC)


def crawl(
    config: Config,
    store: ArticleStore,
    *,
    sources: Collection[str] | None = None,
    limit: int | None = None,
    on_progress: OnProgress | None = None,
    stop: threading.Event | None = None,
    trigger: str = "manual",
    due: datetime | None = None,
    note: str | None = None,
    now: Clock = utc_now,
    workers: Workers | None = None,
) -> Run:
    """Crawl what is due, and what is found on the way, until nothing is due; return the receipt.

    Its status is `ok`; `partial` when of some source nothing, no story, or less than half of its stories could be had;
    `stopped`; or `failed`.

    Args:
        sources: Names of the sources to crawl; None: all that are not paused.
        limit: The most visits to make.
        on_progress: Called about four times a second, and once at the end, in this thread.
        stop: Set it to end early: pages in flight are finished and stored.
        trigger, due, note: For the receipt: who started the crawl, when it was due, what there is to say of that.
        now: The clock.
        workers: They read the pages, and stay open; None: as many as config says, closed when the pass ends.

    Raises:
        ConfigError: There is no `contact`, by which the owner of a site could reach its crawler's.
        NotFound: A source that config does not name.
        StoreLocked: Another crawl is running.
        StoreError: The store or the captures cannot be written; what was stored before stays.
    """
    chosen = _chosen(config, store, sources, now())
    require_contact(config)
    with locks.hold(config.crawl_lock, what="a crawl"):
        store.frontier.release()
        run = Run(
            id=store.journal.start_run(started=now(), due=due, trigger=trigger), started=now(), due=due, trigger=trigger
        )
        context = _Pass(config, store, chosen, run, limit=limit, on_progress=on_progress, stop=stop, now=now)
        status = "failed"
        try:
            status = asyncio.run(context.work(workers))
            context.judge()
            lost = ", ".join(context.tally.lost())
            lost = lost and f"nothing could be had of {lost}"
            older = walking.behind(context.tally.postponed)
            notes = (note, lost, context.failing(), older, context.quota.note())
            note = "; ".join(filter(None, notes)) or None
        except StoreError as error:
            note = "; ".join(filter(None, (note, str(error))))
            raise
        except KeyboardInterrupt:
            status = "stopped"
            raise
        finally:
            counts = context.tally.receipt()
            run = replace(run, ended=now(), status=status, counts=counts, bytes=context.tally.bytes, note=note)
            with contextlib.suppress(StoreError):  # the disk is full: the receipt says "died" at the next start
                store.journal.finish_run(run)
    return run


def require_contact(config: Config) -> None:
    """Raise ConfigError unless config says how the owner of a site can reach us."""
    if config.crawler.contact is None:
        message = 'expected an e-mail address or a page, such as "desk@news.example"; nothing is asked without one'
        raise ConfigError((Problem(str(config.path or "config.toml"), None, "crawler.contact", f"not set: {message}"),))


def _chosen(config: Config, store: ArticleStore, names: Collection[str] | None, now: datetime) -> tuple[Source, ...]:
    known = {source.name: source for source in config.sources}
    for name in names or ():
        if name not in known:
            raise NotFound(f'source "{name}": not in config; expected one of {", ".join(known) or "none, it is empty"}')
    if names is not None:
        return tuple(source for source in config.sources if source.name in names)
    paused = {name for name, stats in store.sources.stats(now).items() if stats.paused}
    return tuple(source for source in config.sources if source.name not in paused)


class _Pass:
    """One crawl under way."""

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
        now: Clock,
    ) -> None:
        self._config, self._store, self._sources, self._run = config, store, sources, run
        self._limit, self._on_progress, self._stop, self._now = limit, on_progress, stop or threading.Event(), now
        self.tally = Tally()
        self.quota = Quota()
        self._tasks: set[asyncio.Task[None]] = set()
        self._busy: set[str] = set()
        self._begun = 0
        self._taken: dict[str, int] = {}
        self._news = asyncio.Event()
        self._reported = self._counted = 0.0
        self._due: dict[str, int] = {}

    async def work(self, lent: Workers | None) -> str:
        """Make the pass; return the run's status."""
        rules = self._config.crawler
        async_store = AsyncStore(self._store)
        reading = contextlib.nullcontext(lent) if lent else Workers(rules.processes)
        try:
            async with fetcher_of(rules) as fetcher, reading as workers:
                with Captures(self._config.captures) as captures:
                    gate = Gate(fetcher, async_store, token=rules.name, now=self._now)
                    context = CrawlContext(
                        fetcher=fetcher,
                        gate=gate,
                        workers=workers,
                        async_store=async_store,
                        captures=captures,
                        rules=rules,
                        scopes={source.name: scope_of(source) for source in self._sources},
                        series=Series(),
                        tally=self.tally,
                        quota=self.quota,
                        run=self._run.id,
                        now=self._now,
                    )
                    return await self._over(context)
        finally:
            async_store.close()

    async def _over(self, context: CrawlContext) -> str:
        for source in self._sources:
            await begin(context, source)
        try:
            status = await self._until_done(context)
        finally:
            context.gate.close()
            if self._tasks:
                await asyncio.wait(self._tasks)
            await self._tell(force=True)
        self._raise_failures()
        return status

    async def _until_done(self, context: CrawlContext) -> str:
        while not self._stop.is_set():
            taken = await self._take(context)
            if not self._tasks and not taken and not await self._wait_for_rest(context.async_store):
                return "partial" if self.tally.lost() or self.failing() else "ok"
            await self._pause()
            self._raise_failures()
        return "stopped"

    def failing(self) -> str:
        """Return a sentence on the sources that answered and gave no or few stories; empty when there are none."""
        return self.tally.say_failing(self._without())

    def judge(self) -> None:
        """Store which sources are failing and which are well again."""
        self._store.census.judge(*self.tally.judged(self._without()), self._now())

    def _without(self) -> set[str]:
        stats = self._store.sources.stats(self._now()) if self.tally.losses else {}
        return {name for name in self.tally.losses if name not in stats or not stats[name].articles}

    async def _take(self, context: CrawlContext) -> int:
        """Lease what is due on hosts that are free; return how many."""
        room = self._config.crawler.concurrency - len(self._busy)
        if len(self._tasks) - len(self._busy) >= 2 * context.workers.count:
            return 0  # what is fetched and not yet stored would be fetched again after a kill
        if self._limit is not None:
            room = min(room, self._limit - self._begun)
        names = [source.name for source in self._sources if self._may_take(source.name)]
        if room <= 0 or not names:
            return 0
        entries = await context.async_store.lease(
            self._now(), limit=room, busy_hosts=self._busy, sources=names, run=self._run.id
        )
        for entry in entries:
            self._begun += 1
            self._taken[entry.source] = self._taken.get(entry.source, 0) + 1
            self._busy.add(entry.host)
            task = asyncio.create_task(self._visit(context, entry))
            task.add_done_callback(lambda _: self._news.set())
            self._tasks.add(task)
        return len(entries)

    def _may_take(self, source: str) -> bool:
        most = self._config.crawler.max_pages
        return not most or self._taken.get(source, 0) < most

    async def _visit(self, context: CrawlContext, entry: FrontierEntry) -> None:
        holds = True

        def fetched() -> None:  # once: afterwards another visit holds the host
            nonlocal holds
            if holds:
                holds = False
                self._busy.discard(entry.host)
            self._news.set()

        try:
            await visit_url(context, entry, fetched)
        except StoreError:
            raise
        except Exception:  # noqa: BLE001 - a fault of ours costs one page, and is counted
            await record_fault(context, entry)
        finally:
            fetched()

    def _raise_failures(self) -> None:
        """Forget visits that are done; a store that cannot be written ends the crawl."""
        for task in [task for task in self._tasks if task.done()]:
            self._tasks.discard(task)
            task.result()

    async def _pause(self) -> None:
        """Wait until a host is free or a visit done, but no longer than a tick."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), TICK)
        self._news.clear()
        await self._tell()

    async def _wait_for_rest(self, async_store: AsyncStore) -> bool:
        """Whether a host's short rest, not the end of the pass, is why nothing was taken."""
        if self._limit is not None and self._begun >= self._limit:
            return False
        names = [source.name for source in self._sources if self._may_take(source.name)]
        due = await async_store.do(self._store.frontier.next_due, names) if names else None
        return due is not None and due - self._now() <= PATIENCE

    async def _tell(self, *, force: bool = False) -> None:
        loop = asyncio.get_running_loop().time()
        if self._on_progress is None or (not force and loop - self._reported < TICK):
            return
        self._reported = loop
        if force or loop - self._counted >= COUNT_EVERY:
            self._counted, self._due = loop, self._store.frontier.due_count(self._now())
        due = self._due
        self._on_progress(
            Progress(
                sources=tuple(self.tally.line(source.name, due.get(source.name, 0)) for source in self._sources),
                started=self._run.started,
                elapsed=self._now() - self._run.started,
                bytes=self.tally.bytes,
                in_flight=len(self._tasks),
                stopping=self._stop.is_set(),
            )
        )
