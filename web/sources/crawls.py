"""The crawler's runs, and when it runs next: `/crawls`."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, render_template

from corpus.model import Run
from corpus.reasons import in_words, word_of
from corpus.runs.clock import took
from corpus.runs.words import trigger_word
from corpus.store import LoggedVisit
from corpus.texts import text
from web.languages import formats
from web.layout.health_words import OUTCOME_WORDS
from web.layout.render import clock, day, minute, near, size
from web.layout.services import current_services
from web.layout.who import reads_in_full
from web.sources.cadence_words import said_cadence
from web.sources.reason_words import explained

blueprint = Blueprint("crawls", __name__)

RUNS = 50
VISITS = 30


@blueprint.get("/crawls")
def page() -> str:
    """List the latest runs and the latest visits."""
    services = current_services()
    return render_template(
        "crawls.html",
        title=text("Crawls"),
        here="Crawls",
        next=_next(),
        rows=[row_of_run(run) for run in services.store.runs.latest(RUNS)],
        listed=services.store.runs.count(),
        visits=[_visit(each) for each in services.store.journal.visits(limit=VISITS)],
    )


def _next() -> str:
    services = current_services()
    cadence = services.config.schedule.crawl
    due = cadence.next(services.now(), services.zone)
    if due is None:
        return text("no crawl is scheduled")
    local = due.astimezone(services.zone)
    return text(
        "{schedule}; next due {weekday} {day} {time}, {zone}",
        schedule=said_cadence(cadence),
        weekday=formats.weekday(local),
        day=day(due, services.zone),
        time=f"{local:%H:%M}",
        zone=str(services.zone),
    )


def row_of_run(run: Run) -> dict[str, Any]:
    """Return what a list shows of a run."""
    services = current_services()
    counts: dict[str, int] = {}
    for each in run.counts.values():
        for outcome, count in each.items():
            counts[outcome] = counts.get(outcome, 0) + count
    return {
        "url": f"/crawls/{run.id}",
        "started": minute(run.started, services.zone),
        "state": run.status,
        "took": _took(run),
        "new": counts.get("new", 0),
        "changed": counts.get("changed", 0),
        "unchanged": counts.get("unchanged", 0),
        "refused": counts.get("refused", 0),
        "failed": counts.get("failed", 0),
        "size": size(run.bytes),
        "note": in_words(note)
        if (note := shown(run).note)
        else ("" if run.trigger == "manual" else trigger_word(run.trigger)),
    }


def shown(run: Run) -> Run:
    """Return a run as its reader may see it: a note may name files of this machine, which is nothing for strangers."""
    return run if reads_in_full() else replace(run, note=None)


def _took(run: Run) -> str:
    length = took(run)
    if length is None:
        return ""
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"


def _visit(visit: LoggedVisit) -> dict[str, Any]:
    services = current_services()
    today = near(visit.at, services.now(), services.zone)
    return {
        "at": today if ":" in today else f"{today} {clock(visit.at, services.zone)}",
        "source": visit.source,
        "outcome": OUTCOME_WORDS[visit.outcome],
        "url": visit.url,
        "reason": explained(visit.reason if reads_in_full() else word_of(visit.reason)) if visit.reason else "",
    }
