"""The parameters of a request -> what is searched: the state, the query, and what was not understood."""

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.engine import Dating, Query
from indexer.query import parse
from indexer.written import parameters
from web.archive import archive
from web.state import State, read


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as asked.

    Attributes:
        notes: Sentences on what was not understood.
        tidy: The same search said better, to send the browser to, once: a form's empty fields gone, filters
            typed among the words made filters. None: the address is good.
    """

    state: State
    query: Query
    notes: tuple[str, ...]
    tidy: State | None


def ask(pairs: Iterable[tuple[str, str]]) -> Asked:
    """Read the parameters of a search."""
    place = archive()
    found = read(pairs, per_page=place.config.web.per_page)
    aliases = place.aliases()
    now = place.now()
    given: dict[str, list[str]] = {}
    for name, value in found.state.pairs():
        given.setdefault(name, []).append(value)
    given["n"] = [str(found.state.per_page or place.config.web.per_page)]
    query = parse(found.state.q, given, now=now, zone=place.zone, aliases=aliases)
    notes = tuple(dict.fromkeys((*found.notes, *query.notes)))
    if notes:  # an address that moves would lose them
        return Asked(found.state, query, notes, None)
    typed = parse(found.state.q, {}, now=now, zone=place.zone, aliases=aliases)
    if typed.filters or typed.since or typed.until or typed.dating is not Dating.ANY:
        better = read(pair for pair in parameters(query) if pair[0] != "n").state
        return Asked(found.state, query, (), better.but(share=found.state.share, per_page=found.state.per_page))
    return Asked(found.state, query, (), found.state if found.untidy else None)
