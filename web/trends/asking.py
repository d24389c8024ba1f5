"""The parameters of `/trends` -> what is compared: up to five searches over one time, and how they are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.texts import text
from indexer.contract.facets import FACETS, INDEXED, FacetName, no_values
from indexer.contract.values import Interval, Query, Sort
from indexer.query.describe import Labels, label
from indexer.query.parameters import TEXT, not_understood, one_of
from web.layout.services import current_services
from web.layout.state import State, address, read
from web.search.request import SearchRequest, ask

MOST_LINES = 5
MEANS = (0, 3, 6, 12)  # periods of a rolling mean that are offered; 0: none
QUERY = "query"
LINES = (QUERY, *(facet.value for facet in INDEXED))


@dataclass(frozen=True, slots=True)
class LineSearch:
    """One line of the comparison."""

    name: str
    search: SearchRequest


@dataclass(frozen=True, slots=True)
class Comparison:
    """What `/trends` is asked for.

    Attributes:
        state: What all lines share: filters, dates, interval, share; its words are those of the first query.
        queries: The words of every query, in order; one empty text when none was given.
        line: What makes a line: `query`, or a facet whose chosen values do.
        mean: Periods of the rolling mean; 0: none.
        notes: What was not understood or left out.
    """

    state: State
    queries: tuple[str, ...]
    line: str
    mean: int
    lines: tuple[LineSearch, ...]
    notes: tuple[str, ...]

    def pairs(self, **changes: str) -> list[tuple[str, str]]:
        """Return the parameters of the address, with some changed."""
        shared = [pair for pair in self.state.pairs() if pair[0] != TEXT.name]
        own = [*((TEXT.name, each) for each in self.queries if each)]
        own += [("line", self.line)] * (self.line != QUERY) + [("mean", str(self.mean))] * bool(self.mean)
        others = [(name, value) for name, value in [*own, *shared] if name not in changes]
        return [*others, *((name, value) for name, value in changes.items() if value)]

    def url(self, path: str = "/trends", **changes: str) -> str:
        """Return the address of this comparison, with some parameters changed."""
        return address(path, self.pairs(**changes))


def compare(pairs: Sequence[tuple[str, str]]) -> Comparison:
    """Read the parameters of a request."""
    typed = [value for name, value in pairs if name == TEXT.name and value.strip()]
    rest = [pair for pair in pairs if pair[0] not in (TEXT.name, "line", "mean", "page", "n", "sort")]
    given = dict(pairs)
    line = given.get("line", QUERY) if given.get("line", QUERY) in LINES else QUERY
    mean = next((each for each in MEANS if str(each) == given.get("mean")), 0)
    notes: list[str] = (
        [text("only the first {n} queries are compared", n=MOST_LINES)] if len(typed) > MOST_LINES else []
    )
    for name, right in (("line", LINES), ("mean", [*map(str, MEANS)])):
        if given.get(name, "").strip() not in ("", *right):
            notes.append(not_understood(name, given[name], one_of(right)))
    queries = tuple(dict.fromkeys(typed))[:MOST_LINES] or ("",)
    if line != QUERY and len(queries) > 1:
        notes.append(text("one query is compared by {facet}: the first", facet=FACETS[FacetName(line)].noun))
        queries = queries[:1]
    shared = read([(TEXT.name, queries[0]), *rest])
    notes += [*shared.notes]
    lines = _by_query(queries, rest) if line == QUERY else _by_value(shared.state, FacetName(line), notes)
    for each in lines:
        notes += [note for note in each.search.notes if note not in notes]
    return Comparison(shared.state, queries, line, mean, lines, tuple(dict.fromkeys(notes)))


def _by_query(queries: tuple[str, ...], rest: Sequence[tuple[str, str]]) -> tuple[LineSearch, ...]:
    return tuple(LineSearch(each or text("all articles"), ask([(TEXT.name, each), *rest])) for each in queries)


def _by_value(state: State, facet: FacetName, notes: list[str]) -> tuple[LineSearch, ...]:
    """Return a line for each chosen value, or for the most frequent ones."""
    chosen = state.chosen.get(facet, ())
    if len(chosen) > MOST_LINES:
        notes.append(text("only the first {n} {values} are compared", n=MOST_LINES, values=FACETS[facet].plural))
    open_state = state._replace(chosen={**state.chosen, facet: ()})
    counts, names = counted_values(state, facet)
    values = chosen or tuple(counts)
    return tuple(
        LineSearch(
            label(facet, value, names),
            ask(open_state._replace(chosen={**state.chosen, facet: (value,)}).pairs()),
        )
        for value in values[:MOST_LINES]
    )


def counted_values(state: State, facet: FacetName) -> tuple[dict[str, int], Labels]:
    """Return the most frequent values of a facet with their counts, whichever of them are chosen; and their names."""
    open_state = state._replace(chosen={**state.chosen, facet: ()})
    query = values_query(ask(open_state.pairs()).query, facet)
    results = current_services().search(query).results
    absent = no_values(facet)
    counts = {each.value: each.count for found in results.facets for each in found.counts if each.value not in absent}
    return counts, current_services().labels(query, results)


def values_query(query: Query, facet: FacetName) -> Query:
    """Return the query that counts the values of one facet."""
    return query._replace(
        facets=(facet,), facet_size=10, interval=None, suggests=False, per_page=1, page=1, sort=Sort.NEWEST
    )


def interval_of(state: State) -> Interval | None:
    """Return the width of the bars that was asked for; None: as it fits."""
    return None if state.interval is Interval.AUTO else state.interval
