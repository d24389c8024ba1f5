"""The facets of a search -> its filter column; all values of a facet -> a page."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from flask import Blueprint, render_template
from werkzeug.exceptions import NotFound

from corpus.people.names import unaccented
from corpus.texts import text
from indexer.contract.facets import ASIDE, FACETS, NONE, Facet, FacetCount, FacetName, Filter
from indexer.contract.values import Query, Results, Sort
from indexer.query.describe import Labels, label
from web.languages.wording import Printed, printed
from web.layout.paths import choice_of, finding_of, page_of
from web.layout.render import alone, capitalized, number
from web.layout.services import current_services
from web.layout.state import State, address
from web.search.request import search_of_address

blueprint = Blueprint("facets", __name__)

OPEN = 2  # facets that stand open
SHOWN = 8  # values of an open facet; a closed one shows fewer
SHOWN_CLOSED = 5
PAGE = 100  # values on a facet's own page
MOST = 5000  # values that can be looked through
_BARE = re.compile(r"[a-z0-9.-]+")  # values that need no quotation marks in an attribute, which are most


class Row(NamedTuple):
    """One value of a facet."""

    value: str
    label: str
    counted: str
    chosen: bool
    missing: bool
    bare: bool


class Column(NamedTuple):
    """One facet of the filter column.

    Attributes:
        single: It has only one value, and articles without that value are not offered: few have it.
    """

    name: str
    title: str
    distinct: int
    open: bool
    single: bool
    rows: tuple[Row, ...]
    excluded: tuple[str, ...]
    all_url: str | None
    all_text: str


def of_page(query: Query) -> Query:
    """Return the query of a results page; facets that stand aside are counted only where the page filters by them."""
    filtered = {one.facet for one in query.filters}
    return query._replace(facets=tuple(each for each in query.facets if each not in ASIDE or each in filtered))


def columns(state: State, query: Query, results: Results, names: Labels) -> list[Column]:
    """Return the facets that have values: those with a choice first, two open at least."""
    found = {each.name: each for each in results.facets}
    filters = {each.facet: each for each in query.filters}
    shown = [each for each in FacetName if each in found and (found[each].distinct or each in filters)]
    shown.sort(key=lambda each: each not in filters)
    made = []
    for at, name in enumerate(shown):
        opened = at < OPEN or name in filters
        made.append(_column(state, found[name], filters.get(name, Filter(name)), names, results, opened=opened))
    return made


def _column(state: State, facet: Facet, filtered: Filter, names: Labels, results: Results, *, opened: bool) -> Column:
    spec = FACETS[facet.name]
    single = facet.name is FacetName.FEATURE
    counts = sorted(facet.counts, key=lambda each: (each.value not in filtered.values, -each.count))
    most = max(SHOWN if opened else SHOWN_CLOSED, len(filtered.values))
    rows = tuple(
        Row(
            each.value,
            spec.missing if each.value == NONE else label(facet.name, each.value, names),
            ("≥ " if results.partial else "") + number(each.count),
            each.value in filtered.values,
            each.value == NONE,
            _BARE.fullmatch(each.value) is not None,
        )
        for each in counts[:most]
        if not (single and each.value == NONE and NONE not in filtered.values)
    )
    more = facet.distinct > sum(not each.missing for each in rows)
    return Column(
        name=facet.name.value,
        title=capitalized(spec.plural),
        distinct=facet.distinct,
        open=opened,
        single=single,
        rows=rows,
        excluded=filtered.excluded,
        all_url=state.url(f"/facets/{facet.name.value}") if more else None,
        all_text=spec.counted(facet.distinct),
    )


def rows_markup(column: Column) -> Printed:
    """Return the boxes of a facet's values, put together without a template: a page has some thirty."""
    name = printed(column.name)
    return Printed.of("".join([_box(name, row) for row in column.rows]))


