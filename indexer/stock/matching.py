"""A query -> the rows of a snapshot that answer it."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import and_, or_

import numpy as np

from indexer.analysis.filter_keys import chosen_keys
from indexer.analysis.forms import clause_forms, every_form, phrase_forms
from indexer.analysis.proximity import stands
from indexer.contract.facets import NONE, FacetName, Filter
from indexer.contract.values import (
    And,
    Clause,
    DateRange,
    Dating,
    MultiPhrase,
    Not,
    Or,
    Phrase,
    Query,
    TermClause,
    TextField,
)
from indexer.stock.schema import UNDATED
from indexer.stock.snapshot import Mask, Numbers, Snapshot


def fields_of(clause: TermClause) -> tuple[TextField, ...]:
    """The fields a term clause is looked for in."""
    return (clause.field,) if clause.field else tuple(TextField)


def clause_rows(clause: Clause | None, snapshot: Snapshot, *, is_excluded: bool = False) -> Mask:
    """Return the live rows that match the words of a query; of what is excluded no form of a pattern is cut."""

    def rows(one: Clause) -> Mask:
        return clause_rows(one, snapshot, is_excluded=is_excluded)

    match clause:
        case None:
            return snapshot.live
        case And(clauses):
            return reduce(and_, map(rows, clauses))
        case Or(clauses):
            return reduce(or_, map(rows, clauses), np.zeros_like(snapshot.live))
        case Not(inner):
            return snapshot.live & ~clause_rows(inner, snapshot, is_excluded=True)
        case Filter():
            return snapshot.live & filter_rows(clause, snapshot)
        case DateRange():
            return snapshot.live & date_rows(clause, snapshot)
        case clause:
            forms = every_form if is_excluded else clause_forms
            return clause_rows_of(clause, forms(clause, snapshot.vocabulary), snapshot)


def clause_rows_of(clause: TermClause, forms: Iterable[str], snapshot: Snapshot) -> Mask:
    """Return the live rows that match one term clause, given its forms."""
    found = np.zeros(snapshot.rows, np.bool_)
    for field in fields_of(clause):
        if isinstance(clause, Phrase | MultiPhrase):
            places, joined = phrase_forms(clause, snapshot.vocabulary)
            found |= _phrase_rows(places, clause.slop, field, snapshot)
            for form in joined:
                found[[row for row, _ in snapshot.postings(field, form)]] = True
        else:
            for form in forms:
                found[[row for row, _ in snapshot.postings(field, form)]] = True
    return found & snapshot.live


def _phrase_rows(parts: Sequence[tuple[str, ...]], slop: int, field: TextField, snapshot: Snapshot) -> Mask:
    found = snapshot.live.copy()
    for forms in set(parts):
        having = np.zeros(snapshot.rows, np.bool_)
        for form in forms:
            having[[row for row, _ in snapshot.postings(field, form)]] = True
        found &= having
    if len(parts) > 1:
        every = {form for forms in parts for form in forms}
        places = {form: dict(snapshot.places(field, form, found)) for form in every}
        for row in map(int, np.flatnonzero(found)):
            found[row] = bool(stands(parts, {form: at[row] for form, at in places.items() if row in at}, slop))
    return found


def filter_rows(one: Filter, snapshot: Snapshot) -> Mask:
    """Return the rows that pass one facet's filter."""
    passed = np.ones(snapshot.rows, np.bool_)
    if one.values:
        passed &= value_rows(one.facet, one.values, snapshot)
    if one.excluded:
        passed &= ~value_rows(one.facet, one.excluded, snapshot)
    return passed


def value_rows(facet: FacetName, values: Iterable[str], snapshot: Snapshot) -> Mask:
    """Return the rows that have one of the values."""
    every = {key for row in snapshot.row_of.values() for key in snapshot.keys[facet][row]}
    chosen = {key for value in values for key in chosen_keys(facet, value, every)}
    having = (not chosen.isdisjoint(keys or (NONE,)) for keys in snapshot.keys[facet])
    return np.fromiter(having, np.bool_, snapshot.rows)


def dates(query: Query | DateRange, snapshot: Snapshot) -> Numbers:
    """Return the local minute of each row by which the query dates it, UNDATED for none."""
    return snapshot.added if query.dating is Dating.FETCHED else snapshot.published


def times(query: Query, snapshot: Snapshot) -> Numbers:
    """Return the local minute of each row that its place in time goes by (`Sort`), UNDATED for none."""
    return np.minimum(dates(query, snapshot), snapshot.added)


def date_rows(query: Query | DateRange, snapshot: Snapshot) -> Mask:
    """Return the rows inside the query's range of dates."""
    at = dates(query, snapshot)
    passed = np.ones(snapshot.rows, np.bool_)
    if query.dating is Dating.NONE:
        passed &= at == UNDATED
    if query.since:
        latest = snapshot.added if query.dating is Dating.FETCHED else snapshot.latest
        passed &= (at != UNDATED) & (latest >= query.since.start)
    if query.until:
        passed &= (at != UNDATED) & (at < query.until.end)
    return passed
