"""Query -> chips: its parts as a person sees them, each with the search that is left without it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.engine import And, Clause, Dating, Not, Query, Sort
from indexer.reading import NO_LABELS, Labels, label, named
from indexer.written import side_by_side, typed, written


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of a search that can be taken away.

    Attributes:
        kind: `words`, `since`, `until`, `date`, or the facet's name.
        label: To show, such as "not insurance" or "Maria Okafor".
        excluded: Is it there to keep articles out?
        rest: The search without it.
    """

    kind: str
    label: str
    excluded: bool
    rest: Query


def chips(query: Query, labels: Labels = NO_LABELS) -> tuple[Chip, ...]:
    """Return the parts of a search as a person sees them, the words first."""
    return (*_word_chips(query), *_filter_chips(query, labels), *_date_chips(query))


def _word_chips(query: Query) -> Iterator[Chip]:
    clauses = side_by_side(query.clause)
    wanted = tuple(one for one in clauses if not isinstance(one, Not))
    if wanted:
        rest = _without(query, wanted)
        yield Chip("words", " ".join(map(typed, wanted)), excluded=False, rest=rest)
    for one in clauses:
        if isinstance(one, Not):
            yield Chip("words", f"not {named(one.clause)}", excluded=True, rest=_without(query, (one,)))


def _without(query: Query, gone: tuple[Clause, ...]) -> Query:
    left = tuple(one for one in side_by_side(query.clause) if one not in gone)
    clause = And(left) if len(left) > 1 else (left[0] if left else None)
    sort = Sort.NEWEST if clause is None and query.sort is Sort.RELEVANCE else query.sort
    return replace(query, clause=clause, text=written(clause), sort=sort, page=1)


def _filter_chips(query: Query, labels: Labels) -> Iterator[Chip]:
    for at, one in enumerate(query.filters):
        for excluded in (False, True):
            values = one.excluded if excluded else one.values
            for value in values:
                left = tuple(other for other in values if other != value)
                kept = replace(one, excluded=left) if excluded else replace(one, values=left)
                others = (
                    *query.filters[:at],
                    *((kept,) if kept.values or kept.excluded else ()),
                    *query.filters[at + 1 :],
                )
                said = label(one.facet, value, labels)
                yield Chip(
                    one.facet, f"not {said}" if excluded else said, excluded, replace(query, filters=others, page=1)
                )


def _date_chips(query: Query) -> Iterator[Chip]:
    if query.since:
        yield Chip("since", f"from {query.since.text}", excluded=False, rest=replace(query, since=None, page=1))
    if query.until:
        yield Chip("until", f"to {query.until.text}", excluded=False, rest=replace(query, until=None, page=1))
    if query.dating is not Dating.ANY:
        said = "without a date" if query.dating is Dating.NONE else "by the date of fetching"
        yield Chip("date", said, excluded=False, rest=replace(query, dating=Dating.ANY, page=1))
