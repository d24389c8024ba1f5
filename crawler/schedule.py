"""When each source is crawled, and the daemon that does it: due times in the store, runs side by side by APScheduler.

The store's due times are the truth; the scheduler wakes the daemon at the next due time and at least once a minute,
since a machine that slept does not know it. So nothing is skipped and nothing done twice: a run that was missed is
caught up once, and its receipt says so; a run that was killed is taken up again. A source is in one run at a time,
whoever started it; sources of one schedule go together, and a source that takes long holds up itself alone.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import merge
from itertools import count, islice, takewhile

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger

from corpus.cadence import Cadence
from corpus.config import Config
from corpus.errors import PressmarkError, StoreLocked
from corpus.events import event
from corpus.model import Run
from corpus.store import ArticleStore
from crawler.crawl import Clock, crawl, require_contact, utc_now
from crawler.running.reporting import OnProgress
from crawler.visiting.faults import FAULT

log = logging.getLogger(__name__)

RUN_FAILED = "run failed; the next one begins as planned"
LATE = timedelta(minutes=5)  # a run that begins later than that says why
LOOK_EVERY = timedelta(minutes=1)
MAX_MISSED = 1000  # counted; a machine off for years need not be exact
BEGIN_WITHIN = timedelta(seconds=10)  # a look ends when its runs have a thread, so that nobody takes them for ended
MAX_RUNS = 8  # at once in one daemon: each has worker processes of its own; sources that are due wait for a run to end

AfterRun = Callable[[Run], None]
Sleep = Callable[[float], object]


@dataclass(frozen=True, slots=True)
class Job:
    """The sources of one schedule, which are crawled together when they are due together."""

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
    """Return a job named `crawl` for the sources that go by [schedule], and one for each other schedule; no "never"."""
    found: dict[str, Job] = {}
    for source in config.sources:
        cadence = source.schedule or config.schedule.crawl
        name = "crawl" if source.schedule is None else f"crawl:{cadence}"
        before = found.get(name)
        found[name] = Job(name, (*(before.sources if before else ()), source.name), cadence)
    return tuple(job for job in found.values() if not job.cadence.never)


def next_runs(config: Config, store: ArticleStore, n: int = 5, *, now: datetime | None = None) -> list[Planned]:
    """Return the next `n` runs over all jobs, a missed one first; the store is not changed."""
    at = now or utc_now()
    stored = store.schedule.due()
    return list(islice(merge(*(_upcoming(job, config, stored, at) for job in jobs(config))), n))


def _upcoming(job: Job, config: Config, stored: Mapping[str, datetime], now: datetime) -> Iterator[Planned]:
    by_due: dict[datetime, list[str]] = {}
    for source, due in due_times(job, config, stored, now).items():
        if due is not None:
            by_due.setdefault(max(due, now), []).append(source)
    missed = by_due.pop(now, None)
    if missed:
        yield Planned(min(stored.get(source, now) for source in missed), job.name, tuple(missed), missed=True)
    later = min(by_due, default=None) or job.cadence.next(now, config.zone)
    if later is not None:
        yield Planned(later, job.name, job.sources)
        yield from (Planned(at, job.name, job.sources) for at in job.cadence.upcoming(later, config.zone))


def due_times(job: Job, config: Config, stored: Mapping[str, datetime], now: datetime) -> dict[str, datetime | None]:
    """Return source -> when it is due: as the store has it, unless the schedule was changed since."""
    following = job.cadence.next(now, config.zone)
    known = {at for source in job.sources if (at := stored.get(source)) is not None}
    of_cadence = {at for at in known if job.cadence.next(at - timedelta(seconds=1), config.zone) == at}
    return {source: at if (at := stored.get(source)) in of_cadence else following for source in job.sources}


def run(
    config: Config,
    stop: threading.Event,
    *,
    after: AfterRun | None = None,
    on_progress: OnProgress | None = None,
    now: Clock = utc_now,
    sleep: Sleep | None = None,
) -> None:
    """Crawl by schedule until `stop` is set; crawls under way then end after the pages in flight.

    Args:
        after: Called after each run that ended, such as to bring the index up to date; from several threads.
        on_progress: As `crawl` takes it.
        sleep: Waits so many seconds, or less; the daemon looks at the schedule each time. None: APScheduler wakes it.

    Raises:
        ConfigError: There is no `contact`.
        StoreError: The store cannot be opened.
    """
    require_contact(config)
    with ArticleStore.open(config.store) as store:
        daemon = _Daemon(config, store, stop, after=after, on_progress=on_progress, now=now)
        daemon.start()
        try:
            if sleep is None:
                daemon.wake_at(datetime.now(UTC))
                stop.wait()
            while sleep is not None and not stop.is_set():
                daemon.look()
                sleep(daemon.until_next().total_seconds())
        finally:
            stop.set()
            daemon.end()


class _Daemon:
    """The daemon's work: look at what is due, and run it."""

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
        self._next = self._started
        self._runs: dict[str, set[str]] = {}  # a run under way -> the sources it was begun with
        self._numbers = count(1)
        self._looking = threading.Lock()
        executors = {"default": ThreadPoolExecutor(1), "runs": ThreadPoolExecutor(MAX_RUNS)}
        self._scheduler = BackgroundScheduler(timezone=UTC, executors=executors)

    def start(self) -> None:
        """Let the scheduler's threads work."""
        self._scheduler.start()

    def end(self) -> None:
        """Wait for the look and the runs under way; `stop` is set, so no other begins.

        The look comes first: while the scheduler shuts down, nobody may add a job to it, or both wait for ever.
        """
        with self._looking:
            pass
        self._scheduler.shutdown(wait=True)

    def wake_at(self, moment: datetime) -> None:
        """Look at the schedule at a moment, and again whenever something may be due, until the end."""
        trigger = DateTrigger(moment, timezone=UTC)
        self._scheduler.add_job(self._keep_looking, trigger, id="look", misfire_grace_time=None, replace_existing=True)

    def _keep_looking(self) -> None:
        with self._looking:
            if self._stop.is_set():
                return
            try:
                self.look()
            finally:
                self.wake_at(datetime.now(UTC) + self.until_next())

    def look(self) -> None:
        """Begin a run for each job of which sources are due, if they are in no other run."""
        now = self._now()
        self._next = now + LOOK_EVERY
        try:
            self._store.schedule.beat(now)
            stored = self._store.schedule.due()
            paused = self._store.schedule.paused()
            running = self._store.runs.held()
            for job in jobs(self._config):
                if not self._stop.is_set():
                    self._look_at(job, stored, paused, running, now)
        except PressmarkError as error:
            event(log, "schedule not read; next look in a minute", level=logging.ERROR, error=error)

    def until_next(self) -> timedelta:
        """How long nothing is to do: until something is due, and no longer than LOOK_EVERY."""
        return min(max(self._next - self._now(), timedelta(seconds=1)), LOOK_EVERY)

    def _look_at(
        self, job: Job, stored: Mapping[str, datetime], paused: set[str], running: set[str], now: datetime
    ) -> None:
        following = job.cadence.next(now, self._config.zone)
        due = due_times(job, self._config, stored, now)
        planned = {source: following if source in paused and at and at <= now else at for source, at in due.items()}
        self._store.schedule.plan({source: at for source, at in planned.items() if at != stored.get(source)})
        waiting = {source: at for source, at in planned.items() if at is not None and at <= now}
        self._next = min([self._next, *(at for at in planned.values() if at is not None and at > now)])
        begun_here: set[str] = set().union(*list(self._runs.values()))  # not all of them are in the store yet
        ready = {source: at for source, at in waiting.items() if source not in running and source not in begun_here}
        if not ready:
            return
        if len(self._runs) >= MAX_RUNS:
            event(log, "run waits", level=logging.WARNING, job=job.name, under_way=len(self._runs))
            return
        number, begun = f"{job.name} {next(self._numbers)}", threading.Event()
        self._runs[number] = set(ready)
        arguments = (number, job, ready, now, begun)
        self._scheduler.add_job(self._run, args=arguments, id=number, executor="runs", misfire_grace_time=None)
        begun.wait(BEGIN_WITHIN.total_seconds())

    def _run(self, number: str, job: Job, due: Mapping[str, datetime], now: datetime, begun: threading.Event) -> None:
        first, thread = min(due.values()), threading.current_thread()
        thread.name = job.name  # in a log or a debugger one sees whose it is
        begun.set()
        try:
            self._crawl(job, due, now)
        except StoreLocked as error:  # another daemon was first, or someone works on the whole store
            event(log, "run waits", job=job.name, due=first, error=error)
        except PressmarkError as error:
            event(log, RUN_FAILED, level=logging.ERROR, job=job.name, due=first, error=error)
            self._plan_after(job, due, now)
        except Exception:  # noqa: BLE001 - a fault of ours costs one run
            event(log, RUN_FAILED, level=logging.ERROR, job=job.name, due=first, error=FAULT, trace="debug")
            self._plan_after(job, due, now)
        finally:
            thread.name = "waiting"
            self._runs.pop(number, None)

    def _plan_after(self, job: Job, due: Mapping[str, datetime], now: datetime) -> None:
        """Plan the sources that a failed run did not come to; the next run is made as planned."""
        try:
            stored = self._store.schedule.due()
            self._store.schedule.plan(
                {source: self._next_due(job, now) for source, at in due.items() if stored.get(source) == at}
            )
        except PressmarkError as error:
            event(log, "run not planned", level=logging.ERROR, job=job.name, error=error)

    def _next_due(self, job: Job, began: datetime) -> datetime | None:
        """When a source is due after a run that began then; a turn that passed while it ran is caught up at once."""
        return job.cadence.next(began, self._config.zone)

    def _crawl(self, job: Job, due: Mapping[str, datetime], now: datetime) -> None:
        ended = crawl(
            self._config,
            self._store,
            sources=tuple(due),
            on_progress=self._on_progress,
            stop=self._stop,
            trigger="schedule",
            next_due=lambda _, began: self._next_due(job, began),
            note=self._lateness(job, due, now),
            now=self._now,
        )
        try:
            if self._after is not None:
                self._after(ended)
        except PressmarkError as error:  # such as an index that another process writes; the crawl itself is done
            event(log, "work after a run failed", level=logging.ERROR, job=job.name, run=ended.id, error=error)

    def _lateness(self, job: Job, sources: Mapping[str, datetime], now: datetime) -> str | None:
        """Why a run begins late, such as "due 02:30, ran 08:14: machine off"; None when it is in time."""
        due = min(sources.values())
        if now - due <= LATE:
            return None
        late = [source for source, at in sources.items() if now - at > LATE]
        whose = "" if len(late) == len(sources) else f"{', '.join(late[:3])}{' ...' if len(late) > 3 else ''}: "
        zone = self._config.zone
        there, here = due.astimezone(zone), now.astimezone(zone)
        day = "" if there.date() == here.date() else f"{there:%Y-%m-%d} "
        why = "machine off" if self._started > due else "machine asleep, or another run took long"
        later = islice(job.cadence.upcoming(due, zone), MAX_MISSED)
        missed = 1 + sum(1 for _ in takewhile(lambda at: at <= now, later))
        times = f"; {missed} runs missed, caught up once" if missed > 1 else ""
        return f"{whose}due {day}{there:%H:%M}, ran {here:%H:%M}: {why}{times}"
