"""A query that found little, and the words of the corpus -> the queries a person may have meant."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from indexer.analysis.forms import Vocabulary, by_frequency
from indexer.analysis.levenshtein import within
from indexer.contract.facets import NONE, FacetName, Filter
from indexer.contract.filter_keys import chosen_keys
from indexer.contract.values import And, Clause, Not, Or, Query, Word

FEW = 5  # hits; with this many nobody is asked whether they meant something else
_MIN_LETTERS = 4
_RARE = 3  # articles; a word that stands in more is no slip of the pen
_TIMES = 10  # how much more frequent a correction must be than what was typed, where that exists


def corrections(query: Query, vocabulary: Vocabulary, authors: Collection[str]) -> Iterator[Query]:
    """Yield queries near to this one, the likeliest first.

    Args:
        authors: The author keys of the corpus.
    """
    clause = _corrected(query.clause, vocabulary)
    filters = tuple(_corrected_filter(one, authors) for one in query.filters)
    tries = ((clause, filters), (clause, query.filters), (query.clause, filters))
    known = {(query.clause, query.filters)}
    for words, chosen in tries:
        if (words, chosen) not in known:
            known.add((words, chosen))
            yield replace(query, clause=words, filters=chosen, page=1, per_page=1, facets=(), interval=None)


def _corrected(clause: Clause | None, vocabulary: Vocabulary) -> Clause | None:
    match clause:
        case Word(text):
            return replace(clause, text=_nearest(text, vocabulary))
        case And(clauses):
            return And(tuple(one if isinstance(one, Not) else _corrected(one, vocabulary) or one for one in clauses))
        case Or(clauses):
            return Or(tuple(_corrected(one, vocabulary) or one for one in clauses))
    return clause


def _nearest(text: str, vocabulary: Vocabulary) -> str:
    """Return the frequent form nearest to a word that is rare or missing, or the word itself."""
    if len(text) < _MIN_LETTERS or not text.isalpha():
        return text
    typed = sum(map(vocabulary.frequency, {text, *vocabulary.variants(text)}))
    if typed > _RARE:
        return text
    for distance in (1,) if typed else (1, 2):
        near = by_frequency(vocabulary.near(text, distance), vocabulary)
        if near and near[0] != text and vocabulary.frequency(near[0]) > typed * _TIMES:
            return near[0]
    return text


def _corrected_filter(one: Filter, authors: Collection[str]) -> Filter:
    if one.facet is not FacetName.AUTHOR:
        return one
    return replace(one, values=tuple(dict.fromkeys(_nearest_author(value, authors) for value in one.values)))


def _nearest_author(value: str, authors: Collection[str]) -> str:
    if value == NONE or chosen_keys(FacetName.AUTHOR, value, authors):
        return value
    ordered = sorted(authors)
    parts = sorted({part for key in ordered for part in key.split("-")})
    for distance in (1, 2):
        near = within(distance, value, ordered) or within(distance, value, parts)
        if near:
            return near[0]
    return value
