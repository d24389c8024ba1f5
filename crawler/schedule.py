"""When sources are crawled, and the daemon that crawls them: due times in the store, APScheduler as alarm clock.

The store's due times are the truth; the alarm only wakes us to look at them, at the next due time and at least
once a minute, since a machine that slept does not know it. So nothing is skipped and nothing done twice: a run
that was missed is caught up once, and its receipt says so; a run that was killed is taken up again.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import merge
from itertools import islice

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger

from corpus.cadence import Cadence
from corpus.config import Config
from corpus.errors import PressmarkError, StoreLocked
from corpus.events import event
from corpus.model import Run
from corpus.store import ArticleStore
from crawler.crawl import Clock, OnProgress, crawl, require_contact, utc_now
from crawler.visiting.faults import FAULT

log = logging.getLogger(__name__)

RUN_FAILED = "run failed; the next one begins as planned"
LATE = timedelta(minutes=5)  # a run that begins later than that says why
LOOK_EVERY = timedelta(minutes=1)
MAX_MISSED = 1000  # counted; a machine off for years need not be exact

AfterRun = Callable[[Run], None]


@dataclass(frozen=True, slots=True)
class Job:
    """The sources that are crawled together, and when. `name` is what the store keeps its due time under."""

    name: str
    sources: tuple[str, ...]
    cadence: Cadence


@dataclass(frozen=True, slots=True, order=True)
class Planned:
    """One run to come. `missed`: it was due before now, and is made as soon as the scheduler runs."""

    due: datetime
    job: str
    sources: tuple[str, ...] = ()
    missed: bool = False


def jobs(config: Config) -> tuple[Job, ...]:
    """Return one job for all sources that go by [schedule], and one for each source with its own; none for "never"."""
    shared = tuple(source.name for source in config.sources if source.schedule is None)
    found = [Job("crawl", shared, config.schedule.crawl)] if shared else []
    found += [Job(f"crawl:{each.name}", (each.name,), each.schedule) for each in config.sources if each.schedule]
    return tuple(job for job in found if not job.cadence.never)


def next_runs(config: Config, store: ArticleStore, n: int = 5, *, now: datetime | None = None) -> list[Planned]:
    """Return the next `n` runs over all jobs, a missed one first; the store is not changed."""
    at = now or utc_now()
    return list(islice(merge(*(_upcoming(job, config, store, at) for job in jobs(config))), n))


def _upcoming(job: Job, config: Config, store: ArticleStore, now: datetime) -> Iterator[Planned]:
    due = _due(job, config, store, now)
    while due is not None:
        yield Planned(due, job.name, job.sources, missed=due <= now)
        due = job.cadence.next(max(due, now), config.zone)


def _due(job: Job, config: Config, store: ArticleStore, now: datetime) -> datetime | None:
    """When a job is due: as the store has it, unless the schedule was changed since."""
    stored = store.journal.due_at(job.name)
    if stored is not None and job.cadence.next(stored - timedelta(seconds=1), config.zone) == stored:
        return stored
    return job.cadence.next(now, config.zone)


def run(
    config: Config,
    stop: threading.Event,
    *,
    after: AfterRun | None = None,
    on_progress: OnProgress | None = None,
    now: Clock = utc_now,
) -> None:
    """Crawl by schedule until `stop` is set; a crawl under way then ends after the pages in flight.

    Args:
        after: Called after each run that ended, such as to bring the index up to date.
        on_progress: As `crawl` takes it.

    Raises:
        ConfigError: There is no `contact`.
        StoreError: The store cannot be opened.
    """
    require_contact(config)
    with ArticleStore.open(config.store) as store:
        clock = _Clockwork(config, store, stop, after=after, on_progress=on_progress, now=now)
        clock.start()
        stop.wait()
        clock.end()


class _Clockwork:
    """The daemon's work: look at what is due, run it, set the next alarm."""

    def __init__(
        self,
        config: Config,
        store: ArticleStore,
        stop: threading.Event,
        *,
        after: AfterRun | None,
        on_progress: OnProgress | None,
        now: Clock,
    ) -> None:
        self._config, self._store, self._stop = config, store, stop
        self._after, self._on_progress, self._now = after, on_progress, now
        self._started = now()
        self._alarm = BackgroundScheduler(timezone=UTC, executors={"default": ThreadPoolExecutor(1)})

    def start(self) -> None:
        self._alarm.start()
        self._set_alarm(datetime.now(UTC))

    def end(self) -> None:
        self._alarm.shutdown(wait=True)

    def _set_alarm(self, at: datetime) -> None:
        self._alarm.add_job(
            self._look,
            DateTrigger(at, timezone=UTC),
            id="look",
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
            replace_existing=True,
        )

    def _look(self) -> None:
        try:
            for job in jobs(self._config):
                if not self._stop.is_set():
                    self._run_if_due(job)
        except PressmarkError as error:
            event(log, "schedule not read; next look in a minute", level=logging.ERROR, error=error)
        finally:
            if not self._stop.is_set():
                self._set_alarm(datetime.now(UTC) + self._until_next())

    def _until_next(self) -> timedelta:
        planned = next_runs(self._config, self._store, 1, now=self._now())
        wait = planned[0].due - self._now() if planned else LOOK_EVERY
        return min(max(wait, timedelta(seconds=1)), LOOK_EVERY) if not planned or not planned[0].missed else LOOK_EVERY

    def _run_if_due(self, job: Job) -> None:
        now = self._now()
        due = _due(job, self._config, self._store, now)
        if due != self._store.journal.due_at(job.name):
            self._store.journal.set_due(job.name, due)
        if due is None or due > now:
            return
        try:
            self._crawl(job, due, now)
        except StoreLocked as error:  # someone crawls by hand: our turn comes after
            event(log, "run waits", level=logging.WARNING, job=job.name, due=due, error=error)
            return
        except PressmarkError as error:
            event(log, RUN_FAILED, level=logging.ERROR, job=job.name, due=due, error=error)
        except Exception:  # noqa: BLE001 - a fault of ours costs one run
            event(log, RUN_FAILED, level=logging.ERROR, job=job.name, due=due, error=FAULT, trace="debug")
        if not self._stop.is_set():
            self._store.journal.set_due(job.name, job.cadence.next(max(due, self._now()), self._config.zone))

    def _crawl(self, job: Job, due: datetime, now: datetime) -> None:
        stats = self._store.sources.stats(now)
        names = [name for name in job.sources if name not in stats or not stats[name].paused]
        ended = crawl(
            self._config,
            self._store,
            sources=names,
            on_progress=self._on_progress,
            stop=self._stop,
            trigger="schedule",
            due=due,
            note=self._lateness(job, due, now),
            now=self._now,
        )
        if self._after is not None:
            self._after(ended)

    def _lateness(self, job: Job, due: datetime, now: datetime) -> str | None:
        """Why a run begins late, such as "due 02:30, ran 08:14: machine off"; None when it is in time."""
        if now - due <= LATE:
            return None
        zone = self._config.zone
        there, here = due.astimezone(zone), now.astimezone(zone)
        day = "" if there.date() == here.date() else f"{there:%Y-%m-%d} "
        why = "machine off" if self._started > due else "machine asleep, or another run took long"
        later = islice(job.cadence.upcoming(due, zone), MAX_MISSED)
        missed = 1 + sum(1 for at in _until(later, now))
        times = f"; {missed} runs missed, caught up once" if missed > 1 else ""
        return f"due {day}{there:%H:%M}, ran {here:%H:%M}: {why}{times}"


def _until(moments: Iterator[datetime], end: datetime) -> Iterator[datetime]:
    for at in moments:
        if at > end:
            return
        yield at
