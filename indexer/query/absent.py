"""A query's filters -> notes on the values that no article has, which a search would pass over in silence."""

from collections.abc import Callable, Iterator

from corpus.texts import Text, text, texts
from indexer.contract.facets import ANNOTATED, FACETS, FacetName, Filter, no_values
from indexer.contract.removed import is_removed
from indexer.contract.values import And, Clause, Not, Or, Query, Results

MOST = 16  # values that are looked up, each by a search; people type fewer


def absent_values(query: Query, may_find: Callable[[Query], bool]) -> tuple[Text, ...]:
    """Return a note for each value that no article has, left out of the search or not, and on values not looked up.

    Args:
        may_find: Whether an article passes a filter, or may do so where not all of the index answered.
    """
    wanted = list(dict.fromkeys(_values(query)))
    absent = [one for one in wanted[:MOST] if _is_absent(query, *one, may_find)]
    notes = tuple(
        text('{facet} "{value}": no article here has it', facet=FACETS[facet].noun, value=value[:80])
        for facet, value in absent
    )
    if (more := len(wanted) - MOST) > 0:
        notes += (
            texts(
                "whether an article has {n:,} further value of the filters was not looked up",
                "whether an article has {n:,} further values of the filters was not looked up",
                more,
            ),
        )
    return notes


def may_find(found: Results) -> bool:
    """Whether results have an article, or may lack one: a part of the index did not answer, or there is no index."""
    return bool(found.total or found.partial or not found.position)


def _is_absent(query: Query, facet: FacetName, value: str, may_find: Callable[[Query], bool]) -> bool:
    only = Query(filters=(Filter(facet, (value,)),), facets=(), interval=None, per_page=1, suggests=False)
    return not may_find(only._replace(annotations=query.annotations) if facet in ANNOTATED else only)


def _values(query: Query) -> Iterator[tuple[FacetName, str]]:
    for one in (*query.filters, *_filters(query.clause)):
        for value in (*one.values, *one.excluded):
            if value not in no_values(one.facet) and not is_removed(one.facet, value):
                yield one.facet, value


def _filters(clause: Clause | None) -> Iterator[Filter]:
    match clause:
        case And(clauses) | Or(clauses):
            for inner in clauses:
                yield from _filters(inner)
        case Not(inner):
            yield from _filters(inner)
        case Filter():
            yield clause
