"""A query that asks for links -> the note on articles that were read before links were, which it cannot find."""

from collections.abc import Callable

from corpus.texts import Text, texts
from indexer.contract.clauses import filters_in
from indexer.contract.facets import FacetName, Filter
from indexer.contract.linked_sites import UNREAD
from indexer.contract.values import Query, Results

_UNREAD = Query(filters=(Filter(FacetName.LINKS, (UNREAD,)),), facets=(), interval=None, per_page=1, suggests=False)


def unread_links(query: Query, search: Callable[[Query], Results], *, command: bool = True) -> tuple[Text, ...]:
    """Return the note; nothing when the query does not ask for links, or the links of all articles are known.

    Args:
        command: Name the command that reads them, for who may be at the archive's machine.
    """
    if not any(map(_asks_for_links, (*query.filters, *filters_in(query.clause)))):
        return ()
    if not (count := search(_UNREAD).total):
        return ()
    if not command:
        return (
            texts(
                "{n:,} article was read before links were read: where it links to is not known",
                "{n:,} articles were read before links were read: where they link to is not known",
                count,
            ),
        )
    return (
        texts(
            "{n:,} article was read before links were read; this command reads them: pressmark extract --all",
            "{n:,} articles were read before links were read; this command reads them: pressmark extract --all",
            count,
        ),
    )


def _asks_for_links(one: Filter) -> bool:
    return one.facet is FacetName.LINKS and any(value != UNREAD for value in (*one.values, *one.excluded))
