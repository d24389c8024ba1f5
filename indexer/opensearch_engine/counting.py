"""The facets of a query -> aggregations of OpenSearch, and what they answer -> counts whose error is zero."""

from collections.abc import Iterator, Mapping

from indexer.contract.facets import ANNOTATED, NONE, Facet, FacetCount, FacetName, no_values
from indexer.contract.values import Query
from indexer.opensearch_engine.cluster import Json
from indexer.opensearch_engine.filters import all_of, annotated, counted_under, counts_under, having
from indexer.opensearch_engine.snapshot import Snapshot

VALUES = 100  # asked of every shard at first; of a facet with fewer values all are counted, and known, by that
LISTED = 4_000  # values that the corpus may have of a facet for all of them to be asked for at first
MORE = (10_000, 60_000)  # asked when these leave an error, or do not tell how many values there are
COUNTED = 1_000  # tags that are counted, and dossiers: each is a filter of its own
PRECISE = 40_000  # values up to which OpenSearch's own count of them is near the truth


def aggregations(query: Query, passed: Mapping[FacetName, Json], snapshot: Snapshot) -> Json:
    """Return the aggregations that count the facets of a query, each under all filters but its own."""
    found: Json = {}
    for name in query.facets:
        if name in ANNOTATED:
            found |= counted_under(f"facet {name}", _others(name, passed), _annotated(name, query, snapshot))
            continue
        inner = {"values": _first(name, query.facet_size, snapshot), "none": {"missing": {"field": name.value}}}
        for at, value in enumerate(_chosen(name, query)):
            inner[f"chosen {at}"] = {"filter": _one(name, value, snapshot)}
        for value in no_values(name) - {NONE}:
            inner[f"no value {value}"] = {"filter": {"term": {name.value: value}}}
        found |= counted_under(f"facet {name}", _others(name, passed), inner)
    return found


def facets(
    query: Query, answered: Json, body: Json, passed: Mapping[FacetName, Json], snapshot: Snapshot
) -> tuple[Facet, ...]:
    """Return the facets of an answer.

    Args:
        answered: What the aggregations answered.
        body: What matches words and dates, whatever the filters: asked again where a count is not proven.
    """
    return tuple(
        _facet(name, query, counts_under(f"facet {name}", answered), body, passed, snapshot) for name in query.facets
    )


def _annotated(name: FacetName, query: Query, snapshot: Snapshot) -> Json:
    return {
        f"value {at}": {"filter": annotated(name, value, snapshot)}
        for at, value in enumerate(_counted_values(name, query))
    }


def _counted_values(name: FacetName, query: Query) -> tuple[str, ...]:
    """Return the tags or dossiers that are counted: those of most articles, and those that are chosen."""
    known = query.annotations.values(name)
    most = sorted(known, key=lambda value: (-len(known[value]), value))[:COUNTED]
    return tuple(dict.fromkeys((*_chosen(name, query), NONE, *most)))


def _annotated_facet(name: FacetName, query: Query, answered: Json) -> Facet:
    chosen = _chosen(name, query)
    counts = {value: int(answered[f"value {at}"]["doc_count"]) for at, value in enumerate(_counted_values(name, query))}
    ranked = sorted(((value, n) for value, n in counts.items() if n), key=lambda pair: (-pair[1], pair[0]))
    shown = dict(ranked[: query.facet_size]) | {value: counts[value] for value in chosen}
    ranked = sorted(shown.items(), key=lambda pair: (-pair[1], pair[0]))
    distinct = sum(bool(n) for value, n in counts.items() if value != NONE)
    return Facet(name, tuple(FacetCount(*pair) for pair in ranked), distinct)


