"""Counts of the API: the values of a facet, articles over time, and searches beside each other."""

from datetime import datetime

from flask import Response

from indexer.contract.facets import FacetName
from indexer.contract.values import Results, Sort
from indexer.query.describe import label
from indexer.query.parameters import INTERVAL
from indexer.query.serialise import unfielded
from indexer.results.present import cut_patterns
from web.api.archive_values import SearchWord, SearchWords
from web.api.operations import Call, operation
from web.api.parameters import CHARTS, CURSOR, LIMIT, LINE, MEAN, NARROWING, PAGES, SEARCH, SHARE, TEXTS
from web.api.pinned import Whole, part_of
from web.api.searching import request_of, state_of_search
from web.api.values import FacetPage, FacetValue, HistogramAnswer, Period, Trend, TrendLine, TrendPoint
from web.layout.other_machines import left_out
from web.layout.services import current_services
from web.search.facets import MOST
from web.trends.asking import Comparison, compare
from web.trends.trends_page import picture_of, record_of, table_of
from web.words.sampling import words_of
from web.words.words_page import record_of as words_record

COMPARING = (TEXTS, *NARROWING, INTERVAL, LINE, MEAN, SHARE)


@operation(
    "GET",
    "/facets/{facet}",
    "Counts",
    takes=(*SEARCH, *PAGES),
    gives=FacetPage,
    refuses=(404, 410),
    state=state_of_search,
)
def facet(call: Call) -> FacetPage:
    """Count the articles found by author, site, section, language, tag or dossier.

    At most 5,000 values of a facet are given, the most frequent; `distinct` says how many there are.
    """
    services = current_services()
    name = FacetName(call.path["facet"])

    def counted(now: datetime) -> Whole:
        query = request_of(call, now=now).query._replace(
            facets=(name,), facet_size=MOST, interval=None, suggests=False, per_page=1, page=1, sort=Sort.NEWEST,
        )  # fmt: skip
        results = services.search(query).results
        found = next((each for each in results.facets if each.name is name), None)
        names = services.labels(query, results)
        values = [
            FacetValue(key=each.value, name=label(name, each.value, names), articles=each.count)
            for each in (found.counts if found else ())
        ]
        return Whole(values, found.distinct if found else 0, results.position, tuple(_notes(results)))

    part = part_of(call.name_without(LIMIT, CURSOR), call.one(CURSOR), int(call.one(LIMIT)), counted)
    return FacetPage(
        facet=name.value,
        distinct=part.whole.total,
        position=part.whole.position,
        items=list(part.items),
        next=part.next,
        notes=[*request_of(call).notes, *part.whole.notes, *left_out()],
    )


@operation("GET", "/histogram", "Counts", takes=(*SEARCH, INTERVAL), gives=HistogramAnswer, state=state_of_search)
def histogram(call: Call) -> HistogramAnswer:
    """Count the articles found by period."""
    request = request_of(call)
    results = current_services().search(request.query._replace(facets=(), page=1, per_page=1)).results
    found = results.histogram
    return HistogramAnswer(
        total=results.total,
        position=results.position,
        interval=found.interval.value if found and found.bars else None,
        undated=found.undated if found else 0,
        periods=[Period(period=bar.period, articles=bar.count) for bar in (found.bars if found else ())],
        partial=results.partial,
        notes=[*request.notes, *_notes(results), *left_out()],
    )


@operation("GET", "/trend", "Counts", takes=COMPARING, gives=Trend)
def trend(call: Call) -> Trend:
    """Compare up to five searches, or one by the values of a facet, over the same periods."""
    record = record_of(_compared(call))
    lines = [
        TrendLine(**{**line, "points": [TrendPoint(**point) for point in line["points"]]}) for line in record["lines"]
    ]
    return Trend(**{**record, "lines": lines})


@operation("GET", "/trend/exports/{chart}", "Counts", takes=COMPARING, refuses=(404,), media=sorted(CHARTS.values()))
def trend_export(call: Call) -> Response:
    """Give a trend as a file: `csv`, a row a line and period, or `svg`, one picture that says what it shows."""
    return (table_of if call.path["chart"] == "csv" else picture_of)(_compared(call))


@operation("GET", "/words", "Counts", takes=SEARCH, gives=SearchWords)
def words(call: Call) -> SearchWords:
    """Say what the articles of a search say more often than the others: words, phrases and names."""
    request = request_of(call)
    record = words_record(words_of(request))
    terms = [SearchWord(**each) for each in record["terms"]]
    return SearchWords(**{**record, "terms": terms, "notes": [*request.notes, *left_out()]})


def _compared(call: Call) -> Comparison:
    """Read the parameters of a trend: the address of its page calls the measure `y`."""
    return compare([("y" if name == SHARE.name else name, value) for name, value in call.pairs])


def _notes(results: Results) -> list[str]:
    partial = ["the time limit cut the work short: counts are lower bounds"] if results.partial else []
    return [*partial, *cut_patterns(dict.fromkeys(map(unfielded, results.bounded)))]
