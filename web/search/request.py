"""The parameters of a request -> the search: its state, its query, and notes on what was not understood."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from flask import request

from indexer.contract.annotations import NO_ANNOTATIONS, Annotations
from indexer.contract.values import Dating, Match, Query, Results
from indexer.query.absent import absent_values, forms_alone
from indexer.query.query import parse
from indexer.query.serialise import written
from indexer.query.unread import unread_links
from web.layout.notes import note_for_programs
from web.layout.other_machines import left_out
from web.layout.services import current_services
from web.layout.state import State, read
from web.layout.who import is_of_the_archive, reads_in_full
from web.search.annotating import seen_annotations


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search as asked.

    Attributes:
        typed: As the address has it, for the fields of the form.
        state: As it was understood, for every link: keys in their one spelling, what was not understood left out,
            filters typed among the words made filters.
        notes: Sentences on what was not understood.
        tidy: Where to send the browser, once, when the address can be said better and nothing would be lost by
            it; None: the address is good.
    """

    typed: State
    state: State
    query: Query
    notes: tuple[str, ...]
    tidy: State | None

    @property
    def saved(self) -> str:
        """The parameters that a saved search, a receipt and a dossier store: as typed, from its first page."""
        return self.typed.but(page=1).url().partition("?")[2]

    @property
    def best(self) -> Query:
        """The query of a page that shows hits: where few articles have all words, articles with some of them follow."""
        return self.query if self.query.match is Match.ANY else self.query._replace(match=Match.BEST)


def ask(
    pairs: Iterable[tuple[str, str]],
    *,
    now: datetime | None = None,
    zone: tzinfo | None = None,
    annotations: Annotations | None = None,
    commands: bool = True,
) -> SearchRequest:
    """Read the parameters of a search.

    None: relative dates count from the present, in the configured time zone, and tags and dossiers are those that who
    asks may see.

    Args:
        commands: Notes name commands of the archive's machine to people of the archive; False: to nobody, as in feeds.
    """
    services = current_services()
    read = understand(
        pairs,
        per_page=services.config.web.per_page,
        now=now or services.now(),
        zone=zone or services.zone,
        aliases=services.aliases(),
        annotations=seen_annotations() if annotations is None else annotations,
        removed=searches_removed_texts(),
    )

    def search(query: Query) -> Results:
        return services.search(query).results

    unread = unread_links(read.query, search, command=commands and is_of_the_archive())
    alone = forms_alone(read.query, search, services.config.indexer.languages)
    notes = (*unread, *absent_values(read.query, services.counted, left_out), *alone)
    return replace(read, notes=(*read.notes, *notes)) if notes else read


def search_of_address(*, commands: bool = True) -> SearchRequest:
    """Read the search that the address of this request names; an answer that is no page notes what was not read."""
    found = ask(request.args.items(multi=True), commands=commands)
    note_for_programs(found.notes)
    return found


def searches_removed_texts() -> bool:
    """Whether who asks may search texts that are gone: they are whole texts, and on the machine that has the store."""
    return reads_in_full() and current_services().federation is None


def understand(
    pairs: Iterable[tuple[str, str]],
    *,
    per_page: int,
    now: datetime,
    zone: tzinfo,
    aliases: Mapping[str, str],
    annotations: Annotations = NO_ANNOTATIONS,
    removed: bool = True,
) -> SearchRequest:
    """Read the parameters of a search; the arguments are those of `read` and `parse`."""
    found = read(pairs, per_page=per_page)
    typed = found.state
    given: dict[str, list[str]] = {"n": [str(typed.per_page or per_page)]}
    for name, value in typed.pairs():
        if name != "n":
            given.setdefault(name, []).append(value)
    query = parse(typed.q, given, now=now, zone=zone, aliases=aliases, annotations=annotations, removed=removed)
    words = query
    if typed.filtered or typed.dating is not Dating.ANY:
        words = parse(typed.q, {}, now=now, zone=zone, aliases=aliases, annotations=annotations, removed=removed)
    state = _understood(typed, query, q=written(query.clause) if _narrows(words) else typed.q)
    notes = tuple(dict.fromkeys((*found.notes, *query.notes)))
    better = found.untidy or state.pairs() != typed.pairs()
    return SearchRequest(typed, state, query, notes, state if better and not notes else None)


def _narrows(words: Query) -> bool:
    return bool(words.filters or words.since or words.until or words.dating is not Dating.ANY)


def _understood(typed: State, query: Query, *, q: str) -> State:
    return typed._replace(
        q=q,
        chosen={each.facet: each.values for each in query.filters if each.values},
        excluded={each.facet: each.excluded for each in query.filters if each.excluded},
        since=query.since.text if query.since else "",
        until=query.until.text if query.until else "",
        dating=query.dating,
    )