def _facet(
    name: FacetName,
    query: Query,
    answered: Json,
    body: Json,
    passed: Mapping[FacetName, Json],
    snapshot: Snapshot,
) -> Facet:
    chosen = _chosen(name, query)
    if not answered:
        return Facet(name, tuple(FacetCount(value, 0) for value in sorted(chosen)), 0)
    if name in ANNOTATED:
        return _annotated_facet(name, query, answered)
    values, distinct = answered["values"], _distinct(answered["values"])
    if distinct is None or values["doc_count_error_upper_bound"]:
        values, distinct = _proven(name, query, body, passed, snapshot)
    counts = {one["key"]: one["doc_count"] for one in values["buckets"]}
    distinct -= sum(bool(answered[f"no value {value}"]["doc_count"]) for value in no_values(name) - {NONE})
    if none := answered["none"]["doc_count"]:
        counts[NONE] = none
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = dict(ranked[: query.facet_size])
    for at, value in enumerate(chosen):
        shown.setdefault(value, answered[f"chosen {at}"]["doc_count"])
    ranked = sorted(shown.items(), key=lambda pair: (-pair[1], pair[0]))
    return Facet(name, tuple(FacetCount(*pair) for pair in ranked), distinct)


def _proven(
    name: FacetName, query: Query, body: Json, passed: Mapping[FacetName, Json], snapshot: Snapshot
) -> tuple[Json, int]:
    """Count one facet again with more values of every shard, until the error is zero and all values are counted."""
    known = snapshot.distinct(name)
    for most in (one for one in MORE if known < one or one == MORE[-1]):
        inner = {"values": _terms(name, query.facet_size, most), "every": _every(name, most)}
        number = {"distinct": {"stats_bucket": {"buckets_path": "every>_count"}}}
        found = _again(name, inner | number, body, passed, snapshot)
        if not found["values"]["doc_count_error_upper_bound"] and not found["every"]["sum_other_doc_count"]:
            return found["values"], int(found["distinct"]["count"])
    inner = {
        "values": _terms(name, query.facet_size, MORE[-1]),
        "distinct": {"cardinality": {"field": name.value, "precision_threshold": PRECISE}},
    }
    found = _again(name, inner, body, passed, snapshot)
    return found["values"], int(found["distinct"]["value"])


def _again(name: FacetName, inner: Json, body: Json, passed: Mapping[FacetName, Json], snapshot: Snapshot) -> Json:
    aggs = {"facet": {"filter": _others(name, passed), "aggs": inner}}
    found: Json = snapshot.search({"size": 0, "query": body, "aggs": aggs}, without="aggregations.facet.every.buckets")
    counted: Json = found["aggregations"]["facet"]
    return counted


def _first(name: FacetName, size: int, snapshot: Snapshot) -> Json:
    """What is asked of a facet at first: all its values where the corpus has not too many, else some."""
    most = snapshot.distinct(name) * 11 // 10 + VALUES  # the number of values is an estimate, within some hundredths
    return _every(name, max(size, most)) if most <= LISTED else _terms(name, size, VALUES)


def _distinct(values: Json) -> int | None:
    """How many values there are, when the answer holds them all."""
    return None if values["sum_other_doc_count"] else len(values["buckets"])


def _terms(name: FacetName, size: int, most: int) -> Json:
    return {"terms": {"field": name.value, "size": max(size, min(most, VALUES)), "shard_size": max(size, most)}}


def _every(name: FacetName, most: int) -> Json:
    return {"terms": {"field": name.value, "size": most, "shard_size": most}}


def _others(name: FacetName, passed: Mapping[FacetName, Json]) -> Json:
    return all_of([query for facet, query in passed.items() if facet is not name])


def _one(name: FacetName, value: str, snapshot: Snapshot) -> Json:
    """What a chosen value counts: the key it is, or, when it is none, the keys it stands for."""
    return {"term": {name.value: value}} if snapshot.has_key(name, value) else having(name, (value,), snapshot)


def _chosen(name: FacetName, query: Query) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_values(name, query)))


def _values(name: FacetName, query: Query) -> Iterator[str]:
    for one in query.filters:
        if one.facet is name:
            yield from one.values
