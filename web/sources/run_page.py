"""One run of the crawler -> its receipt as a page and as JSON: `/crawls/N`, `/crawls/N.json`."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, jsonify, render_template
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from corpus.health.values import HealthState
from corpus.model import Outcome, Run
from corpus.reasons import consequence
from corpus.runs.words import trigger_word
from corpus.texts import joined, text, texts
from web.languages import formats
from web.layout.health_words import OUTCOME_WORDS, in_a_line
from web.layout.paths import source_path
from web.layout.render import iso, number, size
from web.layout.services import current_services
from web.sources.crawls import shown
from web.sources.reason_words import explained
from web.sources.receipt_rows import length_of, receipt_rows
from web.sources.run_record import SourceResult, record_of, results_of
from web.sources.run_visits import visits_path

blueprint = Blueprint("run", __name__)

NUMBER = f"int(min=1, max={2**63 - 1})"  # a larger one is no number of a row in SQLite
BESIDE = 8  # runs in the side column
ROWS = 300  # of a table; 5,000 sources would be a page of megabytes
EXAMPLES = 2  # addresses of a reason

MEANING = {
    Outcome.NEW: text("articles that the store did not have"),
    Outcome.CHANGED: text("articles with a new text, author or date"),
    Outcome.UNCHANGED: text("articles and lists that are as they were"),
    Outcome.READ: text("feeds, sitemaps and section pages"),
    Outcome.NOT_ARTICLE: text("pages that are no story"),
    Outcome.REDIRECTED: text("addresses of a story that has another"),
    Outcome.WITHDRAWN: text("articles that their site took away"),
    Outcome.REFUSED: text("addresses that a rule keeps us from"),
    Outcome.FAILED: text("addresses that could not be read"),
}
LOST = (Outcome.REFUSED, Outcome.FAILED)
SHOWN = (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.NOT_ARTICLE, Outcome.WITHDRAWN, *LOST)  # by source


@blueprint.get(f"/crawls/<{NUMBER}:run>.json")
def as_json(run: int) -> Response:
    """Give the receipt as `pressmark runs N --json` prints it."""
    return jsonify(record_of(current_services().store, _run(run)))


@blueprint.get(f"/crawls/<{NUMBER}:run>")
def page(run: int) -> str:
    """Show what one run brought, lost and left out, and how long it took."""
    services, found = current_services(), _run(run)
    results = results_of(services.store, found)
    outcomes = _outcomes(results)
    lost, sources = _lost(results, found.id), [_source(result, found.id) for result in results]
    troubled = _troubled(results)
    return render_template(
        "run.html",
        title=text("Crawl {n}", n=found.id),
        here="Crawls",
        run=found,
        running=found.status == "running",
        state=found.status,
        trigger=trigger_word(found.trigger),
        heading=_heading(found.started),
        new=outcomes[Outcome.NEW],
        took=_in_words(found.ended - found.started) if found.ended else None,
        brought=sum(1 for result in results if result.receipt.of(Outcome.NEW)),
        outcomes=[
            (OUTCOME_WORDS[name], visits_path(found.id, outcome=name), outcomes[name], MEANING[name])
            for name in MEANING
            if outcomes[name]
        ],
        visits=outcomes.total(),
        left_out=_left_out(results),
        left_out_all=sum(result.times_left_out for result in results),
        lost=lost[:ROWS],
        lost_more=len(lost) - ROWS,
        lost_all=sum(row["visits"] for row in lost),
        facts=receipt_rows(found, results),
        troubled=troubled[:ROWS],
        troubled_more=len(troubled) - ROWS,
        sources=sources[:ROWS],
        sources_more=len(sources) - ROWS,
        sources_all=len(sources),
        beside=[_beside(each, found) for each in services.store.runs.latest(BESIDE)],
    )


def _run(number_: int) -> Run:
    found = current_services().store.runs.run(number_)
    if found is None:
        raise NotFound(text("No crawl here has the number {n}.", n=number_))
    return shown(found)


def _outcomes(results: Iterable[SourceResult]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for result in results:
        counts.update({outcome: sum(reasons.values()) for outcome, reasons in result.receipt.counts.items()})
    return counts


def _left_out(results: Iterable[SourceResult]) -> list[dict[str, Any]]:
    """Return a row for each reason, the most first, with what the reason means and a few addresses."""
    times: Counter[str] = Counter()
    examples: dict[str, list[str]] = {}
    for result in results:
        for reason, (count, addresses) in result.left_out.items():
            times[reason] += count
            examples.setdefault(reason, []).extend(addresses[:EXAMPLES])
    return [
        {"reason": reason, "says": consequence(reason).says, "count": count, "examples": examples[reason][:EXAMPLES]}
        for reason, count in times.most_common()
    ]


def _lost(results: Iterable[SourceResult], run: int) -> list[dict[str, Any]]:
    """Return a row for each source and reason of what was refused or failed, the most first."""
    rows = [
        {
            "source": result.receipt.source,
            "url": source_path(result.receipt.source),
            "outcome": OUTCOME_WORDS[outcome],
            "reason": reason,
            "says": explained(reason) if reason else OUTCOME_WORDS[outcome],
            "visits": count,
            "visits_url": visits_path(run, outcome=outcome, source=result.receipt.source, reason=reason or None),
        }
        for result in results
        for outcome in LOST
        for reason, count in result.receipt.counts.get(outcome, {}).items()
    ]
    return sorted(rows, key=lambda row: (-row["visits"], row["source"], row["reason"]))


def _troubled(results: Iterable[SourceResult]) -> list[dict[str, str]]:
    """Return a line for each source of the run that is followed and has a trouble now."""
    services = current_services()
    health = services.store.health.of_followed({source.name for source in services.config.sources})
    found = [health[result.receipt.source] for result in results if result.receipt.source in health]
    return [
        {"name": each.source, "url": source_path(each.source), "said": in_a_line(each, services.zone)}
        for each in found
        if each.state is not HealthState.OK
    ]


def _source(result: SourceResult, run: int) -> dict[str, Any]:
    receipt = result.receipt
    counts = {name: receipt.of(name) for name in SHOWN}
    return {
        "name": receipt.source,
        "url": source_path(receipt.source),
        "state": result.state,
        "counts": {
            **{
                OUTCOME_WORDS[name]: _linked(count, visits_path(run, outcome=name, source=receipt.source))
                for name, count in counts.items()
            },
            text("copies"): "" if result.copies is None else number(result.copies),
            text("left out"): number(result.times_left_out),
            text("read"): size(receipt.bytes),
            text("waited"): "" if receipt.visits_alone else length_of(receipt.waiting),
            text("took"): length_of(receipt.took),
            text("left"): "" if receipt.visits_alone else number(receipt.left),
        },
    }


def _linked(count: int, url: str) -> str:
    """Return a count as a link to what it counts; 0 counts nothing."""
    return Markup('<a href="{}">{}</a>').format(url, number(count)) if count else "0"


def _beside(run: Run, shown: Run) -> dict[str, Any]:
    services = current_services()
    new = sum(counts.get("new", 0) for counts in run.counts.values())
    local = run.started.astimezone(services.zone)
    said = joined(", ", (formats.day_of_year(local), formats.clock(local)))
    return {"id": run.id, "said": said, "iso": iso(run.started, services.zone), "new": new, "here": run.id == shown.id}


def _heading(started: datetime) -> str:
    local = started.astimezone(current_services().zone)
    return text("Crawl of {day}, {time}", day=formats.full_day(local), time=formats.clock(local))


def _in_words(length: timedelta) -> str:
    """Return "1 hour 16 minutes 12 seconds", without the parts that are 0."""
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = (
        (hours, texts("{n:,} hour", "{n:,} hours", hours)),
        (minutes, texts("{n:,} minute", "{n:,} minutes", minutes)),
        (seconds, texts("{n:,} second", "{n:,} seconds", seconds)),
    )
    return joined(" ", [said for count, said in parts if count]) or text("less than a second")
