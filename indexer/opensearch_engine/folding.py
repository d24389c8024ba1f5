"""Hits that tell one text -> the first of them, which the others are, and how many stories there are.

OpenSearch gives the first hit of each group by itself; the rest is asked for only where the hits have copies.
"""

from collections.abc import Mapping, Sequence

from indexer.opensearch_engine.cluster import Json
from indexer.opensearch_engine.filters import all_of, any_of, counted_under, counts_under, terms
from indexer.opensearch_engine.mapping import MAX_DEPTH
from indexer.opensearch_engine.snapshot import Snapshot

PAGE = 10_000  # groups asked for at once

COLLAPSE: Json = {"collapse": {"field": "leader"}}


def aggregations(passed: Json) -> Json:
    """Return the aggregation that counts the hits that are copies."""
    return counted_under("copies", passed, {"copies": {"filter": {"exists": {"field": "copy"}}}})


def copies(answered: Json) -> int:
    """Return how many of the hits are copies."""
    return int(counts_under("copies", answered).get("copies", {}).get("doc_count", 0))


def stories(body: Json, total: int, copies: int, snapshot: Snapshot) -> int:
    """Return how many hits there are when each group of copies is one.

    Args:
        body: What finds the hits, filters included.
        total: How many they are.
        copies: How many of them are copies of another article, which may be a hit or not.
    """
    if not copies:
        return total
    leaders = _leaders(body, snapshot)
    there = sum(snapshot.count(all_of([body, one])) for one in terms("id", leaders))
    return total - copies + len(leaders) - there


def others(body: Json, leaders: Sequence[int], sort: Sequence[Json], snapshot: Snapshot) -> Mapping[int, list[int]]:
    """Return leader -> the ids of all hits of its group, in the order of the hits."""
    found: dict[int, list[int]] = {}
    request = {
        "size": MAX_DEPTH,
        "query": {"bool": {"must": [body], "filter": [any_of(terms("leader", leaders))]}},
        "sort": sort,
        "_source": False,
        "docvalue_fields": ["leader"],
    }
    for hit in snapshot.search(request)["hits"]["hits"]:
        found.setdefault(int(hit["fields"]["leader"][0]), []).append(int(hit["sort"][-1]))
    return found


def _leaders(body: Json, snapshot: Snapshot) -> list[int]:
    """The articles that the copies among the hits are copies of."""
    found: list[int] = []
    composite: Json = {"size": PAGE, "sources": [{"leader": {"terms": {"field": "copy"}}}]}
    copies = all_of([body, {"exists": {"field": "copy"}}])
    while True:
        request = {"size": 0, "query": copies, "aggs": {"groups": {"composite": composite}}}
        page = snapshot.search(request)["aggregations"]["groups"]
        found += [int(one["key"]["leader"]) for one in page["buckets"]]
        if "after_key" not in page:
            return found
        composite["after"] = page["after_key"]
