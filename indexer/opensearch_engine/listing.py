"""A query and a snapshot -> the ids of all that match, in order, however many, as they stood at one moment."""

from array import array

from indexer.analysis.forms import is_bounded, reading
from indexer.contract.listing import Listing
from indexer.contract.values import Query
from indexer.opensearch_engine.clauses import words_of
from indexer.opensearch_engine.search import is_partial, order, translate
from indexer.opensearch_engine.snapshot import Snapshot
from indexer.query.matching import excluded_phrases


def listing(query: Query, snapshot: Snapshot) -> Listing:
    """Return all matches of a query whose words all count, or any of them; pages, facets and copies do not matter."""
    made = translate(query, snapshot)
    body = {"query": made.hits, "sort": order(query), "track_total_hits": True, "_source": False}
    ids, total, partial = array("q"), 0, False
    for page in snapshot.pages(body):
        total = total or int(page["hits"].get("total", {"value": 0})["value"])
        partial |= is_partial(page)
        ids.extend(snapshot.id_here(int(one["sort"][-1])) for one in page["hits"]["hits"])
    clauses = dict.fromkeys((*words_of(made.query.clause), *excluded_phrases(made.query.clause)))
    bounded = tuple(one for one in clauses if is_bounded(reading(one, snapshot.vocabulary)))
    return Listing(ids, total, snapshot.position, partial, bounded)
