"""A query with few hits, and the words of the corpus -> the queries that a person may have meant."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from indexer.analysis.filter_keys import chosen_keys
from indexer.analysis.forms import Vocabulary
from indexer.analysis.levenshtein import within
from indexer.analysis.text import forms, is_lone_character
from indexer.contract.facets import NONE, FacetName, Filter
from indexer.contract.values import And, Clause, MultiPhrase, Not, Or, Phrase, Query, Word
from indexer.query.layouts import other_layouts
from indexer.query.spelling import beside, joined, meanings, nearest
from indexer.query.terms import plain

FEW = 20  # hits; with so many, no other query is suggested
_MIN_NAME = 3  # letters of a part of a name that may be meant, and of what was typed for it
_LONG_NAME = 5  # letters from which two may be wrong
_MIN_RETYPED = 4  # letters of a word of a line that was typed with the keys of another script
_MARKED = re.compile(r'\w:|"')  # a field or a quotation: not words alone


def corrections(
    query: Query, vocabulary: Vocabulary, authors: Collection[str], checkpoint: Callable[[], object] = lambda: None
) -> Iterator[Query]:
    """Yield queries near to this one, the likeliest first.

    Args:
        authors: The author keys of the corpus.
        checkpoint: Called every few milliseconds of work; what it raises ends the work.
    """
    clause = _corrected(query.clause, vocabulary)
    filters = tuple(_corrected_filter(one, authors, checkpoint) for one in query.filters)
    tries = ((clause, filters), (clause, query.filters), (query.clause, filters))
    known = {(query.clause, query.filters)}
    meant = ((_side_by_side(one), query.filters) for one in retyped(query, vocabulary))
    for words, chosen in chain(meant, tries):
        if (words, chosen) not in known:
            known.add((words, chosen))
            yield query._replace(clause=words, filters=chosen, page=1, per_page=1, facets=(), interval=None)


def retyped(query: Query, vocabulary: Vocabulary) -> Iterator[list[Clause]]:
    """Yield the words that a line was meant to be whose keys wrote another script; of a line with a known word nothing.

    All of them must be words of the corpus, and one of them long enough to be no accident.
    """
    for typed in query.text.split():  # a part of a word is no sign: a comma or a point may be a key of a letter
        words = [form for form in forms(typed) if form.isalpha()]
        if words and all(_stands(form, vocabulary) for form in words):
            return
    for line, words in retyped_forms(query.text).items():
        if max(map(_weight, words)) >= _MIN_RETYPED and all(_stands(word, vocabulary) for word in words):
            yield [one for part in line.split() if (one := plain(part, None)) is not None]


def retyped_forms(typed: str) -> dict[str, list[str]]:
    """Return what the keys of a typed line write in other layouts, and the forms of that; of words alone."""
    if _MARKED.search(typed) or not any(map(str.isalpha, typed)):
        return {}
    return {line: found for line in other_layouts(typed) if (found := forms(line))}


def _stands(form: str, vocabulary: Vocabulary) -> bool:
    return any(vocabulary.frequencies({form, *vocabulary.variants(form)}).values())


def _weight(form: str) -> int:
    """The letters of a form; a pair of characters of a script without spaces says as much as four."""
    return 2 * len(form) if is_lone_character(form[0]) else len(form)


def _side_by_side(clauses: Sequence[Clause]) -> Clause:
    return And(tuple(clauses)) if len(clauses) > 1 else clauses[0]


def _corrected(clause: Clause | None, vocabulary: Vocabulary) -> Clause | None:
    match clause:
        case Word(text, field):
            found = next(meanings(text, vocabulary), (text,))
            return beside(found, field) if len(found) > 1 else replace(clause, text=found[0])
        case Phrase(words) if len(words) > 1:
            return replace(clause, words=tuple(nearest(word, vocabulary, exact=True) for word in words))
        case MultiPhrase(parts) if all(isinstance(part, Word) for part in parts):
            return _corrected_compound(clause, vocabulary)
        case And(clauses):
            whole = [
                one if isinstance(one, Not) else _corrected(one, vocabulary) or one
                for one in fused(clauses, vocabulary)
            ]
            flat = tuple(inner for one in whole for inner in (one.clauses if isinstance(one, And) else (one,)))
            return And(flat) if len(flat) > 1 else flat[0]
        case Or(clauses):
            return Or(tuple(_corrected(one, vocabulary) or one for one in clauses))
    return clause


def fused(clauses: Sequence[Clause], vocabulary: Vocabulary) -> list[Clause]:
    """Return the clauses, two neighbours that the corpus writes as one word joined."""
    found: list[Clause] = []
    for one in clauses:
        last = found[-1] if found else None
        if isinstance(one, Word) and isinstance(last, Word) and one.field is last.field:
            whole = joined(last.text, one.text, vocabulary)
            if whole is not None:
                found[-1] = replace(last, text=whole)
                continue
        found.append(one)
    return found


def _corrected_compound(clause: MultiPhrase, vocabulary: Vocabulary) -> MultiPhrase:
    text = clause.text
    parts = []
    for part in clause.parts:
        assert isinstance(part, Word)
        better = nearest(part.text, vocabulary)
        text = re.sub(re.escape(part.text), better, text, count=1, flags=re.IGNORECASE) if better != part.text else text
        parts.append(replace(part, text=better))
    return clause if text == clause.text else replace(clause, parts=tuple(parts), text=text, joined=None)


def _corrected_filter(one: Filter, authors: Collection[str], checkpoint: Callable[[], object]) -> Filter:
    if one.facet is not FacetName.AUTHOR:
        return one
    return replace(
        one, values=tuple(dict.fromkeys(_nearest_author(value, authors, checkpoint) for value in one.values))
    )


def _nearest_author(value: str, authors: Collection[str], checkpoint: Callable[[], object]) -> str:
    checkpoint()
    if value == NONE or len(value) < _MIN_NAME or chosen_keys(FacetName.AUTHOR, value, authors):
        return value
    ordered = sorted(authors)
    parts = sorted({part for key in ordered for part in key.split("-") if len(part) >= _MIN_NAME})
    for distance in (1, 2) if len(value) >= _LONG_NAME else (1,):
        near = within(distance, value, ordered) or within(distance, value, parts)
        if near:
            return near[0]
    return value
