"""All matches of a search in one committed state, in order: what an export walks through."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.contract.values import TermClause


@dataclass(frozen=True, slots=True)
class Listing:
    """The matches of a search.

    Attributes:
        ids: The ids of the articles, in the order of the hits, each once.
        total: How many articles match; more than `ids` where the engine has a bound on the hits that it can list.
        position: The store's sequence that the state reflects.
        partial: There may be more matches: a bound cut the work short, or a part of the index did not answer.
        bounded: As in Results: term clauses that were not searched for in all their forms.
    """

    ids: Sequence[int]
    total: int
    position: int
    partial: bool
    bounded: tuple[TermClause, ...] = ()
