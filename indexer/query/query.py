"""A typed text and the parameters of a URL -> Query. Never an error.

The grammar is in docs/querying.md. A filter or date means the same in the text and as a parameter. A part that is not
understood becomes a note, and the rest of the search works.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from types import MappingProxyType

from corpus.texts import text as said
from indexer.contract.annotations import NO_ANNOTATIONS, Annotations
from indexer.contract.facet_values import NO_ALIASES
from indexer.contract.facets import INDEXED, FacetName
from indexer.contract.removed import holds_removed
from indexer.contract.values import Dating, Interval, Match, Query, Sort
from indexer.query.builder import QueryBuilder
from indexer.query.grammar import read
from indexer.query.groups import by_date_of_fetching
from indexer.query.parameters import (
    COPIES,
    COUNT,
    DATE,
    EXCLUDED,
    INTERVAL,
    MATCH,
    PAGE,
    PER_PAGE,
    SINCE,
    SORT,
    TEXT,
    UNTIL,
    read_parameters,
)

_CHOICES = tuple(
    (facet, name, excluded)
    for facet in FacetName
    for name, excluded in ((facet.value, False), (f"{EXCLUDED}{facet}", True))
)
NO_PARAMETERS: Mapping[str, Sequence[str]] = MappingProxyType({})


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
    values = read_parameters(parameters if text is None else {**parameters, TEXT.name: (text,)})
    typed = values.one(TEXT) if text is None else text[: TEXT.longest]
    builder = QueryBuilder(now, zone, aliases, annotations, removed)
    for note in values.notes:
        builder.note(note)
    clause = read(typed, builder)
    if holds_removed(clause):
        builder.note(said("in:removed holds for a whole search; beside OR, NOT or in parentheses it finds nothing"))
    for facet, name, excluded in _CHOICES:
        for value in values.given.get(name, ()):
            builder.choose(facet, value, excluded=excluded)
    for parameter in (SINCE, UNTIL, DATE):
        if (value := values.one(parameter)) != parameter.default:
            builder.limit(parameter.name, value)
    builder.put_in_order()
    if builder.dating is Dating.FETCHED:
        clause = by_date_of_fetching(clause)
    return Query(
        text=typed,
        clause=clause,
        filters=builder.filters(),
        since=builder.since,
        until=builder.until,
        dating=builder.dating,
        match=Match((values.all(MATCH) or (match,))[-1]),
        sort=Sort(values.one(SORT) or (Sort.RELEVANCE if clause else Sort.NEWEST)),
        interval=Interval(values.one(INTERVAL)),
        page=int(values.one(PAGE)),
        per_page=int(values.one(COUNT) or PER_PAGE),
        folded=values.one(COPIES) == COPIES.default,
        facets=(*INDEXED, *annotations.facets),
        annotations=annotations,
        notes=tuple(builder.notes),
    )
