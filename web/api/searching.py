"""Searches, completions and exports of the API."""

from datetime import datetime
from typing import Any

from corpus.records import HIT, stored_record
from corpus.store.desk.additions import Additions
from indexer.contract.values import Hit as EngineHit
from indexer.contract.values import Query
from indexer.query.describe import describe
from indexer.query.parameters import SORT, TEXT
from indexer.query.serialise import unfielded
from indexer.results.addressed import listing
from indexer.results.exporting import OF_MANY
from indexer.results.present import cut_patterns, present
from indexer.results.removed import removed_record
from indexer.results.snippet_cache import in_one_text
from web.api.archive_values import RemovedText
from web.api.operations import Call, operation
from web.api.parameters import BOM, CURSOR, LIMIT, NARROWING, PAGES, SEARCH
from web.api.pinned import Whole, part_of
from web.api.values import Completion, Completions, Hit, SearchPage
from web.layout.other_machines import left_out
from web.layout.services import current_services
from web.search.annotating import seen_additions, seen_annotations
from web.search.downloads import download
from web.search.request import SearchRequest, ask
from web.search.search_page import unbuilt
from web.search.suggesting import LONGEST, suggestions


def request_of(call: Call, *, now: datetime | None = None) -> SearchRequest:
    """Return the search of a request."""
    return ask(call.without(LIMIT, CURSOR), now=now)


def state_of_search(call: Call) -> tuple[object, ...]:
    """Return what the answer to a search is made of: the indexes, the texts, and the search with its dates as days."""
    services = current_services()
    seen = seen_annotations().state
    return services.engine.position, services.store.sequence, left_out(), seen, request_of(call).query


@operation(
    "GET",
    "/search",
    "Search",
    takes=(*SEARCH, SORT, *PAGES),
    gives=SearchPage,
    refuses=(410,),
    state=state_of_search,
)
def search(call: Call) -> SearchPage:
    """Find articles.

    Copies of one text are articles of their own. Membership and order of all parts are those of the state that
    the first part was answered from; each article is given as it stands.
    """
    services = current_services()

    def listed(now: datetime) -> Whole:
        query = request_of(call, now=now).query
        found = listing(query, services.engine, services.store)
        if not found.total:
            unbuilt()
        notes = cut_patterns(dict.fromkeys(map(unfielded, found.bounded)))
        if len(found.ids) < found.total:
            notes += (f"only the first {len(found.ids):,} of {found.total:,} articles can be listed",)
        elif found.partial and not left_out():
            notes += ("the work was cut short: more articles may match than are listed",)
        return Whole(found.ids, found.total, found.position, notes)

    part = part_of(call.name_without(LIMIT, CURSOR), call.one(CURSOR), int(call.one(LIMIT)), listed)
    request = request_of(call)
    return _page(request.query, [int(id) for id in part.items], part.whole, part.next, request.notes)


def _page(query: Query, ids: list[int], whole: Whole, following: str | None, notes: tuple[str, ...]) -> SearchPage:
    services = current_services()
    results = services.search(query._replace(page=1, per_page=1, facets=(), interval=None, folded=False)).results
    shown = present(results._replace(hits=tuple(EngineHit(id, 0.0) for id in ids), facets=()), query, services.store)
    leaders = services.store.receipts.marks(
        {hit.stored.copy_of for hit in shown.hits if hit.stored.copy_of is not None}
    )
    added = seen_additions([hit.stored.id for hit in shown.hits])
    return SearchPage(
        total=whole.total,
        position=whole.position,
        read_as=describe(query, services.labels(query, results)),
        items=[
            Hit(
                **stored_record(hit.stored, HIT),
                copy_of=leaders.get(hit.stored.copy_of) if hit.stored.copy_of is not None else None,
                snippet="".join(part.text for part in in_one_text(hit.fragments)),
                scanned=hit.scanned,
                removed=RemovedText(**removed_record(hit.removed)) if hit.removed else None,
                tags=list(added.get(hit.stored.id, Additions()).tags),
                dossiers=[mark for mark, _ in added.get(hit.stored.id, Additions()).dossiers],
            )
            for hit in shown.hits
        ],
        left_out=len(ids) - len(shown.hits),
        next=following,
        forms={typed: list(forms) for typed, forms in shown.forms},
        suggestion=results.suggestion,
        notes=list(dict.fromkeys((*notes, *whole.notes, *left_out()))),
    )


@operation("GET", "/suggestions", "Search", takes=(TEXT, *NARROWING), gives=Completions, state=state_of_search)
def suggest(call: Call) -> Completions:
    """Complete a query that is being typed, each completion with the number of articles it finds."""
    typed = " ".join(call.one(TEXT).splitlines())
    found = suggestions(typed, call.without(TEXT)) if len(typed) <= LONGEST else ()
    return Completions(items=[Completion(text=each.text, kind=each.kind, articles=count) for each, count in found])


@operation(
    "GET",
    "/exports/{format}",
    "Search",
    takes=(*SEARCH, SORT, BOM),
    media=tuple(sorted({each.media_type for each in OF_MANY.values()})),
    refuses=(404,),
)
def export(call: Call) -> Any:
    """Give all articles that a search finds as a file of one state: JSONL, CSV, CSV for Excel, BibTeX, RIS or CSL-JSON.

    A line of JSONL has the structure of the text, too, and the manifest in the first line says which fields are given.

    At most 200,000; the headers `Pressmark-Total`, `Pressmark-Given` and `Pressmark-Complete` say whether that was all.
    """
    return download(OF_MANY[call.path["format"]])
