"""A clause -> the term clauses that a document is wanted for."""

from collections.abc import Iterator

from indexer.contract.facets import Filter
from indexer.contract.values import And, Clause, DateRange, Not, Or, TermClause


def wanted_clauses(clause: Clause | None) -> Iterator[TermClause]:
    """Yield the term clauses that are not excluded, in typed order; a repeated word as often as it was typed."""
    match clause:
        case And(clauses) | Or(clauses):
            for part in clauses:
                yield from wanted_clauses(part)
        case None | Not() | Filter() | DateRange():
            return
        case clause:
            yield clause
