"""A query and a snapshot -> Results."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from indexer.analysis.forms import is_bounded, reading
from indexer.contract.clauses import worth_naming
from indexer.contract.facets import FacetName
from indexer.contract.values import Hit, Match, Query, Results, Sort
from indexer.opensearch_engine import counting, folding, timeline
from indexer.opensearch_engine.clauses import as_query, learn, plain_words, words_of
from indexer.opensearch_engine.cluster import Json
from indexer.opensearch_engine.filters import all_of, by_time, dated, passing
from indexer.opensearch_engine.mapping import MAX_DEPTH
from indexer.opensearch_engine.refusals import lacks_shards
from indexer.opensearch_engine.snapshot import Snapshot
from indexer.query.matching import ENOUGH, any_of, essential, excluded_phrases
from indexer.query.serialise import serialise
from indexer.query.substitutes import with_substitutes
from indexer.query.suggest import FEW, corrections, retyped_forms

TIME_LIMIT = "2s"  # of each shard's work; what it has found by then is given, as partial
NOTHING: Json = {"hits": {"total": {"value": 0}, "hits": []}}


@dataclass(frozen=True, slots=True)
class TranslatedQuery:
    """A query as OpenSearch is asked it.

    Attributes:
        query: With what an article must have as its clause.
        ignored: The stop words left out of it.
        body: What matches words and dates.
        passed: What passes the filter of each facet that has one.
    """

    query: Query
    ignored: tuple[str, ...]
    body: Json
    passed: Mapping[FacetName, Json]

    @property
    def filtered(self) -> Json:
        """What passes all filters."""
        return all_of(list(self.passed.values()))

    @property
    def hits(self) -> Json:
        """What finds the hits: words, dates and filters."""
        return {"bool": {"must": [self.body], "filter": list(self.passed.values())}}


def answer(query: Query, snapshot: Snapshot) -> Results:
    """Answer a query, with a suggestion when little was found."""
    snapshot = snapshot.annotated(query.annotations)
    found = _answer(query, snapshot)
    if not (found.total or found.more) and query.match is Match.BEST:
        _learn_near(query, 0, snapshot)
        found = with_substitutes(found, query, snapshot.vocabulary, lambda other: _answer(other, snapshot))
    total = found.total
    if total >= FEW or found.partial or found.substitutes or not query.suggests or not (query.clause or query.filters):
        return found
    return found._replace(suggestion=_better(query, total, snapshot))


def _answer(query: Query, snapshot: Snapshot) -> Results:
    learn(words_of(essential(query, snapshot.languages)[0]), snapshot)
    made = translate(query, snapshot)
    found = _first(made, snapshot)
    total = int(found["hits"]["total"]["value"])
    partial = is_partial(found)
    hits, whole = _hits(made, found, total, snapshot)
    more, further, some = _more(made, total, whole, snapshot) if not partial else (0, (), 0)
    counted = found.get("aggregations", {})
    readings = [reading(clause, snapshot.vocabulary) for clause in dict.fromkeys(words_of(made.query.clause))]
    excluded = (reading(clause, snapshot.vocabulary) for clause in excluded_phrases(made.query.clause))
    return Results(
        total=total,
        stories=whole + some,
        some_stories=some,
        more=more,
        ignored=made.ignored,
        hits=hits + further,
        facets=counting.facets(query, counted, made.body, made.passed, snapshot),
        histogram=timeline.histogram(query, counted, total, made.hits, snapshot),
        readings=worth_naming(readings, query.clause),
        bounded=tuple(one.clause for one in (*readings, *excluded) if is_bounded(one)),
        partial=partial,
        position=snapshot.position,
    )


def translate(query: Query, snapshot: Snapshot) -> TranslatedQuery:
    """Return a query as OpenSearch is asked it."""
    snapshot = snapshot.annotated(query.annotations)
    clause, ignored = essential(query, snapshot.languages)
    if query.match is Match.ANY:
        clause = any_of(clause) or clause
    query = query._replace(clause=clause)
    passed: dict[FacetName, Json] = {}
    for one in query.filters:
        passed[one.facet] = (
            all_of([passed[one.facet], passing(one, snapshot)]) if one.facet in passed else passing(one, snapshot)
        )
    return TranslatedQuery(query, ignored, _body(query, snapshot), passed)


def order(query: Query) -> list[Json]:
    """Return what the hits are sorted by; ties are broken by newest and then by higher id."""
    ties: list[Json] = [by_time(query, "desc"), {"id": "desc"}]
    match query.sort:
        case Sort.RELEVANCE if query.clause:
            return [{"_score": "desc"}, *ties]
        case Sort.OLDEST:
            return [by_time(query, "asc"), *ties]
        case Sort.ADDED:
            return [{"added": {"order": "desc", "missing": "_last"}}, *ties]
    return ties


def is_ranked(query: Query) -> bool:
    """Do the hits have scores?"""
    return query.sort is Sort.RELEVANCE and query.clause is not None


def is_partial(found: Json) -> bool:
    """Was an answer cut short, or did a shard not answer?"""
    return bool(found.get("timed_out")) or lacks_shards(found)


def _body(query: Query, snapshot: Snapshot) -> Json:
    return {"bool": {"must": [as_query(query.clause, snapshot)], "filter": dated(query)}}


def _first(made: TranslatedQuery, snapshot: Snapshot) -> Json:
    """Ask for a page of hits, and all that is counted of them.

    They are two questions in one request. OpenSearch answers both at once, remembers the counts for the next page of
    the same query, and need not score hits that are not on the page.
    """
    query = made.query
    start = (query.page - 1) * query.per_page
    size = max(0, min(start + query.per_page, MAX_DEPTH) - start)
    aggs = counting.aggregations(query, made.passed, snapshot) | timeline.aggregations(query, made.filtered)
    common: Json = {"query": made.body, "_source": False, "timeout": TIME_LIMIT}
    if made.passed:
        common["post_filter"] = made.filtered
    page = common | {"from": start if size else 0, "size": size, "sort": order(query)}
    if query.folded and snapshot.has_copies():
        aggs |= folding.aggregations(made.filtered)
        page |= folding.COLLAPSE
    if not aggs:
        return snapshot.search(page | {"track_total_hits": True})
    counts = common | {"size": 0, "track_total_hits": True, "aggs": aggs}
    found, counted = snapshot.searches([page | {"track_total_hits": False}, counts])
    answered = counted.get("aggregations", {})
    hits = found["hits"] | {"total": counted["hits"]["total"]}
    partial = is_partial(found) or is_partial(counted)
    return found | {"hits": hits, "aggregations": answered, "timed_out": partial}


def _hits(made: TranslatedQuery, found: Json, total: int, snapshot: Snapshot) -> tuple[tuple[Hit, ...], int]:
    """The hits of an answer, and how many there are on all pages."""
    query = made.query
    copies = folding.copies(found.get("aggregations", {}))
    groups: Mapping[int, list[int]] = {}
    if copies and found["hits"]["hits"]:
        leaders = [int(one["fields"]["leader"][0]) for one in found["hits"]["hits"]]
        groups = folding.others(made.hits, leaders, order(query), snapshot)
    hits = []
    for one in found["hits"]["hits"]:
        id = int(one["sort"][-1])
        score = float(one["sort"][0]) if is_ranked(query) else 0.0
        group = groups.get(int(one["fields"]["leader"][0]), []) if groups else []
        copies_of_it = tuple(snapshot.id_here(other) for other in group if other != id)
        hits.append(Hit(snapshot.id_here(id), score, copies_of_it))
    return tuple(hits), folding.stories(made.hits, total, copies, snapshot)


def _more(made: TranslatedQuery, total: int, before: int, snapshot: Snapshot) -> tuple[int, tuple[Hit, ...], int]:
    """How many articles have some of the words, where few have all; those on this page; their stories."""
    query = made.query
    clause = any_of(query.clause) if query.match is Match.BEST and total < ENOUGH else None
    if clause is None:
        return 0, (), 0
    start, end = ((page * query.per_page) - before for page in (query.page - 1, query.page))
    some = query._replace(clause=clause, sort=Sort.RELEVANCE, facets=(), interval=None)
    body = {"bool": {"must": [_body(some, snapshot)], "must_not": [made.body]}}
    start, end = max(0, start), max(0, end)
    paged = replace(made, query=some, body=body)
    found = _part(paged, start, end, snapshot)
    count = int(found["hits"]["total"]["value"])
    hits, stories = _hits(paged, found, count, snapshot)
    return count, tuple(hit._replace(some=True) for hit in hits), stories


def _part(made: TranslatedQuery, start: int, end: int, snapshot: Snapshot) -> Json:
    """Ask for the hits from one rank up to another."""
    end = min(end, MAX_DEPTH)
    body: Json = {
        "query": made.hits,
        "from": start if end > start else 0,
        "size": max(0, end - start),
        "sort": order(made.query),
        "track_total_hits": True,
        "_source": False,
        "timeout": TIME_LIMIT,
    }
    if made.query.folded and snapshot.has_copies():
        body |= {"aggs": folding.aggregations(all_of([])), **folding.COLLAPSE}
    return snapshot.search(body)


def _better(query: Query, total: int, snapshot: Snapshot) -> str | None:
    """The text of a corrected query that finds more than `total`, if there is one."""
    _learn_near(query, total, snapshot)
    for other in corrections(query, snapshot.vocabulary, _Authors(snapshot)):
        if snapshot.count(translate(other, snapshot).hits) > total:
            return serialise(other)
    return None


def _learn_near(query: Query, total: int, snapshot: Snapshot) -> None:
    snapshot.learn_near([word.text for clause in words_of(query.clause) for word in plain_words(clause)])
    if not total:
        snapshot.learn(word for words in retyped_forms(query.text).values() for word in words)


class _Authors:
    """The authors of the corpus, asked for only when a correction looks at them."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def __contains__(self, key: object) -> bool:
        return key in self._snapshot.keys(FacetName.AUTHOR)

    def __iter__(self) -> Iterator[str]:
        return iter(self._snapshot.keys(FacetName.AUTHOR))

    def __len__(self) -> int:
        return len(self._snapshot.keys(FacetName.AUTHOR))
