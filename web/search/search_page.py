"""The results page: `/search`, and the same as data."""

import re
from collections.abc import Iterator

from flask import Blueprint, Response, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as Reply

from corpus.texts import Text, joined, text, texts
from indexer.contract.facets import FacetName
from indexer.contract.periods import local_minutes
from indexer.contract.removed import is_removed
from indexer.contract.values import Dating, Interval, Match, Query, Results, Sort
from indexer.query.describe import describe, in_other_alphabets, is_plain
from indexer.query.parameters import COUNT, PAGE
from indexer.results.addressed import only, stored_at
from indexer.results.present import bounded_patterns, cut_patterns, other_words, present, present_hits, some_words
from web.layout.changes import choice_of_dossiers, may_change
from web.layout.other_machines import left_out
from web.layout.paths import article_path
from web.layout.problems import NotReady
from web.layout.render import capitalized, number, typographic
from web.layout.services import Answer, current_services
from web.layout.state import MAX_HITS, PER_PAGE, State, appended, moved
from web.layout.who import is_mine, is_of_the_archive, is_shared_with_me, reads_in_full
from web.search.chips import chips
from web.search.facets import columns, of_page
from web.search.first_run import first_run
from web.search.hits import SNIPPET, PageLink, shown_hits
from web.search.no_results import zero_page
from web.search.page_cache import cached
from web.search.request import SearchRequest, search_of_address
from web.search.search_box import as_date, desk, suggestion
from web.search.spans import coverage, coverage_url, of_most, whole_range, without_words
from web.search.timeline import UNITS, Timeline, timeline, too_many

blueprint = Blueprint("search", __name__)

SORTS = (
    (Sort.RELEVANCE, text("Relevance")),
    (Sort.NEWEST, text("Newest")),
    (Sort.OLDEST, text("Oldest")),
    (Sort.ADDED, text("Added last")),
)
QUICK = ((text("24 h"), "-24h"), (text("7 d"), "-7d"), (text("30 d"), "-30d"), (text("1 y"), "-1y"))
ALL, NEXT = text("all"), text("Next ›")
_MARK = re.compile(r"(?P<kind>[qds])-[0-9a-z]{5}")  # the mark of a receipt, of a dossier, of a sample
FETCHED = "Pressmark-Fetch"  # the header of a request by which our script fills in the page it stands in
AROUND = 4  # page numbers given one by one at the start


@blueprint.get("/search")
def page() -> Reply | str:
    """Show what a search found."""
    return cached(_page)


def _page() -> Reply | str:
    search_request = search_of_address()
    if search_request.tidy is not None and FETCHED not in request.headers:
        return redirect(search_request.tidy.url())
    if found := _at(search_request.typed.q):
        return redirect(found)
    if not current_services().totals().articles:
        return first_run()
    answer = current_services().search(of_page(bounded(search_request.best)))
    if not answer.results.total:
        unbuilt()
    if not answer.results.total + answer.results.more:
        return zero_page(search_request, answer.results)
    return _found(search_request, answer)


@blueprint.get("/search.json")
def data() -> Response:
    """Answer the same search as data; docs/querying.md names the keys."""
    search_request = search_of_address()
    query = bounded(search_request.best)
    services = current_services()
    stored = stored_at(search_request.typed.q, services.store)
    results = only(stored, services.engine.position) if stored else services.search(query).results
    if not results.total:
        unbuilt()
    return jsonify({**present(results, query, services.store).as_json(), "notes": [*search_request.notes, *left_out()]})


def _at(typed: str) -> str | None:
    """Return the page of a typed address or mark: of an article, receipt, dossier or sample; None: it is neither."""
    services = current_services()
    if stored := stored_at(typed, services.store):
        return article_path(stored)
    mark = _MARK.fullmatch(typed.strip().lower())
    if mark is None or not reads_in_full():
        return None
    if mark["kind"] == "s":
        sample = services.store.samples.get(mark[0])
        return f"/samples/{mark[0]}" if sample is not None and is_mine(sample.who) else None
    if mark["kind"] == "d":
        dossier = services.store.dossiers.get(mark[0])
        is_seen = dossier is not None and (is_mine(dossier.who) or is_shared_with_me(dossier.shared))
        return f"/d/{mark[0]}" if is_seen else None
    return f"/q/{mark[0]}" if services.store.receipts.get(mark[0]) else None


