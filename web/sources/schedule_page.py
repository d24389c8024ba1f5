"""When the crawler runs: the schedules, their next runs, and a run at once, on `/schedule` and `/schedule.json`."""

from datetime import datetime, timedelta, tzinfo
from itertools import islice
from typing import Any

from flask import Blueprint, jsonify, render_template
from werkzeug.wrappers import Response as Reply

from corpus.runs.planning import Job, due_times, jobs
from corpus.texts import text
from web.layout.paths import source_path
from web.layout.render import day, iso, minute, near, plural
from web.layout.services import current_services
from web.layout.who import Right, may, reads_in_full
from web.sources.crawls import row_of_run
from web.sources.requests_page import row_of, scheduler_is_alive

blueprint = Blueprint("schedule", __name__)

NEXT = 5  # runs of a schedule
LAST = 10  # runs that were made
NAMED = 20  # sources of a schedule
CLOCKS = 60  # days before a change of the clocks in which the page says so


@blueprint.get("/schedule")
def page() -> str:
    """Show the schedules with their next runs, whether a scheduler is alive, what waits, and the last runs."""
    services = current_services()
    alive = services.store.schedule.alive()
    waiting = [row for each in services.store.requests.open() if (row := row_of(each))["is_open"]]
    return render_template(
        "schedule.html",
        title=text("Schedule"),
        here="Crawls",
        canonical="/schedule",
        rows=[_row(job) for job in jobs(services.config)],
        never=len(services.config.sources) - sum(len(job.sources) for job in jobs(services.config)),
        alive=scheduler_is_alive(),
        last_alive=near(alive, services.now(), services.zone) if alive else None,
        clocks=_clocks(services.now(), services.zone),
        waiting=waiting if reads_in_full() else [],
        runs=[row_of_run(run) for run in services.store.runs.latest(LAST)],
        may_edit=may(Right.EDIT),
        contact=services.config.crawler.contact,
    )


@blueprint.get("/schedule.json")
def data() -> Reply:
    """Give the schedules with their next runs as data."""
    services = current_services()
    alive = services.store.schedule.alive()
    return jsonify(
        {
            "scheduler_alive": scheduler_is_alive(),
            "last_alive": iso(alive, services.zone) if alive else None,
            "jobs": [
                {
                    "name": job.name,
                    "schedule": str(job.cadence),
                    "sources": list(job.sources),
                    "next": [iso(at, services.zone) for at in _next(job)],
                }
                for job in jobs(services.config)
            ],
        }
    )


def _row(job: Job) -> dict[str, Any]:
    services = current_services()
    paused = services.store.schedule.paused()
    return {
        "name": job.name,
        "cadence": str(job.cadence),
        "count": plural(len(job.sources), "source"),
        "sources": [(name, source_path(name), name in paused) for name in job.sources[:NAMED]],
        "more": max(len(job.sources) - NAMED, 0),
        "all_paused": all(name in paused for name in job.sources),
        "next": [minute(at, services.zone) for at in _next(job)],
    }


def _next(job: Job) -> list[datetime]:
    """Return when the next runs are: the first one as the store has it, which may be over if nobody made it."""
    services = current_services()
    stored, paused = services.store.schedule.due(), services.store.schedule.paused()
    due = due_times(job, services.config, stored, services.now())
    first = min((at for name, at in due.items() if at is not None and name not in paused), default=None)
    if first is None:
        return []
    return [first, *islice(job.cadence.upcoming(max(first, services.now()), services.zone), NEXT - 1)]


def _clocks(now: datetime, zone: tzinfo) -> str | None:
    """Return the day on which the clocks change next; None: not soon."""
    before = now.astimezone(zone).utcoffset()
    for ahead in range(1, CLOCKS + 1):
        later = now + timedelta(days=ahead)
        if later.astimezone(zone).utcoffset() != before:
            return day(later, zone)
    return None
