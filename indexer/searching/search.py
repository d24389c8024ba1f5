"""A query and a snapshot -> Results."""

import math
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import repeat
from types import MappingProxyType

import numpy as np

from indexer.analysis.forms import is_bounded
from indexer.contract.clauses import wanted_clauses, worth_naming
from indexer.contract.facets import Facet, FacetName
from indexer.contract.listing import Listing
from indexer.contract.values import Histogram, Hit, Match, Query, Reading, Results, Sort, TermClause, Word
from indexer.query.matching import ENOUGH, any_of, essential, excluded_phrases
from indexer.query.serialise import serialise
from indexer.query.substitutes import with_substitutes
from indexer.query.suggest import FEW, corrections
from indexer.query.writings import is_whole
from indexer.searching.annotated import annotated
from indexer.searching.counting import facets, passing
from indexer.searching.evaluation import Evaluation
from indexer.searching.first_hits import first_hits
from indexer.searching.folding import folded, leader_of
from indexer.searching.matches import NOTHING, Matches, OutOfTime, difference
from indexer.searching.ordering import Key, best
from indexer.searching.selection import dated_rows, filter_mask, times
from indexer.searching.snapshot import Snapshot
from indexer.searching.timeline import histogram
from indexer.storage.arrays import Array, Ints, Mask
from indexer.storage.doc_values import UNDATED
from indexer.storage.kernel import rows_of

MAX_DEPTH = 10_000  # hits that can be paged through; past them a page is empty, and the total still exact
LATEST = np.iinfo(np.int64).max
RANKED, BEST, ANY = Sort.RELEVANCE, Match.BEST, Match.ANY  # to look a member up takes as long as eight steps
NO_COPIES: Mapping[int, tuple[int, ...]] = MappingProxyType({})

ROW = 8  # bytes of a row, as the kernel gives them
NARROWS = slice(Query._fields.index("filters"), Query._fields.index("match"))  # a query's filters, dates and order
PLAIN = Query()[NARROWS]  # no filters and dates, by relevance

_hit = partial(tuple.__new__, Hit)  # of all its values, as those below; `_make` counts them
_reading = partial(tuple.__new__, Reading)
_results = partial(tuple.__new__, Results)


def answer(query: Query, snapshot: Snapshot) -> Results:
    """Answer a query, with a suggestion when little was found."""
    if query.annotations.state:
        snapshot = annotated(snapshot, query.annotations)
    first = _of_word(query, snapshot)
    if first is not None and (first.total >= FEW or not query.suggests):
        return first
    evaluation = Evaluation(snapshot)
    found = first or _answer(query, evaluation, snapshot)
    if not (found.total or found.more) and query.match is BEST:
        found = _with_substitutes(found, query, evaluation, snapshot)
    is_settled = found.total >= FEW or found.partial or not query.suggests or not (query.clause or query.filters)
    if is_settled or found.substitutes:
        return found
    suggestion = _suggestion(query, found.total, evaluation, snapshot)
    return found._replace(suggestion=suggestion) if suggestion else found


def _with_substitutes(found: Results, query: Query, evaluation: Evaluation, snapshot: Snapshot) -> Results:
    """Add the hits with other words, when there are any and there is time to find them."""

    def search(other: Query) -> Results:
        evaluation.renew()
        return _answer(other, evaluation, snapshot)

    try:
        return with_substitutes(found, query, evaluation.vocabulary(), search, evaluation.checkpoint)
    except OutOfTime:
        return found


def _answer(query: Query, evaluation: Evaluation, snapshot: Snapshot) -> Results:
    strict, ignored = required(query, snapshot)
    matching = _matching(strict, evaluation, snapshot)
    passed = filters(query, snapshot)
    found = _passing(matching, passed)
    more = _more(strict, found, passed, evaluation, snapshot)
    hits, whole, some = _pages(strict, found, more, snapshot)
    readings, bounded = _readings(strict, evaluation)
    if strict is not query:
        readings = worth_naming(readings, query.clause)
    counted, bars = facets(query, matching.rows, passed, snapshot), histogram(query, found.rows, snapshot)
    return Results(
        len(found.rows), hits, len(more.rows), ignored, counted, bars, readings, bounded,
        partial=evaluation.partial, position=snapshot.position, stories=whole + some, some_stories=some,
    )  # fmt: skip


