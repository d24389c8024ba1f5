"""A search without hits -> the page that says which part left no hits, and what there is without it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from flask import render_template

from corpus.texts import both, either, joined, text
from indexer.contract.facets import FACETS, FacetName, Filter
from indexer.contract.periods import local_minutes
from indexer.contract.removed import is_removed
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
from web.layout.changes import may_change
from web.layout.charts import Column, chart
from web.layout.other_machines import left_out
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
        bare = query._replace(filters=(), since=None, until=None, dating=Dating.ANY)
        way = _way(_Loosened(text("with the words alone, all filters left out"), bare, state.only_words()))
        ways = [way] if way else []
    blamed, alone = _one_by_one(query) if not ways and not results.partial else ([], [])
    either = _either(state, query)
    notes = (*search_request.notes, *present(results, query, current_services().store).cut, *left_out())
    if results.partial:
        notes = (
            *notes,
            text(
                "This search was cut off: it was stopped at the time limit, or a part of the index did not answer."
                " There may be articles that it did not find."
            ),
        )
    return render_template(
        "zero.html",
        title=text("{search}: no articles", search=state.q or text("Nothing")),
        here="Search",
        noindex=True,
        canonical=state.url(),
        desk=desk(search_request, chips(state, query, names)),
        several=len(side_by_side(query.clause)) + len(query.filters) + bool(query.since or query.until) > 1,
        read_as=typographic(describe(query, names)),
        notes=notes,
        partial=results.partial,
        suggestion=suggestion(state, results),
        as_date=as_date(search_request),
        ways=ways or alone,
        ways_said=text("Leave one thing out") if ways else text("Ask for one thing alone"),
        nothing_helps="" if ways or results.partial else joined(" ", blamed) or text("The archive does not have it."),
        any_url=either,
        carried=[pair for pair in state.pairs() if pair[0] not in ("q", "page")],
        may_keep=may_change(),
        kept_search=search_request.saved,
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
        dates, is_open = said_dates(query), not (query.since and query.until)
        if is_open:
            all_years = text("in all years, not {dates}", dates=dates)
        else:
            all_years = text("in all years, not only {dates}", dates=dates)
        yield _Loosened(all_years, query._replace(since=None, until=None), state.but(since="", until=""))
    if query.dating is Dating.NONE:
        yield _Loosened(text("with or without a date"), query._replace(dating=Dating.ANY), state.but(dating=Dating.ANY))
    clauses = side_by_side(query.clause)
    for gone in clauses:
        if isinstance(gone, MultiPhrase) and len(gone.parts) > 1:
            parts = tuple(replace(part, field=gone.field) for part in gone.parts)
            anywhere = text("with {words} anywhere, not next to each other", words=both(map(named, gone.parts)))
            yield _loosely(state, query, clauses, gone, parts, anywhere)
        if isinstance(gone, Phrase) and len(gone.words) > 1:
            apart = tuple(EngineWord(word, gone.field) for word in gone.words)
            anywhere = text("with {words} anywhere, not as a phrase", words=both(gone.words))
            yield _loosely(state, query, clauses, gone, apart, anywhere)
        if len(clauses) > 1 or state.filtered:
            yield _loosely(state, query, clauses, gone, (), _left_out(gone))


def _without_filters(state: State, query: Query, names: Labels) -> Iterator[_Loosened]:
    for each in query.filters:
        others = tuple(other for other in query.filters if other is not each)
        loose = state.but(chosen={**state.chosen, each.facet: ()}, excluded={**state.excluded, each.facet: ()})
        gone = any(is_removed(each.facet, value) for value in each.values)
        anything = text("in texts that stand") if gone else FACETS[each.facet].anything
        values = either(label(each.facet, value, names) for value in each.values or each.excluded)
        if each.values:
            said = text("{anything}, not only {values}", anything=anything, values=values)
        else:
            said = text("{anything}, {values} too", anything=anything, values=values)
        yield _Loosened(said, query._replace(filters=others), loose)


def _loosely(
    state: State, query: Query, clauses: tuple[Clause, ...], gone: Clause, instead: tuple[Clause, ...], said: str
) -> _Loosened:
    left = tuple(new for each in clauses for new in (instead if each is gone else (each,)))
    clause = And(left) if left else None
    words = written(clause)
    return _Loosened(said, query._replace(clause=clause, text=words), state.but(q=words))


def _left_out(clause: Clause) -> str:
    if isinstance(clause, Not):
        return text("with {words} allowed", words=named(clause.clause, top=True))
    words = named(clause, top=True)
    if isinstance(clause, EngineWord):
        return text("without the word {word}", word=words)
    if isinstance(clause, Phrase):
        return text("without the phrase {words}", words=words)
    return text("without {words}", words=words)


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
            alone.append(Way(text("{words}, nothing else", words=said), State(q=words).url(), count))
        else:
            blamed.append(text("No article has {words}.", words=said))
    return blamed, sorted(alone, key=lambda way: -way.count)


def _either(state: State, query: Query) -> str | None:
    """Return the search for any of the words, when that finds something."""
    wanted = tuple(each for each in side_by_side(query.clause) if not isinstance(each, Not))
    if len(wanted) < 2:
        return None
    unwanted = tuple(each for each in side_by_side(query.clause) if isinstance(each, Not))
    clause = And((Or(wanted), *unwanted)) if unwanted else Or(wanted)
    words = written(clause)
    return state.but(q=words).url() if _count(query._replace(clause=clause, text=words)) else None


# ---------------------------------------------------------------- why


def _why(query: Query, names: Labels) -> dict[str, Any]:
    """Say that a site has nothing of these years, when that is the reason."""
    sites = [each for each in query.filters if each.facet is FacetName.SITE and len(each.values) == 1]
    if not sites or not (query.since or query.until):
        return {"why": [], "coverage": None}
    only = Query(filters=(Filter(FacetName.SITE, sites[0].values),), facets=(), interval=Interval.QUARTER, per_page=1)
    if _count(only._replace(since=query.since, until=query.until)):
        return {"why": [], "coverage": None}
    found = current_services().search(only).results.histogram
    site = label(FacetName.SITE, sites[0].values[0], names)
    when = said_dates(query)
    if query.since and query.until:
        nothing = text("We have nothing from {site} in {dates}.", site=site, dates=when)
    else:
        nothing = text("We have nothing from {site} {dates}.", site=site, dates=when)
    if found is None or not found.bars:
        return {"why": [nothing, text("We have no dated article of it at all.")], "coverage": None}
    first = local_time(found.bars[0].start)
    why = [nothing, text("Its earliest article here is of {year}.", year=first.year)]
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
    return {
        "svg": chart(columns, name="c"),
        "caption": text("{site}, articles a quarter. Hatched: no data.", site=site),
    }


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
