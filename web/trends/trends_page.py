"""Up to five searches over time, `/trends`, and the same as CSV, SVG and JSON."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request
from werkzeug.exceptions import NotFound

from corpus.spreadsheets import guarded
from corpus.texts import joined, text, texts
from indexer.contract.facets import FACETS, FacetName
from indexer.contract.values import Dating, Interval
from indexer.query.describe import label
from web.languages import formats
from web.layout.notes import note_for_programs
from web.layout.other_machines import left_out
from web.layout.paths import choice_of
from web.layout.render import number, percent, typographic
from web.layout.services import current_services
from web.search.request import ask
from web.search.spans import coverage_url
from web.search.timeline import UNITS, WIDTHS
from web.trends.asking import LINES, MEANS, QUERY, Comparison, compare, counted_values
from web.trends.drawing import drawn, shown, standing_alone
from web.trends.series import Chart, Line, Point, chart_of

blueprint = Blueprint("trends", __name__)

ROWS = 40  # of the table, unless all are asked for
TOGETHER = 2  # lines in one picture; more stand under one another


@blueprint.get("/trends")
def page() -> str:
    """Show the comparison: a picture, and all its numbers in a table."""
    comparison = _compared()
    chart = _chart(comparison)
    services = current_services()
    return render_template(
        "trends.html",
        title=text("{searches}: trends", searches=_title(comparison)),
        here="Trends",
        noindex=True,
        canonical=comparison.url(),
        desk={"q": comparison.queries[0], "articles": services.totals().articles, "chips": (), "action": "/trends"},
        heading=_title(comparison),
        said=_said(comparison, chart),
        notes=_notes(comparison, chart),
        comparison=comparison,
        others=[*comparison.queries[1:], *([""] if len(comparison.queries) < 5 and comparison.line == QUERY else [])],
        kinds=[(each, FACETS[FacetName(each)].noun if each != QUERY else text("query")) for each in LINES],
        values=_values(comparison),
        carried=[pair for pair in comparison.state.pairs() if pair[0] not in ("q", "from", "to", comparison.line)],
        means=MEANS,
        share=comparison.state.share,
        chart=chart,
        pictures=_pictures(chart, comparison) if chart else (),
        keys=[_key(at if len(chart.lines) <= TOGETHER else 1, line) for at, line in enumerate(chart.lines, 1)]
        if chart
        else (),
        widths=list(_widths(comparison, chart)) if chart else (),
        coverage_url=coverage_url(ask(comparison.state.pairs()).query),
        missing=chart is not None and any(not each.covered for line in chart.lines for each in line.points),
        unfinished=chart is not None and any(not line.points[-1].over for line in chart.lines),
        rows=_rows(chart, comparison) if chart else (),
        all_url=comparison.url(rows="all") if chart and _is_cut(chart) else None,
        count=len(chart.lines[0].points) if chart else 0,
        files=[(ending.upper(), comparison.url(f"/trends.{ending}")) for ending in ("csv", "svg", "json")],
    )


@blueprint.get("/trends.csv")
def table() -> Response:
    """Give the numbers: a row a line and period."""
    return table_of(_compared())


def table_of(comparison: Comparison) -> Response:
    """Return the numbers of a comparison as CSV, a row a line and period."""
    chart = _chart(comparison)
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["period", "line", "articles", "of", "share", "mean", "data", "over"])
    for line in chart.lines if chart else ():
        for each in line.points:
            share = f"{each.count / each.of:.6f}" if each.of and each.covered else ""
            mean = "" if each.mean is None else f"{each.mean:.6g}"
            count = each.count if each.covered else ""
            name = guarded(line.name)
            rows.writerow([each.period, name, count, each.of, share, mean, _yes(each.covered), _yes(each.over)])
    response = Response(out.getvalue().encode("utf-8", "replace"), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="trends.csv"'
    return response


@blueprint.get("/trends.svg")
def picture() -> Response:
    """Return the chart as a file that names its searches, its dates and its corpus."""
    return picture_of(_compared())


def picture_of(comparison: Comparison) -> Response:
    """Return a comparison as SVG; NotFound where no dated article matches."""
    chart = _chart(comparison)
    if chart is None:
        raise NotFound(text("No article with a date matches."))
    services = current_services()
    made = f"{services.now().astimezone(services.zone):%Y-%m-%d}"
    count = services.totals().articles
    archive = texts("{n:,} article in the archive, {day}.", "{n:,} articles in the archive, {day}.", count, day=made)
    said = joined(" ", (_said(comparison, chart), archive))
    drawn_file = standing_alone(chart, _title(comparison), said, share=comparison.state.share)
    return Response(drawn_file.encode("utf-8", "replace"), mimetype="image/svg+xml")


@blueprint.get("/trends.json")
def data() -> Response:
    """Give the numbers as JSON; a period without data has null for its count."""
    return jsonify(record_of(_compared()))


def record_of(comparison: Comparison) -> dict[str, Any]:
    """Return the numbers of a comparison as JSON can hold them."""
    chart = _chart(comparison)
    lines = [
        {
            "name": line.name,
            "search": line.search.search.state.url(),
            "total": line.total,
            "undated": line.undated,
            "later": line.later,
            "points": [
                {
                    "period": each.period,
                    "count": each.count if each.covered else None,
                    "of": each.of,
                    "mean": each.mean,
                    "over": each.over,
                }
                for each in line.points
            ],
        }
        for line in (chart.lines if chart else ())
    ]
    measure = "share" if comparison.state.share else "count"
    interval = chart.interval.value if chart else None
    return {"interval": interval, "measure": measure, "lines": lines, "notes": [*_notes(comparison, chart)]}


def _compared() -> Comparison:
    return compare([*request.args.items(multi=True)])


def _chart(comparison: Comparison) -> Chart | None:
    chart = chart_of(comparison) if comparison.lines else None
    note_for_programs(_notes(comparison, chart))
    return chart


def _notes(comparison: Comparison, chart: Chart | None) -> tuple[str, ...]:
    """Return what was not understood, what was drawn otherwise, and which machines did not answer."""
    return (*comparison.notes, *(chart.notes if chart else ()), *left_out())


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def _title(comparison: Comparison) -> str:
    """Name the finding: what is counted, and by what it is told apart."""
    named = [_quoted(each) for each in comparison.queries]
    if comparison.line == QUERY:
        return joined(", ", named)
    spec, count = FACETS[FacetName(comparison.line)], len(comparison.lines)
    if count == 0:
        return text("{search} by {facet}", search=named[0], facet=spec.noun)
    return text("{search} in {values}", search=named[0], values=spec.counted(count))


def _quoted(query: str) -> str:
    if not query:
        return text("All articles")
    return typographic(query) if '"' in query else text("“{words}”", words=query)


def _said(comparison: Comparison, chart: Chart | None) -> str:
    if chart is None:
        return text("No article with a date matches.")
    points = chart.lines[0].points
    unit = UNITS[chart.interval]
    if comparison.state.share:
        what = text("Share of all articles in a {unit}", unit=unit)
    else:
        what = text("Articles a {unit}", unit=unit)
    return text(
        "{what}, {first} to {last}.",
        what=what,
        first=formats.period(points[0].period),
        last=formats.period(points[-1].period),
    )


def _pictures(chart: Chart, comparison: Comparison) -> list[tuple[str, Any]]:
    share = comparison.state.share
    if len(chart.lines) <= TOGETHER:
        return [("", drawn(chart, chart.lines, share=share, name="t"))]
    pictures = []
    for at, line in enumerate(chart.lines):
        behind = [each for each in chart.lines if each is not line]
        pictures.append((line.name, drawn(chart, [line], share=share, name=f"t{at}", behind=behind)))
    return pictures


def _key(at: int, line: Line) -> dict[str, Any]:
    state = line.search.search.state
    return {
        "kind": at,
        "name": line.name,
        "total": number(line.total),
        "url": state.url(),
        "undated": line.undated,
        "undated_url": state.but(since="", until="", dating=Dating.NONE).url(),
    }


def _widths(comparison: Comparison, chart: Chart) -> Iterator[tuple[str, str | None]]:
    for width in WIDTHS:
        yield UNITS[width], None if width is chart.interval else comparison.url(by=width.value)
    yield text("count"), comparison.url(y="") if comparison.state.share else None
    yield text("share"), None if comparison.state.share else comparison.url(y="share")


def _is_cut(chart: Chart) -> bool:
    return choice_of("rows", ("all",)) != "all" and len(chart.lines[0].points) > ROWS


def _rows(chart: Chart, comparison: Comparison) -> list[dict[str, Any]]:
    """Return the rows of the table, the newest period first, and the sum over all periods last."""
    count = len(chart.lines[0].points)
    first = count - ROWS if _is_cut(chart) else 0
    rows = []
    for at in range(count - 1, first - 1, -1):
        points = [line.points[at] for line in chart.lines]
        cells = [_cell(point, line, comparison) for point, line in zip(points, chart.lines, strict=True)]
        rows.append({"period": formats.period(points[0].period), "over": points[0].over, "cells": cells})
    sums = []
    for line in chart.lines:
        whole = sum(each.of for each in line.points)
        share = percent(line.total / whole) if whole else "–"
        sums.append({"count": number(line.total), "url": line.search.search.state.url(), "share": share, "mean": ""})
    return [*rows, {"period": text("all {n}", n=count), "over": True, "cells": sums, "is_sum": True}]


def _cell(point: Point, line: Line, comparison: Comparison) -> dict[str, Any]:
    if not point.covered:
        return {"count": text("no data"), "share": "", "mean": ""}
    state = line.search.search.state
    url = state._replace(since=point.period, until=point.period, interval=Interval.AUTO, share=False).url()
    return {
        "count": number(point.count),
        "url": url if point.count else None,
        "share": percent(point.count / point.of) if point.of else "–",
        "mean": shown(point.mean, share=comparison.state.share),
    }


def _values(comparison: Comparison) -> list[dict[str, Any]]:
    """Return the values of the facet that makes the lines, for their boxes."""
    if comparison.line == QUERY:
        return []
    facet = FacetName(comparison.line)
    chosen = comparison.state.chosen.get(facet, ())
    counts, names = counted_values(comparison.state, facet)
    values = [*chosen, *(each for each in counts if each not in chosen)]
    return [
        {
            "value": each,
            "name": label(facet, each, names),
            "count": number(counts.get(each, 0)),
            "chosen": each in chosen,
        }
        for each in values
    ]