def _of_word(query: Query, snapshot: Snapshot) -> Results | None:
    """The answer to a bare word and nothing else, where that takes one step; without substitutes and suggestion."""
    clause = query.clause
    if type(clause) is not Word or clause.field is not None or query[NARROWS] != PLAIN or query.page != 1:
        return None
    if not is_whole(clause):
        return None
    found = first_hits(clause, min(query.per_page, MAX_DEPTH), snapshot, is_folded=query.folded)
    if found is None:
        return None
    forms, given, hits = found
    counted: tuple[Facet, ...] = ()
    bars: Histogram | None = None
    if query.facets or query.interval is not None:
        rows = rows_of(given)
        counted, bars = facets(query, rows, {}, snapshot), histogram(query, rows, snapshot)
    total, readings = len(given) // ROW, (_reading((clause, forms, (), ())),)
    return _results(
        (total, hits, 0, (), counted, bars, readings, (), None, False, snapshot.position, total, 0, None, False)
    )


def listing(query: Query, snapshot: Snapshot) -> Listing:
    """Return all matches of a query in its order, without a limit of time."""
    snapshot = annotated(snapshot, query.annotations)
    strict, _ = required(query._replace(folded=False), snapshot)
    evaluation = Evaluation(snapshot, seconds=math.inf)
    found = _passing(_matching(strict, evaluation, snapshot), filters(query, snapshot))
    count = len(found.rows)
    order = best(*_keys(strict, found, snapshot), count) if count else found.rows  # it sorts all; the kernel is for few
    ids = snapshot.columns.ids[found.rows[order]]
    _, bounded = _readings(strict, evaluation)
    return Listing(ids.tolist(), count, snapshot.position, evaluation.partial, bounded)


def matches(query: Query, snapshot: Snapshot, evaluation: Evaluation | None = None) -> Ints:
    """Return all rows that match a query; rows with some of its words only when the query asks for any.

    Args:
        evaluation: One with time left; a new one when None.
    """
    snapshot = annotated(snapshot, query.annotations)
    strict, _ = required(query, snapshot)
    return passing(_matching(strict, evaluation or Evaluation(snapshot), snapshot).rows, filters(query, snapshot))


def required(query: Query, snapshot: Snapshot) -> tuple[Query, tuple[str, ...]]:
    """Return the query with what an article must have as its clause, and the stop words left out of it."""
    if type(query.clause) is Word and is_whole(query.clause):
        return query, ()
    clause, ignored = essential(query, snapshot.languages)
    if query.match is ANY:
        clause = any_of(clause) or clause
    same = clause is query.clause or clause == query.clause
    return query if same else query._replace(clause=clause), ignored


def _more(
    strict: Query, found: Matches, passed: dict[FacetName, Mask], evaluation: Evaluation, snapshot: Snapshot
) -> Matches:
    """Return the rows with some of the words, when few have all words and the query wants the best."""
    clause = any_of(strict.clause) if strict.match is BEST and len(found.rows) < ENOUGH else None
    if clause is None or evaluation.partial:
        return NOTHING
    evaluation.renew()
    some = _passing(_matching(strict._replace(clause=clause), evaluation, snapshot), passed)
    return difference(some, found.rows, snapshot)


def _pages(query: Query, found: Matches, more: Matches, snapshot: Snapshot) -> tuple[tuple[Hit, ...], int, int]:
    """The hits of the query's page, all words before some, and how many of each all pages have."""
    start = (query.page - 1) * query.per_page
    end = min(start + query.per_page, MAX_DEPTH)
    shown, copies = _folded(query, found, snapshot)
    hits = _hits(query, shown, copies, (start, end), snapshot)
    if more is NOTHING or not len(more.rows):
        return hits, len(shown.rows), 0
    before = len(shown.rows)
    ranked = query._replace(sort=RANKED)
    further, copies = _folded(ranked, more, snapshot)
    some = _hits(ranked, further, copies, (max(0, start - before), end - before), snapshot)
    return (*hits, *(hit._replace(some=True) for hit in some)), before, len(further.rows)


def _folded(query: Query, found: Matches, snapshot: Snapshot) -> tuple[Matches, Mapping[int, tuple[int, ...]]]:
    if not query.folded or not snapshot.has_copies:
        return found, NO_COPIES
    return folded(found, lambda: _keys(query, found, snapshot), snapshot)


def filters(query: Query, snapshot: Snapshot) -> dict[FacetName, Mask]:
    """Return the rows that pass the filter of each facet that has one."""
    passed: dict[FacetName, Mask] = {}
    for one in query.filters:
        mask = filter_mask(one, snapshot)
        passed[one.facet] = passed[one.facet] & mask if one.facet in passed else mask
    return passed


