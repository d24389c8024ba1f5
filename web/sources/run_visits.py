"""One run of the crawler -> its visits, one by one: `/crawls/N/visits` and `/crawls/N.csv`."""

import csv
import io
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import NotFound

from corpus.model import Outcome
from corpus.reasons import word_of
from corpus.spreadsheets import guarded
from corpus.store import LoggedVisit
from corpus.texts import text
from indexer.query.parameters import whole_number
from web.layout.health_words import OUTCOME_WORDS
from web.layout.paths import note_parameter, source_path
from web.layout.render import iso, minute, size
from web.layout.replies import say_whole
from web.layout.services import current_services
from web.layout.who import reads_in_full
from web.sources.reason_words import explained

blueprint = Blueprint("run_visits", __name__)

NUMBER = f"int(min=1, max={2**63 - 1})"
SHOWN = 200  # on a page
ROWS = 50_000  # of one CSV file, about 8 MB; the next one is linked
COLUMNS = ("at", "source", "url", "outcome", "reason", "status", "bytes", "seconds", "final_url")


def visits_path(run: int, *, outcome: str, source: str | None = None, reason: str | None = None) -> str:
    """Return the address of the visits of a run that a count counts."""
    given = {"outcome": outcome, "source": source, "reason": reason}
    return f"/crawls/{run}/visits?{urlencode({name: value for name, value in given.items() if value})}"


@blueprint.get(f"/crawls/<{NUMBER}:run>/visits")
def page(run: int) -> str:
    """List the visits of a run that ended in an outcome, of one source or for one reason where these are given."""
    services, chosen = current_services(), _chosen()
    if services.store.runs.run(run) is None:
        raise NotFound(text("No crawl here has the number {n}.", n=run))
    total = services.store.journal.count_of_run(run, **chosen)
    found = services.store.journal.of_run(run, after=_after(), limit=SHOWN, **chosen)
    more = _more(found, SHOWN)
    return render_template(
        "run_visits.html",
        title=text("Visits of crawl {n}", n=run),
        here="Crawls",
        noindex=True,
        run=run,
        total=total,
        chosen={name: _named(name, value) for name, value in chosen.items() if value},
        rows=[_row(visit) for _, visit in found],
        csv_url=f"/crawls/{run}.csv?{urlencode({name: value for name, value in chosen.items() if value})}",
        more_url=f"/crawls/{run}/visits?{_query(chosen, more)}" if more else None,
    )


@blueprint.get(f"/crawls/<{NUMBER}:run>.csv")
def as_csv(run: int) -> Response:
    """Give a row for each visit, oldest first; where there are more than ROWS, `Link: rel=next` leads to the rest."""
    services, chosen = current_services(), _chosen()
    if services.store.runs.run(run) is None:
        raise NotFound
    found = services.store.journal.of_run(run, after=_after(), limit=ROWS, **chosen)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_cells(visit) for _, visit in found)
    response = Response(text.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="crawl-{run}.csv"'
    more = _more(found, ROWS)
    say_whole(response, is_whole=not more)
    if more:
        response.headers["Link"] = f'</crawls/{run}.csv?{_query(chosen, more)}>; rel="next"'
    return response


def _chosen() -> dict[str, str | None]:
    given = request.args
    outcome = given.get("outcome")
    if outcome is not None and outcome not in list(Outcome):
        raise NotFound
    return {"outcome": outcome, "source": given.get("source"), "reason": given.get("reason")}


def _named(name: str, value: str) -> str:
    """Return what visits are chosen by, in words."""
    if name == "reason":
        return explained(value)
    return OUTCOME_WORDS[value] if name == "outcome" else value


def _after() -> int:
    typed = request.args.get("after", "").strip()
    after = whole_number(typed or "0")
    if after is None:
        note_parameter("after", typed, text("the number of a visit, as the link to later ones has it"))
    return after or 0


def _more(found: list[tuple[int, LoggedVisit]], limit: int) -> int | None:
    """Return the number of the last visit when there may be more."""
    return found[-1][0] if len(found) == limit else None


def _query(chosen: dict[str, str | None], after: int | None) -> str:
    return urlencode({name: value for name, value in {**chosen, "after": after}.items() if value})


def _row(visit: LoggedVisit) -> dict[str, Any]:
    zone = current_services().zone
    return {
        "at": minute(visit.at, zone),
        "iso": iso(visit.at, zone),
        "source": visit.source,
        "source_url": source_path(visit.source),
        "url": visit.url,
        "outcome": OUTCOME_WORDS[visit.outcome],
        "says": explained(visit.reason if reads_in_full() else word_of(visit.reason)) if visit.reason else "",
        "size": size(visit.bytes),
    }


def _cells(visit: LoggedVisit) -> list[str]:
    return [
        visit.at.isoformat(),
        guarded(visit.source),
        guarded(visit.url),
        visit.outcome.value,
        guarded(visit.reason or "" if reads_in_full() else (visit.reason or "").partition(":")[0]),
        "" if visit.status is None else str(visit.status),
        str(visit.bytes),
        f"{visit.took.total_seconds():.3f}",
        guarded(visit.final_url or "" if reads_in_full() else ""),
    ]
