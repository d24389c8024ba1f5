"""Filters and dates of a query -> queries of OpenSearch, which score nothing."""

from collections.abc import Iterable
from typing import cast

from indexer.analysis.filter_keys import chosen_keys
from indexer.contract.facets import ANNOTATED, FACETS, NONE, FacetName, Filter
from indexer.contract.values import DateRange, Dating, Query
from indexer.opensearch_engine.cluster import Json
from indexer.opensearch_engine.mapping import HOSTS, MAX_TERMS
from indexer.opensearch_engine.snapshot import Snapshot

EVERYTHING: Json = {"match_all": {}}
NOTHING: Json = {"match_none": {}}

_NEVER = 1 << 60  # a minute that no article has
# Both fields stand in every index; one for the lesser of them would be another mapping.
_TIME = "doc['published'].size() == 0 ? params.undated : Math.min(doc['published'].value, doc['added'].value)"
_NEWS = (
    "long at = doc['added'].size() == 0 ? params.never : doc['added'].value;"
    " return doc['published'].size() == 0 ? at : Math.min(doc['published'].value, at)"
)


def passing(one: Filter, snapshot: Snapshot) -> Json:
    """Return the query for articles that pass one facet's filter."""
    parts: Json = {}
    if one.values:
        parts["filter"] = [having(one.facet, one.values, snapshot)]
    if one.excluded:
        parts["must_not"] = [having(one.facet, one.excluded, snapshot)]
    return {"bool": parts} if parts else EVERYTHING


def having(facet: FacetName, values: Iterable[str], snapshot: Snapshot) -> Json:
    """Return the query for articles that have one of the values."""
    if facet in ANNOTATED:
        return any_of([annotated(facet, value, snapshot) for value in values])
    parts: list[Json] = []
    keys: set[str] = set()
    for value in values:
        is_part = value.startswith(".") or value.endswith("*")
        if FACETS[facet].by_host and "." in value and not is_part:
            parts.append({"term": {HOSTS[facet]: value}})
        elif value == NONE:
            parts.append({"bool": {"must_not": [{"exists": {"field": facet.value}}]}})
        elif not is_part and (not FACETS[facet].by_parts or snapshot.has_key(facet, value)):
            keys.add(value)
        else:
            keys |= chosen_keys(facet, value, snapshot.keys(facet))
    return any_of([*parts, *terms(facet.value, keys)])


def annotated(facet: FacetName, value: str, snapshot: Snapshot) -> Json:
    """Return what has a tag or is in a dossier, which no index holds: by the ids of the articles."""
    known = snapshot.annotations.values(facet)
    if value == NONE:
        every = {id for ids in known.values() for id in ids}
        return {"bool": {"must_not": [_with_ids(every, snapshot)]}}
    return _with_ids(known.get(value, ()), snapshot)


def _with_ids(ids: Iterable[int], snapshot: Snapshot) -> Json:
    return any_of(terms("id", {snapshot.first + id for id in ids}))


def terms(field: str, values: Iterable[str | int]) -> list[Json]:
    """Return queries for any of the values, as many as OpenSearch's limit makes of them."""
    every = sorted(values, key=str)
    return [{"terms": {field: every[at : at + MAX_TERMS]}} for at in range(0, len(every), MAX_TERMS)]


def any_of(parts: list[Json]) -> Json:
    """Return what any of some queries finds."""
    if not parts:
        return NOTHING
    return parts[0] if len(parts) == 1 else {"bool": {"should": parts, "minimum_should_match": 1}}


def all_of(parts: list[Json]) -> Json:
    """Return what all of some queries find; everything when there are none."""
    return {"bool": {"filter": parts}} if parts else EVERYTHING


def counted_under(name: str, passed: Json, aggs: Json) -> Json:
    """Return aggregations under a filter, by one name; where it lets everything pass they need none."""
    if passed == EVERYTHING:
        return {f"{name} {own}": one for own, one in aggs.items()}
    return {name: {"filter": passed, "aggs": aggs}}


def counts_under(name: str, answered: Json) -> Json:
    """Return what the aggregations of a name answered."""
    if name in answered:
        return cast(Json, answered[name])
    return {own.removeprefix(f"{name} "): one for own, one in answered.items() if own.startswith(f"{name} ")}


def date_field(query: Query | DateRange) -> str:
    """Return the field by which a query dates articles."""
    return "added" if query.dating is Dating.FETCHED else "published"


def by_time(query: Query, order: str) -> Json:
    """Return the order by which articles have their places in time (`Sort`), undated ones last."""
    if query.dating is Dating.FETCHED:
        return {"added": {"order": order, "missing": "_last"}}
    script = {"source": _TIME, "params": {"undated": -_NEVER if order == "desc" else _NEVER}}
    return {"_script": {"type": "number", "script": script, "order": order}}


def latest_first() -> Json:
    """Return the order of a list of news: as `by_time`, but an undated article stands where it was added."""
    return {"_script": {"type": "number", "script": {"source": _NEWS, "params": {"never": -_NEVER}}, "order": "desc"}}


def dated(query: Query | DateRange) -> list[Json]:
    """Return what lies in a range of dates; nothing to ask when it names none."""
    field = date_field(query)
    parts: list[Json] = []
    if query.dating is Dating.NONE:
        parts.append({"bool": {"must_not": [{"exists": {"field": field}}]}})
    if query.since:
        latest = "latest" if field == "published" else field
        parts.append({"range": {latest: {"gte": query.since.start}}})
    if query.until:
        parts.append({"range": {field: {"lt": query.until.end}}})
    return parts
