"""The operands of one parenthesis, one after another -> the clause they make together.

Filters of one facet side by side mean any of their values (`by:ana by:li`), filters of different facets and all else
narrow each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from indexer.contract.facets import Filter
from indexer.contract.values import And, Clause, DateRange, Dating, Not, Or


class Group:
    """The clauses of one parenthesis so far: a list of all, each an OR of one or more."""

    def __init__(self) -> None:
        self.alternatives: list[list[Clause]] = []
        self.joins = self.excludes = False

    @property
    def may_join(self) -> bool:
        """Whether an operand stands before, for an operator to join."""
        return bool(self.alternatives) and not self.joins

    def take(self, operator: str) -> None:
        """Let an operator, `or` or `not`, apply to what comes next; `and` changes nothing."""
        self.joins = self.joins or operator == "or"
        self.excludes = self.excludes is not (operator == "not")

    def add(self, clause: Clause | None) -> None:
        """Add the clause of an operand; None: the operand has none, such as a lone punctuation mark."""
        if clause is not None and self.joins and self.alternatives:
            self.alternatives[-1].append(clause)
        elif clause is not None:
            self.alternatives.append([clause])
        self.joins = self.excludes = False

    def clause(self) -> Clause | None:
        """Return the clause of the group; None: no operand of it has one."""
        every = [_any(group) for group in self.alternatives]
        parts = _merged(inner for one in every for inner in (one.clauses if isinstance(one, And) else (one,)))
        return And(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)


def negated(clause: Clause) -> Clause:
    """Return everything but a clause; a filter's values are excluded by it."""
    match clause:
        case Not(inner):
            return inner
        case Filter(facet, values, ()):
            return Filter(facet, (), values)
        case Filter(facet, (), excluded):
            return Filter(facet, excluded)
    return Not(clause)


def by_date_of_fetching(clause: Clause | None) -> Clause | None:
    """Return a clause whose ranges of dates are those of the first fetch, as they are in the whole search."""
    match clause:
        case DateRange(since, until, Dating.ANY):
            return DateRange(since, until, Dating.FETCHED)
        case And(clauses) | Or(clauses):
            return replace(clause, clauses=tuple(by_date_of_fetching(one) or one for one in clauses))
        case Not(inner):
            return Not(by_date_of_fetching(inner) or inner)
    return clause


def _any(group: Sequence[Clause]) -> Clause:
    parts: list[Clause] = []
    for one in (inner for each in group for inner in (each.clauses if isinstance(each, Or) else (each,))):
        at = _same_facet(one, parts) if isinstance(one, Filter) and not one.excluded else None
        if at is None:
            parts.append(one)
        else:
            parts[at] = _united(parts[at], one)
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def _merged(clauses: Iterable[Clause]) -> list[Clause]:
    parts: list[Clause] = []
    for one in clauses:
        at = _same_facet(one, parts, excluded=True) if isinstance(one, Filter) else None
        if at is None:
            parts.append(one)
        else:
            parts[at] = _united(parts[at], one)
    return parts


def _same_facet(one: Filter, parts: Sequence[Clause], *, excluded: bool = False) -> int | None:
    places = enumerate(parts)
    return next(
        (
            at
            for at, other in places
            if isinstance(other, Filter) and other.facet is one.facet and (excluded or not other.excluded)
        ),
        None,
    )


def _united(one: Clause, other: Clause) -> Clause:
    assert isinstance(one, Filter)
    assert isinstance(other, Filter)
    values = tuple(dict.fromkeys((*one.values, *other.values)))
    return replace(one, values=values, excluded=tuple(dict.fromkeys((*one.excluded, *other.excluded))))
