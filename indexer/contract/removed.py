"""The filter `in:removed`: a search in the texts that articles no longer have.

It stands among the filters as a value of the facet of dossiers, which `in:` names, so that addresses, chips and
saved searches hold it as they hold every filter. The texts are in an index of their own (indexer/removed.py).
"""

from dataclasses import replace

from indexer.contract.clauses import filters_in
from indexer.contract.facets import FacetName, Filter
from indexer.contract.values import Clause, Query

REMOVED = "removed"


def is_removed(facet: FacetName, value: str) -> bool:
    """Whether a value of a filter means the texts that are gone."""
    return facet is FacetName.DOSSIER and value == REMOVED


def searches_removed(query: Query) -> bool:
    """Whether a query is asked of the texts that are gone."""
    return any(is_removed(one.facet, value) for one in query.filters for value in one.values)


def without_removed(query: Query) -> Query:
    """Return the query as the index of these texts takes it."""
    left = (replace(one, values=_others(one)) for one in query.filters)
    return query._replace(filters=tuple(one for one in left if one.values or one.excluded))


def _others(one: Filter) -> tuple[str, ...]:
    return tuple(value for value in one.values if not is_removed(one.facet, value))


def holds_removed(clause: Clause | None) -> bool:
    """Whether a part of a clause has the filter, which then holds for no whole search."""
    return any(is_removed(one.facet, value) for one in filters_in(clause) for value in (*one.values, *one.excluded))
