"""What a person typed, and the parameters of a URL -> Query. Never an error.

The grammar is in docs/querying.md. A filter or date in the text and the same one as a parameter are one thing.
What is not understood becomes a note, and the rest of the search works.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from indexer.contract.facet_values import NO_ALIASES
from indexer.contract.facets import FacetName
from indexer.contract.values import Dating, Interval, Match, Query, Sort
from indexer.query.builder import MAX_VALUES, QueryBuilder
from indexer.query.grammar import read
from indexer.query.groups import by_date_of_fetching
from indexer.query.lexer import MAX_CHARS

PER_PAGE = 20
MAX_PER_PAGE = 100
MAX_PAGE = 1_000_000

NO_PARAMETERS: Mapping[str, Sequence[str]] = MappingProxyType({})
_Choice = TypeVar("_Choice", bound=StrEnum)


def parse(
    text: str | None = None,
    parameters: Mapping[str, Sequence[str]] = NO_PARAMETERS,
    *,
    now: datetime,
    zone: tzinfo,
    aliases: Mapping[str, str] = NO_ALIASES,
    match: Match = Match.ALL,
) -> Query:
    """Read a search.

    Args:
        text: As typed; None takes it from the parameter `q`.
        parameters: Name -> values, as in a URL: q, each FacetName, each after `not.`, from, to, date,
            match, sort, by, n, page, copies (`show`: copies of one text are hits of their own). Others are ignored.
        now: What relative dates are counted from; aware.
        zone: The configured time zone, in which a day begins and ends.
        aliases: Author key -> the key the author is known by.
        match: Which articles answer, unless the parameter `match` says it.
    """
    typed = (_last(parameters, "q") if text is None else text)[:MAX_CHARS]
    builder = QueryBuilder(now, zone, aliases)
    if len(typed) == MAX_CHARS and (text is None or len(text) > MAX_CHARS):
        builder.note(f"only the first {MAX_CHARS:,} characters were read")
    clause = read(typed, builder)
    for facet in FacetName:
        for name, excluded in ((facet.value, False), (f"not.{facet}", True)):
            for value in parameters.get(name, ())[:MAX_VALUES]:
                if value.strip():
                    builder.choose(facet, value, excluded=excluded)
    for name in ("from", "to", "date"):
        if value := _last(parameters, name):
            builder.limit(name, value)
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
        match=_choice(parameters, "match", match, builder),
        sort=_choice(parameters, "sort", Sort.RELEVANCE if clause else Sort.NEWEST, builder),
        interval=_choice(parameters, "by", Interval.AUTO, builder),
        page=_number(parameters, "page", 1, MAX_PAGE, builder),
        per_page=_number(parameters, "n", PER_PAGE, MAX_PER_PAGE, builder),
        folded=_last(parameters, "copies") != "show",
        notes=tuple(builder.notes),
    )


def _last(parameters: Mapping[str, Sequence[str]], name: str) -> str:
    values = parameters.get(name, ())
    return values[-1].strip() if values else ""


def _choice(parameters: Mapping[str, Sequence[str]], name: str, default: _Choice, builder: QueryBuilder) -> _Choice:
    value = _last(parameters, name)
    try:
        return type(default)(value.lower()) if value else default
    except ValueError:
        builder.note(f'{name} "{value[:80]}" not understood; it is one of {", ".join(type(default))}')
        return default


def _number(parameters: Mapping[str, Sequence[str]], name: str, default: int, most: int, builder: QueryBuilder) -> int:
    value = _last(parameters, name)
    if not value:
        return default
    if not (value.isascii() and value.isdigit() and len(value) <= 9 and int(value)):
        builder.note(f'{name} "{value[:80]}" not understood; it is a number from 1 to {most:,}')
        return default
    return min(int(value), most)
