"""An article's texts -> the articles most like it, by the words that it has often and others rarely."""

from collections import Counter
from collections.abc import Sequence
from math import log

from indexer.analysis.text import forms
from indexer.contract.values import Hit, Query, Sort, Word
from indexer.opensearch_engine.clauses import one_of
from indexer.opensearch_engine.search import order
from indexer.opensearch_engine.snapshot import Snapshot

COMPARED = 30  # words of the article
MAX_CHARS = 100_000  # of a text that are looked at
MIN_LETTERS = 3
MAX_SHARE = 0.2  # of the articles may have a word; a more common word says nothing of an article
FEW = 10  # articles may have a word in any corpus, however small

_RANKED = Query(clause=Word("ranked"), sort=Sort.RELEVANCE)


def similar(id: int, texts: Sequence[str], limit: int, snapshot: Snapshot) -> tuple[Hit, ...]:
    """Return the articles most like one, itself and its copies left out."""
    found = snapshot.search(
        {"size": 1, "_source": False, "query": {"term": {"id": snapshot.first + id}}, "docvalue_fields": ["leader"]}
    )["hits"]["hits"]
    if not found:
        return ()
    leader = int(found[0]["fields"]["leader"][0])
    rare = _rare_words(Counter(form for text in texts for form in forms(text[:MAX_CHARS])), snapshot)
    if not rare:
        return ()
    words = [one_of((form,), None, boost=weight) for form, weight in rare]
    answer = snapshot.search(
        {
            "size": limit,
            "_source": False,
            "sort": order(_RANKED),
            "query": {"bool": {"should": words, "minimum_should_match": 1, "must_not": [{"term": {"leader": leader}}]}},
        }
    )
    return tuple(Hit(snapshot.id_here(int(one["sort"][-1])), float(one["sort"][0])) for one in answer["hits"]["hits"])


def _rare_words(counts: Counter[str], snapshot: Snapshot) -> list[tuple[str, float]]:
    """The words that an article has often and other articles rarely, and how much each of them counts."""
    articles = snapshot.articles()
    having = snapshot.vocabulary.frequencies([form for form in counts if len(form) >= MIN_LETTERS])
    found = [
        (form, log(1 + counts[form]) * log(1 + articles / number))
        for form, number in having.items()
        if 1 < number <= max(FEW, articles * MAX_SHARE)
    ]
    return sorted(found, key=lambda one: (-one[1], one[0]))[:COMPARED]
