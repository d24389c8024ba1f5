"""When each source is crawled, and the daemon that does it: due times in the store, runs side by side by APScheduler.

The store's due times are the truth; the scheduler wakes the daemon at the next due time and at least once a minute,
since a machine that slept does not know it. So nothing is skipped and nothing done twice: a run that was missed is
caught up once, and its receipt says so; a run that was killed is taken up again. A source is in one run at a time,
manual runs too; sources of one schedule go together, and a source that takes long holds up itself alone.
"""

import logging
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count, islice, takewhile

from apscheduler.executors.pool import ThreadPoolExecutor

from corpus.config import Config
from corpus.config.following import FollowedConfig
from corpus.errors import PressmarkError, StoreLocked
from corpus.events import event
from corpus.model import Run
from corpus.runs.clock import require_clock
from corpus.runs.lateness import lateness
from corpus.runs.planning import Job, due_times, jobs
from corpus.store import ArticleStore
from corpus.texts import first_of
from crawler.crawl import Clock, crawl, require_contact, utc_now
from crawler.jobs import JobScheduler
from crawler.on_request import MAX_LOOKS, OnRequest
from crawler.pool.workers import Workers
from crawler.running.reporting import OnProgress
from crawler.visiting.faults import FAULT

log = logging.getLogger(__name__)

RUN_FAILED = "run failed; the next one begins as planned"
UNREAD = "schedule not read; next look in a minute"
LATE = timedelta(minutes=5)  # a run that begins later than that says why
LOOK_EVERY = timedelta(minutes=1)
REQUESTS_EVERY = timedelta(seconds=2)  # who asked for something by hand watches the page
MAX_MISSED = 1000  # counted; a machine off for years need not be exact
BEGIN_WITHIN = timedelta(seconds=10)  # a look ends when its runs have a thread, so that nobody takes them for ended
MAX_RUNS = 8  # at once in one daemon: each has worker processes of its own; sources that are due wait for a run to end

AfterRun = Callable[[Run], None]
Sleep = Callable[[float], object]