def bounded(query: Query) -> Query:
    """Return the query with a page that can be shown; what lies past MAX_HITS is for a narrower search."""
    return query._replace(page=min(query.page, MAX_HITS // query.per_page + 1))


def unbuilt() -> None:
    """Raise when the index is empty and the archive is not: "nothing found" would be untrue."""
    services = current_services()
    articles = services.totals().articles
    if articles and not len(services.engine):
        holds = texts(
            "The archive holds {n:,} article, and none of them is indexed yet.",
            "The archive holds {n:,} articles, and none of them is indexed yet.",
            articles,
        )
        way = text("The next crawl indexes them, or the command: pressmark index")
        raise NotReady(joined(" ", (holds, way)) if is_of_the_archive() else holds)


def _found(search_request: SearchRequest, answer: Answer) -> str:
    state, query, results = search_request.state, search_request.best, answer.results
    services = current_services()
    names = services.labels(query, results)
    chart, notes = _chart(state, query, results)
    hits = present_hits(results, services.store, clause=query.clause, most=SNIPPET)
    cut, alphabets = cut_patterns(bounded_patterns(results)), in_other_alphabets(results.readings)
    notes = (*notes, *cut, *alphabets, *left_out())
    pages = last_page(results.stories, query.per_page)
    here, usual = state.url(), state.but(per_page=None).url()
    of_all = state.but(sort=None, per_page=None).url()
    if query.page > pages:
        past = text(
            "page {page:,} is past the end: the last one is page {last}", page=search_request.query.page, last=pages
        )
        notes = (*notes, past)
    return render_template(
        "search.html",
        title=search_request.state.q or text("All articles"),
        here="Search",
        noindex=True,
        canonical=here,
        desk=desk(search_request, chips(state, query, names)),
        typed=search_request.typed,
        places={"since": "2021", "until": services.now().astimezone(services.zone).date().isoformat()},
        quick=tuple(_quick(state)),
        facets=columns(state, query, results, names),
        carried=_carried(state),
        filters=sum(len(each.values) + len(each.excluded) for each in query.filters) + bool(query.since or query.until),
        notes=(*search_request.notes, *notes),
        chart=chart,
        total=results.total,
        count_text=_counted(results),
        copies_url=_copies_url(state, results),
        unfolded=state.unfolded,
        took=_took(answer),
        sorts=[each for each in SORTS if query.clause or each[0] is not Sort.RELEVANCE],
        sort=query.sort,
        csv_url=moved(here, "/search.csv"),
        feed_url=moved(here, "/search.atom"),
        export_url=moved(usual, "/export"),
        words_url=moved(of_all, "/words"),
        coverage_url=coverage_url(query),
        trends_url=moved(of_all, "/trends"),
        may_keep=may_change(),
        dossiers=choice_of_dossiers(),
        kept_search=search_request.saved,
        read_as=_read_as(query),
        ignored=results.ignored,
        few=_some_words(results),
        exact=sum(hit.match == "all" for hit in hits),
        any_url=_any_url(state, results) if results.more else None,
        suggestion=suggestion(state, results),
        as_date=as_date(search_request),
        found=shown_hits(hits, query, state),
        beyond=results.stories > MAX_HITS and number(MAX_HITS),
        on_last=query.page >= pages,
        pages=tuple(_pages(state, query.page, pages)),
        sizes=tuple((str(size), None if size == query.per_page else _with_size(usual, size)) for size in PER_PAGE),
    )


def _counted(results: Results) -> str:
    """Say how many articles were found, and how many stories they tell where copies are folded."""
    counted = texts("{n:,} article", "{n:,} articles", results.total)
    if results.whole_stories != results.total:
        stories = texts("{n:,} story", "{n:,} stories", results.whole_stories)
        counted = text("{stories} in {articles}", stories=stories, articles=counted)
    return text("at least {number}", number=counted) if results.partial else counted


def _took(answer: Answer) -> Text:
    seconds = max(answer.took, 0.01)
    if answer.results.partial:
        return text("{seconds:.2f} s, stopped at the time limit", seconds=seconds)
    return text("{seconds:.2f} s", seconds=seconds)


def _some_words(results: Results) -> str | None:
    """Return the line before hits with some of the words, or with others."""
    substitutes = results.substitutes.words if results.substitutes else ()
    line = other_words(substitutes, results.more) or some_words(results.total, results.more)
    return line and joined("", (capitalized(line), "."))


def _any_url(state: State, results: Results) -> str:
    """Return the search that counts the hits with some of the words, or with others."""
    if results.substitutes and results.suggestion:
        return state.but(q=results.suggestion).url()
    return state.but(match=Match.ANY).url()


def _copies_url(state: State, results: Results) -> str | None:
    """Return the address that shows copies one by one, or folds them again; None when there are none."""
    if state.unfolded:
        return state.but(unfolded=False).url()
    return state.but(unfolded=True).url() if results.are_folded else None


def _read_as(query: Query) -> str:
    """Say how the words were read, when it is not simply all of them; filters and dates are said by chips."""
    words = Query(text=query.text, clause=query.clause)
    return "" if is_plain(words) else typographic(describe(words))


def last_page(total: int, per_page: int) -> int:
    """Return the number of the last page that can be shown."""
    return max(1, -(-min(total, MAX_HITS) // per_page))


def _with_size(usual: str, size: int) -> str:
    """Return the address of the first page with so many hits; `usual`: with as many as pages have."""
    return usual if size == current_services().config.web.per_page else appended(usual, COUNT.name, size)


def _carried(state: State) -> list[tuple[str, str]]:
    """Return what the form carries along unseen."""
    pairs = [pair for pair in state.pairs() if pair[0] in ("date", "by", "y", "copies", "n")]
    gone = [each for each in state.chosen.get(FacetName.DOSSIER, ()) if is_removed(FacetName.DOSSIER, each)]
    return [*pairs, *((FacetName.DOSSIER.value, each) for each in gone)]


def _quick(state: State) -> Iterator[tuple[str, str | None]]:
    for name, since in QUICK:
        here = state.since == since and not state.until
        yield name, None if here else state.but(since=since, until="", dating=_dated(state)).url()
    everything = not state.since and not state.until and state.dating is not Dating.NONE
    yield ALL, None if everything else state.but(since="", until="", dating=_dated(state)).url()


def _dated(state: State) -> Dating:
    return Dating.ANY if state.dating is Dating.NONE else state.dating


def _chart(state: State, query: Query, results: Results) -> tuple[Timeline | None, tuple[str, ...]]:
    """Return the histogram, by wider bars when those asked for are too many, and a note on it."""
    services = current_services()
    found = results.histogram
    notes: tuple[str, ...] = ()
    if found is None:
        return None, ()
    now = local_minutes(services.now(), services.zone)
    found, outside = of_most(found, query, now)
    if too_many(found):
        found = services.search(query._replace(interval=Interval.AUTO)).results.histogram or found
    shown = whole_range(found, query, now)
    given = shown.interval
    if query.interval not in (None, Interval.AUTO, given):
        wider = {"wanted": UNITS[query.interval], "given": UNITS[given]}
        notes = (text("bars by {wanted} would not fit: those by {given} are shown", **wider),)
    whole = without_words(shown, query) if state.share else None
    return timeline(shown, state, now=now, whole=whole, covered=coverage(query, given), outside=outside), notes


def _pages(state: State, page: int, last: int) -> Iterator[PageLink]:
    first = state.but().url()  # the number is the last parameter of an address

    def url(number_: int) -> str:
        return first if number_ == 1 else appended(first, PAGE.name, number_)

    if page > 1:
        yield PageLink(text("‹ Previous"), url(min(page - 1, last)), "prev")
    near = {1, last, *range(page - 1, page + 2), *(range(1, AROUND + 2) if page <= AROUND else ())}
    before = 0
    for each in sorted(number_ for number_ in near if 1 <= number_ <= last):
        if each > before + 1:
            yield PageLink("…")
        yield PageLink(number(each), here=True) if each == page else PageLink(number(each), url(each))
        before = each
    if page < last:
        yield PageLink(NEXT, url(page + 1), "next")
