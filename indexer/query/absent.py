"""A query's filters -> notes on what a search by them would pass over in silence: values, and forms of words."""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from corpus.texts import Text, text, texts
from corpus.texts.languages import language_name
from indexer.analysis.stems import languages, left_out
from indexer.contract.clauses import filters_in, wanted_clauses
from indexer.contract.facets import ANNOTATED, FACETS, FacetName, Filter, no_values
from indexer.contract.removed import is_removed
from indexer.contract.values import MultiPhrase, Query, Results, Word

MOST = 16  # values that are looked up, each by a search; people type fewer
LANGUAGES = 200  # whose articles are counted; more are not told apart by what recognises them


def absent_values(
    query: Query, search: Callable[[Query], Results], unsearched: Callable[[], Sequence[str]] = tuple
) -> tuple[Text, ...]:
    """Return a note for each value that no article has, left out of the search or not, and on values not looked up.

    Nothing is said of a value that a part of the index may have which did not answer, or before there is an index.

    Args:
        unsearched: Says which stores the last search left out.
    """

    def is_absent(facet: FacetName, value: str) -> bool:
        only = _only(Filter(facet, (value,)))
        found = search(only._replace(annotations=query.annotations) if facet in ANNOTATED else only)
        return bool(not found.total and not found.partial and found.position and not unsearched())

    wanted = list(dict.fromkeys(_values(query)))
    absent = [one for one in wanted[:MOST] if is_absent(*one)]
    notes = tuple(
        text('{facet} "{value}": no article here has it', facet=FACETS[facet].noun, value=value[:80])
        for facet, value in absent
    )
    if (more := len(wanted) - MOST) > 0:
        notes += (
            texts(
                "whether an article has {n:,} further value of the filters was not looked up",
                "whether an article has {n:,} further values of the filters was not looked up",
                more,
            ),
        )
    return notes


def _values(query: Query) -> Iterator[tuple[FacetName, str]]:
    for one in (*query.filters, *filters_in(query.clause)):
        for value in (*one.values, *one.excluded):
            if value not in no_values(one.facet) and not is_removed(one.facet, value):
                yield one.facet, value


def forms_alone(
    query: Query, search: Callable[[Query], Results], joined: Sequence[str] | Literal["auto"]
) -> tuple[Text, ...]:
    """Return a note for each language filtered by, in which words were searched for as typed, not in their other forms.

    Args:
        joined: The languages whose word forms find each other; "auto": those with a share of the articles.
    """
    if not any(isinstance(one, Word | MultiPhrase) for one in wanted_clauses(query.clause)):
        return ()
    chosen = (*query.filters, *filters_in(query.clause, excluded=False))
    wanted = dict.fromkeys(value for one in chosen if one.facet is FacetName.LANGUAGE for value in one.values)
    counts: dict[str | None, int] = dict.fromkeys(wanted, 1)
    lacking = left_out(counts, () if joined == "auto" else joined)
    if joined == "auto" and lacking:  # the index joins the words of some, by how many articles each has
        counts = language_counts(search)
        lacking = left_out(counts, languages(counts))
    return tuple(
        text(
            "words in {language} were searched for as typed alone: their other forms are not known in this archive",
            language=language_name(code),
        )
        for code in lacking
        if code in wanted
    )


def language_counts(search: Callable[[Query], Results]) -> dict[str | None, int]:
    """Return language -> its articles; nothing where a part of the index did not answer."""
    found = search(_only()._replace(facets=(FacetName.LANGUAGE,), facet_size=LANGUAGES))
    return {} if found.partial else {each.value: each.count for one in found.facets for each in one.counts}


def _only(*filters: Filter) -> Query:
    return Query(filters=filters, facets=(), interval=None, per_page=1, suggests=False)