def _matching(query: Query, evaluation: Evaluation, snapshot: Snapshot) -> Matches:
    """What matches words and dates."""
    found = evaluation.found(query.clause)
    dated = dated_rows(query, found.rows, snapshot)
    return found if dated is None else Matches(found.rows[dated], found.scores[dated])


def _passing(found: Matches, passed: dict[FacetName, Mask]) -> Matches:
    for mask in passed.values():
        passing = mask[found.rows]
        found = Matches(found.rows[passing], found.scores[passing])
    return found


def _readings(strict: Query, evaluation: Evaluation) -> tuple[tuple[Reading, ...], tuple[TermClause, ...]]:
    """How each wanted term clause was searched, and the clauses with more forms than are searched for."""
    if type(strict.clause) is Word:
        return (evaluation.reading(strict.clause),), ()
    readings = tuple([evaluation.reading(clause) for clause in dict.fromkeys(wanted_clauses(strict.clause))])
    excluded = [evaluation.reading(clause) for clause in excluded_phrases(strict.clause)]
    return readings, tuple([one.clause for one in (*readings, *excluded) if is_bounded(one)])


def _suggestion(query: Query, total: int, evaluation: Evaluation, snapshot: Snapshot) -> str | None:
    """The text of a corrected query that finds more than `total`, if there is one and time to find it."""
    normal = query._replace(text="" if total else query.text, page=1, per_page=1, facets=(), interval=None, notes=())
    try:
        return snapshot.cached(("suggestion", normal), lambda: _better(query, total, evaluation, snapshot), _few_bytes)
    except OutOfTime:
        return None


def _better(query: Query, total: int, evaluation: Evaluation, snapshot: Snapshot) -> str | None:
    authors = snapshot.columns.facets[FacetName.AUTHOR].values
    evaluation.renew()
    for other in corrections(query, evaluation.vocabulary(), authors, evaluation.checkpoint):
        found = matches(other, snapshot, evaluation)
        if len(found) > total:
            return serialise(other)
        evaluation.checkpoint()  # what was cut short is not to be cached
    return None


def _few_bytes(text: str | None) -> int:
    return 1000 + len(text or "")


def _hits(
    query: Query,
    found: Matches,
    copies: Mapping[int, tuple[int, ...]],
    part: tuple[int, int],
    snapshot: Snapshot,
) -> tuple[Hit, ...]:
    """A part of the hits, from the first rank up to the second: sorted, ties by newest and then by higher id."""
    start, end = part
    if start >= end or start >= len(found.rows):
        return ()
    rows, hits = _best(query, found, end, snapshot)
    if start:
        rows, hits = rows[start:], hits[start:]
    if copies:
        hits = [
            hit._replace(copies=copies.get(leader_of(int(row), snapshot), ()))
            for row, hit in zip(rows, hits, strict=True)
        ]
    return tuple(hits)


def _best(query: Query, found: Matches, count: int, snapshot: Snapshot) -> tuple[Ints, list[Hit]]:
    """The rows of the first hits and the hits, in order; their score is 0 where the query sorts otherwise."""
    columns, is_scored = snapshot.columns, query.sort is RANKED and query.clause is not None
    if snapshot.kernel is not None:
        if is_scored:
            first, second = found.scores, times(query, snapshot)
        else:
            first, others = _keys(query, found, snapshot)
            second = times(query, snapshot) if len(others) > 1 else columns.ids
        given, hits = snapshot.kernel.top(first, found.rows, second, columns.ids, count, Hit, is_scored)
        return rows_of(given), hits
    places = best(*_keys(query, found, snapshot), count)
    rows = found.rows[places]
    scores = found.scores[places].tolist() if is_scored else repeat(0.0)
    return rows, list(map(_hit, zip(columns.ids[rows].tolist(), scores, repeat(()), repeat(False))))


def _keys(query: Query, found: Matches, snapshot: Snapshot) -> tuple[Array, Sequence[Key]]:
    """What the order of hits goes by, greatest first, and what breaks ties."""
    rows, columns = found.rows, snapshot.columns
    at = times(query, snapshot)

    def newest(places: Ints) -> Array:
        return at[rows[places]]

    def highest(places: Ints) -> Array:
        return columns.ids[rows[places]]

    match query.sort:
        case Sort.RELEVANCE if query.clause:
            return found.scores, (newest, highest)
        case Sort.OLDEST:
            return -np.where(at == UNDATED, LATEST, at)[rows], (newest, highest)
        case Sort.ADDED:
            return columns.added[rows], (newest, highest)
    return at[rows], (highest,)
