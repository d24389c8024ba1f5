"""The searches of a batch -> how many articles each finds, in all, by period and by source."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.spreadsheets import guarded
from indexer.contract.facets import FacetName
from indexer.contract.values import And, Bar, Dating, Interval, Query, Results, Sort
from indexer.query.describe import Labels, describe, label
from indexer.query.serialise import side_by_side
from web.batch.reading import Line
from web.layout.state import State
from web.search.request import SearchRequest

COLUMNS = ("name", "query", "read_as", "by", "value", "articles", "at_least", "search", "notes")
INTERVALS = (Interval.YEAR, Interval.QUARTER, Interval.MONTH, Interval.WEEK, Interval.DAY)
SOURCES = 200  # of one search, those with the most articles

Understand = Callable[[Iterable[tuple[str, str]]], SearchRequest]
Answer = Callable[[Query], Results]


@dataclass(frozen=True, slots=True)
class Cell:
    """A count. `value` is a period as a query writes it, or the key of a source; `url` the search it counts."""

    value: str
    shown: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Counted:
    """One search of a batch, counted.

    Attributes:
        total: Of all its articles.
        periods: In order; those without an article are left out.
        undated: Articles in none of the periods.
        sources: The one with the most articles first.
        is_partial: The counts are lower bounds: the time of the search was up.
        notes: What of the search was not understood.
    """

    name: str
    query: str
    read_as: str
    total: Cell
    periods: tuple[Cell, ...]
    undated: Cell | None
    sources: tuple[Cell, ...]
    is_partial: bool
    notes: tuple[str, ...]


def counted(
    line: Line,
    shared: Sequence[tuple[str, str]],
    interval: Interval,
    understand: Understand,
    answer: Answer,
    names: Labels,
    *,
    root: str = "",
) -> Counted:
    """Return the counts of one search of a batch.

    Args:
        shared: Parameters that hold for all searches of the batch; those of the line come first.
        names: (facet, key) -> the name to show of a source.
        root: Stands before the address of each search.
    """
    own = {name for name, _ in line.pairs}
    search = understand([*line.pairs, *(pair for pair in shared if pair[0] not in own)])
    results = answer(_whole(search.query, interval))
    state = search.state.but(sort=None, per_page=None)
    bars = results.histogram.bars if results.histogram else ()
    undated = results.histogram.undated if results.histogram else 0
    sites = next((each.counts for each in results.facets if each.name is FacetName.SITE), ())
    return Counted(
        name=line.name,
        query=search.typed.q,
        read_as=describe(search.query, names),
        total=Cell("", "", results.total, root + state.url()),
        periods=tuple(_periods(search, state, bars, root)),
        undated=_undated(search, state, undated, root),
        sources=tuple(
            Cell(each.value, label(FacetName.SITE, each.value, names), each.count, root + _of(state, each.value))
            for each in sites
            if each.count
        ),
        is_partial=results.partial,
        notes=search.notes,
    )


def rows_of(found: Counted) -> Iterator[list[object]]:
    """Yield the rows of COLUMNS: the total, then each period, then each source."""
    head = [guarded(found.name), guarded(found.query), guarded(found.read_as)]
    tail = "yes" if found.is_partial else "no"
    notes = guarded("; ".join(found.notes))
    cells = [("all", found.total), *(("period", each) for each in found.periods)]
    if found.undated:
        cells.append(("undated", found.undated))
    for by, cell in (*cells, *(("source", each) for each in found.sources)):
        yield [*head, by, guarded(cell.shown), cell.count, tail, cell.url, notes]


def record_of(each: Counted) -> dict[str, Any]:
    """Return a counted search as JSON can hold it."""

    def cell(one: Cell | None) -> dict[str, Any] | None:
        return None if one is None else {"articles": one.count, "search": one.url}

    return {
        "name": each.name,
        "query": each.query,
        "read_as": each.read_as,
        **(cell(each.total) or {}),
        "partial": each.is_partial,
        "periods": [{"period": one.value, "articles": one.count, "search": one.url} for one in each.periods],
        "undated": cell(each.undated),
        "sources": [
            {"source": one.shown, "key": one.value, "articles": one.count, "search": one.url} for one in each.sources
        ],
        "notes": list(each.notes),
    }


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield rows as lines of CSV."""
    for row in rows:
        out = io.StringIO()
        csv.writer(out).writerow(row)
        yield out.getvalue()


def _whole(query: Query, interval: Interval) -> Query:
    """Return the query that counts: sources under every filter, that of sources too."""
    sites = tuple(one for one in query.filters if one.facet is FacetName.SITE)
    parts = (*side_by_side(query.clause), *sites)
    return query._replace(clause=And(parts) if sites else query.clause,
        filters=tuple(one for one in query.filters if one.facet is not FacetName.SITE),
        facets=(FacetName.SITE,), facet_size=SOURCES, interval=interval,
        page=1, per_page=1, sort=Sort.NEWEST, folded=False, suggests=False,
    )  # fmt: skip


def _periods(search: SearchRequest, state: State, bars: Sequence[Bar], root: str) -> Iterator[Cell]:
    """Yield the bars with articles; of one that the range of the search cuts, the link keeps the range."""
    since, until = search.query.since, search.query.until
    for at, bar in enumerate(bars):
        if bar.count:
            first = state.since if since and since.start > bar.start else bar.period
            is_cut = until and (at + 1 == len(bars) or until.end < bars[at + 1].start)
            last = state.until if is_cut else bar.period
            yield Cell(bar.period, bar.period, bar.count, root + state.but(since=first, until=last).url())


def _of(state: State, site: str) -> str:
    return state.but(chosen={**state.chosen, FacetName.SITE: (site,)}).url()


def _undated(search: SearchRequest, state: State, count: int, root: str) -> Cell | None:
    if not count or search.query.since or search.query.until:
        return None
    return Cell("", "", count, root + state.but(dating=Dating.NONE).url())