def run(
    config: Config,
    stop: threading.Event,
    *,
    after: AfterRun | None = None,
    on_progress: OnProgress | None = None,
    now: Clock = utc_now,
    sleep: Sleep | None = None,
    workers: Workers | None = None,
) -> None:
    """Crawl by schedule until `stop` is set; crawls under way then end after the pages in flight.

    Args:
        after: Called after each run that ended, such as to bring the index up to date; from several threads.
        on_progress: As `crawl` takes it.
        sleep: Waits so many seconds, or less; the daemon looks at the schedule each time. None: APScheduler wakes it.
        workers: They read the pages of all runs, and stay open; None: each run starts its own.

    Raises:
        ConfigError: There is no `contact`.
        StoreError: The store cannot be opened.
    """
    require_contact(config)
    with ArticleStore.open(config.store) as store:
        daemon = _Daemon(config, store, stop, after=after, on_progress=on_progress, now=now, workers=workers)
        daemon.start()
        try:
            if sleep is None:
                daemon.live()
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
        workers: Workers | None,
    ) -> None:
        self._followed, self._store, self._stop = FollowedConfig(config), store, stop
        self._after, self._now = after, now
        self._pass = partial(crawl, on_progress=on_progress, stop=stop, now=now, workers=workers)
        self._started = self._next = now()
        self._runs: dict[str, set[str]] = {}  # a run under way -> the sources it was begun with
        self._held_up: dict[str, datetime] = {}  # a job -> the turn that was last said to wait for another's run
        self._numbers = count(1)
        self._looking = threading.Lock()
        self._requests = OnRequest(store, stop, self._crawl_now, self._start, now, workers)
        executors = {
            "default": ThreadPoolExecutor(1),
            "runs": ThreadPoolExecutor(MAX_RUNS),
            "looks": ThreadPoolExecutor(MAX_LOOKS),
        }
        self._scheduler = JobScheduler(timezone=UTC, executors=executors)

    @property
    def _config(self) -> Config:
        """The configuration, with the sources that its file names now."""
        return self._followed.now()

    def start(self) -> None:
        """Start the scheduler's threads."""
        self._scheduler.start()

    def end(self) -> None:
        """Wait for the look and the runs under way; `stop` is set, so no other begins.

        The look comes first: while the scheduler shuts down, nobody may add a job to it, or both wait for ever.
        """
        with self._looking:
            pass
        self._scheduler.shutdown(wait=True)

    def live(self) -> None:
        """Look at the schedule now, and again whenever something may be due, until the end."""
        self.wake_at(datetime.now(UTC))
        while not self._stop.wait(LOOK_EVERY.total_seconds()):  # it counts seconds, whatever the clock is set to
            now = datetime.now(UTC)
            if (alarm := self._scheduler.alarm()) is not None and alarm - now > LOOK_EVERY:  # the clock was set back
                self.wake_at(now)

    def wake_at(self, moment: datetime) -> None:
        """Look at the schedule at a moment, and again whenever something may be due, until the end."""
        self._scheduler.set_alarm(self._keep_looking, moment)

    def _keep_looking(self) -> None:
        with self._looking:
            if self._stop.is_set():
                return
            try:
                if not timedelta() < self._next - self._now() <= LOOK_EVERY:  # further off: the clock was set back
                    self.look()
                else:
                    self._take_up()
            except Exception:  # noqa: BLE001 - a fault of ours costs one look; APScheduler would log its traceback
                event(log, UNREAD, level=logging.ERROR, error=FAULT, trace="debug")
            finally:
                self.wake_at(datetime.now(UTC) + min(self.until_next(), REQUESTS_EVERY))

    def look(self) -> None:
        """Begin a run for each job of which sources are due, if they are in no other run."""
        self._next = self._now() + LOOK_EVERY
        try:
            stored = self._store.schedule.due()
            now = self._now()  # after `stored`: a turn that another daemon made in between is no plan of a clock ahead
            require_clock(now)
            self._store.schedule.beat(now)
            paused = self._store.schedule.paused()
            self._requests.renew()
            self._take_up()
            running = self._store.runs.held()
            for job in jobs(self._config):
                if not self._stop.is_set():
                    self._look_at(job, stored, paused, running, now)
        except PressmarkError as error:
            event(log, UNREAD, level=logging.ERROR, error=error)

    def _take_up(self) -> None:
        """Begin what people want that no run holds up."""
        begun: set[str] = set().union(*list(self._runs.values()))
        try:
            self._requests.take_up(self._config, begun, may_crawl=len(self._runs) < MAX_RUNS)
        except PressmarkError as error:
            event(log, "requests not read", level=logging.ERROR, error=error)

    def _start(self, name: str, sources: Collection[str], work: Callable[[], None]) -> None:
        """Begin work on a request in a thread of its own; of a crawl, its sources are in no other run meanwhile."""
        number = f"{name} {next(self._numbers)}"

        def named() -> None:
            thread = threading.current_thread()
            thread.name = name
            try:
                work()
            finally:
                thread.name = "waiting"
                self._runs.pop(number, None)

        if sources:
            self._runs[number] = set(sources)
        executor = "runs" if sources else "looks"
        self._scheduler.add_job(named, id=number, executor=executor, misfire_grace_time=None)

    def _crawl_now(self, sources: Sequence[str], trigger: str) -> Run:
        """Crawl sources that a person wants crawled now, and bring the index up to date."""
        ended = self._pass(self._config, self._store, sources=sources, trigger=trigger)
        self._work_after(ended, trigger)
        return ended

    def until_next(self) -> timedelta:
        """How long nothing is to do: until something is due, and no longer than LOOK_EVERY."""
        return min(max(self._next - self._now(), timedelta(seconds=1)), LOOK_EVERY)

    def _look_at(
        self, job: Job, stored: Mapping[str, datetime], paused: set[str], running: set[str], now: datetime
    ) -> None:
        following = job.cadence.next(now, self._config.zone)
        due = due_times(job, self._config, stored, now)
        planned = {source: following if source in paused and at and at <= now else at for source, at in due.items()}
        changed = {source: at for source, at in planned.items() if at != stored.get(source)}
        self._store.schedule.plan(changed, instead_of=stored)
        waiting = {source: at for source, at in planned.items() if at is not None and at <= now}
        self._next = min([self._next, *(at for at in planned.values() if at is not None and at > now)])
        begun_here: set[str] = set().union(*list(self._runs.values()))  # not all of them are in the store yet
        elsewhere = {source: at for source, at in waiting.items() if source in running and source not in begun_here}
        if elsewhere and self._held_up.get(job.name) != (at := min(elsewhere.values())):
            self._held_up[job.name] = at
            event(log, "run waits", job=job.name, due=at, in_another_run=first_of(list(elsewhere)))
        ready = {source: at for source, at in waiting.items() if source not in running and source not in begun_here}
        if not ready:
            return
        if len(self._runs) >= MAX_RUNS:
            event(log, "run waits", level=logging.WARNING, job=job.name, under_way=len(self._runs))
            return
        number, begun = f"{job.name} {next(self._numbers)}", threading.Event()
        self._runs[number], arguments = set(ready), (number, job, ready, now, begun)
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
            self._store.schedule.plan(dict.fromkeys(due, self._next_due(job, now)), instead_of=due)
        except PressmarkError as error:
            event(log, "run not planned", level=logging.ERROR, job=job.name, error=error)

    def _next_due(self, job: Job, began: datetime) -> datetime | None:
        """When a source is due after a run that began then; a turn that passed while it ran is caught up at once."""
        return job.cadence.next(began, self._config.zone)

    def _crawl(self, job: Job, due: Mapping[str, datetime], now: datetime) -> None:
        ended = self._pass(
            self._config,
            self._store,
            sources=tuple(due),
            trigger="schedule",
            next_due=lambda *_: self._next_due(job, now),  # a turn between the look and the begin is not passed over,
            due_by=now,  # nor made here, where another daemon made the one before it: it would be planned again
            note=self._lateness(job, due, now),
        )
        self._work_after(ended, job.name)

    def _work_after(self, ended: Run, name: str) -> None:
        try:
            if self._after is not None:
                self._after(ended)
        except PressmarkError as error:  # such as an index that another process writes; the crawl itself is done
            event(log, "work after a run failed", level=logging.ERROR, job=name, run=ended.id, error=error)

    def _lateness(self, job: Job, sources: Mapping[str, datetime], now: datetime) -> str | None:
        """Why a run begins late, such as "due 02:30, ran 08:14: machine off"; None when it is in time."""
        due = min(sources.values())
        if now - due <= LATE:
            return None
        late = [source for source, at in sources.items() if now - at > LATE]
        whose = None if len(late) == len(sources) else first_of(late)
        zone = self._config.zone
        later = islice(job.cadence.upcoming(due, zone), MAX_MISSED)
        missed = 1 + sum(1 for _ in takewhile(lambda at: at <= now, later))
        return lateness(due.astimezone(zone), now.astimezone(zone), missed, off=self._started > due, whose=whose)
