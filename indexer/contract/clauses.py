"""A clause -> the term clauses that a document is wanted for, and the filters in it."""

from collections.abc import Iterator, Sequence

from indexer.contract.facets import Filter
from indexer.contract.values import And, Clause, DateRange, Not, Or, Reading, TermClause


def wanted_clauses(clause: Clause | None) -> Sequence[TermClause]:
    """Return the term clauses that are not excluded, in typed order; a repeated word as often as it was typed."""
    if isinstance(clause, And | Or):
        return [one for part in clause.clauses for one in wanted_clauses(part)]
    return () if clause is None or isinstance(clause, Not | Filter | DateRange) else (clause,)


def filters_in(clause: Clause | None, *, excluded: bool = True) -> Iterator[Filter]:
    """Give the filters in a clause, in the order typed; with `excluded` also filters within excluded parts."""
    match clause:
        case And(clauses) | Or(clauses):
            for one in clauses:
                yield from filters_in(one, excluded=excluded)
        case Not(inner) if excluded:
            yield from filters_in(inner)
        case Filter():
            yield clause


def worth_naming(readings: Sequence[Reading], clause: Clause | None) -> tuple[Reading, ...]:
    """Return the readings worth showing: of words as typed, and of their other writings that an article has."""
    if all(one.forms for one in readings):
        return tuple(readings)
    typed = wanted_clauses(clause)
    return tuple([one for one in readings if one.forms or one.clause in typed])
