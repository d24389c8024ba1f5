"""A batch of searches, `/batch`: a list of queries in, their counts by period and source out; as CSV and JSON, too."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from time import monotonic
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as Reply

from corpus.texts import text, texts
from indexer.contract.facet_values import site_key
from indexer.contract.facets import FacetName
from indexer.contract.values import Interval, Query, Results
from indexer.query.parameters import SINCE, UNTIL, not_understood, one_of
from web.batch.counting import COLUMNS, INTERVALS, Counted, counted, csv_lines, record_of, rows_of
from web.batch.reading import Line, read_list
from web.languages import formats
from web.layout.changes import change, may_change
from web.layout.notes import note_for_programs
from web.layout.other_machines import left_out
from web.layout.problems import NotAllowed
from web.layout.services import current_services
from web.layout.state import address
from web.search.request import ask
from web.search.slow_pages import turn_for_slow_page

blueprint = Blueprint("batch", __name__)

LIST = "list"
MOST_QUERIES = 100  # of one page; `pressmark batch` has no bound
MOST_CHARACTERS = 8000  # of a list: it is a part of the address
_MOST_BYTES = 4 * MOST_CHARACTERS  # a file with more has more characters, in UTF-8 and UTF-16
MOST_SECONDS = 20.0  # for all searches of one page; the rest of the list is not counted, and that is said
PERIODS = 30  # columns of the table, the latest; the CSV has all
SOURCES = 15


@dataclass(frozen=True, slots=True)
class Batch:
    """A list of searches, counted.

    Attributes:
        typed: The list as given.
        shared: Parameters that hold for all.
        notes: What was not read, not understood or not counted.
    """

    typed: str
    interval: Interval
    shared: tuple[tuple[str, str], ...]
    searches: tuple[Counted, ...]
    notes: tuple[str, ...]


@blueprint.get("/batch")
def page() -> str:
    """Show the form, and the counts of what it asks for."""
    batch = batch_of(request.args)
    values = dict(batch.shared)
    periods = sorted({cell.value for each in batch.searches for cell in each.periods}, key=_in_time)
    sums = Counter(_sums(batch.searches))
    sources = [key for key, _ in sums.most_common(SOURCES)]
    named = {cell.value: cell.shown for each in batch.searches for cell in each.sources}
    return render_template(
        "batch.html",
        title=text("A batch of searches"),
        here="Search",
        noindex=True,
        typed=batch.typed,
        since=values.get(SINCE.name, ""),
        until=values.get(UNTIL.name, ""),
        intervals=[(each.value, each is batch.interval) for each in INTERVALS],
        notes=(*batch.notes, *left_out()),
        searches=batch.searches,
        periods=[(str(each), formats.period(str(each))) for each in periods[-PERIODS:]],
        cut_periods=max(0, len(periods) - PERIODS),
        sources=[(key, named[key]) for key in sources],
        cut_sources=max(0, len(sums) - SOURCES),
        by_period=[{cell.value: cell for cell in each.periods} for each in batch.searches],
        by_source=[{cell.value: cell for cell in each.sources} for each in batch.searches],
        files=[(ending.upper(), _again(batch, f"/batch.{ending}")) for ending in ("csv", "json")],
        most=MOST_QUERIES,
        may_send=may_change(),
    )


@blueprint.get("/batch.csv")
def table() -> Response:
    """Give the counts: a row for all articles of a search, for each period and for each source."""
    batch = batch_of(request.args)
    note_for_programs((*batch.notes, *left_out()))
    rows = chain.from_iterable(map(rows_of, batch.searches))
    lines = "".join(csv_lines(chain([COLUMNS], rows)))
    response = Response(lines.encode("utf-8", "replace"), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="batch.csv"'
    return response


@blueprint.get("/batch.json")
def data() -> Response:
    """Give the counts as JSON."""
    batch = batch_of(request.args)
    note_for_programs(batch.notes)
    return jsonify(as_json(batch))


def as_json(batch: Batch) -> dict[str, Any]:
    """Return the counts of a batch as JSON can hold them."""
    return {
        "interval": batch.interval.value,
        "searches": [record_of(each) for each in batch.searches],
        "notes": [*batch.notes, *left_out()],
    }


@change(blueprint, "/batch")
def send() -> Reply:
    """Take a file with a list, and lead to the address that holds it."""
    file = request.files.get("file")
    content = file.read(_MOST_BYTES + 1) if file else b""
    sent = _decoded(content) if len(content) <= _MOST_BYTES else None
    if sent is not None and not sent.strip():
        raise NotAllowed(text("The file is empty: a list of queries was expected, or a CSV with a column “query”."))
    if sent is None or len(sent) > MOST_CHARACTERS:
        longer = text(
            "The list has more than {most:,} characters: {command} counts lists of any length.",
            most=MOST_CHARACTERS,
            command="pressmark batch",
        )
        raise NotAllowed(longer)
    pairs = [
        (LIST, sent),
        *((name, value) for name in ("by", SINCE.name, UNTIL.name) if (value := request.form.get(name))),
    ]
    return redirect(address("/batch", pairs), 303)


def _decoded(content: bytes) -> str:
    """Return the text of a file as spreadsheets and editors write it: UTF-8, or UTF-16 with a byte-order mark."""
    try:
        return content.decode("utf-16" if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig")
    except UnicodeDecodeError as error:
        said = text("The file is not UTF-8: save the list as UTF-8 (in a spreadsheet: “CSV UTF-8”), and send it again.")
        raise NotAllowed(said) from error


def batch_of(given: Mapping[str, str]) -> Batch:
    """Count the searches of a batch, given by the parameters of its address.

    Raises:
        NotReady: It is not its turn.
    """
    typed = given.get(LIST, "")
    by = given.get("by", "")
    interval = next((each for each in INTERVALS if each == by), Interval.YEAR)
    shared = tuple((name, value) for name in (SINCE.name, UNTIL.name) if (value := given.get(name, "").strip()))
    listed = read_list(typed[:MOST_CHARACTERS])
    notes: list[str] = [*listed.notes, *ask(shared).notes]
    if by.strip() and by not in INTERVALS:
        notes.append(not_understood("by", by, one_of(each.value for each in INTERVALS)))
    if len(typed) > MOST_CHARACTERS:
        notes.append(text("only the first {n:,} characters of the list were read", n=MOST_CHARACTERS))
    if len(listed.lines) > MOST_QUERIES:
        most, every = MOST_QUERIES, len(listed.lines)
        notes.append(text("only the first {most:,} of {every:,} searches were counted", most=most, every=every))
    if not listed.lines:
        return Batch(typed, interval, shared, (), tuple(notes))
    with turn_for_slow_page():
        searches = _counted(listed.lines[:MOST_QUERIES], shared, interval)
    late = min(len(listed.lines), MOST_QUERIES) - len(searches)
    if late:
        said = texts(
            "the time was up: the last search was not counted",
            "the time was up: the last {n:,} searches were not counted",
            late,
        )
        notes.append(said)
    return Batch(typed, interval, shared, searches, tuple(notes))


def _counted(lines: Sequence[Line], shared: Sequence[tuple[str, str]], interval: Interval) -> tuple[Counted, ...]:
    services = current_services()
    names = {(FacetName.SITE, site_key(each.name)): each.name for each in services.config.sources}
    ends = monotonic() + MOST_SECONDS

    def answer(query: Query) -> Results:
        return services.search(query).results

    made = []
    for line in lines:
        if monotonic() > ends:
            break
        made.append(counted(line, shared, interval, ask, answer, names))
    return tuple(made)


def _sums(searches: Iterable[Counted]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for each in searches:
        for cell in each.sources:
            sums[cell.value] += cell.count
    return sums


def _in_time(period: str) -> tuple[int, str]:
    year = period.partition("-")[0]
    return int(year) if year.isdigit() else 0, period


def _again(batch: Batch, path: str) -> str:
    by = [("by", batch.interval.value)] if batch.interval is not Interval.YEAR else []
    return address(path, [(LIST, batch.typed), *by, *batch.shared])
