"""One article -> those most like it, by the words that tell it from the rest."""

from collections import Counter
from math import log

from indexer.contract.values import Hit, Query, Sort, Word
from indexer.opensearch_engine.clauses import one_of
from indexer.opensearch_engine.documents import every_form
from indexer.opensearch_engine.search import order
from indexer.opensearch_engine.snapshot import Snapshot

TELLING = 30  # words of the article that are compared
MIN_LETTERS = 3
MAX_SHARE = 0.2  # of the articles may have a word; one that is more common tells nothing
FEW = 10  # articles may have a word in any corpus, however small

_RANKED = Query(clause=Word("ranked"), sort=Sort.RELEVANCE)


def similar(id: int, limit: int, snapshot: Snapshot) -> tuple[Hit, ...]:
    """Return the articles most like one, itself and its copies left out."""
    found = snapshot.search({"size": 1, "query": {"term": {"id": id}}, "docvalue_fields": ["leader"]})["hits"]["hits"]
    if not found:
        return ()
    leader = int(found[0]["fields"]["leader"][0])
    telling = _telling(Counter(every_form(found[0]["_source"])), snapshot)
    if not telling:
        return ()
    words = [one_of((form,), None, boost=weight) for form, weight in telling]
    answer = snapshot.search(
        {
            "size": limit,
            "_source": False,
            "sort": order(_RANKED),
            "query": {"bool": {"should": words, "minimum_should_match": 1, "must_not": [{"term": {"leader": leader}}]}},
        }
    )
    return tuple(Hit(int(one["sort"][-1]), float(one["sort"][0])) for one in answer["hits"]["hits"])


def _telling(counts: Counter[str], snapshot: Snapshot) -> list[tuple[str, float]]:
    """The words an article has often and others seldom, and how much each tells."""
    articles = snapshot.articles()
    having = snapshot.vocabulary.frequencies([form for form in counts if len(form) >= MIN_LETTERS])
    found = [
        (form, log(1 + counts[form]) * log(1 + articles / number))
        for form, number in having.items()
        if 1 < number <= max(FEW, articles * MAX_SHARE)
    ]
    return sorted(found, key=lambda one: (-one[1], one[0]))[:TELLING]
