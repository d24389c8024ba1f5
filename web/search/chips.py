"""A search -> its chips: one for each part, with the address of the search without it."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from corpus.texts import text
from indexer.contract.facets import FACETS, FacetName
from indexer.contract.removed import is_removed
from indexer.contract.values import And, Clause, Dating, Match, Not, Or, Phrase, Query
from indexer.query.describe import Labels, label, named
from indexer.query.serialise import side_by_side, written
from web.languages.wording import Printed, printed, said
from web.layout.render import capitalized
from web.layout.state import State


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of a search; `url` None: it was not understood and is not part of it."""

    shown: Markup
    url: str | None


def chips(state: State, query: Query, labels: Labels) -> tuple[Chip, ...]:
    """Return the chips of a search: words first, then filters, then dates."""
    return (*_words(state, query), *_match(state), *_filters(state, query, labels), *_dates(state, query))


def _words(state: State, query: Query) -> Iterator[Chip]:
    clauses = side_by_side(query.clause)
    if len(clauses) == 1 and not isinstance(clauses[0], Not):
        yield Chip(_clause(clauses[0]), state.but(q="", sort=None).url())
        return
    for gone in clauses:
        left = tuple(each for each in clauses if each is not gone)
        words = written(And(left)) if left else ""
        yield Chip(_clause(gone), state.but(q=words, sort=state.sort if words else None).url())


def _match(state: State) -> Iterator[Chip]:
    if state.match is Match.ANY:
        yield Chip(_keyed(text("any"), text("of the words")), state.but(match=None).url())


def _clause(clause: Clause) -> Markup:
    if isinstance(clause, Not):
        return _not() + _clause(clause.clause)
    if isinstance(clause, Or):
        return Markup(" <i>{}</i> ").format(said(text("or"))).join(map(_clause, clause.clauses))
    if isinstance(clause, Phrase) and not clause.slop and not clause.field:
        return _name(text("“{words}”", words=" ".join(clause.words)))
    return _name(named(clause, top=True))


def _not() -> Markup:
    return Markup('<i class="red">{}</i> ').format(said(text("not")))


def _name(shown: str) -> Markup:
    return Printed.of(f"<bdi>{printed(said(shown))}</bdi>")


def _keyed(key: str, shown: str) -> Markup:
    """Return what a part is of, and the part."""
    return Markup("<i>{}</i> {}").format(said(key), said(shown))


def _filters(state: State, query: Query, labels: Labels) -> Iterator[Chip]:
    for each in query.filters:
        for value in each.values:
            shown = _keyed(_key(each.facet, value), _name(label(each.facet, value, labels)))
            yield Chip(shown, state.without(each.facet, value).url())
        for value in each.excluded:
            shown = _keyed(_key(each.facet, value), _not() + _name(label(each.facet, value, labels)))
            yield Chip(shown, state.without(each.facet, value).url())


def _key(facet: FacetName, value: str) -> str:
    return text("In") if is_removed(facet, value) else capitalized(FACETS[facet].noun)


def _dates(state: State, query: Query) -> Iterator[Chip]:
    key = text("In the archive") if query.dating is Dating.FETCHED else text("Published")
    if query.since or query.until:
        yield Chip(_keyed(key, said_dates(query)), state.but(since="", until="").url())
    if query.dating is Dating.NONE:
        yield Chip(_keyed(text("Published"), text("undated")), state.but(dating=Dating.ANY).url())
    elif query.dating is Dating.FETCHED:
        yield Chip(_keyed(text("Dates"), text("when fetched")), state.but(dating=Dating.ANY).url())


def said_dates(query: Query) -> str:
    """Say a range: "2019", "from 2021", "to 2024-03", "2021 to 2023"."""
    since, until = query.since, query.until
    if since and until:
        is_one = since == until
        return since.text if is_one else text("{first} to {last}", first=since.text, last=until.text)
    if since:
        return text("from {date}", date=since.text)
    return text("to {date}", date=until.text) if until else ""