def _box(name: str, row: Row) -> str:
    value = row.value if row.bare else f'"{printed(row.value)}"'
    shown = f"<i>{printed(row.label)}</i>" if row.missing else alone(row.label)
    checked = " checked" if row.chosen else ""
    return f"<label><input type=checkbox name={name} value={value}{checked}>{shown}<span>{row.counted}</span></label>"


# ---------------------------------------------------------------- all values of one facet


@blueprint.get("/facets/<name>")
def page(name: str) -> str:
    """Show every value of one facet under the other filters, to check several at once."""
    if name not in list(FacetName):
        raise NotFound
    facet = FacetName(name)
    search_request = search_of_address()
    find, order = finding_of(), choice_of("order", ("count", "name"), "count")
    query = search_request.query._replace(
        facets=(facet,),
        facet_size=MOST,
        interval=None,
        suggests=False,
        per_page=1,
        page=1,
        sort=Sort.NEWEST,
    )
    results = current_services().search(query).results
    counted = next((each for each in results.facets if each.name is facet), Facet(facet, (), 0))
    names = current_services().labels(query, results)
    chosen = search_request.state.chosen.get(facet, ())
    rows = [_row(search_request.state, facet, each, names) for each in counted.counts]
    if find:
        rows = [row for row in rows if _folded(find) in _folded(row["label"]) or row["chosen"]]
    if order == "name":
        rows.sort(key=lambda row: _folded(row["label"]))
    spec = FACETS[facet]
    pairs = search_request.state.pairs()
    pages = -(-len(rows) // PAGE)
    at = page_of(max(pages, 1), "fpage")
    return render_template(
        "facet.html",
        title=spec.all,
        here="Search",
        noindex=True,
        heading=spec.all,
        said=text("{values} under the other filters. Check any, then apply.", values=spec.counted(counted.distinct)),
        notes=search_request.notes,
        facet=facet.value,
        back=search_request.state.url(),
        find=find,
        others=[(key, value) for key, value in pairs if key not in (facet.value, "page")]
        + [(facet.value, value) for value in chosen if value not in {row["value"] for row in _slice(rows, at)}],
        rows=_slice(rows, at),
        all_url=address(f"/facets/{facet.value}", pairs),
        orders=tuple(_orders(facet, pairs, find, order)),
        pages=tuple(_pages(facet, pairs, find, order, at, pages)),
    )


def _row(state: State, facet: FacetName, counted: FacetCount, names: Labels) -> dict[str, Any]:
    value = counted.value
    out = state.without(facet, value)
    out = out.but(excluded={**out.excluded, facet: (*out.excluded.get(facet, ()), value)})
    return {
        "value": value,
        "label": FACETS[facet].missing if value == NONE else label(facet, value, names),
        "count": counted.count,
        "chosen": value in state.chosen.get(facet, ()),
        "out_url": out.url(),
    }


def _folded(text: str) -> str:
    return unaccented(text).casefold()


def _slice(rows: list[dict[str, Any]], at: int) -> list[dict[str, Any]]:
    return rows[(at - 1) * PAGE : at * PAGE]


def _orders(
    facet: FacetName, carried: list[tuple[str, str]], find: str, order: str
) -> Iterator[tuple[str, str | None]]:
    for value, name in (("count", text("by count")), ("name", text("A–Z"))):
        pairs = [*carried, *([("fq", find)] if find else []), *([("order", value)] if value == "name" else [])]
        yield name, None if value == order else address(f"/facets/{facet.value}", pairs)


def _pages(
    facet: FacetName, carried: list[tuple[str, str]], find: str, order: str, at: int, pages: int
) -> Iterator[dict[str, str | None]]:
    for number_ in range(1, pages + 1 if pages > 1 else 1):
        pairs = [*carried, *([("fq", find)] if find else []), *([("order", order)] if order == "name" else [])]
        url = address(f"/facets/{facet.value}", [*pairs, ("fpage", str(number_))])
        yield {"text": str(number_), "url": None if number_ == at else url}
