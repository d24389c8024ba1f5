"""A typed text and the parameters of a URL -> Query. Never an error.

The grammar is in docs/querying.md. A filter or date means the same in the text and as a parameter. A part that is not
understood becomes a note, and the rest of the search works.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from functools import lru_cache, partial
from types import MappingProxyType
from typing import NamedTuple

from corpus.texts import text as said
from indexer.contract.annotations import NO_ANNOTATIONS, Annotations
from indexer.contract.facet_values import NO_ALIASES
from indexer.contract.facets import INDEXED, FacetName
from indexer.contract.removed import holds_removed
from indexer.contract.values import Dating, Interval, Match, Query, Sort
from indexer.query.builder import QueryBuilder
from indexer.query.grammar import read, words_alone
from indexer.query.groups import by_date_of_fetching
from indexer.query.parameters import (
    COPIES,
    COUNT,
    DATE,
    EXCLUDED,
    INTERVAL,
    MATCH,
    PAGE,
    PARAMETERS,
    PER_PAGE,
    SINCE,
    SORT,
    TEXT,
    UNTIL,
    Values,
    read_parameters,
)

_CHOICES = tuple(
    (facet, name, excluded)
    for facet in FacetName
    for name, excluded in ((facet.value, False), (f"{EXCLUDED}{facet}", True))
)
_DATES = (SINCE, UNTIL, DATE)
_NARROWING = frozenset({*(name for _, name, _ in _CHOICES), *(parameter.name for parameter in _DATES)})
_BESIDE = frozenset(parameter.name for parameter in PARAMETERS if parameter is not TEXT)
_LONGEST = TEXT.longest
_query = partial(tuple.__new__, Query)  # of all its values, in order; `_make` counts them
NO_PARAMETERS: Mapping[str, Sequence[str]] = MappingProxyType({})


class _Frame(NamedTuple):
    """What the parameters beside the text say.

    Attributes:
        values: Of each of them.
        notes: What was not understood.
        query: A query without words.
        after: What follows the words in it.
        narrows: Whether they narrow it.
    """

    values: Values
    notes: tuple[str, ...]
    query: Query
    after: tuple[object, ...]
    narrows: bool


def parse(
    text: str | None = None,
    parameters: Mapping[str, Sequence[str]] = NO_PARAMETERS,
    *,
    now: datetime,
    zone: tzinfo,
    aliases: Mapping[str, str] = NO_ALIASES,
    annotations: Annotations = NO_ANNOTATIONS,
    match: Match = Match.ALL,
    removed: bool = True,
) -> Query:
    """Read a search.

    Args:
        text: As typed; None takes it from the parameter `q`.
        parameters: Name -> values, as in a URL (indexer/query/parameters.py). Others are left out.
        now: What relative dates are counted from; aware.
        zone: The configured time zone, in which a day begins and ends.
        aliases: Author key -> the key the author is known by.
        annotations: The tags and dossiers that may be filtered and counted by; of none, such filters become notes.
        match: Which articles answer, unless the parameter `match` says it.
        removed: Whether texts that are gone may be searched; else the filter `in:removed` becomes a note.
    """
    frame = _frame(tuple([(name, tuple(own)) for name, own in parameters.items() if name in _BESIDE]), match)
    if text is None or len(text) > _LONGEST:
        typed, notes = _cut(text, parameters, frame)
    else:
        typed, notes = text, frame.notes
    clause = words_alone(typed)
    is_plain = clause is not None and not frame.narrows and not notes
    if is_plain and annotations is NO_ANNOTATIONS:  # most searches
        return _query((typed, clause, *frame.after))
    facets = (*INDEXED, *annotations.facets) if annotations.articles else INDEXED
    if is_plain:
        return frame.query._replace(text=typed, clause=clause, facets=facets, annotations=annotations)
    builder = QueryBuilder(now, zone, aliases, annotations, removed)
    for note in notes:
        builder.note(note)
    clause = clause or read(typed, builder)
    if holds_removed(clause):
        builder.note(said("in:removed holds for a whole search; beside OR, NOT or in parentheses it finds nothing"))
    if frame.narrows:
        _narrow(builder, frame.values)
    builder.put_in_order()
    if builder.dating is Dating.FETCHED:
        clause = by_date_of_fetching(clause)
    return frame.query._replace(
        text=typed,
        clause=clause,
        filters=builder.filters(),
        since=builder.since,
        until=builder.until,
        dating=builder.dating,
        sort=Sort(frame.values.one(SORT) or (Sort.RELEVANCE if clause else Sort.NEWEST)),
        facets=facets,
        annotations=annotations,
        notes=tuple(builder.notes),
    )


def _cut(text: str | None, parameters: Mapping[str, Sequence[str]], frame: _Frame) -> tuple[str, tuple[str, ...]]:
    """Return what was typed, cut to the limit, and all notes; what is not given is among the parameters."""
    values = read_parameters({TEXT.name: parameters.get(TEXT.name, ()) if text is None else (text,)})
    return values.one(TEXT) if text is None else text[:_LONGEST], (*values.notes, *frame.notes)


def _narrow(builder: QueryBuilder, values: Values) -> None:
    """Take over the filters and dates that are parameters."""
    for facet, name, excluded in _CHOICES:
        for value in values.given.get(name, ()):
            builder.choose(facet, value, excluded=excluded)
    for parameter in _DATES:
        if (value := values.one(parameter)) != parameter.default:
            builder.limit(parameter.name, value)


@lru_cache(maxsize=256)
def _frame(parameters: tuple[tuple[str, tuple[str, ...]], ...], match: Match) -> _Frame:
    """Read the parameters beside the text, which many searches have in common."""
    values = read_parameters(dict(parameters))
    query = Query(
        match=Match((values.all(MATCH) or (match,))[-1]),
        sort=Sort(values.one(SORT) or Sort.RELEVANCE),
        interval=Interval(values.one(INTERVAL)),
        page=int(values.one(PAGE)),
        per_page=int(values.one(COUNT) or PER_PAGE),
        folded=values.one(COPIES) == COPIES.default,
    )
    return _Frame(values, values.notes, query, query[2:], narrows=not _NARROWING.isdisjoint(values.given))
