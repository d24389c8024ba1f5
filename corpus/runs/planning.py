"""The schedules of config, and when sources are due -> the jobs, and the runs to come."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice

from corpus.config import Config
from corpus.schedules.cadence import Cadence


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
    """Return a job `crawl` for the sources that follow [schedule], and a job for each other schedule but "never"."""
    found: dict[str, Job] = {}
    for source in config.sources:
        cadence = source.schedule or config.schedule.crawl
        name = "crawl" if source.schedule is None else f"crawl:{cadence}"
        before = found.get(name)
        found[name] = Job(name, (*(before.sources if before else ()), source.name), cadence)
    return tuple(job for job in found.values() if not job.cadence.never)


def next_runs(config: Config, stored: Mapping[str, datetime], n: int = 5, *, now: datetime) -> list[Planned]:
    """Return the next `n` runs over all jobs, a missed one first.

    Args:
        stored: Source -> when it is due, as the store has it.
    """
    return list(islice(merge(*(_upcoming(job, config, stored, now) for job in jobs(config))), n))


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
    """Return source -> when it is due: as the store has it, unless the schedule was changed since, or the clock."""
    following = job.cadence.next(now, config.zone)
    known = {at for source in job.sources if (at := stored.get(source)) is not None}
    of_cadence = {at for at in known if job.cadence.next(at - timedelta(seconds=1), config.zone) == at}
    right = {at for at in of_cadence if following is None or at <= following}  # later: a clock was ahead
    return {source: at if (at := stored.get(source)) in right else following for source in job.sources}
