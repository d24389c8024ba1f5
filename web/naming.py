"""Facet keys -> what they are called on a page."""

from corpus.store import ArticleStore
from indexer.engine import FacetName, Query, Results
from indexer.reading import Labels


def labels(store: ArticleStore, query: Query, results: Results) -> Labels:
    keys = {each.value for facet in results.facets if facet.name is FacetName.AUTHOR for each in facet.counts}
    keys |= {v for each in query.filters if each.facet is FacetName.AUTHOR for v in (*each.values, *each.excluded)}
    found = {(FacetName.AUTHOR, key): who.name for key, who in store.author_labels(keys).items()}
    for facet in results.facets:
        if facet.name is FacetName.SECTION:
            found |= {
                (FacetName.SECTION, each.value): each.value.replace("-", " ").capitalize() for each in facet.counts
            }
    return found
