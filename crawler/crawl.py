"""One run over what is due: frontier -> robots -> fetch -> extract -> store, one bad page at a time.

Everything a page leads to is stored in one transaction, and its capture before it. A crawl can be killed at any
moment: what it had leased is taken again, nothing is lost, and at most the requests in flight are made twice. Runs
of different sources may be under way side by side, in one process or several; a source is in one run at a time.
"""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import monotonic

from corpus import locks
from corpus.config import Config, Source
from corpus.errors import ConfigError, NotFound, Problem, StoreError, StoreLocked
from corpus.model import Run
from corpus.runs.clock import require_clock, set_back, set_back_amid
from corpus.store import ArticleStore
from corpus.texts import first_of, joined, text
from crawler.fetching.host_locks import is_supported
from crawler.pool.workers import Workers
from crawler.running.naming import take_over
from crawler.running.one_pass import NextDue, Pass
from crawler.running.reporting import OnProgress
from crawler.visiting import walking

Clock = Callable[[], datetime]


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
    next_due: NextDue | None = None,
    due_by: datetime | None = None,
    note: str | None = None,
    now: Clock = utc_now,
    workers: Workers | None = None,
) -> Run:
    """Crawl what is due, and what is found on the way, until nothing is due; return the receipt.

    Its status is `ok`; `partial` when of some source nothing, no story, or less than half of its stories could be read,
    or when a limit of this machine was met or its clock set back meanwhile;
    `stopped`; or `failed`.

    Args:
        sources: Names of the sources to crawl; None: all that are not paused. Those in another run are left to it.
        limit: The most visits to make.
        on_progress: Called about four times a second, and once at the end, in this thread.
        stop: Set it to end early: pages in flight are finished and stored.
        trigger, note: For the receipt: who started the crawl, what there is to say of that.
        next_due: When the schedule wants a source next, of its name and when this run began; only what is due by
            the store's schedule is crawled then, and each source is planned again when its work is done.
        due_by: With `next_due`: by when it is due; None: by the beginning of the run.
        now: The clock.
        workers: They read the pages, and stay open; None: as many as config says, closed when the run ends.

    Raises:
        PressmarkError: The clock shows a time that cannot be.
        ConfigError: There is no `contact`, by which the owner of a site could reach its crawler's.
        NotFound: A source that config does not name.
        StoreLocked: All of the sources are in other runs, or a re-reading or restore is under way.
        StoreError: The store or the captures cannot be written; what was stored before stays.
    """
    began, at = now(), monotonic()
    chosen = _chosen(config, store, sources)
    require_contact(config)
    require_clock(began)
    before = next(iter(store.runs.latest(1)), None)
    note = _joined(note, set_back(before, began), take_over(config, store, chosen))
    claim = store.runs.begin(
        [source.name for source in chosen],
        started=began,
        trigger=trigger,
        due_by=(due_by or began) if next_due else None,
        keep=config.keep.visits,
        now=now,
    )
    with locks.hold(config.crawl_lock, what="a crawl", shared=is_supported()), claim as held:
        mine = tuple(source for source in chosen if source.name in held.sources)
        work = Pass(
            config, store, mine, held.run, limit=limit, on_progress=on_progress, stop=stop, now=now, next_due=next_due
        )
        run, status = held.run, "failed"
        try:
            status = asyncio.run(work.work(workers))
            work.judge()
            behind = walking.behind(store, held.sources)
            amid = set_back_amid(began, timedelta(seconds=monotonic() - at), now())
            status = "partial" if status == "ok" and amid else status
            note = _joined(note, amid, _elsewhere(held.busy), work.shortfalls(), behind, work.quota.note())
        except StoreLocked as error:  # while it runs: no reason to wait for another run's end, as at its beginning
            note = _joined(note, str(error))
            raise StoreError(str(error)) from error
        except StoreError as error:
            note = _joined(note, str(error))
            raise
        except KeyboardInterrupt:
            status = "stopped"
            raise
        finally:
            counts = work.tally.receipt()
            run = replace(run, ended=now(), status=status, counts=counts, bytes=work.tally.bytes, note=note)
            run = replace(run, worker_restarts=work.tally.worker_restarts)
            with contextlib.suppress(StoreError):  # the disk is full: the receipt says "died" at the next start
                store.runs.finish(run)
    return run


def require_contact(config: Config) -> None:
    """Raise ConfigError unless config says how the owner of a site can reach us."""
    if config.crawler.contact is None:
        message = 'expected an e-mail address or a page, such as "desk@news.example"; nothing is asked without one'
        raise ConfigError((Problem(str(config.path or "config.toml"), None, "crawler.contact", f"not set: {message}"),))


def _chosen(config: Config, store: ArticleStore, names: Collection[str] | None) -> tuple[Source, ...]:
    known = {source.name: source for source in config.sources}
    for name in names or ():
        if name not in known:
            raise NotFound(f'source "{name}": not in config; expected one of {", ".join(known) or "none, it is empty"}')
    if names is not None:
        wanted = set(names)
        return tuple(source for source in config.sources if source.name in wanted)
    paused = store.schedule.paused()
    return tuple(source for source in config.sources if source.name not in paused)


def _elsewhere(busy: dict[str, int]) -> str | None:
    """Say which sources were left to other runs."""
    if not busy:
        return None
    named = [text("{source} (run {run})", source=source, run=run) for source, run in busy.items()]
    return text("in another run: {sources}", sources=first_of(named))


def _joined(*parts: str | None) -> str | None:
    return joined("; ", filter(None, parts)) or None
