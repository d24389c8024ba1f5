"""When the crawler runs: the schedules, their next runs, and a run at once, on `/schedule` and `/schedule.json`."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from itertools import islice
from typing import Any

from flask import Blueprint, jsonify, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Reply

from corpus.runs.planning import Job, due_times, jobs
from corpus.store import ArticleStore
from corpus.texts import text, texts
from web.layout.changes import change, done
from web.layout.paths import source_path
from web.layout.problems import NotAllowed
from web.layout.render import day, iso, minute, near, plural
from web.layout.services import current_services
from web.layout.who import Right, may, reads_in_full
from web.sources.cadence_words import said_cadence
from web.sources.crawls import row_of_run
from web.sources.requests_page import row_of
from web.sources.wanting import scheduler_is_alive

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
            "jobs": records(),
        }
    )


def records() -> list[dict[str, Any]]:
    """Return the schedules as JSON can hold them, each with all its sources and its next runs."""
    services = current_services()
    paused = services.store.schedule.paused()
    return [
        {
            "name": job.name,
            "schedule": str(job.cadence),
            "sources": list(job.sources),
            "paused": [name for name in job.sources if name in paused],
            "next": [iso(at, services.zone) for at in _next(job)],
        }
        for job in jobs(services.config)
    ]


@change(blueprint, "/schedule", Right.EDIT)
def pause() -> Reply:
    """Pause all sources of a schedule, or let all of them go on; a source that comes to it later is not paused."""
    services, do, name = current_services(), request.form.get("do", ""), request.form.get("name", "")
    job = next((each for each in jobs(services.config) if each.name == name), None)
    if job is None:
        raise NotFound
    if do not in ("pause", "resume"):
        raise NotAllowed(text("The form does not say what is wanted."))
    paused = services.store.schedule.paused()
    names = [each for each in job.sources if (each in paused) == (do == "resume")]
    if not names:
        raise NotAllowed(text("The sources of this schedule are so already; nothing was changed."))
    _set_paused(services.store, names, services.now() if do == "pause" else None)
    if do == "pause":
        words = texts(
            "{n:,} source is paused: no crawl asks it.", "{n:,} sources are paused: no crawl asks them.", len(names)
        )
        return done(words, {"kind": "schedule paused", "names": names}, "/schedule")
    words = texts("{n:,} source is crawled again.", "{n:,} sources are crawled again.", len(names))
    return done(words, {"kind": "schedule resumed", "names": names}, "/schedule")


def undo_pause(store: ArticleStore, was: dict[str, Any], _: datetime) -> None:
    """Let the sources go on that were paused; those that were paused before stay so."""
    _set_paused(store, was["names"], None)


def undo_resume(store: ArticleStore, was: dict[str, Any], now: datetime) -> None:
    """Pause the sources again that went on."""
    _set_paused(store, was["names"], now)


def _set_paused(store: ArticleStore, names: Sequence[str], since: datetime | None) -> None:
    with store.audit.writing():
        for name in names:
            store.sources.pause(name, since)


def _row(job: Job) -> dict[str, Any]:
    services = current_services()
    paused = services.store.schedule.paused()
    return {
        "name": job.name,
        "cadence": said_cadence(job.cadence),
        "written": job.cadence.text,
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
