"""A search without hits -> the page that says which part left no hits, and what there is without it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from flask import render_template

from indexer.contract.facets import FACETS, FacetName, Filter
from indexer.contract.periods import local_minutes
from indexer.contract.values import (
    And,
    Clause,
    Dating,
    Histogram,
    Interval,
    MultiPhrase,
    Not,
    Or,
    Phrase,
    Query,
    Results,
)
from indexer.contract.values import Word as EngineWord
from indexer.query.describe import Labels, describe, label, named
from indexer.query.serialise import side_by_side, written
from indexer.results.present import present
from web.layout.charts import Column, chart
from web.layout.elsewhere import left_out
from web.layout.render import typographic
from web.layout.services import current_services
from web.layout.state import State
from web.search.chips import chips, said_dates
from web.search.request import SearchRequest
from web.search.search_box import as_date, desk, suggestion
from web.search.timeline import local_time

MOST_WAYS = 12  # parts that are left out, one at a time; each is one count


@dataclass(frozen=True, slots=True)
class Way:
    """A search with one part left out, and how many articles it finds."""

    text: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class _Loosened:
    text: str
    query: Query
    state: State


def zero_page(search_request: SearchRequest, results: Results) -> str:
    """Show why nothing was found, and every way out that leads somewhere."""
    state, query = search_request.state, search_request.query
    names = current_services().labels(query, results)
    tried = list(_loosened(state, query, names))[:MOST_WAYS]
    ways = sorted((way for each in tried if (way := _way(each))), key=lambda way: -way.count)
    if not ways and state.filtered and query.clause:
        bare = replace(query, filters=(), since=None, until=None, dating=Dating.ANY)
        way = _way(_Loosened("with the words alone, all filters left out", bare, state.only_words()))
        ways = [way] if way else []
    blamed, alone = _one_by_one(query) if not ways else ([], [])
    either = _either(state, query)
    return render_template(
        "zero.html",
        title=f"{state.q or 'Nothing'}: no articles",
        here="Search",
        noindex=True,
        canonical=state.url(),
        desk=desk(search_request, chips(state, query, names)),
        several=len(side_by_side(query.clause)) + len(query.filters) + bool(query.since or query.until) > 1,
        read_as=typographic(describe(query, names)),
        notes=(*search_request.notes, *present(results, query, current_services().store).cut, *left_out()),
        suggestion=suggestion(state, results),
        as_date=as_date(search_request),
        ways=ways or alone,
        ways_said="Leave one thing out" if ways else "Ask for one thing alone",
        nothing_helps=" ".join(blamed) or "The archive does not have it.",
        any_url=either,
        carried=[pair for pair in state.pairs() if pair[0] not in ("q", "page")],
        **_why(query, names),
    )


def _way(each: _Loosened) -> Way | None:
    count = _count(each.query)
    return Way(each.text, each.state.url(), count) if count else None


def _count(query: Query) -> int:
    return current_services().count(query)


def _loosened(state: State, query: Query, names: Labels) -> Iterator[_Loosened]:
    """Give the search again and again, each time without one of its parts."""
    yield from _without_filters(state, query, names)
    if query.since or query.until:
        said = said_dates(query)
        text = f"in all years, not only {said}" if not said.startswith(("from", "to")) else f"in all years, not {said}"
        yield _Loosened(text, replace(query, since=None, until=None), state.but(since="", until=""))
    if query.dating is Dating.NONE:
        yield _Loosened("with or without a date", replace(query, dating=Dating.ANY), state.but(dating=Dating.ANY))
    clauses = side_by_side(query.clause)
    for gone in clauses:
        if isinstance(gone, MultiPhrase) and len(gone.parts) > 1:
            parts = tuple(replace(part, field=gone.field) for part in gone.parts)
            text = f"with {' and '.join(named(part) for part in gone.parts)} anywhere, not next to each other"
            yield _loosely(state, query, clauses, gone, parts, text)
        if isinstance(gone, Phrase) and len(gone.words) > 1:
            apart = tuple(EngineWord(word, gone.field) for word in gone.words)
            text = f"with {' and '.join(gone.words)} anywhere, not as a phrase"
            yield _loosely(state, query, clauses, gone, apart, text)
        if len(clauses) > 1 or state.filtered:
            yield _loosely(state, query, clauses, gone, (), _left_out(gone))


def _without_filters(state: State, query: Query, names: Labels) -> Iterator[_Loosened]:
    for each in query.filters:
        others = tuple(other for other in query.filters if other is not each)
        loose = state.but(chosen={**state.chosen, each.facet: ()}, excluded={**state.excluded, each.facet: ()})
        text = FACETS[each.facet].anything
        if each.values:
            text += f", not only {' or '.join(label(each.facet, value, names) for value in each.values)}"
        else:
            text += f", {' or '.join(label(each.facet, value, names) for value in each.excluded)} too"
        yield _Loosened(text, replace(query, filters=others), loose)


def _loosely(
    state: State, query: Query, clauses: tuple[Clause, ...], gone: Clause, instead: tuple[Clause, ...], text: str
) -> _Loosened:
    left = tuple(new for each in clauses for new in (instead if each is gone else (each,)))
    clause = And(left) if left else None
    words = written(clause)
    return _Loosened(text, replace(query, clause=clause, text=words), state.but(q=words))


def _left_out(clause: Clause) -> str:
    if isinstance(clause, Not):
        return f"with {named(clause.clause, top=True)} allowed"
    kind = "word " if isinstance(clause, EngineWord) else "phrase " if isinstance(clause, Phrase) else ""
    return f"without {'the ' + kind if kind else ''}{named(clause, top=True)}"


def _one_by_one(query: Query) -> tuple[list[str], list[Way]]:
    """Search for every word or phrase alone: name those that no article has, and offer the others."""
    blamed: list[str] = []
    alone: list[Way] = []
    for clause in side_by_side(query.clause)[:MOST_WAYS]:
        if isinstance(clause, Not):
            continue
        words = written(clause)
        count = _count(Query(text=words, clause=clause))
        said = typographic(named(clause, top=True))
        if count:
            alone.append(Way(f"{said}, nothing else", State(q=words).url(), count))
        else:
            blamed.append(f"No article has {said}.")
    return blamed, sorted(alone, key=lambda way: -way.count)


def _either(state: State, query: Query) -> str | None:
    """Return the search for any of the words, when that finds something."""
    wanted = tuple(each for each in side_by_side(query.clause) if not isinstance(each, Not))
    if len(wanted) < 2:
        return None
    unwanted = tuple(each for each in side_by_side(query.clause) if isinstance(each, Not))
    clause = And((Or(wanted), *unwanted)) if unwanted else Or(wanted)
    words = written(clause)
    return state.but(q=words).url() if _count(replace(query, clause=clause, text=words)) else None


# ---------------------------------------------------------------- why


def _why(query: Query, names: Labels) -> dict[str, Any]:
    """Say that a site has nothing of these years, when that is the reason."""
    sites = [each for each in query.filters if each.facet is FacetName.SITE and len(each.values) == 1]
    if not sites or not (query.since or query.until):
        return {"why": [], "coverage": None}
    only = Query(filters=(Filter(FacetName.SITE, sites[0].values),), facets=(), interval=Interval.QUARTER, per_page=1)
    if _count(replace(only, since=query.since, until=query.until)):
        return {"why": [], "coverage": None}
    found = current_services().search(only).results.histogram
    site = label(FacetName.SITE, sites[0].values[0], names)
    when = said_dates(query)
    why = [f"We have nothing from {site} {when if when.startswith(('from', 'to')) else f'in {when}'}."]
    if found is None or not found.bars:
        return {"why": [*why, "We have no dated article of it at all."], "coverage": None}
    first = local_time(found.bars[0].start)
    why.append(f"Its earliest article here is of {first.year}.")
    return {"why": why, "coverage": _coverage(found, query, site)}


def _coverage(found: Histogram, query: Query, site: str) -> dict[str, Any]:
    """Draw what we have of a site by quarters, from the years asked for on."""
    search_request = query.since or query.until
    quarters = {_quarter(bar.start): bar.count for bar in found.bars}
    start = min(min(quarters), _quarter(search_request.start) if search_request else min(quarters))
    last = max(quarters)
    start = max(start, last - 79)
    now = _quarter(local_minutes(current_services().now(), current_services().zone))
    columns = [
        Column(
            quarters.get(each, 0),
            _tick(each, start, last),
            missing=each < min(quarters),
            unfinished=each == now,
        )
        for each in range(start, last + 1)
    ]
    return {"svg": chart(columns, name="c"), "caption": f"{site}, articles a quarter. Hatched: no data."}


def _tick(quarter: int, start: int, last: int) -> str | None:
    """Label every so many years, the first in full and then each second one short: the chart is narrow."""
    step = max(1, -(-(last - start) // 4 // 4))
    years = quarter // 4 - -(-start // 4)
    if quarter % 4 or years % step:
        return None
    return f"’{quarter // 4 % 100:02}" if years // step % 2 else str(quarter // 4)


def _quarter(minutes: int) -> int:
    at = local_time(minutes)
    return at.year * 4 + (at.month - 1) // 3
