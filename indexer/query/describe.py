"""Query -> how it was read, in words: "all of flood, defences; not insurance; by Maria Okafor"."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from indexer.analysis.text import is_run
from indexer.contract.facets import FACETS, NONE, FacetName, Filter
from indexer.contract.values import And, Clause, DateRange, Dating, Fuzzy, MultiPhrase, Not, Or, Phrase, Query, Word
from indexer.query.serialise import side_by_side, unfielded

Labels = Mapping[tuple[FacetName, str], str]
NO_LABELS: Labels = MappingProxyType({})


def describe(query: Query, labels: Labels = NO_LABELS) -> str:
    """Say how a query was read: "all of flood, defences; not insurance; by Maria Okafor"."""
    parts = [*_said(query.clause), *(_said_filter(one, labels) for one in query.filters), *_said_dates(query)]
    return "; ".join(parts) or "everything"


def is_plain(query: Query) -> bool:
    """Whether a query is words side by side, or empty, and needs no explanation."""
    words = side_by_side(query.clause)
    return all(_is_word(one) for one in words) and not (
        query.filters or query.since or query.until or query.dating is not Dating.ANY
    )


def _is_word(clause: Clause) -> bool:
    """Whether a clause is a bare word, a word of several parts, or a word of a script without spaces."""
    if isinstance(clause, MultiPhrase):
        return clause.field is None and not clause.slop and all(isinstance(part, Word) for part in clause.parts)
    if isinstance(clause, Phrase):
        return clause.field is None and not clause.slop and len(clause.words) > 1 and is_run(clause.words)
    return isinstance(clause, Word) and clause.field is None


def label(facet: FacetName, value: str, labels: Labels = NO_LABELS) -> str:
    """Return what a facet value is called on a page."""
    if value == NONE:
        return f"({FACETS[facet].missing})"
    return labels.get((facet, value)) or FACETS[facet].label(value)


def _said(clause: Clause | None) -> Iterator[str]:
    wanted = [one for one in side_by_side(clause) if not isinstance(one, Not)]
    if len(wanted) > 1:
        yield "all of " + ", ".join(map(named, wanted))
    elif wanted:
        yield named(wanted[0], top=True)
    for one in side_by_side(clause):
        if isinstance(one, Not):
            yield f"not {named(one.clause)}"


def named(clause: Clause, *, top: bool = False) -> str:
    """Say one clause in words; `top` when nothing stands beside it."""
    match clause:
        case And():
            return f"({'; '.join(_said(clause))})"
        case Or(()):
            return "nothing"
        case Or(clauses):
            said = f"any of {', '.join(map(named, clauses))}"
            return said if top else f"({said})"
        case Not(inner):
            return f"not {named(inner)}"
        case Filter():
            return _said_filter(clause, NO_LABELS)
        case DateRange():
            return "; ".join(_said_dates(clause))
        case Phrase(words, slop) if slop:
            said = f'"{" ".join(words)}" within {len(words) + slop} words'
        case Fuzzy(text, distance):
            said = f"{text} with {distance} {'letter' if distance == 1 else 'letters'} mistaken"
        case _:
            said = unfielded(clause)
    return f"{said} in the {clause.field}" if clause.field else said


def _said_filter(one: Filter, labels: Labels) -> str:
    before = FACETS[one.facet].before

    def values_named(values: Iterable[str]) -> str:
        return " or ".join(label(one.facet, value, labels) for value in values)

    parts = [f"{before} {values_named(one.values)}"] if one.values else []
    return "; ".join(parts + ([f"not {before} {values_named(one.excluded)}"] if one.excluded else []))


def _said_dates(query: Query | DateRange) -> Iterator[str]:
    if query.since and query.until:
        same = query.since == query.until
        yield f"dated {query.since.text}" if same else f"from {query.since.text} to {query.until.text}"
    elif query.since or query.until:
        yield f"from {query.since.text}" if query.since else f"up to {query.until.text if query.until else ''}"
    if query.dating is Dating.NONE:
        yield "without a date"
    elif query.dating is Dating.FETCHED:
        yield "by the date of fetching"
