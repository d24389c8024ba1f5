"""A query's filters -> notes on the values that no article has, which a search would pass over in silence."""

from collections.abc import Callable, Iterator, Sequence

from corpus.texts import Text, text, texts
from indexer.contract.clauses import filters_in
from indexer.contract.facets import ANNOTATED, FACETS, FacetName, Filter, no_values
from indexer.contract.removed import is_removed
from indexer.contract.values import Query, Results

MOST = 16  # values that are looked up, each by a search; people type fewer


def absent_values(
    query: Query, search: Callable[[Query], Results], unsearched: Callable[[], Sequence[str]] = tuple
) -> tuple[Text, ...]:
    """Return a note for each value that no article has, left out of the search or not, and on values not looked up.

    Nothing is said of a value that a part of the index may have which did not answer, or before there is an index.

    Args:
        unsearched: Says which stores the last search left out.
    """

    def is_absent(facet: FacetName, value: str) -> bool:
        only = Query(filters=(Filter(facet, (value,)),), facets=(), interval=None, per_page=1, suggests=False)
        found = search(only._replace(annotations=query.annotations) if facet in ANNOTATED else only)
        return bool(not found.total and not found.partial and found.position and not unsearched())

    wanted = list(dict.fromkeys(_values(query)))
    absent = [one for one in wanted[:MOST] if is_absent(*one)]
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


def _values(query: Query) -> Iterator[tuple[FacetName, str]]:
    for one in (*query.filters, *filters_in(query.clause)):
        for value in (*one.values, *one.excluded):
            if value not in no_values(one.facet) and not is_removed(one.facet, value):
                yield one.facet, value
